"""An Excel workbook with a sheet for each table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ruralsyn.export.contents import Contents, Files
from ruralsyn.page.document import Column, Table
from ruralsyn.render.workbook import workbook
from ruralsyn.views.notes import mark_notes


def book_files(contents: Contents) -> Files:
    """The workbook, under the name of the export. Raises RuralsynError if XlsxWriter is not installed."""
    # Without the links: a cell shows a list as it is, and a reader has fewer sheets.
    tables = [replace(exported.table, title=exported.entry.about) for exported in contents.tables]
    return {contents.name: workbook([*tables, _columns(contents)], _read_me(contents))}


def _read_me(contents: Contents) -> Iterator[tuple[str, str]]:
    """What the export is, without signs of Markdown, and the marks that labels have."""
    yield from ((head, text.replace("`", "")) for head, text in contents.about())
    yield "Marks", "In direction_label, ▲ means that the outcome rose, and ▼ that it fell."
    yield from (("Marks", note) for note in mark_notes(contents.dataset, contents.selection.effects))


def _columns(contents: Contents) -> Table:
    """What the columns of all sheets hold."""
    keys = ("table", "column", "type", "about", "values")
    rows = tuple(
        (exported.id, key, field.kind, field.about.replace("`", ""), field.words or None)
        for exported in contents.tables
        for key, field in exported.pairs()
    )
    title = "What the columns of the other sheets hold."
    return Table("columns", title, tuple(Column(key, key) for key in keys), rows)
