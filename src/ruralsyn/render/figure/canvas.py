"""The canvas of a figure, drawn from the top down: measured text, rules, arrows and hatching.

Lengths are in points (1/72 inch). Positions are measured from the top left corner inside the margins.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width

from ruralsyn.page.text import visible
from ruralsyn.record import Record

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

DPI = 300
"""Dots per inch of a PNG."""
MARGIN = 4.0
"""The margin of the page. It is small, since a journal adds its own."""
SPARE = 0.5
"""The width that every line leaves free, since screens round the widths of letters."""
ARROW = 8.0
"""The height of arrows that point up or down. All arrows cover the same area."""
SLOT = 12.0
"""The width reserved for an arrow, whichever way it points."""
HATCH = 3.5
"""The distance between the lines of a hatched cell, measured along its edge."""

INK = "#111111"
QUIET = "#595959"
"""The lightest grey for text: its contrast with white is 7 to 1 (WCAG 2.1, 1.4.6)."""
FAINT = "#a6a6a6"
"""The grey of rules and hatching."""


class Style(Record):
    """The size, weight, slant and shade of text."""

    size: float = 7.0
    bold: bool = False
    italic: bool = False
    shade: str = INK

    @property
    def pitch(self) -> float:
        """The distance from one baseline to the next."""
        return 1.25 * self.size


# No arrow may look bigger than another unless its size means something. Each of the two sideways triangles
# has half the area of an upright one.
_HALF = ARROW / 2
_APART = 0.7
_LOW = 0.75 * _HALF
_LONG = _HALF / 0.75
OUTLINES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "up": (((-_HALF, _HALF), (_HALF, _HALF), (0, -_HALF)),),
    "down": (((-_HALF, -_HALF), (_HALF, -_HALF), (0, _HALF)),),
    "sideways": (
        ((-_APART, -_LOW), (-_APART, _LOW), (-_APART - _LONG, 0)),
        ((_APART, -_LOW), (_APART, _LOW), (_APART + _LONG, 0)),
    ),
}
"""For each arrow, the corners of its triangles relative to its centre."""

_SPACES = re.compile(r"[ \t\r\n]+")
# DejaVu Sans has no pictures of control characters.
_PICTURES = re.compile("[\u2400-\u2421]")


# Text ---------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """The text on one line, with U+FFFD for characters that cannot be drawn."""
    return _PICTURES.sub("\ufffd", visible(_SPACES.sub(" ", text).strip()))


@cache
def _font(style: Style) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        # "sans-serif" adds the substitutes of draw.py, which Matplotlib writes into an SVG.
        family=["DejaVu Sans", "sans-serif"],
        size=style.size,
        weight="bold" if style.bold else "normal",
        style="italic" if style.italic else "normal",
    )


# Cached: a measurement takes about 0.6 ms, and a large map asks for 800.
@cache
def width_of(text: str, style: Style) -> float:
    """The width of a line of text. East Asian wide letters count as a full em."""
    from matplotlib.textpath import text_to_path

    # Matplotlib measures a letter that the font lacks as a box of 0.6 em, but the viewer of an SVG draws a
    # wide letter in another font, 1 em wide.
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return text_to_path.get_text_width_height_descent(text, _font(style), False)[0] + 0.4 * wide * style.size


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """The text in lines of at most this width. Only words longer than a line are broken."""
    width -= SPARE
    lines: list[str] = []
    for word in clean(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if width_of(joined, style) <= width:
            lines[-1:] = [joined]  # Replaces the last line, or adds the first.
        else:
            lines += _pieces(word, style, width)
    return lines


def _pieces(word: str, style: Style, width: float) -> Iterator[str]:
    while word:
        sizes = range(1, len(word) + 1)
        # Bisection saves measurements. At least one letter goes on a line, or the loop would not end.
        size = max(1, bisect_right(sizes, width, key=lambda size: width_of(word[:size], style)))
        yield word[:size]
        word = word[size:]


# The canvas -----------------------------------------------------------------------------------------------


class Canvas:
    """A figure that is drawn from the top down and gets its height at the end."""

    def __init__(self, width: float) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        # Figure itself, since pyplot would keep every figure in memory and may look for a window system.
        self.figure = Figure(figsize=(width / 72, 1), dpi=DPI, facecolor="white")
        self.width = width - 2 * MARGIN
        """The width between the margins."""
        # Matplotlib measures from the bottom, so y is turned round here and end() moves it up by the height.
        self._inches = Affine2D().translate(MARGIN, MARGIN).scale(1 / 72, -1 / 72)
        self._transform = self._inches + self.figure.dpi_scale_trans

    def end(self, bottom: float) -> Figure:
        """The finished figure, which ends below `bottom`."""
        height = (bottom + 2 * MARGIN) / 72
        self.figure.set_size_inches(self.figure.get_figwidth(), height)
        self._inches.translate(0, height)
        return self.figure

    def line(
        self,
        x: float,
        baseline: float,
        text: str,
        style: Style,
        align: Literal["left", "center"] = "left",
        *,
        turned: bool = False,
    ) -> None:
        """Draw a line of text exactly as it is written."""
        self.figure.text(
            x,
            baseline,
            text,
            transform=self._transform,
            fontproperties=_font(style),
            color=style.shade,
            horizontalalignment=align,
            verticalalignment="baseline",
            rotation=90 if turned else 0,
            # Aligns before it rotates. The default aligns the rotated box, which varies with the letters.
            rotation_mode="anchor",
            parse_math=False,  # A pair of dollar signs would become a formula.
        )

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        style: Style,
        align: Literal["left", "center"] = "left",
    ) -> float:
        """Draw lines below one another. Returns the bottom of the last."""
        for number, text in enumerate(lines):
            self.line(x, top + number * style.pitch + baseline_in(style), text, style, align)
        return top + len(lines) * style.pitch

    def rule(self, y: float, right: float, weight: float = 0.4, shade: str = FAINT) -> None:
        """Draw a horizontal line from the left margin to `right`."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                [0, right],
                [y, y],
                linewidth=weight,
                color=shade,
                solid_capstyle="butt",  # The default reaches half a line width beyond both ends.
                transform=self._transform,
            )
        )

    def arrow(
        self, x: float, y: float, symbol: str, name: str, *, scale: float = 1.0, colour: str = ""
    ) -> None:
        """Draw an arrow around a point, in `colour` with a dark edge or else in ink. `name` is its SVG id."""
        outlines = [[(x + scale * dx, y + scale * dy) for dx, dy in outline] for outline in OUTLINES[symbol]]
        # The edge gives a light colour the contrast that a shape needs (WCAG 2.1, 1.4.11).
        self._shape(outlines, name=name, fill=colour or INK, line=INK if colour else "none")

    def hatching(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw slanting lines in a box, which continue those of the box beside it."""
        # On each line x + y is a multiple of HATCH, counted from the corner of the page and not of the box.
        first, last = math.ceil((left + top) / HATCH), math.floor((right + bottom) / HATCH)
        ends = (
            (max(left, number * HATCH - bottom), min(right, number * HATCH - top), number * HATCH)
            for number in range(first, last + 1)
        )
        self._shape([[(x0, total - x0), (x1, total - x1)] for x0, x1, total in ends], line=FAINT, order=0.5)

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a box with a thin edge, under any hatching."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self._shape([corners], line=FAINT, order=0.4)

    def clearing(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a white box over hatching, to put words on."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self._shape([corners], fill="white", order=0.6)

    def _shape(
        self,
        outlines: list[list[tuple[float, float]]],
        *,
        fill: str = "none",
        line: str = "none",
        order: float = 1.0,
        name: str = "",
    ) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        # With `closed` the last point only marks the end, so the first one is repeated.
        parts = [Path([*outline, outline[0]], closed=True) for outline in outlines if outline]
        if not parts:
            return
        # One path, so that an arrow of two triangles is one shape with one id.
        patch = PathPatch(
            Path.make_compound_path(*parts),
            facecolor=fill,
            edgecolor=line,
            linewidth=0.4 if line != "none" else 0,
            transform=self._transform,
            zorder=order,
        )
        if name:
            patch.set_gid(name)
        self.figure.add_artist(patch)


def baseline_in(style: Style) -> float:
    """The distance from the top of a line to its baseline, which centres the capitals in the line."""
    # The capitals of DejaVu Sans are 0.73 em high, and 0.36 is half of that.
    return style.pitch / 2 + 0.36 * style.size
