"""The command line: what people and programs can rely on, and the answers to bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from ruralsyn.cli.commands import COMMANDS
from ruralsyn.cli.encoding import encode
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.names import records_by_key
from ruralsyn.render.formats import FORMATS

from ..conftest import OWN_CASES, Ran, Run, heeds_interrupts

COLUMNS = {
    "cases": "case country region title programmes architecture programme_count coordination briefs effects "
    "findings source",
    "effects": "effect case country domain outcome intervention programmes direction benefit sign simulated "
    "note source",
    "coordination": "finding case country levels formality role text source",
    "map": "case country domain direction favourable unfavourable unclear simulated status depends_on",
    "lessons": "lesson theme regions text source",
    "recommendations": "recommendation audiences regions basis text source",
    "programmes": "programme name acronym country type type_basis organisation cases",
}
"""The columns that programs rely on. New ones go to the end."""
EVERY_COMMAND = [
    ("cases",),
    ("effects",),
    ("coordination",),
    ("lessons",),
    ("recommendations",),
    ("programmes",),
    ("search", "school"),
    ("vocabulary",),
    ("show", "peru"),
    ("compare", "peru", "lesotho"),
    ("map",),
    ("synthesis",),
    ("sources",),
]
COMPARED = "profile effects outcomes formality coordination obstacles effect-records finding-records".split()
SPAWN = [sys.executable, "-m", "ruralsyn"]


def rows(ran: Ran) -> list[dict[str, object]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


# Contracts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COLUMNS)
def test_columns_stand_in_their_order(ruralsyn_run: Run, command: str) -> None:
    wanted = COLUMNS[command].split()
    head = ruralsyn_run(command, "-f", "csv").out.split("\n")[0].split(",")
    assert head[: len(wanted)] == wanted
    assert list(rows(ruralsyn_run(command, "-f", "json"))[0]) == head


@pytest.mark.parametrize("command", COLUMNS)
def test_csv_tsv_jsonl_and_json_say_the_same(ruralsyn_run: Run, command: str) -> None:
    as_json = rows(ruralsyn_run(command, "-f", "json"))
    lines = [json.loads(line) for line in ruralsyn_run(command, "-f", "jsonl").out.splitlines()]
    as_csv = list(csv.DictReader(io.StringIO(ruralsyn_run(command, "-f", "csv").out)))
    as_tsv = list(csv.DictReader(io.StringIO(ruralsyn_run(command, "-f", "tsv").out), delimiter="\t"))
    assert lines == as_json
    assert as_csv == as_tsv
    assert [{key: flat(value) for key, value in row.items()} for row in as_json] == as_csv


def flat(value: object) -> str:
    """A value of a JSON row as CSV and TSV print it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(flat(item) for item in value)
    if isinstance(value, dict):
        return "/".join(str(part) for part in value.values())
    return str(value)


def test_effects_in_json_hold_ids(ruralsyn_run: Run) -> None:
    (row,) = rows(
        ruralsyn_run("effects", "--case", "peru-haku-winay", "--outcome", "powerful-others", "-f", "json")
    )
    assert row == {
        "effect": "peru-haku-winay.powerful-others",
        "case": "peru-haku-winay",
        "country": "peru",
        "domain": "psychosocial",
        "outcome": "powerful-others",
        "intervention": "Haku Wiñay + Soft Skills Programme",
        "programmes": ["haku-winay", "soft-skills"],
        "direction": "decrease",
        "benefit": "favourable",
        "sign": "inferred",
        "simulated": False,
        "note": row["note"],
        "source": [{"brief": "general-results", "section": "psychosocial", "paragraph": 10}],
        "iso3": "PER",
        "file": None,
    }


def test_cases_say_null_where_nothing_was_evaluated_or_analysed(ruralsyn_run: Run) -> None:
    found = {row["case"]: row for row in rows(ruralsyn_run("cases", "-f", "json"))}
    assert (found["mexico-proinpro"]["effects"], found["zambia-casu"]["findings"]) == (None, None)
    assert found["zambia-casu"]["architecture"] is None
    assert found["colombia-fest"]["effects"] == 9


def test_the_map_has_a_row_for_every_case_and_domain(ruralsyn_run: Run) -> None:
    found = rows(ruralsyn_run("map", "-f", "json"))
    assert len(found) == 40
    ppp = next(row for row in found if (row["case"], row["domain"]) == ("colombia-ppp", "productive"))
    assert (ppp["direction"], ppp["depends_on"]) == ("conflicting", ["colombia-ppp.food-crop-products"])
    statuses = {(row["case"], row["domain"]): (row["status"], row["direction"]) for row in found}
    assert statuses["mexico-proinpro", "finance"] == ("not-evaluated", None)
    assert statuses["peru-haku-winay", "finance"] == ("not-reported", None)


@pytest.mark.parametrize(
    ("arguments", "tables"),
    [
        (("sources",), ["briefs", "discrepancies", "sections", "contacts", "codelists"]),
        (("compare", "peru", "lesotho"), COMPARED),
        (("show", "mali"), ["profile", "effects", "coordination", "discrepancies"]),
        (("synthesis", "--swim"), ["synthesis", "swim"]),
    ],
)
def test_documents_in_json_have_their_tables(
    ruralsyn_run: Run, arguments: tuple[str, ...], tables: list[str]
) -> None:
    data = json.loads(ruralsyn_run(*arguments, "-f", "json").out)
    assert list(data["tables"]) == tables
    assert data["title"]
    assert data["dataset"].startswith("ruralsyn dataset ")


def test_sources_name_discrepancies_as_promised(ruralsyn_run: Run) -> None:
    data = json.loads(ruralsyn_run("sources", "-f", "json").out)
    assert list(data["tables"]["discrepancies"][0]) == "discrepancy title text handling source file".split()


# What the commands say ----------------------------------------------------------------------------------


def test_finance_is_answered_with_directions_and_benefits(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("effects", "--domain", "finance").out
    assert out.count("▲ increase") == 5
    for words in (
        "▼ decrease †",
        "▼ decrease ‡",
        "Informal loans",
        "GR finance ¶2",
        "three of the seven cases with effects, in Colombia and Lesotho, report eight effects in all",
        "Not reported: Peru, Ethiopia, Mali and Zambia. No effects in the briefs: Mexico.",
    ):
        assert words in out


def test_colombia_gives_two_columns(ruralsyn_run: Run) -> None:
    data = json.loads(ruralsyn_run("compare", "colombia", "mali", "-f", "json").out)
    assert list(data["tables"]["profile"][0]) == [
        "attribute",
        "colombia-fest",
        "colombia-ppp",
        "mali-cash-plus",
    ]


def test_absent_layers_are_said(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("compare", "mexico", "zambia").out
    assert "no effects given" in out
    assert "not analysed" in out
    assert "Mexico reports no effects" in out
    unsaid = "The briefs do not say how institutions coordinated in Zambia."
    assert unsaid in out
    assert "The briefs report no effects for this case." in ruralsyn_run("show", "mexico").out
    assert "The briefs do not say how the case coordinated." in ruralsyn_run("show", "zambia").out


def test_a_comparison_across_types_of_coordination_bears_its_caution(ruralsyn_run: Run) -> None:
    caution = "Both non-intentional cases are in Colombia"
    assert caution in ruralsyn_run("compare", "colombia-ppp", "peru").out
    assert caution not in ruralsyn_run("compare", "lesotho", "peru").out
    assert "Non-intentional (2 cases)" in ruralsyn_run("map", "--group-by", "coordination").out


def test_every_record_can_be_shown(bundled: Dataset, ruralsyn_run: Run) -> None:
    for kind in ("cases", "effects", "findings", "lessons", "recommendations", "discrepancies", "programmes"):
        key = next(iter(records_by_key(bundled, kind)))
        assert ruralsyn_run("show", key).code == 0


def test_the_command_behind_a_hit_shows_that_record(bundled: Dataset) -> None:
    from ruralsyn.evidence.names import RECORD_KINDS, find_record
    from ruralsyn.evidence.search import index_entries

    for entry in index_entries(bundled):
        kind, key = find_record(bundled, entry.key)
        # A contact is shown on the page of its brief.
        shown = "brief" if entry.kind == "contact" else entry.kind
        assert (RECORD_KINDS[kind], key) == (shown, entry.key)


@pytest.mark.parametrize("arguments", EVERY_COMMAND, ids=" ".join)
def test_every_command_has_every_format(ruralsyn_run: Run, arguments: tuple[str, ...]) -> None:
    for name in ("table", "markdown", "html", "latex", "json"):
        ran = ruralsyn_run(*arguments, "-f", name)
        assert (ran.code, ran.err) == (0, "")
        assert "\x1b" not in ran.out
        assert "<bound method" not in ran.out
        # A value that a renderer failed to turn into text shows as the name of its class, None or a method.
        assert not re.search(r"\b(Term|Cite|Noted|Rich)\(|\bNone\b(?! of)", ran.out)


def test_nothing_claims_more_than_the_briefs(ruralsyn_run: Run) -> None:
    for arguments in EVERY_COMMAND:
        out = ruralsyn_run(*arguments, "-f", "markdown").out.lower()
        assert not re.search(r"statistically|\bproves\b|\bcaused\b(?! by covid)|\beffect size", out)
        # The cautions say that the briefs report no significance; that is the only mention allowed.
        assert "significant" not in out.replace("no significance", "").replace("size or significance", "")


# Formats and files --------------------------------------------------------------------------------------


def test_markdown_is_the_format_of_a_pipe(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("cases").out.startswith("\n## Cases\n")


def test_the_environment_sets_a_format_and_an_option_beats_it(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RURALSYN_FORMAT", "tsv")
    assert ruralsyn_run("cases").out.startswith("case\tcountry")
    assert ruralsyn_run("cases", "-f", "json").out.startswith("[")
    ruralsyn_run("cases", "-o", tmp_path / "cases.md")
    assert (tmp_path / "cases.md").read_text(encoding="utf-8").startswith("\n## Cases")
    monkeypatch.setenv("RURALSYN_FORMAT", "yaml")
    ran = ruralsyn_run("cases")
    assert (ran.code, ran.out) == (2, "")
    assert "RURALSYN_FORMAT: unknown format 'yaml'" in ran.err


@pytest.mark.parametrize("ending", [".md", ".html", ".tex", ".csv", ".tsv", ".json", ".jsonl", ".txt"])
def test_a_file_gets_the_bytes_of_a_pipe(ruralsyn_run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"effects{ending}"
    ran = ruralsyn_run("effects", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert path.read_bytes().decode("utf-8") == ruralsyn_run("effects", "-f", ending[1:]).out


def test_a_dash_is_standard_output(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("cases", "-o", "-").out == ruralsyn_run("cases").out


def test_a_file_is_replaced_whole_and_keeps_its_mode_and_link(ruralsyn_run: Run, tmp_path: Path) -> None:
    path, link = tmp_path / "real.md", tmp_path / "link.md"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    assert ruralsyn_run("cases", "-o", link).code == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8").startswith("\n## Cases")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_a_failed_write_leaves_the_file_as_it_was(
    ruralsyn_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.md"
    path.write_text("precious")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    # The first call after the data is written, so the temporary file exists when it fails.
    monkeypatch.setattr("os.fsync", fail)
    ran = ruralsyn_run("cases", "-o", path)
    assert (ran.code, ran.out) == (1, "")
    assert "No space left on device" in ran.err
    assert path.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", [row.name for row in FORMATS.values() if row.one_table])
def test_a_format_of_one_table_refuses_a_document(ruralsyn_run: Run, name: str) -> None:
    ran = ruralsyn_run("compare", "peru", "lesotho", "-f", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"{name} holds one table" in ran.err
    assert "--format json" in ran.err


# Bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("efects", 2, "Did you mean effects?"),
        ("frobnicate", 2, "there is no command 'frobnicate'"),
        ("effects --domian finance", 2, "--domian"),
        ("effects --domain finanse", 2, "Did you mean finance"),
        ("effects --domain zzzz", 2, "Allowed values: productive, income,"),
        ("effects --outcome zzzz", 2, "`ruralsyn vocabulary outcome` lists every value."),
        ("effects --country", 2, "requires an argument"),
        ("effects -f cvs", 2, "Did you mean csv?"),
        ("effects --by dmain", 2, "Did you mean domain?"),
        ("effects -o report.rtf", 2, "cannot write .rtf files, but Pandoc can"),
        ("effects -o report.xyz", 2, "Add --format"),
        ("effects -o report", 2, "Add --format"),
        ("effects -o /no/such/folder/x.md", 1, "Make the folder first"),
        ("effects -o /etc/passwd/x.md", 1, "cannot be written"),
        ("effects -o . -f csv", 1, "cannot be written"),
        ("effects -f svg", 2, "ruralsyn map"),
        ("lessons peru", 2, "lessons takes no arguments, but got 'peru'."),
        ("compare peru", 2, "two or more"),
        ("compare colombia", 2, "two or more"),
        ("compare peru peru", 2, "'peru' twice"),
        ("compare peru Perú", 2, "cannot be compared with itself"),
        ("compare colombia colombia-ppp", 2, "cannot be compared with itself"),
        ("compare peru atlantis", 2, "'atlantis' is not a case or country"),
        ("compare peru finance", 2, "not a case or country"),
        ("compare", 2, "Missing argument"),
        ("show", 2, "Missing argument"),
        ("show pero", 2, "Did you mean peru"),
        ("vocabulary contry", 2, "Did you mean country"),
        ("map --by case", 2, "Allowed values: domain, outcome"),
        ("report --citations footnotes", 2, "Allowed values: notes, text, pandoc"),
        ("map --group-by country", 2, "Allowed values: region"),
        ("search --limit 0 x", 2, "--limit"),
        ("search", 2, "Missing argument"),
        (
            "search x --kind cse",
            2,
            "--kind: unknown value 'cse'. Did you mean case?\n",
        ),
        ("search x --kind case,lessons", 2, "Did you mean lesson?"),
        ("search x -c atlantis", 2, "unknown country 'atlantis'"),
        ("--frobnicate", 2, "--frobnicate"),
    ],
)
def test_bad_input_gets_one_clear_line(ruralsyn_run: Run, arguments: str, code: int, words: str) -> None:
    ran = ruralsyn_run(*arguments.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert ran.err.startswith("ruralsyn: ")
    assert ran.err.count("\n") == 1


def test_nothing_matched_is_an_empty_table_and_a_remark(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("effects", "-c", "mexico", "-f", "csv")
    assert (ran.code, ran.out.count("\n"), ran.err) == (
        0,
        1,
        "ruralsyn: No effects match. No effects in the briefs: Mexico.\n",
    )
    ran = ruralsyn_run("effects", "-c", "mexico", "-f", "json")
    assert (ran.code, ran.out) == (0, "[]\n")
    ran = ruralsyn_run("search", "scholing")
    assert (ran.code, "schooling" in ran.err) == (0, True)


def test_a_broken_dataset_is_told_without_a_traceback(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ruralsyn.dataset.loading.bundled_path", lambda: tmp_path / "gone.toml")
    ran = ruralsyn_run("cases")
    assert (ran.code, ran.out) == (1, "")
    assert "gone.toml: cannot be read" in ran.err


# Help ---------------------------------------------------------------------------------------------------


CURRENT = "There are <!-- ruralsyn: count cases -->8<!-- /ruralsyn --> cases.\n"
MEMO = """# A memo

<!-- ruralsyn: effects domain=finance -->
<!-- /ruralsyn -->

## Comparison
"""


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_answers_and_its_examples_run(
    ruralsyn_run: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-cases.toml").write_text(OWN_CASES, encoding="utf-8")
    (tmp_path / "memo.md").write_text(MEMO, encoding="utf-8")
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "memo.md").write_text(CURRENT, encoding="utf-8")
    short, long = (ruralsyn_run(*name.split(), flag) for flag in ("-h", "--help"))
    assert (short.code, short.err) == (0, "")
    assert short.out == long.out
    assert "Usage: ruralsyn" in short.out
    if name:
        for example in COMMANDS[name].examples:
            done = subprocess.run(
                example.replace("ruralsyn", f"'{sys.executable}' -m ruralsyn", 1),
                shell=True,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, ""), example


def test_the_help_of_a_search_lists_the_kinds_of_record(ruralsyn_run: Run) -> None:
    words = ruralsyn_run("search", "-h").out.replace("│", " ").split()
    assert "of these kinds: case, effect, finding, lesson" in " ".join(words)


def test_help_groups_the_commands_by_job(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("-h").out
    assert out.index("Look up") < out.index("Compare and report") < out.index("Check and cite")


def test_options_may_follow_in_any_order(ruralsyn_run: Run) -> None:
    one = ruralsyn_run("show", "-f", "json", "peru").out
    assert one == ruralsyn_run("show", "peru", "-f", "json").out


def test_the_version_is_printed(ruralsyn_run: Run) -> None:
    import ruralsyn

    assert ruralsyn_run("--version") == (0, f"ruralsyn {ruralsyn.__version__}\n", "")


# Pipes and terminals ------------------------------------------------------------------------------------


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m ruralsyn sources -f json | head -c 100",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        executable="/bin/bash",
    )
    assert len(done.stdout) == 100
    assert done.stderr == ""


def test_a_full_disk_is_told() -> None:
    # Linux answers every write to /dev/full as if the disk were full.
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*SPAWN, "cases"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "ruralsyn: cannot write the output: No space left on device.\n"


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    # A command that sleeps, and says when it starts, so that the interrupt does not come too early.
    code = (
        "import ruralsyn.cli.build, ruralsyn.cli.run, time\n"
        "ruralsyn.cli.build.build = lambda *a: (print('ready', flush=True), time.sleep(30))\n"
        "raise SystemExit(ruralsyn.cli.run.run(['cases']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        preexec_fn=heeds_interrupts,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "")


def on_terminal(
    *arguments: str,
    columns: int = 80,
    environment: dict[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> tuple[int, str]:
    """Run a command line on a pseudo-terminal. Returns its exit code and what the terminal received."""
    ours, theirs = pty.openpty()
    settings = {"TERM": "xterm-256color", "COLUMNS": str(columns), "PAGER": "cat", **(environment or {})}
    inherited = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    variables = {key: value for key, value in (inherited | settings).items() if key not in without}
    process = subprocess.Popen(
        [*SPAWN, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=variables
    )
    # While this process holds the other side too, reading would not end when the program does.
    os.close(theirs)
    chunks = []
    deadline = time.monotonic() + 30  # A pager that waits for a key must not stop the tests.
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # How Linux reports that the other side is closed.
                break
            if not chunk:
                break
            chunks.append(chunk)
        elif process.poll() is not None:
            break
    os.close(ours)
    return process.wait(), b"".join(chunks).decode("utf-8").replace("\r\n", "\n")


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("arguments", [*EVERY_COMMAND, ("synthesis", "--sign-test")], ids=" ".join)
@pytest.mark.parametrize("columns", [80, 140])
def test_everything_fits_a_terminal(arguments: tuple[str, ...], columns: int) -> None:
    code, out = on_terminal(*arguments, columns=columns)
    assert code == 0
    assert "\x1b[" in out
    plain = ESCAPES.sub("", out)
    assert "\x1b" not in plain
    assert "…" not in plain  # Rich ends a text with this where it cuts it off.
    assert max(map(cell_len, plain.split("\n"))) <= columns


def test_four_cases_are_compared_at_140_columns() -> None:
    code, out = on_terminal("compare", "peru", "lesotho", "mali", "ethiopia", columns=140)
    plain = ESCAPES.sub("", out)
    assert code == 0
    assert max(map(cell_len, plain.split("\n"))) <= 140
    assert "Left out" not in plain


def test_a_picture_is_not_thrown_at_a_terminal() -> None:
    code, out = on_terminal("map", "-f", "png")
    assert (code, out) == (2, "ruralsyn: png cannot be shown on a terminal. Add -o FILE.png.\n")


@pytest.mark.parametrize("arguments", [("report", "peru"), ("effects",), ("sources",), ("vocabulary",)])
def test_what_is_longer_than_the_screen_goes_through_the_pager(arguments: tuple[str, ...]) -> None:
    code, out = on_terminal(*arguments, environment={"PAGER": "tail -n 1"})
    assert (code, out.count("\n")) == (0, 1)
    code, out = on_terminal(*arguments, environment={"PAGER": "no-such-pager"})
    assert code == 0
    assert out.count("\n") > 24


def test_what_fits_the_screen_is_printed() -> None:
    code, out = on_terminal("cases", "--limit", "1", environment={"PAGER": "false"})
    assert (code, "Colombia" in out) == (0, True)


def test_without_less_a_long_text_is_printed(tmp_path: Path) -> None:
    _, printed = on_terminal("effects")
    # An empty folder as the path: there is no less in it.
    code, out = on_terminal("effects", environment={"PATH": str(tmp_path)}, without=("PAGER",))
    assert (code, out) == (0, printed)


def test_less_shows_colours_and_leaves_the_text(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\necho options: $*\n")
    less.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    assert on_terminal("effects", environment={"PATH": path}, without=("PAGER",)) == (0, "options: -FRX\n")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(environment: dict[str, str]) -> None:
    code, out = on_terminal("cases", environment=environment)
    assert code == 0
    assert "\x1b" not in out
    assert max(map(len, out.split("\n"))) <= 80


def test_text_in_a_pipe_or_a_file_is_narrow_and_has_no_escape_code(ruralsyn_run: Run, tmp_path: Path) -> None:
    for arguments in EVERY_COMMAND:
        out = ruralsyn_run(*arguments, "-f", "table").out
        assert "\x1b" not in out
        assert max(map(cell_len, out.split("\n"))) <= 100, arguments
    path = tmp_path / "effects.txt"
    ruralsyn_run("effects", "-o", path)
    assert path.read_text(encoding="utf-8") == ruralsyn_run("effects", "-f", "table").out


def test_a_terminal_without_utf8_gets_the_nearest_signs() -> None:
    code, out = on_terminal("map", environment={"PYTHONIOENCODING": "ascii"})
    plain = ESCAPES.sub("", out)
    assert code == 0
    assert plain.isascii()
    assert "^ 1 good" in plain
    assert "<> 2 good," in plain
    assert encode("Haku Wiñay ▲", "ascii") == b"Haku Winay ^"


def test_width_follows_columns_in_a_pipe(monkeypatch: pytest.MonkeyPatch, ruralsyn_run: Run) -> None:
    for columns in (90, 140):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = ruralsyn_run("effects", "-f", "table").out
        assert columns - 30 < max(map(cell_len, out.split("\n"))) <= columns


def test_force_color_colours_a_pipe(monkeypatch: pytest.MonkeyPatch, ruralsyn_run: Run) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in ruralsyn_run("cases", "-f", "table").out
    assert "\x1b" not in ruralsyn_run("cases", "-f", "markdown").out


def test_the_page_of_a_brief_names_its_contacts(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("show", "institutional-analysis").out
    assert "Jorge Maldonado; Viviana León-Jurado; Ignacia Fernández; Tatiana Aguirre" in out
    assert "Contact(" not in out
    assert "Viviana León-Jurado" in ruralsyn_run("show", "GR contacts ¶2").out
