"""Tables that a page can hold: too many columns are turned into rows or split by rule."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.page.document import Block, Column, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Noted, Sourced, Term, Value

WIDEST = 5
"""The most columns that a table of a report has; a page holds no more."""


def fitted(block: Block) -> tuple[Block, ...]:
    """A table with at most WIDEST columns: turned if that makes it narrow enough, else split.

    A split table repeats its first column; its notes follow the last part.
    """
    if not isinstance(block, Table) or len(block.shown().columns) <= WIDEST:
        return (block,)
    shown = block.shown()
    if len(shown.rows) < WIDEST and not shown.group_by:
        return (_turned(shown),)
    return _split(shown)


def _turned(shown: Table) -> Table:
    """Rows for columns. A blank keeps the words of the column that it was in."""
    _, *others = shown.columns
    heads = [row[0] for row in shown.rows]
    columns = (Column("column", ""), *(Column(_id(head), text_of(head)) for head in heads))
    rows = tuple(
        (column.label, *(_worded(row[index], column) for row in shown.rows))
        for index, column in enumerate(others, start=1)
    )
    return replace(shown, columns=columns, rows=rows)


def _worded(value: Value, column: Column) -> Value:
    if isinstance(value, Noted | Sourced):
        return replace(value, value=_worded(value.value, column))
    return Term("", column.blank, "quiet") if value in (None, ()) else value


def _split(shown: Table) -> tuple[Table, ...]:
    first, *others = range(len(shown.columns))
    size = WIDEST - 1
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
