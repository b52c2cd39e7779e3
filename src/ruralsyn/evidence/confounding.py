"""Confounding: attributes that coincide with a grouping of cases, so that effects cannot be separated."""

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
"""The attributes in which cases can differ, by name; each gives the value of a case in words, or None."""


class Confounding(Record):
    """An attribute that coincides with a group, so that the effects of the two cannot be separated."""

    group: str
    cases: tuple[str, ...]
    attribute: str
    values: tuple[str, ...]
    """The values of the attribute within the group. No case outside the group has any of them."""


def confounded_with(dataset: Dataset, attribute: str, cases: Sequence[Case]) -> tuple[Confounding, ...]:
    """The other attributes that are confounded with a grouping of the cases by one attribute.

    They are those in which no case outside a group shares a value with the group. The attribute is a key of
    ATTRIBUTES.
    """
    value_of = ATTRIBUTES[attribute]
    groups: dict[str, list[Case]] = {}
    for case in cases:
        # A case that no brief classifies belongs to no group.
        if (value := value_of(dataset, case)) is not None:
            groups.setdefault(value, []).append(case)
    found = []
    for group, members in groups.items():
        others = [case for name, rest in groups.items() if name != group for case in rest]
        for name, other_value in ATTRIBUTES.items():
            inside = list(dict.fromkeys(filter(None, (other_value(dataset, case) for case in members))))
            outside = {other_value(dataset, case) for case in others}
            # With one group only there is nothing to compare it with.
            if name != attribute and inside and others and not outside.intersection(inside):
                found.append(Confounding(group, tuple(case.id for case in members), name, tuple(inside)))
    return tuple(found)
