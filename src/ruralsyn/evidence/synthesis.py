"""Synthesis by vote counting: the direction of a cell, counts by domain, and the sign test.

The rules are those of the effect direction plot (Thomson & Thomas 2013, doi:10.1002/jrsm.1060; revised by
Boon & Thomson 2021, doi:10.1002/jrsm.1458), of the Cochrane Handbook, chapter 12, and of the SWiM reporting
guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import product
from math import comb, sqrt
from typing import NamedTuple

from ruralsyn.dataset.model import Benefit, Case, Dataset, Direction, Effect, Sign
from ruralsyn.record import Record


class Summary(StrEnum):
    """The direction of the clear effects of a cell taken together."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    CONFLICTING = "conflicting"
    NEUTRAL = "neutral"
    """No outcome changed. A plot draws it like `conflicting`, with the words "no change"."""


class Status(StrEnum):
    """Whether the sources give effects for a cell. A cell without effects never means "no effect"."""

    REPORTED = "reported"
    NOT_REPORTED = "not-reported"
    # Programs get this value. People read that the sources report no effects for it.
    NOT_EVALUATED = "not-evaluated"


class Cell(Record):
    """The effects of a case in a domain, or on one outcome of a domain."""

    case: str
    domain: str
    outcome: str | None
    """The outcome; None if the cell is for a whole domain."""
    direction: Summary | None
    """None if no effect is clear."""
    favourable: int
    unfavourable: int
    neutral: int
    """How many of the clear effects are null results: the outcome was measured and did not change."""
    unclear: int
    simulated: int
    unprinted: int
    """How many of the clear effects have no printed sign."""
    status: Status
    depends_on: tuple[str, ...]
    """The effects with an unresolved sign whose reading decides the direction, as `case.effect`."""
    effects: tuple[Effect, ...]
    """The effects in the cell, simulated ones included."""

    @property
    def unprinted_only(self) -> bool:
        """Whether there are clear effects and none of them has a printed sign."""
        # Unclear and simulated effects give no direction, so their signs do not matter here.
        return 0 < self.unprinted == self.favourable + self.unfavourable + self.neutral


MAJORITY = 70
"""The percentage of clear effects with the same direction that gives a cell this direction.

It is the percentage of the effect direction plot (Thomson & Thomas 2013; Boon & Thomson 2021). Every sentence
that names it takes it from here.
"""


def summarise(favourable: int, unfavourable: int, neutral: int = 0) -> Summary | None:
    """The direction that at least MAJORITY per cent of the clear effects have, or conflicting.

    Null results are clear effects: they count among all of them and for no direction. `neutral` if there is
    nothing else, and None if there are no clear effects.
    """
    total = favourable + unfavourable + neutral
    if total == 0:
        return None
    if neutral == total:
        return Summary.NEUTRAL
    # In whole numbers, so that a share that is met exactly counts. With floats, 0.55 * 100 is more than 55.
    if 100 * favourable >= MAJORITY * total:
        return Summary.FAVOURABLE
    if 100 * unfavourable >= MAJORITY * total:
        return Summary.UNFAVOURABLE
    return Summary.CONFLICTING


EffectsByCase = Mapping[str, Sequence[Effect]]
"""The effects to sum up, by the id of the case. A case without effects is included."""


def cells_by_domain(dataset: Dataset, effects: EffectsByCase, domains: Iterable[str]) -> tuple[Cell, ...]:
    """A cell for every case and domain. Each case counts once, however many effects it has in the domain."""
    domains = tuple(domains)
    cells = []
    for key, of_case in effects.items():
        case = dataset.cases[key]
        inside = _by_domain(dataset, of_case)
        # All effects of the case, because a filter must not make a reported domain look unreported.
        reported = _by_domain(dataset, case.effects.values())
        for domain in domains:
            status = _status(case, reported=domain in reported)
            cells.append(_cell(dataset, case, domain, None, inside.get(domain, ()), status))
    return tuple(cells)


def cells_by_outcome(dataset: Dataset, effects: EffectsByCase) -> tuple[Cell, ...]:
    """A cell for every case and every outcome of any of the effects, in the order of the dataset."""
    reported = {effect.outcome for of_case in effects.values() for effect in of_case}
    outcomes = [outcome for outcome in dataset.outcomes if outcome in reported]
    cells = []
    for key, of_case in effects.items():
        case = dataset.cases[key]
        inside = _by_outcome(of_case)
        known = _by_outcome(case.effects.values())
        for outcome in outcomes:
            status = _status(case, reported=outcome in known)
            domain = dataset.outcomes[outcome].domain
            cells.append(_cell(dataset, case, domain, outcome, inside.get(outcome, ()), status))
    return tuple(cells)


def _by_domain(dataset: Dataset, effects: Iterable[Effect]) -> dict[str, list[Effect]]:
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        found.setdefault(dataset.outcomes[effect.outcome].domain, []).append(effect)
    return found


def _by_outcome(effects: Iterable[Effect]) -> dict[str, list[Effect]]:
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        found.setdefault(effect.outcome, []).append(effect)
    return found


def _status(case: Case, *, reported: bool) -> Status:
    """The status according to the sources, whatever a filter leaves out."""
    if not case.evaluated:
        return Status.NOT_EVALUATED
    return Status.REPORTED if reported else Status.NOT_REPORTED


def _cell(
    dataset: Dataset,
    case: Case,
    domain: str,
    outcome: str | None,
    effects: Sequence[Effect],
    status: Status,
) -> Cell:
    # A simulation is no evaluation, so simulations have no part in the direction.
    counted = [effect for effect in effects if not effect.simulated]
    benefits = [dataset.benefit_of(effect) for effect in counted]
    favourable = benefits.count(Benefit.FAVOURABLE)
    unfavourable = benefits.count(Benefit.UNFAVOURABLE)
    neutral = benefits.count(Benefit.NEUTRAL)
    return Cell(
        case=case.id,
        domain=domain,
        outcome=outcome,
        direction=summarise(favourable, unfavourable, neutral),
        favourable=favourable,
        unfavourable=unfavourable,
        neutral=neutral,
        unclear=benefits.count(Benefit.UNCLEAR),
        simulated=len(effects) - len(counted),
        unprinted=sum(
            # Unclear effects give no direction, so their signs do not weaken one.
            effect.sign is not Sign.PRINTED and benefit is not Benefit.UNCLEAR
            for effect, benefit in zip(counted, benefits, strict=True)
        ),
        status=status,
        depends_on=_depends_on(dataset, counted),
        effects=tuple(effects),
    )


# Cells that depend on an unresolved sign ----------------------------------------------------------------


def _depends_on(dataset: Dataset, counted: Sequence[Effect]) -> tuple[str, ...]:
    """The unresolved effects of a cell, if its direction depends on how they are read; empty if it does not.

    An unresolved sign can be read as favourable, as unfavourable or as neither. All other signs have one
    reading. If any two readings give different directions, the cell depends on all of its unresolved effects,
    because all of them count the same.
    """
    # An outcome without a desired direction stays unclear, whether it rose or fell.
    clear = [effect for effect in counted if dataset.benefit_of(effect) is not Benefit.UNCLEAR]
    open_effects = [effect for effect in clear if effect.sign is Sign.UNRESOLVED]
    settled = [dataset.benefit_of(effect) for effect in clear if effect.sign is not Sign.UNRESOLVED]
    favourable, unfavourable = settled.count(Benefit.FAVOURABLE), settled.count(Benefit.UNFAVOURABLE)
    neutral = settled.count(Benefit.NEUTRAL)
    # Only the numbers matter, not which effect is read in which way: this avoids 3^n combinations.
    readings = {
        summarise(favourable + more_favourable, unfavourable + more_unfavourable, neutral)
        for more_favourable, more_unfavourable in product(range(len(open_effects) + 1), repeat=2)
        if more_favourable + more_unfavourable <= len(open_effects)
    }
    return tuple(effect.key for effect in open_effects) if len(readings) > 1 else ()


# Counts by domain ---------------------------------------------------------------------------------------


class Tally(Record):
    """The number of cases in each direction and status in a domain."""

    domain: str
    favourable: int
    unfavourable: int
    conflicting: int
    unclear_only: int
    """Cases whose effects in the domain are all unclear or simulated."""
    not_reported: int
    not_evaluated: int
    """Cases to which the sources give no effects in any domain."""
    unprinted_only: tuple[str, ...]
    """Cases with clear effects in the domain, none of which has a printed sign."""
    no_match: int
    """Cases with reported effects in the domain, all of which a filter leaves out."""
    depends_on_reading: tuple[str, ...]
    """Cases whose direction depends on how an unresolved sign is read."""
    neutral: int
    """Cases whose clear effects in the domain are all null results."""

    @property
    def blank(self) -> int:
        """Cases without any effect in the domain."""
        return self.not_reported + self.not_evaluated

    @property
    def tipping_point(self) -> int:
        """How many blank cases would have to be adverse until favourable cases are no longer a majority.

        Adverse means unfavourable, conflicting or without change. The number is 0 if favourable cases are no
        majority now. It can exceed the number of blank cases: then they remain a majority whatever the
        blanks are.
        """
        # A majority is more than half of the cases with a direction.
        return max(0, self.favourable - self.unfavourable - self.conflicting - self.neutral)


def tallies(cells: Iterable[Cell]) -> tuple[Tally, ...]:
    """A tally for each domain of the cells, in the order of the cells."""
    by_domain: dict[str, list[Cell]] = {}
    for cell in cells:
        by_domain.setdefault(cell.domain, []).append(cell)
    return tuple(_tally(domain, members) for domain, members in by_domain.items())


def _tally(domain: str, cells: Sequence[Cell]) -> Tally:
    directions = [cell.direction for cell in cells]
    statuses = [cell.status for cell in cells]
    return Tally(
        domain=domain,
        favourable=directions.count(Summary.FAVOURABLE),
        unfavourable=directions.count(Summary.UNFAVOURABLE),
        conflicting=directions.count(Summary.CONFLICTING),
        unclear_only=sum(bool(cell.effects) and cell.direction is None for cell in cells),
        not_reported=statuses.count(Status.NOT_REPORTED),
        not_evaluated=statuses.count(Status.NOT_EVALUATED),
        no_match=sum(cell.status is Status.REPORTED and not cell.effects for cell in cells),
        unprinted_only=tuple(cell.case for cell in cells if cell.unprinted_only),
        depends_on_reading=tuple(cell.case for cell in cells if cell.depends_on),
        neutral=directions.count(Summary.NEUTRAL),
    )


def has_null_results(dataset: Dataset) -> bool:
    """Whether any effect of the dataset is a null result. Without one, nothing speaks of them."""
    return any(effect.direction is Direction.NONE for effect in dataset.effects)


# The sign test ------------------------------------------------------------------------------------------


class Interval(NamedTuple):
    """A confidence interval of a proportion."""

    low: float
    high: float


def sign_test(favourable: int, total: int) -> float:
    """The exact two-sided P of the sign test: `favourable` of `total` cases against even odds.

    P is the probability that chance splits the cases at least as unevenly. This is the binomial test that the
    Cochrane Handbook, section 12.2.1.3, names for vote counting by direction of effect. Without cases P is 1.
    """
    tail = sum(comb(total, more) for more in range(max(favourable, total - favourable), total + 1))
    # For an even split both tails include the middle, so twice one tail is more than 1. In whole numbers,
    # since 2.0**1024 is too large for a float.
    return min(1.0, 2 * tail / (1 << total))


def smallest_p(total: int) -> float:
    """The smallest P that the sign test can give with this number of cases: 2 / 2^n."""
    # Without cases the formula would give 2.
    return min(1.0, 2 / (1 << total))


def wilson_interval(favourable: int, total: int) -> Interval:
    """The 95 % interval of the proportion of favourable cases (Wilson 1927), as in the Cochrane Handbook.

    Raises ValueError without cases.
    """
    if total < 1:
        raise ValueError("a proportion needs at least one case")
    z = 1.959963984540054  # The 97.5 % quantile of the normal distribution, for a two-sided interval.
    proportion = favourable / total
    middle = proportion + z**2 / (2 * total)
    spread = z * sqrt(proportion * (1 - proportion) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    # Rounding can take a limit past 0 or 1: for 11 of 11 cases the upper one is 1.0000000000000002.
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))
