"""What a typed word stands for: the records that a name, an alias, an acronym or a code means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.errors import UsageError

# Values of filters --------------------------------------------------------------------------------------


def ids_named(records: Mapping[str, Any], word: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids of the records that the values name, without repeats. A value may be a list with commas.

    `word` is what one of the records is called. Raises UsageError, with the nearest names and how to list
    all, for a value that names nothing.
    """
    values = tuple(values)
    if not values:
        return ()
    names = names_of(records)
    ids: dict[str, None] = {}
    for value in values:
        for part in _parts(value, names):
            found = names.get(fold(part))
            if not found:
                raise UsageError(
                    f"unknown {word} '{part}'. {did_you_mean(part, names)}"
                    f"`ruralsyn vocabulary {word}` lists every value."
                )
            ids.update(dict.fromkeys(found))
    return tuple(ids)


def texts(what: str, value: object) -> tuple[str, ...]:
    """One text or several as a tuple, none for None; UsageError for anything else."""
    if value is None:
        return ()
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, Iterable) or not all(isinstance(item, str) for item in found):
        raise UsageError(f"{what} takes a text or a list of texts, not {value!r}.")
    return tuple(found)


def names_of(records: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every folded name of the records, with the ids that answer to it."""
    names: dict[str, list[str]] = {}
    for record in records.values():
        for name in dict.fromkeys(map(fold, spellings(record))):
            names.setdefault(name, []).append(record.id)
    return names


def _parts(value: str, names: Mapping[str, object]) -> list[str]:
    """A name may hold a comma itself, so the whole value is tried first."""
    return [value] if fold(value) in names else comma_parts(value)


def comma_parts(value: str) -> list[str]:
    """The values between commas; the whole where there is nothing between them."""
    return [part.strip() for part in value.split(",") if part.strip()] or [value]


# Near names ---------------------------------------------------------------------------------------------


def one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    """The value, if it is allowed; UsageError with the nearest and all of them if not."""
    known = list(allowed)
    if value in known:
        return value
    near = suggestion(nearest(value, known))
    raise UsageError(f"{what}: unknown value '{value}'. {near}There are {', '.join(known)}.")


def did_you_mean(value: str, names: Mapping[str, Sequence[str]]) -> str:
    """A question that names the ids nearest to a mistyped value, or nothing."""
    return suggestion(dict.fromkeys(key for name in nearest(value, names) for key in names[name]))


def suggestion(near: Iterable[str]) -> str:
    """A question that names what may have been meant, or nothing."""
    found = " or ".join(near)
    return f"Did you mean {found}? " if found else ""


def nearest(value: str, names: Iterable[str]) -> list[str]:
    """Up to three names that the value may be a slip for."""
    from difflib import get_close_matches

    candidates = list(names)
    folded = fold(value)
    close = get_close_matches(folded, candidates, n=3, cutoff=0.6)
    starting = [name for name in candidates if folded and name.startswith(folded)]
    return list(dict.fromkeys((*close, *starting)))[:3]


# Any record ---------------------------------------------------------------------------------------------

RECORD_KINDS: dict[str, str] = {
    "cases": "case",
    "countries": "country",
    "programmes": "programme",
    "organisations": "organisation",
    "projects": "project",
    "outcomes": "outcome",
    "domains": "domain",
    "effects": "effect",
    "findings": "finding",
    "lessons": "lesson",
    "recommendations": "recommendation",
    "discrepancies": "discrepancy",
    "briefs": "brief",
    "architectures": "architecture",
    "coordination": "type of coordination",
    "regions": "region",
    "themes": "theme",
}
"""The records that a word may stand for, in the order in which it is looked up, with what one is called."""


def records_by_key(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """The records of a kind by the key that `show` takes: `case.outcome` for an effect."""
    if kind in ("effects", "findings"):
        return {record.key: record for record in getattr(dataset, kind)}
    records: Mapping[str, Any] = getattr(dataset, kind)
    return records


def find_record(dataset: Dataset, name: str) -> tuple[str, str]:
    """The kind and the key of the record that a name stands for.

    Ids go before other names, cases and countries before the rest. Raises UsageError with the nearest
    names if there is none.
    """
    folded = fold(name)
    for spelled in (_as_key, _as_name):
        for kind in RECORD_KINDS:
            for key, record in records_by_key(dataset, kind).items():
                if folded in spelled(kind, key, record):
                    return kind, key
    kinds = ("domains", "outcomes", "programmes", "countries", "cases")
    raise UsageError(
        f"nothing is called '{name}'. {did_you_mean(name, _known(dataset, kinds))}`ruralsyn cases` lists the "
        "cases, `ruralsyn vocabulary` the names of everything else, `ruralsyn search` finds any record."
    )


def cases_named(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The cases that a name stands for: a case, all of a country, or those that study a programme.

    Raises UsageError, with the nearest names, if it stands for none.
    """
    folded = fold(name)
    meanings = (
        ("cases", lambda key: (key,)),
        ("countries", lambda key: tuple(c.id for c in dataset.cases.values() if c.country == key)),
        ("programmes", dataset.cases_of),
    )
    for kind, cases in meanings:
        for key, record in records_by_key(dataset, kind).items():
            if folded in (*_as_key(kind, key, record), *_as_name(kind, key, record)) and cases(key):
                return cases(key)
    near = did_you_mean(name, _known(dataset, ("countries", "cases")))
    raise UsageError(f"'{name}' is not a case or country. {near}`ruralsyn cases` lists them.")


def every_case_named(dataset: Dataset, names: Iterable[str]) -> tuple[str, ...]:
    """The cases that several names stand for, each name alone or a list with commas, without repeats."""
    parts = (part for name in names for part in comma_parts(name))
    return tuple(dict.fromkeys(case for part in parts for case in cases_named(dataset, part)))


def _known(dataset: Dataset, kinds: Sequence[str]) -> dict[str, list[str]]:
    """What a mistyped name may have been meant for."""
    return {
        spelling: [key]
        for kind in kinds
        for key, record in records_by_key(dataset, kind).items()
        for spelling in _as_name(kind, key, record)
    }


def _as_key(kind: str, key: str, record: Any) -> tuple[str, ...]:
    del kind, record
    return (fold(key),)


def _as_name(kind: str, key: str, record: Any) -> tuple[str, ...]:
    """An effect or finding answers to its key alone: its outcome is a record of its own."""
    if kind in ("effects", "findings"):
        return (fold(key),)
    return tuple(map(fold, spellings(record)))


# Paragraphs ---------------------------------------------------------------------------------------------

_LOCATOR = re.compile(r"^\s*([\w-]+)[\s/]+([\w-]+)[\s/,]*¶?\s*(\d+)\s*$")


def find_locator(dataset: Dataset, text: str) -> Locator | None:
    """The paragraph that is named, `GR finance ¶2` or `general-results/finance/2`; None if it is none."""
    match = _LOCATOR.match(text)
    if match is None:
        return None
    first, section, number = match.groups()
    for brief in dataset.briefs.values():
        known = brief.sections.get(section.lower())
        if fold(first) in (fold(brief.id), fold(brief.code)) and known:
            return Locator(brief.id, known.id, int(number)) if 0 < int(number) <= known.paragraphs else None
    return None
