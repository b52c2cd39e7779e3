"""README is current: its generated parts, its picture, its commands and its recipes.

With RURALSYN_UPDATE=1 the tests write the generated parts and the picture again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ruralsyn.cli.commands import ARRANGING, COMMANDS, FULL, Command
from ruralsyn.evidence.filters import FIELDS
from ruralsyn.evidence.source_words import BRIEFS, in_words
from ruralsyn.evidence.synthesis import MAJORITY
from ruralsyn.page.marks import MARKS
from ruralsyn.render.citation_styles import STYLES
from ruralsyn.render.formats import FORMATS
from ruralsyn.report.sections import SECTIONS

from .conftest import need, need_figures, shell, word_text

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
UPDATE = bool(os.environ.get("RURALSYN_UPDATE"))


def table(*lines: Iterable[str]) -> str:
    """A Markdown table; the first line is its header."""
    head, *rows = ([*line] for line in lines)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


def commands_table() -> str:
    rows = ((code([row.name]), row.summary) for row in COMMANDS.values())
    return table(("command", "what it prints"), *rows)


def filters_table() -> str:
    taken = {name: [row.name for row in COMMANDS.values() if name in row.fields()] for name in FIELDS}
    rows = ((code(row.flags), row.help.rstrip("."), code(taken[name])) for name, row in FIELDS.items())
    return table(("filter", "value", "commands"), *rows)


def options_table() -> str:
    options = {FULL.name: FULL} | {option.name: option for group in ARRANGING.values() for option in group}
    taken = {name: [row.name for row in COMMANDS.values() if takes(row, name)] for name in options}
    rows = (
        (code([f"{option.flag} {option.metavar}".rstrip()]), option.help.rstrip("."), code(taken[name]))
        for name, option in options.items()
    )
    return table(("option", "what it does", "commands"), *rows)


def takes(row: Command, name: str) -> bool:
    return any(option.name == name for option in row.all_options)


def formats_table() -> str:
    rows = ((code([row.name]), code(row.endings), row.use) for row in FORMATS.values())
    return table(("format", "file extensions", "for"), *rows)


def sections_table() -> str:
    return table(
        ("section", "heading"),
        *((code([row.key]), in_words(BRIEFS, row.heading)) for row in SECTIONS.values()),
    )


def marks_table() -> str:
    rows = (
        (mark.of, mark.glyph, in_words(BRIEFS, mark.words, majority=MAJORITY).rstrip("."))
        for mark in MARKS.values()
        if mark.glyph
    )
    return table(("where", "mark", "meaning"), *rows)


def styles_table() -> str:
    return table(
        ("style", "file extensions"), *((code([row.name]), code(row.endings)) for row in STYLES.values())
    )


GENERATED = {
    "commands": commands_table,
    "filters": filters_table,
    "options": options_table,
    "formats": formats_table,
    "sections": sections_table,
    "marks": marks_table,
    "styles": styles_table,
}


@pytest.mark.parametrize(("part", "make"), GENERATED.items())
def test_generated_parts_are_current(part: str, make: Callable[[], str]) -> None:
    pattern = re.compile(rf"(<!-- generated: {part} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
    text = README.read_text(encoding="utf-8")
    wanted = pattern.sub(lambda match: f"{match[1]}{make()}\n{match[3]}", text)
    if UPDATE:
        README.write_text(wanted, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == wanted


def test_the_picture_is_current(tmp_path: Path) -> None:
    need_figures()
    from ruralsyn.cli.run import run

    made = tmp_path / "map.svg"
    assert run(["map", "-o", str(made)]) == 0
    kept = ROOT / "docs" / "map.svg"
    if UPDATE:
        kept.write_bytes(made.read_bytes())
    # The shapes may differ between versions of Matplotlib; the words may not.
    texts = [re.findall(r">([^<>]+)</text>", path.read_text(encoding="utf-8")) for path in (kept, made)]
    assert texts[0] == texts[1]


def blocks(kind: str, name: str | None = None) -> list[str]:
    """The code blocks of README that follow a comment of this kind and name."""
    text = README.read_text(encoding="utf-8")
    # The backreference lets a block of four backticks hold one of three, as the Quarto recipe does.
    mark = rf"<!-- {kind}: {name or '.*?'} -->\n"
    return [match[2].strip() for match in re.finditer(mark + r"(`{3,})\w+\n(.*?)\n\1", text, re.DOTALL)]


def everyday_commands() -> list[str]:
    text = README.read_text(encoding="utf-8")
    # A block after a comment is an installation command or a recipe and has its own test.
    found = re.findall(r"(?<!-->\n)```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in found for line in block.strip().splitlines()]


def test_the_two_commands_are_there() -> None:
    install = "python3 -m venv .venv && .venv/bin/python -m pip install"
    assert blocks("command", "main") == [f"{install} . && .venv/bin/ruralsyn effects --domain finance"]
    assert blocks("command", "tests") == [f"{install} -e '.[test]' && .venv/bin/python -m pytest"]


@pytest.mark.parametrize("line", everyday_commands())
def test_everyday_commands_run(line: str, workplace: Path) -> None:
    if line.endswith("map.svg"):
        need_figures()
    done = shell(line, workplace)
    assert (done.returncode, done.stderr) == (0, "")


def recipe(name: str) -> str:
    (found,) = blocks("recipe", name)
    return found


def test_a_section_is_appended(workplace: Path) -> None:
    memo = workplace / "memo.md"
    memo.write_text("# Memo\n\nWhat we knew.\n\n")
    # Twice, because the report must not damage what an earlier one left in the file.
    for _ in range(2):
        assert shell(recipe("append"), workplace).returncode == 0
    text = memo.read_text(encoding="utf-8")
    assert text.startswith("# Memo\n\nWhat we knew.\n\n\n## Social protection")
    assert text.count("\n### Effects by domain") == 2


def test_a_memo_stays_true_from_nothing_to_word(workplace: Path) -> None:
    need("pandoc")
    for line in recipe("memo").splitlines():
        done = shell(line, workplace)
        assert (done.returncode, done.stderr) == (0, ""), line
    assert done.stdout == "2 blocks in 1 file: all current.\n"
    body, notes = word_text(workplace / "memo.docx")
    assert body.startswith("Memo")
    assert "Effects: Finances and risks" in body
    assert "Peru (Juntos + Haku Wiñay) and Lesotho" in body
    assert "GR finance ¶7" in notes
    assert "ruralsyn:" not in body


def test_a_case_of_ones_own_is_added(workplace: Path) -> None:
    example = (ROOT / "docs" / "review-example.toml").read_text(encoding="utf-8")
    (workplace / "review.toml").write_text(example, encoding="utf-8")
    new, check, *others = recipe("own").splitlines()
    made = shell(new, workplace)
    assert (made.returncode, made.stderr) == (0, "")
    assert "is a blank to fill in" in shell(check, workplace).stdout
    path = workplace / "my-case.toml"
    filled = path.read_text(encoding="utf-8")
    for blank, value in (("outcomes that are listed below", "poverty"), ("or none if", "decrease")):
        filled = re.sub(rf'"FILL IN: [^"]*{blank}[^"]*"', f'"{value}"', filled)
    filled = re.sub(r'"FILL IN: ([\w-]+/p\. \d+)"', r'"\1"', filled)
    path.write_text(re.sub(r'"FILL IN: [^"]*"', '"An example."', filled), encoding="utf-8")
    (workplace / "my-case-old.toml").write_text(filled.replace("FILL IN: ", ""), encoding="utf-8")
    for line in (check, *others):
        done = shell(line, workplace)
        assert (done.returncode, done.stderr) == (0, ""), line
        assert done.stdout


def test_a_report_goes_to_word_in_a_house_style(workplace: Path) -> None:
    need("pandoc")
    assert shell("pandoc -o house.docx --print-default-data-file reference.docx", workplace).returncode == 0
    done = shell(recipe("word"), workplace)
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("peru-lesotho", "annex"):
        body, notes = word_text(workplace / f"{name}.docx")
        assert "How the cases coordinated" in body
        # Places have a column of their own, or are footnotes where the columns have no room.
        assert "GR finance ¶7" in body + notes


def test_a_report_goes_through_citeproc(workplace: Path) -> None:
    need("pandoc")
    done = shell(recipe("citeproc"), workplace)
    assert (done.returncode, done.stderr) == (0, "")
    body, _ = word_text(workplace / "finance.docx")
    assert "Rural Synergies" in body
    assert "n.d." in body


def test_the_quarto_block_prints_markdown(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```\{python\}\n(.*?)```", recipe("quarto"), re.DOTALL)
    assert code is not None
    monkeypatch.setenv("PATH", f"{workplace / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run([sys.executable, "-c", code[1]], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith(
        "\n## Effects: Finances and risks\n\nFinances and risks: three of the seven"
    )
    assert "\n| Case" in done.stdout


def test_exports_for_colleagues(workplace: Path) -> None:
    need_figures()
    lines = recipe("export").splitlines()
    assert [shell(line, workplace).returncode for line in lines] == [0, 0, 0]
    made = {path.name for path in workplace.iterdir() if path.is_file()}
    assert made == {"bundle.zip", "africa.xlsx", "rural.sqlite"}


def test_files_for_other_programs(workplace: Path) -> None:
    *lines, last = recipe("files").splitlines()
    for line in lines:
        assert shell(line, workplace).returncode == 0
    assert (workplace / "finance.csv").read_text(encoding="utf-8").startswith("effect,case,")
    assert "\\begin{longtable}" in (workplace / "finance.tex").read_text(encoding="utf-8")
    # Without jq, which may not be installed: the filter is applied here.
    done = shell(last.split("|")[0], workplace)
    unresolved = [row for row in map(json.loads, done.stdout.splitlines()) if row["sign"] == "unresolved"]
    assert [row["effect"] for row in unresolved] == [
        "colombia-ppp.food-crop-products",
        "zambia-casu.schooling",
    ]


def test_the_python_example_runs(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    # The example loads this file. An empty one adds nothing.
    (tmp_path / "my-cases.toml").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "peru-haku-winay.household-income increase general-results/income/5" in done.stdout
    assert "colombia-fest savings increase favourable" in done.stdout
    assert "Peru (Juntos + Haku Wiñay) and Lesotho" in done.stdout
