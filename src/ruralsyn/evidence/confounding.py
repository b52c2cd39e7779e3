"""What is confounded: differences between groups of cases that cannot be told apart from the grouping."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ruralsyn.dataset.model import Case, Dataset
from ruralsyn.record import Record

ATTRIBUTES: dict[str, Callable[[Dataset, Case], str | None]] = {
    "country": lambda dataset, case: dataset.countries[case.country].name,
    "region": lambda dataset, case: dataset.regions[dataset.countries[case.country].region].name,
    "architecture": lambda dataset, case: (
        dataset.architectures[case.architecture].name if case.architecture else None
    ),
    "coordination": lambda dataset, case: (
        dataset.coordination[case.coordination].name if case.coordination else None
    ),
    "number of programmes": lambda _, case: (
        str(case.programme_count) if case.programme_count is not None else None
    ),
}
"""What cases differ in, as words."""


class Confounding(Record):
    """A difference that goes with membership of a group, so that the two cannot be told apart."""

    group: str
    cases: tuple[str, ...]
    attribute: str
    values: tuple[str, ...]
    """The group's values, none of which a case outside the group has."""


def confounded_with(dataset: Dataset, attribute: str, cases: Sequence[Case]) -> tuple[Confounding, ...]:
    """For each group by the attribute, the other attributes whose values no case outside the group shares."""
    value_of = ATTRIBUTES[attribute]
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if (value := value_of(dataset, case)) is not None:
            groups.setdefault(value, []).append(case)
    found = []
    for group, members in groups.items():
        others = [case for name, rest in groups.items() if name != group for case in rest]
        for name, other_value in ATTRIBUTES.items():
            inside = list(dict.fromkeys(filter(None, (other_value(dataset, case) for case in members))))
            outside = {other_value(dataset, case) for case in others}
            if name != attribute and inside and others and not outside.intersection(inside):
                found.append(Confounding(group, tuple(case.id for case in members), name, tuple(inside)))
    return tuple(found)
