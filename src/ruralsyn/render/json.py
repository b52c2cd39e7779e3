"""JSON and JSON lines: the contract for programs. Ids, not labels; `null` is not reported."""

from __future__ import annotations

import json
from typing import Any

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Table
from ruralsyn.page.values import Cite, MixedText, Noted, Sourced, Term, Value
from ruralsyn.render.screen import Screen


def render_json(content: Printable, screen: Screen) -> str:
    """An array of row objects for a table; an object with `title`, `dataset` and `tables` for a document."""
    del screen
    if isinstance(content, Table):
        return _dump(rows(content), indent=2) + "\n"
    return (
        _dump(
            {
                "title": content.title,
                "dataset": content.dataset,
                **{key: data_of(value) for key, value in content.fields.items()},
                "tables": {table.id: rows(table) for table in content.tables()},
                "notes": list(content.notes),
            },
            indent=2,
        )
        + "\n"
    )


def render_jsonl(content: Printable, screen: Screen) -> str:
    """One row object per line."""
    del screen
    assert isinstance(content, Table)
    return "".join(_dump(row) + "\n" for row in rows(content))


def rows(table: Table) -> list[dict[str, Any]]:
    """The rows as objects keyed by column."""
    exported = table.exported()
    keys = [column.key for column in exported.columns]
    return [dict(zip(keys, map(data_of, row), strict=True)) for row in exported.rows]


def data_of(value: Value) -> Any:
    """A value as JSON has it."""
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


def _dump(data: Any, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent)
