"""A paragraph of a brief: where it stands and which records come from it."""

from __future__ import annotations

import re

from ruralsyn.document import Block, Column, Paragraph, Table
from ruralsyn.model import Dataset, Locator
from ruralsyn.query import fold
from ruralsyn.search import index_entries

_PLACE = re.compile(r"^\s*([\w-]+)[\s/]+([\w-]+)[\s/,]*¶?\s*(\d+)\s*$")

COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("record", "Record", weight=3),
    Column("command", "Shown whole by", weight=2),
)


def find_place(dataset: Dataset, text: str) -> Locator | None:
    """The paragraph that is named, `GR finance ¶2` or `general-results/finance/2`; None if it is none."""
    match = _PLACE.match(text)
    if match is None:
        return None
    first, section, number = match.groups()
    for brief in dataset.briefs.values():
        known = brief.sections.get(section.lower())
        if fold(first) in (fold(brief.id), fold(brief.code)) and known:
            return Locator(brief.id, known.id, int(number)) if 0 < int(number) <= known.paragraphs else None
    return None


def place_section(dataset: Dataset, place: Locator) -> tuple[str, list[Block]]:
    """The title of the paragraph and the records that cite it."""
    brief = dataset.briefs[place.brief]
    section = brief.sections[place.section]
    title = f"{brief.code} {section.id} ¶{place.paragraph}"
    where = (
        f"Paragraph {place.paragraph} of the {section.paragraphs} in the section “{section.title}” of the "
        f"brief “{brief.title}”. Each bullet, table row or row of a figure counts as a paragraph. The text "
        "of the briefs is not part of this dataset."
    )
    reason = section.no_claim.get(str(place.paragraph))
    rows = tuple(
        (entry.kind, entry.key, f"{entry.name}: {entry.text}", f"ruralsyn show {entry.key}")
        for entry in index_entries(dataset)
        if place in entry.source
    )
    table = Table("records", "What comes from it", COLUMNS, rows, empty=reason or "No record cites it.")
    return title, [Paragraph((where,)), table]
