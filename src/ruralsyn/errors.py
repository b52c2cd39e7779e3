"""The errors that ruralsyn raises on purpose; each is shown to a user as one line."""

from __future__ import annotations

from typing import NamedTuple

KeyPath = tuple[str, ...]
"""The keys that lead to a value in a dataset file."""


class Problem(NamedTuple):
    """A fault in a dataset: what is wrong, and where."""

    path: KeyPath
    message: str
    file: str = ""
    """The file's name; empty where the fault is in none."""
    line: int | None = None
    """The line in the file; None where none can be named."""

    def __str__(self) -> str:
        """The fault on one line: `file:line: path: message`, as compilers print theirs."""
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        return ": ".join(part for part in (where, ".".join(self.path), self.message) if part)


class RuralsynError(Exception):
    """Base of every error meant for a user. `exit_code` is what the process ends with."""

    exit_code = 1


class UsageError(RuralsynError):
    """The command line, or a call of the Python API, asks for something that cannot be."""

    exit_code = 2


class DataError(RuralsynError):
    """A dataset file cannot be read, or what it says is at fault.

    `problems` holds every fault of the records, in the order of the checks. It is empty for a file that
    cannot be read or is not TOML, of which the message says all.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__("\n".join((message, *map(str, problems))))
        self.problems = problems


class OutputError(RuralsynError):
    """A file cannot be written."""
