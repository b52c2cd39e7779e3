"""Effects: the direction in which each outcome moved, and what that means for the household."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ruralsyn.dataset.model import Dataset, Effect
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.values import Sourced
from ruralsyn.views.notes import DIRECTIONS_ONLY, mark_notes, not_evaluated, origin_of
from ruralsyn.views.values import (
    benefit_term,
    case_in_country,
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
        empty="" if effects else _why_empty(selection),
    )


def not_reported(selection: Selection) -> list[str]:
    """A note for each case asked for by itself that reports nothing in a domain that was asked for."""
    dataset, chosen = selection.dataset, selection.chosen
    named = chosen.cases or chosen.countries or chosen.programmes
    return [
        f"{case_in_country(dataset, case)}: effects are not reported in {dataset.domains[domain].name}."
        for case in (selection.cases if named else ())
        for domain in chosen.domains
        if case.evaluated
        and not any(dataset.domain_of(effect).id == domain for effect in case.effects.values())
    ]


def _why_empty(selection: Selection) -> str:
    """What is said in place of rows: why there are none, where that can be said."""
    reasons = [*not_evaluated(selection.dataset, selection.cases), *not_reported(selection)]
    reasons += _unnamed_programmes(selection)
    return " ".join(("No effects match.", *(reasons if selection.chosen.active() else ())))


def _unnamed_programmes(selection: Selection) -> Iterator[str]:
    """Where to look for programmes that a case with effects studies and that no label of an effect names."""
    dataset = selection.dataset
    for key in selection.chosen.programmes:
        named = any(key in effect.programmes for effect in dataset.effects)
        studied = [case for case in dataset.cases_of(key) if dataset.cases[case].evaluated]
        if studied and not named:
            label = programme_term(dataset, key).label
            yield f"No label of an effect names {label}: `ruralsyn effects --case {studied[0]}` has its case."


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
