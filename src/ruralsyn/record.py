"""The base of the dataclasses: frozen, compared by value, and cheap to define.

`@dataclass(frozen=True)` writes and compiles six methods for each class, close to a millisecond a class;
forty classes would take a quarter of the time the program has to start. Here the methods are inherited,
so that a class costs a tenth of that. `dataclasses.fields`, `replace` and `asdict` work as usual.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """A frozen dataclass. `class Name(Record, kw_only=True)` takes its fields by name only."""

    _by_name: ClassVar[bool] = False
    _names: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, Any]] = {}
    _factories: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, kw_only: bool = False) -> None:
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
        state = self.__dict__
        state.update(self._defaults)
        for name, make in self._factories.items():
            state[name] = make()
        state.update(values)
        wrong = False
        if arguments:
            given = dict(zip(self._names, arguments, strict=False))
            state.update(given)
            wrong = self._by_name or len(arguments) > len(given) or not given.keys().isdisjoint(values)
        if wrong or len(state) != len(self._names) or not self._required <= state.keys():
            unknown = sorted(state.keys() - set(self._names))
            missing = sorted(self._required - state.keys())
            detail = f"missing {missing}, unknown {unknown}, {len(arguments)} by position"
            raise TypeError(f"{type(self).__name__}: {detail}")
        self._check()

    def _check(self) -> None:
        """What a kind of record asks of its values beyond their names; raises TypeError."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self._values())

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._names)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({inside})"


def _restored(kind: type[Record], values: tuple[Any, ...]) -> Record:
    """A record from its values in the order of its fields: what unpickling calls."""
    return kind(**dict(zip(kind._names, values, strict=True)))
