"""CSV and TSV: one table, the same keys and ids as JSON, lists joined with `; `."""

from __future__ import annotations

import csv
import io

from ruralsyn.page.document import Table
from ruralsyn.page.text import visible
from ruralsyn.render.data import flat, rows_of
from ruralsyn.render.screen import Screen

_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def render_csv(content: Table, screen: Screen) -> str:
    """Comma-separated values as RFC 4180 has them, but with line feeds alone between rows."""
    del screen
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows(_lines(content))
    return buffer.getvalue()


def render_tsv(content: Table, screen: Screen) -> str:
    """Tab-separated values; a tab, line break or backslash in a value is written `\\t`, `\\n`, `\\\\`."""
    del screen
    return "".join("\t".join(cell.translate(_TSV) for cell in line) + "\n" for line in _lines(content))


def _lines(table: Table) -> list[list[str]]:
    head = [column.key for column in table.exported().columns]
    return [head, *([visible(flat(value)) for value in row.values()] for row in rows_of(table))]
