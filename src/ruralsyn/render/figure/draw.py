"""Figures: a grid drawn for print as an effect direction plot, by Matplotlib, as SVG, PNG or PDF.

Every text is measured before it is placed, so that it wraps where its column ends and a row is as high
as what stands in it. The page is as wide as two columns of a journal; it grows beyond that only where a
grid has more columns than fit with their headers turned on their side.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ruralsyn.errors import RuralsynError
from ruralsyn.page.grid import Grid, GridCell, GridLine
from ruralsyn.page.marks import SHAPES
from ruralsyn.page.text import visible
from ruralsyn.render.figure.canvas import (
    ARROW,
    DPI,
    INK,
    SLOT,
    Canvas,
    baseline_in,
    clean,
    width_of,
    wrapped,
)
from ruralsyn.render.figure.plan import (
    CAPTION,
    COUNTS,
    GAP,
    GROUP,
    HEADER,
    LABEL,
    MARK,
    NOTE,
    PAD,
    SIGN,
    TITLE,
    Blank,
    Plan,
    mark_width,
    plan_of,
    widest,
)
from ruralsyn.render.screen import Screen

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLOCK_GAP = 8.0
"""Between the blocks of the page."""
LEADING = 1.5
"""Between the entries of the legend and between the notes."""
KEY = 20.0
"""The room across that a symbol has in the legend."""
TURNED_MOST = 110.0
"""The height of headers turned on their side."""

_NOT_NAME = re.compile(r"[^\w.-]")
_NO_GLYPH = re.compile(r"Glyph (\d+)")


# The formats --------------------------------------------------------------------------------------------


def render_svg(content: Grid, screen: Screen) -> bytes:
    """The figure with its text as text, for the web and for drawing programs."""
    del screen
    with _matplotlib(), warnings.catch_warnings():
        # Whoever shows the file chooses a font for the letters that DejaVu Sans lacks.
        warnings.filterwarnings("ignore", _NO_GLYPH.pattern)
        return _saved(content, "svg", {"Title": clean(content.title), "Date": None, "Creator": None})


def render_png(content: Grid, screen: Screen) -> bytes:
    """The figure in dots, 300 to the inch."""
    del screen
    with _matplotlib(), _all_glyphs():
        return _saved(content, "png", {"Title": clean(content.title), "Software": None})


def render_pdf(content: Grid, screen: Screen) -> bytes:
    """The figure as a page of its size, with its fonts within."""
    del screen
    with _matplotlib(), _all_glyphs():
        nameless = {"Creator": None, "Producer": None, "CreationDate": None}
        return _saved(content, "pdf", {"Title": clean(content.title), **nameless})


def _saved(grid: Grid, kind: str, metadata: dict[str, str | None]) -> bytes:
    stream = BytesIO()
    draw(grid).savefig(stream, format=kind, dpi=DPI, metadata=metadata)
    return stream.getvalue()


@contextmanager
def _matplotlib() -> Iterator[None]:
    """Matplotlib as it comes, whatever the user's settings, so that a grid gives the same bytes everywhere.

    Raises RuralsynError if Matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        raise RuralsynError(
            "figures need matplotlib: install it with `pip install 'ruralsyn[figure]'`"
        ) from None
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                # DejaVu Sans comes with Matplotlib. The others are no wider, for an SVG shown without it.
                "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
                "pdf.fonttype": 42,
                "svg.fonttype": "none",
                "svg.hashsalt": "grid",
            }
        )
        yield


@contextmanager
def _all_glyphs() -> Iterator[None]:
    """Refuse to draw boxes for letters that the font lacks: RuralsynError names the first of them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", _NO_GLYPH.pattern)
        try:
            yield
        except UserWarning as warning:
            found = _NO_GLYPH.match(str(warning))
            if not found:
                raise
            code = int(found[1])
            raise RuralsynError(
                f"the figure's font, DejaVu Sans, lacks the letter '{visible(chr(code))}' (U+{code:04X}): "
                "make an SVG, which leaves the font to the program that shows it"
            ) from None


# Drawing ------------------------------------------------------------------------------------------------


def draw(grid: Grid) -> Figure:
    """The grid as a figure: title, table, legend, cautions and caption."""
    plan = plan_of(grid)
    canvas = Canvas(plan.page_width)
    bottom = canvas.lines(0, 0, wrapped(grid.title, TITLE, canvas.width), TITLE) + BLOCK_GAP / 2
    bottom = _table_and_legend(canvas, plan, grid, bottom) + BLOCK_GAP / 2
    for caution in grid.cautions:
        bottom = canvas.lines(0, bottom, wrapped(caution, NOTE, canvas.width), NOTE) + LEADING
    caption = wrapped(grid.caption, CAPTION, canvas.width)
    return canvas.end(canvas.lines(0, bottom + BLOCK_GAP / 2, caption, CAPTION))


def _table_and_legend(canvas: Canvas, plan: Plan, grid: Grid, top: float) -> float:
    """The table with the legend beneath, in two columns, or beside a narrow table."""
    width = (canvas.width - BLOCK_GAP) / 2
    entries = _entries(plan, grid)
    bottom = _table(canvas, plan, grid, top)
    right = width + BLOCK_GAP
    if 0 < plan.width <= width:
        return max(bottom, _legend(canvas, plan, entries, right, top, width)) + BLOCK_GAP / 2
    top = bottom + BLOCK_GAP
    half = _fold([len(_entry_lines(plan, entry, width)) * NOTE.pitch + LEADING for entry in entries])
    return max(
        _legend(canvas, plan, entries[:half], 0, top, width),
        _legend(canvas, plan, entries[half:], right, top, width),
    )


def _table(canvas: Canvas, plan: Plan, grid: Grid, top: float) -> float:
    if not (grid.rows and grid.columns):
        return canvas.lines(0, top, wrapped(grid.table.empty, LABEL, canvas.width), LABEL)
    canvas.rule(top, plan.width, 0.8, INK)
    bottom = _headers(canvas, plan, grid.columns, top)
    canvas.rule(bottom, plan.width, 0.8, INK)
    group = ""
    for number, row in enumerate(grid.rows):
        if number:
            canvas.rule(bottom, plan.width)
        if row.group and row.group != group:
            group = row.group
            bottom = _group(canvas, plan, group, bottom)
        bottom = _row(canvas, plan, grid, row, bottom)
    canvas.rule(bottom, plan.width, 0.8, INK)
    return bottom


def _headers(canvas: Canvas, plan: Plan, columns: Sequence[GridLine], top: float) -> float:
    """The headers, which stand on the rule beneath them."""
    if plan.layout.turned:
        return _turned_headers(canvas, plan, columns, top)
    centres = [left + width / 2 for left, width in zip(plan.lefts(), plan.columns, strict=True)]
    texts = [
        wrapped(column.label, HEADER, width - 2 * PAD)
        for column, width in zip(columns, plan.columns, strict=True)
    ]
    bottom = top + PAD + max(map(len, texts)) * HEADER.pitch
    for centre, lines in zip(centres, texts, strict=True):
        canvas.lines(centre, bottom - len(lines) * HEADER.pitch, lines, HEADER, "center")
    return bottom + PAD


def _turned_headers(canvas: Canvas, plan: Plan, columns: Sequence[GridLine], top: float) -> float:
    """Headers on their side, in as many lines as are needed and fit; those too long go higher."""
    texts = []
    for column, width in zip(columns, plan.columns, strict=True):
        most = max(1, int((width - 2 * PAD) / HEADER.pitch))
        height = TURNED_MOST
        while len(lines := wrapped(column.label, HEADER, height)) > most:
            height *= 1.2
        texts.append(lines)
    bottom = top + PAD + max(widest(lines, HEADER) for lines in texts)
    for left, width, lines in zip(plan.lefts(), plan.columns, texts, strict=True):
        first = left + (width - len(lines) * HEADER.pitch) / 2
        for number, text in enumerate(lines):
            x = first + number * HEADER.pitch + baseline_in(HEADER)
            canvas.line(x, bottom, text, HEADER, turned=True)
    return bottom + PAD


def _group(canvas: Canvas, plan: Plan, name: str, top: float) -> float:
    lines = wrapped(name, GROUP, plan.width)
    bottom = canvas.lines(0, top + max(plan.pad, 2.5), lines, GROUP) + plan.pad / 2
    canvas.rule(bottom, plan.width)
    return bottom


def _row(canvas: Canvas, plan: Plan, grid: Grid, row: GridLine, top: float) -> float:
    label = wrapped(row.label, LABEL, plan.label - 2 * PAD)
    cells = [grid.cells.get((row.id, column.id)) for column in grid.columns]
    content = [
        _content_height(plan, cell, width)
        for cell, width in zip(cells, plan.columns, strict=True)
        if cell is not None
    ]
    bottom = top + max([len(label) * LABEL.pitch, *content]) + 2 * plan.pad
    middle = (top + bottom) / 2
    canvas.lines(PAD, middle - len(label) * LABEL.pitch / 2, label, LABEL)
    for cell, column, left, width in zip(cells, grid.columns, plan.lefts(), plan.columns, strict=True):
        if cell is not None:
            box = (left, top, left + width, bottom)
            _cell(canvas, plan, cell, box, _NOT_NAME.sub("_", f"{cell.symbol}-{row.id}-{column.id}"))
    return bottom


def _content_height(plan: Plan, cell: GridCell, width: float) -> float:
    if plan.layout.beside or not cell.counts:
        return ARROW
    lines = len(wrapped(cell.counts, COUNTS, width - 2 * PAD))
    return lines * COUNTS.pitch + (ARROW + 1 if cell.symbol or cell.marks else 0)


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def _cell(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    if cell.symbol or cell.counts or cell.marks:
        (_content_beside if plan.layout.beside else _content_below)(canvas, plan, cell, box, name)
    elif cell.blank:
        _blank(canvas, plan.blanks[cell.blank], cell.blank if plan.words else "", box)


def _content_beside(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    """Arrow, counts and marks, each under those of the row above."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    x = (left + right - SLOT - GAP - plan.tail) / 2
    if cell.symbol:
        canvas.arrow(x + SLOT / 2, middle, cell.symbol, name)
    x += SLOT + GAP
    if cell.counts:
        canvas.lines(x, middle - COUNTS.pitch / 2, [clean(cell.counts)], COUNTS)
        x += width_of(clean(cell.counts), COUNTS) + GAP
    if cell.marks:
        canvas.lines(x, middle - MARK.pitch / 2, [clean(cell.marks)], MARK)


def _content_below(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    """The arrow with its marks, and the counts in lines beneath."""
    left, top, right, bottom = box
    centre = (left + right) / 2
    y = (top + bottom - _content_height(plan, cell, right - left)) / 2
    x = centre - mark_width(cell) / 2
    if cell.symbol:
        canvas.arrow(x, y + ARROW / 2, cell.symbol, name)
    if cell.marks:
        canvas.lines(x + SLOT / 2 + 1, y + ARROW / 2 - MARK.pitch / 2, [clean(cell.marks)], MARK)
    if cell.counts:
        y += ARROW + 1 if cell.symbol or cell.marks else 0
        canvas.lines(centre, y, wrapped(cell.counts, COUNTS, right - left - 2 * PAD), COUNTS, "center")


def _blank(canvas: Canvas, blank: Blank, words: str, box: Box) -> None:
    """A cell that holds nothing, in words or, without them, by a sign."""
    left, top, right, bottom = box
    centre, middle = (left + right) / 2, (top + bottom) / 2
    text, style = (clean(words), blank.style) if words else (blank.sign, SIGN)
    if blank.hatched:
        canvas.hatching(*box)
    if blank.hatched and text:
        half = width_of(text, style) / 2 + 2
        canvas.clearing(centre - half, middle - style.pitch / 2, centre + half, middle + style.pitch / 2)
    if text:
        canvas.lines(centre, middle - style.pitch / 2, [text], style, "center")


# The legend ---------------------------------------------------------------------------------------------

LegendLine = tuple[str, str]
"""A symbol, mark or blank, and its meaning."""


def _entries(plan: Plan, grid: Grid) -> list[LegendLine]:
    """The legend, with the signs for blanks that it does not explain."""
    explained = {key for key, _ in grid.legend}
    used = {cell.blank for cell in grid.cells.values()}
    missing = [blank for blank in plan.blanks if blank in used and blank not in explained]
    return [*grid.legend, *((blank, "") for blank in missing if not plan.words)]


def _legend(
    canvas: Canvas, plan: Plan, entries: Sequence[LegendLine], left: float, top: float, width: float
) -> float:
    for entry in entries:
        top = _entry(canvas, plan, entry, left, top, width) + LEADING
    return top


def _fold(heights: list[float]) -> int:
    """How many things go in the first of two columns for both to be low."""
    return min(range(len(heights), -1, -1), key=lambda size: max(sum(heights[:size]), sum(heights[size:])))


def _entry(canvas: Canvas, plan: Plan, entry: LegendLine, left: float, top: float, width: float) -> float:
    key, _ = entry
    _key(canvas, plan, key, left, top + NOTE.pitch / 2)
    left += KEY
    lead = _lead(plan, key)
    lines = _entry_lines(plan, entry, width)
    if not (lead and lines[0].startswith(lead)):
        return canvas.lines(left, top, lines, NOTE)
    style = plan.blanks[key].style if key in plan.blanks else NOTE
    canvas.lines(left, top, [lead], style)
    canvas.lines(left + width_of(lead, style), top, [lines[0][len(lead) :]], NOTE)
    return canvas.lines(left, top + NOTE.pitch, lines[1:], NOTE)


def _key(canvas: Canvas, plan: Plan, key: str, left: float, middle: float) -> None:
    """The symbol before an entry, as it looks in the table."""
    centre = left + KEY / 2 - 1
    if key in SHAPES:
        canvas.arrow(centre, middle, SHAPES[key], f"legend-{SHAPES[key]}")
    elif key in plan.blanks:
        box = (left + 2, middle - 3.5, left + KEY - 4, middle + 3.5)
        canvas.frame(*box)
        if plan.blanks[key].hatched or not plan.words:
            _blank(canvas, plan.blanks[key], "", box)
    elif not _lead(plan, key):
        style = MARK if any(key in marks for marks in plan.marks) else COUNTS
        canvas.lines(centre, middle - style.pitch / 2, [clean(key)], style, "center")


def _entry_lines(plan: Plan, entry: LegendLine, width: float) -> list[str]:
    key, meaning = entry
    return wrapped(": ".join(filter(None, (_lead(plan, key), meaning))), NOTE, width - KEY)


def _lead(plan: Plan, key: str) -> str:
    """The key where it opens the text: that of a blank, or one with no room before the text."""
    wide = key not in SHAPES and width_of(clean(key), MARK) > KEY
    return clean(key) if wide or key in plan.blanks else ""
