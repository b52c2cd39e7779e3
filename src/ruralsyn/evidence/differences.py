"""Differences between two states of a dataset: changes of records, and what follows from them on the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from ruralsyn.dataset.changes import KINDS, Change, What, changes, records_of
from ruralsyn.dataset.model import Benefit, Dataset
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import Cell, Summary, Tally, tallies

K = TypeVar("K")
V = TypeVar("V")
Pairs = dict[K, tuple[V | None, V | None]]
"""By key: the value in the old state and the one in the new state; None where a state lacks the key."""


def paired(old: Mapping[K, V], new: Mapping[K, V]) -> Pairs[K, V]:
    """The values of both states by key, in the order of the old state; new keys come last."""
    return {key: (old.get(key), new.get(key)) for key in (*old, *(key for key in new if key not in old))}


class Differences:
    """Two states of a dataset, and what differs between them. Each part is worked out when first used."""

    def __init__(self, old: Dataset, new: Dataset) -> None:
        """The states may have records in common or none."""
        self.old = old
        self.new = new

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes of records, in the order of the file."""
        return changes(self.old, self.new)

    def of(self, *kinds: str) -> tuple[Change, ...]:
        """The changes of records of these kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)

    def state_of(self, change: Change) -> Dataset:
        """The state that has the record of a change: the new one unless it was removed."""
        return self.old if change.what is What.REMOVED else self.new

    @cached_property
    def benefits(self) -> tuple[Change, ...]:
        """The effects in both states whose meaning for the household differs, as changes of their benefit."""
        pairs = paired(_benefits(self.old), _benefits(self.new))
        return tuple(
            Change(kind="effects", key=key, what=What.CHANGED, field="benefit", old=old, new=new)
            for key, (old, new) in pairs.items()
            if old and new and old is not new
        )

    @cached_property
    def cells(self) -> Pairs[tuple[str, str], Cell]:
        """The cells of both maps, by case and domain."""
        return paired(*({(cell.case, cell.domain): cell for cell in cells} for cells in self._cells))

    @cached_property
    def tallies(self) -> Pairs[str, Tally]:
        """The tallies of both states, by domain."""
        return paired(*({tally.domain: tally for tally in tallies(cells)} for cells in self._cells))

    @cached_property
    def counts(self) -> Pairs[str, int]:
        """How many there are: of each kind of record, of effects by benefit and of cells by direction."""
        old, new = (
            dict(_counts(state, cells))
            for state, cells in zip((self.old, self.new), self._cells, strict=True)
        )
        return paired(old, new)

    @cached_property
    def _cells(self) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
        return Selection(self.old).cells, Selection(self.new).cells


def _benefits(dataset: Dataset) -> dict[str, Benefit]:
    return {effect.key: dataset.benefit_of(effect) for effect in dataset.effects}


def _counts(dataset: Dataset, cells: tuple[Cell, ...]) -> Iterator[tuple[str, int]]:
    yield from ((kind, len(records_of(dataset, kind))) for kind in KINDS)
    # Simulations are no evaluations, so they are counted apart.
    counted = [dataset.benefit_of(effect) for effect in dataset.effects if not effect.simulated]
    yield from ((f"{benefit}-effects", counted.count(benefit)) for benefit in Benefit)
    yield "simulated-effects", len(dataset.effects) - len(counted)
    directions = [cell.direction for cell in cells]
    yield "cells", len(cells)
    yield from ((f"{direction}-cells", directions.count(direction)) for direction in Summary)
    yield "blank-cells", sum(not cell.effects for cell in cells)
