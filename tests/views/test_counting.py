"""`count`: its numbers are those of the tables and sentences of the other commands."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from ruralsyn import Dataset, Table, UsageError, request, rows_of
from ruralsyn.evidence.filters import FIELDS, choices_of
from ruralsyn.page.content import Sentence
from ruralsyn.page.wording import NUMBERS
from ruralsyn.views.counting import KINDS

from ..conftest import Run

COMMANDS = {"findings": "coordination"} | {
    kind: kind for kind in ("effects", "cases", "lessons", "recommendations", "programmes")
}
"""The command that lists the records of a kind."""


def counted(dataset: Dataset, kind: str, *places: str, **filters: Any) -> int:
    found = request("count", kind, *places, dataset=dataset, **filters)
    assert isinstance(found, Sentence)
    ((name, number),) = found.data.rows
    assert (name, str(number)) == (kind, found.text)
    assert isinstance(number, int)
    return number


def rows(dataset: Dataset, command: str, **filters: Any) -> list[dict[str, Any]]:
    table = request(command, dataset=dataset, **filters)
    assert isinstance(table, Table)
    return rows_of(table)


def rows_of_kind(dataset: Dataset, kind: str, **filters: Any) -> list[dict[str, Any]]:
    """The rows that are counted: no simulated effects, unless they are asked for; a shared statement once."""
    found = rows(dataset, COMMANDS[kind], **filters)
    if kind == "effects" and not filters.get("simulated"):
        return [row for row in found if not row["simulated"]]
    if kind == "findings":
        return list({row["statement"] or row["finding"]: row for row in found}.values())
    return found


def each_filter(dataset: Dataset, kind: str) -> list[dict[str, Any]]:
    """Every value of every filter that fits a kind."""
    return [
        {name: value}
        for name in KINDS[kind].fields
        for value in (choices_of(dataset, name) if FIELDS[name].choices else (True, False))
    ]


def test_the_numbers_of_the_bundled_data(bundled: Dataset) -> None:
    assert {kind: counted(bundled, kind) for kind in KINDS} == {
        "effects": 46,
        "cases": 8,
        "countries": 7,
        "findings": 124,
        "lessons": 65,
        "recommendations": 34,
        "programmes": 20,
    }


@pytest.mark.parametrize("kind", ["effects", "findings", "lessons", "recommendations", "programmes"])
def test_a_number_is_that_of_the_rows_under_every_filter(bundled: Dataset, kind: str) -> None:
    numbers = []
    for filters in [{}, *each_filter(bundled, kind)]:
        numbers.append(counted(bundled, kind, **filters))
        assert numbers[-1] == len(rows_of_kind(bundled, kind, **filters)), filters
    assert len(set(numbers)) > 3


@pytest.mark.parametrize("kind", ["effects", "cases", "findings", "lessons", "recommendations", "programmes"])
def test_a_number_is_that_of_the_sentence(bundled: Dataset, kind: str) -> None:
    """The sentence of the command says the number with its noun: `46 effects`, `three findings`."""
    seen = 0
    for filters in [{}, *each_filter(bundled, kind)]:
        if not set(filters) <= {name for name in FIELDS if FIELDS[name].selects(kind)}:
            continue
        table = request(COMMANDS[kind], dataset=bundled, **filters)
        assert isinstance(table, Table)
        # A sentence on findings of one role calls them by their role.
        if filters.get("simulated") or "roles" in filters or not table.lead:
            continue
        number = counted(bundled, kind, **filters)
        word = NUMBERS[number] if 0 < number < len(NUMBERS) else str(number)
        said = rf"\b{word} {kind.removesuffix('s')}s?\b"
        assert number == 0 or re.search(said, table.lead, re.IGNORECASE), table.lead
        seen += bool(number)
    assert seen > 3


def test_cases_with_an_effect_are_those_that_the_sentence_says(bundled: Dataset) -> None:
    """`three of the seven cases with effects … report`: the case counts once, simulated effects do not."""
    seen = 0
    results: list[dict[str, str]] = [
        {},
        {"benefits": "favourable"},
        {"directions": "decrease"},
        {"signs": "inferred"},
    ]
    filters: list[dict[str, Any]] = [
        {"domains": domain, **result, **place}
        for domain, result, place in product(bundled.domains, results, ({}, {"regions": "africa"}))
    ]
    for chosen in [*filters, *({"outcomes": key} for key in bundled.outcomes)]:
        table = request("effects", dataset=bundled, **chosen)
        assert isinstance(table, Table)
        said = re.search(r"(\w+) of the \w+ cases with effects|(both|all \w+) cases with effects", table.lead)
        reporting = {row["case"] for row in rows_of_kind(bundled, "effects", **chosen)}
        number = counted(bundled, "cases", **chosen)
        assert number == len(reporting), chosen
        if said:
            word = "two" if said[2] == "both" else (said[1] or said[2].removeprefix("all "))
            assert NUMBERS[number] == word.lower(), table.lead
            seen += 1
    assert seen > 10


def test_cases_with_a_finding_are_those_of_the_rows(bundled: Dataset) -> None:
    numbers = set()
    for name in ("levels", "formality", "roles", "headline"):
        for value in choices_of(bundled, name) or (True, False):
            found = {row["case"] for row in rows(bundled, "coordination", **{name: value})}
            numbers.add(counted(bundled, "cases", **{name: value}))
            assert counted(bundled, "cases", **{name: value}) == len(found)
    assert len(numbers) > 2


def test_a_case_has_both_where_both_are_asked_for(bundled: Dataset) -> None:
    for domain, role in product(bundled.domains, bundled.roles):
        effects = {row["case"] for row in rows_of_kind(bundled, "effects", domains=domain)}
        findings = {row["case"] for row in rows(bundled, "coordination", roles=role)}
        assert counted(bundled, "cases", domains=domain, roles=role) == len(effects & findings)


def test_countries_are_those_of_the_cases(bundled: Dataset) -> None:
    for filters in each_filter(bundled, "cases"):
        (name,) = filters
        if "cases" in FIELDS[name].reads:
            countries = {row["country"] for row in rows(bundled, "cases", **filters)}
        else:
            kind = "effects" if "effects" in FIELDS[name].reads else "findings"
            countries = {row["country"] for row in rows_of_kind(bundled, kind, **filters)}
        assert counted(bundled, "countries", **filters) == len(countries), filters


@pytest.mark.parametrize("kind", ["effects", "cases", "countries", "findings", "programmes"])
def test_cases_and_countries_choose_what_is_counted(bundled: Dataset, kind: str) -> None:
    for case in bundled.cases.values():
        assert counted(bundled, kind, case.id) == counted(bundled, kind, cases=case.id)
    for country in {case.country for case in bundled.cases.values()}:
        assert counted(bundled, kind, country) == counted(bundled, kind, countries=country)
    assert counted(bundled, "cases", "peru", "mali") == counted(bundled, "cases", "peru,mali") == 2
    assert sum(counted(bundled, "effects", case) for case in bundled.cases) == counted(bundled, "effects")


def test_simulated_effects_are_only_counted_when_asked_for(bundled: Dataset, ruralsyn_run: Run) -> None:
    assert counted(bundled, "effects", simulated=True) == 2
    assert counted(bundled, "effects", simulated=False) == 46
    assert counted(bundled, "cases", simulated=True) == 1
    left_out = "ruralsyn: 2 simulated effects are not counted; --simulated counts only those.\n"
    for form in ("markdown", "table", "json"):
        assert ruralsyn_run("count", "effects", "-f", form).err == left_out
    assert ruralsyn_run("count", "effects", "-d", "income", "--direction", "up").err == (
        "ruralsyn: 1 simulated effect is not counted; --simulated counts only those.\n"
    )
    for line in (("--simulated",), ("--no-simulated",), ("peru",)):
        assert ruralsyn_run("count", "effects", *line).err == ""


def test_a_request_prints_no_remark(bundled: Dataset, capfd: pytest.CaptureFixture[str]) -> None:
    found = request("count", "effects", dataset=bundled)
    assert isinstance(found, Sentence)
    assert found.remark.startswith("2 simulated effects")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lessons -d finance", "lessons have no domain; --domain fits effects, cases and countries."),
        ("programmes --level local", "programmes have no level; --level fits cases, countries and findings."),
        (
            "findings --simulated",
            "there are no simulated findings; --simulated fits effects, cases and countries.",
        ),
        (
            "effects --no-headline",
            "there are no headline effects; --headline fits cases, countries and findings.",
        ),
        ("recommendations --theme budget", "recommendations have no theme; --theme fits lessons."),
        (
            "lessons -c peru",
            "lessons have no country; --country fits effects, cases, countries, findings and programmes.",
        ),
        ("lessons peru", "lessons have no case or country, but got 'peru'; --case fits effects, cases, "),
        ("effect", "count: unknown value 'effect'. Did you mean effects?"),
        ("weather", "count: unknown value 'weather'. Allowed values: effects, cases, countries, findings, "),
        ("cases lesothoo", "'lesothoo' is not a case or country. Did you mean lesotho?"),
        ("effects finance", "'finance' is not a case or country. Did you mean --domain finance?"),
    ],
)
def test_what_cannot_be_counted_is_told_in_a_line(ruralsyn_run: Run, line: str, message: str) -> None:
    ran = ruralsyn_run("count", *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"ruralsyn: {message}")
    assert ran.err.count("\n") == 1


def test_every_filter_fits_a_kind_and_what_fits_is_told() -> None:
    assert {name for kind in KINDS.values() for name in kind.fields} == set(FIELDS)


def test_zero_is_a_number(ruralsyn_run: Run, bundled: Dataset) -> None:
    ran = ruralsyn_run("count", "effects", "mexico")
    assert (ran.code, ran.out, ran.err) == (0, "0\n", "")
    with pytest.raises(UsageError):
        request("count", dataset=bundled)
