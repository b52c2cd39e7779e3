"""The differences between two tables with the same columns, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruralsyn.memo.differences import LONGEST_NAME, Difference, changed, short
from ruralsyn.memo.tables import TableText
from ruralsyn.page.marks import MARKS

SELF_EXPLAINING = ("Direction", "Benefit", "Direction and benefit", "")
"""The heads of columns whose values say what they are."""

Row = tuple[str, ...]


def in_rows(old: TableText, new: TableText) -> Iterator[Difference]:
    """The cells that differ, and the rows that only one of two tables has."""
    size = _key_size(old.rows, new.rows)
    before, after = ({row[:size]: row for row in table.rows} for table in (old, new))
    added = {key: row for key, row in after.items() if key not in before}
    for key, row in before.items():
        # Rows whose names are cut to the same words are told by the cells that differ.
        alike = (one for one in added if row_name(one) == row_name(key))
        other = after.get(key) or added.pop(next(alike, ()), None)
        if other is None:
            yield Difference(row_name(key))
        else:
            yield from _in_cells(key, old.heads, row, other)
    yield from (Difference(row_name(key), added=True) for key in added)


def _key_size(*tables: Sequence[Row]) -> int:
    """By how many of its first cells a row of these tables can be told from the others."""
    width = max((len(row) for rows in tables for row in rows), default=1)
    for size in range(1, width):
        if all(len({row[:size] for row in rows}) == len(rows) for rows in tables):
            return size
    return width


def row_name(cells: Row) -> str:
    """A row by its first cells: `Colombia: PPP, informal loans`."""
    *most, last = tuple(filter(None, cells)) or ("a row",)
    if not most:
        return short(last, LONGEST_NAME)
    # The last one tells the row apart, so it is not what is cut first.
    end = short(uncapital(last))
    return f"{short(', '.join(most), LONGEST_NAME - len(end))}, {end}"


def uncapital(text: str) -> str:
    """The text with a small first letter, unless it is an acronym or a case such as `Peru: Juntos`."""
    return text if text[1:] != text[1:].lower() else text[:1].lower() + text[1:]


def _in_cells(key: Row, heads: Row, old: Row, new: Row) -> Iterator[Difference]:
    for head, before, after in zip(heads, old, new, strict=False):
        if before != after:
            yield in_cell(row_name(key), head, before, after)


def in_cell(name: str, head: str, old: str, new: str) -> Difference:
    """The difference between two values of a cell."""
    where = name if head in SELF_EXPLAINING else f"{name}, {uncapital(head)}"
    return changed(where, *_without_marks(old, new))


def _without_marks(old: str, new: str) -> tuple[str, str]:
    """Two values without arrows and other marks, unless they differ in these only."""
    plain = [" ".join(_MARKS.sub(" ", value).split()) for value in (old, new)]
    return (plain[0], plain[1]) if all(plain) and plain[0] != plain[1] else (old, new)


_MARKS = re.compile("|".join(re.escape(m.glyph) for m in MARKS.values() if m.glyph and not m.glyph.isalnum()))
