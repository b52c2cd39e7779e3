"""Notes under tables: marks, what is absent, what the briefs cannot say, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.dataset.model import Case, Dataset, Effect
from ruralsyn.evidence.selection import Selection, describe
from ruralsyn.page.marks import MARKS
from ruralsyn.views.values import case_in_country

DIRECTIONS_ONLY = (
    "The briefs give directions only: no sizes, no significance, and no word of outcomes that did not move."
)
NOT_EVALUATED_NOTE = "{case} was not evaluated: the briefs give it no effects."
NOT_ANALYSED_NOTE = "{case} was not analysed: no brief says how its institutions coordinated."


def mark_notes(effects: Iterable[Effect]) -> tuple[str, ...]:
    """What the marks mean that these effects have."""
    effects = tuple(effects)
    used = {effect.sign.value for effect in effects} | {"simulation" for e in effects if e.simulated}
    return tuple(mark.note for key, mark in MARKS.items() if key in used and mark.glyph)


def not_evaluated(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case to which the briefs give no effects at all."""
    return tuple(
        NOT_EVALUATED_NOTE.format(case=case_in_country(dataset, case)) for case in cases if not case.evaluated
    )


def not_analysed(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case of which the briefs do not say how it coordinated."""
    return tuple(
        NOT_ANALYSED_NOTE.format(case=case_in_country(dataset, case)) for case in cases if not case.analysed
    )


def origin_of(selection: Selection) -> tuple[str, ...]:
    """Where a table comes from: the active filter, the briefs' codes, the dataset's version."""
    active = describe(selection.dataset, selection.chosen)
    filtered = (f"Filter: {active}.",) if active else ()
    return (*filtered, sources_note(selection.dataset))


def sources_note(dataset: Dataset) -> str:
    """The briefs' codes and the dataset's version."""
    codes = ", ".join(f"{brief.code} = {brief.short}" for brief in dataset.briefs.values())
    return f"Sources: {codes}; ¶ = paragraph. {dataset_line(dataset)}."


def dataset_line(dataset: Dataset) -> str:
    """The dataset as captions name it."""
    return f"ruralsyn dataset {dataset.dataset.version}"
