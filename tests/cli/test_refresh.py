"""`refresh`: blocks are made anew in place, stale ones are told, and no byte outside of them changes."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from ruralsyn.cli.commands import COMMANDS
from ruralsyn.memo.blocks import checksum_of, closing, opening
from tests.conftest import OWN_CASES, Run

FINANCE = "effects domain=finance"


def block(request: str, text: str | None = None) -> str:
    """A block that is still to be made, or one that has been made with this text."""
    inside = "" if text is None else f"\n{text}\n\n"
    return f"{opening(request)}\n{inside}{closing(text)}\n"


@pytest.fixture
def memo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty file called memo.md in the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "memo.md"
    path.write_bytes(b"")
    return path


@pytest.fixture
def made(memo: Path, ruralsyn_run: Run) -> Path:
    """The same file with a block that has been made."""
    memo.write_text(f"# Memo\n\n{block(FINANCE)}\nEnd.\n", encoding="utf-8")
    assert ruralsyn_run("refresh", "memo.md").code == 0
    return memo


def test_a_block_holds_what_its_command_prints(made: Path, ruralsyn_run: Run) -> None:
    text = made.read_text(encoding="utf-8")
    printed = ruralsyn_run("effects", "--domain", "finance", "-f", "markdown").out.strip("\n")
    inside = text.split("-->\n\n")[1].split("\n\n<!--")[0]

    def plain(shown: str) -> str:
        # Columns are as wide as the labels of footnotes.
        return re.sub(" +", " ", re.sub(r"\[\^\w+-", "[^", shown))

    assert plain(inside) == plain(printed)
    assert text.startswith("# Memo\n\n<!-- ruralsyn: effects domain=finance -->\n\n## Effects")
    assert text.endswith(f"\n\n<!-- /ruralsyn sha256:{checksum_of(inside)} -->\n\nEnd.\n")


def test_a_second_run_changes_nothing(made: Path, ruralsyn_run: Run) -> None:
    before, time = made.read_bytes(), made.stat().st_mtime_ns
    done = ruralsyn_run("refresh", "memo.md")
    assert (done.code, done.out, done.err) == (0, "1 block in 1 file: all current.\n", "")
    # Not even written again: build tools look at the time.
    assert (made.read_bytes(), made.stat().st_mtime_ns) == (before, time)
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0


def wrong(path: Path, old: str, new: str) -> None:
    """Change words of a block, and its checksum, as if the data had been different when it was made."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    text = text.replace(old, new, 1)
    inside = text.split("-->\n\n", 1)[1].split("\n\n<!-- /", 1)[0]
    path.write_text(re.sub("sha256:[0-9a-f]+", f"sha256:{checksum_of(inside)}", text), encoding="utf-8")


PPP = "| Colombia: PPP           | Informal loans                        | ▼ decrease †"


def test_check_tells_what_changed_and_changes_nothing(made: Path, ruralsyn_run: Run) -> None:
    right = made.read_bytes()
    wrong(made, PPP, PPP.replace("▼ decrease †", "▲ increase"))
    stale = made.read_bytes()
    done = ruralsyn_run("refresh", "memo.md", "--check")
    assert done.code == 1
    assert done.out.splitlines() == [
        f"memo.md:3: {FINANCE} is stale: Colombia: PPP, informal loans: increase is now decrease.",
        "1 block in 1 file: 1 stale.",
    ]
    assert made.read_bytes() == stale
    done = ruralsyn_run("refresh", "memo.md")
    assert done.code == 0
    assert "memo.md:3: effects domain=finance is made anew: Colombia: PPP, informal loans: " in done.out
    assert made.read_bytes() == right


def test_the_difference_is_shown_as_lines(made: Path, ruralsyn_run: Run) -> None:
    wrong(made, PPP, PPP.replace("▼ decrease †", "▲ increase"))
    stale = made.read_bytes()
    done = ruralsyn_run("refresh", "memo.md", "--diff")
    assert (done.code, made.read_bytes()) == (1, stale)
    lines = done.out.splitlines()
    assert lines[:2] == ["--- memo.md", "+++ memo.md (made anew)"]
    assert [line[:2] for line in lines if "Informal loans" in line and "PPP" in line] == ["-|", "+|"]
    ruralsyn_run("refresh", "memo.md")
    done = ruralsyn_run("refresh", "memo.md", "--diff")
    assert (done.code, done.out) == (0, "")


def test_an_edited_block_stops_its_file_until_force(made: Path, ruralsyn_run: Run) -> None:
    right = made.read_bytes()
    text = made.read_text(encoding="utf-8")
    made.write_text(f"{block('cases limit=1')}\n{text.replace(PPP, PPP + ' (sic)')}", encoding="utf-8")
    edited = made.read_bytes()
    for options in ((), ("--check",), ("--diff",)):
        done = ruralsyn_run("refresh", "memo.md", *options)
        assert (done.code, made.read_bytes()) == (1, edited)
        assert done.err.startswith("ruralsyn: memo.md cannot be made anew and stays as before:\n")
        assert "memo.md:6: a person has edited this block" in done.err
        assert "decrease (sic) here, decrease in the data." in done.err
    done = ruralsyn_run("refresh", "memo.md", "--force")
    assert (done.code, done.err) == (0, "")
    assert made.read_bytes().endswith(right)


def test_the_difference_of_an_edited_block_is_shown(made: Path, ruralsyn_run: Run) -> None:
    text = made.read_text(encoding="utf-8")
    made.write_text(text.replace(PPP, PPP + " (sic)"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--diff")
    assert [line[:2] for line in done.out.splitlines() if "PPP" in line and "(sic)" in line] == ["-|"]


def test_a_check_goes_on_after_a_fault(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("efects") + block("cases limit=1"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--check")
    assert (done.code, "memo.md:1: there is no command" in done.err) == (1, True)
    assert done.out.splitlines()[0] == "memo.md:3: cases limit=1 is not made yet."


@pytest.mark.parametrize("content", [b"caf\xe9 memo\n", "a memo".encode("utf-16")])
def test_a_file_that_is_no_text_is_never_lost(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    memo.write_bytes(content)
    done = ruralsyn_run("refresh", "memo.md", "--add", "count cases")
    assert (done.code, memo.read_bytes()) == (1, content)
    assert "memo.md: is not text in UTF-8." in done.err
    assert (ruralsyn_run("refresh", "memo.md").code, memo.read_bytes()) == (0, content)
    # As a filter, it passes on what it got.
    written: list[bytes] = []
    monkeypatch.setattr("ruralsyn.cli.memo.write_standard_output", lambda data, **_: written.append(data))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert (ruralsyn_run("refresh", "-").code, written) == (0, [content])


def test_a_word_file_is_no_memo(memo: Path, ruralsyn_run: Run) -> None:
    memo.with_name("memo.docx").write_bytes(b"PK\x03\x04\xff")
    done = ruralsyn_run("refresh", "memo.docx")
    assert (done.code, "memo.docx:1: is not text in UTF-8. Name a Markdown file" in done.err) == (1, True)


def test_text_without_checksum_is_told(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(f"{opening('cases limit=1')}\nMy own text.\n{closing()}\n", encoding="utf-8")
    first = ruralsyn_run("refresh", "memo.md", "--check").out.splitlines()[0]
    assert first == "memo.md:1: cases limit=1 has text but no checksum, so it counts as not made."
    first = ruralsyn_run("refresh", "memo.md").out.splitlines()[0]
    assert first == "memo.md:1: cases limit=1 is made in place of its text."


def test_a_value_is_told_as_it_is_here_and_in_the_data(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(f"Of {opening('count cases')}7{closing()} cases\n", encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--check")
    assert done.out.splitlines()[0] == "memo.md:1: count cases is stale: 7 here, 8 in the data."


def test_a_block_below_the_lowest_heading_has_its_level(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text("###### Six\n", encoding="utf-8")
    assert ruralsyn_run("refresh", "memo.md", "--add", "cases limit=1", "--after", "Six").code == 0
    assert "\n###### Cases\n" in memo.read_text(encoding="utf-8")


def test_hints_are_in_the_words_of_blocks(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("effects finance") + block("effects only-data=yes"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md")
    assert "Did you mean domain=finance?" in done.err
    assert "--" not in done.err


def test_an_edit_that_agrees_with_the_data_is_no_edit(made: Path, ruralsyn_run: Run) -> None:
    right = made.read_bytes()
    wrong(made, PPP, PPP.replace("▼ decrease †", "▲ increase"))
    checksum = re.search("sha256:[0-9a-f]+", made.read_text(encoding="utf-8"))
    assert checksum
    made.write_bytes(re.sub(rb"sha256:[0-9a-f]+", checksum[0].encode(), right))
    assert ruralsyn_run("refresh", "memo.md").code == 0
    assert made.read_bytes() == right


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "no last line end"])
def test_nothing_outside_a_block_changes(
    memo: Path, ruralsyn_run: Run, end: str, mark: str, last: str
) -> None:
    value = f"Of {opening('count cases')}8{closing()} cases"
    parts = ("---", "title: A", "---", "Text  ", value, "\ttab\u2028\x0b\x0c", opening("cases limit=1"))
    before = f"{mark}{end.join(parts)}".encode()
    after = (
        f"{end}Value {opening('show peru')}".replace(opening("show peru"), "here").encode() + last.encode()
    )
    memo.write_bytes(before + end.encode() + closing().encode() + after)
    assert ruralsyn_run("refresh", "memo.md").code == 0
    new = memo.read_bytes()
    assert new.startswith(before + end.encode() * 2)
    assert new.endswith(b" -->" + after)
    inside = new.removeprefix(before).removesuffix(after).decode()
    assert set(re.findall(r"\r\n|\r|\n", inside)) == {end}


FAULTS = {
    "efects": "there is no command 'efects'. Did you mean effects?",
    "effects domian=finance": "effects has no option 'domian'. Did you mean domain?",
    "effects domain=finanse": "unknown domain 'finanse'. Did you mean finance?",
    "effects full=maybe": "full takes yes or no, not 'maybe'.",
    "effects limit=few": "limit takes a whole number, not 'few'.",
    "effects limit=0": "limit must be 1 or more, not 0.",
    "effects by=domain by=case": "by is given twice.",
    "effects columns=nothing": "columns: unknown column 'nothing'.",
    "effects output=x.md": "a block takes no output",
    "effects format=html": "a block takes no format",
    "effects -d finance": "'-d': in a block an option is written as name=value",
    "effects --domain finance": "a comment cannot have two hyphens in a row",
    "search '`r 1`'": "a comment cannot have a backtick",
    "show 'peru": "a quotation mark is not closed.",
    "": "the comment asks for nothing.",
    "compare peru": "compare takes two or more cases or countries",
    "effects data=-": "a block cannot read data from standard input.",
    "effects data=none.toml": "the data cannot be used: none.toml: cannot be read",
    "effects full": "'full' is an option: write full=yes",
    "effects domain = finance": "'domain' is an option: write domain=VALUE, without blanks.",
    "effects domain=finance, income": "'domain=finance,': write the next value after the comma",
    "effects domain=“Finances and risks”": "'domain=“Finances': write straight quotation marks",
    "effects domain:finance": "'domain:finance': write domain=finance.",
    "effects –domain finance": "'–domain': write domain=VALUE.",
    "effects only-data=yes": "only-data needs the files to read",
    **{
        name: f"a block cannot run {name}. It can show "
        for name, row in COMMANDS.items()
        if row.gives == "own" or not row.needs_data
    },
}


def test_every_fault_is_told_at_once_with_its_line(memo: Path, ruralsyn_run: Run) -> None:
    """No block is made, and none of the files that could be written is."""
    memo.write_text("".join(map(block, FAULTS)) + block(FINANCE), encoding="utf-8")
    before = memo.read_bytes()
    done = ruralsyn_run("refresh", "memo.md")
    assert (done.code, memo.read_bytes(), list(memo.parent.iterdir())) == (1, before, [memo])
    lines = done.err.splitlines()[1:]
    assert len(lines) == len(FAULTS)
    for number, (line, message) in enumerate(zip(lines, FAULTS.values(), strict=True)):
        assert line.startswith(f"memo.md:{1 + 2 * number}: {message}")


@pytest.mark.parametrize("command", ["refresh memo.md", "new-case x.toml", "validate x.toml", "schema"])
def test_a_block_runs_nothing_that_writes(memo: Path, ruralsyn_run: Run, command: str) -> None:
    memo.write_text(block(command), encoding="utf-8")
    assert ruralsyn_run("refresh", "memo.md").code == 1
    assert (list(memo.parent.iterdir()), memo.read_text(encoding="utf-8")) == ([memo], block(command))


def test_a_table_in_running_text_is_refused(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(f"Text {opening('effects')}{closing()} text\n", encoding="utf-8")
    assert "memo.md:1: effects gives more than a value" in ruralsyn_run("refresh", "memo.md").err


def test_files_are_each_whole_or_untouched(memo: Path, ruralsyn_run: Run) -> None:
    good, bad = memo, memo.with_name("bad.md")
    good.write_text(block("cases limit=1"), encoding="utf-8")
    bad.write_text(block("cases limit=1") + block("efects"), encoding="utf-8")
    before = bad.read_bytes()
    done = ruralsyn_run("refresh", "bad.md", "memo.md")
    assert done.code == 1
    assert bad.read_bytes() == before
    assert "sha256" in good.read_text(encoding="utf-8")
    assert done.err.startswith("ruralsyn: bad.md cannot be made anew")


def test_folders_are_searched_for_markdown(memo: Path, ruralsyn_run: Run) -> None:
    names = ["a.md", "b/c.qmd", "b/d/e.Rmd", "b/f.txt", ".git/g.md", "b/.hidden/h.md"]
    for name in names:
        path = memo.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block("cases limit=1"), encoding="utf-8")
    done = ruralsyn_run("refresh", ".", "a.md", "--check")
    assert [line.partition(":")[0] for line in done.out.splitlines()[:-1]] == ["a.md", "b/c.qmd", "b/d/e.Rmd"]
    assert done.out.splitlines()[-1] == "3 blocks in 3 files: 3 stale in 3 files."
    ruralsyn_run("refresh", ".")
    changed = [name for name in names if "sha256" in (memo.parent / name).read_text(encoding="utf-8")]
    assert changed == ["a.md", "b/c.qmd", "b/d/e.Rmd"]


def test_a_filter_reads_standard_input(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Text\r\n{block('cases limit=1')}".encode()
    memo.write_bytes(text)
    ruralsyn_run("refresh", "memo.md")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    done = ruralsyn_run("refresh", "-")
    assert (done.code, done.out.encode()) == (0, memo.read_bytes())
    assert "standard input:2: cases limit=1 is made." in done.err
    # Bad input prints nothing, so that a shell does not put half a text into a file.
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.replace(b"cases", b"casses"))))
    done = ruralsyn_run("refresh", "-")
    assert (done.code, done.out) == (1, "")


def test_a_first_block_is_added_below_a_heading(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_bytes(b"# Memo\r\n\r\n## Comparison\r\nText\r\n\r\n## End")
    done = ruralsyn_run("refresh", "--add", "compare peru lesotho", "memo.md", "--after", "## Comparison")
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        "memo.md:5: compare peru lesotho heading-level=3 is made.",
    )
    new = memo.read_bytes().decode()
    # Below a heading of level 2 its own heading has level 3.
    begin = "<!-- ruralsyn: compare peru lesotho heading-level=3 -->\r\n\r\n### Peru"
    assert new.startswith(f"# Memo\r\n\r\n## Comparison\r\n\r\n{begin}")
    assert new.endswith(" -->\r\n\r\nText\r\n\r\n## End")
    assert new.count("\n") == new.count("\r\n")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--after", "## Results"), 1, "memo.md: has no heading '## Results'. Did you mean Result?"),
        (("--after", "Twice"), 1, "memo.md: has the heading 'Twice' on lines 3 and 5."),
        (("--check",), 2, "--check changes nothing, so it takes no --add."),
    ],
)
def test_an_addition_that_fits_nowhere_is_told(
    memo: Path, ruralsyn_run: Run, options: tuple[str, ...], code: int, message: str
) -> None:
    memo.write_text("# Result\n\n## Twice\n\n## Twice\n", encoding="utf-8")
    before = memo.read_bytes()
    done = ruralsyn_run("refresh", "memo.md", "--add", "cases", *options)
    assert (done.code, memo.read_bytes()) == (code, before)
    assert message in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("memo.md", "--add", "efects"), "there is no command 'efects'"),
        (("memo.md", "--add", "effects domain=finanse"), "unknown domain 'finanse'"),
        (
            ("memo.md", "--add", "effects", "domain=finance"),
            "Put all words of --add between quotation marks.",
        ),
        (("memo.md", "--add", "effects --domain finance"), "Write domain=VALUE"),
        (("memo.md", "--after", "x"), "--after says where --add puts a block."),
        (("-", "memo.md"), "name no other file with it"),
        (("-", "--data", "-"), "cannot be both"),
        ((), "Missing argument"),
    ],
)
def test_a_wrong_command_line_is_told(
    memo: Path, ruralsyn_run: Run, arguments: tuple[str, ...], message: str
) -> None:
    done = ruralsyn_run("refresh", *arguments)
    assert (done.code, memo.read_bytes()) == (2, b"")
    assert message in done.err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.md", None, "none.md: cannot be read: No such file or directory."),
        ("latin.md", f"caf\u00e9 {opening('cases')}".encode("latin-1"), "latin.md:1: is not text in UTF-8."),
        ("wide.md", opening("cases").encode("utf-16"), "wide.md:1: is not text in UTF-8."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    memo: Path, ruralsyn_run: Run, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        memo.with_name(name).write_bytes(content)
    done = ruralsyn_run("refresh", name)
    assert done.code == 1
    assert message in done.err
    assert content is None or memo.with_name(name).read_bytes() == content


def test_a_file_without_blocks_is_named(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text("# Memo\n", encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("ruralsyn: memo.md has no blocks.")
    # In a folder, and among the files of a commit, most may have none.
    memo.with_name("other.md").write_text(block("cases limit=1"), encoding="utf-8")
    assert ruralsyn_run("refresh", ".").err == ""
    memo.with_name("other.md").write_text("# Other\n", encoding="utf-8")
    assert ruralsyn_run("refresh", ".").err.startswith("ruralsyn: 2 files have no blocks.")


def test_the_total_counts_the_files_with_faults(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("cases limit=1"), encoding="utf-8")
    memo.with_name("other.md").write_text(block("efects"), encoding="utf-8")
    assert (
        ruralsyn_run("refresh", ".").out.splitlines()[-1]
        == "2 blocks in 2 files: 1 made anew in 1 file, 1 file with faults."
    )


@pytest.mark.usefixtures("memo")
def test_a_file_that_is_not_there_does_not_stay_as_it_was(ruralsyn_run: Run) -> None:
    done = ruralsyn_run("refresh", "none.md")
    assert done.err == "ruralsyn: none.md: cannot be read: No such file or directory.\n"


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write"
)
def test_a_write_protected_file_is_told(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("cases"), encoding="utf-8")
    memo.chmod(0o444)
    done = ruralsyn_run("refresh", "memo.md")
    assert (done.code, "cannot be written" in done.err) == (1, True)


def test_a_link_stays_a_link(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("cases limit=1"), encoding="utf-8")
    link = memo.with_name("link.md")
    link.symlink_to(memo)
    # Both names are one file.
    done = ruralsyn_run("refresh", "link.md", "memo.md")
    assert (done.code, link.is_symlink()) == (0, True)
    assert "1 block in 1 file: 1 made anew." in done.out
    assert "sha256" in memo.read_text(encoding="utf-8")


OWN = f"""{OWN_CASES}
[cases.own.effects.savings]
direction = "increase"
source    = ["own/p. 3"]
"""


def test_data_is_read_from_the_folder_of_the_file(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = memo.parent / "memos"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, encoding="utf-8")
    path = folder / "memo.md"
    path.write_text(block("effects peru data=own.toml") + block("sources data=own.toml"), encoding="utf-8")
    assert ruralsyn_run("refresh", "memos/memo.md").code == 0
    made = path.read_bytes()
    assert "A case of my own" in made.decode()
    # Wherever the program is started, the file is the same.
    monkeypatch.chdir(folder)
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0
    assert str(folder) not in made.decode()
    # A wrong direction in the data is found by the memo.
    (folder / "own.toml").write_text(OWN.replace("increase", "decrease"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--check")
    assert "memo.md:1: effects peru data=own.toml is stale: " in done.out
    assert "Peru: A case of my own, savings: increase, favourable is now decrease, unfavourable" in done.out


def test_data_for_blocks_that_name_none(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (memo.parent / "own.toml").write_text(OWN, encoding="utf-8")
    memo.write_text(block("effects peru"), encoding="utf-8")
    ruralsyn_run("refresh", "memo.md", "--data", "own.toml")
    assert "A case of my own" in memo.read_text(encoding="utf-8")
    monkeypatch.setenv("RURALSYN_DATA", "own.toml")
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0
    monkeypatch.delenv("RURALSYN_DATA")
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 1
    ruralsyn_run("refresh", "memo.md", "--data", "own.toml", "--only-data")
    assert "Haku Wiñay" not in memo.read_text(encoding="utf-8")


def test_faults_of_data_are_told_in_one_line(memo: Path, ruralsyn_run: Run) -> None:
    (memo.parent / "own.toml").write_text(
        OWN.replace("peru", "perru").replace("p. 3", "x/1"), encoding="utf-8"
    )
    memo.write_text(block("effects data=own.toml"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md")
    (line,) = done.err.splitlines()[1:]
    assert line.startswith("memo.md:1: the data cannot be used: own.toml:")
    assert line.endswith(" more.")


def test_footnotes_of_several_blocks_do_not_collide(memo: Path, ruralsyn_run: Run) -> None:
    same = "effects domain=finance full=yes"
    requests = [same, same, "effects domain=finance full=yes sort=outcome", "effects domain=finance"]
    memo.write_text("\n".join(map(block, requests)), encoding="utf-8")
    assert ruralsyn_run("refresh", "memo.md").code == 0
    text = memo.read_text(encoding="utf-8")
    labels = re.findall(r"^\[\^([\w-]+)\]:", text, re.M)
    assert len(labels) == len(set(labels)) > 30
    assert set(re.findall(r"\[\^([\w-]+)\](?!:)", text)) == set(labels)
    # They stay the same, or every run would change the file.
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0


BLOCKS = [name for name, row in COMMANDS.items() if row.shows_data]
ARGUMENTS = {
    "show": ("peru",),
    "search": ("budget",),
    "compare": ("peru", "lesotho"),
    "count": ("cases",),
    "answer": ("effects",),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_reading_command_prints_a_block_that_stays(name: str, memo: Path, ruralsyn_run: Run) -> None:
    done = ruralsyn_run(name, *ARGUMENTS.get(name, ()), "--block")
    assert (done.code, done.err) == (0, "")
    memo.write_text(f"Text without a line end{done.out}", encoding="utf-8")
    before = memo.read_bytes()
    assert ruralsyn_run("refresh", "memo.md").out == "1 block in 1 file: all current.\n"
    assert memo.read_bytes() == before


def test_a_block_has_the_options_of_its_command_line(memo: Path, ruralsyn_run: Run) -> None:
    options = (
        "-c",
        "peru,mali",
        "-d",
        "income",
        "--no-simulated",
        "--full",
        "--sort",
        "-outcome",
        "--limit",
        "2",
    )
    done = ruralsyn_run("effects", *options, "--title", "What's new", "--block", "-o", "memo.md")
    assert (done.code, done.out) == (0, "")
    first = memo.read_text(encoding="utf-8").lstrip("\n").partition("\n")[0]
    assert first == (
        "<!-- ruralsyn: effects country=peru,mali domain=income simulated=no full=yes sort=-outcome limit=2 "
        "title='What'\"'\"'s new' -->"
    )
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("effects", "-f", "json"), "--block prints Markdown, so it takes no --format json."),
        (("effects", "--json"), "--block prints Markdown, so it takes no --json."),
        (("effects", "-o", "x.docx"), "--block prints Markdown, so it takes no -o x.docx."),
        (("effects", "--title", "a--b"), "a comment cannot have two hyphens"),
        (("effects", "--data", "-"), "a block cannot read data from standard input."),
        (("search", "a=b"), "search has no option 'a'"),
        (("search", "limit=3"), "a comment cannot have limit=3"),
    ],
)
def test_a_block_that_cannot_be_written_is_told(
    ruralsyn_run: Run, arguments: tuple[str, ...], message: str
) -> None:
    done = ruralsyn_run(*arguments, "--block")
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_data_of_another_folder_are_told_with_a_block(memo: Path, ruralsyn_run: Run) -> None:
    folder = memo.parent / "data"
    folder.mkdir()
    (folder / "own.toml").write_text(OWN, encoding="utf-8")
    done = ruralsyn_run("cases", "--data", "data/own.toml", "--block")
    assert done.code == 0
    assert "data=data/own.toml" in done.out
    assert done.err.startswith("ruralsyn: refresh reads data/own.toml from the folder of the file that holds")
    assert ruralsyn_run("cases", "--data", str(folder / "own.toml"), "--block").err == ""


def test_a_block_names_the_data_of_the_environment(
    memo: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (memo.parent / "own.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("RURALSYN_DATA", "own.toml")
    memo.write_text(ruralsyn_run("cases", "--block").out, encoding="utf-8")
    monkeypatch.delenv("RURALSYN_DATA")
    assert "cases data=own.toml -->" in memo.read_text(encoding="utf-8")
    assert ruralsyn_run("refresh", "memo.md", "--check").code == 0


def test_adding_is_only_shown_with_a_difference(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text("# Memo\n", encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--add", "count cases", "--diff")
    assert (done.code, memo.read_text(encoding="utf-8")) == (1, "# Memo\n")
    assert "+<!-- ruralsyn: count cases -->" in done.out


def test_control_characters_of_a_file_are_made_visible(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block("search '\x1b[31mred'"), encoding="utf-8")
    done = ruralsyn_run("refresh", "memo.md", "--check")
    assert "\x1b" not in done.out + done.err


def test_a_long_request_is_cut_in_its_line(memo: Path, ruralsyn_run: Run) -> None:
    memo.write_text(block(f"search {'word ' * 40}"), encoding="utf-8")
    line = ruralsyn_run("refresh", "memo.md", "--check").out.splitlines()[0]
    assert line.endswith("word w … is not made yet.")
    assert len(line) < 120


def test_blocks_of_a_file_with_mixed_line_ends_take_those_of_their_comments(
    memo: Path, ruralsyn_run: Run
) -> None:
    one = block("cases limit=1")
    memo.write_bytes(f"Text\n{one}".encode() + one.replace("\n", "\r\n").encode())
    ruralsyn_run("refresh", "memo.md")
    first, second = re.findall(rb"limit=1 -->(.*?)<!-- /", memo.read_bytes(), re.S)
    assert b"\r" not in first
    assert second.count(b"\n") == second.count(b"\r\n") > 3


def test_only_data_of_a_block_comes_before_that_of_the_run(memo: Path, ruralsyn_run: Run) -> None:
    (memo.parent / "own.toml").write_text(OWN, encoding="utf-8")
    memo.write_text(block("cases only-data=no") + block("cases"), encoding="utf-8")
    ruralsyn_run("refresh", "memo.md", "--data", "own.toml", "--only-data")
    first, second = memo.read_text(encoding="utf-8").split("<!-- /ruralsyn")[:2]
    assert "Haku Wiñay" in first
    assert "Haku Wiñay" not in second


def test_blocks_are_markdown_whatever_the_environment_says(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RURALSYN_FORMAT", "json")
    assert ruralsyn_run("cases", "--block").out.startswith("\n<!-- ruralsyn: cases -->\n\n## Cases\n")
