"""Measures the interactive page of the map in Chromium: how long it takes to open, to filter and to search.

The times run until the browser has drawn the change. The data are those of `generate.py`. Run it where
ruralsyn, Selenium, Chromium and its driver are installed:

    python docs/benchmarks/page.py [CASES ...]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from generate import data_file
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from tabulate import tabulate

from ruralsyn.dataset.loading import load
from ruralsyn.evidence.selection import Selection
from ruralsyn.render.explorer import render_explorer
from ruralsyn.views.evidence_map import evidence_map

RUNS = 5
ACTIONS = {
    "filter by region": "document.querySelector('[data-facet=region] input').click()",
    "filter by benefit": "document.querySelector('[data-facet=benefit] input').click()",
    # As typed by a reader, some time after the page has opened.
    "search": "s = document.getElementById('search'); s.focus(); s.value = 'loan insurance';"
    "s.dispatchEvent(new Event('input', {bubbles: true}))",
    "reset": "document.querySelector('[type=reset]').click()",
    "select a cell": "document.querySelector('button.cell').click()",
}
# Two frames: the first is drawn with the change, and the second begins after that.
DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)))"


def page(folder: Path, cases: int) -> Path:
    """The page of a map with so many cases."""
    data, made = folder / f"{cases}.toml", folder / f"{cases}.html"
    data.write_text(data_file(cases), encoding="utf-8")
    made.write_text(render_explorer(evidence_map(Selection(load(data, only=True)))), encoding="utf-8")
    return made


def driver() -> Chrome:
    """A browser without a window."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for switch in ("headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{switch}")
    return Chrome(options=options, service=ChromeService(shutil.which("chromedriver") or ""))


def opening(browser: Chrome, url: str) -> float:
    """The seconds until the page is drawn."""
    browser.get("about:blank")
    begin = time.perf_counter()
    browser.get(url)
    browser.execute_async_script(f"const done = arguments[0], begin = 0; {DRAWN}")
    return time.perf_counter() - begin


def action(browser: Chrome, script: str) -> float:
    """The seconds that a change takes."""
    milliseconds: float = browser.execute_async_script(
        f"const done = arguments[0], begin = performance.now(); let s; {script}; {DRAWN}"
    )
    return milliseconds / 1000


def times(browser: Chrome, url: str) -> dict[str, float]:
    """The median time of each action."""
    found: dict[str, list[float]] = {}
    for _ in range(RUNS):
        found.setdefault("open", []).append(opening(browser, url))
        for name, script in ACTIONS.items():
            found.setdefault(name, []).append(action(browser, script))
    return {name: statistics.median(several) for name, several in found.items()}


def main() -> None:
    """Print a table of the medians."""
    numbers = [int(word) for word in sys.argv[1:]] or [1000]
    with tempfile.TemporaryDirectory() as place:
        browser = driver()
        browser.set_script_timeout(120)
        rows = {}
        for number in numbers:
            made = page(Path(place), number)
            rows[number] = {"MB": made.stat().st_size / 1e6, **times(browser, made.as_uri())}
        browser.quit()
    table = [(name, *(f"{rows[number][name]:.2f}" for number in numbers)) for name in rows[numbers[0]]]
    heads = ("seconds", *(f"{number} cases" for number in numbers))
    print(tabulate(table, heads, tablefmt="github", disable_numparse=True))


if __name__ == "__main__":
    main()
