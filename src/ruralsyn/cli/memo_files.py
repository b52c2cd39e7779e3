"""The Markdown files that `refresh` is given: which ones there are, and their text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruralsyn.dataset.files import STANDARD_INPUT, read_bytes
from ruralsyn.dataset.loading import once
from ruralsyn.errors import DataError, Problem

ENDINGS = (".md", ".qmd", ".rmd")
"""The endings of the files in a folder that may have blocks, in small letters."""


def memo_files(names: Iterable[str]) -> list[str]:
    """The files that the names mean, each once: a folder means all Markdown files below it."""
    found = [file for name in names for file in (_below(name) if os.path.isdir(name) else (name,))]
    return [str(name) for name in once(found)]


def _below(folder: str) -> Iterator[str]:
    unreadable: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        # Those that begin with a dot belong to programs, such as .git and Emacs' lock `.#memo.md`.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            os.path.normpath(os.path.join(place, name))
            for name in sorted(files)
            if name.lower().endswith(ENDINGS) and not name.startswith(".")
        )
    # Reading them tells what is wrong.
    yield from unreadable


def read_memo(name: str) -> tuple[bytes, str]:
    """The bytes and the text of a file; `-` is standard input. A byte order mark stays in the text.

    Raises DataError if the file cannot be read, or has blocks and is not in UTF-8.
    """
    data = read_bytes(name)
    try:
        return data, data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Without the bytes that UTF-16 has between the letters. A file without blocks is no concern of ours.
        if b"ruralsyn:" not in data.replace(b"\0", b""):
            return data, ""
        line = data.count(b"\n", 0, error.start) + 1
        message = "is not text in UTF-8. Save the file as UTF-8 and try again."
        raise DataError("", (Problem((), message, shown_name(name), line, rule="file"),)) from None


def shown_name(name: str) -> str:
    """The name of a file in messages."""
    return "standard input" if name == STANDARD_INPUT else name


def folder_of(name: str) -> Path:
    """The folder from which the blocks of a file read data: its own, or the working directory."""
    return Path() if name == STANDARD_INPUT else Path(name).parent
