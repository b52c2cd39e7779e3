"""Effects: the direction in which each outcome moved, and what that means for the household."""

from __future__ import annotations

from collections.abc import Callable

from ruralsyn.document import Column, Row, Sourced, Table
from ruralsyn.model import Dataset, Effect
from ruralsyn.query import Filter, select_cases, select_effects
from ruralsyn.views.cells import (
    DIRECTIONS_ONLY,
    benefit_term,
    case_in_country,
    cites,
    closing_notes,
    country_case_term,
    direction_term,
    effect_note,
    mark_notes,
    not_evaluated,
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
    "domain": ("domain", "case"),
    "case": ("case", "domain"),
    "outcome": ("outcome", "case"),
}
"""What `--by` takes, with the columns that a terminal groups by."""


def effects_table(dataset: Dataset, chosen: Filter, by: str = "domain") -> Table:
    """The effects that match, ordered by a grouping; notes explain every mark that appears."""
    effects = sorted(select_effects(dataset, chosen), key=_order(dataset, by))
    return Table(
        id="effects",
        title="Effects",
        columns=COLUMNS,
        rows=tuple(_row(dataset, effect) for effect in effects),
        notes=(
            *mark_notes(effects),
            *not_evaluated(dataset, select_cases(dataset, chosen)),
            *not_reported(dataset, chosen),
            DIRECTIONS_ONLY,
            *closing_notes(dataset, chosen),
        ),
        group_by=GROUPINGS[by],
        empty="" if effects else _why_empty(dataset, chosen),
    )


def not_reported(dataset: Dataset, chosen: Filter) -> list[str]:
    """A note for each case asked for by itself that reports nothing in a domain that was asked for."""
    named = chosen.cases or chosen.countries or chosen.programmes
    return [
        f"{case_in_country(dataset, case)}: effects are not reported in {dataset.domains[domain].name}."
        for case in (select_cases(dataset, chosen) if named else ())
        for domain in chosen.domains
        if case.evaluated
        and not any(dataset.domain_of(effect).id == domain for effect in case.effects.values())
    ]


def _why_empty(dataset: Dataset, chosen: Filter) -> str:
    """What stands for no rows: why there are none, where that can be said."""
    reasons = [*not_evaluated(dataset, select_cases(dataset, chosen)), *not_reported(dataset, chosen)]
    for key in chosen.programmes:
        named = any(key in effect.programmes for effect in dataset.effects)
        studied = [case.id for case in dataset.cases.values() if key in case.programmes and case.evaluated]
        if studied and not named:
            label = programme_term(dataset, key).label
            reasons.append(
                f"No label of an effect names {label}: `ruralsyn effects --case {studied[0]}` has its case."
            )
    return " ".join(("No effects match.", *(reasons if chosen.active() else ())))


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
