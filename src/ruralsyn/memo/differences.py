"""A difference between two states of a generated text, and how much of it is quoted."""

from __future__ import annotations

from ruralsyn.record import Record

LONGEST, LONGEST_NAME = 60, 100
"""The most characters of a quotation and of the name of a row."""
AROUND = 3
"""How many words before a difference are quoted."""


class Difference(Record):
    """What one state has and the other has not, or what is different in both."""

    name: str
    """What differs: a row, or a cell of a row. Empty for a sentence, which `old` and `new` quote."""
    old: str | None = None
    new: str | None = None
    """None for both means that the whole row is in one of the states only."""
    added: bool = False
    """Whether that is the new one."""


def changed(name: str, old: str, new: str) -> Difference:
    """What is different in both states, cut so that the difference is to be seen."""
    before, after = shorts(old, new)
    return Difference(name, before, after)


def shorts(old: str, new: str) -> tuple[str, str]:
    """Two texts that differ, both cut, so that a difference is to be seen."""
    before, after = short(old), short(new)
    if before != after:
        return before, after
    # From the beginning of the first word that differs, and some words before it.
    pairs = enumerate(zip(old, new, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))
    words = old[:place].split(" ")
    start = len(" ".join(words[: -AROUND - 1])) + 1
    return f"… {short(old[start:])}", f"… {short(new[start:])}"


def short(text: str, longest: int = LONGEST) -> str:
    """The text, or its first words and a sign that there are more."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
