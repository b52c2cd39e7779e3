"""A grid of cells, which the figure and the interactive page draw."""

from __future__ import annotations

from dataclasses import field

from ruralsyn.lazy import Later
from ruralsyn.page.bibliography import NO_WORKS, Reference
from ruralsyn.page.document import Table
from ruralsyn.page.values import Term, Value
from ruralsyn.record import Record
from ruralsyn.shown import Shown


class Facet(Record):
    """A filter for the reader of a grid, e.g. the region or the domain."""

    id: str
    label: str
    options: tuple[Term, ...]


class Detail(Record):
    """One of the things that a cell sums up or that is said of a line, shown when a reader selects it."""

    id: str
    """What tells it apart. A remark that several lines share has one id in all of them."""
    title: str
    value: Term
    """Its result in words, with a tone; of a remark its text."""
    facts: tuple[tuple[str, Value], ...]
    """Further facts as pairs of name and value, including the paragraphs cited."""
    facets: tuple[tuple[str, str], ...] = ()
    """The filter options that it matches, as pairs of facet id and option id."""
    leading: bool = False
    """Whether it is shown where there is no room for all."""


class Arrow(Record):
    """How an arrow looks where its size, its colour or a number beside it says something."""

    key: str
    """A name for it in the legend; empty in a cell."""
    scale: float = 1.0
    """Its height, where that of other arrows is 1."""
    colour: str = ""
    """Its colour, as `#009e73`; empty for that of the text."""
    letter: str = ""
    """What says the same as the colour."""
    number: str = ""
    """How many things are behind it, in small type."""


class GridCell(Record):
    """A cell of a grid: a symbol, its meaning in words, and the things that it sums up."""

    symbol: str
    """`up`, `down`, `sideways`, or empty if there is no direction."""
    label: str
    """The whole cell in words, for a screen reader and for a cell without a symbol."""
    counts: str = ""
    """The counts that the symbol sums up, shown in small type."""
    marks: str = ""
    """Marks that the legend explains."""
    blank: str = ""
    """The text of an empty cell, e.g. `not reported`."""
    details: tuple[Detail, ...] = ()
    arrow: Arrow | None = None
    """How the symbol looks; None if all of them look the same."""
    text: str = ""
    """The cell in a table of text, e.g. `▲ 2 good`; empty if its label says it there too."""


class GridLine(Record):
    """A row or a column of a grid."""

    id: str
    label: str
    group: str = ""
    """The heading of the group that it belongs to."""
    facets: tuple[tuple[str, str], ...] = ()
    """The filter options that it matches, as pairs of facet id and option id."""


class Background(Record):
    """What a page that can be searched has besides the cells."""

    remarks: tuple[str, str] = ("remark", "remarks")
    """The singular and the plural name of what is said of a line, e.g. `finding` and `findings`."""
    of_rows: dict[str, tuple[Detail, ...]] = field(default_factory=dict)
    """What is said of each row, by its id."""
    of_columns: dict[str, tuple[Detail, ...]] = field(default_factory=dict)
    """What is said of each column, by its id."""
    records: Table | None = None
    """The things in the cells for programs. The first column has the ids of their details."""
    caption: str = ""
    """Where what is said of the lines is from."""


class Grid(Shown, Record):
    """Cells by rows and columns.

    The figure and the interactive page draw the cells. Text formats show `table`; programs get `data`.
    """

    id: str
    title: str
    rows: tuple[GridLine, ...]
    columns: tuple[GridLine, ...]
    cells: dict[tuple[str, str], GridCell]
    """By row id and column id. A missing cell is drawn empty."""
    legend: tuple[tuple[str, str], ...]
    """Pairs of a symbol or mark and its meaning."""
    cautions: tuple[str, ...]
    """What a reader should not read into the picture."""
    caption: str
    """The source and the version of the data."""
    facets: tuple[Facet, ...]
    things: tuple[str, str]
    """The singular and the plural name of the things in a cell, e.g. `effect` and `effects`."""
    table: Table
    data: Table
    arrows: tuple[tuple[Arrow, str], ...] = ()
    """The sizes and colours of the symbols and what they mean, for the legend."""
    works: Later[tuple[Reference, ...]] = NO_WORKS
    """What to cite for the data that it is from. Few formats say it."""
    background: Later[Background] = Later(Background)
    """Only the interactive page needs it."""

    def _brief(self) -> str:
        return f"{self.id}, {len(self.rows)} rows, {len(self.columns)} columns"
