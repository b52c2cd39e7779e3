"""The generated blocks of a Markdown text: what they ask for, what they hold, and the text with new contents.

A block is two comments and what is between them:

    <!-- ruralsyn: effects domain=finance -->
    …
    <!-- /ruralsyn sha256:… -->

The checksum is of what is between them. If it differs, a person has edited the block. In running text the
comments hold a value and no checksum: `<!-- ruralsyn: count cases -->8<!-- /ruralsyn -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from ruralsyn.errors import Problem
from ruralsyn.memo.lines import BYTE_ORDER_MARK, Lines, plain
from ruralsyn.memo.markers import Marker, fault_on, markers_in
from ruralsyn.record import Record

_CHECKSUM = re.compile(r"\s*(?:sha256:([0-9a-f]{64}))?\s*\Z")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+|(?:\n[ \t]*)+\Z")


class Block(Record, kw_only=True):
    """A block of a text, or a value in running text."""

    request: str
    """What it asks for: `effects domain=finance`."""
    line: int
    """The number of its first line, counted from 1."""
    inline: bool
    """Whether it is a value in running text."""
    prefix: str
    """What its lines begin with: blanks in a list, marks in a quotation."""
    start: int
    """Where in the text begins what it holds; `end` is where that ends."""
    end: int
    closed: int
    """Where the second comment ends."""
    text: str
    """What it holds, with plain line ends and without the prefix and blank lines around it."""
    checksum: str
    """The checksum in the second comment; empty if it has none."""

    @property
    def made(self) -> bool:
        """Whether it has been made already. A block without a checksum is still to be filled."""
        return self.inline or bool(self.checksum)

    @property
    def edited(self) -> bool:
        """Whether a person has changed what it holds since it was made."""
        return bool(self.checksum) and not self.inline and self.checksum != checksum_of(self.text)


def checksum_of(text: str) -> str:
    """The checksum of what a block holds."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def opening(request: str) -> str:
    """The comment that begins a block."""
    return f"<!-- ruralsyn: {request} -->"


def closing(text: str | None = None) -> str:
    """The comment that ends a block with this text; without a text, that of one which is still to be made."""
    return "<!-- /ruralsyn -->" if text is None else f"<!-- /ruralsyn sha256:{checksum_of(text)} -->"


def written(request: str, text: str) -> str:
    """A block with this text, in lines."""
    # Blank lines, because some readers take what follows a table or a comment at once for a part of it.
    return f"{opening(request)}\n\n{text}\n\n{closing(text)}\n"


def is_current(block: Block, text: str) -> bool:
    """Whether a block holds this text and its checksum."""
    return block.text == text and (block.inline or block.checksum == checksum_of(text))


# Finding ----------------------------------------------------------------------------------------------------


def blocks_in(lines: Lines) -> tuple[list[Block], list[Problem]]:
    """The blocks in the order of the text, and what is wrong with the comments."""
    markers, misplaced = markers_in(lines)
    # What seems to be missing may be a comment that stands in a wrong place.
    seen = [problem.line or 0 for problem in misplaced]
    blocks: list[Block] = []
    problems: list[Problem] = []
    opened: Marker | None = None
    last = 0
    for marker in markers:
        missing = not any(last <= line <= marker.line for line in seen)
        if marker.request is not None:
            if opened and missing:
                problems.append(fault_on(opened.line, f"{_UNCLOSED}, before line {marker.line}."))
            opened = marker
        elif opened is None:
            problems += [fault_on(marker.line, NOT_BEGUN)] if missing else []
        else:
            found = _misplaced(opened, marker)
            problems += [fault_on(marker.line, found)] if found else []
            blocks += [] if found else [_block(lines, opened, marker)]
            opened = None
        last = marker.line
    if opened and not any(last <= line for line in seen):
        problems.append(fault_on(opened.line, f"{_UNCLOSED}."))
    return blocks, [*misplaced, *problems]


NOT_BEGUN = f"no block begins before this comment. A block begins with {opening('…')}, with a colon."
_UNCLOSED = f"the block is not closed. Put {closing()} after it"


def _misplaced(first: Marker, second: Marker) -> str:
    """What is wrong with where two comments stand; empty if they make a block."""
    if first.place != second.place or (first.prefix is None) != (second.prefix is None):
        return (
            "only one of the two comments of this block stands on a line of its own. Put both on lines of "
            "their own, or both into one paragraph."
        )
    if not _CHECKSUM.match(second.checksum):
        return "the checksum in this comment is not complete. Delete it, and the block is made anew."
    same_line = first.line == second.line
    if not same_line and first.prefix != second.prefix:
        return f"this comment and that of line {first.line} are indented differently. Indent both alike."
    return ""


def _block(lines: Lines, first: Marker, second: Marker) -> Block:
    prefix = first.prefix or ""
    inside = plain(lines.text[first.end : second.start])
    found = _CHECKSUM.match(second.checksum)
    return Block(
        request=(first.request or "").strip(),
        line=first.line,
        inline=first.prefix is None,
        prefix=prefix,
        start=first.end,
        end=second.start,
        closed=second.end,
        text=inside.strip() if first.prefix is None else _without(prefix, inside),
        checksum=(found and found[1]) or "",
    )


def _without(prefix: str, inside: str) -> str:
    """What is between two comments without the prefix of its lines and without blank lines around it."""
    bare = prefix.rstrip()
    # The first line is the rest of that of the first comment, the last one the prefix of the second comment.
    lines = [line.removeprefix(prefix if line.startswith(prefix) else bare) for line in inside.split("\n")]
    text = "\n".join(lines)
    return _BLANK_LINES.sub("", text) if text.strip() else ""


# Changing ---------------------------------------------------------------------------------------------------


def with_contents(lines: Lines, blocks: Sequence[Block], texts: Sequence[str]) -> str:
    """The text with these contents of its blocks; a block that holds its content already stays as it is."""
    parts: list[str] = []
    done = 0
    for block, text in zip(blocks, texts, strict=True):
        if not is_current(block, text):
            parts += [lines.text[done : block.start], _inside(lines, block, text)]
            done = block.end if block.inline else block.closed
    return "".join((*parts, lines.text[done:]))


def _inside(lines: Lines, block: Block, text: str) -> str:
    """What follows the first comment of a block with this text: up to the second one, or with it."""
    if block.inline:
        return text
    end = lines.end_of(block.line - 1)
    return end + end.join(_prefixed(block.prefix, ("", *text.split("\n"), "", closing(text))))


def _prefixed(prefix: str, texts: Sequence[str]) -> Iterator[str]:
    return ((prefix + text).rstrip() if not text else prefix + text for text in texts)


def with_block(lines: Lines, request: str, place: int) -> str:
    """The text with a block that is still to be made, put at this place, which is the beginning of a line."""
    end = lines.end
    before, after = lines.text[:place], lines.text[place:]
    gap = end if after.strip() and not after.startswith(("\n", "\r")) else ""
    return f"{before}{_gap(before, end)}{opening(request)}{end}{closing()}{end}{gap}{after}"


def _gap(before: str, end: str) -> str:
    """The line ends that put a blank line after a text, unless it has one or is empty."""
    if not before.strip(BYTE_ORDER_MARK) or before.endswith(end + end):
        return ""
    return end if before.endswith(("\n", "\r")) else end + end
