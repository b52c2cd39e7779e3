"""Marks of the evidence map: which cells have which marks, and the legend.

`page/marks.py` has the look and the meaning of each mark. The tables here say which cells have it. Cells and
legend are both made from these tables, so a mark in a cell is never missing from the legend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import MAJORITY, Cell, Status, Summary
from ruralsyn.page.marks import MARKS, Mark
from ruralsyn.views.values import NO_CHANGE

Test = Callable[[Cell], bool]
"""Whether a cell has a mark."""

# Each table keeps the order in which the legend has the marks.
DIRECTIONS: dict[str, Test] = {
    "favourable": lambda cell: cell.direction is Summary.FAVOURABLE,
    "unfavourable": lambda cell: cell.direction is Summary.UNFAVOURABLE,
    # The plot draws the same arrow where nothing changed; the counts of the cell say which of the two it is.
    "conflicting": lambda cell: cell.direction in (Summary.CONFLICTING, Summary.NEUTRAL),
}
COUNTS: dict[str, Test] = {"neutral": lambda cell: cell.neutral > 0}
FLAGS: dict[str, Test] = {
    "unprinted": lambda cell: cell.unprinted > 0 and not cell.depends_on,
    "depends": lambda cell: bool(cell.depends_on),
}
BLANKS: dict[str, Test] = {
    "not-reported": lambda cell: cell.status is Status.NOT_REPORTED,
    "not-evaluated": lambda cell: cell.status is Status.NOT_EVALUATED,
}


# What a cell shows --------------------------------------------------------------------------------------


def arrow_of(cell: Cell) -> Mark | None:
    """The mark of a cell's direction; None if it has none."""
    return next((MARKS[key] for key, has in DIRECTIONS.items() if has(cell)), None)


def counts_of(cell: Cell) -> str:
    """The effects of a cell by benefit, in words that need no legend: `1 good †, 3 unclear`."""
    # The marks follow the effects whose signs they are about: clear ones.
    clear = {"good": cell.favourable, "bad": cell.unfavourable, NO_CHANGE: cell.neutral}
    other = {"unclear": cell.unclear, "simulated": cell.simulated}
    if _is_single(cell):
        # The arrow is all that there is to say of one effect that is good or bad.
        return ", ".join(kind for kind, number in {NO_CHANGE: cell.neutral, **other}.items() if number)
    first = _numbered(clear)
    return ", ".join(part for part in (f"{first} {flags_of(cell)}".strip(), _numbered(other)) if part)


def _numbered(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number)


def _is_single(cell: Cell) -> bool:
    """Whether a cell of a map by outcome sums up nothing: it has no counts, and its arrow has the marks."""
    return cell.outcome is not None and len(cell.effects) <= 1


def marks_of_arrow(cell: Cell) -> str:
    """The marks beside the arrow; empty where they are among the counts."""
    return flags_of(cell) if _is_single(cell) else ""


def flags_of(cell: Cell) -> str:
    """The marks of a cell on its signs."""
    return " ".join(MARKS[key].glyph for key, has in FLAGS.items() if has(cell))


def in_words(cell: Cell) -> str:
    """A cell with effects in words, for screen readers."""
    direction = cell.direction.value if cell.direction else "no clear direction"
    if cell.direction is Summary.NEUTRAL:
        direction = NO_CHANGE
    numbers = {
        "favourable": cell.favourable,
        "unfavourable": cell.unfavourable,
        NO_CHANGE: cell.neutral,
        "unclear": cell.unclear,
        "simulated": cell.simulated,
    }
    said = [f"{number} {kind}" for kind, number in numbers.items() if number]
    return ", ".join((direction, *said, *(MARKS[key].words for key, has in FLAGS.items() if has(cell))))


# What explains them -------------------------------------------------------------------------------------


def legend(dataset: Dataset, cells: Sequence[Cell]) -> tuple[tuple[str, str], ...]:
    """The marks and their meanings: all arrows, and the other marks that a cell has."""
    # All three arrows, also those that no cell has. Notes under a table explain only what occurs in it.
    return (
        *(_explained(dataset, key) for key in DIRECTIONS),
        *_used(dataset, COUNTS | FLAGS | BLANKS, cells),
    )


def legend_notes(dataset: Dataset, cells: Sequence[Cell], open_signs: str) -> tuple[str, ...]:
    """The marks of the cells in one line; nothing without marks. Blanks are in words and need none.

    `open_signs` names the outcomes on whose signs cells depend.
    """
    used = _used(dataset, DIRECTIONS | COUNTS | FLAGS, cells)
    if open_signs:
        used[-1] = (used[-1][0], f"depends on the missing sign for {open_signs}")
    return (f"{'; '.join(map(' = '.join, used))}.",) if used else ()


def _used(dataset: Dataset, marks: Mapping[str, Test], cells: Sequence[Cell]) -> list[tuple[str, str]]:
    return [_explained(dataset, key) for key, has in marks.items() if any(map(has, cells))]


def _explained(dataset: Dataset, key: str) -> tuple[str, str]:
    """A mark as the legend shows it, and its meaning."""
    mark = MARKS[key]
    return mark.glyph, worded(dataset, mark.words, majority=MAJORITY)
