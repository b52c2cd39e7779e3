"""The guide to memos is true: its commands run, one after the other, and print what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from ruralsyn.cli.block_request import read_request
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.cli.run import run
from ruralsyn.memo.blocks import blocks_in
from ruralsyn.memo.lines import Lines

from .conftest import Run, need, shell, word_text
from .guide import Reader, Step, steps_of

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "memos.md").read_text(encoding="utf-8")
HOOKS = ROOT / ".pre-commit-hooks.yaml"

STALE = "# Memo\n\nThere are <!-- ruralsyn: count cases -->7<!-- /ruralsyn --> cases.\n"
CURRENT = STALE.replace("-->7<", "-->8<")


def steps() -> list[Step]:
    return steps_of(TEXT)


def test_the_guide_does_what_it_says(workplace: Path) -> None:
    reader = Reader(workplace)
    for step in steps():
        reader.do(step)
    reader.check()
    made = (workplace / "memo.md").read_text(encoding="utf-8")
    assert "| good |" not in made
    assert (workplace / "kenya-new.md").read_text(encoding="utf-8").count("increase") == 1


def test_comments_of_a_formatter_stand_around_a_block(ruralsyn_run: Run, tmp_path: Path) -> None:
    (example,) = [step.code for step in steps() if step.says == "file: formatted.md"]
    memo = tmp_path / "formatted.md"
    memo.write_text(example, encoding="utf-8")
    assert ruralsyn_run("refresh", memo).code == 0
    _, ignored = memo.read_text(encoding="utf-8").split("<!-- prettier-ignore-start -->\n\n")
    block, _ = ignored.split("\n<!-- prettier-ignore-end -->")
    assert block.startswith("<!-- ruralsyn: effects outcome=savings")
    assert "| Savings " in block
    assert "<!-- /ruralsyn sha256:" in block


def test_a_memo_goes_to_word(workplace: Path) -> None:
    need("pandoc")
    first, *_ = steps()
    (word,) = [step for step in steps() if step.says == "pandoc"]
    (workplace / "memo.md").write_text(first.code, encoding="utf-8")
    done = shell(word.code, workplace)
    assert (done.returncode, done.stderr) == (0, "")
    body, _ = word_text(workplace / "memo.docx")
    assert "The briefs report 8 effects on finances." in body
    assert "Colombia: PPP▼ decrease †favourable" in body
    assert "ruralsyn:" not in body


def rows_of_words() -> list[tuple[str, str]]:
    return re.findall(r"^\| `ruralsyn (.*?)` \| `(.*?)` \|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("line", "words"), rows_of_words())
def test_the_words_of_a_block_are_those_of_the_command_line(line: str, words: str, ruralsyn_run: Run) -> None:
    ran = ruralsyn_run(*shlex.split(line), "--block")
    assert ran.code == 0
    (block,), _ = blocks_in(Lines(ran.out))
    written, told = read_request(block.request), read_request(words)
    assert (written.row.name, written.ids, written.options) == (told.row.name, told.ids, told.options)


def test_the_rows_of_words_are_found() -> None:
    assert len(rows_of_words()) == 6


def test_the_guide_lists_every_command_that_a_block_can_show() -> None:
    listed = TEXT.split("<!-- commands -->\n")[1].split("\n\n")[0]
    assert re.findall(r"`([\w-]+)`", listed) == [row.name for row in COMMANDS.values() if row.shows_data]


def test_the_guide_itself_has_no_blocks() -> None:
    """Its examples are code, so a run over `docs` leaves it alone."""
    assert blocks_in(Lines(TEXT)) == ([], [])


# Pipelines --------------------------------------------------------------------------------------------------


def recipe(name: str) -> Any:
    (code,) = [step.code for step in steps() if step.says == f"recipe: {name}"]
    return yaml.safe_load(code)


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


def test_the_guide_names_hooks_that_there_are() -> None:
    (repository,) = recipe("pre-commit")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == ["ruralsyn-check"]
    assert set(hooks()) == {"ruralsyn-check", "ruralsyn-refresh"}
    assert all(f"`{name}`" in TEXT for name in hooks())


@pytest.mark.parametrize("hook", hooks().values(), ids=lambda hook: str(hook["id"]))
def test_hooks_take_the_files_that_may_have_blocks(hook: dict[str, Any]) -> None:
    assert {"name", "description"} <= hook.keys()
    assert hook["language"] == "python"
    taken = [
        name
        for name in ("a.md", "b/c.qmd", "d.Rmd", "e.mdx", "md", "f.md.txt")
        if re.search(hook["files"], name)
    ]
    assert taken == ["a.md", "b/c.qmd", "d.Rmd"]


@pytest.mark.parametrize(
    ("name", "text", "code", "after"),
    [
        ("ruralsyn-check", CURRENT, 0, CURRENT),
        ("ruralsyn-check", STALE, 1, STALE),
        ("ruralsyn-refresh", CURRENT, 0, CURRENT),
        ("ruralsyn-refresh", STALE, 0, CURRENT),
        ("ruralsyn-check", "# No blocks\n", 0, "# No blocks\n"),
    ],
)
def test_a_hook_runs(name: str, text: str, code: int, after: str, tmp_path: Path) -> None:
    memo = tmp_path / "memo.md"
    memo.write_text(text, encoding="utf-8")
    program, *words = shlex.split(hooks()[name]["entry"])
    assert program == "ruralsyn"
    assert run([*words, str(memo)]) == code
    assert memo.read_text(encoding="utf-8") == after


@pytest.mark.parametrize(("text", "code"), [(CURRENT, 0), (STALE, 1)])
def test_the_commands_of_the_workflow_run(text: str, code: int, workplace: Path) -> None:
    (job,) = recipe("workflow")["jobs"].values()
    install, check = [step["run"] for step in job["steps"] if "run" in step]
    assert re.fullmatch(r'python -m pip install "git\+https://[\w./]+@TAG"', install)
    (workplace / "memos").mkdir()
    (workplace / "memos" / "memo.md").write_text(text, encoding="utf-8")
    assert shell(check, workplace).returncode == code
