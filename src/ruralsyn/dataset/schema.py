"""The JSON Schema for dataset files, from the type hints and docstrings of the model.

The package ships the result as `data/cases.schema.json`, which editors read; only the tests run this module.
It says what `conversion` and those checks of `validation` that look at one record alone enforce. It keeps to
what Taplo and Tombi understand: no `dependentRequired`, no rule beside a `$ref`, which Taplo skips, and
`additionalProperties` in every condition, without which Tombi warns of all fields.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from ruralsyn.dataset import descriptions
from ruralsyn.dataset.conversion import BIGGEST, ID, PLACE, UNPRINTABLE
from ruralsyn.dataset.loading import NESTED
from ruralsyn.dataset.model import (
    Brief,
    Case,
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
from ruralsyn.dataset.validation import REFERENCES

Json = dict[str, Any]

_ID = ID.pattern.removesuffix(r"\Z")
_PLACE = PLACE.pattern.removesuffix(r"\Z")


def _text(pattern: str, *, without: str = r"\n") -> Json:
    """Texts that fit the pattern as a whole and have nothing of what the other one finds."""
    # "$" also matches before a line break at the end, and no other sign for the end is known everywhere.
    return {"type": "string", "pattern": f"^{pattern}$", "not": {"pattern": without}}


BASIC: dict[str, Json] = {
    "text": _text(r"\S(.*\S)?", without=UNPRINTABLE.pattern),
    "id": {"description": "An id: lowercase words joined by hyphens.", **_text(_ID)},
    "place": {
        "description": descriptions.of_class(Locator),
        **_text(f"{_ID}(/({_ID}/[0-9]{{1,8}}|{_PLACE}))?"),
    },
}
"""The definitions that records share."""

OF_EVERY_RECORD = {
    "name": "Its name, as tables print it.",
    "title": "Its title, as tables print it.",
    "aliases": "Other names that a filter takes for it.",
    "summary": "What it is and does, in a sentence or two.",
    "text": "What the sources say, in words of your own.",
    "note": "What a reader should know about it.",
    "source": "The places in sources that say so, such as `hsnp-2016/p. 14`.",
}
"""What a field is that has the same name in many records, where the model does not say."""

RULES: dict[type, dict[str, Json]] = {
    Brief: {"code": _text(r"[^\W_]+")},
    Country: {"iso2": _text("[A-Z]{2}"), "iso3": _text("[A-Z]{3}")},
    Section: {"paragraphs": {"minimum": 1}, "no_claim": {"propertyNames": _text("[0-9]{1,8}")}},
    Lesson: {"regions": {"minItems": 1}, "source": {"minItems": 1}},
    Recommendation: {"regions": {"minItems": 1}, "source": {"minItems": 1}},
    **{
        kind: {"source": {"minItems": 1}}
        for kind in (Contact, Organisation, Programme, Case, Effect, Finding, Discrepancy)
    },
}
"""What the checks of `validation` demand of a field beyond its type. A rule with a type stands alone."""

NEEDS: dict[type, tuple[tuple[str, str], ...]] = {
    Programme: (("type", "type_basis"), ("type_basis", "type")),
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
    definitions = {kind.__name__: _definition(kind) for kind in _kinds(Dataset)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ruralsyn dataset",
        "description": "A file with data for ruralsyn: `ruralsyn effects --data FILE`.",
        "type": "object",
        "properties": _properties(Dataset),
        "additionalProperties": False,
        "$defs": BASIC | definitions,
    }


def _kinds(kind: Any) -> dict[Any, None]:
    """The records and enumerations in the fields of a record, those inside them too, in their order."""
    found: dict[Any, None] = {}
    for spec in _given(kind):
        inner = _innermost(spec.type)
        if is_dataclass(inner) or issubclass(inner, StrEnum):
            found[inner] = None
        if is_dataclass(inner):
            found |= _kinds(inner)
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
    if issubclass(kind, StrEnum):
        values = [member.value for member in kind]
        return {"description": _description_of_enum(kind), "type": "string", "enum": values}
    return {
        "description": descriptions.of_class(kind),
        "type": "object",
        "properties": _properties(kind),
        "additionalProperties": False,
        **_demands(kind),
    }


def _description_of_enum(kind: type[StrEnum]) -> str:
    said = {member.value: descriptions.of_field(kind, member.name) for member in kind}
    return " ".join(
        (descriptions.of_class(kind), *(f"`{value}`: {text}" for value, text in said.items() if text))
    )


def _properties(kind: Any) -> Json:
    return {spec.name: _property(kind, spec) for spec in _given(kind)}


def _property(kind: Any, spec: Field[Any]) -> Json:
    table = REFERENCES.get(_table_of(kind), {}).get(spec.name, "")
    type_of = _type(spec.type, "id" if table else "text")
    rule = RULES.get(kind, {}).get(spec.name, {})
    value = rule if "type" in rule else type_of | rule
    description = _description(kind, spec, table)
    # A list or a table as a default is empty, which is the same as no entry.
    default = {} if spec.default in (MISSING, None, ()) else {"default": spec.default}
    return ({"description": description} if description else {}) | value | default


def _description(kind: Any, spec: Field[Any], table: str) -> str:
    """What a field is: the text under it, or what the records in it are."""
    inner = _innermost(spec.type)
    text = descriptions.of_field(kind, spec.name) or OF_EVERY_RECORD.get(spec.name, "")
    if not text and (is_dataclass(inner) or issubclass(inner, StrEnum)):
        text = _definition_text(inner)
    among = "From" if get_origin(spec.type) is tuple else "One of"
    return " ".join(part for part in (text, f"{among} [{table}.*]." if table else "") if part)


def _definition_text(kind: Any) -> str:
    return _description_of_enum(kind) if issubclass(kind, StrEnum) else descriptions.of_class(kind)


def _table_of(kind: Any) -> str:
    """The name of the table with records of a kind, such as `cases`; empty if several tables have them."""
    holders = (Dataset, Case, Brief)
    names = [spec.name for holder in holders for spec in _given(holder) if _innermost(spec.type) is kind]
    return names[0] if len(names) == 1 else ""


def _type(hint: Any, text: str) -> Json:
    """The schema of a type hint; `text` is the definition of its texts."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _type(inner, text)
    if hint is Locator:
        return _reference("place")
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], text), "uniqueItems": True}
    if origin is dict:
        keys = {"propertyNames": _reference("id")} if is_dataclass(arguments[1]) else {}
        return {"type": "object", **keys, "additionalProperties": _type(arguments[1], text)}
    if hint is str:
        return _reference(text)
    if hint is int:
        return {"type": "integer", "minimum": 0, "maximum": BIGGEST}
    return {"type": "boolean"} if hint is bool else _reference(hint.__name__)


def _reference(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


# Fields that a record must have ---------------------------------------------------------------------------


def _demands(kind: Any) -> Json:
    """Which fields a record must have, always or beside others."""
    required = {"required": _needed(kind)}
    inside = [name for name, outer in NESTED.items() if outer == _table_of(kind)]
    if inside:
        # A file may add to a record of another file, whose own fields it then leaves out.
        only_adds = {"propertyNames": {"enum": inside}, "minProperties": 1}
        return {"if": _open(only_adds), "else": _open(required)}
    conditions = [*_conditions(kind)]
    return required | ({"allOf": conditions} if conditions else {})


def _conditions(kind: Any) -> Iterator[Json]:
    for name, other in NEEDS.get(kind, ()):
        yield _if({"required": [name]}, {"required": [other]})
    if kind is Effect:
        unprinted = {"enum": [sign.value for sign in Sign if sign is not Sign.PRINTED]}
        yield _if({"properties": {"sign": unprinted}, "required": ["sign"]}, {"required": ["note"]})


def _needed(kind: Any) -> list[str]:
    return [
        spec.name
        for spec in _given(kind)
        if spec.default is MISSING and spec.default_factory is MISSING and "rule" not in spec.metadata
    ]


def _if(condition: Json, then: Json) -> Json:
    return {"if": _open(condition), "then": _open(then)}


def _open(part: Json) -> Json:
    """A schema for some of the fields of a table, beside which it may have others."""
    return {**part, "additionalProperties": True}
