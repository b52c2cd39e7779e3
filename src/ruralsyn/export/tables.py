"""The tables of an export: records and vocabulary with all their fields, and links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_type_hints

from ruralsyn.dataset.model import Dataset, Programme
from ruralsyn.dataset.structure import NESTED
from ruralsyn.evidence.selection import Selection
from ruralsyn.export.dictionary import RENAMED, TABLES, Entry, Field, field_of
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.values import Cite, Value, peel
from ruralsyn.record import Record
from ruralsyn.render.data import data_of
from ruralsyn.views import cases, coordination, effects, lessons, programmes, recommendations, sources
from ruralsyn.views.columns import RecordColumns, file_column, heads, record_rows
from ruralsyn.views.evidence_map import map_data
from ruralsyn.views.values import field_value


class Exported(Record):
    """A table of an export, with what its columns hold."""

    table: Table
    """The table with the columns that programs get."""
    entry: Entry
    fields: tuple[Field, ...]
    """What each column holds, in the order of the columns."""

    @property
    def id(self) -> str:
        """The name of the table."""
        return self.table.id

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.key for column in self.table.columns)

    def pairs(self) -> Iterator[tuple[str, Field]]:
        """The columns by name, each with what it holds."""
        return zip(self.keys, self.fields, strict=True)

    def requires(self, key: str, field: Field) -> bool:
        """Whether every row has a value in this column."""
        return field.required or key in self.entry.key

    def references(self) -> Iterator[tuple[str, str, str]]:
        """The columns that hold keys of a table, each with the table and the name of the key there."""
        for key, field in self.pairs():
            # The key of a table refers to itself, which says nothing.
            if field.refers and field.kind == "string" and self.entry.key != (key,):
                (other,) = TABLES[field.refers].key
                yield key, field.refers, other


def exported_tables(selection: Selection) -> tuple[Exported, ...]:
    """The tables of records and vocabulary, in the order of the dictionary.

    Records are those that match the filter, as in the commands that show them; programmes also those that
    the cases and effects name. What no filter reads, such as organisations and vocabulary, is all there.
    """
    made = (_MADE[name](selection) if name in _MADE else _records(selection, name) for name in TABLES)
    return tuple(_described(name, table) for name, table in zip(TABLES, made, strict=True))


def _described(name: str, table: Table) -> Exported:
    exported = table.exported()
    described = tuple(known_field(name, column.key) for column in exported.columns)
    return Exported(Table(name, "", exported.columns, exported.rows), TABLES[name], described)


def known_field(table: str, key: str) -> Field:
    """What a column of an export holds. Raises LookupError for one that the dictionary lacks."""
    field = field_of(table, key)
    if field is None:
        raise LookupError(f"the data dictionary lacks {table}.{key}")
    return field


# Records --------------------------------------------------------------------------------------------------

_COLUMNS: dict[str, RecordColumns] = {
    "cases": cases.COLUMNS,
    "effects": effects.COLUMNS,
    "findings": coordination.COLUMNS,
    "lessons": lessons.COLUMNS,
    "recommendations": recommendations.COLUMNS,
    "programmes": programmes.COLUMNS,
    "briefs": sources.BRIEF_COLUMNS,
    "discrepancies": sources.DISCREPANCY_COLUMNS,
}
"""The columns that commands print, which come first."""


def _records(selection: Selection, name: str) -> Table:
    """The records of a kind: the columns that commands print, then its other fields, and the file."""
    dataset, kind = selection.dataset, RENAMED.get(name, name)
    columns = _columns_of(name, kind)
    return Table(name, "", heads(columns, dataset), record_rows(columns, dataset, _chosen(selection, kind)))


@cache
def _columns_of(name: str, kind: str) -> RecordColumns:
    printed = tuple(pair for pair in _COLUMNS.get(name, _key_column(name)) if pair[0].machine)
    *first, last = printed
    from_file = file_column(kind, _key_of)
    if last[0].key != "file":
        first.append(last)
    known = {column.key for column, _ in first}
    others = (one for one in _fields_of(kind) if one not in known)
    return (*first, *(_field_column(kind, one) for one in others), *from_file)


def _key_column(name: str) -> RecordColumns:
    (key,) = TABLES[name].key
    return ((Column(key, key), lambda _, record: record.id),)


def _field_column(kind: str, name: str) -> tuple[Column, Callable[[Dataset, Any], Value]]:
    return Column(name, name), lambda dataset, record: field_value(dataset, kind, name, getattr(record, name))


def _key_of(record: Any) -> str:
    """The key of a record: effects and findings have that of their case before their own."""
    key: str = getattr(record, "key", record.id)
    return key


def _fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record, without its id, its case and the records inside it."""
    hints = get_type_hints(_holder(kind))
    record = get_args(hints[kind])[1]
    return tuple(
        spec.name for spec in fields(record) if spec.name not in ("id", "case") and spec.name not in NESTED
    )


def _holder(kind: str) -> type:
    """The class that has the records of a kind as a field."""
    if kind not in NESTED:
        return Dataset
    held: type = get_args(get_type_hints(Dataset)[NESTED[kind]])[1]
    return held


def _chosen(selection: Selection, kind: str) -> Iterable[Any]:
    if kind == "programmes":
        return _programmes(selection)
    if kind in ("cases", "effects", "findings", "lessons", "recommendations"):
        return selection.records(kind)
    records: dict[str, Any] = getattr(selection.dataset, kind)
    return records.values()


def _programmes(selection: Selection) -> Iterable[Programme]:
    """The programmes that match, and those that the cases and effects name."""
    named = {programme.id for programme in selection.programmes}
    named.update(name for case in selection.cases for name in case.programmes)
    named.update(name for effect in selection.effects for name in effect.programmes)
    return (record for key, record in selection.dataset.programmes.items() if key in named)


_MADE: dict[str, Callable[[Selection], Table]] = {
    "map": lambda selection: map_data(selection, "domain"),
    "sections": lambda selection: sources.sections_table(selection.dataset),
    "contacts": lambda selection: sources.contacts_table(selection.dataset),
}
"""Tables whose rows are not records by themselves."""


# Links ----------------------------------------------------------------------------------------------------

LINKED = (
    ("cases", "programmes"),
    ("effects", "programmes"),
    ("findings", "levels"),
    ("map", "depends_on"),
    ("lessons", "regions"),
    ("recommendations", "audiences"),
    ("recommendations", "regions"),
    ("briefs", "publishers"),
    ("projects", "run_by"),
    ("projects", "funded_by"),
)
"""The lists of references that get a table of their own."""


def links(tables: Sequence[Exported]) -> Iterator[Exported]:
    """Tables with an item of a list in each row, for formats whose cells hold no lists: CSV and SQLite.

    One for each list of references, such as `effects_programmes`, one for all places and one for all
    discrepancies that records name.
    """
    by_id = {exported.id: exported for exported in tables}
    yield from (_link(by_id[name], key) for name, key in LINKED)
    yield _of_all(tables, "citations", "Where the sources say what a record says.", "source", _PLACE)
    yield _of_all(
        tables, "record_discrepancies", "Discrepancies that concern a record.", "discrepancies", _ONE
    )


def _link(exported: Exported, key: str) -> Exported:
    """The items of a column with the key of their row."""
    place = exported.keys.index(key)
    (item,) = TABLES[exported.fields[place].refers].key
    own = [exported.keys.index(one) for one in exported.entry.key]
    rows = tuple(
        (*(row[index] for index in own), value) for row in exported.table.rows for value in _items(row[place])
    )
    keys = (*exported.entry.key, item)
    entry = Entry(keys, f"`{key}` of {exported.id}, one in each row.")
    return _linking(f"{exported.id}_{key}", entry, keys, rows)


_PLACE = ("place", "brief", "section", "paragraph")
_ONE = ("discrepancy",)


def _of_all(tables: Iterable[Exported], name: str, about: str, key: str, others: tuple[str, ...]) -> Exported:
    """The items of the columns with this name in all tables."""
    rows = tuple(
        (exported.id, ".".join(str(data_of(row[index])) for index in own), *_parts(item))
        for exported in tables
        if key in exported.keys
        for place, own in [
            (exported.keys.index(key), [exported.keys.index(one) for one in exported.entry.key])
        ]
        for row in exported.table.rows
        for item in _items(row[place])
    )
    keys = ("table", "record", *others)
    return _linking(name, Entry(("table", "record", others[0]), about), keys, rows)


def _linking(name: str, entry: Entry, keys: tuple[str, ...], rows: tuple[Row, ...]) -> Exported:
    columns = tuple(Column(key, key) for key in keys)
    fields = tuple(known_field(name, key) for key in keys)
    return Exported(Table(name, "", columns, rows), entry, fields)


def _items(value: Value) -> Iterable[Value]:
    """The items of a list, each once."""
    value, _ = peel(value)
    return dict.fromkeys(value if isinstance(value, tuple) else () if value is None else (value,))


def _parts(item: Value) -> Row:
    """A place in its parts; anything else as it is."""
    return (
        (str(item), item.brief, item.section or None, item.paragraph) if isinstance(item, Cite) else (item,)
    )
