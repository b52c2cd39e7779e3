"""Values and rows as programs get them: ids, not labels; None is not reported."""

from __future__ import annotations

from typing import Any

from ruralsyn.page.document import Table
from ruralsyn.page.values import Cite, MixedText, Noted, Sourced, Term, Value


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The rows as objects keyed by column, with the columns that programs get."""
    exported = table.exported()
    keys = [column.key for column in exported.columns]
    return [dict(zip(keys, map(data_of, row), strict=True)) for row in exported.rows]


def data_of(value: Value) -> Any:
    """A value as JSON has it: a locator is an object, a list an array."""
    match value:
        case Term():
            return value.id
        case Cite():
            return {"brief": value.brief, "section": value.section, "paragraph": value.paragraph}
        case Noted() | Sourced():
            return data_of(value.value)
        case MixedText():
            return value.plain
        case tuple():
            return [data_of(item) for item in value]
        case _:
            return value


def flat(data: Any) -> str:
    """Data as one string: nothing for None, `true` and `false`, lists joined with `; `, locators with `/`."""
    match data:
        case None:
            return ""
        case bool():
            return "true" if data else "false"
        case list():
            return "; ".join(map(flat, data))
        case dict():
            return "/".join(map(flat, data.values()))
        case _:
            return str(data)
