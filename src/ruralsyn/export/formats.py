"""The table of export formats, from which the help, the endings and README's table are made."""

from __future__ import annotations

from collections.abc import Callable

from ruralsyn.export.contents import Contents, Files
from ruralsyn.lazy import imported
from ruralsyn.record import Record


class ExportFormat(Record, kw_only=True):
    """A row of the table: one format of `ruralsyn export`."""

    name: str
    endings: tuple[str, ...] = ()
    """The endings of its files; none for a folder of files."""
    use: str
    """What it is for, as README says it."""
    # A name, so that an export imports only the libraries of its own format.
    writer: str
    """The function that makes the files, as `module:function`."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.endings

    def files(self, contents: Contents) -> Files:
        """The files: those in the folder, or the file itself and what stands beside it.

        Raises RuralsynError if the format needs a library that is not installed.
        """
        write: Callable[[Contents], Files] = imported(self.writer)
        return write(contents)


_ROWS = (
    ExportFormat(
        name="datapackage",
        use="a folder with a CSV file for each table and their description (Data Package, version 2)",
        writer="ruralsyn.export.datapackage:package_files",
    ),
    ExportFormat(
        name="sqlite",
        endings=(".sqlite", ".sqlite3", ".db"),
        use="an SQLite database with keys, full-text search and views with names, for SQL and Datasette",
        writer="ruralsyn.export.database:database_files",
    ),
    ExportFormat(
        name="xlsx",
        endings=(".xlsx",),
        use="an Excel workbook with a sheet for each table",
        writer="ruralsyn.export.book:book_files",
    ),
    ExportFormat(
        name="json",
        endings=(".json",),
        use="one JSON document with all tables, and its JSON Schema beside it",
        writer="ruralsyn.export.document:document_files",
    ),
    ExportFormat(
        name="zip",
        endings=(".zip",),
        use="the bundle to send to a colleague: Data Package, workbook, map and a README",
        writer="ruralsyn.export.bundle:bundle_files",
    ),
)

EXPORTS: dict[str, ExportFormat] = {row.name: row for row in _ROWS}
"""The formats by name."""
