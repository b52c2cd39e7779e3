"""Line numbers for faults: the line of a TOML file on which a key first appears.

tomli does not report the positions of keys. So this module searches the lines of the file for table headers
and for keys at the start of a line. It is only used when there is a fault to report.
"""

from __future__ import annotations

import re
from functools import cache

from ruralsyn.errors import KeyPath


def line_of(text: str, path: KeyPath) -> int | None:
    """The line on which a path first appears, or None.

    For a path inside a value, this is the line on which the value starts.
    """
    lines = _lines_of_keys(text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


# A header may be indented. So may an item of a list that fills several lines, such as `["a"]`. An indented
# bracket therefore counts as a header only if no quote follows it.
_HEAD = re.compile(r"""^(?:\[|\s+\[(?!\s*["']))\s*((?:"[^"]*"|'[^']*'|[^\[\]"'])+?)\s*\]\s*(?:\#.*)?$""")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


# Cached, because it is called for each fault of a file.
@cache
def _lines_of_keys(text: str) -> dict[KeyPath, int]:
    """The first line of every table header and of every key at the start of a line."""
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = _dotted(head[1])
            # [cases.x.effects.y] also creates cases, cases.x and cases.x.effects, if no earlier header did.
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_dotted(key[1])), number)
    return found


def _dotted(text: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in text.split("."))
