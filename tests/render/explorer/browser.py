"""A page in Chromium, and the things that a reader does with it."""

from __future__ import annotations

import os
import time
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement


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

    def open_list(self) -> list[str]:
        """The texts of the details in the list, which is made when it opens."""
        self.find("#all summary").click()
        self.wait("document.querySelector('#all li')")
        return self.shown("#all li")

    def wait(self, condition: str, seconds: float = 5) -> None:
        """Wait until an expression of JavaScript is true. Fails if it does not become so."""
        end = time.monotonic() + seconds
        while not self.js(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"not within {seconds} s: {condition}"
            time.sleep(0.02)

    def search(self, query: str) -> None:
        """Type a query in place of the one that is there."""
        from selenium.webdriver.common.keys import Keys

        self.find("#search").send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.DELETE, query)

    def fragment(self) -> str:
        """The fragment of the address, once the page has written it."""
        time.sleep(0.2)
        found: str = self.js("return location.hash")
        return found

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def focused(self) -> str:
        return (
            self.js(
                "const e = document.activeElement;"
                "return e.getAttribute('aria-label') || e.id || e.textContent.trim()"
            )
            or ""
        )

    @property
    def rows(self) -> list[str]:
        return self.shown("#map th[scope=row]")

    @property
    def columns(self) -> list[str]:
        return self.shown("#map thead th.column")

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


def violations(page: Explorer) -> list[str]:
    """The faults that axe finds in the accessibility of the page, in words."""
    page.js(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    script = "axe.run(document, {resultTypes: ['violations']}).then(arguments[0], arguments[0])"
    result = page.driver.execute_async_script(script)
    # An axe that checked nothing would find no faults either.
    assert len(result["passes"]) > 20
    return [f"{found['id']}: {node['html']}" for found in result["violations"] for node in found["nodes"]]
