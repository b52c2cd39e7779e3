"""A paragraph of a brief: where it is and which records come from it."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.evidence.search import index_entries
from ruralsyn.page.document import Block, Column, Paragraph, Table

COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("record", "Record", weight=3),
    Column("command", "Shown whole by", weight=2),
)


def paragraph_page(dataset: Dataset, locator: Locator) -> tuple[str, list[Block]]:
    """The title of the paragraph and the records that cite it."""
    brief = dataset.briefs[locator.brief]
    section = brief.sections[locator.section]
    title = f"{brief.code} {section.id} ¶{locator.paragraph}"
    where = (
        f"Paragraph {locator.paragraph} of the {section.paragraphs} in the section “{section.title}” of the "
        f"brief “{brief.title}”. Each bullet, table row or row of a figure counts as a paragraph. The text "
        "of the briefs is not part of this dataset."
    )
    reason = section.no_claim.get(str(locator.paragraph))
    rows = tuple(
        (entry.kind, entry.key, f"{entry.name}: {entry.text}", f"ruralsyn show {entry.key}")
        for entry in index_entries(dataset)
        if locator in entry.source
    )
    table = Table("records", "What comes from it", COLUMNS, rows, empty=reason or "No record cites it.")
    return title, [Paragraph((where,)), table]
