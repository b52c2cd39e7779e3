"""Effects: the direction in which each outcome moved, and what that means for the household."""

from __future__ import annotations

from collections.abc import Callable

from ruralsyn.document import Column, Row, Table
from ruralsyn.model import Dataset, Effect
from ruralsyn.query import Filter, select_cases, select_effects
from ruralsyn.views.cells import (
    DIRECTIONS_ONLY,
    benefit_term,
    case_term,
    cites,
    closing_notes,
    direction_term,
    mark_notes,
    not_evaluated,
    noted,
    programme_term,
    term,
)

COLUMNS = (
    Column("effect", "Effect", human=False),
    Column("case", "Case"),
    Column("country", "Country", whole=True, spare=3),
    Column("domain", "Domain"),
    Column("outcome", "Outcome"),
    Column("intervention", "Intervention", spare=2),
    Column("programmes", "Programmes", human=False),
    Column("direction", "Direction", whole=True),
    Column("benefit", "Benefit", whole=True),
    Column("sign", "Sign", human=False),
    Column("simulated", "Simulated", human=False),
    Column("note", "Note", human=False),
    Column("source", "Source", spare=1),
)

GROUPINGS: dict[str, tuple[str, ...]] = {
    "domain": ("domain", "case"),
    "case": ("case", "domain"),
    "outcome": ("outcome", "case"),
}
"""What `--by` takes, with the columns that a terminal groups by."""


def effects_table(dataset: Dataset, chosen: Filter, by: str = "domain", title: str = "Effects") -> Table:
    """The effects that match, ordered by a grouping; notes explain every mark that appears."""
    effects = sorted(select_effects(dataset, chosen), key=_order(dataset, by))
    return Table(
        id="effects",
        title=title,
        columns=COLUMNS,
        rows=tuple(_row(dataset, effect) for effect in effects),
        notes=(
            *mark_notes(effects),
            *not_evaluated(dataset, select_cases(dataset, chosen)),
            DIRECTIONS_ONLY,
            *closing_notes(dataset, chosen),
        ),
        group_by=GROUPINGS[by],
        empty="No effects match.",
    )


def _order(dataset: Dataset, by: str) -> Callable[[Effect], tuple[int, ...]]:
    """File order within the grouping."""
    domains, outcomes, cases = (list(table) for table in (dataset.domains, dataset.outcomes, dataset.cases))
    keys: dict[str, Callable[[Effect], int]] = {
        "domain": lambda effect: domains.index(dataset.outcomes[effect.outcome].domain),
        "case": lambda effect: cases.index(effect.case),
        "outcome": lambda effect: outcomes.index(effect.outcome),
    }
    return lambda effect: tuple(keys[key](effect) for key in GROUPINGS[by])


def _row(dataset: Dataset, effect: Effect) -> Row:
    return (
        effect.key,
        case_term(dataset.cases[effect.case]),
        term(dataset.country_of(effect.case)),
        term(dataset.domain_of(effect)),
        term(dataset.outcomes[effect.outcome]),
        effect.intervention,
        tuple(programme_term(dataset, programme) for programme in effect.programmes),
        noted(direction_term(effect), effect.note),
        benefit_term(dataset, effect),
        effect.sign.value,
        effect.simulated,
        effect.note,
        cites(dataset, effect.source),
    )
