"""Footnotes numbered as they are met, the same text once."""

from __future__ import annotations

from ruralsyn.page.values import Cite, Noted, Sourced, Value


class Footnotes:
    """The footnotes of one table or document while it is drawn."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[Cite, ...]], int] = {}

    def number(self, noted: Noted) -> int:
        """The footnote's number, a new one if its text is new."""
        return self._numbers.setdefault((noted.note, noted.cites), len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, str, tuple[Cite, ...]]]:
        """Number, text and citations of each footnote, in order."""
        return [(number, note, cites) for (note, cites), number in self._numbers.items()]


def peel(value: Value) -> tuple[Value, tuple[Noted, ...], tuple[Cite, ...]]:
    """A value without what it carries for people, its footnotes, and its citations.

    A footnote without text is nothing but its citations.
    """
    footnotes: list[Noted] = []
    cites: tuple[Cite, ...] = ()
    while isinstance(value, Noted | Sourced):
        if isinstance(value, Noted) and value.note:
            footnotes.append(value)
        else:
            cites += value.cites
        value = value.value
    return value, tuple(reversed(footnotes)), cites
