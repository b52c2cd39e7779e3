"""Names: the records that a typed name, alias, acronym or code refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.dataset.validation import last_page
from ruralsyn.errors import UsageError

# Values of filters --------------------------------------------------------------------------------------


def ids_named(records: Mapping[str, Any], word: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids of the records that the values name, without repeats. A value can be a list with commas.

    `word` is the name of the filter. Raises UsageError for an unknown value. The message has the nearest
    names, and all values or the command that lists them.
    """
    values = tuple(values)
    # Most filters are not given. For them the names of the records need not be folded.
    if not values:
        return ()
    names = names_of(records)
    ids: dict[str, None] = {}
    for value in values:
        for part in _parts(value, names):
            found = names.get(fold(part))
            if not found:
                where = listing(records) or f"`ruralsyn vocabulary {word}` lists every value."
                raise UsageError(f"unknown {word} '{part}'. {did_you_mean(part, names)}{where}")
            ids.update(dict.fromkeys(found))
    return tuple(ids)


def texts(what: str, value: object) -> tuple[str, ...]:
    """A string or several strings as a tuple, empty for None. Raises UsageError for anything else."""
    if value is None:
        return ()
    # A string is an iterable of strings too, so it is recognised first.
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, Iterable) or not all(isinstance(item, str) for item in found):
        raise UsageError(f"{what} takes a string or a list of strings, not {value!r}.")
    return tuple(found)


def names_of(records: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every folded name of the records, with the ids of the records that have it."""
    # Lists, because names can be shared in a dataset that was made in Python and not checked.
    names: dict[str, list[str]] = {}
    for record in records.values():
        for name in dict.fromkeys(map(fold, spellings(record))):
            names.setdefault(name, []).append(record.id)
    return names


def _parts(value: str, names: Mapping[str, object]) -> list[str]:
    """The values in a list with commas. The whole is tried first, because a name can contain a comma."""
    return [value] if fold(value) in names else comma_parts(value)


def every_part(values: Iterable[str]) -> list[str]:
    """The values between the commas of all values."""
    return [part for value in values for part in comma_parts(value)]


def comma_parts(value: str) -> list[str]:
    """The values between commas. The whole value if there is none, so that it is reported as unknown."""
    return [part.strip() for part in value.split(",") if part.strip()] or [value]


# Near names ---------------------------------------------------------------------------------------------


FEW = 8
"""Up to this many values, an error about an unknown value lists them all."""


def listing(values: Iterable[str], *, most: int | None = FEW) -> str:
    """A sentence that lists the values, or an empty text if there are more than `most`."""
    known = list(values)
    return f"Allowed values: {', '.join(known)}." if most is None or len(known) <= most else ""


def one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    """The value, if it is allowed. Otherwise raises UsageError with the nearest and all allowed values."""
    known = list(allowed)
    if value in known:
        return value
    near = suggestion(nearest(value, known))
    # A long list would bury the suggestion, so it is only given if nothing is near.
    every = listing(known, most=FEW if near else None)
    raise UsageError(f"{what}: unknown value '{value}'. {near}{every}".rstrip())


def did_you_mean(value: str, names: Mapping[str, Sequence[str]]) -> str:
    """A question with the ids nearest to a mistyped value, or an empty text if none is near."""
    return suggestion(dict.fromkeys(key for name in nearest(value, names) for key in names[name]))


def suggestion(near: Iterable[str]) -> str:
    """A question with the values that may be meant, or an empty text if there are none."""
    found = " or ".join(near)
    return f"Did you mean {found}? " if found else ""


def nearest(value: str, names: Iterable[str], cutoff: float | None = None) -> list[str]:
    """Up to three names: those similar to the value, most similar first, then those that begin with it.

    `cutoff` is the least similarity, from 0 for names without a common letter to 1 for the value itself. By
    default it depends on the length of the value.
    """
    from difflib import get_close_matches  # Imported here, because only a mistyped value needs it.

    candidates = list(names)
    folded = fold(value)
    # Two swapped letters leave a similarity of 0.75 in a word of four letters and more in longer words. At
    # difflib's 0.6, half the letters of a long word may differ, and "franc" would suggest "finance".
    usual = 0.6 if len(folded) < 5 else 0.75
    close = get_close_matches(folded, candidates, n=3, cutoff=usual if cutoff is None else cutoff)
    # difflib finds a short beginning too different from a long name: "col" from "colombia".
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
"""The kinds of record that a name can refer to, in the order of the search, with the word for one of them."""


def records_by_key(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """The records of a kind by the key that `show` takes, such as `case.outcome` for an effect."""
    if kind in ("effects", "findings"):
        return {record.key: record for record in getattr(dataset, kind)}
    records: Mapping[str, Any] = getattr(dataset, kind)
    return records


def find_record(dataset: Dataset, name: str) -> tuple[str, str]:
    """The kind and the key of the record with this name.

    If several records have it, an id comes before other names, and the kinds have the order of RECORD_KINDS.
    Raises UsageError with the nearest names if no record has it.
    """
    folded = fold(name)
    # Ids of all kinds first: "savings" is the id of an outcome, and also an alias of a domain.
    for spelled in (_as_key, _as_name):
        for kind in RECORD_KINDS:
            for key, record in records_by_key(dataset, kind).items():
                if folded in spelled(kind, key, record):
                    return kind, key
    kinds = ("domains", "outcomes", "programmes", "countries", "cases")
    raise UsageError(
        f"no record is called '{name}'. {did_you_mean(name, _known(dataset, kinds))}`ruralsyn cases` lists "
        "the cases, `ruralsyn vocabulary` lists other names, and `ruralsyn search` finds any record."
    )


def cases_named(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The ids of the cases that a name refers to: a case, all cases of a country, or all with a programme.

    Raises UsageError with the nearest names if it refers to no case.
    """
    return _place_named(dataset, name)[2]


def _place_named(dataset: Dataset, name: str) -> tuple[str, str, tuple[str, ...]]:
    """The kind, the key and the cases of the case, country or programme with this name.

    Raises UsageError with the nearest names if there is none.
    """
    folded = fold(name)
    meanings = (
        ("cases", lambda key: (key,)),
        ("countries", lambda key: tuple(c.id for c in dataset.cases.values() if c.country == key)),
        ("programmes", dataset.cases_of),
    )
    for kind, cases in meanings:
        for key, record in records_by_key(dataset, kind).items():
            # A country or programme without cases is skipped, so that the next meaning is tried.
            if folded in (*_as_key(kind, key, record), *_as_name(kind, key, record)) and cases(key):
                return kind, key, cases(key)
    known = _known(dataset, ("countries", "cases"))
    # A country of a vocabulary, for example, need not have a case.
    if folded in known:
        raise UsageError(f"there is no case of '{name}'. `ruralsyn cases` lists them.")
    near = did_you_mean(name, known)
    raise UsageError(f"'{name}' is not a case or country. {near}`ruralsyn cases` lists them.")


def every_country_named(dataset: Dataset, names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the countries that several names refer to, or nothing if one of them is not a country.

    Names are those of `every_case_named`. Raises UsageError for a name that refers to no case.
    """
    found = [_place_named(dataset, part) for part in every_part(names)]
    if any(kind != "countries" for kind, _, _ in found):
        return ()
    return tuple(dict.fromkeys(key for _, key, _ in found))


def every_case_named(dataset: Dataset, names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the cases that several names refer to, without repeats. A name can be a list with commas."""
    return tuple(dict.fromkeys(case for part in every_part(names) for case in cases_named(dataset, part)))


def _known(dataset: Dataset, kinds: Sequence[str]) -> dict[str, list[str]]:
    """The folded names of the records of some kinds, each with the key of its record."""
    return {
        spelling: [key]
        for kind in kinds
        for key, record in records_by_key(dataset, kind).items()
        for spelling in _as_name(kind, key, record)
    }


def _as_key(kind: str, key: str, record: Any) -> tuple[str, ...]:
    del kind, record  # Not used: the signature is that of _as_name.
    return (fold(key),)


def _as_name(kind: str, key: str, record: Any) -> tuple[str, ...]:
    # The id of an effect or finding is no name for it: it may be an outcome, or occur in several cases.
    if kind in ("effects", "findings"):
        return (fold(key),)
    return tuple(map(fold, spellings(record)))


# Places -------------------------------------------------------------------------------------------------

# Tables print `GR finance ¶2`, and the data file has `general-results/finance/2`. Both are accepted.
_LOCATOR = re.compile(r"^\s*([\w-]+)[\s/]+([\w-]+)[\s/,]*¶?\s*(\d+)\s*$")


# `HSNP2016 p. 14`, `hsnp-2016/p. 14` or `hsnp-2016, table 3`.
_PLACE = re.compile(
    r"^\s*([\w-]+)[\s/,]+((?:pp?|ch|fig)\.|pp?|ch|fig|table|annex|box)\s*(\w+(?:[-–]\w+)?)\s*$", re.IGNORECASE
)
_ABBREVIATED = ("p", "pp", "ch", "fig")


def find_locator(dataset: Dataset, text: str) -> Locator | None:
    """The paragraph or page in a text such as `GR finance ¶2`, `general-results/finance/2` or `HSNP p. 14`.

    None if the text is not the place of a source.
    """
    return _find_paragraph(dataset, text) or _find_place(dataset, text)


def _find_place(dataset: Dataset, text: str) -> Locator | None:
    """The page or another part of a source whose paragraphs are not counted."""
    match = _PLACE.match(text)
    if match is None:
        return None
    first, kind, number = match.groups()
    kind = kind.lower().rstrip(".")
    place = f"{kind}{'.' if kind in _ABBREVIATED else ''} {number}"
    for brief in dataset.briefs.values():
        # Of a source with sections, the pages are places too if it says how many it has.
        by_page = not brief.sections or brief.pages is not None
        if by_page and fold(first) in (fold(brief.id), fold(brief.code)):
            beyond = brief.pages is not None and last_page(place) > brief.pages
            return None if beyond else Locator(brief.id, place)
    return None


def _find_paragraph(dataset: Dataset, text: str) -> Locator | None:
    match = _LOCATOR.match(text)
    if match is None:
        return None
    first, section, number = match.groups()
    for brief in dataset.briefs.values():
        known = brief.sections.get(section.lower())
        if fold(first) in (fold(brief.id), fold(brief.code)) and known:
            return Locator(brief.id, known.id, int(number)) if 0 < int(number) <= known.paragraphs else None
    return None
