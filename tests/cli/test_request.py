"""`request`: it turns a command, its arguments and its options into content and prints nothing."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from typing import Any

import pytest

import ruralsyn
from ruralsyn import Filter, UsageError, request
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence import selection, synthesis
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Sentence
from ruralsyn.page.document import Code, Document, Paragraph, Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.evidence_map import evidence_map

from ..conftest import Run

REQUESTS: list[tuple[tuple[str, ...], dict[str, Any], tuple[str, ...]]] = [
    (("cases",), {"regions": ["africa"]}, ("cases", "--region", "africa")),
    (("effects",), {"domains": ["finance"]}, ("effects", "-d", "finance")),
    (("effects",), {"countries": "Perú,LSO", "by": "case"}, ("effects", "-c", "Perú,LSO", "--by", "case")),
    (
        ("effects", "peru"),
        {"sort": "outcome", "limit": 3},
        ("effects", "peru", "--sort=outcome", "--limit=3"),
    ),
    (("cases",), {"columns": ["case", "effects"]}, ("cases", "--columns", "case,effects")),
    (("map", "mali"), {"title": "", "full": True}, ("map", "mali", "--title", "", "--full")),
    (("sources",), {"heading_level": 4}, ("sources", "--heading-level", "4")),
    (("compare", "peru", "mali"), {"domains": "income"}, ("compare", "peru", "mali", "-d", "income")),
    (("effects",), {"simulated": True}, ("effects", "--simulated")),
    (("effects",), {"simulated": False}, ("effects", "--no-simulated")),
    (("programmes",), {"countries": ("mali",)}, ("programmes", "-c", "mali")),
    (("coordination",), {"levels": ["local"]}, ("coordination", "--level", "local")),
    (("lessons",), {"themes": ["budget"]}, ("lessons", "--theme", "budget")),
    (("recommendations",), {"basis": ["stated"]}, ("recommendations", "--basis", "stated")),
    (("search", "steering", "committee"), {"limit": 2}, ("search", "steering", "committee", "--limit", "2")),
    (
        ("search", "budget"),
        {"kinds": ["finding", "lesson"], "regions": "africa"},
        ("search", "budget", "--kind", "finding", "--kind", "lesson", "--region", "africa"),
    ),
    (("show", "mali"), {}, ("show", "mali")),
    (("compare", "peru", "lesotho"), {}, ("compare", "peru", "lesotho")),
    (("map",), {"group_by": "region"}, ("map", "--group-by", "region")),
    (("synthesis",), {"swim": True}, ("synthesis", "--swim")),
    (("report", "peru"), {"sections": "map"}, ("report", "peru", "--sections", "map")),
    (("sources",), {}, ("sources",)),
    (("vocabulary", "outcome"), {}, ("vocabulary", "outcome")),
    (("count", "effects", "peru"), {}, ("count", "effects", "peru")),
    (("count", "cases"), {"domains": ["finance"]}, ("count", "cases", "-d", "finance")),
    (("answer", "effects"), {"domains": ["finance"]}, ("answer", "effects", "-d", "finance")),
    (("answer", "effects"), {"simulated": False}, ("answer", "effects", "--no-simulated")),
    (("answer", "compare", "peru", "Mali"), {}, ("answer", "compare", "peru", "Mali")),
    (("diff", "bundled", "bundled"), {"only_data": True}, ("diff", "bundled", "bundled", "--only-data")),
]
"""A request from Python, its options, and the command line that asks for the same."""


@pytest.mark.parametrize(("words", "options", "line"), REQUESTS, ids=lambda value: str(value))
def test_a_request_gives_what_the_command_line_prints(
    ruralsyn_run: Run, words: tuple[str, ...], options: dict[str, Any], line: tuple[str, ...]
) -> None:
    content = request(*words, **options)
    for name in ("json", "markdown"):
        assert FORMATS[name].render(content) == ruralsyn_run(*line, "-f", name).out


def test_every_command_is_asked_for_above() -> None:
    # A bibliography has citation styles instead of formats, so `cite` is tested elsewhere.
    with_content = {name for name, row in COMMANDS.items() if row.gives != "own"}
    assert {words[0] for words, _, _ in REQUESTS} | {"cite"} == with_content


def test_a_request_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    kinds = {type(request(*words, **options)) for words, options, _ in REQUESTS}
    kinds.add(type(request("cite", "peru")))
    assert kinds == {Table, Document, Grid, Bibliography, Sentence}
    assert capfd.readouterr() == ("", "")


def test_a_request_asks_the_dataset_that_it_is_given(dummy: Dataset) -> None:
    table = request("effects", dataset=dummy, domains=["money"])
    assert isinstance(table, Table)
    assert len(table.rows) == 4
    assert "Dummy" not in json.dumps(FORMATS["json"].render(request("effects", domains=["finance"])))
    with pytest.raises(UsageError, match="unknown domain 'money'"):
        request("effects", domains=["money"])


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        (("efects",), {}, "there is no command 'efects'. Did you mean effects?"),
        (("effects",), {"domain": ["finance"]}, "effects has no option 'domain'. Did you mean domains?"),
        (("effects",), {"domains": ["finanse"]}, "unknown domain 'finanse'. Did you mean finance"),
        (("effects",), {"by": "dmain"}, "--by: unknown value 'dmain'. Did you mean domain?"),
        (("lessons", "peru"), {}, "lessons takes no arguments, but got 'peru'."),
        (("show",), {}, "show needs an argument: ID…"),
        (("search", "x"), {"limit": 0}, "--limit must be 1 or more, not 0."),
        (("effects",), {"by": 3}, "--by takes text, not 3"),
        (("effects",), {"domains": 5}, "domains takes a string or a list of strings, not 5"),
        (("effects",), {"domains": [5]}, "domains takes a string or a list of strings, not [5]"),
        (("effects",), {"simulated": "yes"}, "simulated takes True or False, not 'yes'"),
        (("report",), {"sections": [3]}, "--sections takes a string or a list of strings, not [3]"),
        (("compare", ["peru", "lesotho"]), {}, "compare takes each id or word as a separate string"),
        (
            ("cite",),
            {"domains": ["finance"]},
            "cite has no option 'domains'. Its options are data",
        ),
        (("search", "x"), {"limit": "2"}, "--limit takes a whole number, not '2'"),
        (("report",), {"heading_level": 7}, "--heading-level must be 6 or less, not 7."),
        (("synthesis",), {"swim": 1}, "--swim takes True or False, not 1"),
    ],
)
def test_a_request_that_cannot_be_is_told(
    words: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        request(*words, **options)
    assert str(caught.value).startswith(message)


def test_the_public_names_are_there() -> None:
    for name in ruralsyn.__all__:
        assert getattr(ruralsyn, name) is not None


@pytest.mark.parametrize("words", [("report",), ("report", "peru", "lesotho"), ("compare", "peru", "mali")])
def test_a_report_sums_up_once(
    bundled: Dataset, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Cells are built at most twice and effects selected at most ten times, for any number of sections."""
    built: list[int] = []
    selected: list[bool] = []
    cells_by_domain, select = synthesis.cells_by_domain, selection.select

    def build(*arguments: Any) -> Any:
        built.append(1)
        return cells_by_domain(*arguments)

    def select_counted(dataset: Dataset, kind: str, chosen: Filter) -> Any:
        selected.append(kind == "effects")
        return select(dataset, kind, chosen)

    monkeypatch.setattr(selection, "cells_by_domain", build)
    monkeypatch.setattr(selection, "select", select_counted)
    request(*words, dataset=bundled)
    assert len(built) <= 2
    assert 1 <= sum(selected) <= 10


def test_content_is_a_value(bundled: Dataset) -> None:
    one, other = (request("report", "peru", dataset=bundled) for _ in range(2))
    assert one == other
    grid = request("map", dataset=bundled)
    assert isinstance(grid, Grid)
    assert replace(evidence_map(selection.Selection(bundled)), works=grid.works) == grid


@pytest.mark.parametrize("title", ["-x", "--title", "a 'quoted' title", "$(touch x)", ""])
def test_the_line_of_a_report_asks_for_the_same(ruralsyn_run: Run, title: str) -> None:
    document = request("report", "peru", domains=["finance"], sections=["reproduce"], title=title)
    assert isinstance(document, Document)
    (paragraph,) = (block for block in document.blocks if isinstance(block, Paragraph))
    (line,) = (run.text for run in paragraph.runs if isinstance(run, Code))
    assert FORMATS["markdown"].render(document) == ruralsyn_run(*shlex.split(line)[1:]).out


def test_a_format_that_cannot_hold_the_content_says_so(bundled: Dataset) -> None:
    for name, content in (
        ("csv", request("report", "peru", dataset=bundled)),
        ("svg", request("cases", dataset=bundled)),
        ("json", request("cite", dataset=bundled)),
    ):
        with pytest.raises(UsageError):
            FORMATS[name].render(content)


def test_the_values_of_a_map_are_plain_data(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled)
    assert isinstance(grid, Grid)
    for table in (grid.table, grid.data):
        kinds = {type(value) for row in ruralsyn.rows_of(table) for value in row.values()}
        assert kinds <= {str, int, list, type(None)}
