"""Loading of the dataset: read the files, merge them, convert the result and check it.

The bundled file goes through the same checks as a user's own file, because people edit it too. Every fault is
reported with its file, line and path, so that a person who corrects a file sees all of them at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

# Not the standard library's tomllib: tomli's compiled wheels read the bundled file about three times as fast.
import tomli

from ruralsyn.dataset.conversion import convert
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.validation import validate
from ruralsyn.errors import DataError, KeyPath, Problem
from ruralsyn.record import Record

Tables = dict[str, Any]


class SourceFile(Record):
    """A dataset file after reading: its name, its text and the tables in the text."""

    name: str
    text: str
    tables: Tables


def load(*paths: str | Path) -> Dataset:
    """The bundled dataset, with the records of further TOML files merged in.

    A further file can add records and fields, but it cannot change a value of another file. It can cite
    further briefs if it declares them under `[briefs.*]`.

    Raises DataError if a file cannot be read or is not TOML. Raises DataError with every fault if a value is
    in two files, does not fit the model or fails a check.
    """
    return load_files(bundled_path(), *paths)


def load_files(*paths: str | Path) -> Dataset:
    """The records of these files, without the bundled dataset. Raises DataError like `load`."""
    files = [read_file(path) for path in paths]
    problems: list[Problem] = []
    dataset = convert(_merged(files, problems), problems)
    # The checks need complete records: after a fault they would report its consequences as further faults.
    if dataset is not None and not problems:
        problems.extend(validate(dataset))
    if problems or dataset is None:
        found = tuple(_located(problem, files) for problem in problems)
        raise DataError("The dataset has faults:", found)
    return dataset


def bundled_path() -> Path:
    """The path of the bundled dataset: inside the installed package or, in a checkout, in `data/`.

    Raises DataError if it is in neither place.
    """
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "data" / "cases.toml", package.parents[1] / "data" / "cases.toml")
    for path in candidates:
        if path.is_file():
            return path
    raise DataError(f"The bundled dataset is missing: {candidates[0]}. Install ruralsyn again.")


def read_file(path: str | Path) -> SourceFile:
    """A TOML file's text and tables. Raises DataError if the file cannot be read or is not TOML."""
    text = _read_text(path)
    try:
        return SourceFile(str(path), text, tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{path}: is not valid TOML: {error}") from None


def _read_text(path: str | Path) -> str:
    # Some editors on Windows put a byte order mark (U+FEFF) first, which is not valid TOML.
    try:
        return Path(path).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not text in UTF-8. Save it as UTF-8 and try again.") from None


def _merged(files: list[SourceFile], problems: list[Problem]) -> Tables:
    """The tables of all files, merged into one."""
    first, *others = files
    if not others:
        return first.tables  # Nothing is added to them, so no copy is needed.
    merged: Tables = _copy_tables(first.tables)
    for file in others:
        _merge(merged, file.tables, (), problems)
    return merged


def _merge(into: Tables, tables: Tables, path: KeyPath, problems: list[Problem]) -> None:
    """Add the tables of a file. A value that another file has already given is a fault."""
    for key, value in tables.items():
        here = (*path, key)
        if key not in into:
            into[key] = _copy_tables(value)
        elif isinstance(value, dict) and isinstance(into[key], dict):
            _merge(into[key], value, here, problems)
        else:
            problems.append(Problem(here, "is already in another file; a file can only add new values"))


def _copy_tables(value: Any) -> Any:
    # Merging adds to tables. Each file keeps its own, which show later which file a fault is in.
    if isinstance(value, dict):
        return {key: _copy_tables(element) for key, element in value.items()}
    return value


def _located(problem: Problem, files: list[SourceFile]) -> Problem:
    """The problem with its file and line: those of the last file that has the path, or most of it."""
    from ruralsyn.dataset.lines import line_of  # Imported here, because only a faulty file needs it.

    # If a later file adds to a record, both files have the path of the record. What was added is suspect.
    # A field that was left out is in no file, but its record is.
    for end in range(len(problem.path), 0, -1):
        for file in reversed(files):
            if _has(file.tables, problem.path[:end]):
                return problem._replace(file=file.name, line=line_of(file.text, problem.path))
    return problem


def _has(tables: object, path: KeyPath) -> bool:
    """Whether the tables have a value at the path. False for an empty path."""
    for key in path:
        if not isinstance(tables, dict) or key not in tables:
            return False
        tables = tables[key]
    return bool(path)
