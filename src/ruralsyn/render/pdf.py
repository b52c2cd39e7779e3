"""PDF: pages set by Typst from what Pandoc writes, tagged for screen readers (PDF/UA-1); of a grid, the figure."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruralsyn.errors import RuralsynError
from ruralsyn.lazy import imported
from ruralsyn.page.content import Printable
from ruralsyn.page.document import Figure
from ruralsyn.page.grid import Grid
from ruralsyn.render.pandoc import find_pandoc, how_to_install
from ruralsyn.render.pandoc_tree import Draw, Node, pandoc_tree, raw_block
from ruralsyn.render.picture import png_of, width_on_page
from ruralsyn.render.screen import Screen

OLDEST = (3, 1, 2)
"""The first Pandoc that writes Typst."""
LINE = 94.0
"""How many average letters fit a line of a table in the styles of `page.typ`."""

_TEMPLATE = Path(__file__).parent / "templates" / "page.typ"


def render_pdf(content: Printable | Grid, screen: Screen) -> bytes:
    """The content as A4 pages, or the figure of a grid on a page of its own size.

    Raises RuralsynError if Pandoc or Typst is missing, too old or fails.
    """
    if isinstance(content, Grid):
        figure: bytes = imported("ruralsyn.render.figure.draw:render_pdf")(content, screen)
        return figure
    # Before Pandoc runs, since a missing library can be reported at once.
    compile_source = _typst()
    pandoc = find_pandoc("PDF pages", OLDEST)
    with TemporaryDirectory(prefix="ruralsyn-") as name:
        folder = Path(name)
        tree = pandoc_tree(content, pandoc.api, LINE, _drawing_into(folder))
        options = ("--standalone", "--template", str(_TEMPLATE), "--wrap", "none")
        source = pandoc.convert(tree, "typst", folder, *options)
        return _typeset(compile_source, source, folder)


def _typst() -> Any:
    try:
        return imported("typst:compile")
    except ImportError:
        raise RuralsynError(f"PDF pages need Typst: {how_to_install()}.") from None


def _typeset(compile_source: Any, source: bytes, folder: Path) -> bytes:
    try:
        pages: bytes = compile_source(source, root=str(folder), format="pdf", pdf_standards=["ua-1"])
    # TypstError is a RuntimeError. Versions before 0.14 do not know the standard.
    except (RuntimeError, ValueError, TypeError) as error:
        reason = " ".join((getattr(error, "message", "") or str(error)).split())
        raise RuralsynError(f"the PDF cannot be set: {reason}") from None
    return pages


def _drawing_into(folder: Path) -> Draw:
    def draw(figure: Figure) -> list[Node]:
        data = png_of(figure.grid)
        if data is None:
            return []
        path = folder / f"figure-{len(list(folder.glob('figure-*')))}.png"
        path.write_bytes(data)
        # In Typst's own words: older versions of Pandoc leave out the alternative text, which PDF/UA wants.
        # A string of JSON is one of Typst too.
        alt = json.dumps(figure.alt, ensure_ascii=False)
        return [raw_block("typst", f'#image("{path.name}", width: {width_on_page(data)}, alt: {alt})')]

    return draw
