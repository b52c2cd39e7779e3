"""Line numbers for faults: the line of a TOML file on which a key, or an item of a list, first appears.

tomli does not report positions. So this module scans the text again, by the grammar of TOML
(https://toml.io/en/v1.0.0). It also accepts what TOML 1.1 adds, because tomli does: inline tables that fill
several lines, and further escapes. The text is known to be valid, so the scan only has to tell where each key
and value begins and ends. It is only used when there is a fault to report.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import tomli

from ruralsyn.errors import KeyPath


def line_of(text: str, path: KeyPath) -> int | None:
    """The line on which the value or the header with this path first appears.

    For a path that is not in the text, this is the line of the longest part that is, counted from its start.
    None if the text does not even have the first key. `text` is TOML that tomli has accepted.
    """
    place: _Place = _scan(text)
    for key in path:
        inside = _inside(place, key)
        if inside is None:
            break
        place = inside
    return (place if isinstance(place, int) else place.line) or None


class _Table(NamedTuple):
    line: int
    values: dict[str, _Place]


class _Array(NamedTuple):
    line: int
    items: list[_Place]


# A value without anything inside is only its line, because a file may have millions of them.
_Place = int | _Table | _Array


def _inside(place: _Place, key: str | int) -> _Place | None:
    if isinstance(place, _Table) and isinstance(key, str):
        return place.values.get(key)
    if isinstance(place, _Array) and isinstance(key, int) and 0 <= key < len(place.items):
        return place.items[key]
    return None


# In valid TOML nothing depends on where the commas are, so they are skipped like blanks. The quantifiers are
# possessive ("*+"): without a way back, a long string or comment takes neither more time nor memory.
_GAP = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_KEY = re.compile(
    r"""
    [ \t]*+
    ( [A-Za-z0-9_-]++ | "(?:[^"\\]++|\\.)*+" | '[^']*+' )
    [ \t]*+
    (?: (\.) | =[ \t]*+ | \]++ )  # A further part follows, or a value, or it was the last part of a header.
    """,
    re.VERBOSE,
)
_SCALAR = re.compile(
    r"""
      \"{3} (?:[^"\\]++|\\.|(?!\"{3})")*+ \"{3,5}  # One or two quotes may stand before those at the end.
    | '{3} (?:[^']++|(?!'{3})')*+ '{3,5}
    | "(?:[^"\\]++|\\.)*+"
    | '[^']*+'
    | [^,\]}\#\n]++
    """,
    re.VERBOSE | re.DOTALL,
)


# Cached, because it is called for each fault of a file. Few, because the texts stay in memory.
@lru_cache(maxsize=4)
def _scan(text: str) -> _Table:
    """The lines of everything in the text. The outermost table has the line 0."""
    root = _Table(0, {})
    # The table of the last header and, in it, the arrays and inline tables that are not yet closed. A list
    # instead of recursion: values may be nested deeper than Python allows calls.
    still_open: list[_Table | _Array] = [root]
    line, counted = 1, 0
    pos = _end(_GAP, text, 0)
    while pos < len(text):
        line, counted = line + text.count("\n", counted, pos), pos
        if text[pos] in "]}":
            still_open.pop()
            pos += 1
        elif text[pos] == "[" and len(still_open) == 1:
            still_open[0], pos = _header(text, pos, root, line)
        else:
            place, pos = _entry(text, pos, still_open[-1], line)
            if not isinstance(place, int):
                still_open.append(place)
        pos = _end(_GAP, text, pos)
    return root


def _end(pattern: re.Pattern[str], text: str, pos: int) -> int:
    match = pattern.match(text, pos)
    assert match is not None
    return match.end()


def _header(text: str, pos: int, root: _Table, line: int) -> tuple[_Table, int]:
    """The table that a header opens, and where the header ends."""
    if not text.startswith("[[", pos):
        keys, pos = _keys(text, pos + 1)
        return _table(root, keys, line), pos
    keys, pos = _keys(text, pos + 2)
    array = _table(root, keys[:-1], line).values.setdefault(keys[-1], _Array(line, []))
    assert isinstance(array, _Array)
    table = _Table(line, {})
    array.items.append(table)
    return table, pos


def _entry(text: str, pos: int, holder: _Table | _Array, line: int) -> tuple[_Place, int]:
    """The place of an item, or of a key and its value, after adding it to its holder; and what to read next.

    This is the inside of an array or an inline table, and otherwise what follows the value.
    """
    if isinstance(holder, _Array):
        place, pos = _value(text, pos, line)
        holder.items.append(place)
    else:
        keys, pos = _keys(text, pos)
        place, pos = _value(text, pos, line)
        _table(holder, keys[:-1], line).values[keys[-1]] = place
    return place, pos


def _value(text: str, pos: int, line: int) -> tuple[_Place, int]:
    if text[pos] == "[":
        return _Array(line, []), pos + 1
    if text[pos] == "{":
        return _Table(line, {}), pos + 1
    return line, _end(_SCALAR, text, pos)


def _table(table: _Table, keys: list[str], line: int) -> _Table:
    """The table that the keys lead to from another table. Those on the way are made if they are missing."""
    for key in keys:
        place = table.values.get(key)
        if place is None:
            place = table.values[key] = _Table(line, {})
        # In a header, the name of an array of tables stands for its last table.
        inner = place.items[-1] if isinstance(place, _Array) else place
        assert isinstance(inner, _Table)
        table = inner
    return table


def _keys(text: str, pos: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and where the value begins or the header ends."""
    keys = []
    more: str | None = "."
    while more:
        match = _KEY.match(text, pos)
        assert match is not None
        part, more = match.groups()
        keys.append(_unquoted(part))
        pos = match.end()
    return keys, pos


def _unquoted(part: str) -> str:
    if part[0] == '"' and "\\" in part:
        key: str = tomli.loads(f"key = {part}")["key"]
        return key
    return part[1:-1] if part[0] in "\"'" else part
