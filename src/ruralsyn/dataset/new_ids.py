"""Ids for new records, made from their titles."""

from __future__ import annotations

from collections.abc import Container
from itertools import count

from ruralsyn.dataset.naming import fold

SMALL_WORDS = frozenset(
    "a an and con d de del des du e el en et for in l la las le les los of on the to y".split()
)
"""Words of titles in English, Spanish and French that an id leaves out."""
MOST_WORDS = 3
"""Up to this many words stand in an id; a longer title gives its initials."""


def short_id(title: str) -> str:
    """The words of a title as an id, or its initials: `hsnp` for Hunger Safety Net Programme.

    Empty if the title has no letter from a to z.
    """
    every = _words(title)
    words = [word for word in every if word not in SMALL_WORDS] or every
    made = "-".join(words) if len(words) <= MOST_WORDS else "".join(word[0] for word in words)
    return made.lstrip("0123456789-")


def case_id(country: str, title: str) -> str:
    """The id of a case: its country's id, and the title without the name of the country."""
    words, place = _words(title), country.split("-")
    rest = words[len(place) :] if words[: len(place)] == place else words
    return f"{country}-{short_id(' '.join(rest)) or 'case'}"


def unused(wished: str, *taken: Container[str]) -> str:
    """The id, with a number behind it if it is taken."""
    tries = (f"{wished}-{number}" if number > 1 else wished for number in count(1))
    return next(made for made in tries if not any(made in ids for ids in taken))


def _words(title: str) -> list[str]:
    folded = "".join(char if char.isascii() else " " for char in fold(title))
    return folded.split()
