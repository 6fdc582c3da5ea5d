"""The permutation scan: closed forms, strata, ties, and the range of its p-value."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.stats import rankdata

from linewatch.errors import InputError
from linewatch.stats.scan import Side, rank, scan_turn


@pytest.mark.parametrize(
    ("harsh", "soft", "side", "p"),
    [
        (3, 1, "up", 1 / 4),
        (3, 1, "two", 1 / 2),
        (2, 2, "up", 1 / 6),
        (2, 2, "two", 1 / 3),
        (3, 3, "up", 1 / 20),
        (3, 3, "two", 1 / 10),
        (4, 4, "up", 1 / 70),
        (4, 4, "two", 1 / 35),
        (3, 3, "down", 1.0),
    ],
)
def test_closed_forms(harsh: int, soft: int, side: Side, p: float) -> None:
    """A perfect split has the p-value that counting gives."""
    scan = scan_turn(range(harsh + soft), [-2] * harsh + [1] * soft, side=side)
    assert scan.p_value == pytest.approx(p, abs=1e-12)
    assert scan.exact


def test_exact_p_equals_all_labelled_permutations() -> None:
    """Listing distinct orders gives what running through every labelled permutation by loops gives."""
    scores, splits = [-2.0, -2.0, 0.5, -1.0, 1.0, 1.0], range(1, 6)
    ranks = rankdata(scores) - 3.5

    def top(order: tuple[float, ...]) -> float:
        return max(abs(sum(order[:k])) / math.sqrt(k * (6 - k)) for k in splits)

    orders = list(itertools.permutations(ranks.tolist()))
    reached = sum(top(order) >= top(tuple(ranks)) - 1e-9 for order in orders)
    assert scan_turn(range(6), scores).p_value == pytest.approx(reached / len(orders), abs=1e-12)


def test_drawn_p_is_near_the_exact_one() -> None:
    """Ten different scores are drawn from, not listed; nine equal ones and a high one have p near its exact value."""
    scores = [1, 3, 2, 5, 4, 7, 6, 9, 8, 10]
    drawn = scan_turn(range(10), scores, side="up")
    assert not drawn.exact
    tied = scan_turn(range(12), [-2] * 6 + [1] * 6)
    assert tied.exact
    assert tied.p_value == pytest.approx(2 / 924)


def test_drawn_p_is_never_zero_and_repeats() -> None:
    """The smallest p is 1 / (1 + draws), and the seed decides the rest."""
    scores = list(range(30))
    assert scan_turn(range(30), scores, draws=99).p_value == 1 / 100
    noise = np.random.default_rng(2).normal(size=30)
    assert scan_turn(range(30), noise) == scan_turn(range(30), noise)


def test_strata_take_away_a_change_of_voices() -> None:
    """Three pier films at -2, then three lamp editorials at +1: pooled it looks ordered, within outlets it is nothing."""
    outlets = ["pier"] * 3 + ["lamp"] * 3
    assert scan_turn(range(6), [-2, -2, -2, 1, 1, 1]).p_value == pytest.approx(0.1)
    assert scan_turn(range(6), [-2, -2, -2, 1, 1, 1], outlets).p_value == 1.0


def test_strata_keep_a_turn_inside_outlets() -> None:
    """Two outlets at different levels that both turn are found within outlets: 2 orders in 400."""
    scores = [-3, -1, -3, -1, -3, -1, 0, 2, 0, 2, 0, 2]
    scan = scan_turn(range(12), scores, ["pier", "lamp"] * 6)
    assert scan.exact
    assert scan.orders == 400
    assert scan.p_value == pytest.approx(2 / 400)
    assert scan.before == 6


def test_one_stratum_is_no_stratum() -> None:
    """Naming the same outlet throughout changes nothing."""
    scores = [-2, -1, -2, 0, 1, 0, 2]
    assert scan_turn(range(7), scores, ["lamp"] * 7) == scan_turn(range(7), scores)


def test_items_of_one_day_are_not_split() -> None:
    """A sharp split inside a day is not looked at; items of a day may be given in any order."""
    one = scan_turn([1, 2, 2, 3], [-2, -2, 1, 1])
    other = scan_turn([3, 2, 2, 1], [1, 1, -2, -2])
    assert one == other
    assert one.before in {1, 3}


def test_monotone_change_of_the_scale_changes_nothing() -> None:
    """Only ranks count; mirroring swaps up and down."""
    scores = [-2, -1, -3, 0, 2, 1, 1, 3]
    plain = scan_turn(range(8), scores)
    assert scan_turn([d * 30 + 700_000 for d in range(8)], [y**3 for y in scores]) == plain
    assert scan_turn(range(8), [-y for y in scores]) == plain
    up, down = scan_turn(range(8), scores, side="up"), scan_turn(range(8), [-y for y in scores], side="down")
    assert (up.p_value, up.statistic) == (down.p_value, down.statistic)


@pytest.mark.parametrize(
    ("days", "scores", "strata"),
    [
        pytest.param([1, 2, 3], [1, 1, 1], None, id="all equal"),
        pytest.param([4, 4, 4], [1, 2, 3], None, id="one day"),
        pytest.param([1], [2], None, id="one item"),
        pytest.param([1, 2], [1, 3], ["a", "b"], id="an outlet each"),
        pytest.param([], [], None, id="nothing"),
    ],
)
def test_nothing_that_can_vary_has_p_one(
    days: list[int], scores: list[int], strata: list[str] | None
) -> None:
    """Where every order is the same order, chance explains it."""
    scan = scan_turn(days, scores, strata)
    assert (scan.p_value, scan.statistic, scan.before) == (1.0, 0.0, None)


@pytest.mark.parametrize(
    ("days", "scores", "strata"),
    [([1, 2], [1], None), ([1, 2], [1, float("nan")], None), ([1, 2], [1, 2], ["a"])],
)
def test_broken_calls_are_refused(days: list[int], scores: list[float], strata: list[str] | None) -> None:
    """Uneven columns and missing scores raise."""
    with pytest.raises(InputError):
        scan_turn(days, scores, strata)


@pytest.mark.parametrize(
    "values", [[], [1.0], [2.0, 2.0, 2.0], [3.0, -1.0, 3.0, 0.5], [-0.0, 0.0, 1e-9, -5.0, 1e-9]]
)
def test_ranks_are_those_of_scipy(values: list[float]) -> None:
    """Mid-ranks are the ones that SciPy gives, ties and all."""
    assert rank(np.array(values)).tolist() == rankdata(values).tolist()
