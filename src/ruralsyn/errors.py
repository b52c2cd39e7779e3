"""The errors that ruralsyn raises on purpose; each is shown to a user as one line."""

from __future__ import annotations

from typing import NamedTuple

KeyPath = tuple[str, ...]
"""The keys that lead to a value in a dataset file."""


class RuralsynError(Exception):
    """Base of every error meant for a user. `exit_code` is what the process ends with."""

    exit_code = 1


class UsageError(RuralsynError):
    """The command line, or a call of the Python API, asks for something that cannot be."""

    exit_code = 2


class DataError(RuralsynError):
    """A dataset file cannot be read, or what it says is at fault.

    `problems` holds one line per fault, all of them, in file order.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *problems)))
        self.problems = problems


class Problem(NamedTuple):
    """A fault in a dataset: where it is and what is wrong with it."""

    path: KeyPath
    message: str


class OutputError(RuralsynError):
    """A file cannot be written."""
