"""PDF: pages that Typst sets from what Pandoc writes, or the figure of a grid.

The pages are tagged for screen readers and checked by Typst against PDF/UA-1.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruralsyn.errors import RuralsynError
from ruralsyn.lazy import imported
from ruralsyn.page.content import Printable
from ruralsyn.page.grid import Grid
from ruralsyn.render.pandoc import find_pandoc, how_to_install
from ruralsyn.render.pandoc_tree import Node, pandoc_tree, raw_block
from ruralsyn.render.paper import PAGE
from ruralsyn.render.picture import drawn_into
from ruralsyn.render.screen import Screen

OLDEST = (3, 1, 2)
"""The first Pandoc that writes Typst."""

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
        tree = _literal(pandoc_tree(content, pandoc.api, PAGE, drawn_into(folder, _image)))
        options = ("--standalone", "--template", str(_TEMPLATE), "--wrap", "none")
        source = pandoc.convert(tree, "typst", folder, *options)
        return _typeset(compile_source, source, folder)


def _literal(node: Any) -> Any:
    """The tree with every word as a string of Typst.

    Pandoc leaves some text bare that is markup to Typst: `- a` and `1. a` would start lists.
    """
    if isinstance(node, list | tuple):
        return [_literal(part) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Str":
        return {"t": "RawInline", "c": ["typst", f"#{_string(node['c'])};"]}
    return {key: _literal(value) for key, value in node.items()}


def _string(text: str) -> str:
    # A string of JSON is one of Typst too, as long as it has no escapes for letters.
    return json.dumps(text, ensure_ascii=False)


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


def _image(name: str, alt: str, width: str) -> Node:
    # In Typst's own words: older versions of Pandoc leave out the alternative text, which PDF/UA wants.
    return raw_block("typst", f'#image("{name}", width: {width}, alt: {_string(alt)})')
