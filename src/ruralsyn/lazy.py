"""What waits until it is used, so that a command loads and makes only what it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar


def imported(reference: str) -> Any:
    """The object that a reference such as `ruralsyn.views.effects:effects_table` names."""
    # tests/test_architecture.py finds references by this form and counts them as imports.
    module, name = reference.split(":")
    return getattr(import_module(module), name)


T = TypeVar("T")


class Later(Generic[T]):
    """A value that is made when it is first read. Two of them are equal if their values are."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    @cached_property
    def value(self) -> T:
        """The value, made once."""
        return self._make()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __reduce__(self) -> tuple[Any, ...]:
        # What makes a value may be a function that no other process can load.
        return _made, (self.value,)


def _made(value: T) -> Later[T]:
    return Later(lambda: value)
