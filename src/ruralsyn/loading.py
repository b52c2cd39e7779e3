"""TOML into a Dataset: find the files, merge them, convert them by the model's type hints.

Every fault is reported, each with its file, line and path, so that a person correcting a file sees all
of them at once.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Any, Union, cast, get_args, get_origin

import tomli

from ruralsyn.errors import DataError, KeyPath, Problem
from ruralsyn.model import Case, Dataset, Finding, Locator
from ruralsyn.record import Record

Raw = dict[str, Any]

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TYPE_NAMES = {str: "text", int: "a whole number", bool: "true or false", dict: "a table", list: "a list"}


class SourceFile(Record):
    """A dataset file as read: its name, its text and what the text parses to."""

    name: str
    text: str
    tables: Raw


def load(*paths: str | Path) -> Dataset:
    """The bundled dataset, with the records of further TOML files merged in.

    A further file adds records or fields; it cannot change what is there. It may cite briefs of its own,
    which it declares under `[briefs.*]`.

    Raises DataError, which names every fault, if a file cannot be read, is not TOML, contradicts another
    file, or does not hold what the model asks for.
    """
    if not paths:
        return bundled_dataset()
    from ruralsyn.validation import validate

    files = [read_file(path) for path in (bundled_path(), *paths)]
    problems: list[Problem] = []
    merged: Raw = {}
    for file in files:
        _merge(merged, file.tables, (), problems)
    dataset = convert(merged, problems)
    if dataset is not None and not problems:
        problems.extend(validate(dataset))
    if problems or dataset is None:
        raise _refusal(problems, files)
    return dataset


def bundled_dataset() -> Dataset:
    """The bundled dataset, each of its tables parsed when it is first read.

    A command that lists effects need not parse the lessons: this halves the time that loading takes.
    """
    parts = split_tables(read_text(bundled_path()))

    def table(name: str) -> Any:
        problems: list[Problem] = []
        tables = tomli.loads(parts.get(name, ""))
        converted = _converter(_FIELD_TYPES[name])(tables.get(name, {}), (name,), problems)
        if problems:
            raise _refusal(problems, [read_file(bundled_path())])
        return _with_later_findings(converted, parts) if name == "cases" else converted

    return Dataset(**dict.fromkeys(_FIELD_TYPES)).deferring(table, *_FIELD_TYPES)  # type: ignore[arg-type]


_FIELD_TYPES: dict[str, Any] = {spec.name: spec.type for spec in fields(Dataset)}
_FINDINGS = "cases findings"


def split_tables(text: str) -> dict[str, str]:
    """The text of each top-level table, and apart from its case the text of each finding.

    It takes a `[` that opens a line for the head of a table, so it is for the bundled file alone, in which
    no value spans lines.
    """
    parts: dict[str, list[str]] = {}
    for piece in f"\n{text}".split("\n[")[1:]:
        head = piece[: piece.index("]")]
        name = _FINDINGS if ".findings." in head else head.partition(".")[0]
        parts.setdefault(name, []).append(piece)
    return {name: "".join(f"[{piece}\n" for piece in pieces) for name, pieces in parts.items()}


def _with_later_findings(cases: dict[str, Case], parts: dict[str, str]) -> dict[str, Case]:
    @cache
    def findings() -> dict[str, dict[str, Finding]]:
        problems: list[Problem] = []
        convert_case = _converter(dict[str, Finding])
        tables = tomli.loads(parts.get(_FINDINGS, "")).get("cases", {})
        found = {
            case: convert_case(table["findings"], ("cases", case, "findings"), problems)
            for case, table in tables.items()
        }
        if problems:
            raise _refusal(problems, [read_file(bundled_path())])
        return found

    return {
        key: case.deferring(partial(_findings_of, findings, key), "findings") for key, case in cases.items()
    }


def _findings_of(
    findings: Callable[[], dict[str, dict[str, Finding]]], case: str, field: str
) -> dict[str, Finding]:
    del field
    return findings().get(case, {})


def bundled_path() -> Path:
    """Where the bundled dataset is: inside the installed package or, in a checkout, in `data/`."""
    here = Path(__file__).resolve().parent
    candidates = (here / "data" / "cases.toml", here.parents[1] / "data" / "cases.toml")
    for path in candidates:
        if path.is_file():
            return path
    raise DataError(f"The bundled dataset is missing: {candidates[0]}. Install ruralsyn again.")


def read_file(path: str | Path) -> SourceFile:
    """A TOML file's text and tables; DataError if it cannot be read or parsed."""
    text = read_text(path)
    try:
        return SourceFile(str(path), text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{path}: is not valid TOML: {error}") from None


def read_text(path: str | Path) -> str:
    """A file's text; DataError if it cannot be read or is not UTF-8."""
    try:
        return Path(path).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not text in UTF-8. Save it as UTF-8 and try again.") from None


def convert(tables: Mapping[str, object], problems: list[Problem]) -> Dataset | None:
    """The tables as a Dataset; what does not fit the model is added to `problems`."""
    result = _converter(Dataset)(tables, (), problems)
    return result if isinstance(result, Dataset) else None


# Conversion ---------------------------------------------------------------------------------------------
#
# A converter takes a TOML value, its path and the list of problems; it gives the model's value, or _BAD
# after it has said what is wrong.

Converter = Callable[[Any, KeyPath, list[Problem]], Any]
_BAD = object()


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


# Merging and reporting ----------------------------------------------------------------------------------


def _merge(into: Raw, tables: Raw, path: KeyPath, problems: list[Problem]) -> None:
    """Add the tables of a file; a value that is there already is a fault."""
    for key, value in tables.items():
        here = (*path, key)
        if key not in into:
            into[key] = _copy_tables(value)
        elif isinstance(value, dict) and isinstance(into[key], dict):
            _merge(into[key], value, here, problems)
        else:
            problems.append(Problem(here, "is in another file already; a file can add, not change"))


def _copy_tables(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy_tables(element) for key, element in value.items()}
    return value


def _refusal(problems: list[Problem], files: list[SourceFile]) -> DataError:
    """The error that names every fault with its place."""
    return DataError("The dataset has faults:", tuple(_describe(problem, files) for problem in problems))


def _describe(problem: Problem, files: list[SourceFile]) -> str:
    """The problem as one line: file, line, path, message. The last file that has the path is at fault."""
    path = ".".join(problem.path)
    for file in reversed(files):
        line = line_of(file, problem.path)
        if line is not None:
            return f"{file.name}:{line}: {path}: {problem.message}"
    return f"{path}: {problem.message}" if path else problem.message


def line_of(file: SourceFile, path: KeyPath) -> int | None:
    """The line on which a path first appears, or None.

    tomli gives no positions. Heads of tables and keys at the start of a line are found by reading the lines;
    for what stands inside a value, the line of the value is the best there is.
    """
    if not path or not _has(file.tables, path):
        return None
    lines = _lines_of_keys(file.text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


_HEAD = re.compile(r"^\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


@cache
def _lines_of_keys(text: str) -> dict[KeyPath, int]:
    """The first line of every table and key that opens a line."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = _dotted(head[1])
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_dotted(key[1])), number)
    return found


def _dotted(text: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def _has(tables: object, path: KeyPath) -> bool:
    for key in path:
        if not isinstance(tables, dict) or key not in tables:
            return False
        tables = tables[key]
    return True
