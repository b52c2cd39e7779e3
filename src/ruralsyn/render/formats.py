"""The formats: a row for each, from which help, README, completion and file endings are made.

A format's renderer is one pure function from content to text, or bytes for a picture. It is imported when it
is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from ruralsyn.errors import UsageError
from ruralsyn.lazy import imported
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content
from ruralsyn.page.document import Document
from ruralsyn.page.grid import Grid
from ruralsyn.record import Record
from ruralsyn.render.screen import PAPER, Screen

Renderer = Callable[[Any, Screen], str | bytes]


class Format(Record, kw_only=True):
    """A format's row."""

    name: str
    endings: tuple[str, ...]
    """The endings of files that are written in it."""
    kind: Literal["people", "programs", "picture"]
    """Who reads it. Programs get ids and the columns meant for them; a picture is drawn from a grid."""
    one_table: bool = False
    """Whether it carries exactly one table."""
    draws_grids: bool = False
    """Whether it draws a grid, as pictures do; the others show the grid's table or data."""
    binary: bool = False
    """Whether it is nothing for a terminal."""
    use: str
    """What it is for, in README."""
    renderer: str
    """The module and function that render it."""

    def render(self, content: Content, screen: Screen = PAPER) -> str | bytes:
        """The content in this format; UsageError if the format cannot hold it."""
        self.check_fit(content)
        draw: Renderer = imported(self.renderer)
        return draw(self.part_of(content), screen)

    def check_fit(self, content: Content) -> None:
        """Raise UsageError if the format cannot hold the content."""
        if isinstance(content, Bibliography):
            raise UsageError(f"{self.name} is no citation style: STYLES has those that write a bibliography.")
        if self.one_table and isinstance(content, Document):
            raise UsageError(
                f"{self.name} holds one table and this is a document of several. Use --format json, or a "
                "command that prints one table, such as `ruralsyn effects`."
            )
        if self.kind == "picture" and not isinstance(content, Grid):
            raise UsageError(
                f"{self.name} is for the picture that `ruralsyn map` draws. For a page or a Word file "
                "pipe Markdown into Pandoc, or use --format html."
            )

    def part_of(self, content: Content) -> Content:
        """What of the content the format shows: of a grid, its data, its table, or the grid itself."""
        if not isinstance(content, Grid) or self.draws_grids or self.kind == "picture":
            return content
        return content.data if self.kind == "programs" else content.table


_ROWS = (
    Format(
        name="table",
        endings=(".txt",),
        kind="people",
        use="reading on a terminal: fits its width, colours where there are any",
        renderer="ruralsyn.render.terminal:render_terminal",
    ),
    Format(
        name="markdown",
        endings=(".md", ".markdown"),
        kind="people",
        use="pasting, Pandoc, Quarto, GitHub",
        renderer="ruralsyn.render.markdown:render_markdown",
    ),
    Format(
        name="html",
        endings=(".html", ".htm"),
        kind="people",
        draws_grids=True,
        use="a page of its own; `map` makes one to explore",
        renderer="ruralsyn.render.html:render_html",
    ),
    Format(
        name="latex",
        endings=(".tex",),
        kind="people",
        use="a part to `\\input`; `report` makes a whole article",
        renderer="ruralsyn.render.latex:render_latex",
    ),
    Format(
        name="csv",
        endings=(".csv",),
        kind="programs",
        one_table=True,
        use="one table for a spreadsheet",
        renderer="ruralsyn.render.delimited:render_csv",
    ),
    Format(
        name="tsv",
        endings=(".tsv",),
        kind="programs",
        one_table=True,
        use="one table for the command line",
        renderer="ruralsyn.render.delimited:render_tsv",
    ),
    Format(
        name="json",
        endings=(".json",),
        kind="programs",
        use="programs: an array of rows, or an object of tables",
        renderer="ruralsyn.render.json:render_json",
    ),
    Format(
        name="jsonl",
        endings=(".jsonl", ".ndjson"),
        kind="programs",
        one_table=True,
        use="one table, an object a line",
        renderer="ruralsyn.render.json:render_jsonl",
    ),
    Format(
        name="svg",
        endings=(".svg",),
        kind="picture",
        use="the figure of `map`, text as text",
        renderer="ruralsyn.render.figure.draw:render_svg",
    ),
    Format(
        name="png",
        endings=(".png",),
        kind="picture",
        binary=True,
        use="the figure of `map`, 300 dots per inch",
        renderer="ruralsyn.render.figure.draw:render_png",
    ),
    Format(
        name="pdf",
        endings=(".pdf",),
        kind="picture",
        binary=True,
        use="the figure of `map`",
        renderer="ruralsyn.render.figure.draw:render_pdf",
    ),
)

FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
"""The formats by name."""


def text_formats() -> list[str]:
    """The names of the formats that any command has."""
    return [row.name for row in FORMATS.values() if row.kind != "picture"]
