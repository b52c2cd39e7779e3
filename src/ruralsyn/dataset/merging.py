"""Merging: the tables of several files as one, the bundled vocabulary for a file that stands alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruralsyn.dataset.conversion import convert, convert_info, type_fault
from ruralsyn.dataset.files import SourceFile, Tables
from ruralsyn.dataset.model import Files
from ruralsyn.dataset.naming import NAME_FIELDS
from ruralsyn.dataset.placing import in_file
from ruralsyn.dataset.structure import RECORDS, TABLES, inside_of, only_adds, value_at
from ruralsyn.errors import KeyPath, Problem

SPEAKS_OF_SOURCES = ("note", "why", "discrepancies", "source")
"""The fields of a word of the vocabulary that speak of the bundled sources."""


NAMES = (*NAME_FIELDS, "aliases")
"""The fields that name the record itself."""


ALWAYS_KEPT = ("codelists",)
"""The bundled words that stay whatever the files define: no record names the list of the countries' codes."""


def merged(files: Sequence[SourceFile], problems: list[Problem]) -> Tables:
    """The tables of all files, merged into one. Adds a problem for each record that is in two files."""
    first, *others = files
    if not others:
        return first.tables  # Nothing is added to them, so no copy is needed.
    tables: Tables = _copy_tables(first.tables)
    for number, file in enumerate(others, 1):
        for kind, table in file.tables.items():
            # A dataset file says what it is itself. The first one speaks for the sum.
            if kind == "dataset":
                problems.extend(_faults_of_info(file) if kind in tables else ())
                tables.setdefault(kind, table)
            elif kind in TABLES:
                earlier = files[:number]
                _add_records(tables.setdefault(kind, {}), table, (kind,), file, earlier, problems)
            else:
                tables.setdefault(kind, table)  # The conversion says that there is no such table.
    return tables


def _faults_of_info(file: SourceFile) -> Iterator[Problem]:
    """The faults in what a file says of itself."""
    faults: list[Problem] = []
    convert_info(file.tables["dataset"], faults)
    return (in_file(fault, file) for fault in faults)


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
        problems.append(in_file(type_fault(dict, table, path), file))
        return
    # What an earlier file has there instead of a table is reported by the conversion.
    if not isinstance(into, dict):
        return
    inside = inside_of(path[0]) if len(path) == 1 else set()
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
        elif inside and (only_adds(record, inside) or only_adds(known, inside)):
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


def _doubled(path: KeyPath, file: SourceFile, earlier: Sequence[SourceFile]) -> Problem:
    from ruralsyn.dataset.lines import line_of

    first = next(other for other in earlier if value_at(other.tables, path) is not None)
    where = f"{first.name}:{line_of(first.text, path)}"
    other = "say the same in both, or give one of them another id"
    cure = "give one of them another id" if path[0] in RECORDS else other
    message = f"is already in {where}; {cure}"
    return in_file(Problem(path, message, rule="double"), file)


def _copy_tables(value: Any) -> Any:
    # Merging adds to tables. Each file keeps its own, which show later which file a fault is in.
    if isinstance(value, dict):
        return {key: _copy_tables(element) for key, element in value.items()}
    return value


def vocabulary(bundled: Tables, own: Sequence[SourceFile]) -> Tables:
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
            if key not in defined[kind] and (not defined[kind] or key in used or kind in ALWAYS_KEPT)
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


def files_of(own: Sequence[SourceFile], *, bundled: bool) -> Files:
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
    inside = inside_of(kind)
    if not record or not only_adds(record, inside):
        of_record.setdefault((kind, key), file.name)
    for name in inside.intersection(record) if isinstance(record, dict) else ():
        for nested in record[name] if isinstance(record[name], dict) else ():
            of_record.setdefault((name, f"{key}.{nested}"), file.name)
