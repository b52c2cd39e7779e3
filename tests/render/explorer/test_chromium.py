"""The behaviour of the interactive page in Chromium."""

from __future__ import annotations

import base64
import re

import pytest

import ruralsyn
from ruralsyn.evidence.filters import Filter
from tests.render.explorer.browser import Explorer, violations

ROWS = {
    "Latin America": [
        "Colombia: FEST + UNIDOS",
        "Colombia: PPP",
        "Mexico: PROINPRO + PDP",
        "Peru: Juntos + Haku Wiñay",
    ],
    "Africa": [
        "Ethiopia: PSNP + IN-SCT",
        "Lesotho: CGP + SPRINGS",
        "Mali: Nioro Cash+",
        "Zambia: CASU + HGSE",
    ],
}
COLUMNS = ["Productive", "Income and poverty", "Food and education", "Finances and risks", "Psychosocial"]


def test_everything_shows_at_first(page: Explorer) -> None:
    assert page.rows == [*ROWS["Latin America"], *ROWS["Africa"]]
    assert page.columns == COLUMNS
    assert page.status == "Showing all 8 rows, 5 columns and 48 effects."
    assert "never changes the arrow or the counts" in page.find("#promise").text
    assert page.shown("#nothing, #active") == []
    assert page.find("#status").get_attribute("role") == "status"


@pytest.mark.parametrize(
    ("facet", "options", "rows", "columns", "same"),
    [
        ("Region", ["Africa"], ROWS["Africa"], COLUMNS, Filter(regions=("africa",))),
        (
            "Country",
            ["Peru", "Mali"],
            ["Peru: Juntos + Haku Wiñay", "Mali: Nioro Cash+"],
            COLUMNS,
            Filter(countries=("peru", "mali")),
        ),
        ("Coordination", ["Not analysed"], ["Zambia: CASU + HGSE"], COLUMNS, Filter(cases=("zambia-casu",))),
        (
            "Domain",
            ["Finances and risks"],
            [*ROWS["Latin America"], *ROWS["Africa"]],
            ["Finances and risks"],
            Filter(domains=("finance",)),
        ),
        (
            "Benefit",
            ["Unfavourable"],
            [*ROWS["Latin America"], *ROWS["Africa"]],
            COLUMNS,
            Filter(benefits=("unfavourable",)),
        ),
    ],
)
def test_each_filter(
    page: Explorer, facet: str, options: list[str], rows: list[str], columns: list[str], same: Filter
) -> None:
    effects = len(ruralsyn.select_effects(ruralsyn.load(), same))
    before = page.counts()
    page.tick(facet, *options)
    assert page.rows == rows
    assert page.columns == columns
    assert page.status == (
        f"Showing {len(rows)} of 8 rows, {len(columns)} of 5 columns and {effects} of 48 effects."
    )
    assert page.shown("#active") == [f"Filtered by {facet}: {' or '.join(options)}."]
    assert len(page.open_list()) == effects
    assert page.counts() == before


def test_filters_combine_and_reset(page: Explorer) -> None:
    before = page.counts()
    page.tick("Region", "Africa")
    page.tick("Coordination", "Intentional")
    page.tick("Domain", "Finances and risks", "Productive")
    page.tick("Benefit", "Unclear")
    assert page.rows == ROWS["Africa"][:3]
    assert page.columns == ["Productive", "Finances and risks"]
    assert page.status == "Showing 3 of 8 rows, 2 of 5 columns and 3 of 48 effects."
    assert page.counts() == before
    page.find("button[type=reset]").click()
    assert page.status == "Showing all 8 rows, 5 columns and 48 effects."
    assert page.shown("#active, .miss") == []
    assert len(page.rows) == 8


def test_a_cell_without_a_matching_effect_is_marked_in_words(page: Explorer) -> None:
    page.tick("Benefit", "Unclear")
    missed = page.cell("Ethiopia: PSNP + IN-SCT, Productive: favourable")
    assert missed.text.split("\n") == ["4 good", "no match"]
    assert str(missed.get_attribute("aria-label")).endswith("; no effect matches the filters")
    kept = page.cell("Lesotho: CGP + SPRINGS, Finances and risks")
    assert kept.text == "1 good †, 3 unclear"
    assert "match" not in str(kept.get_attribute("aria-label"))
    kept.click()
    assert page.find("#panel-text").text == (
        "favourable, 1 favourable, 3 unclear, not every sign is printed; 3 of 4 effects shown."
    )
    assert len(page.shown("#panel-list li")) == 3


def test_nothing_that_matches_is_said_in_words(page: Explorer) -> None:
    page.tick("Region", "Africa")
    page.tick("Country", "Peru")
    assert page.shown("#nothing") == ["Nothing matches these filters."]
    assert page.status == "Showing 0 of 8 rows, 5 of 5 columns and 0 of 48 effects."
    assert page.shown("#map") == []
    page.find("button[type=reset]").click()
    page.tick("Country", "Mexico")
    assert page.shown("#nothing") == ["No effect matches these filters."]
    assert page.rows == ["Mexico: PROINPRO + PDP"], "a case without effects is still shown"
    assert page.shown("#map td") == ["no effects given"] * 5


def test_choosing_a_cell_with_the_keyboard_alone(page: Explorer) -> None:
    from selenium.webdriver.common.keys import Keys

    page.js("document.querySelector('button[type=reset]').focus()")
    name = "Colombia: PPP, Productive: conflicting, 2 favourable, 1 unfavourable, depends on a missing sign"
    # The buttons and the region of the map come first; the map is one stop.
    for _ in range(4):
        page.press(Keys.TAB)
    assert page.focused().startswith("Colombia: FEST + UNIDOS, Productive")
    page.press(Keys.ARROW_DOWN)
    cell = page.cell(name)
    assert page.focused() == name
    assert cell.get_attribute("aria-expanded") == "false"
    assert page.find(f"#{cell.get_attribute('aria-controls')}").is_displayed()
    page.press(Keys.ENTER)
    assert cell.get_attribute("aria-expanded") == "true"
    assert page.focused() == "panel-title"
    assert page.find("#panel-title").text == "Colombia: PPP, Productive"
    assert page.shown("#panel-list li strong") == [
        "Productive assets",
        "Livestock products",
        "Food crop products",
    ]
    facts = page.shown("#panel-list li:last-child dt")
    assert {"Intervention", "Sign", "Why", "Source"} <= set(facts)
    assert "GR productive ¶5" in page.find("#panel-list li:last-child").text
    page.press(Keys.TAB)
    page.press(Keys.ESCAPE)
    assert page.focused() == name
    assert cell.get_attribute("aria-expanded") == "false"
    assert page.shown("#panel li, #close") == []
    page.press(Keys.SPACE)
    assert page.focused() == "panel-title"


def test_arrow_keys_move_between_the_cells_that_hold_something(page: Explorer) -> None:
    from selenium.webdriver.common.keys import Keys

    page.js("arguments[0].focus()", page.cell("Colombia: FEST + UNIDOS, Productive"))
    for key, place in (
        (Keys.ARROW_RIGHT, "Colombia: FEST + UNIDOS, Food and education"),
        (Keys.ARROW_DOWN, "Colombia: PPP, Food and education"),
        (Keys.ARROW_DOWN, "Lesotho: CGP + SPRINGS, Food and education"),
        (Keys.ARROW_LEFT, "Lesotho: CGP + SPRINGS, Income and poverty"),
        (Keys.ARROW_UP, "Peru: Juntos + Haku Wiñay, Income and poverty"),
        (Keys.ARROW_RIGHT, "Peru: Juntos + Haku Wiñay, Psychosocial"),
        (Keys.ARROW_RIGHT, "Peru: Juntos + Haku Wiñay, Psychosocial"),
    ):
        page.press(key)
        assert page.focused().startswith(f"{place}:")


def test_a_cell_opens_and_closes_with_the_mouse(page: Explorer) -> None:
    first, second = page.cell("Colombia: PPP, Productive"), page.cell("Mali: Nioro Cash+, Psychosocial")
    first.click()
    second.click()
    assert first.get_attribute("aria-expanded") == "false"
    assert page.find("#panel-title").text == "Mali: Nioro Cash+, Psychosocial"
    second.click()
    assert page.find("#panel-title").text == "Details"
    first.click()
    page.find("#close").click()
    assert page.focused().startswith("Colombia: PPP, Productive:")
    first.click()
    page.tick("Region", "Africa")
    assert page.shown("#panel li") == [], "the details of a hidden cell are hidden too"


def test_every_cell_shows_the_effects_that_the_list_holds(page: Explorer, urls: dict[str, str]) -> None:
    for name, effects in (("domain", 48), ("outcome", 48), ("groups", 48)):
        page.open(urls[name])
        script = (
            "return [...document.querySelectorAll('button.cell')].flatMap(b => { b.click();"
            " return [...document.querySelectorAll('#panel-list li strong')].map(s => s.textContent); })"
        )
        assert len(page.js(script)) == effects


def test_headings_of_row_groups_go_with_their_rows(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["groups"])
    assert page.shown("#map th[scope=rowgroup]") == ["Latin America", "Africa"]
    page.tick("Country", "Mali")
    assert page.shown("#map th[scope=rowgroup]") == ["Africa"]


def test_without_javascript_all_of_it_is_there(page: Explorer) -> None:
    page.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open()
        link = page.find('a.cell[aria-label^="Colombia: PPP, Productive:"]')
        assert page.shown("#controls, #panel") == []
        findings = sum(len(case.findings) for case in ruralsyn.load().cases.values())
        assert len(page.shown(".all li")) == 48 + findings
        assert page.shown("noscript p")
        link.click()
        assert page.driver.current_url.endswith("#cell=colombia-ppp.productive")
        assert "Food crop products" in page.find(".behind:target").text
        page.js("scrollTo(0, 0)")
        page.find("a.name[href='#row=mali-cash-plus']").click()
        assert "Nioro" in page.find(".behind:target").text
    finally:
        page.cdp("Emulation.setScriptExecutionDisabled", value=False)


def pages_on_paper(page: Explorer) -> int:
    """How many pages the browser prints."""
    printed = base64.b64decode(page.cdp("Page.printToPDF", preferCSSPageSize=True)["data"])
    return len(re.findall(rb"/Type /Page\b", printed))


def on_paper(page: Explorer, selector: str) -> list[str]:
    """The texts of the matching elements that are printed."""
    page.cdp("Emulation.setEmulatedMedia", media="print")
    try:
        return page.shown(selector)
    finally:
        page.cdp("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("name", ["domain", "groups", "review"])
def test_the_map_is_printed_on_one_page(page: Explorer, urls: dict[str, str], name: str) -> None:
    page.open(urls[name])
    assert pages_on_paper(page) == 1
    page.find("button.cell").click()
    assert pages_on_paper(page) == 1


def test_paper_gets_the_map_as_filtered_without_controls(page: Explorer) -> None:
    page.tick("Region", "Africa")
    page.cell("Mali: Nioro Cash+, Psychosocial").click()
    assert pages_on_paper(page) == 1
    assert on_paper(page, "#map th[scope=row]") == ROWS["Africa"]
    assert on_paper(page, "#status, #active") == [
        "Showing 4 of 8 rows, 5 of 5 columns and 23 of 48 effects.",
        "Filtered by Region: Africa.",
    ]
    assert len(on_paper(page, ".legend dd, #reading li, .source")) >= 8
    assert on_paper(page, "input, button:not(.cell, .name), #panel, summary, .skip, #promise, #all") == []


def test_a_list_that_a_reader_opened_is_printed_behind_the_map(page: Explorer) -> None:
    page.tick("Region", "Africa")
    page.open_list()
    assert len(on_paper(page, "#all li")) == 23
    assert pages_on_paper(page) > 1


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", ["domain", "outcome", "groups"])
def test_the_page_fits_the_window_and_the_map_scrolls_in_its_region(
    page: Explorer, urls: dict[str, str], name: str, width: int
) -> None:
    page.open(urls[name], width=width)
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    assert page.find("#map-region").get_attribute("tabindex") == "0"
    assert page.find("#filter-box").get_attribute("open") == (None if width < 768 else "true")


def test_a_map_of_eight_columns_grows_with_its_rows(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["outcome"], width=1300)
    assert len(page.columns) == 8
    assert len(page.rows) == 39
    assert page.js(
        "const box = document.getElementById('map-region');"
        "return [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]"
    ) == [0, 0]
    # All of it is part of the page, which scrolls.
    assert page.js("return document.getElementById('map').offsetHeight") > 2 * 900


def sticks(page: Explorer, selector: str) -> list[float]:
    """The top of the matching elements in the window, before and after the page scrolls into the map."""
    top = f"return document.querySelector('{selector}').getBoundingClientRect().top"
    page.js("scrollTo(0, 0)")
    before: float = page.js(top)
    page.js(
        "document.querySelectorAll('#map tr.row')[arguments[0]].scrollIntoView({block: 'start'})",
        len(page.rows) // 2,
    )
    return [before, page.js(top)]


@pytest.mark.parametrize("name", ["outcome", "groups"])
def test_heads_stay_in_sight_while_the_page_scrolls(page: Explorer, urls: dict[str, str], name: str) -> None:
    page.open(urls[name], width=1300, height=600)
    before, after = sticks(page, "#map thead th.column")
    # They have left their place and not the window.
    assert before > 100
    assert after == 0
    assert page.js("return scrollY") > before
    # They lie above the rows that pass below them.
    on_top = page.js(
        "const box = document.querySelector('#map thead th.column').getBoundingClientRect();"
        "const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];"
        "return document.elementFromPoint(x, y).closest('thead') !== null"
    )
    assert on_top is True
    assert page.js("return getComputedStyle(document.querySelector('#map thead th')).position") == "sticky"


def test_a_map_with_more_columns_scrolls_in_a_box_and_keeps_its_heads(
    page: Explorer, urls: dict[str, str]
) -> None:
    page.open(urls["wide"], width=1300, height=900)
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    # The box scrolls, so the heads and the names of the rows stick to it.
    gaps = page.js(
        "const box = document.getElementById('map-region');"
        "box.scrollTo(200, 400);"
        "const frame = box.getBoundingClientRect();"
        "const head = document.querySelector('#map thead th.column').getBoundingClientRect();"
        "const name = document.querySelector('#map .row th').getBoundingClientRect();"
        "return [box.scrollTop, box.scrollLeft, head.top - frame.top, name.left - frame.left]"
    )
    assert gaps == [400, 200, 0, 0]


def test_a_cell_without_an_arrow_says_in_words_what_it_holds(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["outcome"])
    script = (
        "return [...document.querySelectorAll('.cell')].filter(cell => !cell.querySelector('svg'))"
        ".map(cell => cell.innerText.trim())"
    )
    words = page.js(script)
    assert len(words) > 5
    assert set(words) == {"unclear", "simulated"}
    # One effect with a clear direction needs no more than its arrow.
    alone = page.cell("Savings, Colombia: FEST + UNIDOS")
    assert alone.find_elements("css selector", "svg")
    page.open(urls["domain"])
    assert page.cell("Colombia: PPP, Productive").text == "2 good, 1 bad ?"
    assert set(page.shown("#map td.blank")) == {"not reported", "no effects given"}


def test_hostile_text_stays_text(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["hostile"])
    page.find("button.cell").click()
    assert page.shown("#panel li strong")[0].startswith("Title of a1</script><img src=x onerror=alert(1)>")
    assert (
        page.js("return document.querySelectorAll('img, main script:not(#data), [onload], [onerror]').length")
        == 0
    )
    page.find("[type=checkbox]").click()
    assert page.status.startswith("Showing 1 of 3 rows")


def test_an_empty_grid_runs_without_a_map(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["empty"])
    assert page.shown("main p")[0] == "No rows match."


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("domain", 1280),
        ("domain", 360),
        ("outcome", 360),
        ("outcome", 1300),
        ("review", 1280),
        ("review", 360),
        ("small", 1280),
        ("small", 360),
    ],
)
def test_nothing_stands_in_the_way_of_anyone(
    page: Explorer, urls: dict[str, str], name: str, width: int
) -> None:
    page.open(urls[name], width=width)
    assert violations(page) == []
    page.find("button.cell").click()
    if width < 768:
        page.find("#filter-box summary").click()
    page.find("fieldset[data-of=detail] label:last-of-type").click()
    if name == "small":
        assert page.open_list()
    assert page.shown("#panel .details")
    assert page.shown(".miss")
    assert violations(page) == []
