"""Runs Pandoc: the one that comes with the extra `documents`, or the one on the path."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from ruralsyn.characters import as_bytes
from ruralsyn.errors import RuralsynError
from ruralsyn.lazy import imported
from ruralsyn.record import Record
from ruralsyn.render.pandoc_tree import Node

Version = tuple[int, ...]

_API = {2: (1, 22), 3: (1, 23)}
"""The version of the syntax tree that Pandoc reads, by its own major version."""
OLDEST = (2, 11)
"""The first version that reads the tree of 2.x, with its way of writing tables."""


class Pandoc(Record):
    """An installed Pandoc."""

    path: str
    version: Version

    @property
    def api(self) -> Version:
        """The version of the syntax tree that it reads."""
        # A later version is tried with the last tree that is known, and says itself if it cannot read it.
        return _API.get(self.version[0], _API[3])

    def default_file(self, name: str) -> bytes:
        """A file that comes with Pandoc, such as `reference.docx`."""
        return _run([self.path, "--print-default-data-file", name])

    def convert(self, tree: Node, form: str, folder: Path, *options: str) -> bytes:
        """The tree in another format. Pictures are looked for in the folder.

        Raises RuralsynError if Pandoc fails.
        """
        # An empty data folder, so that a person's own templates and defaults change nothing.
        fixed = ["-f", "json", "-t", form, "-o", "-", "--data-dir", str(folder)]
        source = as_bytes(json.dumps(tree, ensure_ascii=False))
        return _run([self.path, *fixed, *options], source, folder)


def find_pandoc(words: str, oldest: Version = OLDEST) -> Pandoc:
    """The Pandoc to use. `words` are the files that need it, for the message.

    Raises RuralsynError if there is none, or only one older than `oldest`.
    """
    path = _path()
    if path is None:
        raise RuralsynError(
            f"{words} need Pandoc: {how_to_install()}, or install Pandoc from https://pandoc.org."
        )
    found = re.search(rb"pandoc\S* (\d+(?:\.\d+)*)", _run([path, "--version"]))
    version = tuple(int(part) for part in found[1].split(b".")) if found else (0,)
    if version < oldest:
        raise RuralsynError(
            f"{words} need Pandoc {_dotted(oldest)} or later, but {path} is {_dotted(version)}: "
            f"{how_to_install()}, or install a newer Pandoc from https://pandoc.org."
        )
    return Pandoc(path, version)


def how_to_install() -> str:
    """How to add the extra, in words that hold for pip, pipx, uv and a clone."""
    return (
        "add the extra `documents` to your installation of ruralsyn (pip install 'ruralsyn[documents]', or "
        "the same name with pipx or uv; in a clone pip install -e '.[documents]')"
    )


def _path() -> str | None:
    try:
        # It also knows the Pandoc on the path and takes the newer of the two.
        path: str = imported("pypandoc:get_pandoc_path")()
    except (ImportError, OSError):
        return which("pandoc")
    return path


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _run(command: Sequence[str], source: bytes = b"", folder: Path | None = None) -> bytes:
    try:
        done = subprocess.run(command, input=source, capture_output=True, cwd=folder, check=False)
    except OSError as error:
        raise RuralsynError(f"Pandoc cannot be started: {command[0]}: {error.strerror}.") from None
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split()) or f"exit code {done.returncode}"
        raise RuralsynError(f"Pandoc failed: {reason}")
    return done.stdout
