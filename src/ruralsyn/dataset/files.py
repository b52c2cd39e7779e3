"""Reading of TOML files: their text, their tables, and the record that each of them adds.

Nothing that a file holds may hang the program or end in anything but a message that names the file.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import Any

# Not the standard library's tomllib: tomli's compiled wheels read the bundled file about three times as fast.
import tomli

from ruralsyn.errors import DataError, Problem
from ruralsyn.record import Record

Tables = dict[str, Any]

STANDARD_INPUT = "-"
"""The name of a file that is read from standard input."""
MOST_BYTES = 100_000_000
"""The largest file that is read. 10,000 cases with their effects and findings need about half of it."""


class SourceFile(Record):
    """A dataset file after reading: its name, its text and the tables in the text."""

    name: str
    text: str
    tables: Tables


def file_of(name: str, text: str) -> SourceFile:
    """A file with this name and text, which need not be written yet. Raises DataError if it is not TOML."""
    return SourceFile(name, text, _tables_of(name, text))


def read_bytes(path: str | Path) -> bytes:
    """What a file holds. Raises DataError if it cannot be read."""
    return _bytes_of(str(path), path)


def shown_name(path: str | Path) -> str:
    """The name of a file in messages."""
    return "standard input" if str(path) == STANDARD_INPUT else str(path)


def read_file(path: str | Path, folder: str | Path = "") -> SourceFile:
    """A TOML file's text and tables; `-` is standard input. A relative path is looked up in the folder.

    Raises DataError if the file cannot be read or is not TOML.
    """
    name = shown_name(path)
    # The name stays as it was given, so that output does not depend on where the program was started.
    place = path if str(path) == STANDARD_INPUT else os.path.join(folder, path)
    text = _text_of(name, _bytes_of(name, place))
    return SourceFile(name, text, _tables_of(name, text))


def _fault(name: str, message: str, line: int | None = None) -> DataError:
    """The error for a file of which nothing can be used."""
    return DataError("", (Problem((), message, name, line, rule="file"),))


def _bytes_of(name: str, path: str | Path) -> bytes:
    try:
        if str(path) == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin else b""
        else:
            content = _content_of(name, path)
    except OSError as error:
        raise _fault(name, f"cannot be read: {error.strerror}.") from None
    # A name with a null character, which no file can have.
    except ValueError:
        raise _fault(name, "cannot be read: no file can have this name.") from None
    if len(content) > MOST_BYTES:
        raise _fault(name, f"is larger than {MOST_BYTES // 1_000_000} MB; split it into several files.")
    return content


def _content_of(name: str, path: str | Path) -> bytes:
    # Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        with open(descriptor, "rb") as file:
            return file.read(MOST_BYTES + 1)
    os.close(descriptor)
    what = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe; use - for standard input"
    raise _fault(name, f"cannot be read: it is {what}.")


def _text_of(name: str, content: bytes) -> str:
    try:
        # Some editors on Windows put a byte order mark (U+FEFF) first, which is not valid TOML.
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault(name, "is not text in UTF-8. Save the file as UTF-8 and try again.", line) from None


def _tables_of(name: str, text: str) -> Tables:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        from ruralsyn.dataset.toml_faults import in_plain_words  # Only a broken file needs it.

        message, line = _where(str(error), text)
        said = in_plain_words(message, text.split("\n")[line - 1])
        raise _fault(name, f"is not valid TOML: {said}", line) from None
    except RecursionError:
        raise _fault(name, "is nested too deeply; a file needs a few levels at most.") from None
    except MemoryError:
        raise _fault(name, "needs more memory than there is; split it into several files.") from None
    # Python refuses to read a number of more than 4,300 digits.
    except ValueError as error:
        raise _fault(name, f"has a value that cannot be read: {error}.") from None


def _where(message: str, text: str) -> tuple[str, int]:
    """Tomli's message without its place, and the line of the place."""
    from ruralsyn.dataset.toml_faults import begin_of_text

    # Older versions of tomli give the line in the message only.
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    last = text.rstrip().count("\n") + 1
    said = message[: found.start()] if found else message
    return said, int(found[1]) if found and found[1] else begin_of_text(said, text) or last
