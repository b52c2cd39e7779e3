"""TOML values into records, by the type hints of the model.

A converter takes a TOML value, its path and the list of problems; it gives the model's value, or _BAD after
it has said what is wrong. Going on after a fault is what lets a person see all faults of a file at once.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.errors import KeyPath, Problem

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TYPE_NAMES = {str: "text", int: "a whole number", bool: "true or false", dict: "a table", list: "a list"}

Converter = Callable[[Any, KeyPath, list[Problem]], Any]
_BAD = object()


def convert(tables: Mapping[str, object], problems: list[Problem]) -> Dataset | None:
    """The tables as a Dataset; what does not fit the model is added to `problems`."""
    result = _converter(Dataset)(tables, (), problems)
    return result if isinstance(result, Dataset) else None


@cache
def _converter(hint: Any) -> Converter:
    """The converter for a type hint. One is made for each hint and kept."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _converter(inner)
    if hint is Locator:
        return _to_locator
    if origin is tuple:
        return _list_converter(_converter(arguments[0]))
    if origin is dict:
        return _table_converter(_converter(arguments[1]), keyed=is_dataclass(arguments[1]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_converter(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_converter(hint)
    return _to_text if hint is str else _plain_converter(hint)


def _wrong_type(expected: type, value: object, path: KeyPath, problems: list[Problem]) -> object:
    found = TYPE_NAMES.get(type(value), type(value).__name__)
    problems.append(Problem(path, f"should be {TYPE_NAMES[expected]}, not {found}"))
    return _BAD


def _to_text(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    if type(value) is not str:
        return _wrong_type(str, value, path, problems)
    if value.isprintable() and value and not value.isspace():
        return value  # Nearly every text: the checks below take several times as long.
    if not value.strip():
        problems.append(Problem(path, "is empty; leave it out if the source does not say"))
        return _BAD
    if CONTROL.search(value):
        problems.append(Problem(path, "holds a line break or another control character"))
        return _BAD
    return value


def _to_locator(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    parts = value.split("/") if isinstance(value, str) else ()
    if len(parts) != 3 or not parts[2].isdecimal():
        problems.append(Problem(path, f'should be a locator like "brief/section/1", not {value!r}'))
        return _BAD
    return Locator(parts[0], parts[1], int(parts[2]))


def _plain_converter(kind: type) -> Converter:
    def to_plain(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        return value if type(value) is kind else _wrong_type(kind, value, path, problems)

    return to_plain


def _enum_converter(kind: type[StrEnum]) -> Converter:
    members = {member.value: member for member in kind}

    def to_member(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        member = members.get(value) if isinstance(value, str) else None
        if member is None:
            problems.append(Problem(path, f"should be one of {', '.join(members)}, not {value!r}"))
            return _BAD
        return member

    return to_member


def _list_converter(item: Converter) -> Converter:
    def to_tuple(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if type(value) is not list:
            return _wrong_type(list, value, path, problems)
        converted = tuple(item(element, path, problems) for element in value)
        if len(set(converted)) < len(converted) and _BAD not in converted:
            problems.append(Problem(path, "names the same thing twice"))
            return _BAD
        return _BAD if _BAD in converted else converted

    return to_tuple


def _table_converter(item: Converter, *, keyed: bool) -> Converter:
    """For tables of records (`keyed`), whose keys are ids, and for plain tables of values."""

    def to_dict(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            return _wrong_type(dict, value, path, problems)
        for key in value:
            if keyed and not ID.match(key):
                problems.append(Problem((*path, key), "is not an id: use lowercase words joined by hyphens"))
        items = {key: item(element, (*path, key), problems) for key, element in value.items()}
        return _BAD if any(element is _BAD for element in items.values()) else items

    return to_dict


def _record_converter(kind: type[Any]) -> Converter:
    """For a dataclass: unknown and missing fields are faults; `id` and `case` come from the path."""
    specs = fields(kind)
    names = [spec.name for spec in specs]
    from_path = {"id": -1, "case": -3}
    derived = [(name, from_path[name]) for name in names if name in from_path]
    converters: dict[str, Converter] = {
        spec.name: _converter(cast(Hashable, spec.type)) for spec in specs if spec.name not in from_path
    }
    required = [
        spec.name
        for spec in specs
        if spec.name in converters and spec.default is MISSING and spec.default_factory is MISSING
    ]

    def to_record(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            return _wrong_type(dict, value, path, problems)
        before = len(problems)
        for name in required:
            if name not in value:
                problems.append(Problem(path, f"lacks `{name}`"))
        arguments = {name: path[index] for name, index in derived}
        for name, element in value.items():
            converter = converters.get(name)
            if converter is None:
                problems.append(Problem((*path, name), f"is not a field here{_nearest(name, converters)}"))
            else:
                arguments[name] = converter(element, (*path, name), problems)
        return _BAD if len(problems) > before else kind(**arguments)

    return to_record


def _nearest(name: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    matches = get_close_matches(name, known, n=1)
    return f"; did you mean `{matches[0]}`?" if matches else ""
