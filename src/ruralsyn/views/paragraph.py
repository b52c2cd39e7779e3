"""The page of a paragraph: where it is in the brief, and which records cite it."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.evidence.search import index_entries
from ruralsyn.page.document import Block, Column, Paragraph, Table
from ruralsyn.views.statements import repeats

COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("record", "Record", weight=3),
    Column("command", "Command", weight=2),
)


def paragraph_page(dataset: Dataset, locator: Locator) -> tuple[str, list[Block]]:
    """The title of the page and its blocks: where the paragraph is, and the records that cite it."""
    brief = dataset.briefs[locator.brief]
    section = brief.sections[locator.section]
    title = f"{brief.code} {section.id} ¶{locator.paragraph}"
    where = (
        f"Paragraph {locator.paragraph} of {section.paragraphs} in the section “{section.title}” of the "
        f"brief “{brief.title}”. Each bullet, each row of a table and each row of a figure counts as a "
        "paragraph. This dataset does not contain the text of the briefs."
    )
    # Keys are text in TOML.
    reason = section.no_claim.get(str(locator.paragraph))
    # The search index gives a name, a text and a key for every kind of record, so there is no second list of
    # kinds here. Words of a vocabulary are not in it.
    entries = [entry for entry in index_entries(dataset) if locator in entry.source]
    table = Table(
        "records",
        "Records from this paragraph",
        COLUMNS,
        tuple(
            (entry.kind, entry.key, f"{entry.name}: {entry.text}", f"ruralsyn show {entry.key}")
            for entry in entries
        ),
        empty=reason or "No record cites it.",
        hidden=repeats([entry.statement for entry in entries]),
    )
    return title, [Paragraph((where,)), table]
