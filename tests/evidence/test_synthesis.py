"""The rules of synthesis, compared with published numbers and with a table made from the briefs by hand."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ruralsyn
from ruralsyn.dataset.model import Dataset, Direction
from ruralsyn.evidence.confounding import confounded_with
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import (
    MAJORITY,
    Cell,
    Status,
    Summary,
    Tally,
    sign_test,
    smallest_p,
    summarise,
    tallies,
    wilson_interval,
)

UP, DOWN, MIXED = Summary.FAVOURABLE, Summary.UNFAVOURABLE, Summary.CONFLICTING

# For n clear effects, how many must agree for an arrow: 70 % of n, rounded up (Boon & Thomson 2021).
NEEDED = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5, 7: 5, 8: 6, 9: 7, 10: 7}


@pytest.mark.parametrize("total", NEEDED)
def test_seventy_percent_make_an_arrow(total: int) -> None:
    for favourable in range(total + 1):
        unfavourable = total - favourable
        expected = UP if favourable >= NEEDED[total] else DOWN if unfavourable >= NEEDED[total] else MIXED
        assert summarise(favourable, unfavourable) is expected


def test_without_clear_effects_there_is_no_arrow() -> None:
    assert summarise(0, 0) is None


@pytest.mark.parametrize(
    ("favourable", "unfavourable", "neutral", "expected"),
    [
        (7, 0, 3, UP),
        (0, 7, 3, DOWN),
        (2, 0, 1, MIXED),
        (0, 1, 1, MIXED),
        (0, 0, 1, Summary.NEUTRAL),
        (0, 0, 5, Summary.NEUTRAL),
    ],
)
def test_null_results_count_among_the_clear_effects(
    favourable: int, unfavourable: int, neutral: int, expected: Summary
) -> None:
    assert summarise(favourable, unfavourable, neutral) is expected


def test_many_cases_overflow_nothing() -> None:
    assert sign_test(2000, 4000) == 1
    assert 0 <= sign_test(2100, 4000) < 0.01
    assert smallest_p(4000) == 0


# Published numbers: exact two-sided P, and Wilson's 95 % interval in percent.
@pytest.mark.parametrize(
    ("favourable", "total", "p", "low", "high"),
    [(10, 12, 0.039, 55.2, 95.3), (9, 9, 0.0039, 70.1, 100.0), (5, 6, 0.2188, 43.6, 97.0)],
)
def test_the_sign_test_and_interval_give_published_numbers(
    favourable: int, total: int, p: float, low: float, high: float
) -> None:
    digits = 3 if p == 0.039 else 4  # As many as were published.
    interval = wilson_interval(favourable, total)
    assert round(sign_test(favourable, total), digits) == p
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


def test_the_share_that_gives_a_direction_is_written_once() -> None:
    """Every sentence takes the number from the constant, so a changed rule leaves no wrong sentence."""
    package = Path(ruralsyn.__file__).parent
    lines = [
        f"{path.name}: {line}"
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(rf"(?<![\d.]){MAJORITY}\b(?!\))", line)
    ]
    assert lines == [f"synthesis.py: MAJORITY = {MAJORITY}"]


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_sign_test_is_symmetric_and_bounded(one: int, other: int) -> None:
    total = one + other
    assert sign_test(one, total) == sign_test(other, total)
    assert min(1.0, smallest_p(total)) <= sign_test(one, total) <= 1
    if total:
        interval = wilson_interval(one, total)
        assert 0 <= interval.low <= one / total + 1e-9
        assert one / total - 1e-9 <= interval.high <= 1


def test_an_interval_needs_cases() -> None:
    with pytest.raises(ValueError, match="at least one"):
        wilson_interval(0, 0)
    assert sign_test(0, 0) == 1


# Made from the briefs by hand: every bullet was compared with the desired direction of its outcome.
# "2:1 u1 !" means two favourable effects and one unfavourable, one of the three without a printed sign, and a
# direction that depends on an unresolved sign. "~" counts unclear effects and "s" simulated ones. "." means
# that the briefs give no effects in the domain, and "x" that they give the case no effects at all.
BY_HAND = {
    #                    productive   income      food-security finance    psychosocial
    "colombia-fest": ("▲ 1:0 ~1", ".", "▲ 1:0 u1 ~1", "▲ 2:0 u1", "▲ 3:0"),
    "colombia-ppp": ("◄► 2:1 u1 !", "▲ 1:0 u1", "▲ 1:0 u1 ~1", "▲ 1:0 u1 ~1", "▲ 3:0"),
    "mexico-proinpro": ("x", "x", "x", "x", "x"),
    "peru-haku-winay": ("▲ 1:0", "▲ 1:0", ".", ".", "▲ 2:0 u1 ~1"),
    "ethiopia-psnp": ("▲ 4:0", ".", ".", ".", "."),
    "lesotho-cgp": ("▲ 1:0", "▲ 3:0 u1", "▲ 1:0", "▲ 1:0 u1 ~3", "."),
    "mali-cash-plus": ("▲ 1:0", ".", "▲ 1:0", ".", "▲ 1:0"),
    "zambia-casu": ("▲ 2:0", "▲ 1:0 s2", "◄► 1:1 u1 !", ".", "."),
}


def shorthand(cell: Cell) -> str:
    if cell.status is not Status.REPORTED:
        return "." if cell.status is Status.NOT_REPORTED else "x"
    assert cell.direction is not None
    arrow = {UP: "▲", DOWN: "▼", MIXED: "◄►"}[cell.direction]
    parts = [arrow, f"{cell.favourable}:{cell.unfavourable}"]
    parts += [f"u{cell.unprinted}"] if cell.unprinted else []
    parts += [f"~{cell.unclear}"] if cell.unclear else []
    parts += [f"s{cell.simulated}"] if cell.simulated else []
    return " ".join([*parts, *(["!"] if cell.depends_on else [])])


def test_every_cell_agrees_with_a_reading_by_hand(bundled: Dataset) -> None:
    read: dict[str, list[str]] = {case: [] for case in bundled.cases}
    for cell in Selection(bundled).cells:
        read[cell.case].append(shorthand(cell))
    assert {case: tuple(cells) for case, cells in read.items()} == BY_HAND


def flipped(dataset: Dataset, case: str, outcome: str) -> Dataset:
    effect = dataset.cases[case].effects[outcome]
    other = Direction.DECREASE if effect.direction is Direction.INCREASE else Direction.INCREASE
    effects = {**dataset.cases[case].effects, outcome: dataclasses.replace(effect, direction=other)}
    cases = {**dataset.cases, case: dataclasses.replace(dataset.cases[case], effects=effects)}
    return dataclasses.replace(dataset, cases=cases)


@pytest.mark.parametrize(
    ("case", "domain", "outcome"),
    [("colombia-ppp", "productive", "food-crop-products"), ("zambia-casu", "food-security", "schooling")],
)
def test_flipping_an_unresolved_sign_turns_the_cell_that_says_so_beforehand(
    bundled: Dataset, case: str, domain: str, outcome: str
) -> None:
    only = Filter(cases=(case,), domains=(domain,))
    (before,) = Selection(bundled, only).cells
    (after,) = Selection(flipped(bundled, case, outcome), only).cells
    assert before.depends_on == (f"{case}.{outcome}",)
    assert (before.direction, after.direction) == (MIXED, UP)


def test_flipping_anything_else_unsettled_is_foreseen_too(bundled: Dataset) -> None:
    for cell in Selection(bundled).cells:
        for effect in cell.effects:
            if effect.sign == "unresolved":
                # A flip that changes nothing is allowed: then the cell need not name the effect.
                (turned,) = Selection(
                    flipped(bundled, cell.case, effect.id), Filter(cases=(cell.case,), domains=(cell.domain,))
                ).cells
                assert turned.direction == cell.direction or effect.key in cell.depends_on


def test_a_cell_of_one_unresolved_effect_hangs_on_it(dummy: Dataset) -> None:
    cells = {(cell.case, cell.outcome): cell for cell in Selection(dummy).cells_by_outcome}
    assert cells["aland-alms", "meals"].depends_on == ("aland-alms.meals",)
    assert cells["aland-alms", "hunger"].depends_on == ()
    assert cells["aland-alms", "daring"].direction is None
    assert cells["aland-alms", "daring"].unclear == 1


def test_simulated_effects_take_no_part(dummy: Dataset) -> None:
    (cell,) = Selection(dummy, Filter(cases=("cordia-coins",), domains=("food",))).cells
    # The brief reports an effect there, so the cell is not blank although it has no direction.
    assert (cell.direction, cell.favourable, cell.simulated, cell.status) == (None, 0, 1, Status.REPORTED)


def test_what_a_filter_hides_is_not_called_unreported(bundled: Dataset) -> None:
    only = Filter(cases=("ethiopia-psnp",), directions=("decrease",))
    statuses = {cell.domain: (cell.status, cell.effects) for cell in Selection(bundled, only).cells}
    assert statuses["productive"] == (Status.REPORTED, ())
    assert statuses["finance"] == (Status.NOT_REPORTED, ())


def test_tallies_count_cases_and_tip(bundled: Dataset) -> None:
    found = {tally.domain: tally for tally in tallies(Selection(bundled).cells)}
    productive = found["productive"]
    assert (productive.favourable, productive.conflicting, productive.not_evaluated) == (6, 1, 1)
    assert (productive.tipping_point, productive.blank) == (5, 1)
    assert productive.depends_on_reading == ("colombia-ppp",)
    assert (found["finance"].tipping_point, found["finance"].blank) == (3, 5)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_the_tipping_point_is_where_the_majority_ends(
    favourable: int, unfavourable: int, conflicting: int, neutral: int
) -> None:
    tally = Tally("x", favourable, unfavourable, conflicting, 0, 0, 0, (), 0, (), neutral)

    def majority(adverse: int) -> bool:
        return 2 * favourable > favourable + unfavourable + conflicting + neutral + adverse

    assert not majority(tally.tipping_point)
    assert tally.tipping_point == 0 or majority(tally.tipping_point - 1)


def test_both_non_intentional_cases_are_colombian(bundled: Dataset) -> None:
    found = confounded_with(bundled, "coordination", list(bundled.cases.values()))
    country = next(c for c in found if c.group == "Non-intentional" and c.attribute == "country")
    assert country.values == ("Colombia",)
    assert country.cases == ("colombia-fest", "colombia-ppp")
    # Peru and Mexico are in the same region, so the region is not confounded with coordination.
    assert not any(c.group == "Non-intentional" and c.attribute == "region" for c in found)
