"""The dark style of the interactive page, and its accessibility in each state, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.render.explorer.browser import Explorer, violations

STATES = {
    "as it opens": "",
    "a cell": "#cell=mali-cash-plus.psychosocial",
    "a row": "#row=mali-cash-plus",
    "searched": "#q=loans&domain=finance,productive&cell=lesotho-cgp.finance",
    "nothing found": "#q=zzz",
}


@pytest.fixture
def dark(page: Explorer) -> Iterator[Explorer]:
    page.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    yield page
    page.cdp("Emulation.setEmulatedMedia", features=[])


@pytest.mark.parametrize("state", STATES)
def test_nothing_stands_in_the_way_in_the_dark(dark: Explorer, state: str) -> None:
    dark.open(dark.url + STATES[state])
    assert violations(dark) == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_stands_in_the_way_in_any_state(page: Explorer, state: str) -> None:
    page.open(page.url + STATES[state])
    assert violations(page) == []


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as `rgb(0, 0, 0)` (WCAG 2.1)."""
    parts = [int(part) / 255 for part in colour.strip("rgb()").split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_arrows_stand_out_in_the_dark(dark: Explorer, urls: dict[str, str]) -> None:
    for name in ("domain", "review"):
        dark.open(urls[name])
        looks = dark.js(
            "return [...document.querySelectorAll('#map path')].map(path => {"
            "const style = getComputedStyle(path); return [style.fill, style.stroke]; })"
        )
        background = dark.js("return getComputedStyle(document.body).backgroundColor")
        assert luminance(background) < 0.02
        assert looks
        for fill, stroke in looks:
            edge = fill if stroke == "none" else stroke
            # Graphics need 3 to 1 (WCAG 2.1, 1.4.11). The edge of a coloured arrow gives it its contrast.
            assert contrast(edge, background) >= 3


def test_paper_stays_white(dark: Explorer) -> None:
    dark.cdp(
        "Emulation.setEmulatedMedia",
        media="print",
        features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )
    ink = dark.js("return getComputedStyle(document.body).color")
    dark.cdp("Emulation.setEmulatedMedia", media="", features=[])
    assert luminance(ink) < 0.05
