"""`answer`: the sentence above the table of another command, alone."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from ruralsyn import Dataset, Document, Grid, Table, UsageError, request
from ruralsyn.cli.commands import ANSWERING, COMMANDS
from ruralsyn.page.content import Sentence

from ..conftest import Run

WORDS = {"show": ("peru",), "compare": ("peru", "lesotho"), "search": ("budget",)}
"""The arguments of the commands that need some."""


BY_CASE = ("show", "report", "map", "cases", "coordination")


def answer(dataset: Dataset, *words: str, **filters: Any) -> str:
    found = request("answer", *words, dataset=dataset, **filters)
    assert isinstance(found, Sentence)
    assert found.data.rows == ((words[0], found.text),)
    return found.text


def lead(dataset: Dataset, *words: str, **filters: Any) -> str:
    content = request(words[0], *words[1:], dataset=dataset, **filters)
    if isinstance(content, Grid):
        content = content.table
    assert isinstance(content, Table | Document)
    return content.lead


def test_every_command_that_begins_with_a_sentence_has_an_answer(bundled: Dataset) -> None:
    for name, row in COMMANDS.items():
        if row.needs_data and row.gives in ("table", "document", "grid"):
            said = lead(bundled, name, *WORDS.get(name, ()))
            assert bool(said) == (name in ANSWERING), name
            if said:
                assert answer(bundled, name, *WORDS.get(name, ())) == said


@pytest.mark.parametrize("name", ["effects", "map", "synthesis", "coordination", "cases", "programmes"])
def test_the_filters_are_those_of_the_command(bundled: Dataset, name: str) -> None:
    for filters in (
        {"regions": "Africa"},
        {"countries": "Perú,Mali"},
        {"cases": "FEST"},
        {"programmes": "FEST"},
    ):
        said = answer(bundled, name, **filters)
        assert said == lead(bundled, name, **filters)
        assert said != answer(bundled, name)
    assert answer(bundled, name, "peru") == answer(bundled, name, countries="peru")
    if "simulated" in COMMANDS[name].fields():
        assert len({answer(bundled, name, simulated=value) for value in (None, True, False)}) == 3


@pytest.mark.parametrize("name", ["effects", "map", "synthesis", "show", "report"])
def test_a_case_without_effects_has_an_answer_that_names_it(bundled: Dataset, name: str) -> None:
    said = answer(bundled, name, "mexico")
    assert "Mexico" in said
    assert "no effects" in said.lower()


def test_where_nothing_matches_it_is_the_text_of_the_empty_table(bundled: Dataset) -> None:
    assert answer(bundled, "effects", "mexico") == "No effects match. No effects in the briefs: Mexico."
    assert answer(bundled, "search", "xyzzy") == "'xyzzy' is in no record."
    assert answer(bundled, "coordination", "zambia", formality="informal") == "No findings match."
    assert answer(bundled, "cases", "peru", countries="mali") == "No cases match."


def test_every_answer_is_whole_and_ends_like_a_sentence(bundled: Dataset) -> None:
    lines: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        *(((name, *WORDS.get(name, ())), {}) for name in ANSWERING),
        *((("effects",), {"domains": key}) for key in bundled.domains),
        *((("effects",), {"outcomes": key}) for key in bundled.outcomes),
        *(
            ((name, key), {})
            for name in ("show", "report", "map", "cases", "coordination")
            for key in bundled.cases
        ),
        *((("show", key), {}) for key in (*bundled.outcomes, *bundled.domains)),
        *((("lessons",), {"themes": key}) for key in bundled.themes),
        *((("compare", *pair), {}) for pair in combinations(bundled.cases, 2)),
    ]
    for words, filters in lines:
        said = answer(bundled, *words, **filters)
        assert said.endswith(".")
        assert said[0].isupper() or said[0].isdecimal(), said
        assert "  " not in said
        # Neither can be understood without what is around it.
        assert "this case" not in said
        assert "below" not in said.split()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("vocabulary", "vocabulary has no answer in a sentence. Those that have are cases, show, effects, "),
        ("cite peru", "cite has no answer in a sentence."),
        ("answer effects", "answer has no answer in a sentence."),
        ("count effects", "count has no answer in a sentence."),
        ("validate x.toml", "validate has no answer in a sentence."),
        ("efects", "there is no command 'efects'. Did you mean effects?"),
        ("lessons -d finance", "lessons has no option --domain. `ruralsyn lessons -h` lists the options."),
        ("lessons peru", "lessons takes no arguments, but got 'peru'."),
        ("compare peru", "compare "),
        ("show", "show needs an argument: ID…"),
        ("effects lesothoo", "'lesothoo' is not a case or country. Did you mean lesotho?"),
        ("effects -d finanse", "unknown domain 'finanse'. Did you mean finance"),
        ("show peru mali", "`ruralsyn show peru mali` does not begin with a sentence that answers."),
    ],
)
def test_what_has_no_answer_is_told_in_a_line(ruralsyn_run: Run, line: str, message: str) -> None:
    ran = ruralsyn_run("answer", *line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"ruralsyn: {message}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "line", ["lessons --outcome savings", "effects lesothoo", "effects -d finanse", "compare peru"]
)
def test_a_refusal_is_that_of_the_command(ruralsyn_run: Run, line: str) -> None:
    words = line.split()
    asked, alone = ruralsyn_run("answer", *words), ruralsyn_run(*words)
    assert (asked.code, asked.err) == (alone.code, alone.err)


def test_programs_get_a_row(ruralsyn_run: Run) -> None:
    (row,) = json.loads(ruralsyn_run("answer", "lessons", "--theme", "budget", "--json").out)
    assert list(row) == ["command", "answer"]
    assert row["command"] == "lessons"
    assert ruralsyn_run("answer", "lessons", "--theme", "budget", "-f", "table").out == f"{row['answer']}\n"


def test_an_option_of_the_command_is_not_one_of_answer(bundled: Dataset) -> None:
    with pytest.raises(UsageError, match="answer has no option 'full'"):
        request("answer", "effects", dataset=bundled, full=True)
