"""Notes of a map: what its arrows depend on, whose labels its effects have, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.dataset.model import Case, Dataset, Effect
from ruralsyn.evidence.confounding import confounded_with
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.synthesis import Cell
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import listed
from ruralsyn.views.values import case_in_country, labelled_apart

CAUTIONS = (
    f"{MARKS['favourable'].glyph} is favourable, whichever way the outcome moved: a fall in poverty is "
    f"{MARKS['favourable'].glyph}. Arrows have one size and no colour, for the briefs give no sizes, no "
    "significance and no quality of evidence.",
    "The unit is the case. The briefs list effects found: blanks are not nulls; counts say nothing of size.",
    "'Synergy' is the briefs' word; a plus does not show one.",
)


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
    shown: dict[str, list[Effect]] = {}
    for cell in cells:
        shown.setdefault(cell.case, []).extend(cell.effects)
    notes = []
    for key, effects in shown.items():
        apart = [effect for effect in effects if labelled_apart(dataset, effect)]
        sentence = ALL_LABELLED if len(apart) == len(effects) else SOME_LABELLED
        if apart:
            case = case_in_country(dataset, dataset.cases[key])
            labels = listed(dict.fromkeys(effect.intervention for effect in apart))
            notes.append(sentence.format(case=case, labels=labels))
    return notes


ALL_LABELLED = "{case}: the brief labels the effects {labels}."
SOME_LABELLED = "{case}: the brief labels some effects {labels}."


def hanging_notes(dataset: Dataset, cells: Iterable[Cell]) -> list[str]:
    """For each cell that hangs on one reading, which effects it hangs on."""
    return [
        HANGING.format(
            mark=MARKS["depends"].glyph,
            case=case_in_country(dataset, dataset.cases[cell.case]),
            domain=dataset.domains[cell.domain].short,
            outcomes=" and ".join(
                dataset.outcomes[effect.outcome].name.lower()
                for effect in cell.effects
                if effect.key in cell.depends_on
            ),
        )
        for cell in cells
        if cell.depends_on
    ]


HANGING = "{mark}: {case}, {domain} hangs on how the sign of {outcomes} is read."


def group_cautions(dataset: Dataset, cases: list[Case], group_by: str | None) -> tuple[str, ...]:
    """What goes with the grouping, so that nobody reads the difference into it alone."""
    if group_by is None:
        return ()
    return (GROUPED.format(attribute=group_by), *confounding_notes(dataset, cases, group_by))


GROUPED = (
    "The cases under a heading differ in more than {attribute}, so that no difference between groups can be "
    "put down to it."
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
