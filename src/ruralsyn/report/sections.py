"""The sections of a report, built from views and prose. Each claim has its paragraphs.

Each section is one row of SECTIONS, from which help, README, `--list-sections`, the report for people and the
tables for programs are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import Basis, Case, Dataset, Discrepancy, Finding, Recommendation
from ruralsyn.evidence.citing import references
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Heading,
    Inline,
    Paragraph,
    References,
    Table,
)
from ruralsyn.page.wording import listed
from ruralsyn.page.values import Noted, Strong, Value
from ruralsyn.record import Record
from ruralsyn.report import prose
from ruralsyn.views.cases import cases_table
from ruralsyn.views.compare import PARTS
from ruralsyn.views.coordination import coordination_table, formality_of, ordered
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map, map_data
from ruralsyn.views.lessons import lessons_table
from ruralsyn.views.map_marks import legend_notes
from ruralsyn.views.notes import confounding_caution, dataset_line, mark_notes
from ruralsyn.views.recommendations import recommendations_table
from ruralsyn.views.sources import discrepancies_of, discrepancies_table
from ruralsyn.views.statements import Statements, shared_statements
from ruralsyn.views.swim import swim_table
from ruralsyn.views.values import (
    NO_EFFECTS,
    NOT_ANALYSED,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    country_case_term,
    direction_term,
    labelled_apart,
    optional,
    term,
)


def _no_tables(_: Selection) -> Iterable[Table]:
    return ()


class ReportSection(Record, kw_only=True):
    """The row of a section."""

    key: str
    """The name that `--sections` takes."""
    heading: str
    blocks: Callable[[Selection], Iterable[Block]]
    """The blocks for people. A section without blocks is left out together with its heading."""
    data: Callable[[Selection], Iterable[Table]] = _no_tables
    """The tables for programs, the same as those of the commands."""


# What the report covers ---------------------------------------------------------------------------------


def coverage(selection: Selection) -> Iterator[Block]:
    """The cases and effects that the report covers, and its limits."""
    yield Paragraph(tuple(prose.coverage(selection)))
    yield Bullets(tuple((item,) for item in prose.limits(selection)))
    yield _overview(selection)


def _overview(selection: Selection) -> Table:
    """The cases in a few columns. The section on discrepancies has what is doubtful about them."""
    dataset = selection.dataset
    # Not cases_table(), which has too many columns for a page and would be split.
    columns = (
        Column("case", "Case"),
        Column("architecture", "Architecture", blank=NOT_ANALYSED.label),
        Column("coordination", "Coordination", blank=NOT_ANALYSED.label),
        Column("effects", "Effects", blank=NO_EFFECTS.label, number=True),
    )
    rows = tuple(
        (
            Noted(country_case_term(dataset, case.id), case.note or "", cites(dataset, case.source)),
            optional(dataset.architectures, case.architecture),
            optional(dataset.coordination, case.coordination),
            _effect_count(selection, case),
        )
        for case in selection.cases_as_named
    )
    return Table("cases", "", columns, rows)


def _effect_count(selection: Selection, case: Case) -> Value:
    """The number of effects of the case in this report, without simulations; None if it has no effects."""
    # None and not 0, which would say that effects were looked for and none was found.
    if not case.evaluated:
        return None
    return sum(not effect.simulated for effect in selection.effects_by_case[case.id])


# Effects ------------------------------------------------------------------------------------------------


def evidence(selection: Selection) -> Iterator[Block]:
    """The evidence map and what it depends on."""
    dataset, cells = selection.dataset, selection.cells
    # The sentence is about all effects at once, so it cites the paragraphs of all of them.
    source = dict.fromkeys(locator for effect in selection.effects for locator in effect.source)
    yield Paragraph((Noted(prose.map_sentence(cells), "", cites(dataset, source)),))
    grid = evidence_map(selection)
    notes = (*legend_notes(dataset, cells), *grid.cautions)
    yield replace(grid.table.within_document(), notes=notes, group_by=())
    if len({case.coordination for case in selection.cases}) > 1:
        yield Paragraph((confounding_caution(dataset),))


def effects(selection: Selection) -> Iterator[Block]:
    """The effects by domain, including what is not reported."""
    dataset = selection.dataset
    for domain in selection.domains:
        yield Heading(dataset.domains[domain].name, 2)
        cells = [cell for cell in selection.cells if cell.domain == domain]
        yield Paragraph(tuple(prose.domain_sentences(dataset, selection.cases_as_named, cells)))
        if any(cell.effects for cell in cells):
            yield _effect_rows(selection, domain)


def _effect_rows(selection: Selection, domain: str) -> Table:
    """Effects in few columns. The footnote of each effect has its paragraphs."""
    dataset = selection.dataset
    inside = [
        effect
        for case in selection.cases_as_named
        for effect in selection.effects_by_case[case.id]
        if dataset.outcomes[effect.outcome].domain == domain
    ]
    # FEST's own effects belong to the case FEST + UNIDOS, so the case alone would name the wrong programmes.
    labelled = any(labelled_apart(dataset, effect) for effect in inside)
    keys = ("case", *(("intervention",) if labelled else ()), "outcome", "direction", "benefit")
    rows = tuple(
        (
            case_term(dataset.cases[effect.case]),
            *((effect.intervention,) if labelled else ()),
            term(dataset.outcomes[effect.outcome]),
            Noted(direction_term(effect), effect.note or "", cites(dataset, effect.source)),
            benefit_term(dataset, effect),
        )
        for effect in inside
    )
    columns = tuple(Column(key, key.capitalize()) for key in keys)
    return Table("effects", "", columns, rows, notes=mark_notes(inside))


# Coordination -------------------------------------------------------------------------------------------


def coordination(selection: Selection) -> Iterator[Block]:
    """How each case coordinated, and the statements that several of the cases share."""
    dataset = selection.dataset
    shared = shared_statements(finding for case in selection.cases for finding in case.findings.values())
    for case in selection.cases_as_named:
        yield Heading(case_in_country(dataset, case), 2)
        yield Paragraph((Noted(case.summary, "", cites(dataset, case.source)),))
        if not case.analysed:
            yield Paragraph(("The institutional brief does not cover the case.",))
            continue
        # None is not among the shared statements, so a finding without a statement stays with its case.
        own = [finding for finding in case.findings.values() if finding.statement not in shared]
        yield Bullets(tuple(_finding_item(dataset, finding) for finding in _context_first(dataset, own)))
    if shared:
        yield Heading("Statements on several cases", 2)
        yield Bullets(tuple(_shared_items(selection, shared)))


def _context_first(dataset: Dataset, findings: Iterable[Finding]) -> list[Finding]:
    """Findings by level, but context first, since it says who runs what."""
    return sorted(ordered(dataset, findings), key=lambda finding: finding.role != "context")


def _shared_items(selection: Selection, shared: Statements) -> Iterator[tuple[Inline, ...]]:
    """One item for each shared statement, with the cases that it is about."""
    for findings in shared.values():
        cases = {finding.case for finding in findings}
        names = listed(case.label for case in selection.cases_as_named if case.id in cases)
        # Any of the findings would do: validation requires the same text and source in all of them.
        yield (Strong(f"{names}. "), *_finding_item(selection.dataset, findings[0]))


def _finding_item(dataset: Dataset, finding: Finding) -> tuple[Inline, ...]:
    return (Strong(f"{_kind(dataset, finding)}: "), _claim(dataset, finding.text, finding))


def _kind(dataset: Dataset, finding: Finding) -> str:
    """The role of a finding with its formality and levels: `Mechanism (informal; all levels)`."""
    levels = [dataset.levels[key].name.lower() for key in finding.levels]
    implied = ", implied" if finding.basis_of_levels is Basis.IMPLIED else ""
    every = len(finding.levels) == len(dataset.levels) > 1
    formality = formality_of(dataset, finding)
    details = [
        *([formality.name.lower()] if formality else []),
        *(["all levels"] if every else [f"{listed(levels)} level{implied}"] if levels else []),
    ]
    role = dataset.roles[finding.role].name
    return f"{role} ({'; '.join(details)})" if details else role


def _claim(dataset: Dataset, text: str, record: Any) -> Noted:
    """A statement with its note and its paragraphs."""
    return Noted(text, record.note or "", cites(dataset, record.source))


COMPARED = ("profile", "outcomes", "formality", "obstacles")
"""The parts of a comparison that are in no other section."""


def compared(selection: Selection) -> Iterator[Block]:
    """The cases side by side; nothing for a single case."""
    if len(selection.cases) > 1:
        for key in COMPARED:
            yield Heading(PARTS[key].heading, 2)
            yield PARTS[key].table(selection)


def compared_tables(selection: Selection) -> Iterator[Table]:
    """The tables of the comparison for programs; none for a single case."""
    if len(selection.cases) > 1:
        for part in map(PARTS.__getitem__, COMPARED):
            yield (part.data or part.table)(selection)


# Statements of the briefs -------------------------------------------------------------------------------


def lessons(selection: Selection) -> Iterator[Block]:
    """The lessons for the regions of the cases, by theme."""
    # Lessons name regions and no cases, so the regions of the cases select them.
    dataset, around = selection.dataset, selection.regional
    yield Paragraph((prose.statements(len(around.lessons), "lesson", dataset, around.chosen),))
    for theme in dataset.themes.values():
        items = [
            (_claim(dataset, lesson.text, lesson),) for lesson in around.lessons if lesson.theme == theme.id
        ]
        if items:
            yield Heading(theme.name, 2)
            yield Bullets(tuple(items))


def recommendations(selection: Selection) -> Iterator[Block]:
    """The recommendations for the regions of the cases: first stated ones, then implied ones."""
    dataset, around = selection.dataset, selection.regional
    found = around.recommendations
    stated = sum(advice.basis is Basis.STATED for advice in found)
    split = prose.by_basis(stated, len(found) - stated)
    yield Paragraph((prose.statements(len(found), "recommendation", dataset, around.chosen, split),))
    for basis, heading in (
        (Basis.STATED, "Stated by the briefs"),
        (Basis.IMPLIED, "Drawn from the text of the briefs"),
    ):
        items = [_advice_item(dataset, advice) for advice in found if advice.basis is basis]
        if items:
            yield Heading(heading, 2)
            yield Bullets(tuple(items))


def _advice_item(dataset: Dataset, advice: Recommendation) -> tuple[Inline, ...]:
    regions = listed(dataset.regions[key].name for key in advice.regions)
    audiences = [dataset.audiences[key].name.lower() for key in advice.audiences]
    whom = f", for {listed(audiences)}" if audiences else ""
    return (Strong(f"{regions}{whom}: "), _claim(dataset, advice.text, advice))


def discrepancies(selection: Selection) -> Iterator[Block]:
    """The discrepancies of the briefs on these cases."""
    dataset, found = selection.dataset, discrepancies_touching(selection)
    if not found:
        yield Paragraph(("No discrepancy is recorded for these cases.",))
        return
    yield Paragraph(("In these places the briefs disagree, leave something open or contain misprints.",))
    yield Bullets(
        tuple(
            (
                Strong(f"{record.title}. "),
                Noted(record.text, "", cites(dataset, record.source)),
                f" In this dataset: {record.handling}",
            )
            for record in found
        )
    )


def discrepancies_touching(selection: Selection) -> tuple[Discrepancy, ...]:
    """The discrepancies of the cases, or all of them in a report on everything."""
    dataset, domains = selection.dataset, selection.chosen.domains
    touched = {key for case in selection.cases for key in discrepancies_of(dataset, case, domains)}
    # Some discrepancies belong to a lesson, a domain or a brief, so no case leads to them.
    everything = len(selection.cases) == len(dataset.cases) and not domains
    return tuple(record for key, record in dataset.discrepancies.items() if everything or key in touched)


# The end ------------------------------------------------------------------------------------------------


def method(selection: Selection) -> Iterator[Block]:
    """How the effects were summed up, by the items of the SWiM guideline."""
    yield Paragraph((prose.METHOD,))
    yield swim_table(selection)


def bibliography(selection: Selection) -> Iterator[Block]:
    """References for the briefs and the dataset."""
    yield References(references(selection.dataset))


def reproduction(selection: Selection) -> Iterator[Block]:
    """The command and the version. Nothing here differs between two runs."""
    line = dataset_line(selection.dataset)
    yield Paragraph(("This report was made from the ", line, " by ", Code(selection.line), "."))


_ROWS = (
    ReportSection(
        key="coverage",
        heading="What this covers",
        blocks=coverage,
        data=lambda selection: (cases_table(selection),),
    ),
    ReportSection(
        key="map",
        heading="Evidence map",
        blocks=evidence,
        data=lambda selection: (map_data(selection),),
    ),
    ReportSection(
        key="effects",
        heading="Effects by domain",
        blocks=effects,
        data=lambda selection: (effects_table(selection),),
    ),
    ReportSection(
        key="coordination",
        heading="How the cases coordinated",
        blocks=coordination,
        data=lambda selection: (coordination_table(selection),),
    ),
    ReportSection(key="comparison", heading="Comparison", blocks=compared, data=compared_tables),
    ReportSection(
        key="lessons",
        heading="Lessons",
        blocks=lessons,
        data=lambda selection: (lessons_table(selection.regional),),
    ),
    ReportSection(
        key="recommendations",
        heading="Recommendations",
        blocks=recommendations,
        data=lambda selection: (recommendations_table(selection.regional),),
    ),
    ReportSection(
        key="discrepancies",
        heading="Discrepancies in the briefs",
        blocks=discrepancies,
        data=lambda selection: (discrepancies_table(selection.dataset, discrepancies_touching(selection)),),
    ),
    ReportSection(
        key="method", heading="Method", blocks=method, data=lambda selection: (swim_table(selection),)
    ),
    ReportSection(key="references", heading="References", blocks=bibliography),
    ReportSection(key="reproduce", heading="How to reproduce this", blocks=reproduction),
)

SECTIONS: dict[str, ReportSection] = {section.key: section for section in _ROWS}
"""The sections by key, in their usual order."""
