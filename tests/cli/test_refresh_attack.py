"""`refresh` with files, places and words that are rare: no file is harmed, and each fault is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruralsyn.cli.block_texts import BlockTexts, keys_of
from ruralsyn.cli.commands import COMMANDS, Option
from ruralsyn.memo.blocks import closing, opening
from tests.conftest import Run

EMPTY = f"{opening('count cases')}\n{closing()}\n"


@pytest.fixture
def memo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file called memo.md in the working directory, with a block that is still to be made."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "memo.md"
    path.write_text(f"# Memo\n\n{EMPTY}", encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="the system has no /dev/stdin")
def test_a_file_behind_a_device_is_replaced(memo: Path, ruralsyn_run: Run) -> None:
    with memo.open("rb") as stream:
        command = [sys.executable, "-m", "ruralsyn", "refresh", "/dev/stdin"]
        done = subprocess.run(command, stdin=stream, capture_output=True, check=False)
    assert done.returncode == 0
    assert memo.read_text(encoding="utf-8").count("# Memo") == 1
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="the system has no /dev/shm")
def test_a_file_in_memory_is_replaced(memo: Path, ruralsyn_run: Run) -> None:
    path = Path("/dev/shm") / f"ruralsyn-{os.getpid()}.md"
    try:
        shutil.copy(memo, path)
        assert ruralsyn_run("refresh", str(path)).code == 0
        assert path.read_text(encoding="utf-8").count("# Memo") == 1
    finally:
        path.unlink()


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize("name", ["memo.md", "my memo.md"])
@pytest.mark.parametrize(
    "text",
    [
        f"# Memo\n\n{EMPTY}",
        f"# Memo\n\n{EMPTY}".rstrip("\n"),
        f"# Memo\n\n{EMPTY}\nText.",
        "Text <!-- ruralsyn: count cases -->7<!-- /ruralsyn -->",
    ],
    ids=["at the end", "no last line end", "text without line end", "value without line end"],
)
def test_the_difference_is_a_patch(text: str, name: str, memo: Path, ruralsyn_run: Run) -> None:
    path = memo.with_name(name)
    path.write_text(text, encoding="utf-8")
    difference = ruralsyn_run("refresh", "--diff", name)
    assert difference.code == 1
    subprocess.run(["patch", "-F0"], input=difference.out.encode(), check=True, stdout=subprocess.DEVNULL)
    patched = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    assert ruralsyn_run("refresh", name).code == 0
    assert path.read_bytes() == patched


@pytest.mark.parametrize("words", ["search \udcff", "effects title=\udcff"])
def test_words_that_no_file_can_hold_are_told(words: str, memo: Path, ruralsyn_run: Run) -> None:
    before = memo.read_bytes()
    done = ruralsyn_run("refresh", "memo.md", "--add", words)
    assert (done.code, done.err) == (2, "ruralsyn: a comment can have text in UTF-8 only.\n")
    assert memo.read_bytes() == before


@pytest.mark.parametrize("text", ["```\ncode\n", "<script>\ncode\n", "~~~\n"])
def test_a_block_is_not_put_into_code(text: str, memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(text, encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--add", "count cases")
    assert done.code == 1
    assert "memo.md: a block cannot be put at the end" in done.err
    assert memo.read_text(encoding="utf-8") == text


def test_locks_of_editors_are_no_memos(memo: Path, ruralsyn_run: Run) -> None:
    memo.with_name(".#memo.md").symlink_to("somebody@somewhere.123")
    done = ruralsyn_run("refresh", ".")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("deleted", [False, True])
def test_a_file_that_somebody_changes_meanwhile_stays(
    deleted: bool, memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = BlockTexts.text

    def slowly(self: BlockTexts, request: str, key: str, folder: Path) -> str:
        memo.unlink()
        if not deleted:
            memo.write_text("saved by an editor", encoding="utf-8")
        return make(self, request, key, folder)

    monkeypatch.setattr(BlockTexts, "text", slowly)
    done = ruralsyn_run("refresh", "memo.md")
    assert done.code == 1
    assert "memo.md: has been changed while its blocks were made. Run the command again." in done.err
    assert not memo.exists() if deleted else memo.read_text(encoding="utf-8") == "saved by an editor"


def test_standard_input_is_not_read_twice(ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RURALSYN_DATA", "-")
    done = ruralsyn_run("refresh", "-")
    assert (done.code, done.out) == (2, "")
    assert "standard input cannot be both the file and its data." in done.err


def test_a_key_is_found_for_any_number_of_blocks() -> None:
    requests = ["count cases"] * 2000 + [f"effects limit={number}" for number in range(70_000)]
    keys = keys_of(requests)
    assert len({*keys}) == len(requests)
    assert {*map(len, keys[:900])} == {4}


def test_a_folder_that_cannot_be_read_is_told(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = memo.with_name("closed")
    closed.mkdir()
    scan = os.scandir

    # As root, under whom tests may run, every folder can be read.
    def scandir(place: str) -> object:
        if Path(place).name == closed.name:
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", scandir)
    done = ruralsyn_run("refresh", ".")
    assert done.code == 1
    assert done.out.splitlines()[0] == "memo.md:3: count cases is made."
    assert "closed: cannot be read: " in done.err


READING = {row.name: row for row in COMMANDS.values() if row.shows_data}
WORDS = {
    "show": ["peru", "informal-loans"],
    "search": ["budget", "it's", "a b"],
    "count": ["cases", "findings"],
    "answer": ["effects", "map"],
    "vocabulary": ["domain"],
    "cases": ["peru", "africa"],
}
COLUMNS = ["case", "country", "id", "outcome", "-outcome", "name"]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
) | st.sampled_from(["", " ", "# a", "a\n\nb", "a\rb", "-", "->", "|", "\\", "'\"", "[^x]", "{{x}}", "a=b"])


def values(option: Option) -> st.SearchStrategy[list[str]]:
    """Words of the command line for an option."""
    if option.kind is bool:
        return st.just([option.flag])
    if option.allowed():
        texts: st.SearchStrategy[str] = st.sampled_from(option.allowed())
    elif option.kind is int:
        texts = st.integers(1, 6).map(str)
    else:
        texts = st.sampled_from(COLUMNS) if option.names_columns else TEXTS
    return texts.map(lambda text: [f"{option.flag}={text}"])


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A reading command with some of its options."""
    row = READING[draw(st.sampled_from([*READING]))]
    words = ["compare", "peru", "mali"] if row.name == "compare" else [row.name]
    if row.name in WORDS:
        words.append(draw(st.sampled_from(WORDS[row.name])))
    known = [option for option in row.all_options if not option.loads and option.name != "list_sections"]
    chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
    words += [word for option in chosen for word in draw(values(option))]
    countries = draw(st.sampled_from([[], ["--country", "peru,mali"]]))
    return words + (countries if "countries" in row.fields() else [])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=command_lines())
def test_a_block_that_any_command_line_prints_is_current(
    words: list[str], memo: Path, ruralsyn_run: Run
) -> None:
    printed = ruralsyn_run(*words, "--block")
    # Some columns, titles and countries do not fit, and then nothing is printed.
    assert (printed.code, printed.out == "") in ((0, False), (2, True)), printed.err
    memo.write_bytes(f"Text{printed.out}".encode())
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0
