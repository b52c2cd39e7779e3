"""What a map explains: its marks, what its arrows hang on, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ruralsyn.model import Case, Dataset
from ruralsyn.query import Filter
from ruralsyn.synthesis import Cell, Status, Summary, confounded_with
from ruralsyn.views.cells import case_in_country, labelled_apart, listed

NOT_REPORTED = "not reported"
NOT_EVALUATED = "not evaluated"

Mark = tuple[str, str, Callable[[Cell], bool]]
"""A mark, its meaning, and the cells that bear it."""

ARROWS: tuple[Mark, ...] = (
    (
        "▲",
        "favourable for the household: all clear effects, or at least 70 % of them",
        lambda cell: cell.direction is Summary.FAVOURABLE,
    ),
    (
        "▼",
        "unfavourable: all clear effects, or at least 70 % of them",
        lambda cell: cell.direction is Summary.UNFAVOURABLE,
    ),
    ("◄►", "conflicting: neither side has 70 %", lambda cell: cell.direction is Summary.CONFLICTING),
)
COUNTS: tuple[Mark, ...] = (
    (
        "2:1",
        "2 favourable effects and 1 unfavourable",
        lambda cell: cell.direction is not None and cell.outcome is None,
    ),
    ("u1", "1 clear effect without a printed sign", lambda cell: cell.unprinted > 0),
    ("~1", "1 effect whose benefit is unclear; it takes no part", lambda cell: cell.unclear > 0),
    ("s1", "1 simulated effect; it takes no part", lambda cell: cell.simulated > 0),
)
OTHERS: tuple[Mark, ...] = (
    ("!", "hangs on one reading of a sign that the brief leaves open", lambda cell: bool(cell.depends_on)),
    (
        NOT_REPORTED,
        "the brief gives the case no effect there, which is not the same as no effect",
        lambda cell: cell.status is Status.NOT_REPORTED,
    ),
    (
        NOT_EVALUATED,
        "the briefs give the case no effects at all",
        lambda cell: cell.status is Status.NOT_EVALUATED,
    ),
)

CAUTIONS = (
    "▲ is favourable, whichever way the outcome moved: a fall in poverty is ▲. Arrows have one size and no "
    "colour, for the briefs give no sizes, no significance and no quality of evidence.",
    "The unit is the case. The briefs list effects found: blanks are not nulls; counts say nothing of size.",
    "'Synergy' is the briefs' word; a plus does not show one.",
)


def legend(cells: Sequence[Cell]) -> tuple[tuple[str, str], ...]:
    """The marks with their meanings: the arrows always, the others where a cell bears them."""
    arrows = tuple((mark, meaning) for mark, meaning, _ in ARROWS)
    return (*arrows, *_borne(COUNTS, cells), *_borne(OTHERS, cells))


def legend_notes(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The marks that the cells bear as notes of a table: arrows in one, counts in another, then the rest."""
    groups = (_borne(marks, cells) for marks in (ARROWS, COUNTS, OTHERS))
    return tuple(f"{'; '.join(map(' '.join, group))}." for group in groups if group)


def _borne(marks: Sequence[Mark], cells: Sequence[Cell]) -> list[tuple[str, str]]:
    return [(mark, meaning) for mark, meaning, bears in marks if any(map(bears, cells))]


def selection_cautions(chosen: Filter) -> tuple[str, ...]:
    """What to say where effects were selected by their result."""
    if not (chosen.directions or chosen.benefits):
        return ()
    return (
        "Caution: the filter selects effects by their result, so arrows and counts are of what it left and "
        "are evidence of nothing.",
    )


def label_notes(dataset: Dataset, cells: Iterable[Cell]) -> list[str]:
    """The labels under which the brief puts effects, where they are not the case's own."""
    notes = []
    for key in dict.fromkeys(cell.case for cell in cells):
        case = dataset.cases[key]
        shown = [effect for cell in cells if cell.case == key for effect in cell.effects]
        apart = [effect for effect in shown if labelled_apart(dataset, effect)]
        labels = dict.fromkeys(effect.intervention for effect in apart)
        if labels:
            which = "the" if len(apart) == len(shown) else "some"
            notes.append(
                f"{case_in_country(dataset, case)}: the brief labels {which} effects {listed(labels)}."
            )
    return notes


def hanging_notes(dataset: Dataset, cells: Iterable[Cell]) -> list[str]:
    """For each cell that hangs on one reading, which effects it hangs on."""
    notes = []
    for cell in cells:
        if cell.depends_on:
            outcomes = [dataset.outcomes[key.split(".")[1]].name.lower() for key in cell.depends_on]
            place = (
                f"{case_in_country(dataset, dataset.cases[cell.case])}, {dataset.domains[cell.domain].short}"
            )
            notes.append(f"!: {place} hangs on how the sign of {' and '.join(outcomes)} is read.")
    return notes


def group_cautions(dataset: Dataset, cases: list[Case], group_by: str | None) -> tuple[str, ...]:
    """What goes with the grouping, so that nobody reads the difference into it alone."""
    if group_by is None:
        return ()
    return (
        f"The cases under a heading differ in more than {group_by}, so that no difference between groups "
        "can be put down to it.",
        *confounding_notes(dataset, cases, group_by),
    )


def confounding_notes(dataset: Dataset, cases: list[Case], attribute: str) -> tuple[str, ...]:
    """The differences that go with groups of several cases, a sentence per group."""
    by_group: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for found in confounded_with(dataset, attribute, cases):
        by_group.setdefault(found.group, []).append(f"{found.attribute} ({', '.join(found.values)})")
        sizes[found.group] = len(found.cases)
    return tuple(
        f"{group}, {sizes[group]} {'cases' if sizes[group] > 1 else 'case'}: no other group has their "
        f"{'; their '.join(parts)}."
        for group, parts in by_group.items()
    )
