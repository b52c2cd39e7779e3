"""The plan of a figure: the widths of its columns and the look of its empty cells."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle

from ruralsyn.page.document import Column
from ruralsyn.page.grid import Arrow, Grid, GridCell
from ruralsyn.record import Record
from ruralsyn.render.figure.canvas import ARROW, MARGIN, QUIET, SLOT, SPARE, Style, clean, width_of

PAGE_WIDTH = 180 / 25.4 * 72
"""180 mm, the width of two columns of a journal."""
PAD = 2.5
"""The padding on the left and right of a cell."""
GAP = 2.5
"""The space between an arrow, its counts and its marks."""

LABEL_LEAST = 80.0
"""The least width of the row labels, if any needs as much."""
LABEL_SHARE = 0.4
"""The share of the page that row labels may take to stay on one line."""
WORD_MOST = 100.0
"""The longest word that widens its column. Longer words are broken."""
COLUMN_MOST = 128.0
"""The greatest width of a column that does not need more."""
MANY_ROWS = 16
"""With more rows than this the padding shrinks, so that the figure stays on one page."""

TITLE = Style(9.5, bold=True)
HEADER = Style(7.0, bold=True)
GROUP = Style(7.5, bold=True)
LABEL = Style(7.5)
COUNTS = Style(7.0)
MARK = Style(9.0, bold=True)
NUMBER = Style(5.5)
LETTER = Style(7.0, bold=True)
SIGN = Style(10.0, bold=True, shade=QUIET)
NOTE = Style(7.0)
CAPTION = Style(7.0, shade=QUIET)


class Blank(Record):
    """How one kind of empty cell looks, without colour."""

    sign: str
    """The sign that is shown if the words have no room."""
    hatched: bool = False
    italic: bool = False

    @property
    def style(self) -> Style:
        """The style of its words."""
        return Style(7.0, italic=self.italic, shade=QUIET)


PLAIN = Column("", "").blank
"""The words for a value that is None. This blank is the most common and looks the same in every figure."""
PLAIN_BLANK = Blank("·", italic=True)
HATCHED_BLANK = Blank("", hatched=True)
"""For the first other blank that the legend explains."""
SIGNS = "–×○+abcdefghijklmnopqrstuvwxyz"
"""For all further blanks, one sign each."""


def longest_word(texts: Iterable[str], style: Style) -> float:
    """The width that the texts need if they wrap only at spaces, up to WORD_MOST."""
    words = (word for text in texts for word in clean(text).split(" "))
    return min(WORD_MOST, max((width_of(word, style) for word in words), default=0.0) + SPARE)


def widest(texts: Iterable[str], style: Style) -> float:
    """The width that the texts need to stay on one line each."""
    return max((width_of(clean(text), style) for text in texts), default=0.0) + SPARE


class Layout(Record):
    """One way to fit the columns on the page."""

    turned: bool
    """Whether the headers are rotated."""
    beside: bool
    """Whether the counts are beside the arrows, not below them."""


LAYOUTS = (Layout(False, True), Layout(False, False), Layout(True, True), Layout(True, False))
"""In order of preference."""


class Plan(Record):
    """The measures of the table in a figure."""

    layout: Layout
    page_width: float
    """The width of the page."""
    label: float
    """The width of the row labels' column."""
    columns: tuple[float, ...]
    """The widths of the other columns."""
    marks: tuple[str, ...]
    """The different marks of the cells."""
    blanks: dict[str, Blank]
    """How each kind of empty cell looks, by its words."""
    words: bool
    """Whether empty cells have room for their words."""
    slot: float
    """The width reserved for an arrow."""
    tag: float
    """The width reserved for the number and the letter of an arrow."""
    arrow: float
    """The height of the largest arrow."""
    tail: float
    """The width of the widest counts and marks."""
    pad: float
    """The space above and below the content of a row."""

    @property
    def width(self) -> float:
        """The width from the left margin to the right edge of the table."""
        return self.label + sum(self.columns)

    def lefts(self) -> list[float]:
        """The left edges of the columns."""
        return [self.label + sum(self.columns[:index]) for index in range(len(self.columns))]


def plan_of(grid: Grid) -> Plan:
    """The measures of the grid in the first layout that fits the page, or in the last one on a wider page."""
    room = PAGE_WIDTH - 2 * MARGIN
    labels = [row.label for row in grid.rows]
    natural = widest(labels, LABEL) + 2 * PAD
    label = min(natural, max(longest_word(labels, LABEL) + 2 * PAD, LABEL_LEAST))
    for layout in LAYOUTS:
        least = _least(grid, layout)
        if label + sum(least) <= room:
            break
    arrows = [cell.arrow for cell in grid.cells.values() if cell.arrow]
    # If no layout fits, `least` is that of the last one, and the page becomes wider.
    room = max(room, label + sum(least))
    # Row labels may first take what the columns do not need, so that they stay on one line.
    label = max(label, min(natural, room - sum(least), LABEL_SHARE * room))
    columns = _shared(room - label, least)
    blanks = blanks_of(grid)
    return Plan(
        layout=layout,
        page_width=room + 2 * MARGIN,
        label=label,
        columns=tuple(columns),
        # A dict keeps its order, while that of a set changes from run to run.
        marks=tuple({cell.marks: None for cell in grid.cells.values()}),
        blanks=blanks,
        # All blanks or none, so that a blank looks the same in every column and in the legend.
        words=widest(blanks, PLAIN_BLANK.style) + 2 * PAD <= min(columns, default=0.0),
        slot=_slot(grid),
        tag=_tag(grid),
        arrow=ARROW * max((arrow.scale for arrow in arrows), default=1.0),
        tail=max(map(_tail, grid.cells.values()), default=0.0),
        pad=3.5 if len(grid.rows) <= MANY_ROWS else 1.0,
    )


def _least(grid: Grid, layout: Layout) -> list[float]:
    """The least widths of the columns."""
    # The widest cell of the grid counts for every column, so that arrows align in all of them.
    cells = grid.cells.values()
    if layout.beside:
        inside = _slot(grid) + _tag(grid) + GAP + max(map(_tail, cells), default=0.0)
    else:
        marked = _slot(grid) + _tag(grid) + max((mark_width(cell) for cell in cells), default=0.0)
        inside = max(marked, longest_word((cell.counts for cell in cells), COUNTS))
    if layout.turned:
        return [max(inside, HEADER.pitch) + 2 * PAD for _ in grid.columns]
    return [max(inside, longest_word([column.label], HEADER)) + 2 * PAD for column in grid.columns]


def _slot(grid: Grid) -> float:
    """The width of the widest arrow."""
    return max((SLOT * cell.arrow.scale for cell in grid.cells.values() if cell.arrow), default=SLOT)


def _tag(grid: Grid) -> float:
    """The width of the widest number and letter."""
    return max((tag_width(cell.arrow) for cell in grid.cells.values()), default=0.0)


def tag_width(arrow: Arrow | None) -> float:
    """The width of the number and the letter beside an arrow."""
    if arrow is None:
        return 0.0
    parts = [width_of(arrow.number, NUMBER)] if arrow.number else []
    parts += [width_of(arrow.letter, LETTER)] if arrow.letter else []
    return sum(parts) + TAG_GAP * len(parts)


TAG_GAP = 1.0
"""The space before the number and the letter of an arrow."""


def mark_width(cell: GridCell) -> float:
    """The width that the marks of a cell add to its arrow."""
    return 1 + width_of(clean(cell.marks), MARK) if cell.marks else 0.0


def _tail(cell: GridCell) -> float:
    """The width of the counts and marks beside the arrow."""
    widths = [width_of(clean(cell.counts), COUNTS)] if cell.counts else []
    widths += [width_of(clean(cell.marks), MARK)] if cell.marks else []
    return sum(widths) + GAP * max(0, len(widths) - 1)


def _shared(room: float, least: list[float]) -> list[float]:
    """The widths of the columns: as equal as their least widths allow, up to COLUMN_MOST."""
    # Columns that need more than an equal share get it first, the widest before the others.
    open_to_more = sorted(least)
    left = room
    while open_to_more and open_to_more[-1] > left / len(open_to_more):
        left -= open_to_more.pop()
    level = min(COLUMN_MOST, left / len(open_to_more)) if open_to_more else 0.0
    return [max(width, level) for width in least]


def blanks_of(grid: Grid) -> dict[str, Blank]:
    """How each kind of empty cell in the grid looks."""
    found = {cell.blank for cell in grid.cells.values() if cell.blank} - {PLAIN}
    named = [key for key, _ in grid.legend if key in found]
    # Sorted, since the order of a set, and the signs with it, would change from run to run.
    rest = [*named[1:], *sorted(found - set(named))]
    return {
        PLAIN: PLAIN_BLANK,
        **dict.fromkeys(named[:1], HATCHED_BLANK),
        **{kind: Blank(sign) for kind, sign in zip(rest, cycle(SIGNS), strict=False)},
    }
