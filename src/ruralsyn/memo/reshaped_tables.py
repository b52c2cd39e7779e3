"""The differences between tables of another shape: divided, with other columns, or with columns joined.

A table that becomes too wide for a page is divided by its groups, or says in one column what it said in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ruralsyn.memo.differences import Difference
from ruralsyn.memo.rows import SELF_EXPLAINING, Row, in_cell, row_name
from ruralsyn.memo.tables import TableText
from ruralsyn.record import Record

NAMING = 3
"""How many pieces of a row name it."""


class Piece(Record):
    """A part of what a row says: of its heading, or of a cell under a head."""

    text: str
    head: str = ""


Pieces = tuple[Piece, ...]


def in_reshaped(old: Sequence[TableText], new: Sequence[TableText]) -> Iterator[Difference]:
    """What differs between the rows, each of which is compared with the one that has most in common with it.

    A column that only one state has says nothing about a row, unless its values stand in another column.
    """
    before, after = (_rows(tables, others) for tables, others in ((old, new), (new, old)))
    in_both = {*map(_texts, before)} & {*map(_texts, after)}
    rest = [row for row in after if _texts(row) not in in_both]
    for row in before:
        if _texts(row) in in_both:
            continue
        other = max(rest, key=lambda one: _in_common(row, one), default=())
        if not other or _in_common(row, other) * 2 < len(row):
            yield Difference(_name_of(row))
        else:
            rest.remove(other)
            yield from _between(row, other)
    yield from (Difference(_name_of(row), added=True) for row in rest)


def _rows(tables: Sequence[TableText], others: Sequence[TableText]) -> list[Pieces]:
    """The rows in pieces, which are the same in a heading and in a column of their own."""
    kept = {*SELF_EXPLAINING, *(head for table in others for head in table.heads)}
    all_heads = not others or any(table.title for table in (*tables, *others))
    return [
        (
            *(Piece(text) for text in table.title.split(", ") if text),
            *(
                Piece(text, head)
                for head, cell in zip(table.heads, row, strict=False)
                # A column that is missing in the others may be in their headings.
                if all_heads or head in kept
                for text in cell.split(", ")
                if text
            ),
        )
        for table in tables
        for row in table.rows
    ]


def _texts(row: Pieces) -> Row:
    return tuple(piece.text for piece in row)


def _in_common(one: Pieces, other: Pieces) -> int:
    return len({*_texts(one)} & {*_texts(other)})


def _name_of(row: Pieces) -> str:
    return row_name(_texts(row)[:NAMING])


def _between(old: Pieces, new: Pieces) -> Iterator[Difference]:
    """The pieces that differ between two rows, after those before them, which name the row."""
    found = SequenceMatcher(None, _texts(old), _texts(new), autojunk=False).get_opcodes()
    first = next(start for what, start, *_ in found if what != "equal")
    name = row_name(_texts(old)[max(0, first - NAMING) : first]) if first else _name_of(old)
    for what, i, j, k, m in found:
        # What only one of them says is a matter of the shape.
        if what == "replace":
            old_text, new_text = (", ".join(_texts(row)) for row in (old[i:j], new[k:m]))
            yield in_cell(name, old[i].head, old_text, new_text)
