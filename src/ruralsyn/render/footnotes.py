"""Numbers for footnotes, in the order in which they occur. Equal footnotes share a number."""

from __future__ import annotations

from ruralsyn.page.values import Cite, Noted


class Footnotes:
    """The footnotes of a table or document, collected while it is rendered."""

    def __init__(self) -> None:
        # By content, so that a note on ten cells is printed once.
        self._numbers: dict[tuple[str, tuple[Cite, ...]], int] = {}

    def number(self, noted: Noted) -> int:
        """The number of the footnote: a new one unless the same text and citations occurred before."""
        return self._numbers.setdefault((noted.note, noted.cites), len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, str, tuple[Cite, ...]]]:
        """The number, text and citations of each footnote, in order."""
        return [(number, note, cites) for (note, cites), number in self._numbers.items()]
