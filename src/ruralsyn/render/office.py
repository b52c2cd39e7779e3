"""Files for word processors: Word (.docx) and OpenDocument (.odt), made by Pandoc."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Document, Figure
from ruralsyn.page.grid import Grid
from ruralsyn.render.pandoc import Pandoc, find_pandoc
from ruralsyn.render.pandoc_tree import image, pandoc_tree
from ruralsyn.render.paper import PAGE, UNKNOWN
from ruralsyn.render.picture import drawn_into, png_of
from ruralsyn.render.reference_document import (
    OPEN_DOCUMENT,
    WORD,
    FileKind,
    check_reference,
    finished,
    reference_document,
)
from ruralsyn.render.screen import Screen


def render_docx(content: Printable | Grid, screen: Screen) -> bytes:
    """A Word file with real footnotes and tables whose heads are repeated on every page.

    Raises RuralsynError if Pandoc is missing or fails, or if the reference document cannot be used.
    """
    return _rendered(content, screen, WORD)


def render_odt(content: Printable | Grid, screen: Screen) -> bytes:
    """An OpenDocument file for LibreOffice. Raises RuralsynError as `render_docx` does."""
    return _rendered(content, screen, OPEN_DOCUMENT)


def _rendered(content: Printable | Grid, screen: Screen, kind: FileKind) -> bytes:
    pandoc = find_pandoc(kind.words)
    with TemporaryDirectory(prefix="ruralsyn-") as name:
        folder = Path(name)
        reference = _reference(screen, kind, pandoc, folder)
        # The styles of a person may be as large as Pandoc's own.
        paper = UNKNOWN if screen.reference_doc else PAGE
        tree = pandoc_tree(_document(content), pandoc.api, paper, drawn_into(folder, image))
        made = pandoc.convert(tree, kind.name, folder, "--reference-doc", str(reference))
    return finished(made, kind)


def _reference(screen: Screen, kind: FileKind, pandoc: Pandoc, folder: Path) -> Path:
    if screen.reference_doc is not None:
        check_reference(screen.reference_doc, kind)
        # Pandoc runs in another folder.
        return screen.reference_doc.absolute()
    path = folder / f"reference.{kind.name}"
    path.write_bytes(reference_document(pandoc.default_file(path.name), kind))
    return path


def _document(content: Printable | Grid) -> Printable:
    """A grid as its picture with its table below, so that nothing depends on seeing the picture."""
    if not isinstance(content, Grid):
        return content
    alt = f"{content.title}. The table below says the same in words."
    table = content.table
    picture = (Figure(content, alt),) if png_of(content) else ()
    return Document(table.title, (*picture, table.untitled()), lead=table.lead)
