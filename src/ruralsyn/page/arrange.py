"""Content as a reader asks for it: which columns and rows, in which order, and under which title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from unicodedata import combining, normalize

from ruralsyn.errors import UsageError
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Column, Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Noted, Value


def arranged(
    content: Content,
    *,
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    limit: int | None = None,
    title: str | None = None,
    heading_level: int | None = None,
) -> Content:
    """The content with other columns, rows, title or level of the title. What is not given stays.

    Raises UsageError for a column that the table lacks, and for columns, an order or a limit if the content
    is more than one table.
    """
    if isinstance(content, Table):
        # Sorted first, because a table may be sorted by a column that is not shown. Cut last, because the
        # first rows are those of the final order.
        content = limited(with_columns(sorted_by(content, sort), columns), limit)
    elif columns or sort or limit is not None:
        raise UsageError("--columns, --sort and --limit work on a single table, and this result has several.")
    return titled(content, title, heading_level)


def titled(content: Content, title: str | None, level: int | None) -> Content:
    """The content with another title and level of the title. An empty title prints no heading."""
    if isinstance(content, Bibliography | Sentence):
        return content
    if isinstance(content, Grid):
        table = _titled(content.table, title, level)
        return replace(content, table=table, title=content.title if title is None else title)
    return _titled(content, title, level)


Titled = TypeVar("Titled", bound=Table | Document)


def _titled(content: Titled, title: str | None, level: int | None) -> Titled:
    return replace(content, title=content.title if title is None else title, level=level or content.level)


# Columns ------------------------------------------------------------------------------------------------


def with_columns(table: Table, keys: Sequence[str]) -> Table:
    """The table with these columns in this order, for people and programs alike. All columns without keys.

    Raises UsageError for a key that the table lacks.
    """
    if not keys:
        return table
    # Without repeats: JSON holds each key once.
    chosen = list(dict.fromkeys(_index(table, key, "--columns") for key in keys))
    return replace(
        table,
        columns=tuple(_for_everyone(table.columns[index]) for index in chosen),
        rows=tuple(tuple(row[index] for index in chosen) for row in table.rows),
        # A terminal prints these columns first or as headings, which would change the order.
        group_by="",
        once="",
        narrowed=None,
    )


def _index(table: Table, key: str, flag: str) -> int:
    """The place of the column with this key. Raises UsageError if there is none."""
    keys = [column.key for column in table.columns]
    # Keys have underscores, and the options of the command line have hyphens.
    wanted = key.strip().lower().replace("-", "_")
    if wanted in keys:
        return keys.index(wanted)
    raise UsageError(f"{flag}: unknown column '{key}'. The columns are {', '.join(keys)}.")


def _for_everyone(column: Column) -> Column:
    """The column as people and programs see it; a narrow terminal does not drop it."""
    # What a column says for None is only chosen for people. In the others an empty cell is safer: a record
    # without a note has none, and "not reported" would claim more.
    blank = column.blank if column.human or column.blank != MARKS["not-reported"].glyph else ""
    return replace(column, human=True, machine=True, spare=0, blank=blank)


# Rows ---------------------------------------------------------------------------------------------------


def sorted_by(table: Table, keys: Sequence[str]) -> Table:
    """The table sorted by these columns, the most important first. A minus before a key reverses its order.

    Numbers are compared as numbers and text as people read it. Blanks come last in either order. Raises
    UsageError for a key that the table lacks.
    """
    if not keys:
        return table
    order = list(range(len(table.rows)))
    # From the last key to the first: sorting is stable, so earlier keys decide.
    for key in reversed(keys):
        column = _index(table, key.strip().removeprefix("-"), "--sort")
        order = _order(table, order, column, descending=key.strip().startswith("-"))
    return replace(
        table,
        rows=tuple(table.rows[number] for number in order),
        hidden=frozenset(place for place, number in enumerate(order) if number in table.hidden),
        # The rows of a group are no longer neighbours, and a terminal would print a heading for each.
        group_by="",
        once="",
    )


def _order(table: Table, order: list[int], column: int, *, descending: bool) -> list[int]:
    """The numbers of the rows sorted by one column."""
    values = {number: _plain(table.rows[number][column]) for number in order}
    blank = [number for number in order if values[number] in (None, "", ())]
    filled = [number for number in order if values[number] not in (None, "", ())]
    # Blanks are kept out of the sort, because they come last in both directions.
    return sorted(filled, key=lambda number: _sort_key(values[number]), reverse=descending) + blank


def _plain(value: Value) -> Value:
    return _plain(value.value) if isinstance(value, Noted) else value


def _sort_key(value: Value) -> tuple[bool, float, list[tuple[float, str]]]:
    """Numbers before text; text without case and accents, and with the numbers in it compared as numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return False, value, []
    text = "".join(char for char in normalize("NFKD", text_of(value)) if not combining(char)).casefold()
    # Pieces alternate between text and digits: "¶10" has to come after "¶2".
    pieces = _NUMBERS.split(text)
    return True, 0, [(float(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


_NUMBERS = re.compile(r"(\d+)")


def limited(table: Table, limit: int | None) -> Table:
    """The table with the first rows only, and a note on how many more there are."""
    if limit is None or len(table.rows) <= limit:
        return table
    seen = [number for number in range(len(table.rows)) if number not in table.hidden]
    more = len(seen) - limit
    if more <= 0:
        return replace(table, most=limit)
    note = f"{more} more {'row is' if more == 1 else 'rows are'} not shown. Raise --limit to see more."
    # People skip hidden rows, so they need rows that programs do not get.
    rows = table.rows[: seen[limit - 1] + 1]
    return replace(table, rows=rows, most=limit, notes=(note, *table.notes))
