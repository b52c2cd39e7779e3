"""The size, the colour and the number of the plot's arrows, compared with the published classes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ruralsyn.dataset.model import Dataset, Effect, RiskOfBias
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.plot import RISKS, SIZES, Scale, scale_of, weight_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import Cell

BOTH = Scale(samples=True, risks=True)


@pytest.fixture(scope="module")
def cell(bundled: Dataset) -> Cell:
    """A cell with several clear effects and unclear ones."""
    return next(cell for cell in Selection(bundled, Filter()).cells if cell.favourable > 1 and cell.unclear)


def weighed(cell: Cell, samples: list[int], risks: list[RiskOfBias]) -> Cell:
    """The cell with these samples and risks, from the first effect on."""
    given = zip(cell.effects, samples, risks, strict=True)
    return replace(
        cell, effects=tuple(replace(effect, sample=n, risk_of_bias=risk) for effect, n, risk in given)
    )


# Boon & Thomson 2021: large arrow > 300, medium arrow 50 to 300, small arrow < 50.
@pytest.mark.parametrize(
    ("sample", "size"),
    [(1, "small"), (49, "small"), (50, "medium"), (300, "medium"), (301, "large"), (9999, "large")],
)
def test_the_sample_gives_the_size_of_the_arrow(bundled: Dataset, cell: Cell, sample: int, size: str) -> None:
    number = len(cell.effects)
    found = weight_of(bundled, weighed(cell, [sample] * number, [RiskOfBias.LOW] * number), BOTH)
    assert found is not None
    assert found.size is not None
    assert found.size.key == size


def test_the_smallest_sample_and_the_highest_risk_of_the_clear_effects_stand(
    bundled: Dataset, cell: Cell
) -> None:
    unclear = [bundled.benefit_of(effect).value == "unclear" for effect in cell.effects]
    clear = [number for number, has in enumerate(unclear) if not has]
    # What an unclear effect has does not matter: the arrow does not sum it up.
    samples = [1 if has else 500 for has in unclear]
    risks = [RiskOfBias.HIGH if has else RiskOfBias.LOW for has in unclear]
    samples[clear[-1]], risks[clear[0]] = 60, RiskOfBias.SOME
    found = weight_of(bundled, weighed(cell, samples, risks), BOTH)
    assert found is not None
    assert (found.size, found.risk, found.effects) == (SIZES[1], RISKS[RiskOfBias.SOME], len(clear))


def test_only_what_every_effect_has_is_drawn(bundled: Dataset, cell: Cell) -> None:
    full = weighed(cell, [100] * len(cell.effects), [RiskOfBias.LOW] * len(cell.effects)).effects
    lacking: list[Effect] = [replace(full[0], risk_of_bias=None), *full[1:]]
    assert scale_of(full) == BOTH
    assert scale_of(lacking) == Scale(samples=True, risks=False)
    assert not scale_of([]).is_used
    assert not scale_of(bundled.effects).is_used
    assert weight_of(bundled, cell, scale_of(cell.effects)) is None
    some = weight_of(bundled, replace(cell, effects=tuple(lacking)), scale_of(lacking))
    assert some is not None
    assert (some.size, some.risk) == (SIZES[1], None)
