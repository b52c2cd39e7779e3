"""The interactive page: its text without a browser, and its behaviour in one."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

import ruralsyn
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.page.grid import Detail, Facet, Grid, GridCell, GridLine
from ruralsyn.page.values import Cite, Noted, Term
from ruralsyn.render.explorer import render_explorer
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.evidence_map import evidence_map

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "--><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)' x='",
    "{{ 7 * 7 }} {% raw %} &lt; &amp;",
    "javascript:alert(1)",
]
PLACE = Cite("notes", "yields", 3, "NO yields")


def detail(name: str, kind: str, *facts: tuple[str, Any]) -> Detail:
    return Detail(name, f"Title of {name}", Term(kind, f"says {kind}"), facts, (("kind", kind),))


def small_grid() -> Grid:
    rows = (
        GridLine("a", "Row A", "Upper", (("place", "north"),)),
        GridLine("b", "Row B", "Upper", (("place", "south"),)),
        GridLine("c", "Row C", "Lower", (("place", "south"),)),
    )
    columns = (
        GridLine("x", "Column X", facets=(("topic", "one"),)),
        GridLine("y", "Column Y", facets=(("topic", "two"),)),
    )
    noted = Noted(Noted("worth", "", (PLACE,)), "But see below.", (PLACE,))
    cells = {
        ("a", "x"): GridCell(
            "up", "good, 2 good", "2:0", "!", "", (detail("a1", "good", ("Place", (PLACE,))),)
        ),
        ("a", "y"): GridCell("", "not said", blank="not said"),
        ("b", "x"): GridCell("down", "bad, 1 bad", "0:1", details=(detail("b1", "bad", ("Fact", noted)),)),
        ("b", "y"): GridCell("sideways", "mixed, 1 good, 1 bad", "1:1", details=(detail("b2", "bad"),)),
        ("c", "x"): GridCell("", "not asked", blank="not asked"),
        ("c", "y"): GridCell("", "nothing clear, 1 vague", "~1", details=(detail("c1", "vague"),)),
    }
    heads = (Column("group", "Group"), Column("row", "Place"), Column("x", "X"), Column("y", "Y"))
    table = Table("grid", "Grid", heads, (), group_by="group", empty="No rows match.")
    facets = (
        Facet("place", "Part", (Term("north", "North"), Term("south", "South"))),
        Facet("topic", "Topic", (Term("one", "One"), Term("two", "Two"))),
        Facet("kind", "Kind", (Term("good", "Good"), Term("bad", "Bad"))),
        Facet("none", "Nothing to choose", ()),
    )
    legend = (("▲", "good"), ("2:0", "two good"))
    return Grid(
        "grid",
        "A grid",
        rows,
        columns,
        cells,
        legend,
        ("Take care.",),
        "From notes.",
        facets,
        ("effect", "effects"),
        table,
        table,
    )


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.raw: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside if tag != self._inside else ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("style", "script"):
            self.raw[self._inside] = self.raw.get(self._inside, "") + data
        else:
            self.text += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = attributes.items()
        return [held for name, held in self.tags if name == tag and wanted <= held.items()]


@pytest.fixture(scope="module")
def small() -> Page:
    return Page(render_explorer(small_grid()))


def review_html() -> str:
    """The map of a review with sizes, colours and letters."""
    example = Path(__file__).parents[2] / "docs" / "review-example.toml"
    return render_explorer(evidence_map(Selection(ruralsyn.load(example, only=True))))


def bundled_html(by: str = "domain", group_by: str | None = None) -> str:
    return render_explorer(evidence_map(Selection(ruralsyn.load()), by, group_by))


# The page as text ---------------------------------------------------------------------------------------


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
        ("#cell-0-0", "Row A, Column X: good, 2 good"),
        ("#cell-1-0", "Row B, Column X: bad, 1 bad"),
        ("#cell-1-1", "Row B, Column Y: mixed, 1 good, 1 bad"),
        ("#cell-2-1", "Row C, Column Y: nothing clear, 1 vague"),
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


def wide_grid() -> Grid:
    """A grid that is too wide for the page and higher than a window."""
    grid = small_grid()
    rows = tuple(GridLine(f"r{number}", f"Row {number}") for number in range(30))
    columns = tuple(GridLine(f"c{number}", f"Column number {number}") for number in range(24))
    one = grid.cells["a", "x"]
    return replace(
        grid,
        rows=rows,
        columns=columns,
        cells={(row.id, column.id): one for row in rows for column in columns},
    )


def hostile_grid(text: str) -> Grid:
    """The small grid with the text added everywhere that takes text, including ids."""

    def of(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((key + text, value + text) for key, value in pairs)

    def line(item: GridLine) -> GridLine:
        return GridLine(item.id + text, item.label + text, item.group and item.group + text, of(item.facets))

    def cell(item: GridCell) -> GridCell:
        return replace(
            item,
            label=item.label + text,
            counts=item.counts and item.counts + text,
            marks=item.marks and text,
            blank=item.blank and item.blank + text,
            details=tuple(
                Detail(
                    d.id + text,
                    d.title + text,
                    Term(text, text),
                    tuple((text, text) for _ in d.facts),
                    of(d.facets),
                )
                for d in item.details
            ),
        )

    grid = small_grid()
    return replace(
        grid,
        title=text,
        rows=tuple(map(line, grid.rows)),
        columns=tuple(map(line, grid.columns)),
        cells={(row + text, column + text): cell(item) for (row, column), item in grid.cells.items()},
        legend=(grid.legend[0], (text, text)),
        cautions=(text,),
        caption=text,
        facets=tuple(
            Facet(f.id + text, f.label + text, tuple(Term(o.id + text, o.label + text) for o in f.options))
            for f in grid.facets
        ),
        table=replace(grid.table, columns=(Column("row", text),), group_by=""),
    )


# The page in a browser ----------------------------------------------------------------------------------


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail it if RURALSYN_REQUIRE_BROWSER is set."""
    if os.environ.get("RURALSYN_REQUIRE_BROWSER"):
        pytest.fail(f"RURALSYN_REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(f"browser tests need chromium, chromedriver, selenium and axe-core-python: {reason}")


class Explorer:
    """A page in the browser, and the things that a reader does with it."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url
        self.open()

    def open(self, url: str = "", *, width: int = 1280, height: int = 900) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.cdp("Emulation.setDeviceMetricsOverride", **size)
        # A URL that differs only in its fragment would not load the page again.
        self.driver.get("about:blank")
        self.driver.get(url or self.url)

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element("css selector", selector)

    def shown(self, selector: str) -> list[str]:
        """The texts of the matching elements that are visible."""
        script = (
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
            ".map(e => e.innerText.trim())"
        )
        found: list[str] = self.js(script, selector)
        return found

    def tick(self, facet: str, *options: str) -> None:
        for option in options:
            path = f"//fieldset[legend='{facet}']//label[normalize-space()='{option}']/input"
            self.driver.find_element("xpath", path).click()

    def cell(self, name: str) -> WebElement:
        return self.find(f'button.cell[aria-label^="{name}"]')

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def focused(self) -> str:
        return (
            self.js("return document.activeElement.getAttribute('aria-label') || document.activeElement.id")
            or ""
        )

    @property
    def rows(self) -> list[str]:
        return self.shown("#map th[scope=row]")

    @property
    def columns(self) -> list[str]:
        return self.shown("#map thead th[data-facets]")

    @property
    def status(self) -> str:
        return self.find("#status").text

    def counts(self) -> list[str]:
        """The arrow and the counts of every cell, including hidden ones."""
        script = (
            "return [...document.querySelectorAll('.cell')].map(cell => "
            "cell.querySelector('path').getAttribute('d') + cell.querySelector('.counts').textContent)"
        )
        found: list[str] = self.js(script)
        return found


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    served_by = shutil.which("chromedriver")
    if not browser or not served_by:
        absent("chromium is not installed" if not browser else "chromedriver is not installed")
    for package in ("selenium", "axe_core_python"):
        if importlib.util.find_spec(package) is None:
            absent(f"the package {package} is not installed")
    # Selenium would otherwise look for a driver on the network.
    os.environ["SE_OFFLINE"] = "true"
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = browser
    for switch in (
        "headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic", "no-first-run",
        "disable-background-networking", "disable-component-update", "disable-sync",
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        started = Chrome(options=options, service=ChromeService(executable_path=served_by))
    except WebDriverException as error:
        absent(f"the browser does not start: {error.msg}")
    yield started
    started.quit()


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages as files, by name."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {
        "domain": bundled_html(),
        "outcome": bundled_html("outcome"),
        "groups": bundled_html(group_by="region"),
        "review": review_html(),
        "small": render_explorer(small_grid()),
        "wide": render_explorer(wide_grid()),
        "hostile": render_explorer(hostile_grid("".join(HOSTILE))),
        "empty": render_explorer(replace(small_grid(), rows=(), cells={})),
    }
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


@pytest.fixture
def page(driver: Chrome, urls: dict[str, str]) -> Iterator[Explorer]:
    """The bundled map, freshly loaded. Fails a test that logs to the console or requests another address."""
    log: Callable[[str], list[dict[str, Any]]] = driver.get_log
    # Reading a log empties it, so what earlier tests left is dropped here.
    log("browser")
    log("performance")
    yield Explorer(driver, urls["domain"])
    assert log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in log("performance")]
    asked = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    ours = [(e["documentURL"], e["request"]["url"]) for e in asked if e["documentURL"].startswith("file:")]
    assert ours, "the log contains the requests for the pages themselves"
    assert [url for document, url in ours if url not in (document, "data:,")] == []


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
    page.find("#all summary").click()
    assert len(page.shown("#all li")) == effects
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
    assert len(page.shown("#panel li")) == 3


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
    for _ in range(12):
        page.press(Keys.TAB)
        if page.focused() == name:
            break
    cell = page.cell(name)
    assert page.focused() == name
    assert cell.get_attribute("aria-expanded") == "false"
    assert page.find(f"#{cell.get_attribute('aria-controls')}").is_displayed()
    page.press(Keys.ENTER)
    assert cell.get_attribute("aria-expanded") == "true"
    assert page.focused() == "panel-title"
    assert page.find("#panel-title").text == "Colombia: PPP, Productive"
    assert page.shown("#panel li strong") == ["Productive assets", "Livestock products", "Food crop products"]
    facts = page.shown("#panel li:last-child dt")
    assert {"Intervention", "Sign", "Why", "Source"} <= set(facts)
    assert "GR productive ¶5" in page.find("#panel li:last-child").text
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
            " return [...document.querySelectorAll('#panel li strong')].map(s => s.textContent); })"
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
        assert len(page.shown("#all li")) == 48
        assert page.shown("noscript p")
        link.click()
        target = page.find(str(link.get_attribute("href")).partition("#")[2].join(("[id='", "']")))
        assert page.driver.current_url.endswith(str(target.get_attribute("id")))
        assert "Food crop products" in target.text
    finally:
        page.cdp("Emulation.setScriptExecutionDisabled", value=False)


def test_paper_gets_the_map_as_filtered_and_the_details_without_controls(page: Explorer) -> None:
    page.tick("Region", "Africa")
    page.cell("Mali: Nioro Cash+, Psychosocial").click()
    page.js("window.dispatchEvent(new Event('beforeprint'))")
    page.cdp("Emulation.setEmulatedMedia", media="print")
    try:
        assert page.rows == ROWS["Africa"]
        assert len(page.shown("#all li")) == 23
        assert page.shown("#status, #active") == [
            "Showing 4 of 8 rows, 5 of 5 columns and 23 of 48 effects.",
            "Filtered by Region: Africa.",
        ]
        assert len(page.shown(".legend dd, #reading li, .source")) >= 8
        assert page.shown("input, #panel, #close, summary, .skip, button[type=reset]") == []
    finally:
        page.cdp("Emulation.setEmulatedMedia", media="")
    page.js("window.dispatchEvent(new Event('afterprint'))")
    assert page.shown("#all li") == []
    assert base64.b64decode(page.driver.print_page()).startswith(b"%PDF")


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
    before, after = sticks(page, "#map thead th[data-facets]")
    # They have left their place and not the window.
    assert before > 100
    assert after == 0
    assert page.js("return scrollY") > before
    # They lie above the rows that pass below them.
    on_top = page.js(
        "const box = document.querySelector('#map thead th[data-facets]').getBoundingClientRect();"
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
        "const head = document.querySelector('#map thead th[data-facets]').getBoundingClientRect();"
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
    assert page.js("return document.querySelectorAll('img, main script, [onload], [onerror]').length") == 0
    page.find("input").click()
    assert page.status.startswith("Showing 1 of 3 rows")


def test_an_empty_grid_runs_without_a_map(page: Explorer, urls: dict[str, str]) -> None:
    page.open(urls["empty"])
    assert page.shown("main p")[0] == "No rows match."


def violations(page: Explorer) -> list[str]:
    """The faults that axe finds in the accessibility of the page, in words."""
    page.js(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    script = "axe.run(document, {resultTypes: ['violations']}).then(arguments[0], arguments[0])"
    result = page.driver.execute_async_script(script)
    # An axe that checked nothing would find no faults either.
    assert len(result["passes"]) > 20
    return [f"{found['id']}: {node['html']}" for found in result["violations"] for node in found["nodes"]]


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
        page.find("#all summary").click()
        assert page.shown("#all li")
    assert page.shown("#panel .details")
    assert page.shown(".miss")
    assert violations(page) == []
