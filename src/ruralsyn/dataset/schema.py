"""The JSON Schema for dataset files, from the type hints and docstrings of the model.

The package ships the result as `data/cases.schema.json`, which editors read; only the tests run this module.
It says what `conversion` and those checks of `validation` that look at one record alone enforce. It keeps to
what Taplo and Tombi understand: nothing of its own beside a `$ref`, which Taplo skips; no `dependentRequired`
and no `allOf`, beside which Taplo completes nothing; and `additionalProperties` in every condition, without
which Tombi warns of all fields.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from ruralsyn.dataset import descriptions
from ruralsyn.dataset.conversion import BIGGEST, ID, PLACE, unprintable
from ruralsyn.dataset.model import (
    Brief,
    Case,
    Codelist,
    Contact,
    Country,
    Dataset,
    Discrepancy,
    Effect,
    Finding,
    Lesson,
    Locator,
    Organisation,
    Programme,
    Recommendation,
    Section,
    Sign,
)
from ruralsyn.dataset.structure import NESTED
from ruralsyn.dataset.validation import DATE, REFERENCES
from ruralsyn.record import Record

Json = dict[str, Any]


def _reference(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _text(pattern: str) -> Json:
    """Texts without unprintable characters that fit the pattern as a whole."""
    # "$" also matches before a line break at the end, but that is unprintable.
    return {"type": "string", "pattern": f"^{pattern}$", "not": _reference("unprintable")}


_ID = ID.pattern.removesuffix(r"\Z")
_PLACE = PLACE.pattern.removesuffix(r"\Z")
ANY_ID = _text(_ID)
ANY_PLACE = _text(f"{_ID}(/({_ID}/[0-9]{{1,8}}|{_PLACE}))?")
ANY_TEXT = _text(r"\S(.*\S)?")
"""Any text that is not empty and has no blank at either end."""

OF_EVERY_RECORD = {
    "name": "Its name, as tables print it.",
    "title": "Its title, as tables print it.",
    "aliases": "Other names that a filter takes for it.",
    "summary": "What it is and does, in a sentence or two.",
    "text": "What the sources say, in words of your own.",
    "note": "What a reader should know about it.",
    "source": f"Where it is said. {descriptions.of_class(Locator)}",
}
"""What a field is that has the same name in many records, where the model does not say."""

RULES: dict[type, dict[str, Json]] = {
    Brief: {"code": _text(r"[^\W_]+"), "doi": _text(r"10\.(.*\S)?")},
    Country: {"iso2": _text("[A-Z]{2}"), "iso3": _text("[A-Z]{3}")},
    Codelist: {"dated": _text(DATE)},
    Section: {"paragraphs": {"minimum": 1}, "no_claim": {"propertyNames": _text("[0-9]{1,8}")}},
    Lesson: {"regions": {"minItems": 1}, "source": {"minItems": 1}},
    Recommendation: {"regions": {"minItems": 1}, "source": {"minItems": 1}},
    **{
        kind: {"source": {"minItems": 1}}
        for kind in (Contact, Organisation, Programme, Case, Effect, Finding, Discrepancy)
    },
}
"""What the checks of `validation` demand of a field beyond its type."""

NEEDS: dict[type, tuple[tuple[str, str], ...]] = {
    Programme: (
        ("type", "type_basis"),
        ("type_basis", "type"),
        ("purpose", "purpose_why"),
        ("purpose_why", "purpose"),
    ),
    Effect: (("risk_of_bias", "bias_tool"),),
    Finding: (("level_basis", "levels"),),
}
"""For each kind of record, fields that need another one."""


def schema_text() -> str:
    """The schema as the package ships it."""
    # In ASCII, so that the characters which no text may have are readable.
    return json.dumps(schema(), indent=2) + "\n"


def schema() -> Json:
    """The JSON Schema for dataset files (draft 2020-12). Every definition is in `$defs`, none in another."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ruralsyn dataset",
        "description": "A file with data for ruralsyn: `ruralsyn effects --data FILE`.",
        "type": "object",
        "properties": _properties(Dataset),
        "additionalProperties": False,
        "$defs": {
            "unprintable": {"pattern": unprintable().pattern},
            **{kind.__name__: _definition(kind) for kind in _kinds(Dataset)},
        },
    }


def _kinds(kind: Any) -> dict[Any, None]:
    """The kinds of record in the fields of a record, those inside them too, in their order."""
    found: dict[Any, None] = {}
    for spec in _given(kind):
        inner = _innermost(spec.type)
        if is_dataclass(inner):
            found |= {inner: None, **_kinds(inner)}
    return found


def _innermost(hint: Any) -> Any:
    """The type of the values in a list, a table or a field that may be left out."""
    if hint is Locator or not get_args(hint):
        return hint
    origin, arguments = get_origin(hint), get_args(hint)
    return _innermost(arguments[1] if origin is dict else arguments[0])


def _given(kind: Any) -> Iterator[Field[Any]]:
    """The fields of a record that a file gives in its table."""
    for spec in fields(kind):
        if spec.name not in ("id", "case") and "made" not in spec.metadata:
            yield spec


def _definition(kind: Any) -> Json:
    return {
        "description": descriptions.of_class(kind),
        "type": "object",
        "properties": _properties(kind),
        "additionalProperties": False,
        **_demands(kind),
    }


def _properties(kind: Any) -> Json:
    return {spec.name: _property(kind, spec) for spec in _given(kind)}


def _property(kind: Any, spec: Field[Any]) -> Json:
    table = REFERENCES.get(_table_of(kind), {}).get(spec.name, "")
    value = _type(spec.type, ANY_ID if table else ANY_TEXT) | RULES.get(kind, {}).get(spec.name, {})
    text = _description(kind, spec, table)
    description = {"description": text} if text else {}
    if value.get("type") == "array":
        # Taplo shows what the items are, and Tombi what the list is.
        value["items"] = description | value["items"]
    # A list or a table as a default is empty, which is the same as no entry.
    default = {} if spec.default in (MISSING, None, ()) else {"default": spec.default}
    return description | value | default


def _description(kind: Any, spec: Field[Any], table: str) -> str:
    """What a field is: the text under it, or what the records or values in it are."""
    text = descriptions.of_field(kind, spec.name) or OF_EVERY_RECORD.get(spec.name, "")
    among = "From" if get_origin(spec.type) is tuple else "One of"
    parts = (text or _of_kind(_innermost(spec.type)), f"{among} [{table}.*]." if table else "")
    return " ".join(part for part in parts if part)


def _of_kind(kind: Any) -> str:
    """What a kind of record is, or an enumeration and its values; empty for other types."""
    if issubclass(kind, Record):
        return descriptions.of_class(kind)
    if not issubclass(kind, StrEnum):
        return ""  # A text, a number or a place.
    said = {member.value: descriptions.of_field(kind, member.name) for member in kind}
    values = (f"`{value}`: {text}" for value, text in said.items() if text)
    return " ".join((descriptions.of_class(kind), *values))


def _table_of(kind: Any) -> str:
    """The name of the table with records of a kind, such as `cases`; empty if several tables have them."""
    holders = (Dataset, Case, Brief)
    names = [spec.name for holder in holders for spec in _given(holder) if _innermost(spec.type) is kind]
    return names[0] if len(names) == 1 else ""


def _type(hint: Any, text: Json) -> Json:
    """The schema of a type hint; `text` is the schema of its texts."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _type(inner, text)
    if hint is Locator:
        return ANY_PLACE
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], text), "uniqueItems": True}
    if origin is dict:
        keys = {"propertyNames": ANY_ID} if is_dataclass(arguments[1]) else {}
        return {"type": "object", **keys, "additionalProperties": _type(arguments[1], text)}
    if hint is str:
        return text
    if hint is int:
        return {"type": "integer", "minimum": 0, "maximum": BIGGEST}
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [member.value for member in hint]}
    return {"type": "boolean"} if hint is bool else _reference(hint.__name__)


# Fields that a record must have ---------------------------------------------------------------------------


def _demands(kind: Any) -> Json:
    """Which fields a record must have, always or beside others."""
    required = {"required": _needed(kind)}
    inside = [name for name, outer in NESTED.items() if outer == _table_of(kind)]
    if inside:
        # A file may add to a record of another file, whose own fields it then leaves out.
        only_adds = {"propertyNames": {"enum": inside}, "minProperties": 1}
        return {"if": _open(only_adds), "else": _open(required)}
    return required | _nested(_conditions(kind))


def _needed(kind: Any) -> list[str]:
    return [
        spec.name
        for spec in _given(kind)
        if spec.default is MISSING and spec.default_factory is MISSING and "rule" not in spec.metadata
    ]


def _conditions(kind: Any) -> list[tuple[Json, Json]]:
    """Conditions, each with what a record must have where it holds."""
    found: list[tuple[Json, Json]] = [
        ({"required": [name]}, {"required": [other]}) for name, other in NEEDS.get(kind, ())
    ]
    if kind is Effect:
        unprinted = {"enum": [sign.value for sign in Sign if sign is not Sign.PRINTED]}
        found.append(({"properties": {"sign": unprinted}, "required": ["sign"]}, {"required": ["note"]}))
    return found


def _nested(conditions: list[tuple[Json, Json]]) -> Json:
    """All conditions as one, each inside both branches of the one before."""
    if not conditions:
        return {}
    (condition, demand), *others = conditions
    rest = _nested(others)
    return {"if": _open(condition), "then": _open(demand | rest), "else": _open(rest)}


def _open(part: Json) -> Json:
    """A schema for some of the fields of a table, beside which it may have others."""
    return {**part, "additionalProperties": True}
