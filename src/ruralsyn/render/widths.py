"""How wide the columns of a table on a terminal are, and which go when not all have room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from ruralsyn.page.document import Column
from ruralsyn.record import Record

GAP = 2
"""Blanks between columns."""
COMFORT = 14
"""The width under which a column of running text is unpleasant to read."""
READABLE = 48
"""The width at which running text is wrapped where nothing limits it."""
UNLIMITED = 100_000
"""Rich needs some width; a pipe has none."""


class Measure(Record):
    """What a column would like and what it cannot do without."""

    natural: int
    """The width of its longest line."""
    minimum: int
    """The width of its longest word, or of its longest line if it is to be kept whole."""
    weight: int
    spare: int

    @property
    def needed(self) -> int:
        """The width that it must have to be read with ease."""
        return min(self.natural, max(self.minimum, COMFORT * self.weight))

    def share(self, width: int) -> int:
        """What it takes of an equal share: no more than it needs, no less than its longest word."""
        return min(self.natural, max(self.minimum, width * self.weight))


def measure(column: Column, texts: Sequence[str]) -> Measure:
    """The measure of a column with these cells."""
    texts = (column.label, *texts)
    natural = _longest(line for text in texts for line in text.splitlines())
    minimum = natural if column.whole else _longest(word for text in texts for word in text.split())
    return Measure(natural, minimum, column.weight, column.spare)


def _longest(parts: Iterable[str]) -> int:
    return max((len(part) if part.isascii() else cell_len(part) for part in parts), default=0)


def fit(measures: Sequence[Measure], width: int) -> tuple[list[int], list[int]]:
    """Which columns stay and which go, the most spare first, until every column has room to be read."""
    kept = list(range(len(measures)))
    dropped: list[int] = []
    while sum(measures[index].needed + GAP for index in kept) - GAP > width:
        spare = [index for index in kept if measures[index].spare]
        if not spare:
            break
        goes = max(spare, key=lambda index: (measures[index].spare, index))
        kept.remove(goes)
        dropped.append(goes)
    return kept, sorted(dropped)


def widths(measures: Sequence[Measure], width: int) -> list[int]:
    """A width for each column: all it would like if there is room, else an equal share.

    Where not even the longest words have room the widest columns give way, and only then is a word broken.
    """
    if width == UNLIMITED:
        return [one.share(READABLE) for one in measures]
    room = width - GAP * (len(measures) - 1)
    if sum(one.natural for one in measures) <= room:
        return [one.natural for one in measures]
    share = max(
        (share for share in range(1, room + 1) if sum(one.share(share) for one in measures) <= room),
        default=1,
    )
    sizes = [one.share(share) for one in measures]
    while sum(sizes) > room:
        sizes[max(range(len(sizes)), key=sizes.__getitem__)] -= 1
    for index, one in enumerate(measures):
        sizes[index] += max(0, min(room - sum(sizes), one.natural - sizes[index]))
    return sizes
