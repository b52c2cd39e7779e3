"""Footnotes numbered as they are met, the same text once."""

from __future__ import annotations

from ruralsyn.document import Cite, Noted, Value


class Footnotes:
    """The footnotes of one table or document while it is drawn."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[Cite, ...]], int] = {}

    def number(self, noted: Noted) -> int:
        """The footnote's number, a new one if its text is new."""
        return self._numbers.setdefault((noted.note, noted.cites), len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, str, tuple[Cite, ...]]]:
        """Number, text and places of each footnote, in order."""
        return [(number, note, cites) for (note, cites), number in self._numbers.items()]


def peel(value: Value) -> tuple[Value, tuple[Noted, ...]]:
    """A value without its footnotes, and the footnotes, outermost last."""
    footnotes: list[Noted] = []
    while isinstance(value, Noted):
        footnotes.append(value)
        value = value.value
    return value, tuple(reversed(footnotes))
