"""Cases and countries as arguments, and the options that several commands share."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import UsageError, request
from ruralsyn.cli.commands import ARRANGING, COMMANDS, FULL, ONLY_CASES
from ruralsyn.dataset.model import Dataset
from ruralsyn.page.document import Code, Document, Paragraph, Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.data import rows_of
from ruralsyn.render.formats import FORMATS

from ..conftest import Run

BY_CASE = [name for name, row in COMMANDS.items() if row.argument == ONLY_CASES]
WITH_FORMATS = [name for name, row in COMMANDS.items() if row.gives not in ("references", "own")]
RUN = {name for name, row in COMMANDS.items() if row.gives == "own"}
"""The commands that show no content of a selection."""
TABLES = [name for name, row in COMMANDS.items() if row.gives == "table"]
WITH_TITLES = [name for name in WITH_FORMATS if COMMANDS[name].gives != "sentence"]
WORDS = {
    "show": ("peru",),
    "compare": ("peru", "lesotho"),
    "search": ("school",),
    "diff": ("bundled", "bundled"),
    "count": ("effects",),
    "answer": ("effects",),
}
"""The arguments of the commands that need some."""


def rows(ran: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(ran.out)  # type: ignore[attr-defined]
    return found


# Cases and countries ------------------------------------------------------------------------------------


def test_every_command_that_filters_by_country_and_has_no_argument_takes_cases() -> None:
    for row in COMMANDS.values():
        assert (row.argument is not None) or "countries" not in row.fields()
    assert BY_CASE == ["cases", "effects", "programmes", "coordination", "map", "synthesis"]


@pytest.mark.parametrize("name", BY_CASE)
def test_a_country_as_an_argument_is_the_same_as_the_filter(ruralsyn_run: Run, name: str) -> None:
    for form in ("markdown", "json"):
        by_argument = ruralsyn_run(name, "Perú", "LSO", "-f", form)
        assert by_argument.code == 0
        assert by_argument.out == ruralsyn_run(name, "-c", "peru,lesotho", "-f", form).out
    assert ruralsyn_run(name, "peru,lesotho").out == ruralsyn_run(name, "peru", "lesotho").out


def test_a_case_or_a_programme_as_an_argument_is_the_same_as_the_filter_by_case(ruralsyn_run: Run) -> None:
    by_case = ruralsyn_run("effects", "--case", "colombia-fest").out
    assert ruralsyn_run("effects", "colombia-fest").out == by_case
    assert ruralsyn_run("effects", "fest").out == by_case


def test_arguments_and_filters_must_all_match(bundled: Dataset) -> None:
    def cases(*names: str, **filters: Any) -> set[object]:
        table = request("effects", *names, dataset=bundled, **filters)
        assert isinstance(table, Table)
        return {row["case"] for row in rows_of(table)}

    assert cases("colombia", "peru", countries="peru") == {"peru-haku-winay"}
    assert cases("colombia", cases="colombia-fest") == {"colombia-fest"}
    assert cases("colombia-fest", "peru", cases="peru-haku-winay") == {"peru-haku-winay"}
    assert cases("peru", countries="mali") == set()
    assert cases("colombia-fest", regions="africa") == set()
    with pytest.raises(UsageError, match="'colombia-fest' and --case have no case in common"):
        cases("colombia-fest", cases="colombia-ppp")


def test_programmes_that_a_brief_only_mentions_belong_to_their_country(bundled: Dataset) -> None:
    found = {row["programme"] for row in rows_of(request("programmes", "peru", dataset=bundled))}  # type: ignore[arg-type]
    assert found == {key for key, row in bundled.programmes.items() if row.country == "peru"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("effects lesothoo", "'lesothoo' is not a case or country. Did you mean lesotho?"),
        ("effects atlantis", "'atlantis' is not a case or country. `ruralsyn cases` lists them."),
        ("effects peru finance", "'finance' is not a case or country. Did you mean --domain finance?"),
        ("synthesis africa", "'africa' is not a case or country. Did you mean --region africa?"),
    ],
)
def test_an_unknown_word_gets_one_line_with_the_nearest(
    ruralsyn_run: Run, arguments: str, message: str
) -> None:
    ran = ruralsyn_run(*arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"ruralsyn: {message}")
    assert ran.err.count("\n") == 1


# Shared options -----------------------------------------------------------------------------------------


def test_shared_options_fit_what_a_command_prints() -> None:
    for row in COMMANDS.values():
        names = [option.name for option in row.all_options]
        assert len(names) == len(set(names))
        assert {option.name for option in ARRANGING[row.gives]} <= set(names)


def test_every_command_with_details_takes_full() -> None:
    taken = [name for name, row in COMMANDS.items() if FULL.name in {o.name for o in row.all_options}]
    assert set(COMMANDS) - set(taken) == {"search", "cite", "vocabulary", "count", "answer"} | RUN


@pytest.mark.parametrize("name", TABLES)
def test_columns_order_and_limit_are_the_same_for_people_and_programs(ruralsyn_run: Run, name: str) -> None:
    words = (*WORDS.get(name, ()), "-f", "json")
    first, second, *_ = rows(ruralsyn_run(name, *words))[0]
    chosen = ("--columns", f"{second},{first}", "--sort", f"-{first}", "--limit", "2")
    found = rows(ruralsyn_run(name, *words, *chosen))
    assert [list(row) for row in found] == [[second, first]] * 2
    assert len(ruralsyn_run(name, *WORDS.get(name, ()), *chosen, "-f", "csv").out.splitlines()) == 3


def test_a_column_for_programs_is_shown_when_asked_for(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("effects", "peru", "--columns", "effect,sign,source").out
    assert "peru-haku-winay.powerful-others" in out
    assert "GR psychosocial ¶10" in out
    assert "Outcome" not in out


def test_numbers_are_sorted_as_numbers_with_blanks_last(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("cases", "--sort", "-effects", "--columns", "effects", "-f", "json")
    numbers = [row["effects"] for row in rows(ran)]
    filled = [number for number in numbers if isinstance(number, int)]
    assert filled == sorted(filled, reverse=True)
    assert numbers == [*filled, *[None] * (len(numbers) - len(filled))]


def test_a_limit_says_how_many_rows_are_missing(ruralsyn_run: Run) -> None:
    assert (
        "46 more rows are not shown. Raise --limit to see more."
        in ruralsyn_run("effects", "--limit", "2").out
    )
    assert "--limit" not in ruralsyn_run("cases").out


@pytest.mark.parametrize("name", WITH_TITLES)
def test_title_and_level_of_the_heading(ruralsyn_run: Run, name: str) -> None:
    words = WORDS.get(name, ())
    usual = ruralsyn_run(name, *words).out
    title = next(line for line in usual.splitlines() if line.startswith("#"))
    out = ruralsyn_run(name, *words, "--title", "Of my own", "--heading-level", "3").out
    assert next(line for line in out.splitlines() if line.startswith("#")) == "### Of my own"
    assert title not in out.splitlines()
    assert title not in ruralsyn_run(name, *words, "--title", "").out.splitlines()


def test_a_report_begins_at_the_first_level_and_other_documents_at_the_second(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("report", "peru").out.lstrip().startswith("# ")
    assert ruralsyn_run("show", "peru").out.lstrip().startswith("## ")


def test_a_map_without_a_title_has_no_heading_in_any_text_format(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled, title="")
    assert isinstance(grid, Grid)
    assert (grid.title, grid.table.title) == ("", "")
    for name in ("html", "latex", "table", "markdown"):
        assert "Evidence map: " not in str(FORMATS[name].render(grid))


def test_an_html_page_without_a_title_has_no_empty_heading(ruralsyn_run: Run) -> None:
    for name in ("cases", "map"):
        assert "<h1></h1>" not in ruralsyn_run(name, "--title", "", "-f", "html").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("cases --columns nmae", "--columns: unknown column 'nmae'. The columns are case, "),
        ("cases --sort nmae", "--sort: unknown column 'nmae'. The columns are case, "),
        ("synthesis --swim --columns domain", "--columns, --sort and --limit work on a single table"),
        ("show peru --columns case", "show has no option --columns. "),
        ("cases --limit 0", "--limit must be 1 or more, not 0."),
        ("cases --heading-level 7", "--heading-level must be 6 or less, not 7."),
        ("cases --json -f csv", "--json and --format csv ask for two formats. Leave out one of them."),
    ],
)
def test_a_wrong_option_gets_one_line(ruralsyn_run: Run, arguments: str, message: str) -> None:
    ran = ruralsyn_run(*arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("name", WITH_FORMATS)
def test_json_is_short_for_the_format(ruralsyn_run: Run, name: str) -> None:
    words = WORDS.get(name, ())
    wanted = ruralsyn_run(name, *words, "-f", "json").out
    assert ruralsyn_run(name, *words, "--json").out == wanted
    assert ruralsyn_run(name, *words, "--json", "-f", "json").out == wanted


def test_json_beats_the_ending_of_a_file(ruralsyn_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    assert ruralsyn_run("cases", "--json", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("[")


def test_the_line_of_a_report_keeps_arguments_and_shared_options(ruralsyn_run: Run) -> None:
    options: dict[str, Any] = {"sections": ["reproduce"], "title": "", "heading_level": 3, "full": True}
    document = request("report", "peru", "lesotho", **options)
    assert isinstance(document, Document)
    runs = [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs]
    (line,) = (run.text for run in runs if isinstance(run, Code))
    assert line.startswith("ruralsyn report peru lesotho ")
    assert FORMATS["markdown"].render(document) == ruralsyn_run(*shlex.split(line)[1:]).out


# Words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "word", "value"),
    [
        ("--benefit", "good", "favourable"),
        ("--benefit", "bad", "unfavourable"),
        ("--direction", "up", "increase"),
        ("--direction", "down", "decrease"),
    ],
)
def test_everyday_words_for_directions_and_benefits(
    ruralsyn_run: Run, option: str, word: str, value: str
) -> None:
    assert ruralsyn_run("effects", option, word).out == ruralsyn_run("effects", option, value).out
    listed = rows(ruralsyn_run("vocabulary", option.lstrip("-"), "-f", "json"))
    assert [word] in [row["aliases"] for row in listed if row["value"] == value]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("effects -d xylophone", "unknown domain 'xylophone'. Allowed values: productive, income,"),
        (
            "effects --benefit nice",
            "unknown benefit 'nice'. Allowed values: favourable, unfavourable, unclear, neutral.",
        ),
        ("shwo", "there is no command 'shwo'. Did you mean show? "),
        ("xylophone", "there is no command 'xylophone'. `ruralsyn -h` lists the commands."),
        ("compare franc mali", "'franc' is not a case or country. `ruralsyn cases` lists them."),
        ("effects --foramt csv", "effects has no option --foramt. Did you mean --format? "),
        ("effects --xylophone", "effects has no option --xylophone. `ruralsyn effects -h` lists"),
        ("vocabulary xylophone", "filter: unknown value 'xylophone'. Allowed values: country, "),
        ("--vresion", "there is no option --vresion. Did you mean --version? "),
    ],
)
def test_a_mistyped_word_gets_a_suggestion_only_if_one_is_near(
    ruralsyn_run: Run, arguments: str, message: str
) -> None:
    ran = ruralsyn_run(*arguments.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(f"ruralsyn: {message}")
