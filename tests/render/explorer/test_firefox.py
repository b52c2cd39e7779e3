"""The interactive page in Firefox, from a file."""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import time
from collections.abc import Iterator

import pytest

import ruralsyn
from ruralsyn.evidence.selection import Selection
from ruralsyn.render.delimited import render_csv
from ruralsyn.render.screen import Screen
from ruralsyn.views.effects import effects_table
from tests.render.explorer.browser import absent
from tests.render.explorer.firefox import Firefox

HIDDEN_ROWS = "document.querySelectorAll('#map tr.row[hidden]').length"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        absent("firefox is not installed")
    if importlib.util.find_spec("websocket") is None:
        absent("the package websocket-client is not installed")
    started = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


@pytest.fixture
def page(firefox: Firefox, urls: dict[str, str]) -> Iterator[Firefox]:
    """The bundled map, freshly loaded. Fails a test that logs to the console."""
    firefox.messages.clear()
    firefox.open(urls["domain"])
    yield firefox
    firefox.js("1")  # Messages that are still on their way arrive before the answer.
    assert firefox.messages == []


def test_messages_of_the_console_are_seen(firefox: Firefox) -> None:
    firefox.js("console.warn('seen')")
    firefox.js("1")
    assert firefox.messages == ["seen"]
    firefox.messages.clear()


def test_the_page_opens(page: Firefox) -> None:
    assert page.text("#status") == "Showing all 8 rows, 5 columns and 48 effects."
    assert len(page.shown("#map tr.row")) == 8
    # The list for readers without JavaScript is text and no elements.
    assert page.js("document.querySelectorAll('noscript *').length") == 0


@pytest.mark.parametrize("name", ["outcome", "groups", "review", "small", "wide", "hostile", "empty"])
def test_each_kind_of_map_opens(page: Firefox, urls: dict[str, str], name: str) -> None:
    page.open(urls[name])
    assert page.shown("main")
    if name != "empty":
        page.click("button.cell")
        assert page.shown("#panel-list li")


def test_filters_and_the_address(page: Firefox, urls: dict[str, str]) -> None:
    page.click("[data-facet=region] [value=africa]")
    page.click("[data-facet=benefit] [value=unclear]")
    assert page.text("#status") == "Showing 4 of 8 rows, 5 of 5 columns and 4 of 48 effects."
    page.wait("location.hash === '#region=africa&benefit=unclear'")
    page.open(urls["domain"] + "#region=africa&q=loans&cell=lesotho-cgp.finance")
    assert page.text("#panel-title") == "Lesotho: CGP + SPRINGS, Finances and risks"
    page.js("location.hash = '#country=mali'")
    page.wait(f"{HIDDEN_ROWS} === 7")
    page.js("history.back()")
    page.wait("document.getElementById('search').value === 'loans'")
    page.click("[type=reset]")
    page.click("#close")
    page.wait("location.href.endsWith('.html')")


def test_the_search(page: Firefox) -> None:
    page.click("#search")
    page.press(*"HAKU winay")
    assert (
        page.text("#status") == "Showing 1 of 8 rows, 5 of 5 columns, 5 of 48 effects and 22 of 124 findings."
    )
    assert page.shown("#map .hits") == ["22 findings"]


def test_the_keyboard(page: Firefox) -> None:
    page.js("document.querySelector('button.cell').focus()")
    page.press("down", "end", "home", "right", "enter")
    assert page.text("#panel-title") == "Colombia: PPP, Productive"
    assert page.js("document.activeElement.id") == "panel-title"
    page.press("escape")
    assert page.js("document.activeElement.getAttribute('aria-label')").startswith(
        "Colombia: PPP, Productive"
    )
    assert page.text("#panel-title") == "Details"


def test_the_csv(page: Firefox) -> None:
    page.click("#save")
    path = page.downloads / "effects.csv"
    end = time.monotonic() + 10
    # Firefox makes an empty file first.
    while not path.exists() or not path.stat().st_size:
        assert time.monotonic() < end, "nothing was saved"
        time.sleep(0.05)
    text = path.read_bytes().decode("utf-8")
    assert text == render_csv(effects_table(Selection(ruralsyn.load())), Screen())
    assert len(list(csv.reader(text.splitlines()))) == 49


def test_the_copy(page: Firefox) -> None:
    page.click("#copy")
    page.wait("document.getElementById('done').textContent")
    assert page.text("#done") == "Copied the map as Markdown."
    # What is pasted is what was copied.
    page.click("#search")
    page.press("v", control=True)
    assert page.js("document.getElementById('search').value").startswith("**Evidence map")


def test_the_dark_style_is_only_where_it_is_asked_for(page: Firefox) -> None:
    dark = page.js("matchMedia('(prefers-color-scheme: dark)').matches")
    colour = page.js("getComputedStyle(document.body).backgroundColor")
    assert colour == ("rgb(21, 25, 28)" if dark else "rgb(255, 255, 255)")


def test_hostile_text_stays_text(page: Firefox, urls: dict[str, str]) -> None:
    page.open(urls["hostile"])
    foreign = json.dumps("img, main script:not(#data), [onload], [onerror]")
    assert page.js(f"document.querySelectorAll({foreign}).length") == 0
