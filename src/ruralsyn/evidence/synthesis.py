"""What the effects of a case add up to in a domain, how sure that is, and what it cannot say.

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

from ruralsyn.dataset.model import Benefit, Case, Dataset, Effect, Sign
from ruralsyn.record import Record


class Summary(StrEnum):
    """What the clear effects of a cell say together."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    CONFLICTING = "conflicting"


class Status(StrEnum):
    """Whether the briefs give the case effects there; a blank is never "no effect"."""

    REPORTED = "reported"
    NOT_REPORTED = "not-reported"
    NOT_EVALUATED = "not-evaluated"


class Cell(Record):
    """A case in a domain, or in one outcome of it."""

    case: str
    domain: str
    outcome: str | None
    """The outcome, where the cell is as fine as that."""
    direction: Summary | None
    """None where no effect is clear."""
    favourable: int
    unfavourable: int
    unclear: int
    simulated: int
    unprinted: int
    """How many of the clear effects have no printed sign."""
    status: Status
    depends_on: tuple[str, ...]
    """Effects with an unresolved sign on whose reading the direction hangs, as `case.outcome`."""
    effects: tuple[Effect, ...]
    """The effects that it sums up."""

    @property
    def unprinted_only(self) -> bool:
        """Whether there are clear effects and none of them has a printed sign."""
        return 0 < self.unprinted == self.favourable + self.unfavourable


MAJORITY = 70
"""The share of clear effects, in per cent, that gives a cell its direction.

It is that of the effect direction plot (Thomson & Thomas 2013; Boon & Thomson 2021). Every sentence that
names it takes it from here.
"""


def summarise(favourable: int, unfavourable: int) -> Summary | None:
    """The direction of a cell: that of all clear effects, or of the MAJORITY of them, else conflicting.

    It is compared in whole numbers, so that a share that is met exactly counts.
    """
    total = favourable + unfavourable
    if total == 0:
        return None
    if 100 * favourable >= MAJORITY * total:
        return Summary.FAVOURABLE
    if 100 * unfavourable >= MAJORITY * total:
        return Summary.UNFAVOURABLE
    return Summary.CONFLICTING


EffectsByCase = Mapping[str, Sequence[Effect]]
"""The effects to sum up, by the id of the case; a case without any is there too."""


def cells_by_domain(dataset: Dataset, effects: EffectsByCase, domains: Iterable[str]) -> tuple[Cell, ...]:
    """A cell for every case and domain; the unit is the case."""
    domains = tuple(domains)
    cells = []
    for key, of_case in effects.items():
        case = dataset.cases[key]
        inside = _by_domain(dataset, of_case)
        reported = _by_domain(dataset, case.effects.values())
        for domain in domains:
            status = _status(case, reported=domain in reported)
            cells.append(_cell(dataset, case, domain, None, inside.get(domain, ()), status))
    return tuple(cells)


def cells_by_outcome(dataset: Dataset, effects: EffectsByCase) -> tuple[Cell, ...]:
    """A cell for every case and every outcome that any of the effects reports."""
    reported = {effect.outcome for of_case in effects.values() for effect in of_case}
    outcomes = [outcome for outcome in dataset.outcomes if outcome in reported]
    cells = []
    for key, of_case in effects.items():
        case = dataset.cases[key]
        inside = {effect.outcome: (effect,) for effect in of_case}
        for outcome in outcomes:
            status = _status(case, reported=outcome in case.effects)
            domain = dataset.outcomes[outcome].domain
            cells.append(_cell(dataset, case, domain, outcome, inside.get(outcome, ()), status))
    return tuple(cells)


def _by_domain(dataset: Dataset, effects: Iterable[Effect]) -> dict[str, list[Effect]]:
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        found.setdefault(dataset.outcomes[effect.outcome].domain, []).append(effect)
    return found


def _status(case: Case, *, reported: bool) -> Status:
    """What the briefs give, whatever a filter hides."""
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
    counted = [effect for effect in effects if not effect.simulated]
    benefits = [dataset.benefit_of(effect) for effect in counted]
    favourable = benefits.count(Benefit.FAVOURABLE)
    unfavourable = benefits.count(Benefit.UNFAVOURABLE)
    return Cell(
        case=case.id,
        domain=domain,
        outcome=outcome,
        direction=summarise(favourable, unfavourable),
        favourable=favourable,
        unfavourable=unfavourable,
        unclear=benefits.count(Benefit.UNCLEAR),
        simulated=len(effects) - len(counted),
        unprinted=sum(
            effect.sign is not Sign.PRINTED and benefit is not Benefit.UNCLEAR
            for effect, benefit in zip(counted, benefits, strict=True)
        ),
        status=status,
        depends_on=_depends_on(dataset, counted),
        effects=tuple(effects),
    )


# What hangs on one reading ------------------------------------------------------------------------------


def _depends_on(dataset: Dataset, counted: Sequence[Effect]) -> tuple[str, ...]:
    """The unresolved effects whose reading changes the direction of the cell.

    An unresolved sign may be an increase, a decrease or nothing to go by; the other signs have one reading.
    A direction that differs between any two admissible readings hangs on all of the unresolved effects,
    for each counts alike.
    """
    clear = [effect for effect in counted if dataset.benefit_of(effect) is not Benefit.UNCLEAR]
    open_effects = [effect for effect in clear if effect.sign is Sign.UNRESOLVED]
    settled = [dataset.benefit_of(effect) for effect in clear if effect.sign is not Sign.UNRESOLVED]
    favourable, unfavourable = settled.count(Benefit.FAVOURABLE), settled.count(Benefit.UNFAVOURABLE)
    readings = {
        summarise(favourable + more_favourable, unfavourable + more_unfavourable)
        for more_favourable, more_unfavourable in product(range(len(open_effects) + 1), repeat=2)
        if more_favourable + more_unfavourable <= len(open_effects)
    }
    return tuple(effect.key for effect in open_effects) if len(readings) > 1 else ()


# Counts by domain ---------------------------------------------------------------------------------------


class Tally(Record):
    """How many cases stand where in a domain."""

    domain: str
    favourable: int
    unfavourable: int
    conflicting: int
    unclear_only: int
    """Cases whose effects there are all unclear or simulated."""
    not_reported: int
    not_evaluated: int
    unprinted_only: tuple[str, ...]
    """Cases none of whose clear effects there has a printed sign."""
    no_match: int
    """Cases that report effects there, none of which a filter left."""
    depends_on_reading: tuple[str, ...]
    """Cases whose direction hangs on one reading of an unresolved sign."""

    @property
    def blank(self) -> int:
        """Cases without any effect in the domain."""
        return self.not_reported + self.not_evaluated

    @property
    def tipping_point(self) -> int:
        """How many blank cases would have to be adverse for the favourable ones to be no majority.

        Adverse means unfavourable or conflicting; nought where they are none already. It may exceed the
        number of blank cases: then no filling of the blanks would do it.
        """
        return max(0, self.favourable - self.unfavourable - self.conflicting)


def tallies(cells: Iterable[Cell]) -> tuple[Tally, ...]:
    """A tally for each domain of the cells, in their order."""
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
    )


# The sign test ------------------------------------------------------------------------------------------


class Interval(NamedTuple):
    """A confidence interval of a proportion."""

    low: float
    high: float


def sign_test(favourable: int, total: int) -> float:
    """The exact two-sided P that so uneven a split arises by chance from even odds.

    The binomial test that the Cochrane Handbook, section 12.2.1.3, names for vote counting by direction of
    effect. Without cases it is 1.
    """
    tail = sum(comb(total, more) for more in range(max(favourable, total - favourable), total + 1))
    return min(1.0, 2 * tail / 2.0**total)


def smallest_p(total: int) -> float:
    """The smallest P that the sign test can give with so many cases: 2 / 2^n."""
    return min(1.0, 2 / 2.0**total)


def wilson_interval(favourable: int, total: int) -> Interval:
    """The 95 % interval of the proportion of favourable cases (Wilson 1927), as the Cochrane Handbook uses.

    Raises ValueError without cases.
    """
    if total < 1:
        raise ValueError("a proportion needs at least one case")
    z = 1.959963984540054
    proportion = favourable / total
    middle = proportion + z**2 / (2 * total)
    spread = z * sqrt(proportion * (1 - proportion) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))
