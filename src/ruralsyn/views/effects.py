"""Effects: the direction in which each outcome moved, and what that means for the household."""

from __future__ import annotations

from collections.abc import Callable

from ruralsyn.dataset.model import Dataset, Effect
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.values import Sourced
from ruralsyn.views.notes import (
    DIRECTIONS_ONLY,
    mark_notes,
    not_evaluated,
    not_reported,
    origin_of,
    why_no_effects,
)
from ruralsyn.views.values import (
    benefit_term,
    cites,
    country_case_term,
    direction_term,
    effect_note,
    noted,
    programme_term,
    term,
)

COLUMNS = (
    Column("effect", "Effect", human=False),
    Column("case", "Case"),
    Column("country", "Country", human=False),
    Column("domain", "Domain"),
    Column("outcome", "Outcome", weight=2),
    Column("intervention", "Intervention", spare=1),
    Column("programmes", "Programmes", human=False),
    Column("direction", "Direction", whole=True),
    Column("benefit", "Benefit", whole=True),
    Column("sign", "Sign", human=False),
    Column("simulated", "Simulated", human=False),
    Column("note", "Note", human=False),
    Column("source", "Source", human=False),
)

GROUPINGS: dict[str, tuple[str, ...]] = {
    "case": ("case", "domain"),
    "domain": ("domain", "case"),
    "outcome": ("outcome", "case"),
}
"""What `--by` takes, with the columns that a terminal groups by."""


def effects_table(selection: Selection, by: str = "domain") -> Table:
    """The effects that match, ordered by a grouping; notes explain every mark that appears."""
    dataset = selection.dataset
    effects = sorted(selection.effects, key=_order(dataset, by))
    return Table(
        id="effects",
        title="Effects",
        columns=COLUMNS,
        rows=tuple(_row(dataset, effect) for effect in effects),
        notes=(
            *mark_notes(effects),
            *not_evaluated(dataset, selection.cases),
            *not_reported(selection),
            DIRECTIONS_ONLY,
        ),
        origin=origin_of(selection),
        group_by=GROUPINGS[by],
        empty="" if effects else why_no_effects(selection),
    )


def _order(dataset: Dataset, by: str) -> Callable[[Effect], tuple[int, ...]]:
    """File order within the grouping."""
    domains, outcomes, cases = (
        {key: number for number, key in enumerate(table)}
        for table in (dataset.domains, dataset.outcomes, dataset.cases)
    )
    keys: dict[str, Callable[[Effect], int]] = {
        "domain": lambda effect: domains[dataset.outcomes[effect.outcome].domain],
        "case": lambda effect: cases[effect.case],
        "outcome": lambda effect: outcomes[effect.outcome],
    }
    return lambda effect: tuple(keys[key](effect) for key in GROUPINGS[by])


def _row(dataset: Dataset, effect: Effect) -> Row:
    return (
        effect.key,
        country_case_term(dataset, effect.case),
        term(dataset.country_of(effect.case)),
        term(dataset.domain_of(effect)),
        Sourced(term(dataset.outcomes[effect.outcome]), cites(dataset, effect.source)),
        effect.intervention,
        tuple(programme_term(dataset, programme) for programme in effect.programmes),
        noted(direction_term(effect), effect_note(dataset, effect)),
        benefit_term(dataset, effect),
        effect.sign.value,
        effect.simulated,
        effect.note,
        cites(dataset, effect.source),
    )
