"""Marks of the evidence map: which cells have which marks, and the legend.

`page/marks.py` has the look and the meaning of each mark. The tables here say which cells have it. Cells and
legend are both made from these tables, so a mark in a cell is never missing from the legend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.synthesis import MAJORITY, Cell, Status, Summary
from ruralsyn.page.marks import MARKS

# One type for both kinds of marks, which works because a bool is an int.
Count = Callable[[Dataset, Cell], int]
"""How often a cell has a mark; true or false for a mark without a number."""

# Each table keeps the order in which a cell, its words and the legend have the marks.
DIRECTIONS: dict[str, Count] = {
    "favourable": lambda _, cell: cell.direction is Summary.FAVOURABLE,
    "unfavourable": lambda _, cell: cell.direction is Summary.UNFAVOURABLE,
    "conflicting": lambda _, cell: cell.direction is Summary.CONFLICTING,
}
BALANCE: dict[str, Count] = {
    # A cell of one outcome has one effect, and its arrow already shows it.
    "balance": lambda _, cell: cell.direction is not None and cell.outcome is None,
}
COUNTS: dict[str, Count] = {
    "unprinted": lambda _, cell: cell.unprinted,
    "unclear": lambda _, cell: cell.unclear,
    "simulated": lambda _, cell: cell.simulated,
}
FLAGS: dict[str, Count] = {
    "depends": lambda _, cell: bool(cell.depends_on),
}
BLANKS: dict[str, Count] = {
    "not-reported": lambda _, cell: cell.status is Status.NOT_REPORTED,
    "not-evaluated": lambda _, cell: cell.status is Status.NOT_EVALUATED,
}


# What a cell shows --------------------------------------------------------------------------------------


def counts_of(dataset: Dataset, cell: Cell) -> str:
    """The counts of a cell in short: `2:1 u1 ~1`."""
    parts = [
        f"{cell.favourable}{MARKS[key].glyph}{cell.unfavourable}"
        for key, has in BALANCE.items()
        if has(dataset, cell)
    ]
    parts += [f"{MARKS[key].glyph}{number}" for key, number in _numbers(dataset, cell).items()]
    return " ".join(parts)


def flags_of(dataset: Dataset, cell: Cell) -> str:
    """The marks of a cell that have no number."""
    return " ".join(MARKS[key].glyph for key, has in FLAGS.items() if has(dataset, cell))


def marks_in_words(dataset: Dataset, cell: Cell) -> list[str]:
    """The counts and marks of a cell in words, for screen readers."""
    balance = {"favourable": cell.favourable, "unfavourable": cell.unfavourable}
    # "2 favourable" is enough to hear for 2:0.
    numbers = {key: number for key, number in balance.items() if number} | _numbers(dataset, cell)
    said = [f"{number} {MARKS[key].spoken}" for key, number in numbers.items()]
    return [*said, *(MARKS[key].spoken for key, has in FLAGS.items() if has(dataset, cell))]


def _numbers(dataset: Dataset, cell: Cell) -> dict[str, int]:
    found = {key: read(dataset, cell) for key, read in COUNTS.items()}
    return {key: number for key, number in found.items() if number}


# What explains them -------------------------------------------------------------------------------------


def legend(dataset: Dataset, cells: Sequence[Cell]) -> tuple[tuple[str, str], ...]:
    """The marks and their meanings: all arrows, and the other marks that a cell has."""
    others = BALANCE | COUNTS | FLAGS | BLANKS
    # All three arrows, also those that no cell has. Notes under a table explain only what occurs in it.
    return (*map(_explained, DIRECTIONS), *_used(others, dataset, cells))


def legend_notes(dataset: Dataset, cells: Sequence[Cell]) -> tuple[str, ...]:
    """The marks of the cells as notes of a table: arrows, then counts, then all others."""
    groups = (_used(marks, dataset, cells) for marks in (DIRECTIONS, BALANCE | COUNTS, FLAGS | BLANKS))
    return tuple(f"{'; '.join(map(' = '.join, group))}." for group in groups if group)


def _used(marks: Mapping[str, Count], dataset: Dataset, cells: Sequence[Cell]) -> list[tuple[str, str]]:
    return [_explained(key) for key, has in marks.items() if any(has(dataset, cell) for cell in cells)]


def _explained(key: str) -> tuple[str, str]:
    """A mark as the legend shows it, and its meaning."""
    mark = MARKS[key]
    return mark.shown, mark.words.format(majority=MAJORITY)
