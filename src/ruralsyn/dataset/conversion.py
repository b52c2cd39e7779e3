"""Conversion of TOML values into records, driven by the type hints of the model.

A converter takes a TOML value, its path and the list of problems. It returns the value for the model. If the
value is wrong, it adds a problem to the list and returns _BAD. No converter stops at the first fault, so a
person sees all faults of a file at once.
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

# "\Z", because "$" would also match before a line break at the end of a quoted key.
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TYPE_NAMES = {str: "text", int: "a whole number", bool: "true or false", dict: "a table", list: "a list"}

Converter = Callable[[Any, KeyPath, list[Problem]], Any]
# A marker that no value of a file can be equal to.
_BAD = object()


def convert(tables: Mapping[str, object], problems: list[Problem]) -> Dataset | None:
    """The tables as a Dataset, or None if something does not fit the model. Adds each fault to `problems`."""
    result = _converter(Dataset)(tables, (), problems)
    return result if isinstance(result, Dataset) else None


@cache
def _converter(hint: Any) -> Converter:
    """The converter for a type hint. It is made once and kept, as many fields have the same hint."""
    origin, arguments = get_origin(hint), get_args(hint)
    # `str | None` and `Optional[str]` have different origins. None is skipped: TOML has no null value.
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _converter(inner)
    # Several values in the model, but one text in the file.
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
        return value  # Nearly every text ends here: the checks below take more than twice as long.
    if not value.strip():
        problems.append(Problem(path, "is empty; leave it out if the source does not say"))
        return _BAD
    # Other characters that are not printable, such as no-break spaces, are allowed.
    if CONTROL.search(value):
        problems.append(Problem(path, "contains a line break or another control character; remove it"))
        return _BAD
    return value


def _to_locator(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    parts = value.split("/") if isinstance(value, str) else ()
    # isdecimal(), because isdigit() accepts "²", which int() does not.
    if len(parts) != 3 or not parts[2].isdecimal():
        problems.append(Problem(path, f'should be a locator like "brief/section/1", not {value!r}'))
        return _BAD
    return Locator(parts[0], parts[1], int(parts[2]))


def _plain_converter(kind: type) -> Converter:
    def to_plain(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        # Not isinstance(): Python's bool is an int, so `true` would pass for a whole number.
        return value if type(value) is kind else _wrong_type(kind, value, path, problems)

    return to_plain


def _enum_converter(kind: type[StrEnum]) -> Converter:
    members = {member.value: member for member in kind}

    def to_member(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        # TOML allows a list or a table here, which get() cannot look up.
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
        # Two faulty items are both _BAD, which is not a repetition.
        if len(set(converted)) < len(converted) and _BAD not in converted:
            problems.append(Problem(path, "lists the same value twice"))
            return _BAD
        return _BAD if _BAD in converted else converted

    return to_tuple


def _table_converter(item: Converter, *, keyed: bool) -> Converter:
    """The converter for a table of records, whose keys are ids (`keyed`), or for a plain table of values."""

    def to_dict(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            return _wrong_type(dict, value, path, problems)
        for key in value:
            if keyed and not ID.match(key):
                problems.append(Problem((*path, key), "is not an id: use lowercase words joined by hyphens"))
        # A record with a wrong id is converted too, so that its own faults are reported in the same run.
        items = {key: item(element, (*path, key), problems) for key, element in value.items()}
        return _BAD if any(element is _BAD for element in items.values()) else items

    return to_dict


def _record_converter(kind: type[Any]) -> Converter:
    """A converter for a dataclass. Unknown and missing fields are faults. `id` and `case` are in the path."""
    specs = fields(kind)
    names = [spec.name for spec in specs]
    # Counted from the end of a path such as ("cases", "mali-cash-plus", "effects", "savings").
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
        # Counted, because a wrong id further inside is a problem but makes no value _BAD.
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
    from difflib import get_close_matches  # Imported here, because only a misspelt field needs it.

    matches = get_close_matches(name, known, n=1)
    return f"; did you mean `{matches[0]}`?" if matches else ""
