"""Tables on paper: how wide each column is, and tables that a page cannot hold turned or split.

No word is cut: a column is at least as wide as its longest word. Markdown, LaTeX and word processors all take
their widths from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Noted, Term, Value
from ruralsyn.render.footnotes import peel

LINE = 76.0
"""How many average letters fit a line of A4 or Letter, by Pandoc's own styles, which set tables large."""
PADDING = 2.5
"""The room between two columns, in letters."""
SHORT = 16
"""Text up to this length stays on one line if there is room."""
LONG = 60
"""A column of longer text gets no more room than one of this length."""


def shares(shown: Table) -> list[float]:
    """The share of the page that each column gets: the longest word at least, then by length of text."""
    texts = _texts(shown)
    needed = [_words(column) for column in texts]
    short = [max(need, _longest(column, SHORT)) for need, column in zip(needed, texts, strict=True)]
    # Short text on one line is the first use of what is left.
    least = short if sum(short) <= LINE else needed
    wanted = [max(size, _longest(column, LONG)) for size, column in zip(least, texts, strict=True)]
    extra = [more - size for more, size in zip(wanted, least, strict=True)]
    spare = max(0.0, LINE - sum(least))
    widths = [size + spare * more / max(1.0, sum(extra)) for size, more in zip(least, extra, strict=True)]
    return [width / max(1.0, sum(widths)) for width in widths]


def _texts(shown: Table) -> list[list[str]]:
    """The visible text of each column, the head first."""
    return [
        [column.label, *(text_of(row[index], column.blank) for row in shown.rows)]
        for index, column in enumerate(shown.columns)
    ]


def _words(texts: Sequence[str]) -> float:
    """The room for the longest word."""
    return max((_ink(word) for text in texts for word in text.split()), default=0.0) + PADDING


def _longest(texts: Sequence[str], most: int) -> float:
    """The room for the longest of the texts, as if none were longer than `most`."""
    return max(_ink(text[:most]) for text in texts) + PADDING


def _ink(text: str) -> float:
    """The width of a text in average letters: letters differ, and a narrow column has no slack."""
    return sum(_LETTERS.get(char, 1.3 if char.isupper() else 1.08) for char in text)


_LETTERS = dict.fromkeys("fijlrt.,;:'|!()[]- ", 0.72) | dict.fromkeys("mwMW—…%@▲▼◄►", 1.8)


# Tables that are too wide --------------------------------------------------------------------------------


def fitted(table: Table) -> tuple[Table, ...]:
    """The table as tables that fit a page: turned if that is narrow enough, otherwise split.

    Each part of a split table repeats the first column.
    """
    shown = table.shown()
    if _fits(shown):
        return (shown,)
    # Turning would lose groups of rows.
    if not (shown.group_by or shown.once) and _fits(turned := _turned(shown)):
        return (turned,)
    return _split(shown)


def _fits(shown: Table) -> bool:
    return sum(map(_words, _texts(shown))) <= LINE


def _turned(shown: Table) -> Table:
    """The table with rows and columns exchanged. A blank keeps the words of the column that it was in."""
    first, *others = shown.columns
    columns = (
        Column("column", first.label),
        *(Column(f"row-{number}", text_of(peel(row[0])[0])) for number, row in enumerate(shown.rows)),
    )
    rows = tuple(
        (column.label, *(_worded(row[index], column) for row in shown.rows))
        for index, column in enumerate(others, start=1)
    )
    return replace(shown, columns=columns, rows=(_with_footnotes(shown, rows[0]), *rows[1:]))


def _with_footnotes(shown: Table, first: Row) -> Row:
    """The first row of a turned table with the footnotes of the heads, which are text and cannot have any."""
    cells = list(first)
    for number, row in enumerate(shown.rows, start=1):
        for note in peel(row[0])[1]:
            cells[number] = replace(note, value=cells[number])
    return tuple(cells)


def _worded(value: Value, column: Column) -> Value:
    # A blank can have a footnote that says why it is blank.
    if isinstance(value, Noted):
        return replace(value, value=_worded(value.value, column))
    # Not `not value`: 0 is a number of effects and no blank.
    return Term("", column.blank, "quiet") if value in (None, ()) else value


def _split(shown: Table) -> tuple[Table, ...]:
    """The columns in as many tables as it takes, each with the first column."""
    first, *others = range(len(shown.columns))
    needed = [_words(column) for column in _texts(shown)]
    chunks: list[list[int]] = [[]]
    for index in others:
        if chunks[-1] and needed[first] + sum(needed[one] for one in chunks[-1]) + needed[index] > LINE:
            chunks.append([])
        chunks[-1].append(index)
    return tuple(_with_columns(shown, (first, *chunk)) for chunk in chunks)


def _with_columns(shown: Table, kept: Sequence[int]) -> Table:
    return replace(
        shown,
        columns=tuple(shown.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in shown.rows),
    )
