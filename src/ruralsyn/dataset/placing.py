"""Faults in their place: with file and line, in order, and without those that only follow from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ruralsyn.dataset.files import SourceFile, Tables
from ruralsyn.dataset.structure import NESTED, inside_of, only_adds, value_at
from ruralsyn.dataset.validation import nearest_id
from ruralsyn.errors import KeyPath, Problem


def in_order(problems: Iterable[Problem], files: Sequence[SourceFile]) -> tuple[Problem, ...]:
    """The problems, each with its file and line, in the order of the files and lines."""
    placed = [problem if problem.file else _placed(problem, files) for problem in problems]
    order = {file.name: number for number, file in enumerate(files)}
    return tuple(sorted(placed, key=lambda problem: (order.get(problem.file, -1), problem.line or 0)))


def in_file(problem: Problem, file: SourceFile) -> Problem:
    """The problem with the file and, by its path, the line."""
    from ruralsyn.dataset.lines import line_of  # Imported here, because only a faulty file needs it.

    return problem._replace(file=file.name, line=line_of(file.text, problem.path))


def without_holder(tables: Tables, problems: Iterable[Problem]) -> list[Problem]:
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
    record = value_at(tables, path)
    return bool(record) and only_adds(record, inside_of(path[0]))


def _holders(tables: Tables, kind: object) -> list[str]:
    """The ids of the records of a kind that have fields of their own."""
    table = value_at(tables, (str(kind),))
    return [key for key, record in table.items() if not only_adds(record, inside_of(kind))]


def not_consequences(found: Iterable[Problem], faults: Iterable[Problem]) -> Iterator[Problem]:
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


def _placed(problem: Problem, files: Sequence[SourceFile]) -> Problem:
    """The problem with its file and line: those of the file that has the path, or most of it."""
    for end in range(len(problem.path), 0, -1):
        path = problem.path[:end]
        having = [file for file in files if value_at(file.tables, path) is not None]
        if having:
            # Two files have the path of a record to which one of them adds. Its own fields are in the other.
            own = (file for file in having if not only_adds(value_at(file.tables, path), NESTED))
            file = next(own, having[0])
            return in_file(problem, file)
    # A table that no file has. The last file is the one that a person is working on.
    return problem._replace(file=files[-1].name)
