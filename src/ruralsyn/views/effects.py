"""Effects: the direction of each outcome, and what it means for the household."""

from __future__ import annotations

from collections.abc import Callable

from ruralsyn.dataset.model import Dataset, Effect
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.page.values import Sourced
from ruralsyn.views.columns import RecordColumns, heads, record_rows
from ruralsyn.views.notes import (
    DIRECTIONS_ONLY,
    mark_notes,
    no_effects_given,
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

COLUMNS: RecordColumns = (
    (Column("effect", "Effect", human=False), lambda _, effect: effect.key),
    (Column("case", "Case"), lambda dataset, effect: country_case_term(dataset, effect.case)),
    # The label of a case begins with its country, so people need no column for it.
    (
        Column("country", "Country", human=False),
        lambda dataset, effect: term(dataset.country_of(effect.case)),
    ),
    (Column("domain", "Domain"), lambda dataset, effect: term(dataset.domain_of(effect))),
    (
        Column("outcome", "Outcome", weight=2),
        lambda dataset, effect: Sourced(
            term(dataset.outcomes[effect.outcome]), cites(dataset, effect.source)
        ),
    ),
    (Column("intervention", "Intervention", spare=1), lambda _, effect: effect.intervention),
    (
        Column("programmes", "Programmes", human=False),
        lambda dataset, effect: tuple(programme_term(dataset, programme) for programme in effect.programmes),
    ),
    (
        Column("direction", "Direction", whole=True),
        lambda dataset, effect: noted(direction_term(effect), effect_note(dataset, effect)),
    ),
    (Column("benefit", "Benefit", whole=True), lambda dataset, effect: benefit_term(dataset, effect)),
    # People read these as marks and a footnote on the direction. Programs get neither, so they have columns.
    (Column("sign", "Sign", human=False), lambda _, effect: effect.sign.value),
    (Column("simulated", "Simulated", human=False), lambda _, effect: effect.simulated),
    (Column("note", "Note", human=False), lambda _, effect: effect.note),
    (Column("source", "Source", human=False), lambda dataset, effect: cites(dataset, effect.source)),
)

GROUPINGS: dict[str, tuple[str, ...]] = {
    "case": ("case", "domain"),
    "domain": ("domain", "case"),
    "outcome": ("outcome", "case"),
}
"""The values of `--by`, each with the columns by which a terminal groups the rows."""


def effects_table(selection: Selection, by: str = "domain") -> Table:
    """The effects that match, sorted by a grouping, with notes on every mark that appears."""
    dataset = selection.dataset
    effects = sorted(selection.effects, key=_order(dataset, by))
    return Table(
        id="effects",
        title="Effects",
        columns=heads(COLUMNS),
        rows=record_rows(COLUMNS, dataset, effects),
        notes=(
            *mark_notes(effects),
            *no_effects_given(dataset, selection.cases),
            *not_reported(selection),
            DIRECTIONS_ONLY,
        ),
        origin=origin_of(selection),
        group_by=GROUPINGS[by],
        # Only an empty table shows the reasons, and finding them takes another pass over the effects.
        empty="" if effects else why_no_effects(selection),
    )


def _order(dataset: Dataset, by: str) -> Callable[[Effect], tuple[int, ...]]:
    """The sort key of a grouping: the order of the file within each group."""
    # The rows of a group must be neighbours, because a terminal prints a heading wherever the value changes.
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
