"""Words of sentences: numbers with their nouns, forms of verbs, and lists."""

from __future__ import annotations

from collections.abc import Iterable

# "no" for 0, so that count() gives "no case".
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def word(number: int) -> str:
    """A number for running text: in letters up to twelve."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `no case`, `one case`, `two cases`, `48 effects`."""
    return f"{word(number)} {noun if number in (0, 1) else plural or noun + 's'}"


def verb(number: int, singular: str, plural: str) -> str:
    """The form of a verb for this number of things."""
    return singular if number in (0, 1) else plural


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`. Raises ValueError for no words."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
