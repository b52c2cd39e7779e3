"""Numbers for footnotes, in the order in which they occur. Equal footnotes share a number."""

from __future__ import annotations

from ruralsyn.page.values import Cite, Noted, Sourced, Value


class Footnotes:
    """The footnotes of one table or document, collected while it is rendered."""

    def __init__(self) -> None:
        # By content, so that a note on ten cells is printed once.
        self._numbers: dict[tuple[str, tuple[Cite, ...]], int] = {}

    def number(self, noted: Noted) -> int:
        """The number of the footnote: a new one unless the same text and citations occurred before."""
        return self._numbers.setdefault((noted.note, noted.cites), len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, str, tuple[Cite, ...]]]:
        """The number, text and citations of each footnote, in order."""
        return [(number, note, cites) for (note, cites), number in self._numbers.items()]


def peel(value: Value) -> tuple[Value, tuple[Noted, ...], tuple[Cite, ...]]:
    """The plain value, its footnotes, and its citations.

    A footnote without text only holds citations, so it counts as citations.
    """
    footnotes: list[Noted] = []
    cites: tuple[Cite, ...] = ()
    # The wrappers nest: a value can have a footnote as well as paragraphs.
    while isinstance(value, Noted | Sourced):
        if isinstance(value, Noted) and value.note:
            footnotes.append(value)
        else:
            cites += value.cites
        value = value.value
    # Reversed, so that the note closest to the value comes first.
    return value, tuple(reversed(footnotes)), cites
