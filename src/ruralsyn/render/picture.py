"""Pictures of grids for pages, where Matplotlib is installed."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from ruralsyn.errors import RuralsynError
from ruralsyn.lazy import imported
from ruralsyn.page.document import Figure
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import visible
from ruralsyn.render.pandoc_tree import Draw, Node
from ruralsyn.render.screen import PAPER

_WIDTH, _HEIGHT = 16.6, 22.0
"""The room on an A4 page in centimetres, with space for a heading above the picture."""


def png_of(grid: Grid) -> bytes | None:
    """The picture as PNG; None if it cannot be drawn."""
    return _drawn(grid, "ruralsyn.render.figure.draw:render_png")


def svg_of(grid: Grid) -> bytes | None:
    """The picture as SVG; None if it cannot be drawn."""
    return _drawn(grid, "ruralsyn.render.figure.draw:render_svg")


def drawn_into(folder: Path, block: Callable[[str, str, str], Node]) -> Draw:
    """Draws figures into the folder. `block` makes what shows a picture from its file, its words and width.

    As PNG, because Word shows SVG only since 2016.
    """

    def draw(figure: Figure) -> list[Node]:
        data = png_of(figure.grid)
        if data is None:
            return []
        path = folder / f"figure-{len(list(folder.glob('figure-*')))}.png"
        path.write_bytes(data)
        return [block(path.name, visible(figure.alt), _width_on_page(data))]

    return draw


def _width_on_page(png: bytes) -> str:
    """The width of a picture on a page, in percent of the line: all of it unless the picture is too high."""
    # Width and height come first in a PNG file, after a signature and the name of the first part.
    width, height = struct.unpack(">II", png[16:24])
    return f"{min(100, int(100 * _HEIGHT / _WIDTH * width / height))}%"


def _drawn(grid: Grid, renderer: str) -> bytes | None:
    # Matplotlib is missing, or its font lacks a letter. A page then shows the table.
    try:
        data: bytes = imported(renderer)(grid, PAPER)
    except RuralsynError:
        return None
    return data
