"""Reports on the cases, domains and regions that a user asks for, composed of sections.

The prose claims nothing that the tables do not have, and every claim in it cites its paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.naming import fold
from ruralsyn.errors import UsageError
from ruralsyn.evidence.names import did_you_mean, every_case_named, every_part
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Block, Column, Document, Heading, Table
from ruralsyn.report import prose
from ruralsyn.report.sections import SECTIONS
from ruralsyn.views.answers import report_answer
from ruralsyn.views.notes import dataset_line, sources_note

CITATIONS = ("notes", "text", "pandoc")
"""How a report cites: footnotes, brackets, or keys for Pandoc's citeproc."""


def report(
    selection: Selection,
    names: Sequence[str] = (),
    *,
    sections: Sequence[str] = (),
    list_sections: bool = False,
    citations: str = "notes",
    full: bool = False,
) -> Document | Table:
    """The report on some cases or countries, or on all cases that the filter leaves.

    `sections` picks and orders the sections. With `list_sections`, the result is a table of the sections.
    `citations` is one of CITATIONS.

    Raises UsageError for an unknown name or section, and if no case is left.
    """
    if list_sections:
        return list_of_sections(selection.dataset)
    about = _about(selection, names)
    chosen = [SECTIONS[key] for key in sections_named(sections)]
    blocks: list[Block] = []
    for section in chosen:
        # What belongs to no domain is left out of a report on domains, unless it is asked for by name.
        if about.chosen.domains and not section.of_domains and not sections:
            continue
        # A list, because a generator is true even if it yields nothing.
        found = list(section.blocks(about, full))
        if found:
            blocks += [Heading(worded(about.dataset, section.heading)), *found]
    return Document(
        title=prose.title(about),
        lead=report_answer(about),
        blocks=tuple(blocks),
        # The note explains the codes of the briefs, and Pandoc's keys take their place.
        notes=(sources_note(about.dataset),) if citations != "pandoc" else (),
        dataset=dataset_line(about.dataset),
        level=1,  # A report is a document of its own, not a part of one.
        # Reports that are pasted into one file must not share the labels of their footnotes. A hash() of text
        # differs from run to run. Bytes of another encoding become surrogates, which UTF-8 refuses.
        key=f"{crc32(about.line.encode(errors='replace')):08x}"[:4],
        citations=citations,
        complete=True,
        # Programs get the same tables as from the commands.
        data=lambda: (table for section in chosen for table in section.data(about)),
    )


def _about(selection: Selection, names: Sequence[str]) -> Selection:
    """The selection with only the named cases. Raises UsageError if no case is left."""
    if not selection.dataset.cases:
        raise UsageError("the data has no case, so there is nothing to report.")
    about = selection.narrowed(every_case_named(selection.dataset, names))
    if not about.cases:
        raise UsageError(
            "no case matches these names and filters, so there is nothing to report. "
            "Leave out a name or a filter."
        )
    return about


def sections_named(names: Sequence[str]) -> tuple[str, ...]:
    """The keys of the named sections, or of all sections without names. A name can be a list with commas.

    Raises UsageError for an unknown name, with the nearest sections.
    """
    parts = every_part(names)
    # Lists, because did_you_mean() expects several ids for a name.
    known = {fold(key): [key] for key in SECTIONS}
    for part in parts:
        if fold(part) not in known:
            listing = "`ruralsyn report --list-sections` lists them."
            raise UsageError(f"unknown section '{part}'. {did_you_mean(part, known)}{listing}")
    return tuple(dict.fromkeys(known[fold(part)][0] for part in parts)) or tuple(SECTIONS)


def list_of_sections(dataset: Dataset) -> Table:
    """The sections by name, in their usual order."""
    columns = (Column("section", "Section"), Column("heading", "Heading"))
    rows = tuple((section.key, worded(dataset, section.heading)) for section in SECTIONS.values())
    return Table("sections", "Sections of a report", columns, rows)
