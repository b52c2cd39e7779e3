"""Tables that fit a page: a table with too many columns is turned, so that they become rows, or split."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.page.document import Block, Column, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Noted, Sourced, Term, Value

WIDEST = 5
"""The most columns that a table of a report has. More would not fit on a page."""


def fitted(block: Block) -> tuple[Block, ...]:
    """A block whose tables have at most WIDEST columns: turned if that is narrow enough, otherwise split.

    Each part of a split table repeats the first column. The notes follow the last part.
    """
    # Columns for programs do not count, since no page shows them.
    if not isinstance(block, Table) or len(block.shown().columns) <= WIDEST:
        return (block,)
    shown = block.shown()
    # A turned table has a column for each row and one for the headings. Turning would lose groups of rows.
    if len(shown.rows) < WIDEST and not shown.group_by:
        return (_turned(shown),)
    return _split(shown)


def _turned(shown: Table) -> Table:
    """The table with rows and columns exchanged. A blank keeps the words of the column that it was in."""
    _, *others = shown.columns
    heads = [row[0] for row in shown.rows]
    columns = (Column("column", ""), *(Column(_id(head), text_of(head)) for head in heads))
    rows = tuple(
        (column.label, *(_worded(row[index], column) for row in shown.rows))
        for index, column in enumerate(others, start=1)
    )
    return replace(shown, columns=columns, rows=rows)


def _worded(value: Value, column: Column) -> Value:
    # A blank can have a footnote that says why it is blank.
    if isinstance(value, Noted | Sourced):
        return replace(value, value=_worded(value.value, column))
    # Not `not value`: 0 is a number of effects and no blank.
    return Term("", column.blank, "quiet") if value in (None, ()) else value


def _split(shown: Table) -> tuple[Table, ...]:
    first, *others = range(len(shown.columns))
    size = WIDEST - 1
    # -(-a // b) rounds up. Parts are of even width: 3 and 2 columns, not 4 and 1.
    parts = -(-len(others) // size)
    even = -(-len(others) // parts)
    chunks = [others[start : start + even] for start in range(0, len(others), even)]
    return tuple(
        replace(
            shown,
            columns=tuple(shown.columns[index] for index in (first, *chunk)),
            rows=tuple(tuple(row[index] for index in (first, *chunk)) for row in shown.rows),
            notes=shown.notes if chunk is chunks[-1] else (),
            origin=shown.origin if chunk is chunks[-1] else (),
        )
        for chunk in chunks
    )


def _id(value: Value) -> str:
    return value.id if isinstance(value, Term) else str(value)
