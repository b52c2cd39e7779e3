"""The parts of a generated text, read back from Markdown: its tables, row by row, and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ruralsyn.record import Record

BLOCKS = ["table", "heading", "list"]
RUNNING = ["emphasis", "balance_pairs", "backticks", "escape", "entity", "html_inline", "newline"]
"""The rules of markdown-it-py for what a generated text holds."""

# The heading of a part of a table; a sentence above a table is none.
_BOLD = re.compile(r"\*\*[^*]+\*\*\Z")
# The mark of a footnote, and what begins its text.
_NOTE = re.compile(r"\[\^[\w-]+\]:?,?")


class TableText(Record):
    """A table as text: its heading in bold type, the heads of its columns, and its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Parts(Record):
    """What a generated text holds: tables, and everything else as paragraphs, in order."""

    tables: tuple[TableText, ...]
    paragraphs: tuple[str, ...]


def parts_of(markdown: str) -> Parts:
    """The parts of a text in Markdown, without marks of emphasis and footnotes."""
    tables: list[TableText] = []
    paragraphs: list[str] = []
    title = ""
    rows: list[list[str]] | None = None
    for token in _parser().parse(markdown):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows:
            heads, *others = map(tuple, rows)
            tables.append(TableText(title, heads, tuple(others)))
            title, rows = "", None
        elif token.type == "inline":
            (paragraphs if rows is None else rows[-1]).append(_plain(token.content))
            if rows is None:
                title = paragraphs[-1] if _BOLD.match(token.content) else ""
    return Parts(tuple(_joined(tables)), tuple(filter(None, paragraphs)))


def _joined(tables: Iterable[TableText]) -> Iterator[TableText]:
    """The tables, with the parts joined into which a page divides them, and without the numbers of rows.

    A row that is added changes the numbers of those below it, which says nothing about them.
    """
    parts: list[TableText] = []
    for table in tables:
        if parts and not _continues(parts, table):
            yield _whole(parts)
            parts = []
        parts.append(table)
    if parts:
        yield _whole(parts)


NUMBER = "No."
"""The head of the column that tells which rows of the parts of a table belong together."""


def _continues(parts: Sequence[TableText], table: TableText) -> bool:
    """Whether a table is a further part: its rows have the same numbers, and its columns are others."""
    numbers = [[row[0] for row in one.rows] for one in (parts[-1], table)]
    heads = {head for part in parts for head in part.heads} & {*table.heads}
    return heads == {NUMBER} and parts[0].heads[0] == table.heads[0] == NUMBER and numbers[0] == numbers[1]


def _whole(parts: Sequence[TableText]) -> TableText:
    first = parts[0]
    if first.heads[0] != NUMBER:
        return first
    rows = zip(*(part.rows for part in parts), strict=True)
    return TableText(
        first.title,
        tuple(head for part in parts for head in part.heads[1:]),
        tuple(tuple(cell for row in same for cell in row[1:]) for same in rows),
    )


@cache
def _parser() -> MarkdownIt:
    # Only what generated texts hold: looking for the rest takes most of the time. A rule for references would
    # take a footnote of one word for the address of a link.
    return MarkdownIt("zero", {"html": True}).enable(BLOCKS + RUNNING).disable("inline")


def _plain(text: str) -> str:
    """What a reader sees of running text, without the marks of footnotes."""
    if _MARKS.search(text):
        tokens: list[Token] = []
        _parser().inline.parse(text, _parser(), {}, tokens)
        text = "".join(" " if token.type in _BLANKS else token.content for token in tokens)
    return " ".join(_NOTE.sub("", text).split())


_MARKS = re.compile(r"[\\`*_<&]")
_BLANKS = ("softbreak", "hardbreak", "html_inline")
