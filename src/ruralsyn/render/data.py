"""Values and rows as programs get them: ids instead of labels, and None for "not reported"."""

from __future__ import annotations

from typing import Any

from ruralsyn.page.document import Table
from ruralsyn.page.values import Cite, MixedText, Noted, Term, Value


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The rows as objects keyed by column, with only the columns that programs get."""
    exported = table.exported()
    keys = [column.key for column in exported.columns]
    return [dict(zip(keys, map(data_of, row), strict=True)) for row in exported.rows]


def data_of(value: Value) -> Any:
    """A value as JSON holds it: a paragraph becomes an object, a tuple an array."""
    match value:
        case Term():
            return value.id
        case Cite():
            # flat() relies on this order of keys.
            return {"brief": value.brief, "section": value.section or None, "paragraph": value.paragraph}
        # Footnotes and paragraphs have columns of their own for programs.
        case Noted():
            return data_of(value.value)
        case MixedText():
            return value.plain
        case tuple():
            return [data_of(item) for item in value]
        case _:
            return value


def flat(data: Any) -> str:
    """Data as one string: empty for None, `true` or `false`, lists joined with `; `, paragraphs with `/`."""
    match data:
        case None:
            return ""
        case bool():  # Spelled as in JSON; str() would give Python's True and False.
            return "true" if data else "false"
        case list():
            return "; ".join(map(flat, data))
        case dict():
            # A page has no paragraph, and a whole source has no section either.
            return "/".join(flat(part) for part in data.values() if part is not None)
        case _:
            return str(data)
