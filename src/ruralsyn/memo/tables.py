"""The parts of a generated text, read back from Markdown: its tables, row by row, and its paragraphs."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ruralsyn.record import Record

BLOCKS = ["table", "heading", "list"]
RUNNING = ["emphasis", "balance_pairs", "backticks", "escape", "entity", "html_inline", "newline"]
"""The rules of markdown-it-py for what a generated text holds."""

# The mark of a footnote, and what begins its text.
_NOTE = re.compile(r"\[\^[\w-]+\]:?,?")


class TableText(Record):
    """A table as text: its heading, the heads of its columns, and its rows."""

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
    rows: list[list[str]] | None = None
    for token in _parser().parse(markdown):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows:
            title = paragraphs[-1] if paragraphs else ""
            heads, *others = map(tuple, rows)
            tables.append(TableText(title, heads, tuple(others)))
            rows = None
        elif token.type == "inline":
            (paragraphs if rows is None else rows[-1]).append(_plain(token.content))
    return Parts(tuple(tables), tuple(filter(None, paragraphs)))


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
