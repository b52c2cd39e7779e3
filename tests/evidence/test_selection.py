"""Filters and names: what they select, and which spellings are accepted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruralsyn import Filter, UsageError, resolve, select_cases, select_effects, select_findings
from ruralsyn.dataset.model import Dataset, Entry
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.dataset.validation import NAMED
from ruralsyn.evidence.filters import FIELDS, choices_of, describe
from ruralsyn.evidence.selection import select_lessons, select_programmes, select_recommendations


@pytest.mark.parametrize(
    ("kind", "typed", "ids"),
    [
        ("countries", "peru", "peru"),
        ("countries", "Perú", "peru"),
        ("countries", "PEROU", "peru"),
        ("countries", "PER", "peru"),
        ("countries", "pe", "peru"),
        ("countries", "Éthiopie", "ethiopia"),
        ("countries", "peru,lesotho", "peru lesotho"),
        ("countries", " Mali , mali ", "mali"),
        ("domains", "finances", "finance"),
        ("domains", "Income, poverty and local economic development", "income"),
        ("domains", "wellbeing", "psychosocial"),
        ("programmes", "hgsf", "home-grown-school-feeding"),
        ("programmes", "HGSE", "home-grown-school-feeding"),
        ("programmes", "haku winay", "haku-winay"),
        ("programmes", "Improved Nutrition Social Cash Transfer", "in-sct"),
        ("cases", "fest + unidos", "colombia-fest"),
        ("cases", "Nioro Cash +", "mali-cash-plus"),
        ("levels", "Country-Wide", "national"),
        ("signs", "PRINTED", "printed"),
    ],
)
def test_names_are_found_as_people_type_them(bundled: Dataset, kind: str, typed: str, ids: str) -> None:
    assert resolve(bundled, kind, [typed]) == tuple(ids.split())


def test_every_spelling_of_every_record_is_found(bundled: Dataset) -> None:
    for kind in FIELDS:
        for record in choices_of(bundled, kind).values():
            for spelling in spellings(record):
                # macOS gives accents as separate characters (NFD), for example in file names.
                for typed in (spelling, spelling.upper(), unicodedata.normalize("NFD", spelling)):
                    assert record.id in resolve(bundled, kind, [typed])


@pytest.mark.parametrize(
    ("kind", "typed", "near"),
    [
        ("countries", "leshoto", "lesotho"),
        ("domains", "finanse", "finance"),
        ("outcomes", "saving", "savings"),
    ],
)
def test_an_unknown_value_is_told_the_nearest(bundled: Dataset, kind: str, typed: str, near: str) -> None:
    # A filter of few values lists them, and one of many names the command that does.
    values = choices_of(bundled, kind)
    every = (
        f"`ruralsyn vocabulary {FIELDS[kind].word}`" if len(values) > 8 else f"values: {', '.join(values)}"
    )
    with pytest.raises(UsageError, match=f"Did you mean {near}.*{every}"):
        resolve(bundled, kind, [typed])


@pytest.mark.parametrize("typed", ["", ",", "peru,", "!!", "zz,peru"])
def test_odd_values_are_told_or_taken(bundled: Dataset, typed: str) -> None:
    # A comma at the end adds no value.
    if typed == "peru,":
        assert resolve(bundled, "countries", [typed]) == ("peru",)
    else:
        with pytest.raises(UsageError):
            resolve(bundled, "countries", [typed])


@given(st.text())
def test_folding_is_done_once_for_all(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == folded.strip()


@given(st.text(max_size=30))
def test_any_value_resolves_or_is_a_usage_error(bundled: Dataset, text: str) -> None:
    try:
        assert resolve(bundled, "outcomes", [text])
    except UsageError:
        pass


def keys(effects: object) -> list[str]:
    return [effect.key for effect in effects]  # type: ignore[attr-defined]


def test_fields_combine_with_and_values_with_or(dummy: Dataset) -> None:
    assert keys(select_effects(dummy, Filter(domains=("money",), signs=("printed", "inferred")))) == [
        "aland-alms.savings",
        "aland-alms.daring",
        "cordia-coins.savings",
    ]
    assert keys(select_effects(dummy, Filter(benefits=("unfavourable",)))) == [
        "aland-alms.meals",
        "cordia-coins.savings",
    ]
    assert keys(select_effects(dummy, Filter(simulated=True))) == ["cordia-coins.meals"]
    assert "cordia-coins.meals" not in keys(select_effects(dummy, Filter(simulated=False)))
    assert keys(select_effects(dummy, Filter(regions=("south",), directions=("increase",)))) == [
        "cordia-coins.meals"
    ]
    assert keys(select_effects(dummy, Filter(coordination=("planned",), outcomes=("loans",)))) == [
        "aland-alms.loans"
    ]
    assert select_effects(dummy, Filter(countries=("bravia",))) == ()


def test_other_records_are_selected_alike(dummy: Dataset) -> None:
    assert [case.id for case in select_cases(dummy, Filter(architectures=("apart",)))] == ["bravia-bread"]
    assert [f.id for f in select_findings(dummy, Filter(levels=("local",)))] == ["joint-till", "village-oven"]
    assert [f.id for f in select_findings(dummy, Filter(formality=("informal",)))] == ["village-oven"]
    assert [f.id for f in select_findings(dummy, Filter(roles=("obstacle",), countries=("aland",)))] == [
        "no-money"
    ]
    assert [r.id for r in select_lessons(dummy, Filter(regions=("south",)))] == ["money-matters"]
    assert [r.id for r in select_recommendations(dummy, Filter(audiences=("governments",)))] == ["spend"]
    assert [r.id for r in select_recommendations(dummy, Filter(basis=("implied",)))] == ["plan"]
    assert [p.id for p in select_programmes(dummy, Filter(cases=("aland-alms",)))] == ["alms"]


def test_a_filter_describes_itself(bundled: Dataset) -> None:
    chosen = Filter(countries=("peru", "mali"), domains=("finance",), simulated=False)
    assert describe(bundled, chosen) == (
        "country Peru or Mali; domain Finances and risks; without simulated effects"
    )
    assert describe(bundled, Filter()) is None


def test_the_names_of_every_filter_are_checked_for_clashes(bundled: Dataset) -> None:
    checked = [getattr(bundled, table) for table in NAMED]
    for row in FIELDS.values():
        records = row.choices(bundled) if row.choices else {}
        # Words of an enumeration need no check: they cannot have aliases.
        words = all(type(record) is Entry and key == record.name for key, record in records.items())
        assert words or any(records is table for table in checked), row.word


@pytest.mark.parametrize("named", [1, 3])
def test_named_cases_are_selected_once_in_file_order(bundled: Dataset, named: int) -> None:
    first = list(bundled.cases)[:named]
    chosen = Filter(cases=(*reversed(first), "nowhere", first[0]))
    assert [case.id for case in select_cases(bundled, chosen)] == first
    assert [effect.key for effect in select_effects(bundled, chosen)] == [
        effect.key for effect in bundled.effects if effect.case in first
    ]
    assert select_cases(bundled, Filter(cases=("nowhere",))) == ()
