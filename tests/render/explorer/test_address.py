"""The state of the interactive page in its address, in Chromium."""

from __future__ import annotations

from tests.render.explorer.browser import Explorer


def test_filters_search_and_the_selected_cell_are_in_the_address(page: Explorer) -> None:
    assert page.fragment() == ""
    page.tick("Region", "Latin America", "Africa")
    page.tick("Domain", "Finances and risks")
    page.search("Household  LOANS")
    page.cell("Lesotho: CGP + SPRINGS, Finances and risks").click()
    assert page.fragment() == (
        "#region=latin-america,africa&domain=finance&q=Household++LOANS&cell=lesotho-cgp.finance"
    )
    page.find("button[type=reset]").click()
    assert page.fragment() == "#cell=lesotho-cgp.finance"
    page.find("#close").click()
    assert page.fragment() == ""
    assert "#" not in page.driver.current_url


def test_a_link_shows_what_its_sender_saw(page: Explorer) -> None:
    page.open(f"{page.url}#region=africa&domain=finance,productive&q=LOANS&cell=lesotho-cgp.finance")
    assert page.rows == ["Lesotho: CGP + SPRINGS"]
    assert page.columns == ["Productive", "Finances and risks"]
    assert page.find("#search").get_attribute("value") == "LOANS"
    assert page.find("#panel-title").text == "Lesotho: CGP + SPRINGS, Finances and risks"
    assert page.cell("Lesotho: CGP + SPRINGS, Finances").get_attribute("aria-expanded") == "true"
    # A page that opens leaves the focus where a reader expects it.
    assert page.js("return document.activeElement === document.body")


def test_a_row_can_be_linked(page: Explorer) -> None:
    page.open(f"{page.url}#row=mali-cash-plus")
    assert page.find("#panel-title").text == "Mali: Nioro Cash+"
    assert page.shown("#panel-list li")


def test_what_the_page_does_not_know_is_ignored(page: Explorer) -> None:
    page.open(f"{page.url}#region=atlantis,africa&colour=red&q=%E0%A4%A&cell=nobody.finance&row&=&domain=")
    page.search("")
    assert page.status == "Showing 4 of 8 rows, 5 of 5 columns and 23 of 48 effects."
    assert page.fragment() == "#region=africa"
    assert page.find("#panel-title").text == "Details"


def test_a_cell_that_filters_hide_is_not_selected(page: Explorer) -> None:
    page.open(f"{page.url}#region=africa&cell=colombia-ppp.finance")
    assert page.find("#panel-title").text == "Details"
    assert page.fragment() == "#region=africa"


def test_an_edited_fragment_and_the_history_are_followed(page: Explorer) -> None:
    page.js("location.hash = '#country=mali'")
    page.wait("document.querySelectorAll('#map tr.row:not([hidden])').length === 1")
    assert page.rows == ["Mali: Nioro Cash+"]
    page.driver.back()
    page.wait("document.querySelectorAll('#map tr.row:not([hidden])').length === 8")
    page.driver.forward()
    page.wait("document.querySelectorAll('#map tr.row:not([hidden])').length === 1")
    assert page.shown("#active") == ["Filtered by Country: Mali."]


def test_any_text_and_any_id_come_back(page: Explorer, urls: dict[str, str]) -> None:
    query = "50 % + a&b=c #d “é” \U0001f33e"
    page.js("document.getElementById('search').value = arguments[0]", query)
    page.js("document.getElementById('search').dispatchEvent(new Event('input'))")
    address = page.url + page.fragment()
    page.open(address)
    assert page.find("#search").get_attribute("value") == query
    page.open(urls["hostile"])
    page.find("button.cell").click()
    page.find("[type=checkbox]").click()
    address = urls["hostile"] + page.fragment()
    title = page.find("#panel-title").text
    page.open(address)
    assert page.find("#panel-title").text == title
    assert page.find("[type=checkbox]").is_selected()


def test_half_a_character_does_no_harm(page: Explorer) -> None:
    page.js("document.getElementById('search').value = 'x\\ud800'")
    page.js("document.getElementById('search').dispatchEvent(new Event('input'))")
    assert page.fragment() == "#q=x%EF%BF%BD"
