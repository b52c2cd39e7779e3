"""Cases: one line each, or the attributes of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ruralsyn.dataset.model import Case, Dataset
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Table
from ruralsyn.page.values import Value
from ruralsyn.views.answers import cases_answer, once
from ruralsyn.views.columns import RecordColumns, file_column, heads, iso3_column, record_rows, replaced
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import (
    NO_EFFECTS,
    case_term,
    cites,
    not_classified,
    noted,
    optional,
    organisation_term,
    programme_term,
    term,
)

COLUMNS: RecordColumns = (
    (Column("case", "Case", weight=2), lambda _, case: case_term(case)),
    # `show` and `compare` take it. Programs have it under `case`.
    (Column("id", "Id", machine=False, whole=True), lambda _, case: case.id),
    (Column("country", "Country"), lambda dataset, case: term(dataset.country_of(case.id))),
    (
        Column("region", "Region", spare=2),
        lambda dataset, case: term(dataset.regions[dataset.country_of(case.id).region]),
    ),
    # People read the short label in the first column: some titles are longer than a line.
    (Column("title", "Title", human=False), lambda _, case: case.title),
    (
        Column("programmes", "Programmes", human=False),
        lambda dataset, case: tuple(programme_term(dataset, programme) for programme in case.programmes),
    ),
    (
        Column("architecture", "Architecture", blank="{unclassified}", spare=1),
        lambda dataset, case: optional(dataset.architectures, case.architecture),
    ),
    # The brief's own number, which may differ from the list above: Mexico has 14, and the list has 3.
    (
        Column("programme_count", "Programmes", blank="{unclassified}", number=True, spare=3),
        lambda _, case: case.programme_count,
    ),
    (
        Column("coordination", "Coordination", blank="{unclassified}"),
        lambda dataset, case: optional(dataset.coordination, case.coordination),
    ),
    (
        Column("briefs", "{Briefs}", spare=4),
        # A case cites several paragraphs of a brief. Unlike a set, a dict keeps the order of the briefs.
        lambda _, case: tuple(dict.fromkeys(locator.brief for locator in case.source)),
    ),
    (Column("effects", "Effects", blank=NO_EFFECTS.label, number=True), lambda _, case: case.effect_count),
    (
        Column("findings", "Findings", blank="{no_findings}", number=True),
        # None and not 0: a case without findings was not analysed.
        lambda _, case: len(case.findings) or None,
    ),
    (Column("source", "{Location}", human=False), lambda dataset, case: cites(dataset, case.source)),
    *iso3_column(lambda dataset, case: dataset.country_of(case.id)),
    *file_column("cases"),
)
FULL_COLUMNS = replaced(COLUMNS, "case", lambda _, case: noted(case_term(case), case.note))
NOTES = (
    "The table counts effects and findings. Simulated effects are not counted. No effects given: the "
    "{briefs} report no effects for the case. Not analysed: {uncovered}.",
    "The number of programmes is the one given in {brief_counting}.",
)


NUMBER = "Number of programmes in the {brief}"
HIDDEN = {
    "Architecture": "architecture",
    NUMBER: "programme_count",
    "Coordination": "coordination",
    "Findings": "findings",
}
"""The column of each attribute, which people do not see where no case has it."""


def cases_table(selection: Selection, *, full: bool = False) -> Table:
    """The cases that match, with their architecture, coordination and numbers of effects and findings."""
    dataset, cases = selection.dataset, selection.cases
    empty = [column for name, column in HIDDEN.items() if not GIVEN[name](dataset)]
    return Table(
        id="cases",
        title="Cases",
        columns=heads(COLUMNS, dataset),
        rows=record_rows(FULL_COLUMNS if full else COLUMNS, dataset, cases),
        lead=cases_answer(selection),
        notes=(*_shared(cases), *(worded(dataset, note) for note in (NOTES if full else ()))),
        origin=origin_of(selection, cases),
        empty="No cases match.",
    ).hiding(*empty)


def _shared(cases: Iterable[Case]) -> tuple[str, ...]:
    """Why the findings are more than `coordination` counts, if some cases share a statement."""
    found = [finding for case in cases for finding in case.findings.values()]
    return (SHARED,) if len(once(found)) < len(found) else ()


SHARED = "A finding that several cases share counts in each of them. The command coordination counts it once."


def attributes(dataset: Dataset, case: Case) -> dict[str, Value]:
    """The attributes of a case, without effects and findings, by the names that people read."""
    country = dataset.countries[case.country]
    # What is missing in an analysed case is "not stated", the blank of the column.
    absent = None if case.analysed else not_classified(dataset)
    facts: dict[str, Value] = {
        "Country": term(country),
        "Region": term(dataset.regions[country.region]),
        "Programmes": tuple(_with_name(dataset, programme) for programme in case.programmes),
        "Run by": _run_by(dataset, case),
        "Architecture": optional(dataset.architectures, case.architecture) or absent,
        NUMBER: absent if case.programme_count is None else case.programme_count,
        "Coordination": optional(dataset.coordination, case.coordination) or absent,
    }
    given = {name: value for name, value in facts.items() if GIVEN.get(name, _always)(dataset)}
    return {worded(dataset, name): value for name, value in given.items()}


def _always(_: Dataset) -> bool:
    return True


GIVEN: dict[str, Callable[[Dataset], bool]] = {
    "Programmes": lambda dataset: bool(dataset.programmes),
    "Run by": lambda dataset: any(record.organisation for record in dataset.programmes.values()),
    "Architecture": lambda dataset: any(case.architecture for case in dataset.cases.values()),
    NUMBER: lambda dataset: any(case.programme_count is not None for case in dataset.cases.values()),
    "Coordination": lambda dataset: any(case.coordination for case in dataset.cases.values()),
    "Findings": lambda dataset: bool(dataset.findings),
}
"""For each attribute that a whole dataset may lack, whether it has any: nothing shows what nobody gave."""


def _with_name(dataset: Dataset, programme: str) -> str:
    record = dataset.programmes[programme]
    return f"{record.name} ({record.acronym})" if record.acronym else record.name


def _run_by(dataset: Dataset, case: Case) -> Value:
    """Who runs each programme. A runner that all programmes share is named once."""
    runners = {key: dataset.programmes[key].organisation for key in case.programmes}
    if len(set(runners.values())) == 1:
        (runner,) = set(runners.values())
        return organisation_term(dataset, runner) if runner else None
    return tuple(
        f"{programme_term(dataset, key).label}: "
        + (organisation_term(dataset, runner).label if runner else "not stated")
        for key, runner in runners.items()
    )
