"""Pandoc's syntax tree of a table or document, from which word processors' files and PDF pages are made.

The tree is the JSON form of Pandoc's types: https://hackage.haskell.org/package/pandoc-types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Figure,
    Heading,
    Inline,
    Paragraph,
    References,
    Row,
    Table,
    as_document,
)
from ruralsyn.page.text import bracketed, noted_text, text_of, trimmed, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Value, peel
from ruralsyn.render.paper import PAGE, Paper, fitted, shares
from ruralsyn.render.reference_list import reference_list

Node = dict[str, Any]
"""A node of the tree: its type under `t`, its content under `c`."""

Draw = Callable[[Figure], Sequence[Node]]
"""Draws a figure and returns the blocks that show it; none if it cannot be drawn."""

LANGUAGE = "en-GB"
"""The language of the text, for spelling checkers and screen readers."""

NOTES_STYLE = "Notes"
"""The paragraph style of notes. Word and LibreOffice take it from the reference document."""

LOW = 25
"""Rows with at most this number of lines are kept on one page."""

_NO_ATTRIBUTES: tuple[Any, ...] = ("", (), ())
_BREAKS = re.compile(r"([ \t]+|\n)")


def pandoc_tree(
    content: Printable, api: Sequence[int], paper: Paper = PAGE, draw: Draw = lambda _: ()
) -> Node:
    """The content as a tree: title and language, lead, blocks and notes.

    `api` is the version of the types that Pandoc reads, `paper` what a line of a table holds. A
    figure that `draw` returns nothing for is shown as its table.
    """
    document = as_document(content)
    writer = _Writer(document.citations, paper, draw)
    # PDF/UA wants a title. A lead that takes its place is not repeated.
    title, lead = (document.title, document.lead) if document.title else (document.lead or "Table", "")
    body = [
        *_paragraph(lead),
        *(node for block in document.blocks for node in writer.block(block)),
        *_notes(document.notes),
    ]
    meta = {"title": _node("MetaInlines", _words(title)), "lang": _node("MetaString", LANGUAGE)}
    return {"pandoc-api-version": list(api), "meta": meta, "blocks": body}


class _Writer:
    """Writes blocks in one style of citation and counts the footnotes of the content."""

    def __init__(self, citations: str, paper: Paper, draw: Draw) -> None:
        self.citations = citations
        self.paper = paper
        self.draw = draw
        self.count = 0
        # The footnotes of the present table; None outside tables.
        self.known: dict[tuple[str, tuple[Cite, ...]], int] | None = None

    def block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading():
                yield _node("Header", [min(6, block.level), _NO_ATTRIBUTES, _words(block.text)])
            case Paragraph():
                yield _node("Para", self.runs(block.runs))
            case Bullets():
                yield from _bullets([self.runs(item) for item in block.items])
            case References():
                yield from _bullets([_words(line) for line in reference_list(block)])
            case Figure():
                yield from self.draw(block) or self.tables(block.grid.table.within_document())
            case Table():
                yield from _paragraph(block.lead)
                yield from self.tables(block)

    def tables(self, table: Table) -> Iterator[Node]:
        """The table, or the tables it is split into, with its notes below."""
        shown = table.shown()
        self.known = {}
        if not shown.rows:
            yield from ([_node("Para", [_strong(table.title)])] if table.title else [])
            yield from _paragraph(table.empty)
        for number, part in enumerate(fitted(shown, self.paper) if shown.rows else ()):
            # A row that is kept whole and is higher than the page would lose its end in Typst.
            breakable = str(_lines(part, self.paper) > LOW).lower()
            yield raw_block("typst", f"#set table.cell(breakable: {breakable})")
            # The whole table has one caption. A part of it can have a title of its own.
            yield self.table(part, part.title if number == 0 or part.title != table.title else "")
        self.known = None
        yield from _notes(table.all_notes)

    def table(self, shown: Table, title: str) -> Node:
        caption = [_node("Plain", _words(title))] if title else []
        columns = [
            (_node(_alignment(column)), _node("ColWidth", share))
            for column, share in zip(shown.columns, shares(shown, self.paper), strict=True)
        ]
        head = _row([[_strong(column.label)] for column in shown.columns])
        rows = [self.row(row, shown.columns) for row in shown.rows]
        # A body is: attributes, columns of row heads, intermediate head, rows.
        body = (_NO_ATTRIBUTES, 0, (), rows)
        parts = [_NO_ATTRIBUTES, (None, caption), columns, (_NO_ATTRIBUTES, [head]), [body]]
        return _node("Table", [*parts, (_NO_ATTRIBUTES, ())])

    def row(self, row: Row, columns: Sequence[Column]) -> Any:
        return _row([self.cell(value, column) for value, column in zip(row, columns, strict=True)])

    def cell(self, value: Value, column: Column) -> list[Node]:
        value, notes = peel(value)
        runs = value.runs if isinstance(value, MixedText) else (text_of(value, column.blank),)
        nodes = self.runs(runs)
        for number, note in enumerate(notes):
            # The marks 1 and 2 would be read as 12.
            nodes += [_node("Superscript", _words(","))] if number else []
            nodes += self.mark(note)
        return nodes

    def mark(self, noted: Noted) -> list[Node]:
        """The footnote. Where the table has had it before, the same number again."""
        key = (noted.note, noted.cites)
        if self.known and key in self.known:
            return _mark_again(self.known[key])
        self.count += 1
        note = _node("Note", [_node("Para", _words(noted_text(*key)))])
        if self.known is None:
            return [note]
        self.known[key] = self.count
        return _marked(note, self.count)

    def runs(self, runs: Sequence[Inline]) -> list[Node]:
        return [node for run in runs for node in self.inline(run)]

    def inline(self, run: Inline) -> list[Node]:
        match run:
            case Strong():
                return [_strong(run.text)]
            case Code():
                return [_node("Code", [_NO_ATTRIBUTES, visible(run.text).replace("\n", " ")])]
            case Cite():
                return self.mark(Noted("", "", (run,))) if self.at_foot else _words(f"({run.label})")
            case Noted():
                return [*_words(text_of(run.value)), *self.aside(run)]
            case _:
                return _words(run)

    def aside(self, noted: Noted) -> list[Node]:
        """The paragraphs of a run of text in brackets, or a footnote if it has a note."""
        if noted.note or (noted.cites and self.at_foot):
            return self.mark(noted)
        return _words(bracketed(noted.cites))

    @property
    def at_foot(self) -> bool:
        return self.citations == "notes"


def _node(kind: str, content: Any = None) -> Node:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _words(text: str) -> list[Node]:
    """The text as words, blanks and line breaks. Nothing in it is markup, so nothing has to be escaped."""
    return [_token(part) for part in _BREAKS.split(trimmed(visible(text))) if part]


def _token(part: str) -> Node:
    if part == "\n":
        return _node("LineBreak")
    return _node("Str", part) if part.strip(" \t") else _node("Space")


def _strong(text: str) -> Node:
    return _node("Strong", _words(text))


def _paragraph(text: str) -> list[Node]:
    return [_node("Para", _words(text))] if text else []


def _bullets(items: Sequence[list[Node]]) -> list[Node]:
    # Paragraphs, since the style of compact items is that of table cells.
    return [_node("BulletList", [[_node("Para", item)] for item in items])] if items else []


def _notes(notes: Sequence[str]) -> list[Node]:
    """The notes as one small paragraph."""
    if not notes:
        return []
    style = ("", (), (("custom-style", NOTES_STYLE),))
    # Typst has no styles, so a function of page.typ makes the paragraph small.
    return [
        raw_block("typst", "#notes["),
        _node("Div", [style, _paragraph(" ".join(notes))]),
        raw_block("typst", "]"),
    ]


def _lines(shown: Table, paper: Paper) -> float:
    """About how many lines the highest row has."""
    widths = shares(shown, paper)
    return max(
        # A letter is about 0.6 em wide.
        0.6 * len(text_of(value, column.blank)) / (paper.line * share) + text_of(value).count("\n")
        for row in shown.rows
        for value, column, share in zip(row, shown.columns, widths, strict=True)
    )


def _row(cells: Sequence[list[Node]]) -> Any:
    # A cell is: attributes, alignment, rows and columns that it spans, blocks.
    return _NO_ATTRIBUTES, [
        (_NO_ATTRIBUTES, _node("AlignDefault"), 1, 1, [_node("Plain", cell)]) for cell in cells
    ]


def _alignment(column: Column) -> str:
    return "AlignRight" if column.number else "AlignLeft"


def image(name: str, alt: str, width: str) -> Node:
    """A paragraph with a picture from a file. `alt` says what it shows, for those who do not see it."""
    attributes = ("", (), (("width", width),))
    picture = _node("Image", [attributes, _words(alt), (name, "")])
    # Pandoc leaves the text out of OpenDocument files; reference_document.py moves this into the picture.
    return _node("Para", [picture, _raw("opendocument", f"<svg:desc>{escape(visible(alt))}</svg:desc>")])


def raw_block(language: str, text: str) -> Node:
    """Source text for one format. The other formats leave it out."""
    return _node("RawBlock", [language, text])


# Footnotes with more than one mark -----------------------------------------------------------------------
#
# Pandoc has no second mark for a footnote, so it is written in the source of each format: a field in Word, a
# reference in OpenDocument, a label in Typst. All three stay right when someone adds a footnote before it.


def _marked(note: Node, number: int) -> list[Node]:
    """The footnote with a name that later marks refer to."""
    # Pandoc numbers bookmarks too, from small numbers up.
    start = f'<w:bookmarkStart w:id="{100_000 + number}" w:name="_Note{number}"/>'
    end = f'<w:bookmarkEnd w:id="{100_000 + number}"/>'
    return [_raw("openxml", start), note, _raw("openxml", end), _raw("typst", f"<note-{number}>")]


def _mark_again(number: int) -> list[Node]:
    field = (
        f'<w:fldSimple w:instr=" NOTEREF _Note{number} \\f \\h "><w:r><w:rPr>'
        f'<w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r></w:fldSimple>'
    )
    # Pandoc names the footnotes of an OpenDocument file ftn0, ftn1 and so on.
    reference = (
        '<text:span text:style-name="Footnote_20_anchor"><text:note-ref text:note-class="footnote" '
        f'text:reference-format="text" text:ref-name="ftn{number - 1}">{number}</text:note-ref></text:span>'
    )
    return [
        _raw("openxml", field),
        _raw("opendocument", reference),
        _raw("typst", f"#footnote(<note-{number}>)"),
    ]


def _raw(language: str, text: str) -> Node:
    return _node("RawInline", [language, text])
