"""The Markdown files that `refresh` is given: those of folders, and where they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruralsyn.dataset.files import STANDARD_INPUT
from ruralsyn.dataset.loading import once

ENDINGS = (".md", ".qmd", ".Rmd")
"""The endings of the files in a folder that may have blocks, in capitals or not."""
_SMALL = tuple(ending.lower() for ending in ENDINGS)


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
            if is_markdown(name) and not name.startswith(".")
        )
    # Reading them tells what is wrong.
    yield from unreadable


def is_markdown(name: str) -> bool:
    """Whether the name of a file is one of Markdown."""
    return name.lower().endswith(_SMALL)


def folder_of(name: str) -> Path:
    """The folder from which the blocks of a file read data: its own, or the working directory."""
    return Path() if name == STANDARD_INPUT else Path(name).parent
