"""The guide to data of one's own is true: its commands run, one after the other, and do what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Run

GUIDE = Path(__file__).parent.parent / "docs" / "own-data.md"


def steps() -> list[tuple[str, str]]:
    """The blocks of the guide: the name of a file with its text, or nothing with commands."""
    block = r"(?:<!-- (?:file|add to): (\S+) -->\n)?```\w+\n(.*?)```"
    return re.findall(block, GUIDE.read_text("utf-8"), re.DOTALL)


def words_of(line: str) -> list[str]:
    from shlex import split

    name, *words = split(line)
    assert name == "ruralsyn"
    return words


def test_the_guide_leads_to_a_map_of_nine_rows(
    ruralsyn_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cases = []
    written: set[str] = set()
    for name, block in steps():
        if name:
            # The first block is the file, what comes later is added to it.
            with Path(name).open("a" if name in written else "w", encoding="utf-8") as file:
                file.write(block)
            written.add(name)
            continue
        for line in block.splitlines():
            if line.startswith("export "):
                monkeypatch.setenv(*line.removeprefix("export ").split("="))
                continue
            ran = ruralsyn_run(*words_of(line))
            assert (ran.code, ran.err) == (0, ""), line
            if line.startswith("ruralsyn map"):
                rows = json.loads(ruralsyn_run(*words_of(line), "-f", "json").out)
                cases.append(len({row["case"] for row in rows}))
    assert cases == [9, 9, 1, 10]
    assert "An example, not a real report" in Path("kenya.html").read_text(encoding="utf-8")


def test_the_text_of_the_guide_fills_in_the_skeleton(ruralsyn_run: Run) -> None:
    """The file that the guide shows has the ids of the file that `new-case` makes."""
    (_, command), (name, text), *_ = steps()
    made = ruralsyn_run(*(("-" if word == name else word) for word in words_of(command))).out
    heads = re.findall(r"^\[.*\]$", made, re.MULTILINE)
    assert heads == [head for head in re.findall(r"^\[.*\]$", text, re.MULTILINE) if "effect-2" not in head]
