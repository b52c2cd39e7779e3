"""Column widths for terminal tables, and which columns to drop when they do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.cells import cell_len

from ruralsyn.page.document import Column
from ruralsyn.record import Record

GAP = 2
"""The number of blanks between columns."""
COMFORT = 14
"""The width below which a column of running text is unpleasant to read."""
READABLE = 48
"""The width at which running text wraps if nothing limits it."""
UNLIMITED = 100_000
"""The width for a pipe, which has none: Rich needs a number."""


class Measure(Record):
    """The widths that a column wants and needs."""

    natural: int
    """The width of its longest line."""
    minimum: int
    """The width of its longest word, or of its longest line if its values must not wrap."""
    word: int
    """The width of its longest word."""
    weight: int
    """As in `Column`."""
    spare: int
    """As in `Column`."""

    @property
    def needed(self) -> int:
        """The width that it needs to be easy to read."""
        return min(self.natural, max(self.minimum, COMFORT * self.weight))

    def share(self, width: int) -> int:
        """Its width if a unit of weight gets `width`: at least the minimum, at most its longest line."""
        return min(self.natural, max(self.minimum, width * self.weight))


def measure(column: Column, texts: Sequence[str]) -> Measure:
    """The widths of a column with these cells."""
    texts = (column.label, *texts)
    natural = _longest(line for text in texts for line in text.splitlines())
    word = _longest(word for text in texts for word in text.split())
    return Measure(natural, natural if column.whole else word, word, column.weight, column.spare)


def _longest(parts: Iterable[str]) -> int:
    # cell_len() counts wide characters as two and is many times slower than len(), which ASCII allows.
    return max((len(part) if part.isascii() else cell_len(part) for part in parts), default=0)


def fit(measures: Sequence[Measure], width: int) -> tuple[list[int], list[int]]:
    """The columns to keep and to drop, by index. Columns are dropped until the rest are easy to read."""
    kept = list(range(len(measures)))
    dropped: list[int] = []
    while sum(measures[index].needed + GAP for index in kept) - GAP > width:
        # No column may be dropped any more: widths() then makes the rest narrower.
        spare = [index for index in kept if measures[index].spare]
        if not spare:
            break
        # Of equal columns the rightmost goes, since the leftmost ones name the row.
        goes = max(spare, key=lambda index: (measures[index].spare, index))
        kept.remove(goes)
        dropped.append(goes)
    # Sorted, since a note names them and should follow the order of the table.
    return kept, sorted(dropped)


def widths(measures: Sequence[Measure], width: int) -> list[int] | None:
    """A width for each column: the full width if there is room, otherwise a share by weight.

    None if not even the longest words have room: no word is broken.
    """
    if width == UNLIMITED:
        return [one.share(READABLE) for one in measures]
    room = width - GAP * (len(measures) - 1)
    if sum(one.natural for one in measures) <= room:
        return [one.natural for one in measures]
    # Between values that must not wrap and none at all, wrapping is better.
    if sum(one.minimum for one in measures) > room:
        measures = [replace(one, minimum=one.word) for one in measures]
    if sum(one.minimum for one in measures) > room:
        return None
    # The largest share that fits. Trying all is cheap: there are no more than the columns of a terminal.
    share = max(share for share in range(room + 1) if sum(one.share(share) for one in measures) <= room)
    sizes = [one.share(share) for one in measures]
    # Rounding leaves a few characters over, which go to the columns that lack most.
    for index in sorted(range(len(sizes)), key=lambda each: sizes[each] - measures[each].natural):
        sizes[index] += max(0, min(room - sum(sizes), measures[index].natural - sizes[index]))
    return sizes
