"""CSV and TSV: one table, the same keys and ids as JSON, lists joined with `; `."""

from __future__ import annotations

import csv
import io

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Table
from ruralsyn.page.text import visible
from ruralsyn.page.values import Cite, MixedText, Noted, Sourced, Term, Value
from ruralsyn.render.screen import Screen

_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def render_csv(content: Printable, screen: Screen) -> str:
    """Comma-separated values as RFC 4180 has them, but with line feeds alone between rows."""
    del screen
    assert isinstance(content, Table)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows(_lines(content))
    return buffer.getvalue()


def render_tsv(content: Printable, screen: Screen) -> str:
    """Tab-separated values; a tab, line break or backslash in a value is written `\\t`, `\\n`, `\\\\`."""
    del screen
    assert isinstance(content, Table)
    return "".join("\t".join(cell.translate(_TSV) for cell in line) + "\n" for line in _lines(content))


def _lines(table: Table) -> list[list[str]]:
    exported = table.exported()
    head = [column.key for column in exported.columns]
    return [head, *([visible(flat(value)) for value in row] for row in exported.rows)]


def flat(value: Value) -> str:
    """A value as one string: nothing for not reported, `true` and `false` for truth."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Term():
            return value.id
        case Cite():
            return str(value)
        case Noted() | Sourced():
            return flat(value.value)
        case MixedText():
            return value.plain
        case tuple():
            return "; ".join(flat(item) for item in value)
        case _:
            return str(value)
