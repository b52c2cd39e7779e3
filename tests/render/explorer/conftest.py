"""The browser and the pages of these tests."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ruralsyn.render.explorer import render_explorer
from tests.render.explorer.browser import Explorer, absent
from tests.render.explorer.grids import (
    HOSTILE,
    bundled_html,
    hostile_grid,
    review_html,
    small_grid,
    wide_grid,
)

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
