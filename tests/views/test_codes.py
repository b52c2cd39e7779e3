"""Codes as columns for programs, and what people see of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ruralsyn import request, rows_of
from ruralsyn.dataset.model import Dataset
from ruralsyn.page.document import Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen

ISO3 = {
    "colombia": "COL",
    "mexico": "MEX",
    "peru": "PER",
    "ethiopia": "ETH",
    "lesotho": "LSO",
    "mali": "MLI",
    "zambia": "ZMB",
}
ADDED = {
    "cases": ["iso3", "file"],
    "effects": ["iso3", "file"],
    "coordination": ["iso3", "file"],
    "map": ["iso3", "file"],
    "programmes": ["iso3", "purpose", "purpose_code", "purpose_why", "file"],
}


def table_of(dataset: Dataset, command: str, *words: str, full: bool = False) -> Table:
    made = request(command, *words, dataset=dataset, **({"full": True} if full else {}))
    table = made.data if isinstance(made, Grid) else made
    assert isinstance(table, Table)
    return table


def tables_of(made: object) -> dict[str, Table]:
    assert isinstance(made, Document)
    assert made.data
    return {table.id: table for table in made.data()}


def page(dataset: Dataset, command: str, *words: str, **options: bool) -> str:
    text = FORMATS["table"].render(request(command, *words, dataset=dataset, **options), Screen(120))
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("command", ADDED)
def test_codes_are_the_last_columns_before_the_file(bundled: Dataset, command: str) -> None:
    added = ADDED[command]
    rows = rows_of(table_of(bundled, command))
    assert rows
    for row in rows:
        assert list(row)[-len(added) :] == added
        assert row["iso3"] == ISO3[row["country"]]


@pytest.mark.parametrize("command", ADDED)
def test_people_see_no_code_on_a_short_page(bundled: Dataset, command: str) -> None:
    shown = {column.key for column in table_of(bundled, command).shown().columns}
    assert shown.isdisjoint(ADDED[command][:-1])


def test_programs_get_a_purpose_as_id_and_code_or_nothing(bundled: Dataset) -> None:
    rows = {row["programme"]: row for row in rows_of(table_of(bundled, "programmes"))}
    of_cgp, of_pliam = ([rows[key][name] for name in ("purpose", "purpose_code")] for key in ("cgp", "pliam"))
    assert of_cgp == ["social-protection", "16010"]
    assert of_pliam == [None, None]
    for row in rows.values():
        assert bool(row["purpose"]) == bool(row["purpose_code"]) == bool(row["purpose_why"])


def test_a_full_page_of_programmes_has_their_purposes_with_codes(bundled: Dataset, dummy: Dataset) -> None:
    assert "16010 Social Protection" in page(bundled, "programmes", full=True)
    without = replace(dummy, programmes={"bread": dummy.programmes["bread"]}, cases={})
    keys = [column.key for column in table_of(without, "programmes", full=True).shown().columns]
    assert "purpose" not in keys


def test_the_page_of_a_programme_says_why_it_has_its_purpose(bundled: Dataset) -> None:
    text = page(bundled, "show", "nioro-cash-plus")
    assert "43072 Household food security programmes" in text
    assert "Why this purpose" in text
    assert "purpose" not in page(bundled, "show", "pliam").lower()


def test_the_sources_have_the_codelists_last(bundled: Dataset) -> None:
    tables = tables_of(request("sources", dataset=bundled))
    assert list(tables)[-1] == "codelists"
    rows = rows_of(tables["codelists"])
    assert list(rows[0]) == ["codelist", "name", "publisher", "dated", "url", "file"]
    assert [(row["codelist"], row["dated"]) for row in rows] == [
        ("iso-3166", "2020-08"),
        ("dac-purpose", "2024-06-14"),
    ]
    assert "Codelists" not in page(bundled, "sources")
    assert "Codelists" in page(bundled, "sources", full=True)


def test_the_vocabulary_lists_codes_purposes_and_codelists(bundled: Dataset) -> None:
    rows = rows_of(table_of(bundled, "vocabulary", "country", "purpose", "codelists"))
    assert list(rows[0])[-3:] == ["iso2", "iso3", "code"]
    found = {row["value"]: (row["filter"], row["iso2"], row["iso3"], row["code"]) for row in rows}
    assert found["peru"] == ("--country", "PE", "PER", None)
    assert found["livestock"] == ("[purposes.*]", None, None, "31163")
    assert found["dac-purpose"] == ("[codelists.*]", None, None, None)
    every = {row["value"] for row in rows_of(table_of(bundled, "vocabulary"))}
    assert every >= found.keys()
