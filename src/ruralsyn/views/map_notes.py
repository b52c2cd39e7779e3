"""Notes of the evidence map: open signs, labels of the effects, and limits of what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.dataset.model import Case, Dataset, Effect
from ruralsyn.dataset.naming import labelled_apart
from ruralsyn.evidence.confounding import confounded_with
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import Cell, has_null_results
from ruralsyn.page.marks import MARKS
from ruralsyn.page.wording import listed
from ruralsyn.views.values import case_in_prose, case_names

# Separate, because synthesis and the SWiM items define the word with the same sentence.
CLEAR = "An effect is clear if it was evaluated and is either good or bad for the household."
CLEAR_WITH_NULLS = (
    "An effect is clear if it was evaluated and is good or bad for the household, or if the outcome was "
    "measured and did not change."
)
FAVOURABLE = (
    f"{MARKS['favourable'].glyph} means favourable, whether the outcome rose or fell: {{wanted_fall}} is "
    f"{MARKS['favourable'].glyph}."
)
CAUTIONS = (
    "The unit is the case. {Found}, so a blank is not a null result. Counts say nothing about size.",
    "{synergy}A positive effect does not show that there was a synergy.",
)


NULLS = 'A null result ("no change") counts among the clear effects, though it is neither good nor bad.'
NO_PART = "A case with null results only has no part in a sign test."


def clear(dataset: Dataset) -> str:
    """When an effect is clear."""
    return CLEAR_WITH_NULLS if has_null_results(dataset) else CLEAR


def null_notes(cells: Iterable[Cell], *, test: bool = False) -> tuple[str, ...]:
    """How null results are counted, where a cell has any, and what a sign test makes of them."""
    found = any(cell.neutral for cell in cells)
    return (f"{NULLS} {NO_PART}" if test else NULLS,) if found else ()


def general_cautions(dataset: Dataset) -> tuple[str, ...]:
    """What has to be known to read any map."""
    # A review of single studies says nothing about programmes that work together.
    cautions = CAUTIONS if dataset.programmes else CAUTIONS[:1]
    return (clear(dataset), *(worded(dataset, caution) for caution in cautions))


def selection_cautions(chosen: Filter) -> tuple[str, ...]:
    """A caution where the filter selects effects by their result."""
    # `synthesis` also refuses the sign test where this gives a caution.
    if not (chosen.directions or chosen.benefits):
        return ()
    return (
        "Caution: the filter selects effects by their result. The arrows and counts describe only the "
        "effects that the filter selected, so they are not evidence.",
    )


def short_cautions(dataset: Dataset, cells: Iterable[Cell]) -> tuple[str, ...]:
    """The cases with effects that the brief labels differently from the case, in one line."""
    apart = dict.fromkeys(
        cell.case for cell in cells for effect in cell.effects if labelled_apart(dataset, effect)
    )
    labels = case_names(dataset, (dataset.cases[key] for key in apart)) if apart else ""
    return (f"Effects labelled otherwise than the case: {labels}.",) if labels else ()


def open_signs(dataset: Dataset, cells: Iterable[Cell]) -> str:
    """The outcomes on whose sign the direction of a cell depends, in a list; empty if there are none."""
    named = [
        f"{outcomes} in {case_names(dataset, [dataset.cases[cell.case]])}"
        for cell in cells
        if (outcomes := _open_outcomes(dataset, cell))
    ]
    return listed(named) if named else ""


def _open_outcomes(dataset: Dataset, cell: Cell) -> str:
    """The outcomes of the effects on which a cell depends, as a list; empty if it depends on none."""
    # Each outcome once, even if several of its effects are open.
    return " and ".join(
        dict.fromkeys(
            dataset.outcomes[effect.outcome].name.lower()
            for effect in cell.effects
            if effect.key in cell.depends_on
        )
    )


def label_notes(dataset: Dataset, cells: Iterable[Cell]) -> list[str]:
    """A note for each case whose effects the brief labels differently from the case."""
    # From the cells and not the case: after a filter, all effects that are left may have the case's label.
    shown: dict[str, list[Effect]] = {}
    for cell in cells:
        shown.setdefault(cell.case, []).extend(cell.effects)
    notes = []
    for key, effects in shown.items():
        apart = [effect for effect in effects if labelled_apart(dataset, effect)]
        if apart:
            which = "Effects" if len(apart) == len(effects) else "Some effects"
            where = case_names(dataset, [dataset.cases[key]])
            labels = " or ".join(dict.fromkeys(effect.intervention or "" for effect in apart))
            notes.append(f"{which} in {where} are labelled {labels}.")
    return notes


def open_sign_notes(dataset: Dataset, cells: Iterable[Cell]) -> list[str]:
    """A note for each cell whose direction depends on an open sign, with the outcomes concerned."""
    return [
        OPEN_SIGN.format(
            mark=MARKS["depends"].glyph,
            case=case_in_prose(dataset, dataset.cases[cell.case]),
            domain=dataset.domains[cell.domain].short,
            outcomes=_open_outcomes(dataset, cell),
        )
        for cell in cells
        if cell.depends_on
    ]


OPEN_SIGN = "{mark} {case}, {domain}: the direction depends on how the missing sign for {outcomes} is read."


def group_cautions(dataset: Dataset, cases: list[Case], group_by: str | None) -> tuple[str, ...]:
    """Cautions against reading a difference between groups as an effect of the grouping."""
    if group_by is None:
        return ()
    return (GROUPED.format(attribute=group_by), *confounding_notes(dataset, cases, group_by))


GROUPED = "The groups differ in more than {attribute}, so no difference between them can be attributed to it."


def confounding_notes(dataset: Dataset, cases: list[Case], attribute: str) -> tuple[str, ...]:
    """A sentence for each group on the other attributes that only its cases have."""
    # confounded_with() gives one result for each attribute, but a group gets one sentence.
    by_group: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for found in confounded_with(dataset, attribute, cases):
        by_group.setdefault(found.group, []).append(f"{found.attribute} ({', '.join(found.values)})")
        sizes[found.group] = len(found.cases)
    return tuple(
        f"{group} ({sizes[group]} {'cases' if sizes[group] > 1 else 'case'}): only this group has "
        f"{'; '.join(parts)}."
        for group, parts in by_group.items()
    )
