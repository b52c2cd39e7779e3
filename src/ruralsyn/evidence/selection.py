"""Selections: the records of a dataset that a filter leaves, and the cells that sum them up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ruralsyn.dataset.model import Case, Dataset, Effect, Finding, Lesson, Programme, Recommendation
from ruralsyn.evidence.filters import FIELDS, WITHIN_CASES, Filter, Reader
from ruralsyn.evidence.synthesis import Cell, cells_by_domain, cells_by_outcome


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
    """The records of a kind that match, in file order; the kind is a table of the dataset.

    Filters that read the record itself are put to it; those that read only its case are put to the case.
    """
    own = _readers(chosen, kind)
    matches = _matcher(dataset, own)
    if kind not in WITHIN_CASES:
        return tuple(record for record in getattr(dataset, kind).values() if matches(record))
    of_case = {name: test for name, test in _readers(chosen, "cases").items() if name not in own}
    case_matches = _matcher(dataset, of_case)
    return tuple(
        record
        for case in dataset.cases.values()
        if case_matches(case)
        for record in getattr(case, kind).values()
        if matches(record)
    )


Tests = dict[str, tuple[tuple[object, ...], Reader]]
"""By filter: the values wanted, and what of a record is held against them."""


def _readers(chosen: Filter, kind: str) -> Tests:
    return {
        name: (value if isinstance(value, tuple) else (value,), FIELDS[name].reads[kind])
        for name, value in chosen.active().items()
        if kind in FIELDS[name].reads
    }


def _matcher(dataset: Dataset, tests: Tests) -> Callable[[Any], bool]:
    """Whether a record has, for each filter, any of the values wanted."""
    if not tests:
        return lambda _: True
    wanted_and_read = tuple(tests.values())
    return lambda record: all(
        any(value in wanted for value in read(dataset, record)) for wanted, read in wanted_and_read
    )


class Selection:
    """What a filter leaves of a dataset. Each kind of record is selected once, when it is first asked for."""

    def __init__(
        self,
        dataset: Dataset,
        chosen: Filter | None = None,
        *,
        named: Sequence[str] = (),
        line: Callable[[], str] = str,
    ) -> None:
        """`named`: the order in which cases were asked for; `line`: makes the command that asks for this."""
        self.dataset = dataset
        self.chosen = chosen or Filter()
        self._line = line
        self._named = tuple(named)

    @cached_property
    def line(self) -> str:
        """The command line that asks for the same; empty where none does."""
        return self._line()

    def narrowed(self, cases: Sequence[str]) -> Selection:
        """The selection with these cases only, in this order; the whole if there are none."""
        chosen = replace(self.chosen, cases=tuple(cases)) if cases else self.chosen
        return Selection(self.dataset, chosen, named=cases, line=self._line)

    @cached_property
    def regional(self) -> Selection:
        """What holds for the regions of the cases: lessons and recommendations know regions, not cases."""
        inside = {self.dataset.countries[case.country].region for case in self.cases}
        chosen = Filter(regions=tuple(region for region in self.dataset.regions if region in inside))
        return Selection(self.dataset, chosen)

    def records(self, kind: str) -> tuple[Any, ...]:
        """The records of any kind, in file order; the kind is a table of the dataset."""
        return select(self.dataset, kind, self.chosen)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases in file order."""
        return self.records("cases")

    @cached_property
    def cases_as_named(self) -> tuple[Case, ...]:
        """The cases in the order in which they were asked for, by default that of the file."""
        order = {case: number for number, case in enumerate(self._named)}
        return tuple(sorted(self.cases, key=lambda case: order.get(case.id, len(order))))

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains asked for, or all of them."""
        return self.chosen.domains or tuple(self.dataset.domains)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """The effects in file order."""
        return self.records("effects")

    @cached_property
    def effects_by_case(self) -> dict[str, tuple[Effect, ...]]:
        """The effects of each selected case, none included."""
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
        """A cell for each case and domain."""
        return cells_by_domain(self.dataset, self.effects_by_case, self.domains)

    @cached_property
    def cells_by_outcome(self) -> tuple[Cell, ...]:
        """A cell for each case and each outcome that any of the effects reports."""
        return cells_by_outcome(self.dataset, self.effects_by_case)
