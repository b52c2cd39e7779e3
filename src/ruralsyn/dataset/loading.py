"""Loading of the dataset: read the files, merge them, convert the result and check it.

The bundled file goes through the same checks as a user's own file, because people edit it too. Every fault is
reported with its file, line and path, so that a person who corrects a file sees all of them at once.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ruralsyn.dataset.conversion import convert, convert_info, type_fault
from ruralsyn.dataset.files import STANDARD_INPUT, SourceFile, Tables, read_file
from ruralsyn.dataset.model import Dataset, Files
from ruralsyn.dataset.naming import NAME_FIELDS
from ruralsyn.dataset.shipped import shipped
from ruralsyn.dataset.validation import INSIDE, doubts, nearest_id, validate
from ruralsyn.errors import DataError, KeyPath, Problem

RECORDS = (
    "briefs",
    "projects",
    "organisations",
    "programmes",
    "cases",
    "lessons",
    "recommendations",
    "discrepancies",
)
"""The tables of records: what sources say. All other tables are vocabulary, which any source can share."""
SPEAKS_OF_SOURCES = ("note", "why", "discrepancies", "source")
"""The fields of a word of the vocabulary that speak of the bundled sources."""


NAMES = (*NAME_FIELDS, "aliases")
"""The fields that name the record itself."""


def load(*paths: str | Path, only: bool = False) -> Dataset:
    """The bundled dataset, with the records of further TOML files added; `-` is standard input.

    A further file adds records, but it cannot change one of another file. With `only`, the bundled records
    are left out, and the bundled vocabulary is there for what the files do not define themselves.

    Raises DataError if a file cannot be read or is not TOML. Raises DataError with every fault if a record is
    in two files, does not fit the model or fails a check.
    """
    files = [read_file(path) for path in once(paths)]
    dataset, problems = examine_files(files, only=only)
    if problems:
        alone = not only and any(map(stands_alone, files)) and any(one.rule == "double" for one in problems)
        hint = " A file that has [dataset] may be one to read alone: add --only-data." if alone else ""
        raise DataError(f"The dataset has faults.{hint}" if hint else "The dataset has faults:", problems)
    return dataset


def stands_alone(file: SourceFile) -> bool:
    """Whether a file is a collection of its own: it says what it is, in a table `[dataset]`."""
    return "dataset" in file.tables


def load_files(*paths: str | Path) -> Dataset:
    """The dataset that these files hold alone, vocabulary and all. Raises DataError like `load`."""
    dataset, problems = _examined([read_file(path) for path in paths])
    if problems:
        raise DataError("The dataset has faults:", problems)
    return dataset


def examine(*paths: str | Path, only: bool = False) -> tuple[Dataset, tuple[Problem, ...]]:
    """What `load` returns, whether it has faults or not, and every fault, in the order of files and lines.

    Raises DataError if a file cannot be read or is not TOML.
    """
    return examine_files([read_file(path) for path in once(paths)], only=only)


def once(paths: Sequence[str | Path]) -> tuple[str | Path, ...]:
    """The paths without those that name a file again."""
    by_place: dict[str, str | Path] = {}
    for path in paths:
        by_place.setdefault(_place(path), path)
    return tuple(by_place.values())


def _place(path: str | Path) -> str:
    """What is the same for two names of one file."""
    # A name with a null character, which `read_file` refuses, has no place.
    return str(path) if str(path) == STANDARD_INPUT or "\0" in str(path) else os.path.realpath(path)


def load_states(*paths: str | Path, only: bool = False) -> tuple[Dataset, ...]:
    """The dataset of each file, all read in the same way: what differs is then a matter of the files.

    All are read alone if none of them needs another file, otherwise each as `load` reads it. If one that
    needs no other file defines bundled records again, `load` refuses it, and each is read as with `only`.

    Raises DataError like `load`, with the faults that a file has alone if these are fewer, and if a file
    needs bundled records that another one defines again.
    """
    # Read once, because standard input can be read only once.
    files = [read_file(path) for path in paths]
    alone = [_examined([file]) for file in files]
    if not any(faults for _, faults in alone):
        return tuple(dataset for dataset, _ in alone)
    beside = [examine_files([file], only=only) for file in files]
    again = [
        file.name
        for file, (_, own), (_, faults) in zip(files, alone, beside, strict=True)
        if faults and not own
    ]
    read = [examine_files([file], only=True) for file in files] if again else beside
    message = "The dataset has faults:"
    problems: list[Problem] = []
    for (_, own), (_, others), (_, faults) in zip(alone, beside, read, strict=True):
        problems += own if 0 < len(own) < len(faults) else faults
        if faults and not others:
            message = f"The states are read without the bundled records, which {again[0]} defines again:"
    if problems:
        raise DataError(message, tuple(problems))
    return tuple(dataset for dataset, _ in read)


def examine_files(own: Sequence[SourceFile], *, only: bool = False) -> tuple[Dataset, tuple[Problem, ...]]:
    """What `examine` returns, for files that have been read."""
    bundled = read_file(bundled_path())
    if only:
        bundled = replace(bundled, tables=_vocabulary(bundled.tables, own))
    dataset, problems = _examined([bundled, *own])
    if own:
        dataset = replace(dataset, files=_files(own, bundled=not only)) if not problems else dataset
    return dataset, problems


def doubts_of(dataset: Dataset, own: Sequence[SourceFile]) -> tuple[Problem, ...]:
    """Warnings on the records of these files, in the order of files and lines."""
    found = [_located(problem, own) for problem in doubts(dataset) if _has_most_of(problem.path, own)]
    order = {file.name: number for number, file in enumerate(own)}
    return tuple(sorted(found, key=lambda problem: (order[problem.file], problem.line or 0)))


def _has_most_of(path: KeyPath, files: Sequence[SourceFile]) -> bool:
    """Whether one of the files has the record of a path."""
    return any(_has(file.tables, path[:2]) for file in files)


def _examined(files: list[SourceFile]) -> tuple[Dataset, tuple[Problem, ...]]:
    doubled: list[Problem] = []
    merged = _merged(files, doubled)
    problems: list[Problem] = []
    dataset = convert(merged, problems)
    problems = _without_holder(merged, problems)
    problems.extend(_not_consequences(validate(dataset), problems))
    if not (problems or doubled):
        return dataset, ()
    located = [*doubled, *(_located(problem, files) for problem in problems)]
    order = {file.name: number for number, file in enumerate(files)}
    located.sort(key=lambda problem: (order.get(problem.file, -1), problem.line or 0))
    return dataset, tuple(located)


def bundled_path() -> Path:
    """The path of the bundled dataset: inside the installed package or, in a checkout, in `data/`.

    Raises DataError if it is in neither place.
    """
    return shipped("cases.toml", "The bundled dataset")


# Merging ------------------------------------------------------------------------------------------------


def _merged(files: Sequence[SourceFile], problems: list[Problem]) -> Tables:
    """The tables of all files, merged into one. Adds a problem for each record that is in two files."""
    first, *others = files
    if not others:
        return first.tables  # Nothing is added to them, so no copy is needed.
    merged: Tables = _copy_tables(first.tables)
    for number, file in enumerate(others, 1):
        for kind, table in file.tables.items():
            # A dataset file says what it is itself. The first one speaks for the sum.
            if kind == "dataset":
                problems.extend(_faults_of_info(file) if kind in merged else ())
                merged.setdefault(kind, table)
            elif kind in TABLES:
                earlier = files[:number]
                _add_records(merged.setdefault(kind, {}), table, (kind,), file, earlier, problems)
            else:
                merged.setdefault(kind, table)  # The conversion says that there is no such table.
    return merged


def _faults_of_info(file: SourceFile) -> Iterator[Problem]:
    """The faults in what a file says of itself."""
    faults: list[Problem] = []
    convert_info(file.tables["dataset"], faults)
    return (_in_file(fault, file) for fault in faults)


def _add_records(
    into: Any,
    table: Any,
    path: KeyPath,
    file: SourceFile,
    earlier: Sequence[SourceFile],
    problems: list[Problem],
) -> None:
    """Add the records of a file to those of earlier files. A record that is there already is a fault."""
    if not isinstance(table, dict):
        problems.append(_in_file(type_fault(dict, table, path), file))
        return
    # What an earlier file has there instead of a table is reported by the conversion.
    if not isinstance(into, dict):
        return
    inside = _inside(path[0]) if len(path) == 1 else set()
    for key, record in table.items():
        here = (*path, key)
        known = into.get(key)
        if known is None:
            into[key] = _copy_tables(record)
        # A word of the vocabulary that two files define alike is one word, such as the country of two cases.
        elif path[0] not in RECORDS and _alike(str(path[0]), key, record, known):
            continue
        elif not isinstance(record, dict) or not isinstance(known, dict):
            problems.append(_doubled(here, file, earlier))
        # A file may add effects or findings to a case of another file, whichever of them comes first: what is
        # in a record has its own id.
        elif inside and (_only_adds(record, inside) or _only_adds(known, inside)):
            for name, value in record.items():
                if name in inside:
                    _add_records(known.setdefault(name, {}), value, (*here, name), file, earlier, problems)
                else:
                    known[name] = value
        else:
            problems.append(_doubled(here, file, earlier))


def _alike(kind: str, key: str, record: object, known: object) -> bool:
    """Whether two files give the same record of the vocabulary, whatever each of them leaves to the rules."""
    if record == known:
        return True
    problems: list[Problem] = []
    made = [getattr(convert({kind: {key: one}}, problems), kind).get(key) for one in (record, known)]
    # Two records that are both at fault are not alike: each fault is told.
    complete = all(problem.path == ("dataset",) for problem in problems)
    return complete and made[0] == made[1]


def _only_adds(record: object, inside: Collection[str]) -> bool:
    """Whether a file gives no field of a record, only records inside it."""
    return isinstance(record, dict) and all(name in inside for name in record)


TABLES = frozenset(spec.name for spec in fields(Dataset) if "made" not in spec.metadata)
"""The names of the tables of a file."""
NESTED = {**INSIDE, "sections": "briefs"}
"""The kinds of record that are in a record of another kind."""


def _doubled(path: KeyPath, file: SourceFile, earlier: Sequence[SourceFile]) -> Problem:
    from ruralsyn.dataset.lines import line_of

    first = next(other for other in earlier if _has(other.tables, path))
    where = f"{first.name}:{line_of(first.text, path)}"
    other = "say the same in both, or give one of them another id"
    cure = "give one of them another id" if path[0] in RECORDS else other
    message = f"is already in {where}; {cure}"
    return _in_file(Problem(path, message, rule="double"), file)


def _in_file(problem: Problem, file: SourceFile) -> Problem:
    from ruralsyn.dataset.lines import line_of

    return problem._replace(file=file.name, line=line_of(file.text, problem.path))


def _copy_tables(value: Any) -> Any:
    # Merging adds to tables. Each file keeps its own, which show later which file a fault is in.
    if isinstance(value, dict):
        return {key: _copy_tables(element) for key, element in value.items()}
    return value


def _vocabulary(bundled: Tables, own: Sequence[SourceFile]) -> Tables:
    """The bundled vocabulary for files that stand alone: the words that none of them defines otherwise.

    Where the files have words of a kind, such as domains, the bundled ones that they do not use are left out:
    a map of their own domains has no columns for those of the briefs.
    """
    defined = {kind: set[str]() for kind in bundled}
    for file in own:
        for kind, table in file.tables.items():
            if kind in defined and isinstance(table, dict):
                defined[kind].update(table)
    used: set[str] = set()
    for file in own:
        _note_texts(file.tables, used)
        used.update(_regions_by_code(file.tables.get("countries")))
    kept: Tables = {}
    # Countries before regions and outcomes before domains: the words that a kept word names are kept too.
    for kind, table in reversed(bundled.items()):
        if kind in RECORDS or kind in ("dataset", "synonyms"):
            continue
        terms = {
            key: {name: value for name, value in entry.items() if name not in SPEAKS_OF_SOURCES}
            for key, entry in table.items()
            if key not in defined[kind] and (not defined[kind] or key in used)
        }
        _note_texts(list(terms.values()), used)
        kept[kind] = terms
    # What a file says of itself with a fault is told for that file.
    infos = (file.tables.get("dataset") for file in own)
    info = next((info for info in infos if convert_info(info, [])), None)
    title = " and ".join(Path(file.name).name for file in own)
    return {"dataset": info or {"title": title}, **dict(reversed(kept.items()))}


def _note_texts(table: dict[str, Any] | list[Any], texts: set[str]) -> None:
    """Add every key, and every text that may name another record, in a table or a list to the texts."""
    if isinstance(table, dict):
        texts.update(table)
    for key, element in table.items() if isinstance(table, dict) else enumerate(table):
        # A record of one's own may have the name of a bundled word without using that word.
        if isinstance(element, dict | list):
            if key not in NAMES or isinstance(element, dict):
                _note_texts(element, texts)
        elif isinstance(element, str) and key not in NAMES:
            texts.add(element)


def _regions_by_code(countries: object) -> Iterator[str]:
    """The regions that countries have by a rule of the model, because the file names none for them."""
    converted = convert({"countries": countries}, [])
    return (country.region for country in converted.countries.values() if country.region)


def _files(own: Sequence[SourceFile], *, bundled: bool) -> Files:
    """The files of a dataset, and which of them each record is from."""
    of_record: dict[tuple[str, str], str] = {}
    for file in own:
        for kind, table in file.tables.items():
            for key, record in table.items() if isinstance(table, dict) else ():
                _note_file(of_record, file, kind, key, record)
    names = tuple(file.name for file in own)
    infos = (convert_info(file.tables["dataset"], []) for file in own if "dataset" in file.tables)
    described = tuple(info for info in infos if info is not None)
    return Files(bundled=bundled, names=names, described=described, of_record=of_record)


def _note_file(
    of_record: dict[tuple[str, str], str], file: SourceFile, kind: str, key: str, record: Any
) -> None:
    inside = _inside(kind)
    if not isinstance(record, dict) or not record or not record.keys() <= inside:
        of_record.setdefault((kind, key), file.name)
    for name in inside.intersection(record) if isinstance(record, dict) else ():
        for nested in record[name] if isinstance(record[name], dict) else ():
            of_record.setdefault((name, f"{key}.{nested}"), file.name)


# Faults -------------------------------------------------------------------------------------------------


def _without_holder(tables: Tables, problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with one in place of all fields that are missing around an effect or a finding.

    A head such as `[cases.kenia.effects.savings]` makes a case that nobody means, if its id is misspelt.
    """
    told: set[KeyPath] = set()
    kept: list[Problem] = []
    for problem in problems:
        path = problem.path[:2]
        if not (problem.rule == "missing" and len(problem.path) == 3 and _is_part(tables, path)):
            kept.append(problem)
        elif path not in told:
            told.add(path)
            # Each comparison goes through all records, so only the first ones get this advice.
            near = nearest_id(str(path[1]), _holders(tables, path[0])) if len(told) <= MOST_ADVISED else ""
            message = f"is not in any file, only a part of it is{near or '; give it a head of its own'}"
            kept.append(Problem(path, message, rule="missing"))
    return kept


MOST_ADVISED = 20
"""How many misspelt records get the nearest id as advice."""


def _is_part(tables: Tables, path: KeyPath) -> bool:
    """Whether the files give no field of a record, only records inside it."""
    record = _at(tables, path)
    return bool(record) and _only_adds(record, _inside(path[0]))


def _holders(tables: Tables, kind: object) -> list[str]:
    """The ids of the records of a kind that have fields of their own."""
    table = _at(tables, (str(kind),))
    return [key for key, record in table.items() if not _only_adds(record, _inside(kind))]


def _inside(kind: object) -> set[str]:
    """The kinds of record that are inside records of a kind."""
    return {name for name, outer in NESTED.items() if outer == kind}


def _at(tables: Any, path: KeyPath) -> Tables:
    """The table at a path; an empty one if there is none."""
    for key in path:
        tables = tables.get(key) if isinstance(tables, dict) else None
    return tables if isinstance(tables, dict) else {}


def _not_consequences(found: Iterable[Problem], faults: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that do not follow from a fault: those on values which are not at fault themselves."""
    # A fault inside a value, such as a wrong item of a list, is a fault of the value too.
    faulty = {
        fault.path[:end]
        for fault in faults
        # A list that names a thing twice names it all the same.
        if fault.rule != "twice"
        for end in range(1, len(fault.path) + 1)
    }
    whole = {fault.path for fault in faults if fault.rule == "type"}
    for problem in found:
        paths = (problem.path, *problem.because)
        around = (path[:end] for path in paths for end in range(1, len(path)))
        if not any(path in faulty for path in paths) and not any(path in whole for path in around):
            yield problem


def _located(problem: Problem, files: Sequence[SourceFile]) -> Problem:
    """The problem with its file and line: those of the file that has the path, or most of it."""
    from ruralsyn.dataset.lines import line_of  # Imported here, because only a faulty file needs it.

    for end in range(len(problem.path), 0, -1):
        path = problem.path[:end]
        having = [file for file in files if _has(file.tables, path)]
        if having:
            # Two files have the path of a record to which one of them adds. Its own fields are in the other.
            own = (file for file in having if not _only_adds(_value_at(file.tables, path), NESTED))
            file = next(own, having[0])
            return problem._replace(file=file.name, line=line_of(file.text, problem.path))
    # A table that no file has. The last file is the one that a person is working on.
    return problem._replace(file=files[-1].name)


def _value_at(tables: Any, path: KeyPath) -> Any:
    """The value at a path that the tables have."""
    for key in path:
        tables = tables[key]
    return tables


def _has(tables: object, path: KeyPath) -> bool:
    """Whether the tables have a value at the path. False for an empty path."""
    for key in path:
        if isinstance(tables, list) and isinstance(key, int) and key < len(tables):
            tables = tables[key]
        elif isinstance(tables, dict) and key in tables:
            tables = tables[key]
        else:
            return False
    return bool(path)
