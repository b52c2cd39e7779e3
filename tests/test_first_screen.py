"""The first screen: how long it is, and whether its first sentence is the answer."""

from __future__ import annotations

from itertools import combinations

import pytest

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.page.document import Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen

from .conftest import Run

WIDTH = 80
LONGEST = {
    "effects -d finance": 26,
    "map": 28,
    "compare peru lesotho": 52,
    "show mali": 60,
}
"""The most lines that each of these commands may print on a terminal that nobody has made wider."""

ANSWERS = {
    "effects -d finance": (
        "Finances and risks: three of the seven cases with effects, in Colombia and Lesotho, report eight "
        "effects in all, of which four are favourable for the household (savings rose, informal loans fell "
        "in two cases, negative coping strategies fell), four unclear (could be good or bad) and none "
        "unfavourable; three of the four favourable ones lack a printed plus or minus sign (Rural Synergies, "
        "n.d., General results, finance ¶1–8; impact-evaluation ¶3)."
    ),
    "effects": (
        "The briefs report effects for seven of the eight cases: 46 effects, of which 36 are favourable for "
        "the household, two unfavourable and eight unclear (could be good or bad); ten of the 38 favourable "
        "or unfavourable ones lack a printed plus or minus sign, and it is open which way two of them went; "
        "two simulated effects are not counted (Rural Synergies, n.d., General results)."
    ),
    "effects mali": (
        "Mali: three effects, all favourable for the household (livestock production rose, food security "
        "rose, aspirations for children's education rose) (Rural Synergies, n.d., General results)."
    ),
    "effects -c zambia --outcome schooling": (
        "Zambia, schooling: one effect, which is unfavourable; the unfavourable one lacks a printed plus or "
        "minus sign, and it is open which way it went (Rural Synergies, n.d., General results, food-security "
        "¶8)."
    ),
    "effects zambia --simulated": (
        "Zambia, simulated effects only: two simulated effects, not counted (Rural Synergies, n.d., General "
        "results, impact-evaluation ¶4; income ¶7–8)."
    ),
    # What a filter for results leaves is no result.
    "effects -d income --direction increase": (
        "Income, poverty and local economic development, increases only: three of the seven cases with "
        "effects, in Peru, Lesotho and Zambia, report four effects in all; one simulated effect is not "
        "counted (Rural Synergies, n.d., General results, income ¶3–6, 8)."
    ),
    # Zambia's only one is simulated, so it reports none of the four.
    "effects --sign inferred": (
        "Sign inferred: four of the seven cases with effects, in Colombia, Peru and Lesotho, report four "
        "effects in all; one simulated effect is not counted (Rural Synergies, n.d., General results)."
    ),
    "map": (
        "Of 40 cells (eight cases, five domains), 21 are favourable, two conflicting and 17 blank; two "
        "depend on a missing sign (Rural Synergies, n.d., General results)."
    ),
    "compare peru lesotho": (
        "Peru reports five effects (four favourable, one unclear) and Lesotho nine (six favourable, three "
        "unclear); income rose in both; three of the ten favourable ones lack a printed plus or minus sign "
        "(Rural Synergies, n.d., General results)."
    ),
    "compare mexico mali": (
        "Mexico reports no effects and Mali three (all favourable); no outcome is reported in both (Rural "
        "Synergies, n.d., General results)."
    ),
    "compare mali peru -d finance": "Finances and risks: Mali reports no effects and Peru none.",
    "coordination lesotho": (
        "Lesotho: 19 findings on how institutions coordinated: seven mechanisms, four obstacles, three "
        "results and five on the context (Rural Synergies, n.d., Institutional analysis)."
    ),
    "synthesis": (
        "Cases in which at least 70 % of the clear effects are favourable, of the seven with effects: "
        "productive six, income and poverty four, food and education four, finances and risks three, "
        "psychosocial four; of the pairs of case and domain, two are conflicting and none is unfavourable "
        "(Rural Synergies, n.d., General results)."
    ),
    "search empowerment": (
        "Four records match 'empowerment': two lessons, one outcome and one effect (favourable)."
    ),
    "search savings": (
        "16 records match 'savings': four outcomes, four findings, three effects (one favourable, two "
        "unclear), two discrepancies, two lessons and one organisation."
    ),
}
"""The sentence that answers, which people copy. It has to be true when it is quoted alone."""


@pytest.mark.parametrize("line", LONGEST)
def test_the_first_screen_is_short(line: str, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    lines = ruralsyn_run(*line.split(), "-f", "table").out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert 10 < len(lines) <= LONGEST[line]


@pytest.mark.parametrize("line", ANSWERS)
def test_the_first_sentence_is_the_answer(line: str, ruralsyn_run: Run) -> None:
    assert ruralsyn_run(*line.split(), "-f", "markdown").out.splitlines()[3] == ANSWERS[line]


def test_a_map_by_outcome_that_has_no_room_for_cases_names_those_that_report(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled, by="outcome")
    assert isinstance(grid, Grid)
    wide, narrow = (str(FORMATS["table"].render(grid, Screen(width))).splitlines() for width in (160, WIDTH))
    assert len(narrow) <= len(wide) + 20
    assert "Livestock                                Ethiopia ▲; Zambia ▲" in narrow
    assert "Mexico" not in "".join(line for line in narrow if "▲" in line)
    # The short marks of blank cells are explained only where there are any.
    assert "· = not reported" not in "\n".join(narrow)
    arrows = "".join(wide).count("▲"), "".join(narrow).count("▲")
    assert arrows[0] == arrows[1] > 30


def test_an_empty_table_leaves_no_column_out(ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert "Left out" in ruralsyn_run("effects", "peru", "-f", "table").out
    assert "Left out" not in ruralsyn_run("effects", "mexico", "-f", "table").out


def test_a_comparison_explains_an_implied_level_only_where_it_has_one(bundled: Dataset) -> None:
    said = set()
    for pair in combinations(bundled.cases, 2):
        text = str(FORMATS["markdown"].render(request("compare", *pair, dataset=bundled)))
        assert ("| implied" in text) == ("Implied: the brief names no level" in text)
        said.add("| implied" in text)
    assert said == {True, False}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("command", ["effects", "coordination", "map"])
def test_a_table_reaches_markdown_with_its_rows_whole(command: str, full: bool, bundled: Dataset) -> None:
    """No table is split into parts with half of the columns each, which people would have to put together."""
    content = request(command, dataset=bundled, full=full, **({"by": "outcome"} if command == "map" else {}))
    assert isinstance(content, Table | Grid)
    rows = len((content.table if isinstance(content, Grid) else content).shown().rows)
    text = str(FORMATS["markdown"].render(content))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    heads = text.count("\n|--")
    assert len(lines) == rows + heads
