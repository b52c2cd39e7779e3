"""The canvas that a figure is drawn on from the top: measured text, rules, arrows and hatching.

Lengths are points. Positions count from the top left corner of the page: to the right and down.
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
"""Around the page; a journal adds its own."""
SPARE = 0.5
"""What a line leaves of its width, for screens that round."""
ARROW = 8.0
"""The height of arrows that point up or down; all arrows cover the same area."""
SLOT = 12.0
"""The room across that an arrow has, whichever way it points."""
HATCH = 3.5
"""Between the lines of a hatched cell."""

INK = "#111111"
QUIET = "#595959"
"""The lightest grey of text: 7 to 1 against white."""
FAINT = "#a6a6a6"
"""Rules and hatching."""


class Style(Record):
    """How text is set."""

    size: float = 7.0
    bold: bool = False
    italic: bool = False
    shade: str = INK

    @property
    def pitch(self) -> float:
        """From one baseline to the next."""
        return 1.25 * self.size


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
"""The corners of each arrow's triangles around its centre."""

_SPACES = re.compile(r"[ \t\r\n]+")
_UNDRAWABLE = re.compile("[\u2400-\u2421\ufffe\uffff\ud800-\udfff]")


# Text ---------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """The text on one line, with a sign in place of what no font draws and no XML may hold."""
    return _UNDRAWABLE.sub("\ufffd", visible(_SPACES.sub(" ", text).strip()))


@cache
def _font(style: Style) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=["DejaVu Sans", "sans-serif"],
        size=style.size,
        weight="bold" if style.bold else "normal",
        style="italic" if style.italic else "normal",
    )


@cache
def width_of(text: str, style: Style) -> float:
    """How far a line of text reaches; letters that the font lacks count as it would draw them, or as wide."""
    from matplotlib.textpath import text_to_path

    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return text_to_path.get_text_width_height_descent(text, _font(style), False)[0] + 0.4 * wide * style.size


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """The text in lines of at most that width; a word that is longer is broken."""
    width -= SPARE
    lines: list[str] = []
    for word in clean(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if width_of(joined, style) <= width:
            lines[-1:] = [joined]
        else:
            lines += _pieces(word, style, width)
    return lines


def _pieces(word: str, style: Style, width: float) -> Iterator[str]:
    while word:
        sizes = range(1, len(word) + 1)
        size = max(1, bisect_right(sizes, width, key=lambda size: width_of(word[:size], style)))
        yield word[:size]
        word = word[size:]


# The canvas -----------------------------------------------------------------------------------------------


class Canvas:
    """A figure that is drawn from the top and gets its height at the end."""

    def __init__(self, width: float) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.figure = Figure(figsize=(width / 72, 1), dpi=DPI, facecolor="white")
        self.width = width - 2 * MARGIN
        """Between the margins."""
        self._inches = Affine2D().translate(MARGIN, MARGIN).scale(1 / 72, -1 / 72)
        self._transform = self._inches + self.figure.dpi_scale_trans

    def end(self, bottom: float) -> Figure:
        """The figure, cut below `bottom`."""
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
        """A line of text, as it is written: no character in it is a command."""
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
            rotation_mode="anchor",
            parse_math=False,
        )

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        style: Style,
        align: Literal["left", "center"] = "left",
    ) -> float:
        """Lines one under the other; their bottom."""
        for number, text in enumerate(lines):
            self.line(x, top + number * style.pitch + baseline_in(style), text, style, align)
        return top + len(lines) * style.pitch

    def rule(self, y: float, right: float, weight: float = 0.4, shade: str = FAINT) -> None:
        """A line across, from the left margin."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                [0, right],
                [y, y],
                linewidth=weight,
                color=shade,
                solid_capstyle="butt",
                transform=self._transform,
            )
        )

    def arrow(self, x: float, y: float, symbol: str, name: str) -> None:
        """An arrow around a point."""
        self._shape(
            [[(x + dx, y + dy) for dx, dy in outline] for outline in OUTLINES[symbol]], name=name, fill=INK
        )

    def hatching(self, left: float, top: float, right: float, bottom: float) -> None:
        """Slanting lines in a box, which meet those of the box beside it."""
        first, last = math.ceil((left + top) / HATCH), math.floor((right + bottom) / HATCH)
        ends = (
            (max(left, number * HATCH - bottom), min(right, number * HATCH - top), number * HATCH)
            for number in range(first, last + 1)
        )
        self._shape([[(x0, total - x0), (x1, total - x1)] for x0, x1, total in ends], line=FAINT, order=0.5)

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """A box with a thin edge, beneath any hatching."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self._shape([corners], line=FAINT, order=0.4)

    def clearing(self, left: float, top: float, right: float, bottom: float) -> None:
        """A white box on hatching, for words."""
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

        parts = [Path([*outline, outline[0]], closed=True) for outline in outlines if outline]
        if not parts:
            return
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
    """Where the baseline lies under the top of a line, with the capitals in the middle of it."""
    return style.pitch / 2 + 0.36 * style.size
