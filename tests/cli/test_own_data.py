"""Data of one's own on the command line: beside the bundled records, or alone."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import UsageError, load, request
from ruralsyn.cli.commands import COMMANDS

from ..conftest import Run
from .test_cli import SPAWN

KENYA = """
[briefs.hsnp-2016]
title = "Evaluation of the Hunger Safety Net Programme"
year  = 2016

[countries.kenya]
iso2 = "KE"

[cases.kenya-hsnp]
country = "kenya"
title   = "Hunger Safety Net Programme"
source  = ["hsnp-2016/p. 3"]

[cases.kenya-hsnp.effects.savings]
direction = "increase"
source    = ["hsnp-2016/p. 14"]
"""
GHANA = KENYA.replace("kenya", "ghana").replace("KE", "GH").replace("hsnp", "leap").replace("Hunger", "Cash")


@pytest.fixture
def kenya(tmp_path: Path) -> Path:
    path = tmp_path / "kenya.toml"
    path.write_text(KENYA, encoding="utf-8")
    return path


@pytest.fixture
def ghana(tmp_path: Path) -> Path:
    path = tmp_path / "ghana.toml"
    path.write_text(GHANA, encoding="utf-8")
    return path


def effects(ran: Any) -> list[dict[str, Any]]:
    assert (ran.code, ran.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_files_are_read_beside_the_bundled_data(ruralsyn_run: Run, kenya: Path, ghana: Path) -> None:
    ran = ruralsyn_run("effects", "--outcome", "savings", "--data", kenya, "--data", ghana, "--json")
    assert [(row["case"], row["file"]) for row in effects(ran)] == [
        ("colombia-fest", None),
        ("kenya-hsnp", str(kenya)),
        ("ghana-leap", str(ghana)),
    ]


def test_files_are_read_alone(ruralsyn_run: Run, kenya: Path) -> None:
    (row,) = effects(ruralsyn_run("effects", "--only-data", "--data", kenya, "--json"))
    assert (row["effect"], row["domain"], row["benefit"]) == ("kenya-hsnp.savings", "finance", "favourable")
    assert row["source"] == [{"brief": "hsnp-2016", "section": "p. 14", "paragraph": None}]


def test_the_environment_names_files_and_an_option_beats_it(
    ruralsyn_run: Run, kenya: Path, ghana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RURALSYN_DATA", f"{kenya}{os.pathsep}{ghana}")
    assert len(effects(ruralsyn_run("cases", "--json"))) == 10
    assert len(effects(ruralsyn_run("cases", "--json", "--data", kenya))) == 9
    assert len(effects(ruralsyn_run("cases", "--json", "--only-data"))) == 2
    assert "10 cases, 9 countries" in ruralsyn_run().out


def test_people_see_the_file_only_where_it_tells_something(ruralsyn_run: Run, kenya: Path) -> None:
    of_several = ruralsyn_run("effects", "--outcome", "savings", "--data", kenya).out
    assert "| File " in of_several
    assert "bundled" in of_several
    for words in (("effects", "kenya"), ("effects", "peru"), ("effects", "--only-data")):
        assert "| File " not in ruralsyn_run(*words, "--data", kenya).out


def test_a_report_names_the_files_in_the_line_that_makes_it_again(ruralsyn_run: Run, kenya: Path) -> None:
    out = ruralsyn_run("report", "kenya", "--data", kenya, "--only-data").out
    assert f"ruralsyn report kenya --data {kenya} --only-data" in out


def test_a_file_that_is_named_twice_is_read_once(ruralsyn_run: Run, kenya: Path) -> None:
    linked = kenya.with_name("linked.toml")
    linked.symlink_to(kenya)
    for again in (kenya, linked):
        assert len(effects(ruralsyn_run("cases", "--data", kenya, "--data", again, "--json"))) == 9


def test_a_file_that_is_named_twice_stands_where_it_is_named_first(
    ruralsyn_run: Run, kenya: Path, ghana: Path
) -> None:
    files = ("--data", kenya, "--data", ghana, "--data", kenya)
    rows = effects(ruralsyn_run("cases", "--only-data", *files, "--json"))
    assert [row["case"] for row in rows] == ["kenya-hsnp", "ghana-leap"]


def test_only_own_data_needs_data(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("effects", "--only-data")
    assert (ran.code, ran.out) == (2, "")
    assert "--only-data needs the files to read" in ran.err


def test_a_faulty_file_is_told_before_anything_is_written(
    ruralsyn_run: Run, kenya: Path, tmp_path: Path
) -> None:
    kenya.write_text(KENYA.replace("increase", "increse"), encoding="utf-8")
    target = tmp_path / "out.md"
    target.write_text("before")
    ran = ruralsyn_run("effects", "--data", kenya, "-o", target)
    assert (ran.code, ran.out, target.read_text()) == (1, "", "before")
    assert f"{kenya}:15: cases.kenya-hsnp.effects.savings.direction: " in ran.err


def test_python_takes_the_same_files(kenya: Path) -> None:
    assert request("effects", data=[str(kenya)]) == request("effects", dataset=load(kenya))
    alone = request("cases", data=[str(kenya)], only_data=True)
    assert alone == request("cases", dataset=load(kenya, only=True))
    with pytest.raises(UsageError, match="not both"):
        request("cases", data=[str(kenya)], dataset=load())


def test_completion_knows_the_records_of_the_files(kenya: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def completed(*words: str) -> list[str]:
        line = f"ruralsyn {' '.join(words)}"
        asked = {"_RURALSYN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        return subprocess.run(
            SPAWN, env=os.environ | asked, capture_output=True, text=True, check=False
        ).stdout.split()

    assert completed("effects", "--data", str(kenya), "--country", "ken") == ["kenya"]
    monkeypatch.setenv("RURALSYN_DATA", str(kenya))
    assert completed("show", "kenya-hsnp.s") == ["kenya-hsnp.savings"]
    # A file with faults does not get in the way.
    kenya.write_text("nothing", encoding="utf-8")
    assert completed("effects", "per") == ["peru", "peru-haku-winay"]


@pytest.mark.parametrize(
    "name", [name for name, row in COMMANDS.items() if row.view and row.gives == "table"]
)
def test_the_file_is_the_last_column_of_records(ruralsyn_run: Run, kenya: Path, name: str) -> None:
    words = ("hunger",) if name == "search" else ()
    out = ruralsyn_run(name, *words, "--data", kenya, "-f", "csv").out
    heads = next(csv.reader(StringIO(out)))
    # These two list no records: words that a filter takes, and counts.
    assert (heads[-1] == "file") == (name not in ("vocabulary", "synthesis"))


# Validation ---------------------------------------------------------------------------------------------


def test_faults_are_printed_for_people_programs_and_code_hosts(ruralsyn_run: Run, kenya: Path) -> None:
    kenya.write_text(KENYA.replace("increase", "increse"), encoding="utf-8")
    text = ruralsyn_run("validate", kenya)
    fault = (
        'cases.kenya-hsnp.effects.savings.direction: "increse" is not one of increase, decrease, none; '
        "did you mean increase?"
    )
    assert (text.code, text.err) == (1, "")
    assert text.out == f"{kenya}:15: {fault}\n{kenya}: one fault.\n"
    (row,) = json.loads(ruralsyn_run("validate", kenya, "-f", "json").out)
    assert (row["file"], row["line"], row["severity"], row["rule"]) == (str(kenya), 15, "error", "value")
    assert row["path"] == ["cases", "kenya-hsnp", "effects", "savings", "direction"]
    log = json.loads(ruralsyn_run("validate", kenya, "-f", "sarif").out)
    (result,) = log["runs"][0]["results"]
    assert (log["version"], result["level"], result["message"]["text"]) == ("2.1.0", "error", fault)
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (kenya.as_uri(), {"startLine": 15})


def test_warnings_are_told_apart_and_strict_counts_them(ruralsyn_run: Run, kenya: Path) -> None:
    milk = 'name = "Milk"\ndomain = "income"\ndesired = "increase"\n'
    more = f'\n[regions.asia]\nname = "Asia"\n[outcomes.milk]\n{milk}'
    kenya.write_text(KENYA.replace('source  = ["hsnp-2016/p. 3"]\n', "") + more, encoding="utf-8")
    ran = ruralsyn_run("validate", kenya)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{kenya}:9: warning: cases.kenya-hsnp.source: is missing: say where the case comes from",
        f"{kenya}:17: warning: regions.asia: no record uses it",
        f"{kenya}:19: warning: outcomes.milk: no record uses it",
        f"{kenya}:19: warning: outcomes.milk.why: is missing: say why this direction is desired, or why none "
        "is",
        f"{kenya}: four warnings.",
    ]
    assert ruralsyn_run("validate", kenya, "--strict").code == 1


def test_the_bundled_file_passes_strictly(ruralsyn_run: Run) -> None:
    from ruralsyn.dataset.loading import bundled_path

    ran = ruralsyn_run("validate", "--strict", bundled_path())
    assert (ran.code, ran.out) == (0, f"{bundled_path()}: no faults.\n")


def test_every_file_is_read_even_if_one_cannot_be(ruralsyn_run: Run, kenya: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[cases\n", encoding="utf-8")
    kenya.write_text(KENYA.replace('"KE"', '"!!"'), encoding="utf-8")
    ran = ruralsyn_run("validate", broken, tmp_path / "none.toml", kenya)
    assert (ran.code, len(ran.out.splitlines())) == (1, 4)
    assert "none.toml: cannot be read: No such file or directory." in ran.out
    assert f'{kenya}:7: countries.kenya.iso2: "!!" is not a code' in ran.out


def test_what_an_unread_file_may_hold_is_not_told_as_missing(
    ruralsyn_run: Run, kenya: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(f"{KENYA}[cases\n", encoding="utf-8")
    kenya.write_text(KENYA.partition("[cases")[1] + KENYA.partition("[cases")[2], encoding="utf-8")
    for files in ((broken, kenya), (kenya, broken)):
        ran = ruralsyn_run("validate", *files)
        assert (ran.code, len(ran.out.splitlines())) == (1, 2)
        assert "broken.toml:17: is not valid TOML" in ran.out


def test_a_file_with_two_names_is_checked_once(ruralsyn_run: Run, kenya: Path) -> None:
    linked = kenya.with_name("linked.toml")
    linked.symlink_to(kenya)
    assert ruralsyn_run("validate", kenya, linked).code == 0


def test_a_file_is_checked_from_standard_input(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "ruralsyn",
        "validate",
        "-",
        "-o",
        str(tmp_path / "log.json"),
        "-f",
        "json",
    ]
    done = subprocess.run(command, input=KENYA + "x = 3\n", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert json.loads((tmp_path / "log.json").read_text())[0]["file"] == "standard input"


def test_a_page_of_a_source_with_sections_has_a_page(ruralsyn_run: Run, kenya: Path) -> None:
    sections = '[briefs.hsnp-2016.sections.talks]\ntitle = "Talks"\nparagraphs = 3\n'
    text = KENYA.replace("2016\n\n", f"2016\npages = 90\n{sections}", 1)
    kenya.write_text(text, encoding="utf-8")
    out = ruralsyn_run("show", "hsnp-2016/p. 3", "--data", kenya, "-f", "markdown").out
    assert "Page 3 of the source" in out
    assert "Hunger Safety Net Programme |" in out  # The case has no summary, so no colon either.


def test_a_source_is_cited_whole_and_by_page(ruralsyn_run: Run, kenya: Path) -> None:
    kenya.write_text(KENYA.replace('"hsnp-2016/p. 3"', '"hsnp-2016", "hsnp-2016/p. 3"'), encoding="utf-8")
    assert "Cited: p. 3." in ruralsyn_run("cite", "kenya-hsnp", "--data", kenya).out


def test_of_three_cases_two_may_have_moved_the_same_way(
    ruralsyn_run: Run, kenya: Path, ghana: Path, tmp_path: Path
) -> None:
    togo = tmp_path / "togo.toml"
    text = (
        KENYA.replace("kenya", "togo").replace("KE", "TG").replace("hsnp", "agro").replace("Hunger", "Farm")
    )
    togo.write_text(text.replace('"increase"', '"decrease"'), encoding="utf-8")
    files = ("--data", kenya, "--data", ghana, "--data", togo)
    out = ruralsyn_run("compare", "kenya", "ghana", "togo", *files, "-f", "markdown").out
    assert "savings did not move the same way in all three" in out


BARE = '[cases.bare]\ncountry = "peru"\ntitle = "Bare"\n'
OTHER = '[cases.other]\ncountry = "peru"\ntitle = "Other"\n'


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (BARE, ("cases",), "One case in one country: the sources give no evaluated effect."),
        (KENYA, ("cases",), "One case in one country: the sources give one evaluated effect ("),
        (BARE + OTHER, ("cases",), "Two cases in one country: the sources give no evaluated effect."),
        (KENYA + BARE, ("cases",), "the sources give one evaluated effect for one of them ("),
        (f"{KENYA}simulated = true\n", ("cases",), "country: the sources give no evaluated effect ("),
        (KENYA, ("effects",), "The sources report effects for one case: one effect, "),
        (BARE, ("report",), "The data has no source."),
        ("", ("report",), "the data has no case, so there is nothing to report."),
        ('[countries.kenya]\niso2 = "KE"\n', ("map", "kenya"), "there is no case of 'kenya'."),
    ],
)
def test_sentences_hold_for_very_little_data(
    ruralsyn_run: Run, tmp_path: Path, text: str, words: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    ran = ruralsyn_run(*words, "--data", path, "--only-data", "-f", "markdown")
    assert said in (ran.out or ran.err)


def test_files_keep_their_order_and_both_are_named(ruralsyn_run: Run, kenya: Path, ghana: Path) -> None:
    for path, title in ((kenya, "Of Kenya"), (ghana, "Of Ghana")):
        path.write_text(f'[dataset]\ntitle = "{title}"\n{path.read_text()}', encoding="utf-8")
    files = [word for path in (ghana, kenya, ghana) for word in ("--data", path)]
    assert [row["case"] for row in effects(ruralsyn_run("cases", *files, "--only-data", "--json"))] == [
        "ghana-leap",
        "kenya-hsnp",
    ]
    assert "Data: Of Ghana and Of Kenya." in ruralsyn_run("cases", *files, "--only-data").out


def test_references_have_keys_of_their_own(ruralsyn_run: Run, kenya: Path, ghana: Path) -> None:
    for path in (kenya, ghana):
        path.write_text(f'[dataset]\ntitle = "数据"\n{path.read_text()}', encoding="utf-8")
    out = ruralsyn_run("cite", "--data", kenya, "--data", ghana, "-f", "bibtex").out
    keys = [line.partition("{")[2] for line in out.splitlines() if line.startswith("@")]
    assert len(set(keys)) == len(keys) == 7


def test_directions_are_named_in_a_sentence(ruralsyn_run: Run, kenya: Path) -> None:
    out = ruralsyn_run("effects", "--direction", "none,increase", "--data", kenya).out
    assert "Effects without change or increases only: " in out


def test_an_empty_name_is_no_file(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("cases", "--data", "")
    assert (ran.code, ran.out) == (2, "")
    assert "--data needs the name of a file" in ran.err


def test_a_case_with_two_effects_on_one_outcome_is_one_case(ruralsyn_run: Run, kenya: Path) -> None:
    second = '[cases.kenya-hsnp.effects.of-women]\noutcome = "savings"\n'
    kenya.write_text(f'{KENYA}{second}direction = "increase"\nsource = ["hsnp-2016"]\n', encoding="utf-8")
    out = ruralsyn_run("effects", "--data", kenya, "--only-data").out
    assert "two effects, both favourable for the household (savings rose)" in out
