"""Content, datasets and selections as a notebook shows them: HTML or Markdown without a page around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import describe
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Block, Column, Document, Figure, References, Table, as_document
from ruralsyn.page.grid import Grid
from ruralsyn.page.wording import capital, count, verb
from ruralsyn.render.html import render_fragment
from ruralsyn.render.markdown import render_markdown
from ruralsyn.render.screen import PAPER
from ruralsyn.views.notes import dataset_line

Showable = Content | Dataset | Selection
"""What can be shown."""


def html_of(shown: Showable) -> str:
    """HTML to put into a page: its style and its links reach nothing outside of it."""
    return render_fragment(_in_short(_document(shown)))


def markdown_of(shown: Showable) -> str:
    """Markdown as the command line writes it, with labels of footnotes that depend on the content."""
    # Two reports of the same command line on different data would share the labels of its key.
    return render_markdown(replace(_in_short(_document(shown)), key=""), PAPER)


def _document(shown: Showable) -> Document:
    match shown:
        case Dataset():
            return _overview(Selection(shown))
        case Selection():
            return _overview(shown)
        case Grid():
            table, figure = shown.table, Figure(shown, alt=shown.title)
            # A figure has its table below it, but leaves the source to the document.
            return Document(shown.title, (figure,), lead=table.lead, notes=table.origin, level=table.level)
        case Sentence():
            return Document("", (), lead=shown.text, notes=(shown.remark,) if shown.remark else ())
        case Bibliography():
            return Document("References", (References(shown.references),))
        case _:
            return as_document(shown)


def _in_short(document: Document) -> Document:
    """The document with the first rows of its tables: a notebook keeps what it shows in its file."""
    return replace(document, blocks=tuple(map(_first_rows, document.blocks)))


MOST_ROWS = 500
"""How many rows of a table a notebook shows."""


def _first_rows(block: Block) -> Block:
    """A table with its first rows and a note on how many more there are; other blocks as they are.

    A picture of more rows could not be read, so a figure of them is only its table.
    """
    if isinstance(block, Figure) and len(block.grid.table.rows) > MOST_ROWS:
        block = block.grid.table.within_document()
    if not isinstance(block, Table):
        return block
    shown = block.shown()
    more = len(shown.rows) - MOST_ROWS
    if more <= 0:
        return block
    note = f"{capital(count(more, 'more row'))} {verb(more, 'is', 'are')} not shown."
    return replace(shown, rows=shown.rows[:MOST_ROWS], notes=(note, *shown.notes))


def _overview(selection: Selection) -> Document:
    """What the data is, and how many records of each kind match."""
    dataset = selection.dataset
    chosen = describe(dataset, selection.chosen)
    columns = (Column("records", "Records"), Column("number", "Number", number=True))
    table = Table("overview", "", columns, tuple(_counts(selection)))
    lead = f"Filter: {chosen}." if chosen else dataset.dataset.description or ""
    return Document(dataset.dataset.title, (table,), lead=lead, notes=(f"{dataset_line(dataset)}.",))


KINDS = ("cases", "effects", "findings", "programmes", "lessons", "recommendations")


def _counts(selection: Selection) -> Iterator[tuple[str, str | int]]:
    for kind in KINDS:
        records = selection.records(kind)
        yield kind, len(records)
        if kind == "effects" and (simulated := sum(effect.simulated for effect in records)):
            yield "of these, simulations, which are not counted as evidence", simulated
