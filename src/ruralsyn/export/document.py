"""One JSON document with all tables, and its JSON Schema."""

from __future__ import annotations

from typing import Any

from ruralsyn.characters import as_bytes
from ruralsyn.export.contents import Contents, Files
from ruralsyn.export.dictionary import Field
from ruralsyn.export.tables import Exported
from ruralsyn.render.data import rows_of
from ruralsyn.render.json import dumped

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document_files(contents: Contents) -> Files:
    """The document under the name of the export, and its schema beside it."""
    schema = f"{contents.stem}.schema.json"
    return {
        contents.name: _bytes(_document(contents, schema)),
        schema: _bytes(_schema(contents)),
    }


def _bytes(data: Any) -> bytes:
    return as_bytes(f"{dumped(data, indent=2)}\n")


def _document(contents: Contents, schema: str) -> dict[str, Any]:
    """The document: the keys of what `-f json` prints, and what a reader has to know."""
    return {
        "$schema": schema,
        "title": contents.title,
        "dataset": contents.source,
        "version": contents.dataset.dataset.version,
        "licences": list(contents.licences),
        "cite": list(contents.citations),
        "command": contents.command,
        "filter": contents.filter,
        "notes": list(contents.cautions),
        "tables": {exported.id: rows_of(exported.table) for exported in contents.tables},
    }


def _schema(contents: Contents) -> dict[str, Any]:
    texts = {"type": "array", "items": {"type": "string"}}
    properties = {
        "$schema": {"type": "string"},
        "title": {"type": "string"},
        "dataset": {"type": "string"},
        "version": {"type": ["string", "null"]},
        "licences": texts,
        "cite": texts,
        "command": {"type": "string"},
        "filter": {"type": ["string", "null"]},
        "notes": texts,
        "tables": _closed({exported.id: _table(exported) for exported in contents.tables}),
    }
    return {"$schema": DIALECT, "title": contents.title, **_closed(properties), "$defs": {"place": _PLACE}}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _table(exported: Exported) -> dict[str, Any]:
    row = _closed({key: _column(exported, key, field) for key, field in exported.pairs()})
    return {"type": "array", "description": exported.entry.about, "items": row}


def _column(exported: Exported, key: str, field: Field) -> dict[str, Any]:
    kind = "array" if field.kind in ("list", "places") else field.kind
    required = exported.requires(key, field)
    items = {"$ref": "#/$defs/place"} if field.kind == "places" else {"type": "string"}
    return {
        "description": field.about,
        # Lists may be empty instead; of commands some print null.
        "type": kind if required else [kind, "null"],
        **({"items": items} if kind == "array" else {}),
        **({"enum": [*field.words, *([] if required else [None])]} if field.words else {}),
    }


_PLACE = _closed(
    {
        "brief": {"type": "string"},
        "section": {"type": ["string", "null"]},
        "paragraph": {"type": ["integer", "null"]},
    }
)
