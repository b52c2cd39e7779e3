"""The evidence map: an effect direction plot of cases by domain, or of outcomes by case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import Benefit, Brief, Case, Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.confounding import ATTRIBUTES
from ruralsyn.evidence.plot import Scale, Weight, scale_of, weight_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import Cell, has_null_results
from ruralsyn.lazy import Later, imported
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.grid import Facet, Grid, GridLine
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Term, Value
from ruralsyn.views.answers import effects_answer, map_answer
from ruralsyn.views.columns import (
    FILE,
    RecordColumns,
    file_column,
    file_term,
    heads,
    iso3_column,
    record_rows,
)
from ruralsyn.views.map_cells import cell_value, grid_cell
from ruralsyn.views.map_marks import legend, legend_notes
from ruralsyn.views.map_notes import (
    FAVOURABLE,
    general_cautions,
    group_cautions,
    label_notes,
    null_notes,
    open_sign_notes,
    open_signs,
    selection_cautions,
    short_cautions,
)
from ruralsyn.views.map_weights import lacking_notes, legend_arrows, look_of_arrows, weight_notes
from ruralsyn.views.notes import (
    LIMITS,
    MOST_LISTED,
    absent_notes,
    author_of,
    blank_answer,
    dataset_line,
    origin_of,
    year_of,
)
from ruralsyn.views.values import (
    TONES,
    case_in_country,
    case_names,
    case_term,
    term,
)

TITLE = "Evidence map: good and bad effects"

ROWS = ("domain", "outcome")
"""The values of `--by`: cases by domain, or outcomes by case."""

GROUPS: dict[str, str] = {
    "region": "Region",
    "architecture": "Architecture",
    "coordination": "Coordination",
}
"""The values of `--group-by`, each with the heading of its column."""

# Programs get each number of a cell in a column, so that they need not take "2 good, 1 bad ?" apart.
DATA_COLUMNS: RecordColumns = (
    (Column("case", "Case"), lambda dataset, cell: case_term(dataset.cases[cell.case])),
    (Column("country", "Country"), lambda dataset, cell: term(dataset.country_of(cell.case))),
    (Column("domain", "Domain"), lambda dataset, cell: term(dataset.domains[cell.domain])),
    (Column("direction", "Direction"), lambda _, cell: cell.direction.value if cell.direction else None),
    (Column("favourable", "Favourable", number=True), lambda _, cell: cell.favourable),
    (Column("unfavourable", "Unfavourable", number=True), lambda _, cell: cell.unfavourable),
    (Column("unclear", "Unclear", number=True), lambda _, cell: cell.unclear),
    (Column("simulated", "Simulated", number=True), lambda _, cell: cell.simulated),
    (Column("status", "Status"), lambda _, cell: cell.status.value),
    (Column("depends_on", "Depends on"), lambda _, cell: cell.depends_on),
    (Column("unprinted", "Unprinted", number=True), lambda _, cell: cell.unprinted),
)
OUTCOME_COLUMN: RecordColumns = ((Column("outcome", "Outcome"), lambda _, cell: cell.outcome),)
"""For a map by outcome. It comes last, so that the columns before it are the same for both maps."""
NEUTRAL_COLUMN: RecordColumns = ((Column("neutral", "No change", number=True), lambda _, cell: cell.neutral),)
"""For a dataset with null results."""


def evidence_map(
    selection: Selection, by: str = "domain", group_by: str | None = None, *, full: bool = False
) -> Grid:
    """The map of the selected cases and effects. `full` has the cautions of the figure under the table too.

    `by` is `domain` (rows are cases) or `outcome` (rows are outcomes, since there are too many for columns).
    `group_by` groups the rows by an attribute of the case and adds notes on what else differs between groups.

    Raises UsageError for `group_by` together with `by="outcome"`, where the cases are columns, and for an
    attribute that no case has.
    """
    check_grouping(selection.dataset, group_by, by)
    dataset, fine = selection.dataset, by == "outcome"
    cases = _in_groups(dataset, selection.cases, group_by)
    cells = selection.cells_by_outcome if fine else selection.cells
    shown = [effect for cell in cells for effect in cell.effects]
    scale = scale_of(shown)
    always = (*lacking_notes(shown), *_needed(selection, cases, group_by))
    weights = {_position(cell, fine=fine): weight_of(dataset, cell, scale) for cell in cells}
    cautions = (*_cautions(dataset, cells, scale), *always)
    signs = legend_notes(dataset, cells, open_signs(dataset, cells))
    marks = (*signs, *weight_notes(list(weights.values()), scale))
    notes = (*marks, *(cautions if full else (*_short_notes(selection, cells, fine=fine), *always, LIMITS)))
    if fine:
        rows, columns, table = _outcome_lines(dataset, cells, cases, notes, weights)
    else:
        rows, columns, table = _case_lines(selection, cases, group_by, notes, weights)
    return Grid(
        id="map",
        title=f"{TITLE} by {by} and case",
        rows=rows,
        columns=columns,
        # The weights have the order of the cells.
        cells={
            place: grid_cell(dataset, cell, weight)
            for cell, (place, weight) in zip(cells, weights.items(), strict=True)
        },
        legend=legend(dataset, cells),
        cautions=cautions,
        caption=_caption(dataset, cells, group_by),
        facets=_facets(dataset, cases, rows if fine else columns),
        things=("effect", "effects"),
        table=replace(table, lead=_lead(selection, by), origin=origin_of(selection, selection.effects)),
        data=map_data(selection, by),
        arrows=legend_arrows(scale),
        background=Later(lambda: imported(_BACKGROUND)(selection, by)),
    )


_BACKGROUND = "ruralsyn.views.map_background:map_background"
"""Imported by the page alone: no other format shows findings."""


def _lead(selection: Selection, by: str) -> str:
    """The sentence with which the map answers."""
    if by == "outcome":
        return effects_answer(selection)
    return map_answer(selection) or blank_answer(selection)


def _needed(selection: Selection, cases: list[Case], group_by: str | None) -> tuple[str, ...]:
    """Notes that a short map has too, because without them a filter or a grouping would mislead."""
    return (*selection_cautions(selection.chosen), *group_cautions(selection.dataset, cases, group_by))


def check_grouping(dataset: Dataset, group_by: str | None, by: str = "domain") -> None:
    """Raise UsageError for a grouping of columns, and for one by an attribute that no case has."""
    if by == "outcome" and group_by:
        raise UsageError(
            "--group-by groups rows of cases, but with --by outcome the cases are columns. "
            "Use only one of them."
        )
    cases = dataset.cases.values()
    possible = [name for name in GROUPS if any(ATTRIBUTES[name](dataset, case) for case in cases)]
    if group_by is not None and cases and group_by not in possible:
        raise UsageError(f"no case has {group_by} in the data. --group-by takes {' or '.join(possible)}.")


def _cautions(dataset: Dataset, cells: Sequence[Cell], scale: Scale) -> tuple[str, ...]:
    """What a reader should not read into the map, whatever its filter and its groups."""
    return (
        *open_sign_notes(dataset, cells),
        *label_notes(dataset, cells),
        f"{worded(dataset, FAVOURABLE)} {look_of_arrows(dataset, scale)}",
        *general_cautions(dataset),
        *null_notes(cells),
    )


def _short_notes(selection: Selection, cells: Sequence[Cell], *, fine: bool) -> tuple[str, ...]:
    # A narrow map by outcome has no cell that says so.
    return (*(absent_notes(selection) if fine else ()), *short_cautions(selection.dataset, cells))


def _caption(dataset: Dataset, cells: Iterable[Cell], group_by: str | None) -> str:
    """The source line: the sources that the effects come from, and those that the grouping comes from."""
    # Only sources that are cited: all effects of the bundled data come from one of its two briefs.
    cited = {locator.brief for cell in cells for effect in cell.effects for locator in effect.source}
    # These two come from the sources of the architectures. A region follows from the country.
    if group_by in ("architecture", "coordination"):
        cited |= {locator.brief for entry in dataset.architectures.values() for locator in entry.source}
    briefs = [brief for key, brief in dataset.briefs.items() if key in cited]
    return f"Source: {_titles(briefs)}. {dataset_line(dataset)}."


def _titles(briefs: Sequence[Brief]) -> str:
    """The sources with their codes, and the sign for a paragraph if any of them has paragraphs."""
    if len(briefs) > MOST_LISTED:
        return f"{len(briefs)} sources, listed by: ruralsyn sources"
    titles = (
        f"{brief.title} ({', '.join(filter(None, (author_of(brief), year_of(brief))))}), "
        f"cited as {brief.code}"
        for brief in briefs
    )
    paragraphs = not briefs or any(brief.sections for brief in briefs)
    return f"{'; '.join(titles) or 'none'}{'; ¶ = paragraph' if paragraphs else ''}"


def _in_groups(dataset: Dataset, cases: Iterable[Case], group_by: str | None) -> list[Case]:
    """The cases in file order, with the cases of each group together."""
    ordered = list(cases)
    if group_by is None:
        return ordered
    # Groups in the order of their first cases. sorted() is stable, so each keeps the order of the file.
    groups = list(dict.fromkeys(_group(dataset, case, group_by) for case in ordered))
    return sorted(ordered, key=lambda case: groups.index(_group(dataset, case, group_by)))


def _group(dataset: Dataset, case: Case, group_by: str) -> str:
    # Cases that no source classifies form a group too, so that grouping drops no case from the map.
    return ATTRIBUTES[group_by](dataset, case) or "Not analysed"


def _position(cell: Cell, *, fine: bool) -> tuple[str, str]:
    return (str(cell.outcome), cell.case) if fine else (cell.case, cell.domain)


# Lines and tables ---------------------------------------------------------------------------------------

Lines = tuple[tuple[GridLine, ...], tuple[GridLine, ...], Table]
"""The rows and the columns of the grid, and the same map as a table."""
Weights = Mapping[tuple[str, str], Weight | None]
"""The weight of the cell at each position."""


def _case_lines(
    selection: Selection, cases: list[Case], group_by: str | None, notes: tuple[str, ...], weights: Weights
) -> Lines:
    """Cases as rows and domains as columns."""
    dataset = selection.dataset
    domains = [dataset.domains[key] for key in selection.domains]
    # There is a cell for every case and domain, also where the sources give nothing, so no key is missing.
    by_position = {_position(cell, fine=False): cell for cell in selection.cells}
    group_column = (Column("group", GROUPS[group_by]),) if group_by else ()
    rows: list[Row] = []
    for case in cases:
        group: tuple[Value, ...] = (_group(dataset, case, group_by),) if group_by else ()
        places = [(case.id, domain.id) for domain in domains]
        values = (cell_value(by_position[place], weights[place]) for place in places)
        file = file_term(dataset, "cases", case.id)
        rows.append((*group, Term(case.id, case_names(dataset, [case])), *values, file))
    table = Table(
        id="map",
        title=f"{TITLE} by domain and case",
        columns=(
            *group_column,
            Column("case", "Case"),
            *(Column(domain.id, domain.short) for domain in domains),
            FILE,
        ),
        rows=tuple(rows),
        notes=notes,
        group_by="group" if group_by else "",
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
    dataset: Dataset, cells: Iterable[Cell], cases: list[Case], notes: tuple[str, ...], weights: Weights
) -> Lines:
    """Outcomes as rows and cases as columns."""
    by_position = {_position(cell, fine=True): cell for cell in cells}
    # The cells have the order of the dataset.
    outcomes = list(dict.fromkeys(outcome for outcome, _ in by_position))
    rows: list[Row] = []
    lines = []
    for key in outcomes:
        outcome = dataset.outcomes[key]
        domain = dataset.domains[outcome.domain]
        places = [(key, case.id) for case in cases]
        values = (cell_value(by_position[place], weights[place]) for place in places)
        rows.append((term(domain), term(outcome), *values))
        lines.append(GridLine(key, outcome.name, domain.name, (("domain", domain.id),)))
    table = Table(
        id="map",
        title=f"{TITLE} by outcome and case",
        columns=(
            Column("domain", "Domain"),
            Column("outcome", "Outcome"),
            *(Column(case.id, case_names(dataset, [case])) for case in cases),
        ),
        rows=tuple(rows),
        notes=notes,
        group_by="domain",
        empty="No effects match.",
        narrowed=_in_fewer_columns,
    )
    columns = tuple(
        GridLine(case.id, case_in_country(dataset, case), facets=_case_facets(dataset, case))
        for case in cases
    )
    return tuple(lines), columns, table


def _in_fewer_columns(shown: Table) -> Table:
    """Outcomes with the cases that report each of them in one column: `Ethiopia ▲; Zambia ▲`."""
    # The columns after the domain and the outcome are the cases.
    cases = shown.columns[2:]

    def reporting(values: Row) -> Value:
        return tuple(
            f"{case.label} {text_of(value)}"
            for case, value in zip(cases, values, strict=True)
            if isinstance(value, Term) and value.tone != "quiet"
        )

    return shown.joining([case.key for case in cases], Column("cases", "Cases that report it"), reporting)


# Separate from evidence_map(), because a report needs these rows without drawing the map a second time.
def map_data(selection: Selection, by: str = "domain") -> Table:
    """The cells for programs, one row each."""
    fine = by == "outcome"
    columns = (
        *DATA_COLUMNS,
        *(OUTCOME_COLUMN if fine else ()),
        *(NEUTRAL_COLUMN if has_null_results(selection.dataset) else ()),
        *iso3_column(lambda dataset, cell: dataset.country_of(cell.case)),
        *file_column("cases", lambda cell: cell.case),
    )
    rows = record_rows(columns, selection.dataset, selection.cells_by_outcome if fine else selection.cells)
    return Table("map", "Evidence map", heads(columns, selection.dataset), rows, empty="No cases match.")


# The filters of the page ---------------------------------------------------------------------------------


def _case_facets(dataset: Dataset, case: Case) -> tuple[tuple[str, str], ...]:
    return (
        ("region", dataset.countries[case.country].region),
        ("country", case.country),
        # The page compares ids, so "no value" needs one too. _facets() offers it as an option.
        ("coordination", case.coordination or "not-analysed"),
    )


def _facets(dataset: Dataset, cases: list[Case], lines: tuple[GridLine, ...]) -> tuple[Facet, ...]:
    """The filters of the page, with only the options that the map contains."""
    countries = {case.country for case in cases}
    regions = {dataset.countries[key].region for key in countries}
    kinds = {case.coordination for case in cases}
    # Nothing to choose from where no case of the data has a coordination.
    any_kind = any(case.coordination for case in dataset.cases.values())
    not_analysed = (Term("not-analysed", "Not analysed"),) if None in kinds and any_kind else ()
    # In a map by outcome the domains are the groups of the rows.
    domains = {key for line in lines for name, key in line.facets if name == "domain"}
    return (
        Facet("region", "Region", _options(dataset.regions, regions)),
        Facet("country", "Country", _options(dataset.countries, countries)),
        Facet(
            "domain",
            "Domain",
            tuple(Term(d.id, d.short) for d in dataset.domains.values() if d.id in domains),
        ),
        Facet("coordination", "Coordination", (*_options(dataset.coordination, kinds), *not_analysed)),
        Facet("benefit", "Benefit", tuple(_benefits(dataset))),
    )


def _benefits(dataset: Dataset) -> Iterator[Term]:
    """The benefits as options, with that of null results where the dataset has any."""
    for benefit in TONES:
        if benefit is not Benefit.NEUTRAL or has_null_results(dataset):
            yield Term(benefit.value, benefit.value.capitalize())


def _options(records: Mapping[str, Any], keys: Iterable[str | None]) -> tuple[Term, ...]:
    wanted = set(keys)
    return tuple(term(record) for key, record in records.items() if key in wanted)
