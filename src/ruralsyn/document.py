"""What a command shows, before it has a format: headings, text and tables of typed values.

This module knows no domain, and a renderer knows nothing but this module. Values stay typed until a
renderer makes them text:

- `None` is "not reported": `null` to a program, the column's `blank` to a person;
- a `Term` prints its label for people and its id for programs;
- a `Cite` is a place in a source;
- a `Noted` carries a footnote and a `Sourced` its places for people; both are the plain value for programs;
- a tuple is a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import TypeAlias

from ruralsyn.record import Record


class Term(Record):
    """A word of a vocabulary."""

    id: str
    label: str
    tone: str = ""
    """How a renderer that has colour may set it: `good`, `bad`, `unsure`, `quiet` or nothing.

    The label says the same, so that nothing depends on colour.
    """


class Cite(Record):
    """A paragraph of a source."""

    brief: str
    section: str
    paragraph: int
    place: str
    """The source and section as people read them, e.g. `GR finance`."""
    key: str = ""
    """The citation key of the source in the bibliography."""

    @property
    def label(self) -> str:
        """The paragraph as people read it, e.g. `GR finance ¶2`."""
        return f"{self.place} ¶{self.paragraph}"

    def __str__(self) -> str:
        return f"{self.brief}/{self.section}/{self.paragraph}"


class Noted(Record):
    """A value with a footnote."""

    value: Value
    note: str
    cites: tuple[Cite, ...] = ()


class Sourced(Record):
    """A value with the paragraphs that it comes from, for people to read behind it."""

    value: Value
    cites: tuple[Cite, ...]


class Strong(Record):
    """A run of text that matters: a search hit, a lead-in."""

    text: str


class Code(Record):
    """A run of text to be typed as it stands: a command."""

    text: str


class Rich(Record):
    """A cell of mixed runs, for people; programs get `plain`."""

    runs: tuple[str | Strong, ...]

    @property
    def plain(self) -> str:
        """The text without emphasis."""
        return "".join(run.text if isinstance(run, Strong) else run for run in self.runs)


Value: TypeAlias = (
    "str | int | float | bool | Term | Cite | Noted | Sourced | Rich | tuple[Value, ...] | None"
)


class Column(Record):
    """A column of a table."""

    key: str
    """The name for programs."""
    label: str
    """The head for people."""
    blank: str = "not reported"
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
    group_by: tuple[str, ...] = ()
    """Columns, outermost first, under whose values a terminal sets the rows."""
    empty: str = "Nothing matches."
    """What people read where there are no rows."""

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


Inline = str | Strong | Code | Cite | Noted


class Paragraph(Record):
    """Running text."""

    runs: tuple[Inline, ...]


class Bullets(Record):
    """A list, an item each."""

    items: tuple[tuple[Inline, ...], ...]


class References(Record):
    """The bibliography: the references as text, or the place where a citation processor puts them."""

    items: tuple[str, ...]


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
    """How Markdown and LaTeX write a place in running text: `text` in brackets, `notes` as a footnote,
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


class Facet(Record):
    """Something by which a reader may narrow a grid: a region, a domain."""

    id: str
    label: str
    options: tuple[Term, ...]


class Detail(Record):
    """One of the things behind a cell, as a reader sees it on choosing the cell."""

    id: str
    title: str
    value: Term
    """What it says, with its tone."""
    facts: tuple[tuple[str, Value], ...]
    """Further facts by name, places included."""
    facets: tuple[tuple[str, str], ...] = ()
    """Facet and option that it falls under."""


class GridCell(Record):
    """A cell of a grid: a symbol, what it means in words, and what is behind it."""

    symbol: str
    """`up`, `down`, `sideways`, or nothing where there is no direction."""
    label: str
    """The whole cell in words, for a screen reader and for a cell without a symbol."""
    counts: str = ""
    """The counts behind the symbol, as small print."""
    marks: str = ""
    """Marks that the legend explains."""
    blank: str = ""
    """What a cell without anything behind it says."""
    details: tuple[Detail, ...] = ()


class GridLine(Record):
    """A row or a column of a grid."""

    id: str
    label: str
    group: str = ""
    """The heading that it stands under."""
    facets: tuple[tuple[str, str], ...] = ()


class Grid(Record):
    """A picture of cells by rows and columns.

    A figure and an interactive page draw the cells; people who read text get `table`, programs get `data`.
    """

    id: str
    title: str
    rows: tuple[GridLine, ...]
    columns: tuple[GridLine, ...]
    cells: dict[tuple[str, str], GridCell]
    """By row id and column id."""
    legend: tuple[tuple[str, str], ...]
    """Symbol or mark, and its meaning."""
    cautions: tuple[str, ...]
    """What the picture cannot say."""
    caption: str
    """Source and version."""
    facets: tuple[Facet, ...]
    things: tuple[str, str]
    """What one of the things behind a cell is called, and several of them."""
    table: Table
    data: Table


Printable = Table | Document
"""What any format for text can show."""

Content = Printable | Grid


def text_of(value: Value, blank: str = "") -> str:
    """A value as people read it, without footnotes."""
    match value:
        case None:
            return blank
        case bool():
            return "yes" if value else "no"
        case Term() | Cite():
            return value.label
        case Noted():
            return text_of(value.value, blank)
        case Sourced():
            return f"{text_of(value.value, blank)} ({places(value.cites)})"
        case Rich():
            return value.plain
        case (Cite(), *_):
            return places(cite for cite in value if isinstance(cite, Cite))
        case tuple():
            return "; ".join(text_of(item, blank) for item in value) if value else blank
        case _:
            return str(value)


def places(cites: Iterable[Cite]) -> str:
    """Several paragraphs as people read them, those of one section together: `GR income ¶1–3, 7`."""
    sections: dict[str, list[int]] = {}
    for cite in cites:
        sections.setdefault(cite.place, []).append(cite.paragraph)
    return "; ".join(f"{place} ¶{_ranges(numbers)}" for place, numbers in sections.items())


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def bracketed(cites: Iterable[Cite]) -> str:
    """Places in brackets, behind what comes from them; nothing where there are none."""
    found = places(cites)
    return f" ({found})" if found else ""


def aside(noted: Noted) -> str:
    """The note and the places of a run of prose, in brackets."""
    inside = " ".join(part for part in (noted.note, places(noted.cites)) if part)
    return f" ({inside})" if inside else ""


def with_own_ids(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; tables that would share an id get a number behind it, so that programs find each."""
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            seen[block.id] = seen.get(block.id, 0) + 1
            if seen[block.id] > 1:
                block = replace(block, id=f"{block.id}-{seen[block.id]}")
        yield block


def visible(text: str) -> str:
    """The text with control characters as the pictures Unicode has for them: none reaches a terminal.

    Line breaks and tabs stay, for a renderer to treat.
    """
    return text.translate(_PICTURES) if not text.isprintable() else text


_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_PICTURES |= {
    ord(char): 0xFFFD for char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
}
