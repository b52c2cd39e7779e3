"""The errors that ruralsyn raises on purpose; each is shown to a user as one line."""

from __future__ import annotations


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


class OutputError(RuralsynError):
    """A file cannot be written."""
