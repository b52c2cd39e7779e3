"""The errors that ruralsyn raises on purpose. The command line prints their messages without a traceback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The keys that lead to a value in a dataset file. A number is a position in a list, counted from 0."""


class Problem(NamedTuple):
    """A fault in a dataset: what is wrong, and where."""

    path: KeyPath
    message: str
    file: str = ""
    """The file's name; empty if the fault is not in a file."""
    line: int | None = None
    """The line in the file; None if the fault has no line."""
    rule: str = ""
    """A short name for the kind of fault: `missing`, `reference`, `locator` …"""
    warning: bool = False
    """Whether it only deserves a look; the file can be used."""
    because: tuple[KeyPath, ...] = ()
    """Other values that the fault depends on. If one of them is at fault itself, this follows from it."""

    def __str__(self) -> str:
        """The fault on one line: `file:line: path: message`."""
        # The form of compilers' messages: many editors and terminals turn `file:line` into a link.
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        kind = "warning" if self.warning else ""
        return ": ".join(part for part in (where, kind, _written(self.path), self.message) if part)


def _written(path: KeyPath) -> str:
    """The path as people write it: `cases.x.source[2]` for the second item of `source`."""
    # Positions in the path count from 0, people from 1.
    parts = (f"[{key + 1}]" if isinstance(key, int) else f".{_quoted(key)}" for key in path)
    return "".join(parts).removeprefix(".")


def _quoted(key: str) -> str:
    """The key as in TOML: in quotes unless it is a bare key, which has only letters, digits, `-` and `_`."""
    if key.isascii() and key.replace("-", "a").replace("_", "a").isalnum():
        return key
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    # A fault has one line, and a terminal would obey control characters.
    return f'"{"".join(c if c.isprintable() else _escape(c) for c in escaped)}"'


def _escape(character: str) -> str:
    return f"\\U{ord(character):08x}" if character > "\uffff" else f"\\u{ord(character):04x}"


class RuralsynError(Exception):
    """The base class of the errors meant for a person. The process exits with `exit_code`."""

    exit_code = 1


class UsageError(RuralsynError):
    """The command line, or a call from Python, asks for something that ruralsyn cannot do."""

    exit_code = 2  # The usual code for wrong usage: argparse and Click exit with it too.


class DataError(RuralsynError):
    """A dataset file cannot be read, or its records break a rule.

    `problems` holds every fault, in the order of the files and their lines. Without a message, the faults say
    it all.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        # The faults are in the message, so one run shows all that has to be corrected.
        super().__init__("\n".join(filter(None, (message, *lines_of(problems)))))
        self.problems = problems


MOST_FAULTS = 100
"""How many faults are printed. Whoever has more reads the first ones, and mends those first."""


def lines_of(problems: Sequence[Problem]) -> Iterator[str]:
    """The faults, a line each; those above MOST_FAULTS are counted."""
    yield from map(str, problems[:MOST_FAULTS])
    if more := len(problems[MOST_FAULTS:]):
        yield f"… and {more} more."


class OutputError(RuralsynError):
    """A file or standard output cannot be written."""
