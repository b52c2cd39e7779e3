"""Documents and tables: what a command shows, before it has a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from ruralsyn.page.bibliography import Reference
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Cite, Noted, Strong, Value
from ruralsyn.record import Record


class Column(Record):
    """A column of a table."""

    key: str
    """The name for programs."""
    label: str
    """The head for people."""
    blank: str = MARKS["not-reported"].glyph
    """What people read where the value is None."""
    human: bool = True
    """Whether people see the column."""
    machine: bool = True
    """Whether programs get the column."""
    spare: int = 0
    """How soon the column goes when a terminal is too narrow: 0 never, then highest first."""
    weight: int = 1
    """How much of the width a column of running text asks for."""
    whole: bool = False
    """Whether a terminal keeps the values on one line each."""
    number: bool = False
    """Whether the values are numbers, set to the right."""


Row = tuple[Value, ...]


class Table(Record):
    """Rows under columns, with the notes that must travel with them."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """What a reader must know to read the rows."""
    origin: tuple[str, ...] = ()
    """The filter and the sources. A document says them once for all of its tables."""
    group_by: tuple[str, ...] = ()
    """Columns, outermost first, under whose values a terminal sets the rows."""
    empty: str = "Nothing matches."
    """What people read where there are no rows."""

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes, those on the origin last."""
        return (*self.notes, *self.origin)

    def shown(self) -> Table:
        """The table with the columns that people see."""
        return self._only([index for index, column in enumerate(self.columns) if column.human])

    def exported(self) -> Table:
        """The table with the columns that programs get."""
        return self._only([index for index, column in enumerate(self.columns) if column.machine])

    def hiding(self, *keys: str) -> Table:
        """The table with some columns for programs alone, since what stands around it says what they hold."""
        return replace(
            self,
            columns=tuple(
                replace(column, human=False) if column.key in keys else column for column in self.columns
            ),
            group_by=tuple(key for key in self.group_by if key not in keys),
        )

    def within_document(self) -> Table:
        """The table under a heading that names it, in a document that says where all of it comes from."""
        return replace(self, title="", origin=())

    def _only(self, kept: list[int]) -> Table:
        return replace(
            self,
            columns=tuple(self.columns[index] for index in kept),
            rows=tuple(tuple(row[index] for index in kept) for row in self.rows),
        )


class Heading(Record):
    """A heading, `level` steps below the document's title."""

    text: str
    level: int = 1


class Code(Record):
    """A run of text to be typed as it stands: a command."""

    text: str


Inline = str | Strong | Code | Cite | Noted


class Paragraph(Record):
    """Running text."""

    runs: tuple[Inline, ...]


class Bullets(Record):
    """A list, an item each."""

    items: tuple[tuple[Inline, ...], ...]


class References(Record):
    """The bibliography: the references, or the place where a citation processor puts them."""

    references: tuple[Reference, ...]


Block = Heading | Paragraph | Bullets | Table | References


class Document(Record):
    """Several blocks under a title: what a command prints that shows more than one table."""

    title: str
    blocks: tuple[Block, ...]
    dataset: str = ""
    """The dataset's name and version, for programs and for the foot of a page."""
    notes: tuple[str, ...] = ()
    level: int = 2
    """The level of the title's heading; the headings in the document lie below it."""
    key: str = ""
    """A short name that no other document of the same kind has: labels of footnotes begin with it."""
    citations: str = "text"
    """How Markdown and LaTeX write a citation in running text: `text` in brackets, `notes` as a footnote,
    `pandoc` as a citation key for citeproc."""
    complete: bool = False
    """Whether formats that know the difference make a whole document of it, not a part of one."""
    fields: dict[str, Value] = field(default_factory=dict)
    """What programs get beside the tables."""
    data: tuple[Table, ...] | None = None
    """The tables that programs get, where people get something else: prose, lists, tables cut to a page."""

    def tables(self) -> Iterator[Table]:
        """The tables that programs get: the data, or the tables among the blocks."""
        blocks = self.blocks if self.data is None else self.data
        return (block for block in blocks if isinstance(block, Table))


def with_own_ids(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; tables that would share an id get a number after it, so that each can be found."""
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            seen[block.id] = seen.get(block.id, 0) + 1
            if seen[block.id] > 1:
                block = replace(block, id=f"{block.id}-{seen[block.id]}")
        yield block
