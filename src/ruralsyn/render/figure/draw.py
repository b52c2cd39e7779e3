"""Figures for print: a grid as an effect direction plot in SVG, PNG or PDF, drawn with Matplotlib.

Every text is measured before it is placed, so it wraps at the edge of its column and each row is as high as
its content. The page is as wide as two columns of a journal. It becomes wider only if the columns do not fit
with rotated headers.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ruralsyn.errors import RuralsynError
from ruralsyn.page.grid import Arrow, Grid, GridCell, GridLine
from ruralsyn.page.marks import SHAPES
from ruralsyn.page.text import visible
from ruralsyn.render.figure.canvas import (
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
    LETTER,
    MARK,
    NOTE,
    NUMBER,
    PAD,
    SIGN,
    TAG_GAP,
    TITLE,
    Blank,
    Plan,
    mark_width,
    plan_of,
    tag_width,
    widest,
)
from ruralsyn.render.screen import Screen

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLOCK_GAP = 8.0
"""The space between the blocks of the page."""
LEADING = 1.5
"""The space between the entries of the legend and between the notes."""
KEY = 20.0
"""The width of the symbols in the legend."""
TURNED_MOST = 110.0
"""The height at which rotated headers wrap."""

# Characters that an id in an SVG may not contain.
_NOT_NAME = re.compile(r"[^\w.-]")
# The start of Matplotlib's warning about a letter that the font lacks.
_NO_GLYPH = re.compile(r"Glyph (\d+)")


# The formats --------------------------------------------------------------------------------------------


def render_svg(content: Grid, screen: Screen) -> bytes:
    """The figure as SVG. Its text can be selected on the web and edited in drawing programs."""
    del screen
    with _matplotlib(), warnings.catch_warnings():
        # The program that shows the file finds a font for letters that DejaVu Sans lacks.
        warnings.filterwarnings("ignore", _NO_GLYPH.pattern)
        # No date and no version of Matplotlib, in all three formats: the same grid gives the same bytes.
        return _saved(content, "svg", {"Title": clean(content.title), "Date": None, "Creator": None})


def render_png(content: Grid, screen: Screen) -> bytes:
    """The figure as PNG, at 300 dots per inch."""
    del screen
    with _matplotlib(), _all_glyphs():
        return _saved(content, "png", {"Title": clean(content.title), "Software": None})


def render_pdf(content: Grid, screen: Screen) -> bytes:
    """The figure as a PDF page of its own size, with its fonts embedded."""
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
    """Matplotlib with its own defaults, so that the user's settings do not change the figure.

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
                # DejaVu Sans comes with Matplotlib. An SVG that is shown without it falls back on the others,
                # which are no wider.
                "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
                "pdf.fonttype": 42,  # TrueType: many publishers refuse Type 3, the default.
                "svg.fonttype": "none",  # The default draws letters as outlines.
                "svg.hashsalt": "grid",  # Without it the ids are random.
            }
        )
        yield


@contextmanager
def _all_glyphs() -> Iterator[None]:
    """Raise RuralsynError for the first letter that the font lacks, instead of drawing a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", _NO_GLYPH.pattern)
        try:
            yield
        except UserWarning as warning:
            found = _NO_GLYPH.match(str(warning))
            if not found:  # A user can turn other warnings into errors too.
                raise
            code = int(found[1])
            raise RuralsynError(
                f"the figure's font, DejaVu Sans, lacks the letter '{visible(chr(code))}' (U+{code:04X}): "
                "make an SVG, which uses the fonts of the program that opens it"
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
    """Draw the table, and the legend below it in two columns or beside a narrow table."""
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
    """Draw the headers, aligned to the rule below them. Returns the position of that rule."""
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
    """Draw rotated headers. A header with more lines than its column holds becomes higher."""
    texts = []
    for column, width in zip(columns, plan.columns, strict=True):
        most = max(1, int((width - 2 * PAD) / HEADER.pitch))
        height = TURNED_MOST
        # No header is cut: the height grows until its lines fit the width of the column.
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
    # Everything is measured before anything is drawn, since the content is centred in the height of the row.
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
            # The last argument becomes the id of the arrow in an SVG, so it must be unique.
            _cell(canvas, plan, cell, box, _NOT_NAME.sub("_", f"{cell.symbol}-{row.id}-{column.id}"))
    return bottom


def _content_height(plan: Plan, cell: GridCell, width: float) -> float:
    # Beside the arrow, counts are no higher than it.
    if plan.layout.beside or not cell.counts:
        return plan.arrow
    lines = len(wrapped(cell.counts, COUNTS, width - 2 * PAD))
    return lines * COUNTS.pitch + (plan.arrow + 1 if cell.symbol or cell.marks else 0)


Box = tuple[float, float, float, float]
"""The left, top, right and bottom edge."""


def _cell(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    if cell.symbol or cell.counts or cell.marks:
        (_content_beside if plan.layout.beside else _content_below)(canvas, plan, cell, box, name)
    elif cell.blank:
        _blank(canvas, plan.blanks[cell.blank], cell.blank if plan.words else "", box)


def _content_beside(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    """Draw arrow, counts and marks side by side, aligned with those of the row above."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    # Centred by the widest counts of the grid, not by those of this cell: otherwise arrows would not align.
    x = (left + right - plan.slot - plan.tag - GAP - plan.tail) / 2
    if cell.symbol:
        # Arrows of all sizes have one axis, and what is beside them one edge.
        _arrow(canvas, cell.symbol, cell.arrow, x, middle, plan.slot, name)
    x += plan.slot + plan.tag + GAP
    if cell.counts:
        canvas.lines(x, middle - COUNTS.pitch / 2, [clean(cell.counts)], COUNTS)
        x += width_of(clean(cell.counts), COUNTS) + GAP
    if cell.marks:
        canvas.lines(x, middle - MARK.pitch / 2, [clean(cell.marks)], MARK)


def _content_below(canvas: Canvas, plan: Plan, cell: GridCell, box: Box, name: str) -> None:
    """Draw the arrow with its marks, and the counts in lines below it."""
    left, top, right, bottom = box
    centre = (left + right) / 2
    y = (top + bottom - _content_height(plan, cell, right - left)) / 2
    tag, middle = tag_width(cell.arrow), y + plan.arrow / 2
    x = centre - (mark_width(cell) + tag) / 2
    if cell.symbol:
        _arrow(canvas, cell.symbol, cell.arrow, x - plan.slot / 2, middle, plan.slot, name)
    if cell.marks:
        canvas.lines(x + plan.slot / 2 + tag + 1, middle - MARK.pitch / 2, [clean(cell.marks)], MARK)
    if cell.counts:
        y += plan.arrow + 1 if cell.symbol or cell.marks else 0
        canvas.lines(centre, y, wrapped(cell.counts, COUNTS, right - left - 2 * PAD), COUNTS, "center")


def _arrow(
    canvas: Canvas, symbol: str, look: Arrow | None, left: float, middle: float, width: float, name: str
) -> None:
    """Draw an arrow in the middle of a width, and its number and letter on the right of it."""
    look = look or Arrow("")
    canvas.arrow(left + width / 2, middle, symbol, name, scale=look.scale, colour=look.colour)
    x = left + width + TAG_GAP
    if look.number:
        canvas.lines(x, middle - NUMBER.pitch / 2 + LOWERED, [look.number], NUMBER)
        x += width_of(look.number, NUMBER) + TAG_GAP
    if look.letter:
        canvas.lines(x, middle - LETTER.pitch / 2, [look.letter], LETTER)


LOWERED = 2.5
"""How far a number is below the middle of its arrow."""


def _blank(canvas: Canvas, blank: Blank, words: str, box: Box) -> None:
    """Draw an empty cell: its words, or its sign if the words have no room."""
    left, top, right, bottom = box
    centre, middle = (left + right) / 2, (top + bottom) / 2
    text, style = (clean(words), blank.style) if words else (blank.sign, SIGN)
    if blank.hatched:
        canvas.hatching(*box)
    # Words on hatching are hard to read.
    if blank.hatched and text:
        half = width_of(text, style) / 2 + 2
        canvas.clearing(centre - half, middle - style.pitch / 2, centre + half, middle + style.pitch / 2)
    if text:
        canvas.lines(centre, middle - style.pitch / 2, [text], style, "center")


# The legend ---------------------------------------------------------------------------------------------

LegendLine = tuple[str | Arrow, str]
"""A symbol, mark, blank or look of an arrow, and its meaning."""


def _entries(plan: Plan, grid: Grid) -> list[LegendLine]:
    """The legend, completed by the blanks that are shown as signs and that it does not explain."""
    explained = {key for key, _ in grid.legend}
    used = {cell.blank for cell in grid.cells.values()}
    missing = [blank for blank in plan.blanks if blank in used and blank not in explained]
    return [*grid.legend, *grid.arrows, *((blank, "") for blank in missing if not plan.words)]


def _legend(
    canvas: Canvas, plan: Plan, entries: Sequence[LegendLine], left: float, top: float, width: float
) -> float:
    for entry in entries:
        top = _entry(canvas, plan, entry, left, top, width) + LEADING
    return top


def _fold(heights: list[float]) -> int:
    """The number of entries in the first of two columns that keeps the higher column lowest."""
    # Counting down: of equal splits the one with the fuller first column is chosen.
    return min(range(len(heights), -1, -1), key=lambda size: max(sum(heights[:size]), sum(heights[size:])))


def _entry(canvas: Canvas, plan: Plan, entry: LegendLine, left: float, top: float, width: float) -> float:
    key, _ = entry
    _key(canvas, plan, key, left, top + NOTE.pitch / 2)
    left += KEY
    lead = _lead(plan, key)
    lines = _entry_lines(plan, entry, width)
    # A lead that is longer than the line has been broken, so it gets no style of its own.
    if not (lead and lines[0].startswith(lead)):
        return canvas.lines(left, top, lines, NOTE)
    style = plan.blanks[lead].style if lead in plan.blanks else NOTE
    canvas.lines(left, top, [lead], style)
    canvas.lines(left + width_of(lead, style), top, [lines[0][len(lead) :]], NOTE)
    return canvas.lines(left, top + NOTE.pitch, lines[1:], NOTE)


def _key(canvas: Canvas, plan: Plan, key: str | Arrow, left: float, middle: float) -> None:
    """Draw the symbol before an entry, as it looks in the table."""
    centre = left + KEY / 2 - 1
    if isinstance(key, Arrow):
        tag = tag_width(key)
        _arrow(canvas, "up", key, centre - (SLOT + tag) / 2, middle, SLOT, f"legend-{key.key}")
    elif key in SHAPES:
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


def _lead(plan: Plan, key: str | Arrow) -> str:
    """The key, if it begins the text: that of a blank, or one too wide for the column of symbols."""
    if isinstance(key, Arrow):
        return ""
    wide = key not in SHAPES and width_of(clean(key), MARK) > KEY
    return clean(key) if wide or key in plan.blanks else ""
