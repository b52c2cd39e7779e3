"""The dataset from its files: read them, put them together, convert and check the whole.

There is one way in. The bundled file goes through the same checks as a user's own, since people edit it too.
Every fault is reported, each with its file, line and path, so that a person correcting a file sees all of
them at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli

from ruralsyn.dataset.conversion import convert
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.validation import validate
from ruralsyn.errors import DataError, KeyPath, Problem
from ruralsyn.record import Record

Tables = dict[str, Any]


class SourceFile(Record):
    """A dataset file as read: its name, its text and what the text parses to."""

    name: str
    text: str
    tables: Tables


def load(*paths: str | Path) -> Dataset:
    """The bundled dataset, with the records of further TOML files merged in.

    A further file adds records or fields; it cannot change what is there. It may cite briefs of its own,
    which it declares under `[briefs.*]`.

    Raises DataError, which names every fault, if a file cannot be read, is not TOML, contradicts another
    file, or does not hold what the model asks for.
    """
    return load_files(bundled_path(), *paths)


def load_files(*paths: str | Path) -> Dataset:
    """The records of these files alone, put together. Raises DataError, which names every fault."""
    files = [read_file(path) for path in paths]
    problems: list[Problem] = []
    dataset = convert(_merged(files, problems), problems)
    if dataset is not None and not problems:
        problems.extend(validate(dataset))
    if problems or dataset is None:
        found = tuple(_located(problem, files) for problem in problems)
        raise DataError("The dataset has faults:", found)
    return dataset


def bundled_path() -> Path:
    """Where the bundled dataset is: inside the installed package or, in a checkout, in `data/`."""
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "data" / "cases.toml", package.parents[1] / "data" / "cases.toml")
    for path in candidates:
        if path.is_file():
            return path
    raise DataError(f"The bundled dataset is missing: {candidates[0]}. Install ruralsyn again.")


def read_file(path: str | Path) -> SourceFile:
    """A TOML file's text and tables; DataError if it cannot be read or parsed."""
    text = _read_text(path)
    try:
        return SourceFile(str(path), text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{path}: is not valid TOML: {error}") from None


def _read_text(path: str | Path) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not text in UTF-8. Save it as UTF-8 and try again.") from None


def _merged(files: list[SourceFile], problems: list[Problem]) -> Tables:
    """The tables of all files as one; those of a single file as they are."""
    first, *others = files
    if not others:
        return first.tables
    merged: Tables = _copy_tables(first.tables)
    for file in others:
        _merge(merged, file.tables, (), problems)
    return merged


def _merge(into: Tables, tables: Tables, path: KeyPath, problems: list[Problem]) -> None:
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


def _located(problem: Problem, files: list[SourceFile]) -> Problem:
    """The problem with its file and line. The last file that has the path is at fault."""
    from ruralsyn.dataset.lines import line_of  # Needed only where there is a fault.

    for file in reversed(files):
        if _has(file.tables, problem.path):
            return problem._replace(file=file.name, line=line_of(file.text, problem.path))
    return problem


def _has(tables: object, path: KeyPath) -> bool:
    """Whether the tables have something at the path; nothing is at no path."""
    for key in path:
        if not isinstance(tables, dict) or key not in tables:
            return False
        tables = tables[key]
    return bool(path)
