"""JSON and JSON lines: the contract for programs. Ids, not labels; `null` is not reported."""

from __future__ import annotations

import json
from typing import Any

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Table
from ruralsyn.render.data import data_of, rows_of
from ruralsyn.render.screen import Screen


def render_json(content: Printable, screen: Screen) -> str:
    """An array of row objects for a table; an object with `title`, `dataset` and `tables` for a document."""
    del screen
    if isinstance(content, Table):
        return _dump(rows_of(content), indent=2) + "\n"
    return (
        _dump(
            {
                "title": content.title,
                "dataset": content.dataset,
                **{key: data_of(value) for key, value in content.fields.items()},
                "tables": {table.id: rows_of(table) for table in content.tables()},
                "notes": list(content.notes),
            },
            indent=2,
        )
        + "\n"
    )


def render_jsonl(content: Table, screen: Screen) -> str:
    """One row object per line."""
    del screen
    return "".join(_dump(row) + "\n" for row in rows_of(content))


def _dump(data: Any, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent)
