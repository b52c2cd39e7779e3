"""Tables on paper: how wide each column is, and what becomes of a table that a page cannot hold.

No word is cut: a column is at least as wide as its longest word. Markdown, LaTeX, HTML and word processors
take their widths from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, islice

from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Cite, Noted, Term, Value, peel, with_notes
from ruralsyn.record import Record


class Paper(Record):
    """How much a line holds. Widths are in ems: the height of the type."""

    line: float
    padding: float
    """The room between two columns."""
    equal: bool = False
    """Whether some reader of the format may make all columns equally wide."""


# The line of a page is 160 to 170 mm wide, and tables are set in 9.5 to 10 points.
PAGE = Paper(50.0, 1.1)
# Pandoc makes Word of Markdown with its own styles: 12 points on a line of 140 mm. Its reader for GitHub's
# Markdown gives every table equal columns, and LibreOffice keeps them, even if a word must be broken.
MARKDOWN = Paper(33.0, 0.95, equal=True)
# The styles of a reference document of somebody's own are not known, so Pandoc's are assumed.
UNKNOWN = Paper(33.0, 0.95)

BOLD = 1.1
"""How much wider the heads are set than the cells."""


def shares(shown: Table, paper: Paper = PAGE) -> list[float]:
    """The share of the line that each column gets: its longest word at least, then so that rows are low."""
    texts = _texts(shown)
    words = [_longest_word(column) + paper.padding for column in texts]
    whole = [
        max(word, max(map(_ems, text)) + paper.padding) if column.whole else word
        for word, text, column in zip(words, texts, shown.columns, strict=True)
    ]
    # Values that should stay on one line are the first use of what the words leave.
    widths = _lowered(whole if sum(whole) <= paper.line else words, texts, paper)
    return [width / sum(widths) for width in widths]


def _lowered(widths: Sequence[float], texts: Sequence[Sequence[str]], paper: Paper) -> list[float]:
    """The widths with what is left of the line: bit by bit to the column that makes the rows high."""
    grown = list(widths)
    rows = [tuple(map(_ems, row)) for row in islice(zip(*texts, strict=True), SAMPLE)]
    while sum(grown) + STEP <= paper.line:
        # A column without any word has no room yet.
        rooms = [max(STEP, width - paper.padding) for width in grown]
        burden = [0.0] * len(grown)
        for row in rows:
            heights = [length / room for length, room in zip(row, rooms, strict=True)]
            highest = max(heights)
            for index, height in enumerate(heights):
                burden[index] += height if height == highest else 0
        # Equal columns stay equal.
        heaviest = max(burden)
        chosen = [index for index, weight in enumerate(burden) if weight == heaviest]
        for index in chosen:
            grown[index] += STEP / len(chosen)
    return grown


STEP = 1.0
"""The bits of a line that are shared out one after the other."""
SAMPLE = 60
"""How many rows decide on the widths. More would change little."""


def fitted(table: Table, paper: Paper = PAGE) -> tuple[Table, ...]:
    """The table as tables that fit the paper, whole if it can be.

    If not, its places become footnotes, then its view makes fewer columns, then its groups become tables of
    their own, then rows and columns are exchanged, and at last the columns are split.
    """
    shown = table.shown()
    for way in (_whole, _noted_places, _narrowed, _grouped, _turned):
        parts = tuple(way(shown, paper))
        if parts and all(_fits(part, paper) for part in parts):
            return parts
    return tuple(_split(shown, paper))


def _fits(shown: Table, paper: Paper) -> bool:
    # Rows only add words: where the first do not fit, the others need not be read.
    first = replace(shown, rows=shown.rows[:SAMPLE])
    return all(_needs(part, paper) <= paper.line for part in (first, shown))


def _needs(shown: Table, paper: Paper) -> float:
    needed = [_longest_word(column) + paper.padding for column in _texts(shown)]
    return max(needed) * len(needed) if paper.equal else sum(needed)


# Widths -------------------------------------------------------------------------------------------------


def _texts(shown: Table) -> list[list[str]]:
    """The visible text of each column, the head first."""
    return [
        [column.label, *(_marked(row[index], column) for row in shown.rows)]
        for index, column in enumerate(shown.columns)
    ]


def _marked(value: Value, column: Column) -> str:
    # A small number of two digits is as wide as one of full size.
    return text_of(value, column.blank) + "0" * len(peel(value)[1])


# A line may end after a hyphen.
_WORD = re.compile(r"[^\s-]+-?")


def _longest_word(texts: Sequence[str]) -> float:
    head, *cells = texts
    # A set: the same words come again and again.
    words = set(_WORD.findall(" ".join(cells)))
    heads = (BOLD * _ems(word) for word in _WORD.findall(head))
    return max((*heads, *map(_ems, words)), default=0.0)


# Kept, because texts repeat their words; a limited number, because data may have any number of words.
@lru_cache(maxsize=10_000)
def _ems(text: str) -> float:
    """The width of a text in DejaVu Serif: wide, and what LibreOffice takes where other fonts are missing."""
    return sum(_EMS.get(char, 0.8) for char in text)


_EMS = {
    char: width
    for width, chars in {
        0.32: "'jil.,· í",
        0.4: ":;/-ftIJ!()[]",
        0.5: 'rs“”–†‡"',
        0.57: "zcvxy?",
        0.61: "eaokéáó",
        0.65: "bdghnpqu0123456789¶ñúü",
        0.72: "LYPTFSZXAVBE",
        0.78: "KRC",
        0.9: "DGOQUwHN&+",
        1.03: "mMW%—…▲▼◄►",
    }.items()
    for char in chars
}


# Tables that are too wide --------------------------------------------------------------------------------


def _whole(shown: Table, paper: Paper) -> Iterator[Table]:
    del paper
    yield shown


def _noted_places(shown: Table, paper: Paper) -> Iterator[Table]:
    """The table with its column of places as footnotes on the column before it; nothing without one."""
    del paper
    last = len(shown.columns) - 1
    places = [_places(row[last]) for row in shown.rows]
    if last < 2 or not any(places) or any(found is None for found in places):
        return
    rows = tuple(
        (*row[: last - 1], Noted(row[last - 1], "", found) if found else row[last - 1])
        for row, found in zip(shown.rows, places, strict=True)
    )
    yield replace(shown, columns=shown.columns[:last], rows=rows)


def _places(value: Value) -> tuple[Cite, ...] | None:
    """The paragraphs in a cell; None if it holds anything else."""
    items = value if isinstance(value, tuple) else (value,)
    cites = tuple(item for item in items if isinstance(item, Cite))
    return cites if len(cites) == len(items) else None


def _narrowed(shown: Table, paper: Paper) -> Iterator[Table]:
    """The narrower table of the view, made to fit in turn; nothing if the view makes none."""
    if shown.narrowed:
        yield from fitted(replace(shown.narrowed(shown), narrowed=None), paper)


def _grouped(shown: Table, paper: Paper, above: str = "") -> Iterator[Table]:
    """A table for each group of rows, with the group as its title and its places as footnotes.

    A group that does not fit becomes a table for each value of the next column. `above` is its title.
    """
    keys = [column.key for column in shown.columns]
    if shown.group_by not in keys or len(keys) < 2:
        return
    place = keys.index(shown.group_by)
    kept = [index for index in range(len(keys)) if index != place]
    labels = [text_of(row[place], shown.columns[place].blank) for row in shown.rows]
    for label, rows in groupby(zip(labels, shown.rows, strict=True), key=lambda pair: pair[0]):
        title = f"{above}, {label}" if above else label
        part = replace(shown, title=title, group_by="", rows=tuple(row for _, row in rows))
        part = _with_columns(_with_footnotes_of(part, place, kept[0]), kept)
        part = next(_noted_places(part, paper), part)
        if part.once and not _fits(part, paper):
            yield from _grouped(replace(part, group_by=part.once, once=""), paper, title)
        else:
            yield part


def _with_footnotes_of(shown: Table, place: int, heir: int) -> Table:
    """The table with the footnotes of one column on another: a title is text and cannot have any."""
    rows = []
    for row in shown.rows:
        cells = list(row)
        cells[heir] = with_notes(cells[heir], peel(row[place])[1])
        rows.append(tuple(cells))
    return replace(shown, rows=tuple(rows))


def _turned(shown: Table, paper: Paper) -> Iterator[Table]:
    """The table with rows and columns exchanged. A blank keeps the words of the column that it was in."""
    del paper
    first, *others = shown.columns
    # Turning would lose groups of rows.
    if shown.group_by or not others:
        return
    columns = (
        Column("column", first.label),
        *(Column(f"row-{number}", text_of(row[0], first.blank)) for number, row in enumerate(shown.rows)),
    )
    rows = tuple(
        (column.label, *(_worded(row[index], column) for row in shown.rows))
        for index, column in enumerate(others, start=1)
    )
    yield replace(shown, columns=columns, rows=(_with_footnotes(shown, rows[0]), *rows[1:]), once="")


def _with_footnotes(shown: Table, first: Row) -> Row:
    """The first row of a turned table with the footnotes of the heads, which are text and cannot have any."""
    cells = list(first)
    for number, row in enumerate(shown.rows, start=1):
        cells[number] = with_notes(cells[number], peel(row[0])[1])
    return tuple(cells)


def _worded(value: Value, column: Column) -> Value:
    # A blank can have a footnote that says why it is blank.
    if isinstance(value, Noted):
        return replace(value, value=_worded(value.value, column))
    # Not `not value`: 0 is a number of effects and no blank.
    return Term("", column.blank, "quiet") if value in (None, ()) else value


def _split(shown: Table, paper: Paper) -> Iterator[Table]:
    """The columns in as many tables as it takes, each with the column that names the rows."""
    shown = _named(next(_noted_places(shown, paper), shown))
    first, *others = range(len(shown.columns))
    chunk = [first]
    for index in others:
        if len(chunk) > 1 and not _fits(_with_columns(shown, [*chunk, index]), paper):
            yield _with_columns(shown, chunk)
            chunk = [first]
        chunk.append(index)
    yield _with_columns(shown, chunk)


def _named(shown: Table) -> Table:
    """The table with numbers before its rows, unless the first column has a different value in each."""
    first = shown.columns[0]
    names = {text_of(row[0], first.blank) for row in shown.rows}
    # A table of two columns is never split, so its rows need no names.
    if len(shown.columns) < 3 or len(names) == len(shown.rows):
        return shown
    # Without a name, a row of one part could not be found in the next.
    columns = (Column("number", "No."), *shown.columns)
    return replace(
        shown,
        columns=columns,
        rows=tuple((number, *row) for number, row in enumerate(shown.rows, start=1)),
    )


def _with_columns(shown: Table, kept: Sequence[int]) -> Table:
    return replace(
        shown,
        columns=tuple(shown.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in shown.rows),
    )
