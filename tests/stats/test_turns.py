"""The exact one-turn posterior against a plain loop, published behaviour and its invariances."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from linewatch.errors import InputError
from linewatch.stats.ordinal import Scale
from linewatch.stats.turns import TurnPosterior, weigh_turn

SCORES = st.lists(st.integers(-6, 6).map(lambda half: half / 2), min_size=2, max_size=9)


def _brute(
    days: Sequence[int], rows: Sequence[Sequence[float]], low: int, high: int
) -> tuple[float, list[float]]:
    """Return the evidences of no turn and of a turn at each gap (prior included) by loops over every grid point."""
    levels = [low - 1 + 0.25 * i for i in range(4 * (high - low + 2) + 1)]
    middle, sd = (low + high) / 2, (high - low) / 3
    weights = [math.exp(-(((m - middle) / sd) ** 2) / 2) for m in levels]
    weights = [w / sum(weights) for w in weights]
    points = range(low, high + 1)

    def likelihood(row: Sequence[float], level: float, spread: float, stray: float) -> float:
        total = 0.0
        for chance, point in zip(row, points, strict=True):
            above = 1.0 if point == high else norm.cdf((point + 0.5 - level) / spread)
            below = 0.0 if point == low else norm.cdf((point - 0.5 - level) / spread)
            total += chance * ((1 - stray) * (above - below) + stray / len(points))
        return total

    none, turns = 0.0, [0.0] * (len(days) - 1)
    for spread in (0.5, 0.75, 1.0, 1.5, 2.0):
        for stray in (0.02, 0.1, 0.25):
            each = [[likelihood(row, level, spread, stray) for level in levels] for row in rows]

            def segment(start: int, end: int, each: list[list[float]] = each) -> float:
                return sum(
                    w * math.prod(each[i][j] for i in range(start, end)) for j, w in enumerate(weights)
                )

            none += segment(0, len(days)) / 15
            for k in range(1, len(days)):
                share = (days[k] - days[k - 1]) / (days[-1] - days[0])
                turns[k - 1] += share * segment(0, k) * segment(k, len(days)) / 15
    return none, turns


@pytest.mark.parametrize(
    ("days", "rows", "low", "high"),
    [
        pytest.param([0, 3, 4, 30, 31], [-2, -2, 0, 1, 1], -3, 3, id="the usual scale, uneven dates"),
        pytest.param([5, 5, 9, 9, 12], [-3, 2, 2, -1, 3], -3, 3, id="two days with two items"),
        pytest.param([1, 2, 9], [1, 3, 5], 1, 5, id="a five-point scale"),
        pytest.param([1, 8, 9, 20], [-1.5, -0.5, 1.5, 1], -3, 3, id="medians between points"),
    ],
)
def test_posterior_equals_a_plain_loop(days: list[int], rows: list[float], low: int, high: int) -> None:
    """Evidences, probabilities and the posterior over gaps agree with loops to 1e-9."""
    spread = [[max(0.0, 1 - abs(y - point)) for point in range(low, high + 1)] for y in rows]
    none, turns = _brute(days, spread, low, high)
    found = weigh_turn(days, rows, Scale(low=low, high=high))
    assert found.log_evidence_none == pytest.approx(math.log(none), abs=1e-9)
    assert found.log_evidence_turn == pytest.approx(math.log(sum(turns)), abs=1e-9)
    assert found.bayes_factor == pytest.approx(sum(turns) / none, rel=1e-9)
    expected = [mass / sum(turns) for mass in turns if mass > 0]
    assert [gap.mass for gap in found.gaps] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("scores", "with_strays", "without"),
    [
        pytest.param([-2] * 7 + [1], 2.3, 41.6, id="seven harsh, one soft"),
        pytest.param([-2] * 3 + [1], 2.5, 5.1, id="three harsh, one soft"),
    ],
)
def test_one_soft_item_is_hardly_a_turn(scores: list[int], with_strays: float, without: float) -> None:
    """The share of strays keeps a single item from looking like a turn."""
    days = range(len(scores))
    assert weigh_turn(days, scores).bayes_factor == pytest.approx(with_strays, abs=0.06)
    assert weigh_turn(days, scores, Scale(strays=(0.0,))).bayes_factor == pytest.approx(without, abs=0.06)


def _shape(turn: TurnPosterior) -> list[float]:
    return [turn.bayes_factor, turn.p_turn, turn.log_evidence_none, *(gap.mass for gap in turn.gaps)]


@settings(deadline=None, max_examples=50)
@given(SCORES, st.integers(-40_000, 40_000))
def test_mirror_shift_and_reversal(scores: list[float], shift: int) -> None:
    """Mirroring the scale, moving the dates and running time backwards mirror the answer and change nothing else."""
    days = [i * i for i in range(len(scores))]
    one = weigh_turn(days, scores)
    mirrored = weigh_turn(days, [-y for y in scores])
    assert _shape(mirrored) == pytest.approx(_shape(one), rel=1e-9)
    assert (mirrored.mean_before, mirrored.mean_after) == pytest.approx((-one.mean_before, -one.mean_after))
    moved = weigh_turn([d + shift for d in days], scores)
    assert _shape(moved) == pytest.approx(_shape(one), rel=1e-12)
    assert moved.interval == (one.interval[0] + shift, one.interval[1] + shift)
    back = weigh_turn([-d for d in days], scores)
    assert [gap.mass for gap in back.gaps] == pytest.approx([gap.mass for gap in one.gaps][::-1], abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(SCORES)
def test_dates_are_told_honestly(scores: list[float]) -> None:
    """The set holds 95 %, the mass sums to one, and no interval is narrower than the gap between two items."""
    days = np.cumsum([(7 * i * i) % 5 + (i == 1) for i in range(len(scores))]).tolist()
    turn = weigh_turn(days, scores)
    assert sum(gap.mass for gap in turn.gaps) == pytest.approx(1)
    inside = [
        gap.mass
        for gap in turn.gaps
        if any(a <= gap.start_day and gap.end_day <= b for a, b in turn.date_set)
    ]
    assert sum(inside) >= 0.95 - 1e-12
    edges = set(days)
    assert {day for pair in (*turn.date_set, turn.interval) for day in pair} <= edges


def test_items_of_one_day_are_not_parted() -> None:
    """Items of one day have no gap between them, in whatever order they are given."""
    days, scores = [1, 1, 1, 8, 8, 8], [-2, -2, -1, 2, 2, 1]
    turn = weigh_turn(days, scores)
    assert [(gap.start_day, gap.end_day, gap.before) for gap in turn.gaps] == [(1, 8, 3)]
    assert _shape(weigh_turn(days[::-1], scores[::-1])) == pytest.approx(_shape(turn))


def test_prior_of_a_gap_is_its_share_of_the_calendar() -> None:
    """Scores that say nothing of the date leave the masses at the shares of days."""
    flat = np.full((4, 7), 1 / 7)
    masses = [gap.mass for gap in weigh_turn([0, 10, 40, 100], flat).gaps]
    assert masses == pytest.approx([0.1, 0.3, 0.6])


def test_chances_stand_for_scores() -> None:
    """A row of chances with a single one is the score; an even pair is the score between."""
    rows: list[list[float]] = [[0, 1, 0, 0, 0, 0, 0], [0, 0, 0.5, 0.5, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0]]
    assert weigh_turn([1, 2, 3], rows) == weigh_turn([1, 2, 3], [-2, -0.5, 2])


def test_an_unsure_coder_weakens_the_finding() -> None:
    """Spreading each score over its neighbours lowers the evidence for a turn."""
    sure = [-2] * 6 + [2] * 6
    unsure: list[list[float]] = [
        [0.25 if abs(p - y) == 1 else 0.5 if p == y else 0.0 for p in range(-3, 4)] for y in sure
    ]
    assert weigh_turn(range(12), unsure).p_turn < weigh_turn(range(12), sure).p_turn


def test_priors_of_a_turn() -> None:
    """The three probabilities are one Bayes factor seen from three priors."""
    turn = weigh_turn(range(8), [-2] * 4 + [2] * 4)
    for told, prior in ((turn.p_turn, 0.5), (turn.p_turn_at_20, 0.2), (turn.p_turn_at_10, 0.1)):
        odds = turn.bayes_factor * prior / (1 - prior)
        assert told == pytest.approx(odds / (1 + odds))


def test_a_long_sharp_series_does_not_overflow() -> None:
    """Two thousand items on two sides give finite numbers."""
    turn = weigh_turn(range(2000), [-3] * 1000 + [3] * 1000)
    assert math.isfinite(turn.bayes_factor)
    assert turn.p_turn == 1.0
    assert turn.interval == (999, 1000)


@pytest.mark.parametrize(
    ("days", "scores", "said"),
    [
        pytest.param([3, 3], [1, 2], "two days", id="one day"),
        pytest.param([3], [1], "two days", id="one item"),
        pytest.param([], [], "whole numbers", id="nothing"),
        pytest.param([1, 2.5], [1, 2], "whole numbers", id="half a day"),
        pytest.param([1, 2], [1, 4], "outside", id="off the scale"),
        pytest.param([1, 2], [1, math.nan], "outside", id="uncoded item"),
        pytest.param([1, 2, 3], [1, 2], "3 days but 2", id="lengths"),
        pytest.param([1, 2], [[1, 0], [0, 1]], "7 numbers", id="chances of another scale"),
        pytest.param([1, 2], [[0.5] * 7] * 2, "sum to one", id="chances that do not sum"),
    ],
)
def test_broken_calls_are_refused(days: list[float], scores: list[float], said: str) -> None:
    """What cannot be weighed raises one line that says why."""
    with pytest.raises(InputError, match=said):
        weigh_turn(days, scores)


def test_a_scale_has_width() -> None:
    """A scale whose ends are swapped or equal is refused."""
    with pytest.raises(InputError, match="no width"):
        Scale(low=2, high=2)
