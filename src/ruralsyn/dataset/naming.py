"""What a record is called: the name that people see, and every spelling that it answers to."""

from __future__ import annotations

import unicodedata
from typing import Any


def label_of(record: Any) -> str:
    """The name by which people know a record."""
    for name in ("name", "title"):
        if isinstance(value := getattr(record, name, None), str):
            return value
    return str(record.id)


def spellings(record: Any) -> tuple[str, ...]:
    """Everything that a record answers to: id, names, acronym, aliases, codes."""
    single = (getattr(record, name, None) for name in ("id", "name", "title", "label", "short", "acronym"))
    names = (name for name in single if isinstance(name, str))
    return (*names, *getattr(record, "aliases", ()))


def fold(text: str) -> str:
    """The text without regard to case, accents, punctuation and spacing: `Perú` and `PERU` fold alike."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = text.casefold()
    if folded.isalnum():
        return folded
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())
