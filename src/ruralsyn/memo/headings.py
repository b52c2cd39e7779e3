"""The headings of a Markdown text, after which a block may be put."""

from __future__ import annotations

import re
from itertools import pairwise

from ruralsyn.memo.lines import Lines
from ruralsyn.memo.markers import tokens_of
from ruralsyn.record import Record

_WANTED = re.compile(r"\s*(#{0,6})\s*(.*?)[\s#]*\Z", re.S)
_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\Z")


class HeadingLine(Record):
    """A heading: its text, its level, the number of its line, counted from 1, and where its lines end."""

    text: str
    level: int
    line: int
    end: int

    def is_called(self, wanted: str) -> bool:
        """Whether a person means this heading: by its text, or by its marks and text: `## Results`."""
        found = _WANTED.match(wanted)
        marks, text = found.groups() if found else ("", wanted)
        names = {_plain(self.text), _plain(_ATTRIBUTES.sub("", self.text))}
        return _plain(text) in names and len(marks) in (0, self.level)


def headings_in(lines: Lines) -> list[HeadingLine]:
    """The headings that are not within a list or a quotation."""
    tokens = tokens_of(lines)
    return [
        HeadingLine(inside.content, int(token.tag[1:]), token.map[0] + 1, lines.starts[token.map[1]])
        for token, inside in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
