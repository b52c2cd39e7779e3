"""Names of records: the name that people see, and every spelling by which a record can be found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ruralsyn.dataset.model import Dataset, Effect


NAME_FIELDS = ("name", "title", "label", "short", "acronym")
"""The fields in which a record has its names. No kind of record has all of them."""


def label_of(record: Any) -> str:
    """The name or title of a record, or its id if it has neither."""
    for name in ("name", "title"):
        if isinstance(value := getattr(record, name, None), str):
            return value
    return str(record.id)


def spellings(record: Any) -> tuple[str, ...]:
    """Everything that a user can type for a record: id, names, acronym, aliases and codes."""
    # The codes of a country are among its aliases.
    single = (getattr(record, name, None) for name in ("id", *NAME_FIELDS))
    names = (name for name in single if isinstance(name, str))
    # A record with a fault may have None among its aliases.
    return (*names, *(name for name in getattr(record, "aliases", ()) if name))


def labelled_apart(dataset: Dataset, effect: Effect) -> bool:
    """Whether the brief labels the effect differently from its case, e.g. FEST in FEST + UNIDOS."""
    # Folded, because a brief may vary the spelling: "Nioro Cash +" is no other label than "Nioro Cash+".
    label = effect.intervention
    return label is not None and fold(label) != fold(dataset.cases[effect.case].label)


# Cached, because a table of 10,000 rows names the same records in each of them.
@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """The text without case, accents, punctuation and extra spaces: `Perú` and `PERU` give the same."""
    if not text.isascii():
        # NFKD splits letters from their accents, which are left out. "ø" has no accent and stays.
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = text.casefold()
    if folded.isalnum():
        return folded  # One word: the slower way below would give the same.
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def similar(word: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.7) -> list[str]:
    """Up to `most` of the known words that are similar to a mistyped one, most similar first.

    `cutoff` is the least similarity, from 0 for words without a common letter to 1 for the word itself.
    """
    from difflib import get_close_matches  # Imported here, because only a mistyped word needs it.

    # What is much longer is no mistyped word, and comparing takes time that grows with its length.
    return get_close_matches(word[:LONGEST], list(known), n=most, cutoff=cutoff)


LONGEST = 60
"""How much of a word is compared, and how much of a value a message repeats."""
