"""A grid of cells: what a figure and a page to explore draw."""

from __future__ import annotations

from ruralsyn.page.document import Table
from ruralsyn.page.values import Term, Value
from ruralsyn.record import Record


class Facet(Record):
    """Something by which a reader may narrow a grid: a region, a domain."""

    id: str
    label: str
    options: tuple[Term, ...]


class Detail(Record):
    """One of the things that a cell sums up, as a reader sees it on choosing the cell."""

    id: str
    title: str
    value: Term
    """What it says, with its tone."""
    facts: tuple[tuple[str, Value], ...]
    """Further facts by name, paragraphs included."""
    facets: tuple[tuple[str, str], ...] = ()
    """Facet and option that it falls under."""


class GridCell(Record):
    """A cell of a grid: a symbol, what it means in words, and what it sums up."""

    symbol: str
    """`up`, `down`, `sideways`, or nothing where there is no direction."""
    label: str
    """The whole cell in words, for a screen reader and for a cell without a symbol."""
    counts: str = ""
    """The counts that the symbol sums up, as small print."""
    marks: str = ""
    """Marks that the legend explains."""
    blank: str = ""
    """What a cell without anything in it says."""
    details: tuple[Detail, ...] = ()


class GridLine(Record):
    """A row or a column of a grid."""

    id: str
    label: str
    group: str = ""
    """The heading of its group."""
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
    """What one of the things in a cell is called, and several of them."""
    table: Table
    data: Table
