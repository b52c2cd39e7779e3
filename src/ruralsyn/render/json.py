"""JSON and JSON Lines, for programs: ids instead of labels, and `null` for "not reported"."""

from __future__ import annotations

import json
import re
from typing import Any

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Table
from ruralsyn.page.text import hidden
from ruralsyn.render.data import data_of, rows_of
from ruralsyn.render.screen import Screen


def render_json(content: Printable, screen: Screen) -> str:
    """A table as an array of row objects, or a document as an object.

    The object has `title`, `dataset`, the document's own fields, `tables` by id, and `notes`.
    """
    del screen
    if isinstance(content, Table):
        return dumped(rows_of(content), indent=2) + "\n"
    return (
        dumped(
            {
                "title": content.title,
                "dataset": content.dataset,
                **{key: data_of(value) for key, value in content.fields.items()},
                # Keyed by id, so that a new table does not move the others.
                "tables": {table.id: rows_of(table) for table in content.tables()},
                "notes": list(content.notes),
            },
            indent=2,
        )
        + "\n"
    )


def render_jsonl(content: Table, screen: Screen) -> str:
    """One row object per line."""
    # Unindented: a line feed may occur only between rows.
    del screen
    return "".join(dumped(row) + "\n" for row in rows_of(content))


def dumped(data: Any, indent: int | None = None) -> str:
    """The data as JSON, with escapes for what a terminal would obey or a reader would not see."""
    # RFC 8259 has JSON in UTF-8, so accents and arrows need no escapes.
    return hidden().sub(_escaped, json.dumps(data, ensure_ascii=False, indent=indent))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
