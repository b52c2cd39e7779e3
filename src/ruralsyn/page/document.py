"""Documents and tables: the content that a command shows, before it has a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING

from ruralsyn.lazy import Later
from ruralsyn.page.bibliography import NO_WORKS, Reference
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Cite, Noted, Strong, Value, peel, with_notes
from ruralsyn.record import Record
from ruralsyn.shown import Shown

# A grid holds tables, so it imports this module.
if TYPE_CHECKING:
    from ruralsyn.page.grid import Grid


class Column(Record):
    """A column of a table."""

    key: str
    """The column's name in JSON and CSV."""
    label: str
    """The heading that people read."""
    blank: str = MARKS["not-reported"].glyph
    """The text that people read if a value is None."""
    human: bool = True
    """Whether people see the column."""
    machine: bool = True
    """Whether programs get the column."""
    spare: int = 0
    """When a narrow terminal drops the column: the highest number goes first, 0 never goes."""
    weight: int = 1
    """The share of the width that a column of running text gets, relative to the others."""
    whole: bool = False
    """Whether a terminal keeps each value on one line."""
    number: bool = False
    """Whether the values are numbers, which are aligned to the right."""
    unless_alike: bool = False
    """Whether people see the column only if its values differ."""


Row = tuple[Value, ...]
"""One value for each column of the table, in the order of the columns."""


class Table(Shown, Record):
    """Rows and columns: first what they answer, then the table, then notes in single lines."""

    id: str
    title: str
    """Empty if a heading above the table already names it."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lead: str = ""
    """The answer in a sentence that stays true when it is quoted without the table."""
    notes: tuple[str, ...] = ()
    """What a reader has to know to understand the rows, in the order: absent, marks, limits."""
    origin: tuple[str, ...] = ()
    """Where all of it comes from. A document gives this once, for all of its tables."""
    group_by: str = ""
    """The key of the column whose values are headings on a terminal."""
    once: str = ""
    """The key of the column that comes first on a terminal, with each repeated value printed once."""
    empty: str = "Nothing matches."
    """The text that people read if there are no rows."""
    hidden: frozenset[int] = frozenset()
    """The numbers of rows that only programs get: repeated statements, and what a page has no room for."""
    level: int = 2
    """The heading level of the title."""
    most: int | None = None
    """How many rows people and programs get at most; None if all."""
    narrowed: Callable[[Table], Table] | None = None
    """Makes the same table with fewer columns, for a page that has no room for them; None if it cannot be."""
    works: Later[tuple[Reference, ...]] = NO_WORKS
    """What to cite for the data that it is from. Few formats say it."""

    def _brief(self) -> str:
        return f"{self.id}, {len(self.rows)} rows, {len(self.columns)} columns"

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes, followed by the origin."""
        return (*self.notes, *self.origin)

    def shown(self) -> Table:
        """The table with only the columns and rows that people see."""
        if self.hidden:
            rows = tuple(row for number, row in enumerate(self.rows) if number not in self.hidden)
            return replace(self, rows=rows, hidden=frozenset()).shown()
        return self._only(
            [index for index, column in enumerate(self.columns) if self._is_seen(index, column)]
        )

    def _is_seen(self, index: int, column: Column) -> bool:
        return column.human and not (column.unless_alike and len({row[index] for row in self.rows}) < 2)

    def exported(self) -> Table:
        """The table with only the columns that programs get."""
        return self._only([index for index, column in enumerate(self.columns) if column.machine])

    def hiding(self, *keys: str) -> Table:
        """The table without these columns for people; programs still get them.

        For a table on a page that already says what the columns hold, e.g. the page of one case.
        """
        return replace(
            self,
            columns=tuple(
                replace(column, human=False) if column.key in keys else column for column in self.columns
            ),
            # A hidden column cannot head a group of rows.
            group_by="" if self.group_by in keys else self.group_by,
            once="" if self.once in keys else self.once,
        )

    def joining(self, keys: Sequence[str], column: Column, join: Callable[[Row], Value]) -> Table:
        """The table with one column in place of these, where the first of them was.

        `join` gets their values without footnotes, which go to the new value. A key that the table lacks has
        none.
        """
        places = [index for index, one in enumerate(self.columns) if one.key in keys]
        if not places:
            return self
        first, last = places[0], len(self.columns)
        before = [index for index in range(first) if index not in places]
        after = [index for index in range(first, last) if index not in places]

        def joined(row: Row) -> Value:
            values, notes = zip(*(peel(row[index]) for index in places), strict=True)
            return with_notes(join(values), chain.from_iterable(notes))

        return replace(
            self,
            columns=(*(self.columns[n] for n in before), column, *(self.columns[n] for n in after)),
            rows=tuple(
                (*(row[n] for n in before), joined(row), *(row[n] for n in after)) for row in self.rows
            ),
            group_by="" if self.group_by in keys else self.group_by,
            once="" if self.once in keys else self.once,
        )

    def untitled(self) -> Table:
        """The table without title and lead, for a page that has printed both."""
        return replace(self, title="", lead="")

    def within_document(self) -> Table:
        """The table without title, lead and origin, for a document that gives them in its own words."""
        return replace(self, title="", lead="", origin=())

    def _only(self, kept: list[int]) -> Table:
        return replace(
            self,
            columns=tuple(self.columns[index] for index in kept),
            rows=tuple(tuple(row[index] for index in kept) for row in self.rows[: self.most]),
        )


class Heading(Record):
    """A heading, `level` steps below the title of the document."""

    text: str
    level: int = 1


class Code(Record):
    """Text to be typed exactly as shown: a command."""

    text: str


Inline = str | Strong | Code | Cite | Noted
"""One run of running text."""


class Paragraph(Record):
    """Running text."""

    runs: tuple[Inline, ...]


class Bullets(Record):
    """A bulleted list. Each item is a sequence of runs."""

    items: tuple[tuple[Inline, ...], ...]


class References(Record):
    """The reference list, or the place where a citation processor will put it."""

    references: tuple[Reference, ...]


class Figure(Record):
    """A grid that formats with pictures draw. The others show its table."""

    grid: Grid
    alt: str
    """What the picture shows, in words, for those who do not see it."""


Block = Heading | Paragraph | Bullets | Table | References | Figure


class Document(Shown, Record):
    """A title with several blocks: the content of a command that shows more than one table."""

    title: str
    blocks: tuple[Block, ...]
    dataset: str = ""
    """The name and version of the dataset, for programs and for the foot of a page."""
    lead: str = ""
    """The answer in a sentence or two that stay true when they are quoted without the rest."""
    notes: tuple[str, ...] = ()
    """What holds for the whole document, in single lines at its end."""
    level: int = 2
    """The heading level of the title. Headings inside the document come below it."""
    # Markdown labels are shared by everything in one file, so two reports in a memo need different ones.
    key: str = ""
    """A short name that is unique among documents of this kind. Labels of footnotes begin with it."""
    citations: str = "text"
    """How Markdown and LaTeX write a citation in running text: `text` in brackets, `notes` as a footnote,
    `pandoc` as a citation key for citeproc."""
    complete: bool = False
    """Whether LaTeX writes a document that compiles on its own, not a part to include in another."""
    works: Later[tuple[Reference, ...]] = NO_WORKS
    """What to cite for the data that it is from. Few formats say it."""
    fields: dict[str, Value] = field(default_factory=dict)
    """Values that programs get in addition to the tables."""
    # A function, because the output for people needs none of these tables.
    data: Callable[[], Iterable[Table]] | None = None
    """Makes the tables that programs get if people get something else: prose, lists, or shorter tables."""

    def __eq__(self, other: object) -> bool:
        # Two functions are never equal, but what they make can be.
        if not isinstance(other, Document):
            return NotImplemented
        names = [name for name in self._names if name != "data"]
        same = all(getattr(self, name) == getattr(other, name) for name in names)
        return same and list(self.tables()) == list(other.tables())

    def _brief(self) -> str:
        return f"{self.title or 'untitled'}, {len(self.blocks)} blocks"

    @property
    def is_sentence(self) -> bool:
        """Whether there is nothing but the lead."""
        return not (self.title or self.blocks or self.notes)

    def tables(self) -> Iterator[Table]:
        """The tables that programs get: those of `data` if it is set, otherwise those among the blocks."""
        blocks = self.blocks if self.data is None else self.data()
        return (block for block in blocks if isinstance(block, Table))


def as_document(content: Table | Document) -> Document:
    """The content as a document: a table becomes the only block of one with its title and lead."""
    if isinstance(content, Document):
        return content
    return Document(content.title, (content.untitled(),), lead=content.lead, level=content.level)


def with_own_ids(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with a number added to each table id that has been used before.

    JSON keys tables by id and HTML links to them by id, so an id may occur only once.
    """
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            seen[block.id] = seen.get(block.id, 0) + 1
            # The first table keeps its id: programs look it up under the usual name.
            if seen[block.id] > 1:
                block = replace(block, id=f"{block.id}-{seen[block.id]}")
        yield block
