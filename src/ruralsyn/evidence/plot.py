"""What the arrows of an effect direction plot say besides the direction: sample, risk of bias, effects.

The classes of the sample and the three colours are those of the plot (Thomson & Thomas 2013,
doi:10.1002/jrsm.1060; Boon & Thomson 2021, doi:10.1002/jrsm.1458).
"""

from __future__ import annotations

from collections.abc import Collection

from ruralsyn.dataset.model import Benefit, Dataset, Effect, RiskOfBias
from ruralsyn.evidence.synthesis import Cell
from ruralsyn.record import Record


class Size(Record):
    """A class of the final sample of the intervention group, and the size of its arrows."""

    key: str
    least: int
    """The smallest sample of the class."""
    words: str
    """Which samples are in it."""
    short: str
    """The same for a cell of a table."""
    scale: float
    """The height of its arrows, where that of the others is 1."""


class Risk(Record):
    """A class of the risk of bias, and the colour of its arrows."""

    key: str
    letter: str
    """What says the same without colour."""
    words: str
    short: str
    """The same for a cell of a table."""
    colour: str
    """One of the colours that colour-blind readers can tell apart (Okabe & Ito 2008)."""


SIZES = (
    Size("large", 301, "more than 300", "n over 300", 1.3),
    Size("medium", 50, "50 to 300", "n 50 to 300", 1.0),
    Size("small", 0, "fewer than 50", "n under 50", 0.7),
)
"""From large to small."""

RISKS = {
    RiskOfBias.LOW: Risk("low", "L", "low risk of bias", "low risk", "#009e73"),
    RiskOfBias.SOME: Risk("some", "S", "some concerns about bias", "some concerns", "#e69f00"),
    RiskOfBias.HIGH: Risk("high", "H", "high risk of bias", "high risk", "#d55e00"),
}
"""From low to high."""


class Scale(Record):
    """What the arrows of a plot say besides the direction."""

    samples: bool
    """Whether their size says how large the samples are."""
    risks: bool
    """Whether their colour and letter say how high the risk of bias is."""

    @property
    def is_used(self) -> bool:
        """Whether they say anything."""
        return self.samples or self.risks


def scale_of(effects: Collection[Effect]) -> Scale:
    """What a plot of these effects can say: only what is given for every one of them."""
    # Otherwise an arrow of an effect without a sample would look as if it had one.
    return Scale(
        samples=bool(effects) and all(effect.sample is not None for effect in effects),
        risks=bool(effects) and all(effect.risk_of_bias is not None for effect in effects),
    )


class Weight(Record):
    """The classes of the sample and of the risk of bias of a cell, and how many effects its arrow sums up."""

    size: Size | None
    risk: Risk | None
    effects: int


def weight_of(dataset: Dataset, cell: Cell, scale: Scale) -> Weight | None:
    """The weight of the clear effects of a cell; None if it has no arrow or the plot says nothing of them.

    Where they differ, the smallest sample and the highest risk stand, so that no arrow claims too much.
    """
    clear = [
        effect
        for effect in cell.effects
        if not effect.simulated and dataset.benefit_of(effect) is not Benefit.UNCLEAR
    ]
    if not (clear and scale.is_used):
        return None
    sample = min(effect.sample or 0 for effect in clear)
    given = {effect.risk_of_bias for effect in clear}
    return Weight(
        size=next(size for size in SIZES if sample >= size.least) if scale.samples else None,
        # The last of the classes that any of the effects has.
        risk=[risk for key, risk in RISKS.items() if key in given][-1] if scale.risks else None,
        effects=len(clear),
    )
