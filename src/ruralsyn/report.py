"""A report: the views put together with short prose, for a section of a paper or a memo.

The prose says what the tables hold and nothing more, and every claim in it carries its paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from ruralsyn import prose
from ruralsyn.citing import apa, references
from ruralsyn.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Heading,
    Inline,
    Noted,
    Paragraph,
    References,
    Table,
    Term,
)
from ruralsyn.errors import UsageError
from ruralsyn.model import Case, Dataset
from ruralsyn.query import Filter, did_you_mean, fold, select_cases, select_effects
from ruralsyn.query import select_lessons as lessons_for
from ruralsyn.query import select_recommendations as recommendations_for
from ruralsyn.record import Record
from ruralsyn.synthesis import cells_by_domain
from ruralsyn.views.cases import cases_table
from ruralsyn.views.cells import case_in_country, cites, dataset_line
from ruralsyn.views.compare import comparison, confounding_caution
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map, hanging_notes
from ruralsyn.views.show import discrepancies_of, find_record
from ruralsyn.views.sources import discrepancies_table
from ruralsyn.views.statements import lessons_table, recommendations_table
from ruralsyn.views.synthesis import swim_table

WIDEST = 5
"""The most columns that a table of a report has; a page holds no more."""

CITATIONS = ("notes", "text", "pandoc")
"""How a report cites: footnotes, brackets, or keys for Pandoc's citeproc."""


class Selection(Record):
    """What a report is about."""

    dataset: Dataset
    cases: tuple[Case, ...]
    chosen: Filter
    """The filter, its cases filled in."""
    command: str
    """The command line that makes the same report."""

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains in question."""
        return self.chosen.domains or tuple(self.dataset.domains)

    @property
    def regional(self) -> Filter:
        """The filter for lessons and recommendations: the regions of the cases."""
        regions = {self.dataset.countries[case.country].region for case in self.cases}
        return Filter(regions=tuple(region for region in self.dataset.regions if region in regions))


Section = Callable[[Selection], Iterator[Block]]


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
    selection = select(dataset, names, chosen)
    keys = sections_named(sections)
    blocks: list[Block] = []
    for key in keys:
        heading, section = SECTIONS[key]
        found = list(section(selection))
        if found:
            blocks += [Heading(heading), *(part for block in found for part in fitted(block))]
    command = _command(names, chosen, sections, title, level, citations)
    blocks = [_with_command(block, command) for block in blocks]
    return Document(
        title=title or prose.title(dataset, selection.cases, chosen),
        blocks=tuple(_with_own_ids(blocks)),
        dataset=dataset_line(dataset),
        level=level,
        # Reports that are pasted into one file must not share the labels of their footnotes.
        key=f"rs{crc32(command.encode()):08x}"[:6],
        citations=citations,
        complete=True,
    )


def select(dataset: Dataset, names: Sequence[str], chosen: Filter) -> Selection:
    """The cases that the names and the filter leave; UsageError if there are none."""
    keys: dict[str, None] = {}
    for name in names:
        kind, key = find_record(dataset, name)
        if kind not in ("cases", "countries"):
            raise UsageError(f"'{name}' is not a case or country. `ruralsyn cases` lists them.")
        of_country = [case.id for case in dataset.cases.values() if case.country == key]
        keys.update(dict.fromkeys([key] if kind == "cases" else of_country))
    wanted = replace(chosen, cases=tuple(keys)) if keys else chosen
    cases = select_cases(dataset, wanted)
    if not cases:
        raise UsageError("no case matches all of that, so there is nothing to report. Leave out a filter.")
    ordered = sorted(cases, key=lambda case: list(keys).index(case.id)) if keys else list(cases)
    narrowed = replace(wanted, cases=tuple(case.id for case in ordered))
    return Selection(dataset, tuple(ordered), narrowed, "")


def sections_named(names: Sequence[str]) -> tuple[str, ...]:
    """The sections of these names, each a name or a comma-separated list; all of them if there are none."""
    parts = [part.strip() for name in names for part in name.split(",") if part.strip()]
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


# Sections -----------------------------------------------------------------------------------------------


def coverage(selection: Selection) -> Iterator[Block]:
    """What the report covers and does not."""
    dataset, cases = selection.dataset, selection.cases
    yield Paragraph((*prose.coverage(dataset, cases, selection.chosen),))
    yield Bullets(tuple((item,) for item in prose.limits(dataset, cases)))
    table = cases_table(dataset, selection.chosen)
    yield _bare(table.without("region", "programme_count", "briefs", "findings", "source"), keep=1)


def evidence(selection: Selection) -> Iterator[Block]:
    """The evidence map and what it hangs on."""
    dataset = selection.dataset
    chosen = selection.chosen
    effects = select_effects(dataset, chosen)
    places = cites(dataset, dict.fromkeys(place for effect in effects for place in effect.source))
    yield Paragraph((prose.map_sentence(cells_by_domain(dataset, chosen)), Noted("", "", places)))
    grid = evidence_map(dataset, chosen)
    yield replace(_bare(grid.table), notes=tuple(f"{mark}: {text}." for mark, text in grid.legend))
    hanging = hanging_notes(dataset, cells_by_domain(dataset, chosen))
    yield Bullets(tuple((item.removeprefix("!: "),) for item in (*hanging, *grid.cautions)))
    if len({case.coordination for case in selection.cases}) > 1:
        yield Paragraph((confounding_caution(dataset),))


def effects(selection: Selection) -> Iterator[Block]:
    """The effects, domain by domain; what is not reported is said."""
    dataset = selection.dataset
    for key in selection.domains:
        chosen = replace(selection.chosen, domains=(key,))
        yield Heading(dataset.domains[key].name, 2)
        sentences = prose.domain_sentences(dataset, selection.cases, cells_by_domain(dataset, chosen))
        yield Paragraph(tuple(sentences))
        table = effects_table(dataset, chosen)
        if table.rows:
            yield replace(
                _bare(table.without("country", "domain", "intervention"), keep=0),
                notes=tuple(note for note in table.notes if note[0] in "†‡?("),
            )


def coordination(selection: Selection) -> Iterator[Block]:
    """How each case coordinated."""
    dataset = selection.dataset
    for case in selection.cases:
        yield Heading(case_in_country(dataset, case), 2)
        yield Paragraph((case.summary, Noted("", "", cites(dataset, case.source))))
        if not case.analysed:
            yield Paragraph(("The institutional brief does not cover the case.",))
            continue
        table = coordination_table(dataset, Filter(cases=(case.id,)))
        yield _bare(table.without("case", "country"))


def compared(selection: Selection) -> Iterator[Block]:
    """The cases side by side, what the other sections hold apart."""
    if len(selection.cases) < 2:
        return
    wanted = ("profile", "outcomes", "formality", "obstacles")
    heading: Heading | None = None
    for block in comparison(selection.dataset, selection.cases):
        if isinstance(block, Heading):
            heading = replace(block, level=2)
        elif isinstance(block, Table) and block.id in wanted:
            if heading:
                yield heading
            yield block


def lessons(selection: Selection) -> Iterator[Block]:
    """The lessons for the regions of the cases."""
    count = len(lessons_for(selection.dataset, selection.regional))
    yield Paragraph((prose.statements(count, "lesson", selection.dataset, selection.regional),))
    yield _bare(lessons_table(selection.dataset, selection.regional))


def recommendations(selection: Selection) -> Iterator[Block]:
    """The recommendations for the regions of the cases."""
    table = recommendations_table(selection.dataset, selection.regional)
    count = len(recommendations_for(selection.dataset, selection.regional))
    yield Paragraph((prose.statements(count, "recommendation", selection.dataset, selection.regional),))
    yield _bare(table, keep=1)


def discrepancies(selection: Selection) -> Iterator[Block]:
    """The discrepancies of the briefs that touch the cases."""
    dataset = selection.dataset
    touched = {key for case in selection.cases for key in discrepancies_of(dataset, case)}
    everything = len(selection.cases) == len(dataset.cases)
    found = tuple(record for key, record in dataset.discrepancies.items() if everything or key in touched)
    if found:
        yield Paragraph(("The briefs contradict themselves, each other or plain spelling in these places.",))
        yield discrepancies_table(dataset, found)
    else:
        yield Paragraph(("No discrepancy is recorded that touches these cases.",))


def method(selection: Selection) -> Iterator[Block]:
    """The SWiM items."""
    yield Paragraph((prose.METHOD,))
    yield swim_table(selection.dataset, selection.chosen)


def bibliography(selection: Selection) -> Iterator[Block]:
    """The briefs and the dataset."""
    text = apa(references(selection.dataset))
    yield References(tuple(line for line in text.splitlines() if line))


def reproduction(selection: Selection) -> Iterator[Block]:
    """The command line and the version; nothing that differs between two runs."""
    yield Paragraph(
        ("This report was made from the ", dataset_line(selection.dataset), " by ", Code(COMMAND), ".")
    )


SECTIONS: dict[str, tuple[str, Section]] = {
    "coverage": ("What this covers", coverage),
    "map": ("Evidence map", evidence),
    "effects": ("Effects by domain", effects),
    "coordination": ("How the cases coordinated", coordination),
    "comparison": ("Comparison", compared),
    "lessons": ("Lessons", lessons),
    "recommendations": ("Recommendations", recommendations),
    "discrepancies": ("Discrepancies in the briefs", discrepancies),
    "method": ("Method", method),
    "references": ("References", bibliography),
    "reproduce": ("How to reproduce this", reproduction),
}
"""The sections by name, with their headings, in their usual order."""

COMMAND = "ruralsyn report"
"""What stands for the command line until the report knows it."""


# Fitting ------------------------------------------------------------------------------------------------


def fitted(block: Block) -> tuple[Block, ...]:
    """A table with at most WIDEST columns: turned if that makes it narrow enough, else split.

    A split table repeats its first column; its notes follow the last part.
    """
    if not isinstance(block, Table) or len(block.shown().columns) <= WIDEST:
        return (block,)
    shown = block.shown()
    if len(shown.rows) < WIDEST and not shown.group_by:
        return (_turned(shown),)
    return _split(shown)


def _turned(shown: Table) -> Table:
    """Rows for columns."""
    _, *others = shown.columns
    heads = [row[0] for row in shown.rows]
    columns = (
        Column("column", ""),
        *(Column(_id(head), _label(head), blank=others[0].blank, machine=False) for head in heads),
    )
    rows = tuple(
        (column.label, *(row[index] for row in shown.rows)) for index, column in enumerate(others, start=1)
    )
    return replace(shown, columns=columns, rows=rows)


def _split(shown: Table) -> tuple[Table, ...]:
    first, *others = range(len(shown.columns))
    size = WIDEST - 1
    parts = -(-len(others) // size)
    even = -(-len(others) // parts)
    chunks = [others[start : start + even] for start in range(0, len(others), even)]
    return tuple(
        replace(
            shown,
            columns=tuple(shown.columns[index] for index in (first, *chunk)),
            rows=tuple(tuple(row[index] for index in (first, *chunk)) for row in shown.rows),
            notes=shown.notes if chunk is chunks[-1] else (),
        )
        for chunk in chunks
    )


def _id(value: object) -> str:
    return value.id if isinstance(value, Term) else str(value)


def _label(value: object) -> str:
    return value.label if isinstance(value, Term) else str(value)


def _bare(table: Table, keep: int = 0) -> Table:
    """A table for the middle of a report: no title, no groups, and its first notes alone."""
    return replace(table, title="", notes=table.notes[:keep], group_by=())


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


def _with_command(block: Block, command: str) -> Block:
    if not isinstance(block, Paragraph):
        return block
    runs: tuple[Inline, ...] = tuple(
        Code(command) if isinstance(run, Code) and run.text == COMMAND else run for run in block.runs
    )
    return replace(block, runs=runs)


def _with_own_ids(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables that would share an id get a number behind it."""
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            seen[block.id] = seen.get(block.id, 0) + 1
            if seen[block.id] > 1:
                block = replace(block, id=f"{block.id}-{seen[block.id]}")
        yield block
