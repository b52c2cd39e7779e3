"""`new-case`: begins a file with a case of one's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ruralsyn.cli.files import write_file
from ruralsyn.cli.streams import is_terminal, write_standard_output
from ruralsyn.dataset.conversion import BLANK, ID, fault_of
from ruralsyn.dataset.countries import CountryCode, named, suggestions
from ruralsyn.dataset.effect_rows import COLUMNS, OTHER_HEADS, PAGES, PRINTED, Effects, effects_of
from ruralsyn.dataset.files import file_of
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.loading import bundled_path, examine_files, load
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.naming import similar
from ruralsyn.dataset.skeleton import skeleton
from ruralsyn.dataset.spreadsheet import Sheet, read_sheet
from ruralsyn.dataset.toml_text import toml_tables
from ruralsyn.errors import DataError, KeyPath, OutputError, Problem, UsageError
from ruralsyn.evidence.names import FEW, suggestion
from ruralsyn.page.text import visible
from ruralsyn.page.wording import count

STANDARD_OUTPUT = "-"


def new_case(
    *files: str,
    country: str | None = None,
    case_title: str | None = None,
    case_id: str | None = None,
    source: str | None = None,
    year: int | None = None,
    table: str | None = None,
) -> int:
    """Write a new file with a case, and say what it holds. Returns the exit code, 0.

    Raises UsageError for an unknown country, an id that is taken and anything else that the options cannot
    mean; DataError for rows of a table that have a fault; OutputError if the file is there already.
    """
    if len(files) > 1:
        raise UsageError(f"new-case makes one file, but got {len(files)}: {', '.join(files)}")
    (name,) = files
    if name != STANDARD_OUTPUT:
        _is_free(Path(name))
    _are_texts({"--title": case_title, "--source": source})
    dataset = load()
    place = _country(country) if country is not None else None
    if case_id is not None:
        _is_new_id(dataset, case_id)
    given = Given(country=place, title=case_title, id=case_id, source=source, year=year)
    made = _skeleton(dataset, name, given) if table is None else _from_table(dataset, table, given)
    _write(name, *made)
    return 0


# What the options mean ----------------------------------------------------------------------------------


def _is_free(path: Path) -> None:
    # Not exists(), which does not see a link that leads nowhere.
    if os.path.lexists(path):
        raise OutputError(f"{path}: is there already. Choose another name, or delete the file first.")


def _are_texts(options: Mapping[str, str | None]) -> None:
    for flag, text in options.items():
        if text is not None and (fault := fault_of(text)):
            raise UsageError(f"{flag}: the text {fault.partition(';')[0]}.")


def _country(word: str) -> CountryCode:
    """The country with a name or code. Raises UsageError, with the nearest names, if there is none."""
    found = named(word)
    if found is None:
        near = suggestion(suggestions(word))
        advice = near or "Give its name in English, Spanish or French, or its ISO code."
        raise UsageError(f"--country: there is no country '{word}'. {advice}".rstrip())
    return found


def _is_new_id(dataset: Dataset, key: str) -> None:
    if not ID.match(key):
        raise UsageError(f"--id: '{key}' is not an id: use lowercase words joined by hyphens.")
    if key in dataset.cases:
        raise UsageError(f"--id: '{key}' is the id of a case of the bundled data. Choose another one.")


def _schema() -> str | None:
    """The address of the JSON Schema that comes with the dataset; None if it is not there."""
    path = bundled_path().with_name("cases.schema.json")
    return path.as_uri() if path.is_file() else None


# A skeleton ---------------------------------------------------------------------------------------------


def _skeleton(dataset: Dataset, name: str, given: Given) -> tuple[str, str]:
    """The file with a skeleton, and what it holds in a few words.

    Raises DataError if it has faults other than its blanks, such as the title of another case.
    """
    text = skeleton(dataset, given, _schema())
    shown = "the new file" if name == STANDARD_OUTPUT else name
    if faults := _faults(shown, text):
        raise DataError(f"{shown} would have faults, so it was not made:", faults)
    return text, "a skeleton of a case"


def _faults(name: str, text: str) -> tuple[Problem, ...]:
    _, problems = examine_files([file_of(name, text)])
    return tuple(problem for problem in problems if problem.rule != "blank")


# A table ------------------------------------------------------------------------------------------------


def _from_table(dataset: Dataset, table: str, given: Given) -> tuple[str, str]:
    """The file that is made of a table, and what it holds in a few words. Raises DataError for its faults."""
    sheet = read_sheet(table, {*COLUMNS, *OTHER_HEADS, *PAGES}, PRINTED)
    _knows_columns(sheet)
    effects = effects_of(dataset, sheet, given)
    cases = effects.tables.get("cases", {})
    new = [key for key in cases if key not in dataset.cases]
    if (given.title or given.id) and len(new) > 1:
        lines = ", ".join(str(effects.places["cases", key][0]) for key in new)
        raise UsageError(f"--title and --id are for one new case, not {len(new)}: see the rows {lines}.")
    text = _text(effects)
    problems = [*effects.problems, *_in_rows(_faults(table, text), effects, sheet)]
    if problems or not cases:
        problems.sort(key=lambda problem: problem.line or 0)
        raise DataError(f"{table}: " + ("has faults:" if problems else "has no rows."), tuple(problems))
    _are_used(effects.unused)
    number = sum(len(case["effects"]) for case in cases.values())
    contents = _contents(number, {"case": new, "source": [*effects.tables.get("briefs", ())]})
    unread = [column for column in sheet.columns if column not in (*COLUMNS, *OTHER_HEADS, *PAGES, "file")]
    return text, contents + (f". Not read: {', '.join(unread)}" if unread else "")


def _knows_columns(sheet: Sheet) -> None:
    """Raise DataError for a column whose name is nearly one that is read, and for two that mean the same.

    All other columns are for people only.
    """
    for column in sheet.columns:
        near = similar(column, COLUMNS, cutoff=0.8)
        if near and column not in (*COLUMNS, *OTHER_HEADS, *PAGES):
            raise DataError(f"{sheet.name}: there is no column {column}; did you mean {near[0]}?")
    for other, column in OTHER_HEADS.items():
        if {other, column} <= {*sheet.columns}:
            raise DataError(
                f"{sheet.name}: {other} and {column} mean the same. Leave out one of the columns."
            )
    there = {OTHER_HEADS.get(column, column) for column in sheet.columns}
    for column in ("outcome", "direction"):
        if column not in there:
            raise DataError(f"{sheet.name}: there is no column {column}; it has {', '.join(sheet.columns)}.")


def _are_used(unused: tuple[str, ...]) -> None:
    """Raise UsageError for options that stood for no cell, such as a year without a title of the source."""
    if unused:
        flags = ", ".join(f"--{field}" for field in unused)
        raise UsageError(f"{flags}: no row needs it, so it would be lost. Leave it out.")


def _text(effects: Effects) -> str:
    schema = f"#:schema {address}\n" if (address := _schema()) else ""
    about = "# Effects that were taken from a table."
    if "briefs" in effects.tables:
        about += " It had no more of a source than this: add title, authors and year."
    return f"{schema}{about}\n{toml_tables(effects.tables)}\n"


def _in_rows(problems: tuple[Problem, ...], effects: Effects, sheet: Sheet) -> list[Problem]:
    """The faults of the file as faults of the rows that they come from."""
    # A row with a fault is in no table, so what its case or source lacks may be in that row.
    told = [fault for fault in problems if not effects.problems or fault.path[2:3] == ("effects",)]
    return [_in_row(problem, effects.places, sheet) for problem in told]


def _in_row(problem: Problem, places: Mapping[KeyPath, tuple[int, str]], sheet: Sheet) -> Problem:
    ends = range(len(problem.path), 0, -1)
    end = next((end for end in ends if problem.path[:end] in places), 0)
    line, column = places.get(problem.path[:end], (None, ""))
    field = problem.path[end] if end < len(problem.path) else ""
    name = field if field in COLUMNS else column
    return problem._replace(file=sheet.name, line=line, path=(name,) if name else ())


def _contents(effects: int, new: Mapping[str, list[str]]) -> str:
    """What a file holds: `12 effects; one new case: kenya-hsnp`."""
    parts = (
        count(len(ids), f"new {kind}") + (f": {', '.join(ids)}" if len(ids) <= FEW else "")
        for kind, ids in new.items()
        if ids
    )
    return "; ".join((count(effects, "effect"), *parts))


def _write(name: str, text: str, contents: str) -> None:
    if name == STANDARD_OUTPUT:
        write_standard_output(text, on_terminal=is_terminal(sys.stdout))
        return
    write_file(Path(name), text)
    blanks = sum(BLANK in line for line in text.splitlines() if not line.startswith("#"))
    left = f" Fill in the {count(blanks, 'blank')}, and see `ruralsyn validate`." if blanks else ""
    message = visible(f"{name} has {contents}.{left}")
    write_standard_output(f"{message}\n", on_terminal=is_terminal(sys.stdout))
