"""The sections of a report: views and prose put together, each claim with its paragraphs.

A section is a row of SECTIONS. Help, README, `--list-sections`, the report for people and the tables for
programs are made from it.
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
from ruralsyn.page.text import listed
from ruralsyn.page.values import Noted, Strong, Value
from ruralsyn.record import Record
from ruralsyn.report import prose
from ruralsyn.views.cases import cases_table
from ruralsyn.views.compare import PARTS
from ruralsyn.views.coordination import coordination_table, ordered
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map, map_data
from ruralsyn.views.lessons import lessons_table
from ruralsyn.views.map_marks import legend_notes
from ruralsyn.views.notes import confounding_caution, dataset_line, mark_notes
from ruralsyn.views.recommendations import recommendations_table
from ruralsyn.views.sources import discrepancies_of, discrepancies_table
from ruralsyn.views.swim import swim_table
from ruralsyn.views.values import (
    NOT_ANALYSED,
    NOT_EVALUATED,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    country_case_term,
    direction_term,
    effect_note,
    optional,
    term,
)


def _no_tables(_: Selection) -> Iterable[Table]:
    return ()


class ReportSection(Record, kw_only=True):
    """A section's row."""

    key: str
    """What `--sections` takes."""
    heading: str
    blocks: Callable[[Selection], Iterable[Block]]
    """What people read; a section without any is left out, with its heading."""
    data: Callable[[Selection], Iterable[Table]] = _no_tables
    """What programs get: the tables that the commands themselves give."""


# What the report covers ---------------------------------------------------------------------------------


def coverage(selection: Selection) -> Iterator[Block]:
    """What the report covers and does not."""
    yield Paragraph(tuple(prose.coverage(selection)))
    yield Bullets(tuple((item,) for item in prose.limits(selection)))
    yield _overview(selection)


def _overview(selection: Selection) -> Table:
    """The cases in few columns; the section on discrepancies has what is wrong with them."""
    dataset = selection.dataset
    columns = (
        Column("case", "Case"),
        Column("architecture", "Architecture", blank=NOT_ANALYSED.label),
        Column("coordination", "Coordination", blank=NOT_ANALYSED.label),
        Column("effects", "Effects", blank=NOT_EVALUATED.label, number=True),
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
    """How many effects of the case are reported here, simulations apart; None where it was not evaluated."""
    if not case.evaluated:
        return None
    return sum(not effect.simulated for effect in selection.effects_by_case[case.id])


# Effects ------------------------------------------------------------------------------------------------


def evidence(selection: Selection) -> Iterator[Block]:
    """The evidence map and what it depends on."""
    dataset, cells = selection.dataset, selection.cells
    source = dict.fromkeys(locator for effect in selection.effects for locator in effect.source)
    yield Paragraph((Noted(prose.map_sentence(cells), "", cites(dataset, source)),))
    grid = evidence_map(selection)
    notes = (*legend_notes(dataset, cells), *grid.cautions)
    yield replace(grid.table.within_document(), notes=notes, group_by=())
    if len({case.coordination for case in selection.cases}) > 1:
        yield Paragraph((confounding_caution(dataset),))


def effects(selection: Selection) -> Iterator[Block]:
    """The effects, domain by domain; what is not reported is said."""
    dataset = selection.dataset
    for domain in selection.domains:
        yield Heading(dataset.domains[domain].name, 2)
        cells = [cell for cell in selection.cells if cell.domain == domain]
        yield Paragraph(tuple(prose.domain_sentences(dataset, selection.cases_as_named, cells)))
        if any(cell.effects for cell in cells):
            yield _effect_rows(selection, domain)


def _effect_rows(selection: Selection, domain: str) -> Table:
    """Effects in four columns: where each comes from is in its footnote."""
    dataset = selection.dataset
    columns = tuple(Column(key, key.capitalize()) for key in ("case", "outcome", "direction", "benefit"))
    inside = [
        effect
        for case in selection.cases_as_named
        for effect in selection.effects_by_case[case.id]
        if dataset.outcomes[effect.outcome].domain == domain
    ]
    rows = tuple(
        (
            case_term(dataset.cases[effect.case]),
            term(dataset.outcomes[effect.outcome]),
            Noted(direction_term(effect), effect_note(dataset, effect) or "", cites(dataset, effect.source)),
            benefit_term(dataset, effect),
        )
        for effect in inside
    )
    return Table("effects", "", columns, rows, notes=mark_notes(inside))


# Coordination -------------------------------------------------------------------------------------------


def coordination(selection: Selection) -> Iterator[Block]:
    """How each case coordinated."""
    dataset = selection.dataset
    for case in selection.cases_as_named:
        yield Heading(case_in_country(dataset, case), 2)
        yield Paragraph((Noted(case.summary, "", cites(dataset, case.source)),))
        if not case.analysed:
            yield Paragraph(("The institutional brief does not cover the case.",))
            continue
        findings = ordered(dataset, case.findings.values())
        yield Bullets(tuple(_finding_item(dataset, finding) for finding in findings))


def _finding_item(dataset: Dataset, finding: Finding) -> tuple[Inline, ...]:
    levels = [dataset.levels[level].name for level in finding.levels]
    formality = [dataset.formality[finding.formality].name] if finding.formality else []
    kind = ", ".join((*levels, *formality, dataset.roles[finding.role].name)).lower()
    return (Strong(f"{prose.capital(kind)}: "), _claim(dataset, finding.text, finding))


def _claim(dataset: Dataset, text: str, record: Any) -> Noted:
    """A statement with its note and its paragraphs."""
    return Noted(text, record.note or "", cites(dataset, record.source))


COMPARED = ("profile", "outcomes", "formality", "obstacles")
"""The parts of a comparison that no other section has."""


def compared(selection: Selection) -> Iterator[Block]:
    """The cases side by side: what the other sections hold apart."""
    for key, table in zip(COMPARED, compared_tables(selection), strict=False):
        yield Heading(PARTS[key].heading, 2)
        yield table


def compared_tables(selection: Selection) -> Iterator[Table]:
    """The tables of the comparison; none for a single case."""
    if len(selection.cases) > 1:
        yield from (PARTS[key].table(selection) for key in COMPARED)


# Statements of the briefs -------------------------------------------------------------------------------


def lessons(selection: Selection) -> Iterator[Block]:
    """The lessons for the regions of the cases, theme by theme."""
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
    """The recommendations for the regions of the cases: those that the briefs state, then those implied."""
    dataset, around = selection.dataset, selection.regional
    found = around.recommendations
    yield Paragraph((prose.statements(len(found), "recommendation", dataset, around.chosen),))
    for basis, heading in ((Basis.STATED, "Stated"), (Basis.IMPLIED, "Implied by what the briefs say")):
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
    """The discrepancies of the briefs that touch the cases."""
    dataset, found = selection.dataset, discrepancies_touching(selection)
    if not found:
        yield Paragraph(("No discrepancy is recorded that touches these cases.",))
        return
    yield Paragraph(("The briefs contradict themselves, each other or plain spelling in these places.",))
    yield Bullets(
        tuple(
            (
                Strong(f"{record.title}. "),
                Noted(record.text, "", cites(dataset, record.source)),
                f" What the dataset does: {record.handling}",
            )
            for record in found
        )
    )


def discrepancies_touching(selection: Selection) -> tuple[Discrepancy, ...]:
    """Those that the cases name; for a report on everything, all."""
    dataset, domains = selection.dataset, selection.chosen.domains
    touched = {key for case in selection.cases for key in discrepancies_of(dataset, case, domains)}
    everything = len(selection.cases) == len(dataset.cases) and not domains
    return tuple(record for key, record in dataset.discrepancies.items() if everything or key in touched)


# The end ------------------------------------------------------------------------------------------------


def method(selection: Selection) -> Iterator[Block]:
    """The SWiM items."""
    yield Paragraph((prose.METHOD,))
    yield swim_table(selection)


def bibliography(selection: Selection) -> Iterator[Block]:
    """The briefs and the dataset."""
    yield References(references(selection.dataset))


def reproduction(selection: Selection) -> Iterator[Block]:
    """The command line and the version; nothing that differs between two runs."""
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
