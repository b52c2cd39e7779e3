"""What the interactive page copies and saves, in Chromium."""

from __future__ import annotations

import csv
import io
import time
from html import escape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import ruralsyn
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.render.delimited import render_csv
from ruralsyn.render.screen import Screen
from ruralsyn.views.effects import effects_table
from tests.render.explorer.browser import Explorer


def saved(page: Explorer, folder: Path, name: str = "effects.csv") -> str:
    """The text of the file that the page saves."""
    page.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    page.find("#save").click()
    path = folder / name
    end = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < end, "nothing was saved"
        time.sleep(0.02)
    return path.read_bytes().decode("utf-8")


def copied(page: Explorer) -> str:
    """The Markdown that the page copies, caught on its way to the clipboard."""
    page.js(
        "Object.defineProperty(navigator, 'clipboard',"
        "{value: {writeText: async text => { window.written = text; }}})"
    )
    page.find("#copy").click()
    page.wait("window.written && document.getElementById('done').textContent")
    assert page.find("#done").text == "Copied the map as Markdown."
    text: str = page.js("return window.written")
    return text


def cells_of(markdown: str) -> list[list[str]]:
    """The rows of the table in a text, as a reader of Markdown sees them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inside = [token for token in tokens if token.type in ("tr_open", "inline")]
    rows: list[list[str]] = []
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and tokens[number - 1].type in ("th_open", "td_open"):
            rows[-1].append("".join(child.content or "\n" for child in token.children or ()))
    assert inside
    return rows


def test_the_csv_of_everything_is_that_of_the_program(page: Explorer, tmp_path: Path) -> None:
    program = render_csv(effects_table(Selection(ruralsyn.load())), Screen())
    assert saved(page, tmp_path) == program
    assert page.find("#done").text == "Saved 48 effects as effects.csv."


def test_the_csv_has_what_is_shown(page: Explorer, tmp_path: Path) -> None:
    page.tick("Region", "Africa")
    page.tick("Domain", "Finances and risks")
    page.tick("Benefit", "Unclear")
    chosen = Filter(regions=("africa",), domains=("finance",), benefits=("unclear",))
    program = render_csv(effects_table(Selection(ruralsyn.load(), chosen)), Screen())
    assert saved(page, tmp_path) == program
    assert program.count("\n") > 2


def test_values_with_quotes_commas_and_line_breaks_come_through(
    page: Explorer, urls: dict[str, str], tmp_path: Path
) -> None:
    page.open(urls["small"])
    rows = list(csv.reader(io.StringIO(saved(page, tmp_path))))
    assert rows == [
        ["key", "text"], ["a1", "good, or so"], ["b1", 'say "bad"'], ["b2", "two\nlines"], ["c1", ""],
    ]  # fmt: skip


def test_the_markdown_has_the_rows_and_columns_shown(page: Explorer) -> None:
    page.tick("Country", "Peru", "Mali")
    page.tick("Domain", "Productive", "Finances and risks")
    text = copied(page)
    assert cells_of(text) == [
        ["Case", "Productive", "Finances and risks"],
        ["Peru: Juntos + Haku Wiñay", "▲ 1 good", "not reported"],
        ["Mali: Nioro Cash+", "▲ 1 good", "not reported"],
    ]
    assert text.startswith("**Evidence map: good and bad effects by domain and case**\n")
    assert "Filtered by Country: Peru or Mali; Domain: Productive or Finances and risks." in text
    assert "▲ = at least 70 % of the clear effects are good; not reported = " in text
    assert "†" not in text, "no mark is explained that no cell shown has"
    assert text.rstrip().rpartition("\n")[2].startswith("Source: ")


def test_groups_have_a_column(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["groups"])
    rows = cells_of(copied(page))
    assert rows[0][:2] == ["Region", "Case"]
    assert rows[1][:2] == ["Latin America", "Colombia: FEST + UNIDOS"]
    assert {len(row) for row in rows} == {7}


def test_what_a_reader_typed_stays_text_in_markdown(page: Explorer) -> None:
    query = "<b>a</b> | `x` *y* [z](u) &lt; #1 $2"
    page.search(query)
    text = copied(page)
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert escape(f"Filtered by search: “{query}”.") in html
    assert len(cells_of(text)) == 1


def test_hostile_text_stays_text_in_markdown(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["hostile"])
    rows = cells_of(copied(page))
    assert len(rows) == 4
    assert "</script><img src=x onerror=alert(1)>" in rows[1][1]


@pytest.mark.parametrize("allowed", [True, False])
def test_without_a_clipboard_the_text_is_copied_or_selected(page: Explorer, allowed: bool) -> None:
    page.js(
        "const allowed = arguments[0]; document.execCommand = () => allowed;"
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})",
        allowed,
    )
    page.find("#copy").click()
    page.wait("document.getElementById('done').textContent")
    if allowed:
        assert page.find("#done").text == "Copied the map as Markdown."
        assert page.shown("#copied") == []
        assert page.focused() == "copy"
    else:
        assert "press Ctrl+C" in page.find("#done").text
        selected = page.js(
            "const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd)"
        )
        assert selected.startswith("**Evidence map")
        assert selected.endswith("\n")
    assert page.find("#done").get_attribute("role") == "status"
