"""Unusual surroundings and input: they never cause a traceback, a lost file or a disordered terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import Filter, Selection, UsageError
from ruralsyn.cli.encoding import encode
from ruralsyn.cli.streams import wants_colour
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.validation import validate
from ruralsyn.evidence.synthesis import tallies
from ruralsyn.views.evidence_map import evidence_map
from ruralsyn.views.synthesis import synthesis_table

from ..conftest import Run
from .test_cli import on_terminal

PROGRAM = f"'{sys.executable}' -m ruralsyn"


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line.replace("ruralsyn", PROGRAM)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def test_another_name_of_standard_output_is_appended_to(tmp_path: Path) -> None:
    log = tmp_path / "log.md"
    log.write_text("precious\n")
    assert shell(f"ruralsyn cases -o /dev/stdout -f markdown >> '{log}'").returncode == 0
    assert log.read_text(encoding="utf-8").startswith("precious\n\n## Cases")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("ruralsyn cases >&-", 1, "standard output is closed"),
        ("ruralsyn --version >&-", 1, "standard output is closed"),
        ("ruralsyn -h >&-", 1, "standard output is closed"),
        ("ruralsyn cases -f json -o /dev/null >&-", 0, ""),
        ("ruralsyn --version > /dev/full", 1, "No space left"),
        ("ruralsyn -h > /dev/full", 1, "No space left"),
        ("ruralsyn -h | head -n 1", 0, ""),
        ("COLUMNS=99999999999999999999 ruralsyn cases -f table", 0, ""),
        # A byte that is not UTF-8 reaches Python as a lone surrogate, which cannot be encoded.
        ("ruralsyn report peru --sections map --title $'\\xff'", 0, ""),
        ("ruralsyn search $'\\xff' -f json", 0, "The search has no words"),
    ],
)
def test_odd_surroundings_give_a_line_and_no_traceback(line: str, code: int, words: str) -> None:
    done = shell(line)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") <= 1


# An open quote, a folder, an empty value, and a program that ends without reading.
@pytest.mark.parametrize("pager", ['less "', "/", "", "false"])
def test_a_pager_that_cannot_be_run_does_no_harm(pager: str) -> None:
    code, out = on_terminal("report", "peru", environment={"PAGER": pager})
    assert code == 0
    assert "Traceback" not in out
    assert (out.count("\n") > 100) == (pager != "false")


@pytest.mark.parametrize(
    "arguments",
    [("search", "\x1b]0;own\x07"), ("effects", "-d", "\x1b[31mx"), ("show", "a\x9bb"), ("\x1b[2J",)],
)
def test_what_a_user_types_never_reaches_the_terminal_as_a_command(
    ruralsyn_run: Run, arguments: tuple[str, ...]
) -> None:
    ran = ruralsyn_run(*arguments)
    assert not set("\x1b\x07\x9b") & set(ran.out + ran.err)


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_decided_by_the_conventions(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, colour: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(terminal) is colour


def test_an_encoding_keeps_what_it_has() -> None:
    assert encode("Haku Wiñay ▲ †", "latin-1") == "Haku Wiñay ^ *".encode("latin-1")
    assert encode("Haku Wiñay", "no-such-encoding") == b"Haku Winay"


def test_a_long_name_is_no_obstacle(ruralsyn_run: Run, tmp_path: Path) -> None:
    # File systems allow 255 bytes: a temporary name made from this one would be too long.
    path = tmp_path / f"{'x' * 250}.md"
    assert ruralsyn_run("cases", "-o", path).code == 0
    assert path.exists()


def test_an_unforeseen_failure_is_one_line(ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("ruralsyn.views.cases.cases_table", broken)
    ran = ruralsyn_run("cases")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        "ruralsyn: internal error: ZeroDivisionError: a bug. Set RURALSYN_DEBUG=1 to see where"
    )
    assert ran.err.count("\n") == 1
    monkeypatch.setenv("RURALSYN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        ruralsyn_run("cases")


def test_an_interrupt_during_the_imports_is_quiet() -> None:
    # An import hook that interrupts when Typer is about to be imported.
    code = (
        "import sys, ruralsyn.__main__ as m\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "m.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


# Selections that would mislead --------------------------------------------------------------------------


def test_effects_chosen_by_their_result_are_no_evidence(bundled: Dataset, ruralsyn_run: Run) -> None:
    chosen = Selection(bundled, Filter(benefits=("favourable",)))
    for full in (True, False):
        notes = evidence_map(chosen, full=full).table.notes
        assert any("selects effects by their result" in note for note in notes)
    with pytest.raises(UsageError, match="--sign-test does not work with --direction or --benefit"):
        synthesis_table(chosen, test=True)
    assert ruralsyn_run("synthesis", "--direction", "increase", "--sign-test").code == 2
    assert not any("by their result" in note for note in evidence_map(Selection(bundled)).table.notes)


def test_cells_that_a_filter_empties_are_counted_apart(bundled: Dataset) -> None:
    chosen = Selection(bundled, Filter(outcomes=("schooling",)))
    found = {t.domain: t for t in tallies(chosen.cells)}
    productive = found["productive"]
    assert (productive.unclear_only, productive.no_match, productive.blank) == (0, 7, 1)


def test_outcomes_are_not_grouped_by_attributes_of_cases(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("map", "--by", "outcome", "--group-by", "region")
    assert (ran.code, ran.out) == (2, "")


def test_simulations_are_left_out_of_counts(ruralsyn_run: Run) -> None:
    assert "5, and 2 simulated" in ruralsyn_run("show", "zambia", "--full").out
    assert "two simulated effects are not counted" in ruralsyn_run("effects", "-c", "zambia").out
    assert ",7," not in ruralsyn_run("cases", "-c", "zambia", "-f", "csv").out


def test_a_label_that_is_not_the_case_s_own_is_said(ruralsyn_run: Run) -> None:
    label = "The brief labels the effect Haku Wiñay."
    for command in (("effects", "-c", "peru"), ("compare", "peru", "lesotho")):
        assert label in ruralsyn_run(*command, "--full").out
    assert "Peru: Juntos + Haku Wiñay, labelled Haku Wiñay" in ruralsyn_run("effects", "-d", "income").out
    report = ruralsyn_run("report", "colombia-fest", "--sections", "effects").out
    assert re.search(r"\| Colombia \(FEST \+ UNIDOS\), labelled FEST +\| Productive assets", report)
    assert "Effects labelled otherwise than the case: Colombia (FEST + UNIDOS)" in ruralsyn_run("map").out
    assert "Some effects in Colombia (FEST + UNIDOS) are labelled FEST." in ruralsyn_run("map", "--full").out
    assert "None of the labels mentions Juntos" in ruralsyn_run("effects", "-p", "juntos").err


def test_what_is_not_reported_is_said(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("effects", "-c", "peru", "-d", "finance")
    assert "Not reported: Peru." in ran.err


def test_a_filter_by_audience_says_what_it_leaves_out(ruralsyn_run: Run) -> None:
    assert "more recommendations name no" in ruralsyn_run("recommendations", "--audience", "governments").out


# Names and places ---------------------------------------------------------------------------------------


def test_cases_go_by_their_programmes_and_by_commas(ruralsyn_run: Run) -> None:
    one = ruralsyn_run("compare", "fest", "springs")
    assert (one.code, one.out) == (0, ruralsyn_run("compare", "colombia-fest,lesotho").out)


@pytest.mark.parametrize("place", ["GR finance ¶2", "gr finance 2", "general-results/finance/2"])
def test_a_place_shows_what_comes_from_it(ruralsyn_run: Run, place: str) -> None:
    out = ruralsyn_run("show", place).out
    assert "## GR finance ¶2" in out
    assert "colombia-fest.informal-loans" in out


@pytest.mark.parametrize("place", ["GR finance ¶99", "XX finance ¶1", "GR nowhere ¶1", "GR finance ¶0"])
def test_a_place_that_is_none_is_told(ruralsyn_run: Run, place: str) -> None:
    assert ruralsyn_run("show", place).code == 2


def test_a_brief_cited_whole_is_cited_once(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("cite", "general-results", "colombia-fest.informal-loans", "-f", "bibtex").out
    assert out.count("@techreport{") == 1
    assert ruralsyn_run("cite", "-o", "refs.docx").code == 2
    assert "institutional-analysis" not in ruralsyn_run("cite", "peru", "-f", "ris").err


@pytest.mark.parametrize(
    "wrong", [{"countries": "peru"}, {"countries": 3}, {"simulated": "yes"}, {"simulated": 2}]
)
def test_a_filter_of_anything_but_ids_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Filter: "):
        Filter(**wrong)


def test_a_filter_takes_lists_and_sets() -> None:
    assert Filter(countries=["peru"]) == Filter(countries={"peru"}) == Filter(countries=("peru",))  # type: ignore[arg-type]
    assert Filter(countries=[]) == Filter()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [".bib", "refs.BIB"])
def test_the_ending_of_a_file_tells_the_style(ruralsyn_run: Run, tmp_path: Path, name: str) -> None:
    assert ruralsyn_run("cite", "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("@techreport")


def test_an_empty_map_for_programs_says_why(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("map", "--by", "outcome", "-c", "mexico", "-f", "csv")
    assert ran.err == "ruralsyn: No cases match.\n"


def test_the_checks_pass_on_the_small_dataset(dummy: Dataset) -> None:
    assert validate(dummy) == ()


def test_suggestions_are_the_same_in_every_run() -> None:
    outputs = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        arguments = [sys.executable, "-m", "ruralsyn", "search", "zambia ag zzz bu"]
        outputs.add(subprocess.run(arguments, capture_output=True, env=environment, check=True).stderr)
    assert len(outputs) == 1


def test_a_file_in_memory_is_replaced_like_any_other() -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir():
        pytest.skip("there is no /dev/shm")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        line = f"ruralsyn effects -o '{folder}/out.csv'"
        assert shell(line).returncode == 0
        once = Path(folder, "out.csv").read_bytes()
        assert shell(line).returncode == 0
        assert Path(folder, "out.csv").read_bytes() == once
