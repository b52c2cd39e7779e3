"""Line numbers for faults: the line of a TOML file on which a key first appears.

tomli gives no positions, so the heads of tables and the keys that open a line are found by reading the
lines. That is only done when there is a fault to report.
"""

from __future__ import annotations

import re
from functools import cache

from ruralsyn.errors import KeyPath


def line_of(text: str, path: KeyPath) -> int | None:
    """The line on which a path first appears, or None.

    For what is inside a value, the line of the value is the best there is.
    """
    lines = _lines_of_keys(text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


# A head may be indented. An item of a list over several lines may look like one, but opens with a quote.
_HEAD = re.compile(r"""^(?:\[|\s+\[(?!\s*["']))\s*((?:"[^"]*"|'[^']*'|[^\[\]"'])+?)\s*\]\s*(?:\#.*)?$""")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


@cache
def _lines_of_keys(text: str) -> dict[KeyPath, int]:
    """The first line of every table and key that opens a line."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = _dotted(head[1])
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_dotted(key[1])), number)
    return found


def _dotted(text: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in text.split("."))
