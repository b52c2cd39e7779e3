"""CSV and TSV: one table with the keys and ids of JSON; lists are joined with `; `.

Values are those of the data, for programs that read them back: a value such as `=1+1` gets no apostrophe or
blank before it. A spreadsheet that opens the file may therefore take text for a formula. LibreOffice Calc
calculates what begins with `=`, and shows what begins with `-`, `+` or `@` as text. Other spreadsheets may
calculate these, too (OWASP, "CSV Injection"). CSV for a spreadsheet has an apostrophe before such a text.
"""

from __future__ import annotations

import csv
import re

from ruralsyn.page.document import Table
from ruralsyn.page.labels import labelled
from ruralsyn.page.text import visible
from ruralsyn.render.data import flat, rows_of
from ruralsyn.render.screen import Screen

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula may begin with in a spreadsheet (OWASP, "CSV Injection")."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")
# TSV has no quotes. These escapes are those of PostgreSQL's COPY.
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def render_csv(content: Table, screen: Screen) -> str:
    """Comma-separated values as in RFC 4180, except that rows end with a line feed only."""
    text = "".join(csv_lines(content, labels=screen.labels, spreadsheet=screen.spreadsheet))
    # By the byte order mark Excel knows that the file is in UTF-8.
    return f"\ufeff{text}" if screen.spreadsheet else text


def csv_lines(table: Table, *, labels: bool = False, spreadsheet: bool = False) -> list[str]:
    """The heads and the rows as lines of CSV, each with its line feed."""
    lines: list[str] = []
    # The default is CR LF, and line tools such as cut and awk would keep the CR in the last column.
    writer = csv.writer(_Appending(lines), lineterminator="\n")
    cells = _lines(table, labels=labels)
    if spreadsheet:
        cells = [[_as_text(cell) for cell in line] for line in cells]
    writer.writerows(cells)
    return lines


def _as_text(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell) else cell


class _Appending:
    """A file for a writer of CSV, which writes each row at once."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def render_tsv(content: Table, screen: Screen) -> str:
    """Tab-separated values; a tab, line break or backslash in a value is written `\\t`, `\\n`, `\\\\`."""
    lines = _lines(content, labels=screen.labels)
    return "".join("\t".join(cell.translate(_TSV) for cell in line) + "\n" for line in lines)


def _lines(table: Table, *, labels: bool) -> list[list[str]]:
    table = labelled(table) if labels else table
    # visible(), since a pipe may end on a terminal.
    head = [column.key for column in table.exported().columns]
    return [head, *([visible(flat(value)) for value in row.values()] for row in rows_of(table))]
