"""The base class of the package's dataclasses: frozen, compared by value, and quick to define.

`@dataclass(frozen=True)` generates and compiles six methods for each class, which takes about half a
millisecond. Forty classes would add 20 milliseconds to the start of the program. `Record` passes its methods
on by inheritance, and a class takes a tenth of that. `dataclasses.fields`, `replace` and `asdict` work as
usual.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """A frozen dataclass. `class Name(Record, kw_only=True)` takes its fields by name only."""

    # Worked out once for each class, so that making a record need not inspect its fields.
    _by_name: ClassVar[bool] = False
    _names: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, Any]] = {}
    _factories: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, kw_only: bool = False) -> None:
        # Only the fields are wanted: the methods that are switched off are what takes the time.
        dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        cls._by_name = kw_only
        specs = fields(cls)  # type: ignore[arg-type]
        cls._names = tuple(spec.name for spec in specs)
        cls._defaults = {spec.name: spec.default for spec in specs if spec.default is not MISSING}
        cls._factories = {
            spec.name: spec.default_factory for spec in specs if spec.default_factory is not MISSING
        }
        cls._required = frozenset(cls._names) - cls._defaults.keys() - cls._factories.keys()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        # Straight into __dict__, because __setattr__ refuses.
        state = self.__dict__
        state.update(self._defaults)
        for name, make in self._factories.items():
            state[name] = make()
        state.update(values)
        wrong = False
        if arguments:
            given = dict(zip(self._names, arguments, strict=False))
            state.update(given)
            # zip drops surplus arguments, so their number is compared.
            wrong = self._by_name or len(arguments) > len(given) or not given.keys().isdisjoint(values)
        # The defaults are in by now: with the right number of names and all required ones, none is unknown.
        if wrong or len(state) != len(self._names) or not self._required <= state.keys():
            unknown = sorted(state.keys() - set(self._names))
            missing = sorted(self._required - state.keys())
            detail = f"missing fields {missing}, unknown fields {unknown}, {len(arguments)} by position"
            raise TypeError(f"{type(self).__name__}: {detail}")
        self._check()

    def _check(self) -> None:
        """A hook for subclasses that check or convert their values. Raises TypeError for a wrong value."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Cached properties live in __dict__ too. A copy or pickle leaves them out and computes them anew.
        return _restored, (type(self), self._values())

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _values(self) -> tuple[Any, ...]:
        # The fields only: a cached property must not make two equal records differ.
        return tuple(getattr(self, name) for name in self._names)

    def __eq__(self, other: object) -> bool:
        # As in dataclasses, a subclass with the same values is not equal.
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({inside})"


def incomplete(kind: type[Record], values: dict[str, Any]) -> Any:
    """A record whose missing fields are None, whether they are required or not.

    It lets the checks of a file go on after a fault, so that one run finds all faults.
    """
    record = object.__new__(kind)
    made = {name: make() for name, make in kind._factories.items()}
    record.__dict__.update(dict.fromkeys(kind._required), **kind._defaults, **made)
    record.__dict__.update(values)
    return record


def _restored(kind: type[Record], values: tuple[Any, ...]) -> Record:
    """A record from its values, in the order of its fields. Unpickling and copying call it."""
    # By name, because some records refuse values by position.
    return kind(**dict(zip(kind._names, values, strict=True)))
