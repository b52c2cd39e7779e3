"""A report: the views put together with short prose, for a section of a paper or a memo.

The prose says what the tables hold and nothing more, and every claim in it carries its paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from ruralsyn import prose
from ruralsyn.document import Block, Column, Document, Heading, Table
from ruralsyn.errors import UsageError
from ruralsyn.fitting import fitted
from ruralsyn.model import Dataset
from ruralsyn.query import Filter, comma_parts, did_you_mean, fold, select_cases
from ruralsyn.sections import SECTIONS, Selection, data_tables
from ruralsyn.views.cells import closing_notes, dataset_line
from ruralsyn.views.show import cases_named

CITATIONS = ("notes", "text", "pandoc")
"""How a report cites: footnotes, brackets, or keys for Pandoc's citeproc."""


def report_document(
    dataset: Dataset,
    names: Sequence[str],
    chosen: Filter,
    *,
    sections: Sequence[str] = (),
    title: str | None = None,
    level: int = 1,
    citations: str = "notes",
) -> Document:
    """The report on some cases or countries, or on all that the filter leaves.

    `sections` picks and orders the sections; `level` is that of the title's heading. Raises UsageError for
    an unknown name or section and for a selection without any case.
    """
    command = _command(names, chosen, sections, title, level, citations)
    selection = select(dataset, names, chosen, command)
    keys = sections_named(sections)
    blocks: list[Block] = []
    for key in keys:
        heading, section = SECTIONS[key]
        found = list(section(selection))
        if found:
            blocks += [Heading(heading), *(part for block in found for part in fitted(block))]
    document = Document(
        title=title or prose.title(dataset, selection.cases, chosen),
        blocks=tuple(blocks),
        notes=tuple(closing_notes(dataset)) if citations != "pandoc" else (),
        dataset=dataset_line(dataset),
        level=level,
        # Reports that are pasted into one file must not share the labels of their footnotes.
        key=f"rs{crc32(command.encode(errors='replace')):08x}",
        citations=citations,
        complete=True,
    )
    return document.deferring(lambda _: data_tables(selection, keys), "data")


def select(dataset: Dataset, names: Sequence[str], chosen: Filter, command: str) -> Selection:
    """The cases that the names and the filter leave; UsageError if there are none."""
    keys = dict.fromkeys(
        case for name in names for part in comma_parts(name) for case in cases_named(dataset, part)
    )
    wanted = replace(chosen, cases=tuple(keys)) if keys else chosen
    cases = select_cases(dataset, wanted)
    if not cases:
        raise UsageError("no case matches all of that, so there is nothing to report. Leave out a filter.")
    ordered = sorted(cases, key=lambda case: list(keys).index(case.id)) if keys else list(cases)
    narrowed = replace(wanted, cases=tuple(case.id for case in ordered))
    return Selection(dataset, tuple(ordered), narrowed, command)


def sections_named(names: Sequence[str]) -> tuple[str, ...]:
    """The sections of these names, each a name or a comma-separated list; all of them if there are none."""
    parts = [part for name in names for part in comma_parts(name)]
    known = {fold(key): [key] for key in SECTIONS}
    for part in parts:
        if fold(part) not in known:
            listing = "`ruralsyn report --list-sections` lists them."
            raise UsageError(f"unknown section '{part}'. {did_you_mean(part, known)}{listing}")
    return tuple(dict.fromkeys(known[fold(part)][0] for part in parts)) or tuple(SECTIONS)


def sections_table() -> Table:
    """The sections by name, in their usual order."""
    columns = (Column("section", "Section"), Column("heading", "Heading"))
    rows = tuple((key, heading) for key, (heading, _) in SECTIONS.items())
    return Table("sections", "Sections of a report", columns, rows)


# The command line ---------------------------------------------------------------------------------------


def _command(
    names: Sequence[str],
    chosen: Filter,
    sections: Sequence[str],
    title: str | None,
    level: int,
    citations: str,
) -> str:
    """The command line that makes the same report, in one fixed order."""
    from shlex import join

    options = {"domains": "--domain", "regions": "--region", "coordination": "--coordination"}
    parts = ["ruralsyn", "report", *names]
    for name, flag in options.items():
        if value := getattr(chosen, name):
            parts += [flag, ",".join(value)]
    parts += ["--sections", ",".join(sections)] if sections else []
    parts += ["--title", title] if title else []
    parts += ["--heading-level", str(level)] if level != 1 else []
    parts += ["--citations", citations] if citations != CITATIONS[0] else []
    return join(parts)
