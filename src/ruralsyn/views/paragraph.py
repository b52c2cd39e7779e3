"""The page of a place in a source, such as a paragraph: where it is, and which records cite it."""

from __future__ import annotations

import re

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.evidence.search import index_entries
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Block, Column, Paragraph, Table
from ruralsyn.page.wording import capital
from ruralsyn.views.statements import repeats
from ruralsyn.views.values import cite

COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("record", "Record", weight=3),
    Column("command", "Command", weight=2),
)


IN_SECTION = (
    "Paragraph {paragraph} of {paragraphs} in the section “{section}” of the {brief} “{title}”. Each bullet, "
    "each row of a table and each row of a figure counts as a paragraph. "
)
IN_SOURCE = "{place} of the {brief} “{title}”. "
NO_TEXT = "This dataset does not contain the text of the {briefs}."


def paragraph_page(dataset: Dataset, locator: Locator) -> tuple[str, list[Block]]:
    """The title of the page and its blocks: where the place is, and the records that cite it."""
    title = cite(dataset, locator).label
    where, reason = (
        _in_section(dataset, locator) if locator.paragraph else (_in_source(dataset, locator), None)
    )
    # The search index gives a name, a text and a key for every kind of record, so there is no second list of
    # kinds here. Words of a vocabulary are not in it.
    entries = [
        entry for entry in index_entries(dataset) if any(_covers(cited, locator) for cited in entry.source)
    ]
    table = Table(
        "records",
        f"Records from this {'paragraph' if locator.paragraph else 'place'}",
        COLUMNS,
        tuple(
            (
                entry.kind,
                entry.key,
                ": ".join(filter(None, (entry.name, entry.text))),
                f"ruralsyn show {entry.key}",
            )
            for entry in entries
        ),
        empty=reason or "No record cites it.",
        hidden=repeats([entry.statement for entry in entries]),
    )
    return title, [Paragraph((f"{where}{worded(dataset, NO_TEXT)}",)), table]


def _in_section(dataset: Dataset, locator: Locator) -> tuple[str, str | None]:
    """Where a paragraph is, and why no record could cite it, if there is a reason."""
    brief = dataset.briefs[locator.brief]
    section = brief.sections[locator.section]
    values = {"paragraph": locator.paragraph, "paragraphs": section.paragraphs, "section": section.title}
    # Keys are text in TOML.
    reason = section.no_claim.get(str(locator.paragraph))
    return worded(dataset, IN_SECTION, title=brief.title, **values), reason


def _in_source(dataset: Dataset, locator: Locator) -> str:
    kind, _, number = locator.section.partition(" ")
    place = f"{IN_FULL.get(kind, capital(kind))} {number}"
    return worded(dataset, IN_SOURCE, place=place, title=dataset.briefs[locator.brief].title)


IN_FULL = {"p.": "Page", "pp.": "Pages", "ch.": "Chapter", "fig.": "Figure"}


def _covers(cited: Locator, wanted: Locator) -> bool:
    """Whether a cited place is the wanted one or, of pages, shares one with it: `pp. 14-16` has page 15."""
    if cited == wanted:
        return True
    return cited.brief == wanted.brief and not _pages(cited).isdisjoint(_pages(wanted))


def _pages(locator: Locator) -> frozenset[int]:
    """The pages of a place such as `p. 14` or `pp. 14-16`; none for any other place."""
    found = _PAGES.match(locator.section)
    if not found:
        return frozenset()
    first, last = int(found[1]), int(found[2] or found[1])
    return frozenset(range(first, min(last, first + MOST_PAGES) + 1))


_PAGES = re.compile(r"pp?\. (\d{1,9})(?:[-–](\d{1,9}))?\Z", re.ASCII)
MOST_PAGES = 10_000
"""The most pages of a place, so that a slip of the pen takes no time."""
