"""The panel of the interactive page and the keyboard, in Chromium."""

from __future__ import annotations

import pytest

import ruralsyn
from tests.render.explorer.browser import Explorer

FIRST = "Colombia: FEST + UNIDOS, Productive"


def test_a_cell_has_the_headline_findings_of_its_case_with_their_places(page: Explorer) -> None:
    case = ruralsyn.load().cases["mali-cash-plus"]
    headlines = [finding for finding in case.findings.values() if finding.headline]
    page.cell("Mali: Nioro Cash+, Psychosocial").click()
    texts = page.shown("#panel-remarks li")
    assert len(texts) == len(headlines) == 5
    assert all(any(finding.text in text for text in texts) for finding in headlines)
    assert all("Source\nIA " in text and "¶" in text for text in texts)
    assert page.shown("#panel-remarks h3") == ["Findings: Mali: Nioro Cash+"]
    assert page.shown("#panel-remarks > p") == [
        f"{len(case.findings) - 5} more. Read all {len(case.findings)} findings"
    ]
    page.find("#panel-remarks button").click()
    assert page.find("#panel-title").text == "Mali: Nioro Cash+"
    assert page.find("#panel-text").text == f"{len(case.findings)} findings."
    assert len(page.shown("#panel-list li")) == len(case.findings)
    assert page.shown("#panel-remarks li, #panel-remarks h3") == []
    assert page.focused() == "panel-title"


def test_a_case_without_findings_has_none_to_select(page: Explorer) -> None:
    page.cell("Zambia: CASU + HGSE, Productive").click()
    assert page.find("#panel-remarks").text == ""
    assert page.shown("#map .name")[-1].startswith("Mali")


def test_a_name_opens_and_closes_with_the_keyboard(page: Explorer) -> None:
    from selenium.webdriver.common.keys import Keys

    page.js("arguments[0].focus()", page.cell("Mali: Nioro Cash+, Productive"))
    page.press(Keys.ARROW_LEFT)
    assert page.focused() == "Mali: Nioro Cash+"
    page.press(Keys.ENTER)
    assert page.find("#panel-title").text == "Mali: Nioro Cash+"
    name = page.find("#map tr.row .name[aria-expanded=true]")
    assert name.text == "Mali: Nioro Cash+"
    page.press(Keys.ESCAPE)
    assert page.focused() == "Mali: Nioro Cash+"
    assert name.get_attribute("aria-expanded") == "false"


def test_a_case_that_is_a_column_opens_too(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["outcome"])
    page.find("#map thead .name").click()
    assert page.find("#panel-title").text == "Colombia: FEST + UNIDOS"
    assert len(page.shown("#panel-list li")) == 16
    page.find("button.cell").click()
    assert page.shown("#panel-remarks h3") == ["Findings: Colombia: FEST + UNIDOS"]


def test_the_map_is_one_stop_for_the_tab_key(page: Explorer) -> None:
    stops = "return [...document.querySelectorAll('#map button')].filter(b => b.tabIndex === 0).length"
    assert page.js(stops) == 1
    page.js("arguments[0].focus()", page.cell("Mali: Nioro Cash+, Productive"))
    assert page.js(stops) == 1
    assert page.cell("Mali: Nioro Cash+, Productive").get_attribute("tabindex") == "0"
    # A stop that a filter hides passes to another one.
    page.tick("Region", "Latin America")
    assert page.js(stops) == 1
    assert page.cell(FIRST).get_attribute("tabindex") == "0"


def test_home_and_end_move_in_the_row_and_with_control_in_the_map(page: Explorer) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    def control(key: str) -> None:
        ActionChains(page.driver).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    page.js("arguments[0].focus()", page.cell("Mali: Nioro Cash+, Food and education"))
    page.press(Keys.END)
    assert page.focused().startswith("Mali: Nioro Cash+, Psychosocial")
    page.press(Keys.HOME)
    assert page.focused() == "Mali: Nioro Cash+"
    control(Keys.HOME)
    assert page.focused() == "Colombia: FEST + UNIDOS"
    control(Keys.END)
    assert page.focused().startswith("Zambia: CASU + HGSE, Food and education")
    page.tick("Domain", "Productive")
    page.js("arguments[0].focus()", page.cell(FIRST))
    control(Keys.END)
    assert page.focused().startswith("Zambia: CASU + HGSE, Productive")


@pytest.mark.parametrize("keys", ["\ue00a\ue013", "\ue008\ue013"])  # Alt or Shift with the arrow up.
def test_keys_that_are_the_browsers_stay_so(page: Explorer, keys: str) -> None:
    page.js("arguments[0].focus()", page.cell("Mali: Nioro Cash+, Productive"))
    page.press(keys)
    assert page.focused().startswith("Mali: Nioro Cash+, Productive")
