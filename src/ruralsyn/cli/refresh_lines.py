"""What `refresh` prints: a line for each block that changed, differences, and how many blocks there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff

from ruralsyn.cli.memo import Memo
from ruralsyn.dataset.files import shown_name
from ruralsyn.memo.blocks import Block
from ruralsyn.memo.changes import HERE, NOW, changes_in

LONGEST_REQUEST = 80
SHORT_VALUES = 40
"""Two values that are shorter than this together are told whole."""


def difference(memo: Memo) -> Iterator[str]:
    """The differences of a file as `diff -u` prints them, with those of edited blocks."""
    name = shown_name(memo.name)
    # `patch` takes a name up to the first blank, unless a tab follows.
    tab = "\t" if " " in name else ""
    old, new = map(_diff_lines, (memo.old, memo.text))
    return unified_diff(old, new, f"{name}{tab}", f"{name} (made anew){tab}", lineterm="")


def _diff_lines(text: str) -> list[str]:
    """The lines of a text for `diff -u`, which says of a last line whether its end is missing."""
    *lines, last = re.split(r"\r\n|\r|\n", text)
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def changes(memo: Memo, *, check: bool) -> Iterator[str]:
    """A line for each block that is stale or was made anew, with what changed."""
    for block, text in memo.stale:
        request = " ".join(block.request.split())
        short = request if len(request) <= LONGEST_REQUEST else f"{request[: LONGEST_REQUEST - 2]} …"
        yield f"{shown_name(memo.name)}:{block.line}: {short} {_state(block, text, check=check)}."


def _state(block: Block, text: str, *, check: bool) -> str:
    """What is to be said of a block that does not hold its text."""
    if not block.text:
        return "is not made yet" if check else "is made"
    if not block.made:
        return (
            "has text but no checksum, so it counts as not made" if check else "is made in place of its text"
        )
    # Nobody knows whether a value was edited: it has no checksum.
    words = HERE if block.inline or block.edited else NOW
    if block.text == text:
        what = "its checksum only"
    elif block.inline and len(block.text) + len(text) < SHORT_VALUES:
        what = words.changed.format(old=block.text, new=text)
    else:
        what = changes_in(block.text, text, words)
    how = "was edited by hand" if block.edited else "is stale"
    return f"{how if check else 'is made anew'}: {what}"


def total(memos: Sequence[Memo], *, check: bool) -> list[str]:
    """How many blocks there are, how many changed, and which files a person has to look at."""
    blocks = sum(len(memo.blocks) for memo in memos)
    files = [memo for memo in memos if memo.blocks or memo.faults]
    if not blocks:
        return []
    changed = [memo for memo in files if memo.stale and (check or not memo.problems)]
    number = sum(len(memo.stale) for memo in changed)
    where = f" in {_number(len(changed), 'file')}" if len(files) > 1 else ""
    edited = sum(bool(memo.edits) for memo in files)
    faulty = sum(bool(memo.faults) for memo in files)
    current = sum(not memo.stale and not memo.problems for memo in files)
    said = [
        f"{number} {'stale' if check else 'made anew'}{where}" if number else "",
        f"{_number(edited, 'file')} edited by hand" if edited else "",
        f"{_number(faulty, 'file')} with faults" if faulty else "",
        f"{_number(current, 'file')} current" if current and len(files) > 1 else "",
    ]
    rest = ", ".join(filter(None, said)) if current < len(files) else "all current"
    return [f"{_number(blocks, 'block')} in {_number(len(files), 'file')}: {rest}."]


def _number(number: int, noun: str) -> str:
    # In digits, as in logs of other programs.
    return f"{number} {noun}{'' if number == 1 else 's'}"
