"""The plan of a figure: how wide its columns are and how its blanks are shown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle

from ruralsyn.page.document import Column
from ruralsyn.page.grid import Grid, GridCell
from ruralsyn.record import Record
from ruralsyn.render.figure.canvas import MARGIN, QUIET, SLOT, SPARE, Style, clean, width_of

PAGE_WIDTH = 180 / 25.4 * 72
"""The width of two columns of a journal."""
PAD = 2.5
"""Left and right in a cell."""
GAP = 2.5
"""Between an arrow, its counts and its marks."""

LABEL_LEAST = 80.0
LABEL_SHARE = 0.4
"""How much of the page the row labels may have to stay on a line."""
WORD_MOST = 100.0
"""A longer word is broken rather than given its width."""
COLUMN_MOST = 128.0
MANY_ROWS = 16
"""With more rows than this they move together, to stay on a page."""

TITLE = Style(9.5, bold=True)
HEADER = Style(7.0, bold=True)
GROUP = Style(7.5, bold=True)
LABEL = Style(7.5)
COUNTS = Style(7.0)
MARK = Style(9.0, bold=True)
SIGN = Style(10.0, bold=True, shade=QUIET)
NOTE = Style(7.0)
CAPTION = Style(7.0, shade=QUIET)


class Blank(Record):
    """How cells that hold nothing show the kind of nothing, without colour."""

    sign: str
    """What stands for the words where they have no room."""
    hatched: bool = False
    italic: bool = False

    @property
    def style(self) -> Style:
        """How its words are set."""
        return Style(7.0, italic=self.italic, shade=QUIET)


PLAIN = Column("", "").blank
"""What a value that is None says: the commonest blank, and always shown alike."""
PLAIN_BLANK = Blank("·", italic=True)
HATCHED_BLANK = Blank("", hatched=True)
"""For the first of the others that the legend names."""
SIGNS = "–×○+abcdefghijklmnopqrstuvwxyz"
"""For the rest."""


def longest_word(texts: Iterable[str], style: Style) -> float:
    """The width that the texts need when they wrap at spaces only, as far as they may ask for it."""
    words = (word for text in texts for word in clean(text).split(" "))
    return min(WORD_MOST, max((width_of(word, style) for word in words), default=0.0) + SPARE)


def widest(texts: Iterable[str], style: Style) -> float:
    """The width that the texts need to stay on a line each."""
    return max((width_of(clean(text), style) for text in texts), default=0.0) + SPARE


class Layout(Record):
    """One way to fit the columns in."""

    turned: bool
    """Whether the headers lie on their side."""
    beside: bool
    """Whether the counts stand beside the arrows; else below."""


LAYOUTS = (Layout(False, True), Layout(True, True), Layout(True, False))
"""The best first."""


class Plan(Record):
    """The measures of the table."""

    layout: Layout
    page_width: float
    """The width of the page."""
    label: float
    """The width of the row labels' column."""
    columns: tuple[float, ...]
    """The widths of the others."""
    marks: tuple[str, ...]
    blanks: dict[str, Blank]
    words: bool
    """Whether blanks have room for their words."""
    tail: float
    """The width of the widest counts and marks."""
    pad: float
    """Above and below the content of a row."""

    @property
    def width(self) -> float:
        """From the left margin to the table's right edge."""
        return self.label + sum(self.columns)

    def lefts(self) -> list[float]:
        """The left edges of the columns."""
        return [self.label + sum(self.columns[:index]) for index in range(len(self.columns))]


def plan_of(grid: Grid) -> Plan:
    """The measures of the grid, in the first layout that fits the page, or else on a wider page."""
    room = PAGE_WIDTH - 2 * MARGIN
    labels = [row.label for row in grid.rows]
    natural = widest(labels, LABEL) + 2 * PAD
    label = min(natural, max(longest_word(labels, LABEL) + 2 * PAD, LABEL_LEAST))
    for layout in LAYOUTS:
        least = _least(grid, layout)
        if label + sum(least) <= room:
            break
    room = max(room, label + sum(least))
    label = max(label, min(natural, room - sum(least), LABEL_SHARE * room))
    columns = _shared(room - label, least)
    blanks = blanks_of(grid)
    return Plan(
        layout=layout,
        page_width=room + 2 * MARGIN,
        label=label,
        columns=tuple(columns),
        marks=tuple({cell.marks: None for cell in grid.cells.values()}),
        blanks=blanks,
        words=widest(blanks, PLAIN_BLANK.style) + 2 * PAD <= min(columns, default=0.0),
        tail=max(map(_tail, grid.cells.values()), default=0.0),
        pad=3.5 if len(grid.rows) <= MANY_ROWS else 1.0,
    )


def _least(grid: Grid, layout: Layout) -> list[float]:
    """The least widths of the columns."""
    cells = grid.cells.values()
    if layout.beside:
        inside = SLOT + GAP + max(map(_tail, cells), default=0.0)
    else:
        marked = SLOT + max((mark_width(cell) for cell in cells), default=0.0)
        inside = max(marked, longest_word((cell.counts for cell in cells), COUNTS))
    if layout.turned:
        return [max(inside, HEADER.pitch) + 2 * PAD for _ in grid.columns]
    return [max(inside, longest_word([column.label], HEADER)) + 2 * PAD for column in grid.columns]


def mark_width(cell: GridCell) -> float:
    """How much wider the marks make an arrow that they stand at."""
    return 1 + width_of(clean(cell.marks), MARK) if cell.marks else 0.0


def _tail(cell: GridCell) -> float:
    """The width of what stands beside the arrow."""
    widths = [width_of(clean(cell.counts), COUNTS)] if cell.counts else []
    widths += [width_of(clean(cell.marks), MARK)] if cell.marks else []
    return sum(widths) + GAP * max(0, len(widths) - 1)


def _shared(room: float, least: list[float]) -> list[float]:
    """The room shared out: as evenly as the least widths allow, and to none too much."""
    open_to_more = sorted(least)
    left = room
    while open_to_more and open_to_more[-1] > left / len(open_to_more):
        left -= open_to_more.pop()
    level = min(COLUMN_MOST, left / len(open_to_more)) if open_to_more else 0.0
    return [max(width, level) for width in least]


def blanks_of(grid: Grid) -> dict[str, Blank]:
    """How each kind of blank in the grid is shown."""
    found = {cell.blank for cell in grid.cells.values() if cell.blank} - {PLAIN}
    named = [key for key, _ in grid.legend if key in found]
    rest = [*named[1:], *sorted(found - set(named))]
    return {
        PLAIN: PLAIN_BLANK,
        **dict.fromkeys(named[:1], HATCHED_BLANK),
        **{kind: Blank(sign) for kind, sign in zip(rest, cycle(SIGNS), strict=False)},
    }
