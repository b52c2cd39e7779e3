"""The search of the interactive page, in Chromium."""

from __future__ import annotations

import unicodedata

import pytest

import ruralsyn
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.grid import Detail, Grid
from ruralsyn.page.text import text_of
from ruralsyn.views.evidence_map import evidence_map
from tests.render.explorer.browser import Explorer


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def says(detail: Detail, names: list[str], words: list[str]) -> bool:
    facts = [part for name, value in detail.facts for part in (name, text_of(value))]
    text = plain(" ".join((*names, detail.title, text_of(detail.value), *facts)))
    return all(word in text for word in words)


def found(grid: Grid, query: str) -> tuple[int, int]:
    """How many effects and findings have all words, worked out without the page."""
    words = plain(query).split()
    rows, columns = ({line.id: line.label for line in lines} for lines in (grid.rows, grid.columns))
    effects = [
        detail
        for (row, column), cell in grid.cells.items()
        for detail in cell.details
        if says(detail, [rows[row], columns[column]], words)
    ]
    background = grid.background.value
    findings = {
        detail.id
        for row, details in background.of_rows.items()
        for detail in details
        if says(detail, [rows[row]], words)
    }
    return len(effects), len(findings)


@pytest.fixture(scope="module")
def grid() -> Grid:
    return evidence_map(Selection(ruralsyn.load()))


@pytest.mark.parametrize(
    "query", ["loans", "MINISTRY local", "haku winay", "Wiñay skills", "peru", "a", "informal mechanism"]
)
def test_a_search_finds_what_has_all_words_and_counts_it(page: Explorer, grid: Grid, query: str) -> None:
    effects, findings = found(grid, query)
    assert effects + findings
    page.search(query)
    assert page.status.endswith(f" {effects} of 48 effects and {findings} of 124 findings.")
    assert page.shown("#active") == [f"Filtered by search: “{query}”."]


def test_a_search_hides_cases_without_a_match_and_marks_the_cells(page: Explorer) -> None:
    before = page.counts()
    page.search("loans")
    assert page.rows == ["Colombia: FEST + UNIDOS", "Colombia: PPP", "Lesotho: CGP + SPRINGS"]
    assert page.counts() == before
    assert page.cell("Colombia: PPP, Productive").text.endswith("no match")
    kept = page.cell("Lesotho: CGP + SPRINGS, Finances and risks")
    assert "match" not in kept.text
    kept.click()
    assert page.find("#panel-text").text.endswith("; 2 of 4 effects shown.")
    assert len(page.shown("#panel-list li")) == 2
    page.search("")
    assert page.status == "Showing all 8 rows, 5 columns and 48 effects."
    assert page.shown(".miss") == []


def test_the_name_of_a_case_says_how_many_findings_match(page: Explorer, grid: Grid) -> None:
    page.search("ministry")
    effects, _ = found(grid, "ministry")
    assert effects == 0
    notes = page.shown("#map .hits")
    assert len(notes) == len(page.rows) > 0
    assert page.shown("#nothing")[0].startswith("No effect matches these filters, but ")
    name = page.find("#map tr.row:not([hidden]) .name")
    name.click()
    number = int(notes[0].split()[0])
    assert len(page.shown("#panel-list li")) == number
    assert page.find("#panel-text").text.startswith(f"{number} of ")


def test_search_and_filters_narrow_each_other(page: Explorer) -> None:
    page.tick("Country", "Lesotho")
    page.search("loans")
    assert page.rows == ["Lesotho: CGP + SPRINGS"]
    page.find("button[type=reset]").click()
    assert page.find("#search").get_attribute("value") == ""
    assert len(page.rows) == 8


def test_what_is_nowhere_is_said(page: Explorer) -> None:
    page.search("zzz")
    assert page.shown("#nothing") == ["Nothing matches these filters."]
    assert page.status == "Showing 0 of 8 rows, 5 of 5 columns, 0 of 48 effects and 0 of 124 findings."


def test_a_remark_that_rows_share_counts_once(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["small"])
    page.search("REMARK")
    assert page.status == "Showing 2 of 3 rows, 2 of 2 columns, 0 of 4 effects and 2 of 2 remarks."
    page.search("remark lead")
    assert page.rows == ["Row A\n1 remark"]


def test_findings_are_found_where_the_cases_are_columns(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["outcome"])
    page.search("haku winay ministry")
    assert page.columns[0].startswith("Peru: Juntos + Haku Wiñay")
    assert len(page.columns) == 1
    page.find("thead th:not([hidden]) .name").click()
    assert page.find("#panel-title").text == "Peru: Juntos + Haku Wiñay"
