"""CSV and TSV: one table with the keys and ids of JSON; lists are joined with `; `.

Values are those of the data, for programs that read them back: a value such as `=1+1` gets no apostrophe or
blank before it. A spreadsheet that opens the file may therefore take text for a formula. LibreOffice Calc
calculates what begins with `=`, and shows what begins with `-`, `+` or `@` as text. Other spreadsheets may
calculate these, too (OWASP, "CSV Injection"). For text from people that you do not know, import all columns
as text.
"""

from __future__ import annotations

import csv

from ruralsyn.page.document import Table
from ruralsyn.page.text import visible
from ruralsyn.render.data import flat, rows_of
from ruralsyn.render.screen import Screen

# TSV has no quotes. These escapes are those of PostgreSQL's COPY.
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def render_csv(content: Table, screen: Screen) -> str:
    """Comma-separated values as in RFC 4180, except that rows end with a line feed only."""
    del screen
    return "".join(csv_lines(content))


def csv_lines(table: Table) -> list[str]:
    """The heads and the rows as lines of CSV, each with its line feed."""
    lines: list[str] = []
    # The default is CR LF, and line tools such as cut and awk would keep the CR in the last column.
    writer = csv.writer(_Appending(lines), lineterminator="\n")
    writer.writerows(_lines(table))
    return lines


class _Appending:
    """A file for a writer of CSV, which writes each row at once."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def render_tsv(content: Table, screen: Screen) -> str:
    """Tab-separated values; a tab, line break or backslash in a value is written `\\t`, `\\n`, `\\\\`."""
    del screen
    return "".join("\t".join(cell.translate(_TSV) for cell in line) + "\n" for line in _lines(content))


def _lines(table: Table) -> list[list[str]]:
    # visible(), since a pipe may end on a terminal.
    head = [column.key for column in table.exported().columns]
    return [head, *([visible(flat(value)) for value in row.values()] for row in rows_of(table))]
