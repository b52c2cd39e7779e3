"""A Data Package, version 2: a CSV file for each table, and a description that programs read.

The specification: https://datapackage.org/standard/data-package/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ruralsyn.characters import as_bytes
from ruralsyn.evidence.citing import DATASET_AUTHOR
from ruralsyn.export.contents import Contents, Files
from ruralsyn.export.dictionary import Field
from ruralsyn.export.tables import Exported
from ruralsyn.render.delimited import render_csv
from ruralsyn.render.screen import PAPER

PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTION = "datapackage.json"
FOLDER = "data"
"""The folder of the CSV files within the package."""

_AUTHORS = [{"title": DATASET_AUTHOR, "roles": ["creator"]}]
"""Who made the bundled data. Who made further data, it does not say."""

_TYPES = {"string": "string", "integer": "integer", "boolean": "boolean", "list": "list", "places": "list"}


def package_files(contents: Contents) -> Files:
    """The CSV files and `datapackage.json`."""
    tables = (*contents.tables, *contents.links)
    files = {_path(table): _csv(table) for table in tables}
    resources = [_resource(table, files[_path(table)]) for table in tables]
    description = json.dumps(_package(contents, resources), ensure_ascii=False, indent=2)
    return {DESCRIPTION: f"{description}\n".encode(), **files}


def _path(exported: Exported) -> str:
    return f"{FOLDER}/{exported.id}.csv"


def _csv(exported: Exported) -> bytes:
    return as_bytes(render_csv(exported.table, PAPER))


def _package(contents: Contents, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The description of the package. It has no date, so that the same data gives the same bytes."""
    info = contents.dataset.dataset
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": package_name(contents.stem),
        "title": contents.title,
        **({"description": contents.description} if contents.description else {}),
        **({"version": info.version} if info.version else {}),
        **({"licenses": [{"name": name} for name in contents.licences]} if contents.licences else {}),
        **({"contributors": _AUTHORS} if contents.dataset.files.bundled else {}),
        "sources": list(_sources(contents)),
        "command": contents.command,
        **({"filter": contents.filter} if contents.filter else {}),
        "cautions": list(contents.cautions),
        "resources": resources,
    }


def package_name(name: str) -> str:
    """A name as the specification allows it: lowercase letters, digits, dots, hyphens and underscores."""
    allowed = "".join(
        char if (char.isascii() and char.isalnum()) or char in "._-" else "-" for char in name.lower()
    )
    return allowed.strip("-.") or "ruralsyn"


def _sources(contents: Contents) -> Iterator[dict[str, Any]]:
    for reference in contents.references:
        if reference.kind != "dataset":
            address = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
            yield {"title": reference.title, **({"path": address} if address else {})}


def _resource(exported: Exported, data: bytes) -> dict[str, Any]:
    return {
        "name": exported.id,
        "type": "table",
        "path": _path(exported),
        "description": exported.entry.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(exported, key, field) for key, field in exported.pairs()],
            "missingValues": [""],
            "primaryKey": list(exported.entry.key),
            **_foreign_keys(exported),
        },
    }


def _field(exported: Exported, key: str, field: Field) -> dict[str, Any]:
    """The description of a column."""
    constraints = {
        **({"required": True} if exported.requires(key, field) else {}),
        **({"unique": True} if exported.entry.key == (key,) else {}),
        **({"enum": list(field.words)} if field.words else {}),
    }
    return {
        "name": key,
        "type": _TYPES[field.kind],
        **({"delimiter": "; "} if _TYPES[field.kind] == "list" else {}),
        "description": field.about,
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_keys(exported: Exported) -> dict[str, Any]:
    found = [
        {"fields": [key], "reference": {"resource": "" if table == exported.id else table, "fields": [other]}}
        for key, table, other in exported.references()
    ]
    return {"foreignKeys": found} if found else {}
