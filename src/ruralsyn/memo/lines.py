"""The lines of a text with their own line ends, so that nothing outside a block changes."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

# Not str.splitlines(), which also splits at characters that Markdown takes for text, such as U+2028.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_END = re.compile(r"\r\n|\r")
BYTE_ORDER_MARK = "\ufeff"


class Lines:
    """A text and its lines, which are counted from 0 and keep their ends."""

    def __init__(self, text: str) -> None:
        """`text` is the whole file, with its byte order mark if it has one."""
        self.text = text
        self.lines = _LINE.findall(text)
        self.starts = [0, *accumulate(map(len, self.lines))]
        """Where each line starts, and where the last one ends."""

    @cached_property
    def end(self) -> str:
        """The line end of the first line: that of the file, unless its lines differ."""
        return self.end_of(0)

    def end_of(self, number: int) -> str:
        """The line end of a line; that of the line before if it is the last one and has none."""
        for line in reversed(self.lines[: number + 1]):
            if found := line[len(line.rstrip("\r\n")) :]:
                return str(found)
        return "\n"

    def number_at(self, place: int) -> int:
        """The number of the line that holds this place of the text."""
        from bisect import bisect_right

        return min(bisect_right(self.starts, place), len(self.lines)) - 1

    def front_matter(self) -> int:
        """How many lines at the beginning are front matter, which is data and no Markdown."""
        first = self.lines[0].rstrip() if self.lines else ""
        if first.removeprefix(BYTE_ORDER_MARK) != "---":
            return 0
        for number, line in enumerate(self.lines[1:], start=1):
            if line.rstrip() in ("---", "..."):
                return number + 1
        return 0


def plain(text: str) -> str:
    """The text with plain line ends."""
    return _END.sub("\n", text)
