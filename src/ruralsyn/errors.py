"""The errors that ruralsyn raises on purpose. The command line prints their messages without a traceback."""

from __future__ import annotations

from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The keys that lead to a value in a dataset file. A number is the position in a list, from 0."""


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
        return ": ".join(part for part in (where, ".".join(map(str, self.path)), self.message) if part)


class RuralsynError(Exception):
    """The base class of the errors meant for a person. The process exits with `exit_code`."""

    exit_code = 1


class UsageError(RuralsynError):
    """The command line, or a call from Python, asks for something that ruralsyn cannot do."""

    exit_code = 2  # The usual code for wrong usage: argparse and Click exit with it too.


class DataError(RuralsynError):
    """A dataset file cannot be read, or its records break a rule.

    `problems` holds every fault found in the records, in the order of the checks. It is empty if the file
    cannot be read or is not TOML; then the message says it all.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        # Every fault is in the message, so one run shows all that has to be corrected.
        super().__init__("\n".join((message, *map(str, problems))))
        self.problems = problems


class OutputError(RuralsynError):
    """A file or standard output cannot be written."""
