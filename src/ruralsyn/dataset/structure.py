"""The structure of a file: its tables, those that hold records, and the records inside records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import KeyPath

RECORDS = (
    "briefs",
    "projects",
    "organisations",
    "programmes",
    "cases",
    "lessons",
    "recommendations",
    "discrepancies",
)
"""The tables of records: what sources say. All other tables are vocabulary, which any source can share."""


TABLES = frozenset(spec.name for spec in fields(Dataset) if "made" not in spec.metadata)
"""The names of the tables of a file."""
NESTED = {"effects": "cases", "findings": "cases", "contacts": "briefs", "sections": "briefs"}
"""The kinds of record that are in a record of another kind."""


def inside_of(kind: object) -> set[str]:
    """The kinds of record that are inside records of a kind."""
    return {name for name, outer in NESTED.items() if outer == kind}


def only_adds(record: object, inside: Collection[str]) -> bool:
    """Whether a file gives no field of a record, only records inside it."""
    return isinstance(record, dict) and all(name in inside for name in record)


def value_at(tables: Any, path: KeyPath) -> Any:
    """The value at a path, or None if the tables have none there: TOML has no such value."""
    for key in path:
        if isinstance(tables, list) and isinstance(key, int) and key < len(tables):
            tables = tables[key]
        elif isinstance(tables, dict) and key in tables:
            tables = tables[key]
        else:
            return None
    return tables
