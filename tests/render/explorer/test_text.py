"""The text of the interactive page, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from ruralsyn.page.text import visible
from ruralsyn.render import explorer
from ruralsyn.render.explorer import render_explorer
from ruralsyn.render.formats import FORMATS
from tests.render.explorer.grids import HOSTILE, bundled_html, hostile_grid, small_grid


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.raw: dict[str, str] = {}
        self.feed(html)
        self.data: dict[str, Any] = json.loads(self.raw.pop("data", "null"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = "data" if tag == "script" and ("id", "data") in attrs else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside if tag not in (self._inside, "script") else ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("style", "script", "data"):
            self.raw[self._inside] = self.raw.get(self._inside, "") + data
        else:
            self.text += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = attributes.items()
        return [held for name, held in self.tags if name == tag and wanted <= held.items()]


@pytest.fixture(scope="module")
def small() -> Page:
    return Page(render_explorer(small_grid()))


def test_the_html_format_shows_a_grid_as_this_page() -> None:
    assert FORMATS["html"].render(small_grid()) == render_explorer(small_grid())


def test_the_map_is_a_table_with_heads_captions_and_row_groups(small: Page) -> None:
    assert [head["scope"] for head in small.all("th")] == [
        *["col"] * 3, "rowgroup", "row", "row", "rowgroup", "row",
    ]  # fmt: skip
    assert len(small.all("caption")) == len(small.all("h1")) == len(small.all("main")) == 1
    assert small.all("html") == [{"lang": "en"}]
    assert "Place" in small.text, "the corner names the rows"


def test_cells_link_to_their_details_and_blanks_say_which_blank_they_are(small: Page) -> None:
    links = [(link["href"], link["aria-label"]) for link in small.all("a", **{"class": "cell"})]
    assert links == [
        ("#cell=a.x", "Row A, Column X: good, 2 good"),
        ("#cell=b.x", "Row B, Column X: bad, 1 bad"),
        ("#cell=b.y", "Row B, Column Y: mixed, 1 good, 1 bad"),
        ("#cell=c.y", "Row C, Column Y: nothing clear, 1 vague"),
    ]
    ids = [held["id"] for _, held in small.tags if "id" in held]
    assert len(ids) == len(set(ids))
    assert {href[1:] for href, _ in links if href} <= set(ids)
    assert "not said" in small.text
    assert "not asked" in small.text


def test_details_carry_title_value_and_facts_with_places_and_notes(small: Page) -> None:
    for text in (
        "Title of a1",
        "says good",
        "NO yields ¶3",
        "worth (NO yields ¶3) But see below. (NO yields ¶3)",
    ):
        assert text in small.text


def test_each_facet_with_options_is_a_filter_of_rows_columns_or_details(small: Page) -> None:
    assert [held["data-of"] for held in small.all("fieldset")] == ["row", "column", "detail"]
    assert len(small.all("input", type="checkbox")) == 6
    assert "Nothing to choose" not in small.text


def test_legend_cautions_and_caption_stand_on_the_page(small: Page) -> None:
    for text in ("two good", "Take care.", "From notes."):
        assert text in small.text


def test_a_grid_without_rows_says_so() -> None:
    page = Page(render_explorer(replace(small_grid(), rows=(), cells={})))
    assert "No rows match." in page.text
    assert "From notes." in page.text
    assert not page.all("table")
    assert not page.all("fieldset")
    assert not page.all("a", href="#map-region")  # It would lead to a map that is not there.


def test_a_cell_that_is_missing_is_empty_and_breaks_nothing() -> None:
    page = Page(render_explorer(replace(small_grid(), cells={})))
    assert len(page.all("td")) == 6
    assert not page.all("a", **{"class": "cell"})


@pytest.mark.parametrize("by", ["domain", "outcome"])
def test_the_page_refers_to_nothing_outside_itself(by: str) -> None:
    html = bundled_html(by)
    page = Page(html)
    for tag, held in page.tags:
        for name in ("href", "src", "srcset", "data", "action", "poster", "formaction", "background"):
            value = held.get(name) or "#"
            assert value.startswith("#") or value == "data:,", f"<{tag} {name}={value}>"
        assert not [name for name in held if name.startswith("on")], f"<{tag}> has an inline handler"
        assert "style" not in held
    assert not re.search(r"https?:|@import|url\(", html)
    assert not re.search(r"""["'(=]\s*//""", html)
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import|eval|innerHTML)\b", page.raw["script"])


def test_the_policy_admits_the_pages_own_style_and_script_alone() -> None:
    page = Page(render_explorer(small_grid()))
    [policy] = [held["content"] for held in page.all("meta") if "http-equiv" in held]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_grid_holds_comes_through_as_text(text: str, small: Page) -> None:
    page = Page(render_explorer(hostile_grid(text)))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in small.tags]
    assert [sorted(held) for _, held in page.tags] == [sorted(held) for _, held in small.tags]
    assert page.text.count(text) >= 25
    assert page.raw == small.raw
    assert json.dumps(page.data, ensure_ascii=False).count(json.dumps(text)[1:-1]) >= 50


def test_a_map_with_too_many_details_for_a_list_says_so(monkeypatch: pytest.MonkeyPatch, small: Page) -> None:
    # The small grid has four details, and three remarks on two rows.
    monkeypatch.setattr(explorer, "MOST_LISTED", 7)
    assert Page(render_explorer(small_grid())).tags == small.tags
    monkeypatch.setattr(explorer, "MOST_LISTED", 6)
    page = Page(render_explorer(small_grid()))
    assert "so do the effects of this map, which are too many for a list." in page.text
    assert "Title of a1" not in page.text
    assert page.data == small.data
    # A link would lead nowhere.
    assert [link.get("href") for link in page.all("a", **{"class": "cell"})] == [None] * 4


def test_remarks_are_in_the_list_and_the_data(small: Page) -> None:
    assert small.text.count("A remark that is shared") == 2
    assert [remark["id"] for remark in small.data["rows"][0]["remarks"]] == ["r1", "r2"]
    assert [link["href"] for link in small.all("a", **{"class": "name"})] == ["#row=a", "#row=b"]


@pytest.mark.parametrize("text", ["</script>", "<!--", "<script>", "\u2028", '"', "\\", "\0"])
def test_the_data_stay_data_and_come_back(text: str) -> None:
    html = render_explorer(hostile_grid(text))
    block = html.partition('id="data">')[2].partition("</script>")[0]
    assert "<" not in block
    assert json.loads(block)["markdown"]["title"]
    assert json.loads(block)["rows"][0]["label"] == f"Row A{visible(text)}"
