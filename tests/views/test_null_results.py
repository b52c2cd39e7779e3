"""Null results and several effects on one outcome, in every command and format that shows effects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import load, request, rows_of
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import Summary
from ruralsyn.page.document import Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import PAPER

REVIEW = """
[briefs.abel]
title = "A study"

[countries.kenya]
iso2 = "KE"

[cases.first]
country = "kenya"
title = "First study"
source = ["abel"]
[cases.first.effects.savings]
direction = "none"
source = ["abel/p. 2"]
[cases.first.effects.income-of-women]
outcome = "household-income"
direction = "increase"
source = ["abel/p. 3"]
[cases.first.effects.income-of-men]
outcome = "household-income"
direction = "none"
source = ["abel/p. 3"]

[cases.second]
country = "kenya"
title = "Second study"
source = ["abel"]
[cases.second.effects.savings]
direction = "none"
source = ["abel/p. 4"]
[cases.second.effects.household-income]
direction = "decrease"
source = ["abel/p. 5"]
"""

RUNS: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("effects", (), {}),
    ("effects", (), {"by": "outcome", "full": True}),
    ("effects", (), {"directions": "none"}),
    ("effects", (), {"benefits": "no change"}),
    ("map", (), {}),
    ("map", (), {"by": "outcome", "full": True}),
    ("show", ("first", "first.savings", "savings"), {}),
    ("compare", ("first", "second"), {}),
    ("compare", ("first", "second"), {"full": True}),
    ("synthesis", (), {}),
    ("synthesis", (), {"sign_test": True, "swim": True, "full": True}),
    ("report", (), {}),
    ("report", ("first", "second"), {"full": True}),
    ("search", ("savings",), {}),
)
CODES = {
    "effects": "none",
    "map": "neutral",
    "show": "none",
    "compare": "none",
    "synthesis": "neutral",
    "report": "none",
}
"""The value or the column by which programs know a null result."""


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "own.toml"
    path.write_text(REVIEW, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def alone(review: Path) -> Dataset:
    return load(review, only=True)


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize(("command", "ids", "options"), RUNS)
def test_every_command_shows_them_in_every_format(
    review: Path, only: bool, command: str, ids: tuple[str, ...], options: dict[str, Any]
) -> None:
    content = request(command, *ids, dataset=load(review, only=only), **options)
    for name in COMMANDS[command].formats():
        if FORMATS[name].kind == "picture" or name in NEED_PROGRAMS:
            continue
        if FORMATS[name].one_table and isinstance(content, Document):
            continue
        text = str(FORMATS[name].render(content, PAPER))
        if command in CODES and FORMATS[name].kind == "programs":
            # A whole cell or value, not a word of a sentence.
            assert re.search(rf'[",\t]{CODES[command]}[",\t\n]', text), name
        else:
            assert "no change" in text, name


NEED_PROGRAMS = ("docx", "odt", "pdf", "xlsx")
"""Formats whose files are not text."""


def test_null_results_count_among_the_effects_of_a_case(alone: Dataset) -> None:
    table = request("cases", dataset=alone)
    assert isinstance(table, Table)
    assert [(row["case"], row["effects"]) for row in rows_of(table)] == [("first", 3), ("second", 2)]


def test_a_cell_of_null_results_says_that_nothing_changed(alone: Dataset) -> None:
    found = {(cell.case, cell.domain): cell for cell in Selection(alone).cells}
    assert found["first", "finance"].direction is Summary.NEUTRAL
    # One of the two clear effects is good, which is less than the majority.
    mixed = found["first", "income"]
    assert (mixed.direction, mixed.favourable, mixed.neutral) == (Summary.CONFLICTING, 1, 1)
    grid = request("map", dataset=alone, domains=["finance", "income"])
    assert isinstance(grid, Grid)
    assert grid.cells["first", "finance"].counts == "1 no change"
    assert grid.cells["first", "finance"].symbol == "sideways"
    assert grid.cells["first", "income"].counts == "1 good, 1 no change"


def test_a_cell_by_outcome_sums_up_all_of_its_effects(alone: Dataset) -> None:
    found = {(cell.case, cell.outcome): cell for cell in Selection(alone).cells_by_outcome}
    both = found["first", "household-income"]
    assert [effect.id for effect in both.effects] == ["income-of-women", "income-of-men"]
    assert (both.direction, both.favourable, both.neutral) == (Summary.CONFLICTING, 1, 1)


def test_a_comparison_has_all_effects_on_an_outcome(alone: Dataset) -> None:
    content = request("compare", "first", "second", dataset=alone, full=True)
    assert isinstance(content, Document)
    text = str(FORMATS["markdown"].render(content, PAPER))
    assert "▲ increase, favourable; = no change, neutral" in text
    assert "savings stayed the same in both" in text
    outcomes = next(table for table in content.tables() if table.id == "outcomes")
    assert rows_of(outcomes)[0] == {"cases": ["first", "second"], "outcomes": ["household-income", "savings"]}


def test_a_case_without_change_leaves_the_sign_test(alone: Dataset) -> None:
    table = request("synthesis", dataset=alone, sign_test=True, domains=["finance", "income"])
    assert isinstance(table, Table)
    finance = next(row for row in rows_of(table) if row["domain"] == "finance")
    assert (finance["conflicting"], finance["tested"], finance["neutral"]) == (0, 0, 2)
    income = next(row for row in rows_of(table) if row["domain"] == "income")
    assert (income["unfavourable"], income["conflicting"], income["tested"]) == (1, 1, 1)


def test_programs_get_a_last_column_of_null_results_where_there_are_any(
    alone: Dataset, bundled: Dataset
) -> None:
    for by in ("domain", "outcome"):
        grids = (request("map", dataset=dataset, by=by) for dataset in (alone, bundled))
        own, others = (
            [column.key for column in grid.data.columns] for grid in grids if isinstance(grid, Grid)
        )
        assert own == [*others[:-2], "neutral", *others[-2:]]


def test_filters_take_null_results_but_the_vocabulary_has_only_what_occurs(
    alone: Dataset, bundled: Dataset
) -> None:
    for dataset, occurs in ((alone, True), (bundled, False)):
        table = request("vocabulary", "direction", "benefit", dataset=dataset)
        assert isinstance(table, Table)
        assert ({"none", "neutral"} <= {row["value"] for row in rows_of(table)}) is occurs
    chosen = request("effects", dataset=alone, directions="no change")
    assert isinstance(chosen, Table)
    assert {row["effect"] for row in rows_of(chosen)} == {
        "first.savings",
        "first.income-of-men",
        "second.savings",
    }
    empty = request("effects", dataset=bundled, benefits="neutral")
    assert isinstance(empty, Table)
    assert not empty.rows


def test_nothing_speaks_of_null_results_where_there_are_none(bundled: Dataset) -> None:
    for command, options in (("map", {"full": True}), ("synthesis", {"full": True}), ("report", {})):
        content = request(command, dataset=bundled, **options)
        assert "no change" not in str(FORMATS["markdown"].render(content, PAPER))
