"""Help, the overview without a command, and completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from ruralsyn.cli import overview
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.cli.overview import IN_WORD, TRY
from ruralsyn.dataset.model import Dataset

from ..conftest import Run
from .test_cli import SPAWN, on_terminal

# Help ---------------------------------------------------------------------------------------------------


def test_the_word_help_is_the_flag(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("help").out == ruralsyn_run("-h").out
    for name in COMMANDS:
        assert ruralsyn_run("help", name).out == ruralsyn_run(name, "-h").out
    ran = ruralsyn_run("help", "efects")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean effects?" in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_opens_with_summary_and_examples(ruralsyn_run: Run, name: str) -> None:
    lines = [line.strip() for line in ruralsyn_run(name, "-h").out.splitlines() if line.strip()]
    words = " ".join(lines[1:4])
    assert words.startswith(COMMANDS[name].summary[:60])
    first = lines.index(COMMANDS[name].examples[0])
    assert first <= 3
    assert lines[first : first + len(COMMANDS[name].examples)] == list(COMMANDS[name].examples)


def test_the_help_of_the_program_opens_with_examples(ruralsyn_run: Run) -> None:
    lines = [line.strip() for line in ruralsyn_run("-h").out.splitlines()]
    assert all(line in lines for line in TRY)
    assert lines.index(next(iter(TRY))) < next(n for n, line in enumerate(lines) if "Look up" in line)


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "PY_COLORS", "CI", "TTY_COMPATIBLE"])
def test_help_in_a_pipe_has_no_colour(name: str) -> None:
    for words in (("-h",), ("effects", "-h")):
        done = subprocess.run(
            [*SPAWN, *words], env=os.environ | {name: "1"}, capture_output=True, text=True, check=True
        )
        assert "\x1b" not in done.stdout


def test_help_has_colour_on_a_terminal_and_where_it_is_forced() -> None:
    assert "\x1b[" in on_terminal("effects", "-h")[1]
    assert "\x1b" not in on_terminal("effects", "-h", environment={"NO_COLOR": "1"})[1]
    forced = os.environ | {"FORCE_COLOR": "1"}
    done = subprocess.run([*SPAWN, "-h"], env=forced, capture_output=True, text=True, check=True)
    assert "\x1b[" in done.stdout


def test_help_offers_only_formats_that_fit(ruralsyn_run: Run) -> None:
    def formats(name: str) -> list[str]:
        text = " ".join(re.sub(r"[│╭╮╰╯─]", " ", ruralsyn_run(name, "-h").out).split())
        found = re.search(r"FORMAT (table, .*?)\. The default", text)
        assert found is not None
        return re.split(r", | or ", found[1])

    assert {"svg", "png", "csv"} <= set(formats("map"))
    assert not {"svg", "png"} & set(formats("effects"))
    assert "csv" in formats("effects")
    assert not {"csv", "tsv", "jsonl", "svg"} & set(formats("show"))


# Overview -----------------------------------------------------------------------------------------------


def test_the_overview_is_short_and_has_the_numbers_of_the_dataset(
    ruralsyn_run: Run, bundled: Dataset
) -> None:
    ran = ruralsyn_run()
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    counts = (
        f"{len(bundled.cases)} cases, {len(bundled.countries)} countries, {len(bundled.effects)} effects."
    )
    assert counts in " ".join(lines)
    assert "ruralsyn help COMMAND" in ran.out
    assert set(COMMANDS) <= set(ran.out.split())
    for row in COMMANDS.values():
        assert row.job in ran.out


def test_the_numbers_are_those_of_any_dataset(dummy: Dataset, capfd: pytest.CaptureFixture[str]) -> None:
    from ruralsyn.cli.run import run

    assert run([], dummy) == 0
    assert f"{len(dummy.cases)} cases" in capfd.readouterr().out


def test_the_overview_has_bold_names_on_a_terminal_only(ruralsyn_run: Run) -> None:
    code, out = on_terminal()
    assert code == 0
    assert "\x1b[1mLook up\x1b[0m" in out
    assert re.sub(r"\x1b\[[0-9]*m", "", out) == ruralsyn_run().out


@pytest.mark.parametrize("line", TRY)
def test_what_the_overview_tells_to_try_runs(line: str, tmp_path: object) -> None:
    command = line.replace("ruralsyn", f"'{sys.executable}' -m ruralsyn", 1)
    done = subprocess.run(
        command,
        shell=True,
        cwd=str(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("installed", [True, False])
def test_the_overview_tells_to_make_a_word_file_only_where_that_works(
    installed: bool, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "_has_pandoc", lambda: installed)
    out = ruralsyn_run().out
    assert [line in out for line in (*TRY, *IN_WORD)] == [True, True, not installed, installed]


# Completion ---------------------------------------------------------------------------------------------


def completed(line: str) -> tuple[list[str], str]:
    """What a shell offers for the last word of a line, and what it prints on standard error."""
    words = line.split()
    environment = os.environ | {
        "_RURALSYN_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        # After a blank, a new and still empty word is completed.
        "COMP_CWORD": str(len(words) if line.endswith(" ") else len(words) - 1),
    }
    done = subprocess.run(SPAWN, env=environment, capture_output=True, text=True, check=False)
    return done.stdout.split(), done.stderr


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ruralsyn eff", "effects"),
        ("ruralsyn help eff", "effects"),
        ("ruralsyn show colom", "colombia-fest"),
        ("ruralsyn show haku", "haku-winay"),
        ("ruralsyn show colombia-fest.inf", "colombia-fest.informal-loans"),
        ("ruralsyn cite general", "general-results"),
        ("ruralsyn effects per", "peru"),
        ("ruralsyn map per", "peru"),
        ("ruralsyn effects --domain fin", "finance"),
        ("ruralsyn effects --country peru,les", "peru,lesotho"),
        ("ruralsyn effects --format mark", "markdown"),
        ("ruralsyn map -f sv", "svg"),
        ("ruralsyn effects --columns out", "outcome"),
        ("ruralsyn effects --columns outcome,dir", "outcome,direction"),
        ("ruralsyn search x --columns k", "kind"),
        ("ruralsyn cases --sort eff", "effects"),
        ("ruralsyn compare peru --sections eff", "effects"),
        ("ruralsyn report --sections map,eff", "map,effects"),
        ("ruralsyn vocabulary outc", "outcome"),
        ("ruralsyn effects --by dom", "domain"),
        ("ruralsyn cite -f bib", "bibtex"),
        ("ruralsyn search budget -c per", "peru"),
        ("ruralsyn search budget --kind case,l", "case,lesson"),
        ("ruralsyn count find", "findings"),
        ("ruralsyn count cases per", "peru"),
        ("ruralsyn answer eff", "effects"),
        ("ruralsyn answer show per", "peru"),
    ],
)
def test_completion_knows_what_is_allowed(line: str, wanted: str) -> None:
    offered, err = completed(line)
    assert wanted in offered
    assert err == ""


def test_completion_offers_a_kind_or_a_command_as_the_first_word_only() -> None:
    assert completed("ruralsyn count per") == ([], "")
    assert "findings" not in completed("ruralsyn count cases ")[0]
    assert "vocabulary" not in completed("ruralsyn answer ")[0]


def test_the_help_lists_what_the_first_word_may_be(ruralsyn_run: Run) -> None:
    for name in ("count", "answer"):
        argument = COMMANDS[name].argument
        assert argument is not None
        words = set(re.sub(r"[│,.:]", " ", ruralsyn_run(name, "-h").out).split())
        assert set(argument.allowed_first()) <= words


def test_completion_offers_no_format_that_does_not_fit() -> None:
    assert completed("ruralsyn effects -f sv") == ([], "")
    assert "csv" not in completed("ruralsyn show peru -f ")[0]


@pytest.mark.parametrize("line", ["ruralsyn efects per", "ruralsyn efects --dom", "ruralsyn efects "])
def test_completion_after_a_mistyped_command_is_silent(line: str) -> None:
    assert completed(line) == ([], "")
