"""The countries that a file can declare by code: codes of ISO 3166, names of the CLDR, regions of M49."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pycountry
import pytest
from babel import Locale

from ruralsyn import load
from ruralsyn.dataset.countries import CountryCode, by_code, countries, id_of, named, suggestions
from ruralsyn.dataset.naming import fold

LANGUAGES = {"en": "name", "es": "spanish", "fr": "french"}


def script() -> ModuleType:
    """The script that writes the table. It is no part of the package."""
    path = Path(__file__).parents[2] / "docs/countries.py"
    spec = spec_from_file_location("docs_countries", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = script()


def country(code: str) -> CountryCode:
    found = by_code(code)
    assert found
    return found


def names_of(country: CountryCode) -> tuple[str, ...]:
    return (country.name, country.spanish, country.french, *country.aliases)


def members(region: str) -> set[str]:
    return {country.iso2 for country in countries() if country.region == region}


# Sources ------------------------------------------------------------------------------------------------


def test_the_codes_are_those_of_iso_3166() -> None:
    assert [(country.iso2, country.iso3) for country in countries()] == sorted(
        (country.alpha_2, country.alpha_3) for country in pycountry.countries
    )


@pytest.mark.parametrize(("language", "field"), LANGUAGES.items())
def test_the_names_are_those_of_the_cldr(language: str, field: str) -> None:
    territories = Locale(language).territories
    for country in countries():
        cldr = territories[country.iso2].replace("\N{NO-BREAK SPACE}", " ")
        # Every name of the CLDR finds its country, also where another name is shown.
        assert named(cldr) == country
        if country.iso2 in SCRIPT.OVERRIDES:
            assert names_of(country)[:3] == SCRIPT.OVERRIDES[country.iso2]
        elif language == "en":
            assert country.name == cldr.replace("&", "and").replace("St.", "Saint")
        else:
            assert getattr(country, field) == cldr


def test_every_name_that_differs_from_the_cldr_is_needed() -> None:
    for iso2, names in SCRIPT.OVERRIDES.items():
        english, spanish, french = SCRIPT.cldr_names(iso2)
        assert names != (SCRIPT.spelt_out(english), spanish, french)


def test_the_table_is_what_the_script_writes() -> None:
    source = SCRIPT.MODULE.read_text(encoding="utf-8")
    assert SCRIPT.rewritten(source).splitlines() == source.splitlines()


def test_the_script_refuses_a_module_without_a_table() -> None:
    with pytest.raises(ValueError, match="not found"):
        SCRIPT.rewritten("nothing = 1\n")


# Regions ------------------------------------------------------------------------------------------------


def test_the_regions_have_as_many_members_as_in_m49() -> None:
    assert len(members("africa")) == 60
    assert len(members("latin-america")) == 52


def test_m49_names_only_assigned_codes_and_each_once() -> None:
    codes = " ".join(SCRIPT.AREAS.values()).split()
    assert [code for code in codes if by_code(code) is None] == []
    assert [code for code, count in Counter(codes).items() if count > 1] == []


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        ("africa", "DZ EG ET KE LS MG ML MU RE SD TZ ZA ZM"),
        ("latin-america", "AR BR CO CU GF HT JM MX PE PR TT VE"),
        # Near the two regions, but in neither: Bermuda and Greenland are in Northern America, Yemen in Asia.
        (None, "BM CA ES FR GL IL PM PT US YE"),
    ],
)
def test_regions_of_some_countries(region: str | None, codes: str) -> None:
    assert {country(code).region for code in codes.split()} == {region}


def test_regions_are_those_of_the_bundled_data() -> None:
    assert {country.region for country in countries()} - {None} == load().regions.keys()


def test_the_bundled_countries_agree() -> None:
    differing = {}
    for bundled in load().countries.values():
        found = country(bundled.iso2)
        assert (found.iso2, found.iso3, found.region) == (bundled.iso2, bundled.iso3, bundled.region)
        assert id_of(found) == bundled.id
        names = (bundled.name, bundled.spanish, bundled.french)
        if names != names_of(found)[:3]:
            differing[bundled.id] = names
        assert {named(name) for name in names} == {found}
    # The CLDR's Spanish name is "Mali", without the accent.
    assert differing == {"mali": ("Mali", "Malí", "Mali")}


# Finding a country --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["KE", "ke", "KEN", "Ken"])
def test_a_code_is_found_in_any_case(code: str) -> None:
    assert by_code(code) == CountryCode("KE", "KEN", "africa", "Kenya", "Kenia", "Kenya")
    assert named(code) == by_code(code)


@pytest.mark.parametrize("code", ["", "!!", "K", "K!", " KE", "KENY", "Kenya", "404", "XX", "ß"])
def test_what_is_no_code_is_not_found(code: str) -> None:
    assert by_code(code) is None


@pytest.mark.parametrize(
    ("word", "iso2"),
    [
        ("kenia", "KE"),
        ("PEROU", "PE"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Congo", "CG"),
        ("Congo-Brazzaville", "CG"),
        ("Congo - Kinshasa", "CD"),
        ("drc", "CD"),
        ("Burma", "MM"),
        ("Hong Kong SAR China", "HK"),
        ("St. Lucia", "LC"),
        ("Saint Lucia", "LC"),
    ],
)
def test_a_name_is_found_without_case_and_accents(word: str, iso2: str) -> None:
    assert named(word) == country(iso2)


@pytest.mark.parametrize("word", ["", "!!", "Atlantis", "Ken ya"])
def test_what_is_no_name_is_not_found(word: str) -> None:
    assert named(word) is None


def test_no_name_is_that_of_two_countries() -> None:
    for country in countries():
        words = (*names_of(country), country.iso2, country.iso3)
        assert {named(word) for word in words} == {country}


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("Keyna", ["Kenya"]),
        ("Etipía", ["Ethiopia"]),
        ("Nigera", ["Nigeria", "Niger"]),
        ("Atlantis", []),
        ("!!", []),
    ],
)
def test_a_mistyped_name_suggests_near_ones(word: str, names: list[str]) -> None:
    assert suggestions(word) == names


# Names and ids ------------------------------------------------------------------------------------------


def test_names_are_clean() -> None:
    for name in (name for country in countries() for name in names_of(country)):
        assert name
        assert name == name.strip() == unicodedata.normalize("NFC", name)
        # Cn has the noncharacters, Zs other blanks than the space.
        categories = {unicodedata.category(char) for char in name.replace(" ", "")}
        assert not categories & {"Cc", "Cf", "Cn", "Co", "Zs"}


def test_names_that_are_shown_suit_a_sentence() -> None:
    for country in countries():
        assert not re.search(r"&| - |\bSAR\b|\bSt\.|U\.S\.|EE\. UU\.|,", " ".join(names_of(country)[:3]))


def test_aliases_are_no_other_spelling_of_a_name() -> None:
    for country in countries():
        folded = [fold(name) for name in country.aliases]
        assert len(set(folded)) == len(folded)
        assert not set(folded) & {fold(country.name), fold(country.spanish), fold(country.french)}


def test_ids_are_words_with_hyphens_and_differ() -> None:
    ids = [id_of(country) for country in countries()]
    assert [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("iso2", "name"),
    [
        ("CI", "cote-d-ivoire"),
        ("CD", "democratic-republic-of-the-congo"),
        ("CC", "cocos-keeling-islands"),
        ("AX", "aland-islands"),
    ],
)
def test_ids_of_some_countries(iso2: str, name: str) -> None:
    assert id_of(country(iso2)) == name
