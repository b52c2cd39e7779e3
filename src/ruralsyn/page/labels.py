"""Names beside ids, for people who read the tables of programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ruralsyn.page.document import Column, Table
from ruralsyn.page.values import Term, Value, peel

SUFFIX = "_label"


def labelled(table: Table) -> Table:
    """What programs get of the table, and after each column of ids one with their names: `country_label`.

    A column whose values are their own names gets none.
    """
    table = table.exported()
    # A column that has the name already is the command's own.
    own = {column.key for column in table.columns}
    named = [
        f"{column.key}{SUFFIX}" not in own and _has_names(row[place] for row in table.rows)
        for place, column in enumerate(table.columns)
    ]
    columns = tuple(
        one
        for column, names in zip(table.columns, named, strict=True)
        for one in (column, *([_of_names(column)] if names else []))
    )
    rows = tuple(
        tuple(
            one
            for value, names in zip(row, named, strict=True)
            for one in (value, *([_names(value)] if names else []))
        )
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)


def _of_names(column: Column) -> Column:
    return replace(column, key=f"{column.key}{SUFFIX}", number=False)


def _has_names(values: Iterable[Value]) -> bool:
    return any(_is_named(value) for value in values)


def _is_named(value: Value) -> bool:
    value, _ = peel(value)
    if isinstance(value, tuple):
        return any(_is_named(item) for item in value)
    return isinstance(value, Term) and value.label != value.id


def _names(value: Value) -> Value:
    """The names that a value or the items of a list have; values without names stand for themselves."""
    value, _ = peel(value)
    if isinstance(value, tuple):
        return tuple(_names(item) for item in value)
    return value.label if isinstance(value, Term) else value
