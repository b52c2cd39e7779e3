"""`refresh` over many files: made by Hypothesis, with planted errors, killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ruralsyn
from ruralsyn.memo.blocks import checksum_of, closing, opening
from tests.conftest import Run

FOLDERS = int(os.environ.get("RURALSYN_MEMOS", "400")) // 20
"""How many folders with twenty files Hypothesis makes."""
REQUESTS = (
    "effects domain=finance columns=case,outcome,direction limit=2 title=''",
    "effects peru full=yes",
    "cases limit=1",
    "cite",
    "answer effects domain=income",
    "count effects peru",
)
VALUES = ("count effects domain=finance benefit=favourable", "answer compare peru lesotho")
OLD = ("", "Old text", "# Old\n\n| a |\n|---|\n| b |", "```\nopen")

# Text that readers take for blocks or that may confuse a parser. None of it ends in the middle of something.
OUTSIDE = (
    "Text with *marks*, `code` and a tab\t.",
    "",
    "# A heading",
    "A heading\n---------",
    "- a list\n- of two",
    "> a quotation",
    "| a | b |\n|---|---|\n| c | d |",
    "```\n<!-- ruralsyn: cases -->\n<!-- /ruralsyn -->\n```",
    "~~~ {.r}\n<!-- ruralsyn: cases -->\n~~~",
    "Text\n\n    <!-- ruralsyn: cases -->",
    "<!-- a comment with <!-- ruralsyn: cases -->",
    "`<!-- ruralsyn: cases -->` is a code span",
    "\\<!-- ruralsyn: cases --> is escaped",
    "<div>\n\n</div>",
    "\u2028\x0b\x0c\x85 \ufeff and \U0001f33d",
    "$$ x < y $$",
    "::: {.callout}\n\n:::",
    "[^1]: A footnote.",
    "&nbsp; &amp; \\",
)


class Piece(tuple[str, str, str]):
    """What is before a block's content, the content, and what is after it."""

    __slots__ = ()


def _block(request: str, old: str, prefix: str) -> Piece:
    lines = (opening(request), "", *old.split("\n"), "", closing(old if old.startswith("# Old") else None))
    text = "\n".join((prefix + line).rstrip() if not line else prefix + line for line in lines)
    first, _, rest = text.partition("\n")
    return Piece((f"{prefix and '- item'}\n\n{first}", f"\n{rest}", ""))


def _value(request: str, old: str) -> Piece:
    return Piece((f"Text {opening(request)}", old, f"{closing()} text"))


def outside_piece(text: str) -> Piece:
    return Piece((text, "", ""))


outside = st.sampled_from(OUTSIDE).map(outside_piece)
blocks = st.builds(_block, st.sampled_from(REQUESTS), st.sampled_from(OLD[:3]), st.sampled_from(("", "  ")))
values = st.builds(_value, st.sampled_from(VALUES), st.sampled_from(("", "4", "*old*")))


FRONTS = ("", "\ufeff", "---\ntitle: A\n---\n", "\ufeff---\nx: <!-- ruralsyn: cases -->\n---\n")


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, re.Pattern[str]]:
    """A file, and the pattern of what it may become: only the contents of blocks may differ."""
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    pieces = [Piece((draw(st.sampled_from(FRONTS)), "", ""))]
    pieces += draw(st.lists(st.one_of(outside, blocks, values), max_size=8))
    text, pattern = "", ""
    for number, piece in enumerate(pieces):
        before, inside, after = (part.replace("\n", end) for part in piece)
        before = before if number < 2 else f"{end}{end}{before}"
        text += before + inside + after
        is_block = piece not in map(outside_piece, OUTSIDE) and number > 0
        pattern += re.escape(before) + ("(?s:.*?)" if is_block else "") + re.escape(after)
    last = draw(st.sampled_from(("", end)))
    return f"{text}{last}".encode(), re.compile(pattern + last)


@settings(max_examples=FOLDERS, deadline=None, suppress_health_check=list(HealthCheck))
@given(folder=st.lists(files(), min_size=20, max_size=20))
def test_only_the_contents_of_blocks_change(
    ruralsyn_run: Run, folder: list[tuple[bytes, re.Pattern[str]]]
) -> None:
    with TemporaryDirectory() as place:
        paths = [Path(place) / f"{number:02}.md" for number in range(len(folder))]
        for path, (data, _) in zip(paths, folder, strict=True):
            path.write_bytes(data)
        before = ruralsyn_run("refresh", place, "--check", "--force")
        first = ruralsyn_run("refresh", place, "--force")
        assert first.code == 0
        # Of files without any block it says so.
        assert not first.err or "20 files have no blocks." in first.err
        changed = 0
        for path, (data, pattern) in zip(paths, folder, strict=True):
            new = path.read_bytes()
            assert pattern.fullmatch(new.decode()), (data, new)
            changed += new != data
        # What it said before is what it did.
        assert (before.code, before.err) == (int(changed > 0), first.err)
        told = {line.partition(":")[0] for line in before.out.splitlines()[:-1]}
        assert len(told) == changed
        made = [path.read_bytes() for path in paths]
        assert ruralsyn_run("refresh", place, "--check").code == 0
        assert ruralsyn_run("refresh", place).code == 0
        assert [path.read_bytes() for path in paths] == made


EFFECTS = ruralsyn.rows_of(ruralsyn.request("effects"))  # type: ignore[arg-type]
PLANTED = EFFECTS[::2][:20]
"""Twenty effects of all domains."""
OTHER = {"increase": "decrease", "decrease": "increase"}


def _memo_with_wrong_direction(path: Path, effect: dict[str, object], *, sealed: bool) -> str:
    """Turn the direction of an effect in a memo, and say what must be told of it."""
    text = path.read_text(encoding="utf-8")
    table = ruralsyn.request("effects", str(effect["case"]), outcomes=[str(effect["outcome"])])
    assert isinstance(table, ruralsyn.Table)
    (name,) = (row[[c.key for c in table.columns].index("outcome")].label for row in table.rows)  # type: ignore[union-attr]
    right, wrong = str(effect["direction"]), OTHER[str(effect["direction"])]
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {name} ")]
    assert right in line
    text = text.replace(line, line.replace(right, wrong))
    inside = text.split("-->\n\n", 1)[1].split("\n\n<!-- /", 1)[0]
    if sealed:
        text = re.sub("sha256:[0-9a-f]+", f"sha256:{checksum_of(inside)}", text)
    path.write_text(text, encoding="utf-8")
    return f"{name}: {wrong} is now {right}" if sealed else f"{name}: {wrong} here, {right} in the data"


@pytest.mark.parametrize("sealed", [True, False], ids=["data that changed", "an edit by hand"])
def test_a_wrong_direction_is_found_in_each_of_twenty_memos(
    tmp_path: Path, ruralsyn_run: Run, sealed: bool
) -> None:
    paths = [tmp_path / f"{number:02}.md" for number in range(len(PLANTED))]
    for path, effect in zip(paths, PLANTED, strict=True):
        request = f"effects {effect['case']} domain={effect['domain']} columns=outcome,direction,benefit"
        path.write_text(f"# Memo\n\n{opening(request)}\n{closing()}\n\nText.\n", encoding="utf-8")
    assert ruralsyn_run("refresh", str(tmp_path)).code == 0
    right = [path.read_bytes() for path in paths]
    told = [
        _memo_with_wrong_direction(path, effect, sealed=sealed)
        for path, effect in zip(paths, PLANTED, strict=True)
    ]
    done = ruralsyn_run("refresh", str(tmp_path), "--check")
    assert done.code == 1
    lines = (done.out if sealed else done.err).splitlines()
    lines = [line for line in lines if ".md:3: " in line]
    assert len(lines) == len(told) == 20
    for path, words, line in zip(paths, told, lines, strict=True):
        assert line.startswith(f"{path}:3: ")
        assert words in line
    ruralsyn_run("refresh", str(tmp_path), "--force")
    assert [path.read_bytes() for path in paths] == right


KILLS = 50
MEMOS = 40


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system cannot kill a process like this")
def test_a_killed_run_leaves_every_file_old_or_new(tmp_path: Path, ruralsyn_run: Run) -> None:
    old = f"# Memo\n\n{opening('effects domain=finance full=yes')}\n{closing()}\n".encode()
    one = tmp_path / "one.md"
    one.write_bytes(old)
    assert ruralsyn_run("refresh", str(one)).code == 0
    new = one.read_bytes()
    paths = [tmp_path / "memos" / f"{number:02}.md" for number in range(MEMOS)]
    paths[0].parent.mkdir()
    middle = 0
    for kill in range(KILLS):
        for path in paths:
            path.write_bytes(old)
        run = subprocess.Popen([sys.executable, "-m", "ruralsyn", "refresh", str(paths[0].parent)], stdout=-3)
        while paths[0].read_bytes() == old and run.poll() is None:
            time.sleep(0.0005)
        time.sleep(kill / KILLS * 0.02)
        run.kill()
        run.wait()
        states = [path.read_bytes() for path in paths]
        assert {*states} <= {old, new}
        middle += old in states and new in states
    # Otherwise nothing was killed while it wrote.
    assert middle > KILLS / 4
    # What a killed run left behind is not taken for a memo.
    assert ruralsyn_run("refresh", str(tmp_path / "memos")).code == 0
    assert {path.read_bytes() for path in paths} == {new}


def test_data_are_loaded_once_for_many_files(
    tmp_path: Path, ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ruralsyn.cli import block_texts

    loads = []

    def load(*arguments: object, **options: object) -> object:
        loads.append(arguments)
        return ruralsyn.load(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(block_texts, "load", load)
    for number in range(100):
        request = f"effects limit={number + 1}"
        (tmp_path / f"{number}.md").write_text(f"{opening(request)}\n{closing()}\n", encoding="utf-8")
    assert ruralsyn_run("refresh", str(tmp_path)).code == 0
    assert loads == [()]
