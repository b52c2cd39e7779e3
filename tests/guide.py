"""Guides that a reader can follow: their commands run one after the other and print what the guide says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.conftest import shell


class Step(NamedTuple):
    """A comment of a guide, such as `file: memo.md`, and the code after it, with its language."""

    says: str
    language: str
    code: str


_EDIT = r"<!-- (?P<edit>edit: [^\n]*?) -->\n"
# A block of four backticks may hold one of three.
_CODE = r"(?:^<!-- (?P<says>[^\n]*?) -->\n)?^(?P<fence>`{3,4})(?P<language>\w+)\n(?P<code>.*?)^(?P=fence)$"
_STEP = re.compile(rf"{_EDIT}|{_CODE}", re.DOTALL | re.MULTILINE)


def steps_of(text: str) -> list[Step]:
    """The steps of a guide in order. A comment that edits a file may have commands after it."""
    return [
        Step(one["edit"] or one["says"] or "", one["language"] or "", one["code"] or "")
        for one in _STEP.finditer(text)
    ]


class Reader:
    """A person who does what a guide says, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = ""
        self.code = 0
        self.expected = 0

    def do(self, step: Step) -> None:
        """Write a file, change it, look into it, or run a command and compare what it prints."""
        kind, _, rest = step.says.partition(": ")
        if kind in ("file", "add to"):
            with (self.folder / rest).open("w" if kind == "file" else "a", encoding="utf-8") as file:
                file.write(step.code)
        elif kind == "edit":
            self.edit(*rest.split(": ", 1))
        elif kind == "in":
            assert step.code in (self.folder / rest).read_text(encoding="utf-8")
        elif kind.startswith("prints"):
            assert self.printed == step.code
            self.expected = int("exits with 1" in kind)
        elif kind in ("", "exits with 1"):
            self.run(step)

    def edit(self, name: str, change: str) -> None:
        path, (old, new) = self.folder / name, change.split(" => ")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, step: Step) -> None:
        self.check()
        for line in step.code.splitlines() if step.language == "sh" else [step.code]:
            self.check()
            if done := self.process(step.language, line):
                self.printed, self.code = done.stdout + done.stderr, done.returncode
        self.expected = int(step.says == "exits with 1")

    def process(self, language: str, code: str) -> subprocess.CompletedProcess[str] | None:
        """Run a line of a shell, or a program in another language; None for what does not run."""
        if language == "sh":
            return shell(code, self.folder)
        if language not in PROGRAMS:
            return None
        return subprocess.run(
            [*PROGRAMS[language], code], cwd=self.folder, capture_output=True, text=True, check=False
        )

    def check(self) -> None:
        """Check the exit code of the last command, of which a later step may say that it is 1."""
        assert self.code == self.expected, self.printed
        self.expected = 0
        self.code = 0


_QUERY = (
    "import sqlite3, sys; "
    "[print(*row, sep='|') for row in sqlite3.connect('rural.sqlite').execute(sys.argv[1])]"
)
PROGRAMS = {
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
    # In place of `sqlite3 rural.sqlite`, which not every machine has. It prints the same.
    "sql": [sys.executable, "-c", _QUERY],
}
"""The programs that run the languages of guides; the code is their last argument."""


def played(text: str, folder: Path) -> str:
    """The guide with what its commands print now, in place of what it says that they print."""
    reader, parts, end = Reader(folder), [], 0
    for found, step in zip(_STEP.finditer(text), steps_of(text), strict=True):
        if step.says.startswith("prints"):
            reader.check()
            parts += [text[end : found.start("code")], reader.printed]
            end = found.end("code")
        else:
            reader.do(step)
    reader.check()
    return "".join((*parts, text[end:]))
