"""Effects: the direction of each outcome, and what it means for the household."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ruralsyn.dataset.model import Benefit, Dataset, Effect
from ruralsyn.dataset.naming import fold
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Table
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Term
from ruralsyn.page.wording import capital
from ruralsyn.views.answers import effects_answer, uncapital
from ruralsyn.views.columns import RecordColumns, file_column, heads, iso3_column, record_rows, replaced
from ruralsyn.views.notes import (
    DIRECTIONS_ONLY,
    LIMITS,
    absent_notes,
    mark_notes,
    origin_of,
    why_no_effects,
)
from ruralsyn.views.values import (
    NO_CHANGE,
    benefit_term,
    case_in_country,
    cites,
    direction_term,
    effect_note,
    noted,
    programme_term,
    term,
    with_label,
)

UNSTATED = "not stated"

COLUMNS: RecordColumns = (
    (Column("effect", "Effect", human=False), lambda _, effect: effect.key),
    (Column("case", "Case", weight=2), lambda dataset, effect: case_and_label(dataset, effect)),
    # The label of a case begins with its country, so people need no column for it.
    (
        Column("country", "Country", human=False),
        lambda dataset, effect: term(dataset.country_of(effect.case)),
    ),
    (Column("domain", "Domain"), lambda dataset, effect: term(dataset.domain_of(effect))),
    (Column("outcome", "Outcome", weight=2), lambda dataset, effect: outcome_term(dataset, effect)),
    # People read it behind the case, where it differs from the case.
    (Column("intervention", "Intervention", human=False), lambda _, effect: effect.intervention),
    (
        Column("programmes", "Programmes", human=False),
        lambda dataset, effect: tuple(programme_term(dataset, programme) for programme in effect.programmes),
    ),
    (Column("direction", "Direction", whole=True), lambda _, effect: direction_term(effect)),
    (Column("benefit", "Benefit", whole=True), lambda dataset, effect: benefit_term(dataset, effect)),
    # People read these as marks. Programs get no marks, so they have columns.
    (Column("sign", "Sign", human=False), lambda _, effect: effect.sign.value),
    (Column("simulated", "Simulated", human=False), lambda _, effect: effect.simulated),
    (Column("note", "Note", human=False), lambda _, effect: effect.note),
    (Column("source", "{Location}", spare=9), lambda dataset, effect: cites(dataset, effect.source)),
    *iso3_column(lambda dataset, effect: dataset.country_of(effect.case)),
    *file_column("effects", lambda effect: effect.key),
)

STUDY_COLUMNS: RecordColumns = (
    (Column("sample", "Sample", blank=UNSTATED, number=True), lambda _, effect: effect.sample),
    (
        Column("risk_of_bias", "Risk of bias", blank=UNSTATED),
        lambda _, effect: effect.risk_of_bias.value if effect.risk_of_bias else None,
    ),
    (Column("bias_tool", "Judged by", blank=UNSTATED, spare=8), lambda _, effect: effect.bias_tool),
    (
        Column("design", "Design", blank=UNSTATED, spare=7),
        lambda _, effect: effect.design.value if effect.design else None,
    ),
)
"""How the effect was studied, for a dataset that says it of any effect."""


FULL_COLUMNS = replaced(
    COLUMNS,
    "direction",
    lambda dataset, effect: noted(direction_term(effect), effect_note(dataset, effect)),
)

GROUPINGS: dict[str, tuple[str, str]] = {
    "case": ("case", "domain"),
    "domain": ("domain", "case"),
    "outcome": ("outcome", "case"),
}
"""The values of `--by`, each with the column that heads groups of rows and the first one within them."""


def effects_table(selection: Selection, by: str = "domain", *, full: bool = False) -> Table:
    """The effects that match, sorted by a grouping. `full` adds their notes as footnotes."""
    dataset = selection.dataset
    effects = sorted(selection.effects, key=_order(dataset, by))
    *most, iso3, file = FULL_COLUMNS if full else COLUMNS
    columns = (*most, *_study_columns(dataset, effects), iso3, file)
    table = Table(
        id="effects",
        title="Effects",
        columns=heads(columns, dataset),
        rows=record_rows(columns, dataset, effects),
        lead=effects_answer(selection),
        notes=(
            *(absent_notes(selection) if effects else ()),
            *mark_notes(dataset, effects),
            worded(dataset, DIRECTIONS_ONLY) if full else LIMITS,
        ),
        origin=origin_of(selection, effects),
        group_by=GROUPINGS[by][0],
        once=GROUPINGS[by][1],
        # Only an empty table shows the reasons, and finding them takes another pass over the effects.
        empty="" if effects else why_no_effects(selection),
        narrowed=in_fewer_columns,
    )
    return _said_once(dataset, table, effects)


def _study_columns(dataset: Dataset, effects: Sequence[Effect]) -> RecordColumns:
    """How the effects were studied: all columns for programs, those that say something for people."""
    if not any(
        value(dataset, effect) is not None for effect in dataset.effects for _, value in STUDY_COLUMNS
    ):
        return ()
    return tuple(
        (replace(column, human=any(value(dataset, effect) is not None for effect in effects)), value)
        for column, value in STUDY_COLUMNS
    )


def _said_once(dataset: Dataset, table: Table, effects: list[Effect]) -> Table:
    """The table without columns that have one value only; its title says the value."""
    if not effects:
        return table
    first = effects[0]
    benefit = text_of(benefit_term(dataset, first))
    # One effect has one value in every column, and its outcome is what the row is about.
    several = len(effects) > 1
    one = {
        "domain": len({dataset.outcomes[effect.outcome].domain for effect in effects}) == 1,
        "case": len({case_and_label(dataset, effect) for effect in effects}) == 1,
        "outcome": several and len({effect.outcome for effect in effects}) == 1,
        "benefit": several and {text_of(benefit_term(dataset, effect)) for effect in effects} == {benefit},
    }
    what = dataset.outcomes[first.outcome] if one["outcome"] else dataset.domain_of(first)
    said = [what.name] if one["outcome"] or one["domain"] else []
    said += [text_of(case_and_label(dataset, first))] if one["case"] else []
    title = f"{benefit.capitalize()} effects" if one["benefit"] else "Effects"
    title = ": ".join(filter(None, (title, ", ".join(said))))
    return replace(table.hiding(*(key for key, single in one.items() if single)), title=title)


def in_fewer_columns(shown: Table) -> Table:
    """The table with direction and benefit in one column: `▲ increase, favourable`."""
    both = Column("meaning", "Direction and benefit", weight=2)
    return shown.joining(("direction", "benefit"), both, lambda values: ", ".join(map(text_of, values)))


def outcome_term(dataset: Dataset, effect: Effect) -> Term:
    """The outcome of an effect, with the key of the effect where it has one of its own: `Income (women)`."""
    outcome, own = dataset.outcomes[effect.outcome], effect.id.replace("-", " ")
    if effect.id == effect.outcome:
        return term(outcome)
    # A key such as `income-of-women` says it all.
    return Term(outcome.id, capital(own) if fold(outcome.name) in own else f"{outcome.name} ({own})")


def case_and_label(dataset: Dataset, effect: Effect) -> Term:
    """The case of an effect, with the brief's label where it differs from the case."""
    return with_label(dataset, effect, case_in_country(dataset, dataset.cases[effect.case]))


def outcomes_in_words(dataset: Dataset, effects: Iterable[Effect]) -> str | None:
    """Effects by what they mean: `good: ▲ income, ▼ debt †; unclear: ▲ borrowing`; None without any."""
    of_benefit: dict[Benefit, list[str]] = {benefit: [] for benefit in IN_CELLS}
    for effect in effects:
        of_benefit[dataset.benefit_of(effect)].append(effect_in_words(dataset, effect))
    parts = [f"{IN_CELLS[kind]}: {', '.join(found)}" for kind, found in of_benefit.items() if found]
    return "; ".join(parts) or None


IN_CELLS = {
    Benefit.FAVOURABLE: "good",
    Benefit.UNFAVOURABLE: "bad",
    Benefit.NEUTRAL: NO_CHANGE,
    Benefit.UNCLEAR: "unclear",
}
"""The benefits in the words of the evidence map, which are short."""


def effect_in_words(dataset: Dataset, effect: Effect) -> str:
    """An effect in a list: `▼ informal loans †`."""
    arrow, *marks = arrow_and_marks(effect).split()
    return " ".join((arrow, uncapital(dataset.outcomes[effect.outcome].name), *marks))


def arrow_and_marks(effect: Effect) -> str:
    """The direction of an effect and its marks: `▼ †`."""
    marks = (MARKS[effect.sign].glyph, MARKS["simulation"].glyph if effect.simulated else "")
    return " ".join(filter(None, (MARKS[effect.direction].glyph, *marks)))


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
