"""An Excel workbook with a sheet for each table."""

from __future__ import annotations

from ruralsyn.export.contents import Contents, Files
from ruralsyn.render.workbook import workbook


def book_files(contents: Contents) -> Files:
    """The workbook, under the name of the export. Raises RuralsynError if XlsxWriter is not installed."""
    # Without the links: a cell shows a list as it is, and a reader has fewer sheets.
    tables = [exported.table for exported in contents.tables]
    return {contents.name: workbook(tables, contents.about())}
