"""Conversion of TOML values into records, driven by the type hints of the model.

A converter takes a TOML value, its path and the list of problems. It returns the value for the model. If the
value is wrong, it adds a problem to the list and returns _BAD, or what is right in it. No converter stops at
the first fault, so a person sees all faults of a file at once.
"""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin

from ruralsyn.characters import CONTROLS, INVISIBLE
from ruralsyn.dataset.model import Benefit, Dataset, DatasetInfo, Design, Direction, Locator, RiskOfBias, Rule
from ruralsyn.dataset.naming import LONGEST, similar
from ruralsyn.errors import KeyPath, Problem
from ruralsyn.record import incomplete

# "\Z", because "$" would also match before a line break at the end of a quoted key.
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
# A page or another part of a source whose paragraphs are not counted.
PLACE = re.compile(r"(p\.|pp\.|ch\.|fig\.|table|annex|box) \w+([-–]\w+)?\Z")
TYPE_NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number with a decimal point",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}
BIGGEST = 10**12
"""The largest whole number that a file may give, far above any sample or page."""

BLANK = "FILL IN"
"""How a text begins that a skeleton leaves to a person."""

Converter = Callable[[Any, KeyPath, list[Problem]], Any]
# A marker that no value of a file can be equal to.
_BAD = object()


def convert(tables: Mapping[str, object], problems: list[Problem]) -> Dataset:
    """The tables as a Dataset. Adds each fault to `problems`; what is wrong or missing is then None."""
    result = _converter(Dataset)(tables, (), problems)
    assert isinstance(result, Dataset)
    return result


def convert_info(table: object, problems: list[Problem]) -> DatasetInfo | None:
    """What a file says of itself. Adds each fault to `problems`; with a fault, it is None."""
    faults: list[Problem] = []
    info = _converter(DatasetInfo)(table, ("dataset",), faults)
    problems.extend(faults)
    return info if isinstance(info, DatasetInfo) and not faults else None


@cache
def _converter(hint: Any) -> Converter:
    """The converter for a type hint. It is made once and kept, as many fields have the same hint."""
    origin, arguments = get_origin(hint), get_args(hint)
    # `str | None` and `Optional[str]` have different origins. None is skipped: TOML has no null value.
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _converter(inner)
    # Several values in the model, but one text in the file.
    if hint is Locator:
        return _to_locator
    if origin is tuple:
        return _list_converter(_converter(arguments[0]))
    if origin is dict:
        return _table_converter(_converter(arguments[1]), keyed=is_dataclass(arguments[1]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_converter(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_converter(hint)
    return {str: _to_text, int: _to_number}.get(hint, _to_switch)


def is_blank(value: object) -> bool:
    """Whether a value is still to be filled in."""
    return isinstance(value, str) and value.startswith(BLANK)


def _refused(fault: Problem, value: object, problems: list[Problem]) -> Any:
    """_BAD, with the fault in the list. A blank has a fault of its own, whatever belongs there."""
    blank = Problem(fault.path, "is a blank to fill in", rule="blank")
    problems.append(blank if is_blank(value) else fault)
    return _BAD


def _wrong_type(expected: type, value: object, path: KeyPath, problems: list[Problem]) -> Any:
    return _refused(type_fault(expected, value, path), value, problems)


def type_fault(expected: type, value: object, path: KeyPath) -> Problem:
    """The fault of a value that has another type than the expected one."""
    found = TYPE_NAMES.get(type(value), f"a {type(value).__name__}")
    advice = ""
    if expected is dict and isinstance(value, list) and value and isinstance(value[0], dict):
        found = "an array of tables"
        advice = f"; write [{'.'.join(map(str, path))}.ID] with an id of your own, once for each"
    return Problem(path, f"should be {TYPE_NAMES[expected]}, not {found}{advice}", rule="type")


def _to_text(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    if type(value) is not str:
        return _wrong_type(str, value, path, problems)
    # Nearly every text ends here: the checks below take more than twice as long.
    if value.isprintable() and value and value[0] != " " != value[-1] and not value.startswith(BLANK):
        # One spelling of an accented letter, so that the same word is found however it was typed.
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    fault = fault_of(value)
    if fault or is_blank(value):
        return _refused(Problem(path, fault, rule="text"), value, problems)
    return unicodedata.normalize("NFC", value)


@cache
def unprintable() -> re.Pattern[str]:
    """Matches what no text may have: characters that move cursor or reading order, noncharacters."""
    # Compiled when it is first needed, because nearly every text is seen to be printable without it.
    return re.compile(f"[{CONTROLS}{INVISIBLE}]")


def fault_of(text: str) -> str:
    """What is wrong with a text; empty if nothing is."""
    if not text.strip():
        return "is empty; leave it out if the source does not say"
    # Other characters that are not printable, such as no-break spaces, are allowed.
    if found := unprintable().search(text):
        what = (
            "a line break"
            if found[0] in "\n\r\u2028\u2029"
            else f"the invisible character U+{ord(found[0]):04X}"
        )
        return f"contains {what}; remove it"
    return "begins or ends with a blank; remove it" if text != text.strip() else ""


def _to_locator(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    if type(value) is not str:
        return _wrong_type(str, value, path, problems)
    # A blank may look like a place: "FILL IN: source/p. 3".
    parts = [] if value.startswith(BLANK) else value.split("/")
    # isdecimal(), because isdigit() accepts "²". The limit keeps int() from refusing 5,000 digits.
    if len(parts) == 3 and parts[2].isascii() and parts[2].isdecimal() and len(parts[2]) < 9:
        return Locator(parts[0], parts[1], int(parts[2]))
    if len(parts) == 2 and PLACE.match(parts[1]):
        return Locator(parts[0], parts[1])
    if len(parts) == 1 and ID.match(value):
        return Locator(value)
    forms = '"source/section/1", "source/p. 14" or "source"'
    fault = Problem(path, f"should be a place like {forms}, not {quoted(value)}", rule="locator")
    return _refused(fault, value, problems)


def _to_number(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    # Not isinstance(): Python's bool is an int, so `true` would pass for a whole number.
    if type(value) is not int:
        return _wrong_type(int, value, path, problems)
    if not 0 <= value <= BIGGEST:
        problems.append(Problem(path, "should be 0 or more" if value < 0 else "is too large", rule="range"))
        return _BAD
    return value


def _to_switch(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    return value if type(value) is bool else _wrong_type(bool, value, path, problems)


def _enum_converter(kind: type[StrEnum]) -> Converter:
    members = {member.value: member for member in kind}

    def to_member(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        # TOML allows a list or a table here, which get() cannot look up.
        member = members.get(value) if isinstance(value, str) else None
        if member is None:
            message = f"{quoted(value)} is not one of {', '.join(members)}{_nearest(value, members)}"
            return _refused(Problem(path, message, rule="value"), value, problems)
        return member

    return to_member


def _list_converter(item: Converter) -> Converter:
    def to_tuple(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if type(value) is not list:
            return _wrong_type(list, value, path, problems)
        # Nearly every list is right. Only for another one the position of each item is needed.
        before = len(problems)
        converted = tuple(item(element, path, problems) for element in value)
        if len(problems) == before and len(set(converted)) == len(converted):
            return converted
        del problems[before:]
        return faulty(value, path, problems)

    def faulty(value: list[Any], path: KeyPath, problems: list[Problem]) -> tuple[Any, ...]:
        # A faulty item is None, so that the others keep their positions.
        items: list[Any] = []
        seen: set[Any] = set()
        for number, element in enumerate(value):
            converted = item(element, (*path, number), problems)
            items.append(None if converted is _BAD else converted)
            if items[-1] in seen:
                message = f"{quoted(element)} is in the list twice"
                problems.append(Problem((*path, number), message, rule="twice"))
            seen.update(() if items[-1] is None else (items[-1],))
        return tuple(items)

    return to_tuple


def _table_converter(item: Converter, *, keyed: bool) -> Converter:
    """The converter for a table of records, whose keys are ids (`keyed`), or for a plain table of values."""

    def to_dict(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            return _wrong_type(dict, value, path, problems)
        for key in value:
            if keyed and not ID.match(key):
                message = "is not an id: use lowercase words joined by hyphens"
                problems.append(Problem((*path, key), message, rule="id"))
        # A record with a wrong id is converted too, so that its own faults are reported in the same run.
        items = {key: item(element, (*path, key), problems) for key, element in value.items()}
        return {key: element for key, element in items.items() if element is not _BAD}

    return to_dict


def _record_converter(kind: type[Any]) -> Converter:
    """A converter for a dataclass. Unknown and missing fields are faults. `id` and `case` are in the path.

    A field whose name is misspelt is reported once and then read as the field that is meant.
    """
    specs = [spec for spec in fields(kind) if "made" not in spec.metadata]
    # Counted from the end of a path such as ("cases", "mali-cash-plus", "effects", "savings").
    from_path = {"id": -1, "case": -3}
    given_by_path = [(spec.name, from_path[spec.name]) for spec in specs if spec.name in from_path]
    converters: dict[str, Converter] = {
        spec.name: _converter(cast(Hashable, spec.type)) for spec in specs if spec.name not in from_path
    }
    rules: dict[str, Rule] = {spec.name: spec.metadata["rule"] for spec in specs if "rule" in spec.metadata}
    required = [
        spec.name
        for spec in specs
        if spec.name in converters and spec.name not in rules
        if spec.default is MISSING and spec.default_factory is MISSING
    ]

    def to_record(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            _wrong_type(dict, value, path, problems)
            # Its id is known all the same, so that references to it are no further faults.
            return incomplete(kind, {name: path[index] for name, index in given_by_path})
        before = len(problems)
        arguments: dict[str, Any] = {name: path[index] for name, index in given_by_path}
        for name, element in value.items():
            meant = name if name in converters else _told_unknown(name, converters, path, problems)
            # A table that is there under both names holds the records of both.
            if not meant or (meant != name and meant in value and not isinstance(element, dict)):
                continue
            converted = converters[meant](element, (*path, name), problems)
            if meant in arguments and isinstance(converted, dict) and isinstance(arguments[meant], dict):
                converted = {**converted, **arguments[meant]}
            arguments[meant] = converted
        for name in required:
            if name not in arguments:
                problems.append(Problem((*path, name), "is missing", rule="missing"))
        absent = {name: rule for name, rule in rules.items() if name not in arguments}
        if absent:
            arguments |= _worked_out(absent, arguments, path, problems)
        if len(problems) == before:
            return kind(**arguments)
        return incomplete(kind, {name: made for name, made in arguments.items() if made is not _BAD})

    return to_record


def _told_unknown(name: str, known: Iterable[str], path: KeyPath, problems: list[Problem]) -> str:
    """The field that an unknown name stands for, or an empty text. Adds the name to the problems."""
    meant = _meant(name, known)
    near = f"; did you mean `{meant}`?" if meant else _known(known)
    problems.append(Problem((*path, name), f"is not a field here{near}", rule="field"))
    return meant


def _worked_out(
    rules: Mapping[str, Rule], given: Mapping[str, Any], path: KeyPath, problems: list[Problem]
) -> dict[str, Any]:
    """The fields that a file leaves out, by their rules. Each advice is one fault at most."""
    found: dict[str, Any] = {}
    faults: dict[str, Problem] = {}
    for name, rule in rules.items():
        # A field that is read from one that is at fault is no fault of its own.
        if any(given.get(need) is _BAD for need in rule.needs):
            continue
        try:
            value = rule.work_out(given)
        except LookupError as error:
            need, message = error.args
            faults.setdefault(need, Problem((*path, need), message, rule="code"))
            continue
        if value is not None:
            found[name] = value
        elif rule.advice:
            faults.setdefault(
                rule.advice, Problem((*path, name), f"is missing; {rule.advice}", rule="missing")
            )
    problems.extend(faults.values())
    return found


def _meant(name: str, known: Iterable[str]) -> str:
    """The known name that a misspelt one stands for; empty if none is near."""
    return next(iter(similar(name, known)), "")


def _nearest(value: object, members: Mapping[str, StrEnum]) -> str:
    if not isinstance(value, str):
        return ""
    word = value.lower()
    other = next((name for name, member in members.items() if word in OTHER_WORDS.get(member, ())), "")
    near = other or _meant(word, members)
    return f"; did you mean {near}?" if near else ""


OTHER_WORDS: dict[StrEnum, tuple[str, ...]] = {
    Direction.INCREASE: ("up", "rose", "increased"),
    Direction.DECREASE: ("down", "fell", "decreased"),
    Direction.NONE: ("no change", "unchanged", "no effect", "null"),
    Benefit.FAVOURABLE: ("good",),
    Benefit.UNFAVOURABLE: ("bad",),
    RiskOfBias.SOME: ("some concerns", "moderate", "medium"),
    Design.RANDOMISED: ("randomized", "rct"),
}
"""Other words that people write for a value. A spreadsheet may have them, a file gets the value as advice."""


def _known(names: Iterable[str]) -> str:
    return f"; its fields are {', '.join(names)}"


def quoted(value: object) -> str:
    """A value of a file as a message repeats it: in quotes, on one line, and not longer than LONGEST."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**LONGEST else "a number of very many digits"
    if not isinstance(value, str):
        return TYPE_NAMES.get(type(value), f"a {type(value).__name__}")
    short = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    import json  # Imported here, because only a fault needs it.

    # As in JSON and TOML, so that control characters are spelled out.
    return unprintable().sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(short, ensure_ascii=False))
