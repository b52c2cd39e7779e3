"""Changes between two states of a dataset: which records were added or removed, and which fields changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, replace
from enum import StrEnum
from typing import Any

from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.structure import NESTED, TABLES
from ruralsyn.record import Record


class What(StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(Record, kw_only=True):
    """One difference between two states: a record that only one of them has, or a field that differs."""

    kind: str
    """The table of the record, such as `effects` or `briefs`."""
    key: str
    """The id of the record; for one inside another, both ids: `case.effect`."""
    what: What
    field: str = ""
    """The field that differs; empty for a record that was added or removed."""
    old: Any = None
    """The value of the field, or the record that was removed."""
    new: Any = None
    """The value of the field, or the record that was added."""


KINDS = tuple(
    kind
    for spec in fields(Dataset)
    if spec.name in TABLES
    for kind in (spec.name, *(inner for inner, outer in NESTED.items() if outer == spec.name))
)
"""Every kind of record in the order of the file, each followed by the kinds that are inside it."""
ORDERED = ("authors",)
"""The lists whose order says something. The order of all others is a matter of writing."""


def changes(old: Dataset, new: Dataset) -> tuple[Change, ...]:
    """What differs in the new state, in the order of the file; empty if all records are the same.

    The order of records is not compared, and neither is that of lists, apart from authors. A field that
    follows from another by a rule of the model, such as a label from a title, is no change of its own.
    """
    return tuple(
        change for kind in KINDS for change in _of_kind(kind, records_of(old, kind), records_of(new, kind))
    )


def records_of(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """The records of a kind by key. The dataset's description of itself is one record."""
    if outer := NESTED.get(kind):
        return {
            f"{holder.id}.{key}": record
            for holder in getattr(dataset, outer).values()
            for key, record in getattr(holder, kind).items()
        }
    table = getattr(dataset, kind)
    if isinstance(table, Mapping):
        return table
    # Files that say nothing of themselves have a title that is made of their names.
    made = bool(dataset.files.names) and not dataset.files.bundled and not dataset.files.described
    return {} if made else {kind: table}


def record_of(dataset: Dataset, kind: str, key: str) -> Any:
    """The record that `records_of` has under a key, found without the others.

    Raises KeyError if there is none.
    """
    if outer := NESTED.get(kind):
        holder, _, own = key.partition(".")
        return getattr(getattr(dataset, outer)[holder], kind)[own]
    return records_of(dataset, kind)[key]


def in_fields(change: Change) -> Iterator[Change]:
    """A record that was added or removed, field by field; a field that changed as it is."""
    record = change.old if change.what is What.REMOVED else change.new
    if change.field or not isinstance(record, Record):
        yield change
        return
    for spec in _own_fields(record):
        value = getattr(record, spec.name)
        if value not in (None, (), {}):
            which = "old" if change.what is What.REMOVED else "new"
            yield replace(change, field=spec.name, **{"old": None, "new": None, which: value})


def _of_kind(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key, record in old.items():
        if key not in new:
            yield Change(kind=kind, key=key, what=What.REMOVED, old=record)
        else:
            yield from _of_record(kind, key, record, new[key])
    for key, record in new.items():
        if key not in old:
            yield Change(kind=kind, key=key, what=What.ADDED, new=record)


def _of_record(kind: str, key: str, old: Any, new: Any) -> Iterator[Change]:
    # A synonym is a list of words and has no fields.
    if not isinstance(old, Record):
        if not _same("", old, new):
            yield Change(kind=kind, key=key, what=What.CHANGED, field="words", old=old, new=new)
        return
    for spec in _own_fields(old):
        before, after = getattr(old, spec.name), getattr(new, spec.name)
        if not (_same(spec.name, before, after) or (_follows(spec, old) and _follows(spec, new))):
            yield Change(kind=kind, key=key, what=What.CHANGED, field=spec.name, old=before, new=after)


def _own_fields(record: Any) -> Iterator[Field[Any]]:
    """The fields of a record without its key and without the records inside it."""
    return (spec for spec in fields(record) if spec.name not in ("id", "case", *NESTED))


def _same(name: str, old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple) and name not in ORDERED:
        return set(old) == set(new)  # A list of a file holds nothing twice.
    return old == new


def _follows(spec: Field[Any], record: Any) -> bool:
    """Whether the field has the value that its rule works out from other fields of the record."""
    rule = spec.metadata.get("rule")
    # A code of a country gives the other code, so each of them is read from the file.
    if rule is None or spec.name in rule.needs:
        return False
    given = {"id": record.id, **{name: getattr(record, name) for name in rule.needs}}
    try:
        return bool(rule.work_out(given) == getattr(record, spec.name))
    except LookupError:  # A code that ISO 3166 does not have gives nothing.
        return False
