"""The worked example in docs/review.md: its cells, its counts and its picture are what the commands give."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from ruralsyn import load, request, rows_of
from ruralsyn.cli.run import run
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.plot import SIZES, scale_of, weight_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import text_of

from .conftest import need_documents, need_figures

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def review() -> Dataset:
    return load(ROOT / "docs" / "review-example.toml", only=True)


def table_under(heading: str) -> list[dict[str, str]]:
    """The rows of the first table under a heading, by the headings of its columns."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXT.split(f"## {heading}\n")[1].split("\n## ")[0].splitlines()
        if line.startswith("|")
    ]
    head, _, *rows = lines
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_example_says_that_it_is_invented(review: Dataset) -> None:
    start = (ROOT / "docs" / "review-example.toml").read_text(encoding="utf-8").splitlines()[0]
    assert start.startswith("#")
    assert "invented" in start
    assert "invented studies" in review.dataset.title


def test_the_cells_worked_out_by_hand_are_those_of_the_map(review: Dataset) -> None:
    grid = request("map", dataset=review)
    assert isinstance(grid, Grid)
    keys = [column.key for column in grid.table.columns]
    cells = {
        (text_of(row[0]), key): text_of(value)
        for row in grid.table.rows
        for key, value in zip(keys[1:], row[1:], strict=True)
        if key != "file"
    }
    by_hand = {(row["Study"], row["Domain"]): row["Cell"] for row in table_under("The cells")}
    assert by_hand == {place: text for place, text in cells.items() if text != "not reported"}
    assert len(cells) - len(by_hand) == 5


def test_the_numbers_of_the_cells_are_those_of_the_data(review: Dataset) -> None:
    rows = {(row["Study"], row["Domain"]): row for row in table_under("The cells")}
    scale = scale_of(review.effects)
    for cell in Selection(review).cells:
        if not cell.effects:
            continue
        row = rows[review.cases[cell.case].label, cell.domain]
        assert [row["Good"], row["Bad"], row["No change"]] == [
            str(cell.favourable),
            str(cell.unfavourable),
            str(cell.neutral),
        ]
        assert row["Samples"] == ", ".join(str(effect.sample) for effect in cell.effects)
        assert row["Risks"] == ", ".join(str(effect.risk_of_bias) for effect in cell.effects)
        found, whole, share = map(int, re.findall(r"(\d+)", row["Largest share"]))
        assert share == round(100 * found / whole)
        assert ("◄►" in row["Cell"]) is (share < 70 or cell.neutral == whole)
        weight = weight_of(review, cell, scale)
        assert weight is not None
        assert weight.size == next(
            size for size in SIZES if min(map(int, row["Samples"].split(", "))) >= size.least
        )


def test_the_counts_worked_out_by_hand_are_those_of_the_synthesis(review: Dataset) -> None:
    table = request("synthesis", dataset=review, sign_test=True)
    assert isinstance(table, Table)
    names = {
        "Domain": "domain",
        "Favourable": "favourable",
        "Unfavourable": "unfavourable",
        "Conflicting": "conflicting",
        "No change": "neutral",
        "Blank": "blank",
        "In the sign test": "tested",
        "P": "p",
    }
    given = [
        {name: f"{row[key]:g}" if key == "p" else str(row[key]) for name, key in names.items()}
        for row in rows_of(table)
    ]
    assert given == table_under("The counts")


def test_the_example_can_stand_beside_the_bundled_cases(review: Dataset) -> None:
    both = request("map", dataset=load(ROOT / "docs" / "review-example.toml"))
    alone = request("map", dataset=review)
    assert isinstance(both, Grid)
    assert isinstance(alone, Grid)
    for place, cell in alone.cells.items():
        assert (both.cells[place].symbol, both.cells[place].counts) == (cell.symbol, cell.counts)
    # The bundled effects have no samples, so no arrow shows any.
    assert not both.arrows


def commands() -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("line", commands())
def test_the_commands_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if line.endswith(".svg"):
        need_figures()
    if line.endswith(".docx"):
        need_documents("pypandoc")
    monkeypatch.chdir(ROOT)
    program, *words = shlex.split(line)
    assert program == "ruralsyn"
    # Into another folder: a test leaves no files behind.
    if "-o" in words:
        words[-1] = str(tmp_path / Path(words[-1]).name)
    assert run(words) == 0


def test_the_picture_is_what_the_command_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_figures()
    monkeypatch.chdir(ROOT)
    words = next(line for line in commands() if line.endswith("review-example.svg")).split()[1:-1]
    made = [tmp_path / name for name in ("one.svg", "two.svg")]
    for path in made:
        assert run([*words, str(path)]) == 0
    # The same bytes each time.
    assert made[0].read_bytes() == made[1].read_bytes()
    kept = ROOT / "docs" / "review-example.svg"
    if os.environ.get("RURALSYN_UPDATE"):
        kept.write_bytes(made[0].read_bytes())
    # The shapes may differ between versions of Matplotlib; the words and the colours may not.
    pattern = r">([^<>]+)</text>|fill: (#\w+)"
    kept_words, words_made = (
        re.findall(pattern, path.read_text(encoding="utf-8")) for path in (kept, made[0])
    )
    assert kept_words == words_made
