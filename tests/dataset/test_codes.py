"""Codelists, the purposes of programmes, and the codes of countries."""

from __future__ import annotations

import re
from pathlib import Path

import pycountry
import pytest

from ruralsyn.dataset.files import file_of
from ruralsyn.dataset.loading import examine_files, load
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.search import search

NAMES = {
    "11250": "School feeding",
    "16010": "Social Protection",
    "24040": "Informal/semi-formal financial intermediaries",
    "31120": "Agricultural development",
    "31161": "Food crop production",
    "31163": "Livestock",
    "43040": "Rural development",
    "43071": "Food security policy and administrative management",
    "43072": "Household food security programmes",
}
"""The purpose codes with the names of the DAC and CRS code lists, 14 June 2024."""
OWN = """\
[briefs.paper]
title = "A paper"

[codelists.cofog]
name      = "Classification of the functions of government"
publisher = "United Nations"
dated     = "1999"
about     = "What governments spend on."

[purposes.family-and-children]
code     = "10.4"
name     = "Family and children"
codelist = "cofog"

[programmes.bono]
name        = "Bono"
country     = "peru"
purpose     = "family-and-children"
purpose_why = "The paper calls it a benefit for families."
source      = ["paper/p. 2"]

[programmes.olla]
name        = "Olla"
country     = "peru"
purpose     = "school-feeding"
purpose_why = "The paper says that schools serve its meals."
source      = ["paper/p. 3"]
"""


def faults_of(text: str) -> list[str]:
    faults = examine_files([file_of("own.toml", text)])[1]
    return [f"{'.'.join(map(str, fault.path))}: {fault.message}" for fault in faults]


# The bundled data ------------------------------------------------------------------------------------------


def test_the_bundled_purposes_have_the_codes_and_names_of_the_list(bundled: Dataset) -> None:
    assert {purpose.code: purpose.name for purpose in bundled.purposes.values()} == NAMES
    assert {purpose.codelist for purpose in bundled.purposes.values()} == {"dac-purpose"}
    assert all(re.fullmatch("[0-9]{5}", purpose.code) for purpose in bundled.purposes.values())


def test_the_bundled_codelists_are_dated(bundled: Dataset) -> None:
    dated = {key: codelist.dated for key, codelist in bundled.codelists.items()}
    assert dated == {"iso-3166": "2020-08", "dac-purpose": "2024-06-14"}
    assert all(codelist.url for codelist in bundled.codelists.values())


def test_programmes_have_a_purpose_only_where_the_briefs_say_enough(bundled: Dataset) -> None:
    purposes = {key: programme.purpose for key, programme in bundled.programmes.items() if programme.purpose}
    assert purposes == {
        "ppp": "agricultural-development",
        "prospera": "social-protection",
        "juntos": "social-protection",
        "psnp": "social-protection",
        "cgp": "social-protection",
        "springs": "rural-development",
        "nioro-cash-plus": "household-food-security",
        "home-grown-school-feeding": "school-feeding",
        "casu": "agricultural-development",
    }


def test_the_codes_of_countries_are_those_of_iso_3166(bundled: Dataset) -> None:
    for country in bundled.countries.values():
        known = pycountry.countries.get(alpha_2=country.iso2)
        assert known
        assert known.alpha_3 == country.iso3


def test_a_search_finds_programmes_by_the_name_and_the_code_of_their_purpose(bundled: Dataset) -> None:
    for query in ('"rural development" springs', "43040"):
        assert "springs" in [hit.entry.key for hit in search(bundled, query)]


# Data of one's own -----------------------------------------------------------------------------------------


def test_own_programmes_take_purposes_of_the_bundled_list_and_of_their_own() -> None:
    assert faults_of(OWN) == []


def test_own_data_alone_keeps_the_lists_of_its_codes(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    alone = load(path, only=True)
    assert list(alone.purposes) == ["school-feeding", "family-and-children"]
    # The codes of its countries are from the first of these.
    assert list(alone.codelists) == ["iso-3166", "dac-purpose", "cofog"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'purpose_why = "The paper says that schools serve its meals."\n',
            "",
            "programmes.olla.purpose_why: is missing: `purpose` needs it, or leave both out",
        ),
        (
            'purpose     = "school-feeding"\n',
            "",
            "programmes.olla.purpose: is missing: `purpose_why` needs it, or leave both out",
        ),
        (
            '"school-feeding"',
            '"school-feeds"',
            "programmes.olla.purpose: `school-feeds` is not one of [purposes.*]; did you mean "
            "`school-feeding`?",
        ),
        (
            'codelist = "cofog"',
            'codelist = "cofo"',
            "purposes.family-and-children.codelist: `cofo` is not one of [codelists.*]; did you mean "
            "`cofog`?",
        ),
        (
            '"1999"',
            '"June 1999"',
            'codelists.cofog.dated: "June 1999" is not a date such as 2024, 2024-06 or 2024-06-14',
        ),
        ('publisher = "United Nations"\n', "", "codelists.cofog.publisher: is missing"),
    ],
)
def test_a_fault_of_a_code_is_told(old: str, new: str, fault: str) -> None:
    (found,) = faults_of(OWN.replace(old, new))
    assert found.startswith(fault)
