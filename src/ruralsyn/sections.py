"""The sections of a report: views and prose put together, each claim with its paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn import prose
from ruralsyn.citing import apa, references
from ruralsyn.document import (
    Block,
    Bullets,
    Code,
    Column,
    Heading,
    Inline,
    Noted,
    Paragraph,
    References,
    Strong,
    Table,
    Value,
)
from ruralsyn.model import Basis, Case, Dataset, Discrepancy, Finding, Recommendation
from ruralsyn.query import (
    Filter,
    select_effects,
    select_lessons,
    select_recommendations,
)
from ruralsyn.record import Record
from ruralsyn.synthesis import cells_by_domain
from ruralsyn.views.cases import cases_table
from ruralsyn.views.cells import (
    benefit_term,
    case_in_country,
    case_term,
    cites,
    country_case_term,
    dataset_line,
    direction_term,
    effect_note,
    listed,
    mark_notes,
    optional,
    term,
)
from ruralsyn.views.compare import comparison, confounding_caution
from ruralsyn.views.coordination import coordination_table, ordered_findings
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map
from ruralsyn.views.legend import legend_notes
from ruralsyn.views.show import discrepancies_of
from ruralsyn.views.sources import discrepancies_table
from ruralsyn.views.statements import lessons_table, recommendations_table
from ruralsyn.views.synthesis import swim_table


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


def coverage(selection: Selection) -> Iterator[Block]:
    """What the report covers and does not."""
    dataset, cases = selection.dataset, selection.cases
    yield Paragraph((*prose.coverage(dataset, cases, selection.chosen),))
    yield Bullets(
        tuple((item,) for item in prose.limits(dataset, cases, select_effects(dataset, selection.chosen)))
    )
    yield _overview(dataset, cases, selection.chosen)


def _effect_count(dataset: Dataset, case: Case, chosen: Filter) -> Value:
    """How many effects of the case are reported here, simulations apart; None where it was not evaluated."""
    if not case.evaluated:
        return None
    return len(select_effects(dataset, replace(chosen, cases=(case.id,), simulated=False)))


def _overview(dataset: Dataset, cases: Sequence[Case], chosen: Filter) -> Table:
    """The cases in few columns; the section on discrepancies has what is wrong with them."""
    columns = (
        Column("case", "Case"),
        Column("architecture", "Architecture", blank="not analysed"),
        Column("coordination", "Coordination", blank="not analysed"),
        Column("effects", "Effects", blank="not evaluated", number=True),
    )
    rows = tuple(
        (
            Noted(country_case_term(dataset, case.id), case.note or "", cites(dataset, case.source)),
            optional(dataset.architectures, case.architecture),
            optional(dataset.coordination, case.coordination),
            _effect_count(dataset, case, chosen),
        )
        for case in cases
    )
    return Table("cases", "", columns, rows)


def evidence(selection: Selection) -> Iterator[Block]:
    """The evidence map and what it hangs on."""
    dataset = selection.dataset
    chosen = selection.chosen
    effects = select_effects(dataset, chosen)
    places = cites(dataset, dict.fromkeys(place for effect in effects for place in effect.source))
    cells = cells_by_domain(dataset, chosen)
    yield Paragraph((Noted(prose.map_sentence(cells), "", places),))
    grid = evidence_map(dataset, chosen)
    yield replace(_bare(grid.table), notes=(*legend_notes(cells), *grid.cautions))
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
        if select_effects(dataset, chosen):
            yield _effect_rows(dataset, chosen)


def _effect_rows(dataset: Dataset, chosen: Filter) -> Table:
    """Effects in four columns: where each comes from is in its footnote."""
    columns = tuple(Column(key, key.capitalize()) for key in ("case", "outcome", "direction", "benefit"))
    rows = tuple(
        (
            case_term(dataset.cases[effect.case]),
            term(dataset.outcomes[effect.outcome]),
            Noted(direction_term(effect), effect_note(dataset, effect) or "", cites(dataset, effect.source)),
            benefit_term(dataset, effect),
        )
        for case in chosen.cases
        for effect in select_effects(dataset, replace(chosen, cases=(case,)))
    )
    return Table("effects", "", columns, rows, notes=tuple(mark_notes(select_effects(dataset, chosen))))


def coordination(selection: Selection) -> Iterator[Block]:
    """How each case coordinated."""
    dataset = selection.dataset
    for case in selection.cases:
        yield Heading(case_in_country(dataset, case), 2)
        yield Paragraph((Noted(case.summary, "", cites(dataset, case.source)),))
        if not case.analysed:
            yield Paragraph(("The institutional brief does not cover the case.",))
            continue
        found = ordered_findings(dataset, Filter(cases=(case.id,)))
        yield Bullets(tuple(_finding_item(dataset, finding) for finding in found))


def _finding_item(dataset: Dataset, finding: Finding) -> tuple[Inline, ...]:
    levels = [dataset.levels[level].name for level in finding.levels]
    formality = [dataset.formality[finding.formality].name] if finding.formality else []
    kind = ", ".join((*levels, *formality, dataset.roles[finding.role].name)).lower()
    return (Strong(f"{prose.capital(kind)}: "), _claim(dataset, finding.text, finding))


def _claim(dataset: Dataset, text: str, record: Any) -> Noted:
    """A statement with its note and its paragraphs."""
    return Noted(text, record.note or "", cites(dataset, record.source))


COMPARED = ("profile", "outcomes", "formality", "obstacles")
"""The tables of a comparison that no other section has."""


def compared(selection: Selection) -> Iterator[Block]:
    """The cases side by side, what the other sections hold apart."""
    if len(selection.cases) < 2:
        return
    heading: Heading | None = None
    for block in comparison(selection.dataset, selection.cases, selection.chosen.domains):
        if isinstance(block, Heading):
            heading = replace(block, level=2)
        elif isinstance(block, Table) and block.id in COMPARED:
            if heading:
                yield heading
            yield block


def lessons(selection: Selection) -> Iterator[Block]:
    """The lessons for the regions of the cases, theme by theme."""
    dataset, chosen = selection.dataset, selection.regional
    found = select_lessons(dataset, chosen)
    yield Paragraph((prose.statements(len(found), "lesson", dataset, chosen),))
    for theme in dataset.themes.values():
        items = [(_claim(dataset, lesson.text, lesson),) for lesson in found if lesson.theme == theme.id]
        if items:
            yield Heading(theme.name, 2)
            yield Bullets(tuple(items))


def recommendations(selection: Selection) -> Iterator[Block]:
    """The recommendations for the regions of the cases: those that the briefs state, then those implied."""
    dataset, chosen = selection.dataset, selection.regional
    found = select_recommendations(dataset, chosen)
    yield Paragraph((prose.statements(len(found), "recommendation", dataset, chosen),))
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
    dataset = selection.dataset
    found = _discrepancies_touching(selection)
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


def _discrepancies_touching(selection: Selection) -> tuple[Discrepancy, ...]:
    dataset = selection.dataset
    domains = selection.chosen.domains
    touched = {key for case in selection.cases for key in discrepancies_of(dataset, case, domains)}
    everything = len(selection.cases) == len(dataset.cases) and not domains
    return tuple(record for key, record in dataset.discrepancies.items() if everything or key in touched)


def data_tables(selection: Selection, sections: Sequence[str]) -> tuple[Table, ...]:
    """What the sections hold, as the tables that the commands themselves give to programs."""
    dataset, chosen = selection.dataset, selection.chosen
    of_cases = Filter(cases=chosen.cases)
    several = len(selection.cases) > 1
    makers: dict[str, Callable[[], Iterable[Block]]] = {
        "coverage": lambda: (cases_table(dataset, of_cases),),
        "map": lambda: (evidence_map(dataset, chosen).data,),
        "effects": lambda: (effects_table(dataset, chosen),),
        "coordination": lambda: (coordination_table(dataset, of_cases),),
        "comparison": lambda: _compared_tables(selection) if several else (),
        "lessons": lambda: (lessons_table(dataset, selection.regional),),
        "recommendations": lambda: (recommendations_table(dataset, selection.regional),),
        "discrepancies": lambda: (discrepancies_table(dataset, _discrepancies_touching(selection)),),
        "method": lambda: (swim_table(dataset, chosen),),
    }
    made = (block for section in sections if section in makers for block in makers[section]())
    return tuple(block for block in made if isinstance(block, Table))


def _compared_tables(selection: Selection) -> Iterator[Block]:
    blocks = comparison(selection.dataset, selection.cases, selection.chosen.domains)
    return (block for block in blocks if isinstance(block, Table) and block.id in COMPARED)


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
    line = dataset_line(selection.dataset)
    yield Paragraph(("This report was made from the ", line, " by ", Code(selection.command), "."))


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


def _bare(table: Table) -> Table:
    """A table for the middle of a report: no title, no groups, no notes."""
    return replace(table, title="", notes=(), group_by=())
