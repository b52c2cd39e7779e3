"""The skeleton of a case: it is without fault once its blanks are filled in."""

from __future__ import annotations

import re

import pytest
import tomli

from ruralsyn.dataset.conversion import BLANK
from ruralsyn.dataset.countries import named
from ruralsyn.dataset.files import file_of
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.loading import examine_files
from ruralsyn.dataset.model import Dataset, Design, Direction, RiskOfBias, Sign
from ruralsyn.dataset.new_ids import case_id, short_id, unused
from ruralsyn.dataset.skeleton import skeleton
from ruralsyn.errors import Problem

FILLED = {
    "title": '"An evaluation"',
    "year": "2016",
    "authors": '["Doe, Jo"]',
    "summary": '"Cash for poor households."',
    "outcome": '"savings"',
    "direction": '"increase"',
    "architecture": '"independent"',
    "coordination": '"intentional"',
    "sign": '"supported"',
    "sample": "120",
    "risk_of_bias": '"low"',
    "design": '"randomised"',
    "role": '"obstacle"',
    "levels": '["local", "national"]',
    "formality": '"formal"',
    "theme": '"budget"',
    "purpose": '"livestock"',
    "name": '"A name"',
    "doi": '"10.1000/182"',
    "code": '"EVAL"',
}
"""What a person may fill in for the blanks of each field; any text is good for the others."""


def made(dataset: Dataset, country: str = "kenya", title: str = "Hunger Safety Net Programme") -> str:
    place = named(country)
    assert place
    return skeleton(dataset, Given(country=place, title=title), "file:///cases.schema.json")


def switched_on(text: str) -> str:
    """The skeleton with all that is commented out."""
    return re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)


def filled(text: str) -> str:
    def fill(line: re.Match[str]) -> str:
        field, value = line[1], line[2]
        if field == "source":
            return f"{field} = {value.replace(f'{BLANK}: ', '')}"
        words = FILLED.get(field, f'"Words on {field}"')
        return f"{field} = {words}"

    return re.sub(rf"^([a-z_]+) = (.*{BLANK}.*)$", fill, text, flags=re.MULTILINE)


def faults_of(text: str) -> list[Problem]:
    return [*examine_files([file_of("my-case.toml", text)])[1]]


@pytest.mark.parametrize("country", ["kenya", "peru", "india"])
@pytest.mark.parametrize("whole", [False, True])
def test_a_skeleton_is_without_fault_once_it_is_filled_in(
    bundled: Dataset, country: str, whole: bool
) -> None:
    text = made(bundled, country)
    text = filled(switched_on(text) if whole else text)
    assert BLANK not in re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    dataset, problems = examine_files([file_of("my-case.toml", text)])
    assert problems == ()
    (case,) = dataset.cases.keys() - bundled.cases.keys()
    (effect,) = dataset.cases[case].effects.values()
    assert (effect.outcome, effect.direction.value) == ("savings", "increase")
    assert (effect.design is not None) == (len(dataset.cases[case].findings) == 1) == whole


@pytest.mark.parametrize("whole", [False, True])
def test_every_blank_is_told_and_nothing_else(bundled: Dataset, whole: bool) -> None:
    text = made(bundled, "india")
    text = switched_on(text) if whole else text
    lines = text.splitlines()
    problems = faults_of(text)
    blanks = {n for n, line in enumerate(lines, 1) if BLANK in line and not line.startswith("#")}
    assert {problem.line for problem in problems} == blanks
    assert {problem.message for problem in problems} == {"is a blank to fill in"}


def test_each_block_can_be_copied(bundled: Dataset) -> None:
    text = filled(switched_on(made(bundled)))
    blocks = re.findall(r"(?ms)^\[cases\.\S+\.(?:effects|findings)\..*?\n\n", f"{text}\n")
    assert len(blocks) == 2
    more = "".join(re.sub(r"-1\]", "-2]", block) for block in blocks)
    assert faults_of(f"{text}\n{more}") == []


def test_the_values_are_those_of_the_data(bundled: Dataset) -> None:
    text = made(bundled)
    assert text.count("\n") <= 90
    assert max(map(len, text.splitlines())) <= 110
    words = set(re.findall(r"[\w-]+", text))
    for allowed in (Direction, Sign, RiskOfBias, Design):
        assert {member.value for member in allowed} <= words
    for kind in (
        "outcomes",
        "architectures",
        "coordination",
        "levels",
        "formality",
        "roles",
        "themes",
        "purposes",
    ):
        assert getattr(bundled, kind).keys() <= words
    assert "poverty ▼," in text
    assert "formal-loans ?," in text
    assert "savings ▲," in text


def test_the_values_follow_the_data(dummy: Dataset) -> None:
    text = made(dummy)
    assert "hunger ▼, meals ▲" in text
    assert "savings ▲, loans ▼, daring ?" in text
    assert "integrated-strategy" not in text


def test_a_country_is_declared_where_the_data_lacks_it(bundled: Dataset) -> None:
    tables = {country: tomli.loads(made(bundled, country)) for country in ("peru", "kenya", "india")}
    assert {country: table.get("countries") for country, table in tables.items()} == {
        "peru": None,
        "kenya": {"kenya": {"iso2": "KE"}},
        "india": {"india": {"iso2": "IN", "region": "region-of-india"}},
    }
    assert tables["kenya"].get("regions") is None
    assert tables["india"]["regions"].keys() == {"region-of-india"}


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Hunger Safety Net Programme", "hsnp"),
        ("Evaluation of the HSNP", "evaluation-hsnp"),
        ("Juntos + Haku Wiñay", "juntos-haku-winay"),
        ("Pensión 65", "pension-65"),
        ("2020", ""),
        ("Программа", ""),
    ],
)
def test_an_id_is_made_from_a_title(title: str, made: str) -> None:
    assert short_id(title) == made


def test_the_id_of_a_case_names_its_country_once() -> None:
    assert case_id("kenya", "Kenya Hunger Safety Net Programme") == "kenya-hsnp"
    assert case_id("burkina-faso", "Burkina Faso: cash") == "burkina-faso-cash"
    assert case_id("kenya", "Программа") == "kenya-case"
    assert [unused("a", {"a"}), unused("a", {"a"}, {"a-2"}), unused("a", {"b"})] == ["a-2", "a-3", "a"]
