"""The table of formats, from which help, README, shell completion and file endings are generated.

The renderer of a format is a function from content to text, or to bytes for pictures, PDF and office files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from ruralsyn.errors import UsageError
from ruralsyn.lazy import imported
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Document
from ruralsyn.page.grid import Grid
from ruralsyn.record import Record
from ruralsyn.render.screen import PAPER, Screen

Renderer = Callable[[Any, Screen], str | bytes]


class Format(Record, kw_only=True):
    """A row of the table: one format."""

    name: str
    endings: tuple[str, ...]
    """The endings of its files."""
    kind: Literal["people", "programs", "picture"]
    """Who reads it. Programs get ids and their own columns. A picture is drawn from a grid."""
    one_table: bool = False
    """Whether it can hold only one table."""
    draws_grids: bool = False
    """Whether it draws grids itself, as pictures do. Other formats show the table or the data of a grid."""
    binary: bool = False
    """Whether its bytes must not be written to a terminal."""
    use: str
    """What it is for, as README says it."""
    labelled: bool = False
    """Whether it can have names beside ids."""
    explains: bool = False
    """Whether it shows what people read, too, beside what programs get."""
    styled: bool = False
    """Whether it takes page and styles from the file of `--reference-doc`."""
    # A name, since importing every renderer takes about 0.1 s and a run needs one of them.
    renderer: str
    """The function that renders it, as `module:function`."""

    def render(self, content: Content, screen: Screen = PAPER) -> str | bytes:
        """The content in this format. Raises UsageError if the format cannot hold it."""
        self.check_fit(content)
        draw: Renderer = imported(self.renderer)
        return draw(self.part_of(content), screen)

    def check_fit(self, content: Content) -> None:
        """Raise UsageError if the format cannot hold the content."""
        if isinstance(content, Bibliography):
            raise UsageError(f"{self.name} cannot write a bibliography. Use a citation style from STYLES.")
        if self.one_table and isinstance(content, Document):
            raise UsageError(
                f"{self.name} holds one table, but this document has several. Use --format json, or a "
                "command that prints one table, e.g. `ruralsyn effects`."
            )
        if self.kind == "picture" and not isinstance(content, Grid):
            raise UsageError(
                f"{self.name} is only for the picture that `ruralsyn map` draws. "
                "For a page, use docx, pdf or html."
            )

    def part_of(self, content: Content) -> Content:
        """What the format shows of the content.

        Of a grid, that is its data, its table, or the grid itself; of a sentence, its data or its text.
        """
        if self.explains:
            return content
        if isinstance(content, Sentence):
            return content.data if self.kind == "programs" else Document("", (), lead=content.text)
        if not isinstance(content, Grid) or self.draws_grids or self.kind == "picture":
            return content
        # The table holds text with marks for people, the data one row per cell with counts and ids.
        return content.data if self.kind == "programs" else content.table


_ROWS = (
    Format(
        name="table",
        endings=(".txt",),
        kind="people",
        use="reading on a terminal: fits the width and uses colour if the terminal has it",
        renderer="ruralsyn.render.terminal:render_terminal",
    ),
    Format(
        name="markdown",
        endings=(".md", ".markdown"),
        kind="people",
        use="pasting into documents, Pandoc, Quarto, GitHub",
        renderer="ruralsyn.render.markdown:render_markdown",
    ),
    Format(
        name="html",
        endings=(".html", ".htm"),
        kind="people",
        draws_grids=True,
        use="a web page in one file; for `map`, an interactive page",
        renderer="ruralsyn.render.html:render_html",
    ),
    Format(
        name="latex",
        endings=(".tex",),
        kind="people",
        use="a fragment to include with `\\input`; for `report`, a complete article",
        renderer="ruralsyn.render.latex:render_latex",
    ),
    Format(
        name="docx",
        endings=(".docx",),
        kind="people",
        draws_grids=True,
        binary=True,
        styled=True,
        use="a Word file with footnotes, on A4; `--reference-doc` gives it the styles of another",
        renderer="ruralsyn.render.office:render_docx",
    ),
    Format(
        name="odt",
        endings=(".odt",),
        kind="people",
        draws_grids=True,
        binary=True,
        styled=True,
        use="the same for LibreOffice",
        renderer="ruralsyn.render.office:render_odt",
    ),
    Format(
        name="pdf",
        endings=(".pdf",),
        kind="people",
        draws_grids=True,
        binary=True,
        use="A4 pages, tagged for screen readers; for `map`, the figure",
        renderer="ruralsyn.render.pdf:render_pdf",
    ),
    Format(
        name="xlsx",
        endings=(".xlsx",),
        kind="programs",
        labelled=True,
        explains=True,
        binary=True,
        use="an Excel workbook: a sheet for each table, names beside ids, and one that says how to read them",
        renderer="ruralsyn.render.workbook:render_xlsx",
    ),
    Format(
        name="csv",
        endings=(".csv",),
        kind="programs",
        one_table=True,
        labelled=True,
        use="one table for a spreadsheet",
        renderer="ruralsyn.render.delimited:render_csv",
    ),
    Format(
        name="tsv",
        endings=(".tsv",),
        kind="programs",
        one_table=True,
        labelled=True,
        use="one table for command-line tools",
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
        use="one table, with one object per line",
        renderer="ruralsyn.render.json:render_jsonl",
    ),
    Format(
        name="svg",
        endings=(".svg",),
        kind="picture",
        use="the figure of `map`, with text that can be selected and edited",
        renderer="ruralsyn.render.figure.draw:render_svg",
    ),
    Format(
        name="png",
        endings=(".png",),
        kind="picture",
        binary=True,
        use="the figure of `map` at 300 dots per inch",
        renderer="ruralsyn.render.figure.draw:render_png",
    ),
)

FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
"""The formats by name."""


def text_formats() -> list[str]:
    """The names of the formats that work with every command: all but pictures."""
    return [row.name for row in FORMATS.values() if row.kind != "picture"]
