"""Selections: the records of a dataset that match a filter, and the cells that sum them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ruralsyn.dataset.model import Case, Dataset, Effect, Finding, Lesson, Programme, Recommendation
from ruralsyn.evidence.filters import FIELDS, WITHIN_CASES, Filter, Reader
from ruralsyn.evidence.synthesis import Cell, cells_by_domain, cells_by_outcome
from ruralsyn.shown import Shown


def select_cases(dataset: Dataset, chosen: Filter) -> tuple[Case, ...]:
    """The cases that match, in file order."""
    return select(dataset, "cases", chosen)


def select_effects(dataset: Dataset, chosen: Filter) -> tuple[Effect, ...]:
    """The effects that match, in file order. A programme matches the effects whose label names it."""
    return select(dataset, "effects", chosen)


def select_findings(dataset: Dataset, chosen: Filter) -> tuple[Finding, ...]:
    """The findings that match, in file order."""
    return select(dataset, "findings", chosen)


def select_lessons(dataset: Dataset, chosen: Filter) -> tuple[Lesson, ...]:
    """The lessons that match, in file order."""
    return select(dataset, "lessons", chosen)


def select_recommendations(dataset: Dataset, chosen: Filter) -> tuple[Recommendation, ...]:
    """The recommendations that match, in file order."""
    return select(dataset, "recommendations", chosen)


def select_programmes(dataset: Dataset, chosen: Filter) -> tuple[Programme, ...]:
    """The programmes that match, in file order."""
    return select(dataset, "programmes", chosen)


def select(dataset: Dataset, kind: str, chosen: Filter) -> tuple[Any, ...]:
    """The records of a kind that match, in file order. The kind is the name of a table of the dataset.

    A filter that cannot read an effect or a finding tests the case of the effect or finding instead.
    """
    own = _readers(chosen, kind)
    matches = _matcher(dataset, own)
    if kind == "cases":
        return tuple(case for case in _cases_named(dataset, chosen) if matches(case))
    if kind not in WITHIN_CASES:
        return tuple(record for record in getattr(dataset, kind).values() if matches(record))
    # Not both tests: a programme of the case need not be named by the label of an effect.
    of_case = {name: test for name, test in _readers(chosen, "cases").items() if name not in own}
    case_matches = _matcher(dataset, of_case)
    return tuple(
        record
        for case in _cases_named(dataset, chosen)
        # Once for each case, before its records are looked at.
        if case_matches(case)
        for record in getattr(case, kind).values()
        if matches(record)
    )


def _cases_named(dataset: Dataset, chosen: Filter) -> Iterable[Case]:
    """The cases that the filter names, in file order; all cases if it names none."""
    if not chosen.cases:
        return dataset.cases.values()
    named = set(chosen.cases).intersection(dataset.cases)
    # A page of a country selects each of its cases alone, and should not pass over all others each time.
    ordered = named if len(named) < 2 else (key for key in dataset.cases if key in named)
    return (dataset.cases[key] for key in ordered)


Tests = dict[str, tuple[tuple[object, ...], Reader]]
"""By filter: the wanted values, and the function that reads from a record what is compared with them."""


def _readers(chosen: Filter, kind: str) -> Tests:
    # A filter that cannot read this kind of record is left out and so changes nothing.
    return {
        name: (value if isinstance(value, tuple) else (value,), FIELDS[name].reads[kind])
        for name, value in chosen.active().items()
        if kind in FIELDS[name].reads
    }


def _matcher(dataset: Dataset, tests: Tests) -> Callable[[Any], bool]:
    """A function that says whether a record has at least one of the wanted values of every filter."""
    if not tests:
        return lambda _: True
    wanted_and_read = tuple(tests.values())
    return lambda record: all(
        any(value in wanted for value in read(dataset, record)) for wanted, read in wanted_and_read
    )


class Selection(Shown):
    """The part of a dataset that matches a filter. Each kind of record is selected when it is first used."""

    def __init__(
        self,
        dataset: Dataset,
        chosen: Filter | None = None,
        *,
        named: Sequence[str] = (),
        line: Callable[[], str] = str,
    ) -> None:
        """`named` has the cases in the order in which the user named them. `line` makes the command line."""
        self.dataset = dataset
        self.chosen = chosen or Filter()
        # A function, because only a report prints the line. `str` as the default gives an empty text.
        self._line = line
        self._named = tuple(named)

    def _brief(self) -> str:
        counts = f"{len(self.cases)} cases, {len(self.effects)} effects, {len(self.findings)} findings"
        return f"{counts} of {self.dataset!r}"

    @cached_property
    def line(self) -> str:
        """The command line that gives the same result, or an empty text if there is none."""
        return self._line()

    def narrowed(self, cases: Sequence[str]) -> Selection:
        """The selection with only these cases, in this order. Without cases, the selection as it is."""
        # An empty field would mean "all cases" and so drop the cases of the filter.
        chosen = replace(self.chosen, cases=tuple(cases)) if cases else self.chosen
        return Selection(self.dataset, chosen, named=cases, line=self._line)

    @cached_property
    def regional(self) -> Selection:
        """The selection for the regions of the cases. Lessons and recommendations name regions, not cases."""
        # The regions in the order of the file, as other filters have them.
        inside = {self.dataset.countries[case.country].region for case in self.cases}
        chosen = Filter(regions=tuple(region for region in self.dataset.regions if region in inside))
        return Selection(self.dataset, chosen)

    def records(self, kind: str) -> tuple[Any, ...]:
        """The records of a kind, in file order. The kind is the name of a table of the dataset."""
        return select(self.dataset, kind, self.chosen)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases in file order."""
        return self.records("cases")

    @cached_property
    def cases_as_named(self) -> tuple[Case, ...]:
        """The cases in the order in which the user named them, then the others in file order."""
        # sorted() is stable: cases that were not named all have the last place and keep their order.
        order = {case: number for number, case in enumerate(self._named)}
        return tuple(sorted(self.cases, key=lambda case: order.get(case.id, len(order))))

    @property
    def domains(self) -> tuple[str, ...]:
        """The ids of the domains in the filter, or of all domains if the filter has none."""
        return self.chosen.domains or tuple(self.dataset.domains)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """The effects in file order."""
        return self.records("effects")

    @cached_property
    def effects_by_case(self) -> dict[str, tuple[Effect, ...]]:
        """The selected effects by case. A selected case without effects has an empty tuple."""
        # Cases without effects are included, because a map shows them as blanks.
        found: dict[str, list[Effect]] = {case.id: [] for case in self.cases}
        for effect in self.effects:
            found[effect.case].append(effect)
        return {case: tuple(effects) for case, effects in found.items()}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in file order."""
        return self.records("findings")

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons in file order."""
        return self.records("lessons")

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The recommendations in file order."""
        return self.records("recommendations")

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes in file order."""
        return self.records("programmes")

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for every selected case and domain."""
        return cells_by_domain(self.dataset, self.effects_by_case, self.domains)

    @cached_property
    def cells_by_outcome(self) -> tuple[Cell, ...]:
        """A cell for every selected case and every outcome of any selected effect."""
        return cells_by_outcome(self.dataset, self.effects_by_case)
