"""Columns of a table of records, each said once: its head, and what of a record it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ruralsyn.dataset.model import Dataset
from ruralsyn.page.document import Column, Row
from ruralsyn.page.values import Value

RecordColumns = tuple[tuple[Column, Callable[[Dataset, Any], Value]], ...]
"""Each column with what it holds of a record."""


def heads(columns: RecordColumns) -> tuple[Column, ...]:
    """The columns of the table."""
    return tuple(column for column, _ in columns)


def record_rows(columns: RecordColumns, dataset: Dataset, records: Iterable[Any]) -> tuple[Row, ...]:
    """A row for each record."""
    return tuple(tuple(value(dataset, record) for _, value in columns) for record in records)
