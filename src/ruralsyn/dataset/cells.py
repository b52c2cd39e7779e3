"""What a cell of a table of effects means: a record by any of its names, a value, a number, a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from ruralsyn.dataset.conversion import OTHER_WORDS, PLACE, quoted
from ruralsyn.dataset.countries import CountryCode, named, suggestions
from ruralsyn.dataset.naming import fold, similar, spellings


class CellError(ValueError):
    """A cell does not mean what its column holds."""


Value = TypeVar("Value", bound=StrEnum)

YES = frozenset(("true", "yes", "y", "1", "x", "verdadero", "si", "vrai", "oui"))
NO = frozenset(("false", "no", "n", "0", "falso", "faux", "non"))


def record_named(records: Mapping[str, Any], cell: str, what: str, listed: str = "") -> str:
    """The id of the record that has this name.

    Raises CellError if there is none, with the nearest or else the word by which `vocabulary` lists them.
    """
    folded = fold(cell)
    names = {fold(name): key for key, record in records.items() for name in spellings(record)}
    if folded not in names:
        everything = f"; `ruralsyn vocabulary {listed}` lists them" if listed else ""
        raise CellError(f"{quoted(cell)} is not {what}{_near(folded, names) or everything}")
    return names[folded]


def value_of(kind: type[Value], cell: str) -> Value:
    """The value that a cell names, with or without a mark such as ▲. Raises CellError if it names none."""
    words = {fold(word): value for value in kind for word in (value.value, *OTHER_WORDS.get(value, ()))}
    folded = fold(cell)
    if folded not in words:
        listed = ", ".join(value.value for value in kind)
        raise CellError(f"{quoted(cell)} is not one of {listed}{_near(folded, words)}")
    return words[folded]


def country_of(cell: str) -> CountryCode:
    """The country that a cell names. Raises CellError, with the nearest, if it names none."""
    country = named(cell)
    if country is None:
        near = suggestions(cell)
        raise CellError(f"{quoted(cell)} is not a country" + (f"; did you mean {near[0]}?" if near else ""))
    return country


def truth_of(cell: str) -> bool:
    """Whether a cell says yes. Raises CellError if it says neither yes nor no."""
    folded = fold(cell)
    if folded not in YES | NO:
        raise CellError(f"{quoted(cell)} is neither true nor false")
    return folded in YES


def number_of(cell: str) -> int:
    """The whole number in a cell, with or without marks for thousands. Raises CellError for anything else."""
    # A spreadsheet puts an apostrophe before a number that is kept as text.
    digits = cell.removeprefix("'")
    if re.fullmatch(r"[0-9]+[.,]0{1,2}", digits):
        digits = re.split(r"[.,]", digits)[0]
    elif re.fullmatch(r"[0-9]{1,3}([ .,'\u00a0\u202f][0-9]{3})+", digits):
        digits = re.sub(r"[^0-9]", "", digits)
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise CellError(f"{quoted(cell)} is not a whole number")
    return int(digits)


def parts_of(cell: str) -> list[str]:
    """The parts of a cell that holds several: CSV has `; ` between them."""
    return [part.strip() for part in cell.split(";") if part.strip()]


class Place(NamedTuple):
    """A place as a cell gives it: the words for the source, and where in it."""

    source: str
    """An id, a code or a title; empty if the cell only has a page."""
    section: str = ""
    """A section, or a page such as `p. 14`; empty for the whole source."""
    paragraph: int | None = None


_PARAGRAPH = re.compile(r"(?P<source>[^/]+?)[/ ](?P<section>[\w-]+)(?:/| ?¶ ?)(?P<paragraph>[0-9]{1,8})")
_PAGE = re.compile(
    r"(?:(?P<source>.*?)[\s,/:]+)?(?P<kind>pages?|pp?\.?|ch\.|fig\.|table|annex|box) ?"
    r"(?P<number>(?:[0-9]\w*|[a-z]|[ivxlc]+)(?:[-–]\w+)?)",
    re.IGNORECASE,
)


def place_of(cell: str) -> Place:
    """The place that one part of a cell names.

    It may be as in a file (`hsnp-2016/p. 14`, `general-results/finance/2`), as in a table (`GR finance ¶2`)
    or in words (`Merttens and others 2016, p. 14`).
    """
    source, slash, place = cell.partition("/")
    if slash and PLACE.match(place):
        return Place(source, place)
    if found := _PARAGRAPH.fullmatch(cell):
        return Place(found["source"], found["section"], int(found["paragraph"]))
    if found := _PAGE.fullmatch(cell):
        kind, number = found["kind"].lower(), found["number"]
        if kind.startswith("p"):
            kind = "pp." if "-" in number or "–" in number else "p."
        return Place(found["source"] or "", f"{kind} {number}")
    return Place(cell)


def _near(word: str, names: Iterable[str]) -> str:
    known = {name: (names[name] if isinstance(names, Mapping) else name) for name in names}
    near = similar(word, known)
    begun = [name for name in known if word and name.startswith(word)]
    return f"; did you mean {known[(near or begun)[0]]}?" if near or begun else ""
