"""The evidence map: cases by domains, or by outcomes, as an effect direction plot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ruralsyn.document import Column, Detail, Facet, Grid, GridCell, GridLine, Row, Table, Term, Value
from ruralsyn.errors import UsageError
from ruralsyn.model import Case, Dataset, Effect, Sign
from ruralsyn.query import Filter, select_cases
from ruralsyn.synthesis import ATTRIBUTES, Cell, Status, Summary, cells_by_domain, cells_by_outcome
from ruralsyn.views.cells import (
    SIGN_NOTES,
    SIMULATION_NOTE,
    TONES,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    closing_notes,
    country_case_term,
    dataset_line,
    term,
)
from ruralsyn.views.legend import (
    CAUTIONS,
    NOT_EVALUATED,
    NOT_REPORTED,
    group_cautions,
    hanging_notes,
    label_notes,
    legend,
    legend_notes,
    selection_cautions,
)

SYMBOLS = {Summary.FAVOURABLE: "▲", Summary.UNFAVOURABLE: "▼", Summary.CONFLICTING: "◄►"}
SHAPES = {Summary.FAVOURABLE: "up", Summary.UNFAVOURABLE: "down", Summary.CONFLICTING: "sideways"}
SUMMARY_TONES = {Summary.FAVOURABLE: "good", Summary.UNFAVOURABLE: "bad", Summary.CONFLICTING: "unsure"}

TITLE = "Evidence map: favourable and unfavourable effects"

GROUPS: dict[str, str] = {
    "region": "Region",
    "architecture": "Architecture",
    "coordination": "Coordination",
}
"""What `--group-by` takes, with the heading of its column."""

DATA_COLUMNS = (
    Column("case", "Case"),
    Column("country", "Country"),
    Column("domain", "Domain"),
    Column("direction", "Direction"),
    Column("favourable", "Favourable", number=True),
    Column("unfavourable", "Unfavourable", number=True),
    Column("unclear", "Unclear", number=True),
    Column("simulated", "Simulated", number=True),
    Column("status", "Status"),
    Column("depends_on", "Hangs on"),
    Column("unprinted", "Unprinted", number=True),
)


def evidence_map(dataset: Dataset, chosen: Filter, by: str = "domain", group_by: str | None = None) -> Grid:
    """The map of the selected cases and effects.

    `by` is `domain` (rows are cases) or `outcome` (rows are outcomes, for there are too many for columns);
    `group_by` sets the rows under headings by an attribute of the case, with what is confounded with it.
    """
    if by == "outcome" and group_by:
        raise UsageError("--group-by groups rows of cases, and with --by outcome the cases are columns.")
    cases = _in_groups(dataset, select_cases(dataset, chosen), group_by)
    cells = (cells_by_outcome if by == "outcome" else cells_by_domain)(dataset, chosen)
    cautions = (
        *hanging_notes(dataset, cells),
        *label_notes(dataset, cells),
        *selection_cautions(chosen),
        *CAUTIONS,
        *group_cautions(dataset, cases, group_by),
    )
    notes = (*legend_notes(cells), *cautions, *closing_notes(dataset, chosen))
    if by == "outcome":
        rows, columns, table = _outcome_lines(dataset, cells, cases, notes)
    else:
        rows, columns, table = _case_lines(dataset, cells, cases, chosen, group_by, notes)
    grid = Grid(
        id="map",
        title=f"{TITLE} by {by} and case",
        rows=rows,
        columns=columns,
        cells={},
        legend=legend(cells),
        cautions=cautions,
        caption=_caption(dataset, cells, group_by),
        facets=(),
        things=("effect", "effects"),
        table=table,
        data=table,
    )
    # A table has no use for these: they are made when a figure, a page or a program asks.
    makers: dict[str, Callable[[], object]] = {
        "cells": lambda: {_position(cell, by): grid_cell(dataset, cell) for cell in cells},
        "facets": lambda: _facets(dataset, cases, columns if by == "domain" else ()),
        "data": lambda: _data_table(dataset, cells, by),
    }
    return grid.deferring(lambda name: makers[name](), *makers)


def _caption(dataset: Dataset, cells: Iterable[Cell], group_by: str | None) -> str:
    """The briefs that the map draws on: those of its effects, and those that sort the cases into groups."""
    cited = {place.brief for cell in cells for effect in cell.effects for place in effect.source}
    if group_by in ("architecture", "coordination"):
        cited |= {place.brief for entry in dataset.architectures.values() for place in entry.source}
    briefs = [brief for key, brief in dataset.briefs.items() if key in cited]
    titles = "; ".join(f"{brief.title} ({brief.project}, n.d.), here {brief.code}" for brief in briefs)
    return f"Source: {titles or 'none'}; ¶ = paragraph. {dataset_line(dataset)}."


def _in_groups(dataset: Dataset, cases: Iterable[Case], group_by: str | None) -> list[Case]:
    """The cases in file order, those of one group together."""
    ordered = list(cases)
    if group_by is None:
        return ordered
    groups = list(dict.fromkeys(_group(dataset, case, group_by) for case in ordered))
    return sorted(ordered, key=lambda case: groups.index(_group(dataset, case, group_by)))


def _group(dataset: Dataset, case: Case, group_by: str) -> str:
    return ATTRIBUTES[group_by](dataset, case) or "Not analysed"


def _position(cell: Cell, by: str) -> tuple[str, str]:
    return (str(cell.outcome), cell.case) if by == "outcome" else (cell.case, cell.domain)


# Lines and tables ---------------------------------------------------------------------------------------

Lines = tuple[tuple[GridLine, ...], tuple[GridLine, ...], Table]


def _case_lines(
    dataset: Dataset,
    cells: Iterable[Cell],
    cases: list[Case],
    chosen: Filter,
    group_by: str | None,
    notes: tuple[str, ...],
) -> Lines:
    domains = [dataset.domains[key] for key in (chosen.domains or dataset.domains)]
    by_place = {(cell.case, cell.domain): cell for cell in cells}
    group_column = (Column("group", GROUPS[group_by]),) if group_by else ()
    rows: list[Row] = []
    for case in cases:
        group: tuple[Value, ...] = (_group(dataset, case, group_by),) if group_by else ()
        values = (cell_value(by_place[case.id, domain.id]) for domain in domains)
        rows.append((*group, country_case_term(dataset, case.id), *values))
    table = Table(
        id="map",
        title=f"{TITLE} by domain and case",
        columns=(
            *group_column,
            Column("case", "Case"),
            *(Column(domain.id, domain.short, blank=NOT_REPORTED) for domain in domains),
        ),
        rows=tuple(rows),
        notes=notes,
        group_by=("group",) if group_by else (),
        empty="No cases match.",
    )
    lines = tuple(
        GridLine(
            case.id,
            case_in_country(dataset, case),
            _group(dataset, case, group_by) if group_by else "",
            _case_facets(dataset, case),
        )
        for case in cases
    )
    columns = tuple(GridLine(domain.id, domain.short, facets=(("domain", domain.id),)) for domain in domains)
    return lines, columns, table


def _outcome_lines(
    dataset: Dataset, cells: Iterable[Cell], cases: list[Case], notes: tuple[str, ...]
) -> Lines:
    by_place = {(cell.outcome, cell.case): cell for cell in cells}
    outcomes = list(dict.fromkeys(cell.outcome for cell in by_place.values() if cell.outcome))
    rows: list[Row] = []
    lines = []
    for key in outcomes:
        outcome = dataset.outcomes[key]
        domain = dataset.domains[outcome.domain]
        values = (_small(cell_value(by_place[key, case.id])) for case in cases)
        rows.append((term(domain), term(outcome), *values))
        lines.append(GridLine(key, outcome.name, domain.name, (("domain", domain.id),)))
    table = Table(
        id="map",
        title=f"{TITLE} by outcome and case",
        columns=(
            Column("domain", "Domain"),
            Column("outcome", "Outcome"),
            *(Column(case.id, case.label, blank="·") for case in cases),
        ),
        rows=tuple(rows),
        notes=("In the cells, · is not reported and × is not evaluated.", *notes),
        group_by=("domain",),
        empty="No effects match.",
    )
    columns = tuple(
        GridLine(case.id, case_in_country(dataset, case), facets=_case_facets(dataset, case))
        for case in cases
    )
    return tuple(lines), columns, table


def _small(value: Term | None) -> Term | None:
    """A cell of many columns has no room for the words; a note explains the signs for them."""
    return Term(value.id, "×", value.tone) if value and value.label == NOT_EVALUATED else value


def cell_value(cell: Cell) -> Term | None:
    """A cell as a table prints it: arrow, counts, marks; None where the briefs report nothing."""
    if cell.status is Status.NOT_EVALUATED:
        return Term(cell.status.value, NOT_EVALUATED, "quiet")
    if cell.status is Status.NOT_REPORTED:
        return None
    if not cell.effects:
        return Term("filtered", "none that match", "quiet")
    arrow = SYMBOLS[cell.direction] if cell.direction else ""
    parts = [arrow, _counts(cell), _marks(cell)]
    tone = SUMMARY_TONES[cell.direction] if cell.direction else "unsure"
    return Term(cell.direction or "unclear", " ".join(part for part in parts if part), tone)


def _counts(cell: Cell) -> str:
    """The counts in short; of a single outcome there is one effect, which the arrow shows."""
    several = cell.direction and cell.outcome is None
    parts = [f"{cell.favourable}:{cell.unfavourable}"] if several else []
    parts += [f"u{cell.unprinted}"] if cell.unprinted else []
    parts += [f"~{cell.unclear}"] if cell.unclear else []
    parts += [f"s{cell.simulated}"] if cell.simulated else []
    return " ".join(parts)


def _marks(cell: Cell) -> str:
    return "!" if cell.depends_on else ""


def _data_table(dataset: Dataset, cells: Iterable[Cell], by: str) -> Table:
    fine = by == "outcome"
    columns = (*DATA_COLUMNS, Column("outcome", "Outcome")) if fine else DATA_COLUMNS
    rows = []
    for cell in cells:
        row: Row = (
            case_term(dataset.cases[cell.case]),
            term(dataset.country_of(cell.case)),
            term(dataset.domains[cell.domain]),
            cell.direction.value if cell.direction else None,
            cell.favourable,
            cell.unfavourable,
            cell.unclear,
            cell.simulated,
            cell.status.value,
            cell.depends_on,
            cell.unprinted,
        )
        rows.append((*row, cell.outcome) if fine else row)
    return Table("map", "Evidence map", columns, tuple(rows), empty="No cases match.")


# The picture --------------------------------------------------------------------------------------------


def grid_cell(dataset: Dataset, cell: Cell) -> GridCell:
    """A cell for the figure and the page, the effects behind it included."""
    blank = {Status.NOT_REPORTED: NOT_REPORTED, Status.NOT_EVALUATED: NOT_EVALUATED}.get(cell.status, "")
    if not cell.effects and not blank:
        blank = "none that match"
    return GridCell(
        symbol=SHAPES[cell.direction] if cell.direction else "",
        label=_in_words(cell) or blank,
        counts=_counts(cell),
        marks=_marks(cell),
        blank=blank,
        details=tuple(_detail(dataset, effect) for effect in cell.effects),
    )


def _in_words(cell: Cell) -> str:
    if not cell.effects:
        return ""
    parts = [cell.direction.value if cell.direction else "no clear direction"]
    parts += [
        f"{count} {word}"
        for count, word in (
            (cell.favourable, "favourable"),
            (cell.unfavourable, "unfavourable"),
            (cell.unprinted, "without a printed sign"),
            (cell.unclear, "unclear"),
            (cell.simulated, "simulated"),
        )
        if count
    ]
    return ", ".join([*parts, *(["hangs on one reading"] if cell.depends_on else [])])


def _detail(dataset: Dataset, effect: Effect) -> Detail:
    benefit = dataset.benefit_of(effect)
    explained = {Sign.PRINTED: "The brief prints a plus sign.", **SIGN_NOTES}[effect.sign]
    facts: dict[str, Value] = {
        "Intervention": effect.intervention,
        "Sign": explained.lstrip("†‡? "),
        "Simulation": SIMULATION_NOTE.removeprefix("(sim.) ") if effect.simulated else None,
        "Why": dataset.outcomes[effect.outcome].why,
        "Note": effect.note,
        "Source": cites(dataset, effect.source),
    }
    return Detail(
        id=effect.key,
        title=dataset.outcomes[effect.outcome].name,
        value=Term(
            benefit.value, f"{effect.direction.value}, {benefit_term(dataset, effect).label}", TONES[benefit]
        ),
        facts=tuple((name, value) for name, value in facts.items() if value is not None),
        facets=(("benefit", benefit.value),),
    )


def _case_facets(dataset: Dataset, case: Case) -> tuple[tuple[str, str], ...]:
    return (
        ("region", dataset.countries[case.country].region),
        ("country", case.country),
        ("coordination", case.coordination or "not-analysed"),
    )


def _facets(dataset: Dataset, cases: list[Case], columns: tuple[GridLine, ...]) -> tuple[Facet, ...]:
    """The filters of the page: those options that the map holds."""
    countries = {case.country for case in cases}
    regions = {dataset.countries[key].region for key in countries}
    kinds = {case.coordination for case in cases}
    not_analysed = (Term("not-analysed", "Not analysed"),) if None in kinds else ()
    domains = {column.id for column in columns} or set(dataset.domains)
    return (
        Facet("region", "Region", _options(dataset.regions, regions)),
        Facet("country", "Country", _options(dataset.countries, countries)),
        Facet(
            "domain",
            "Domain",
            tuple(Term(d.id, d.short) for d in dataset.domains.values() if d.id in domains),
        ),
        Facet("coordination", "Coordination", (*_options(dataset.coordination, kinds), *not_analysed)),
        Facet(
            "benefit", "Benefit", tuple(Term(benefit.value, benefit.value.capitalize()) for benefit in TONES)
        ),
    )


def _options(records: Mapping[str, Any], keys: Iterable[str | None]) -> tuple[Term, ...]:
    wanted = set(keys)
    return tuple(term(record) for key, record in records.items() if key in wanted)
