"""Columns of a table of records: each column together with the function that reads its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ruralsyn.dataset.model import Country, Dataset
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Row
from ruralsyn.page.values import Term, Value

# In pairs, so that a heading and its values cannot get out of step. Programs rely on the order, so add a new
# column at the end. Any, because each table has another type of record.
RecordColumns = tuple[tuple[Column, Callable[[Dataset, Any], Value]], ...]
"""Each column with the function that reads its value from a record, in the order of the output."""


FILE = Column("file", "File", blank="bundled", unless_alike=True, spare=8)


def file_column(kind: str, key: Callable[[Any], str] = lambda record: record.id) -> RecordColumns:
    """The column with the file that a record is from, which is always the last one.

    `kind` is the table of the dataset, and `key` gives the key of the record in it.
    """
    return ((FILE, lambda dataset, record: file_term(dataset, kind, key(record))),)


def iso3_column(country: Callable[[Dataset, Any], Country]) -> RecordColumns:
    """The column for programs with the code of a record's country, by which other data can be joined."""
    column = Column("iso3", "ISO 3166-1 alpha-3", human=False)
    # A country without a code of ISO 3166 has none to print.
    return ((column, lambda dataset, record: country(dataset, record).iso3 or None),)


def file_term(dataset: Dataset, kind: str, key: str) -> Term | None:
    """The file of a record, by its name without folders where that tells it apart; None if it is bundled."""
    file = dataset.file_of(kind, key)
    if file is None:
        return None
    name = PurePath(file).name
    alike = [other for other in dataset.files.names if PurePath(other).name == name]
    return Term(file, name if len(alike) == 1 else file)


def heads(columns: RecordColumns, dataset: Dataset) -> tuple[Column, ...]:
    """The columns without their functions, as a table takes them.

    Their labels and blanks may have `{brief}` and the like in place of the dataset's words for its sources.
    """
    return tuple(
        replace(column, label=worded(dataset, column.label), blank=worded(dataset, column.blank))
        for column, _ in columns
    )


def record_rows(columns: RecordColumns, dataset: Dataset, records: Iterable[Any]) -> tuple[Row, ...]:
    """A row for each record, with one value for each column."""
    return tuple(tuple(value(dataset, record) for _, value in columns) for record in records)


def replaced(columns: RecordColumns, key: str, value: Callable[[Dataset, Any], Value]) -> RecordColumns:
    """The columns with another function for the values of one of them."""
    return tuple((column, value if column.key == key else own) for column, own in columns)
