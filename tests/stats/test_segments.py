"""The exact posterior of several turns, against running through every segmentation, and on planted series."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from linewatch.errors import InputError
from linewatch.stats import simulate
from linewatch.stats.many import expect_false, keep_discoveries
from linewatch.stats.ordinal import Scale, point_chances, spread_scores
from linewatch.stats.scan import scan_turn
from linewatch.stats.segments import MOST_ITEMS, segment_series
from linewatch.stats.turns import weigh_turn


def _brute(days: list[int], scores: list[float], turns: int) -> tuple[float, dict[tuple[int, ...], float]]:
    """Return the evidence of so many turns, and each choice of gaps with its share of it, by loops."""
    scale = Scale()
    likelihood = np.tensordot(spread_scores(scores, scale), point_chances(scale), axes=1)
    gaps = {i: days[i] - days[i - 1] for i in range(1, len(days)) if days[i] > days[i - 1]}
    choices = list(itertools.combinations(gaps, turns))
    weights = [math.prod(gaps[i] for i in choice) for choice in choices]
    found: dict[tuple[int, ...], float] = {}
    for choice, weight in zip(choices, weights, strict=True):
        edges = [0, *choice, len(days)]
        each = [np.prod(likelihood[a:b], axis=0) @ scale.level_weights for a, b in itertools.pairwise(edges)]
        found[choice] = weight / sum(weights) * float(np.prod(each, axis=0).mean())
    return sum(found.values()), found


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_evidence_equals_running_through_all_segmentations(turns: int) -> None:
    """The evidence of each number of turns agrees with loops, uneven dates and a shared day included."""
    days, scores = [0, 2, 2, 9, 10, 30], [-2.0, -1.0, 2.0, 1.5, 2.0, -3.0]
    found = segment_series(days, scores, most=3)
    assert found.log_evidences[turns] == pytest.approx(math.log(_brute(days, scores, turns)[0]), abs=1e-9)


def test_dates_equal_running_through_all_segmentations() -> None:
    """Each turn's likeliest gap is the one that loops over all segmentations give, mass included."""
    days, scores = list(range(9)), [-3.0] * 3 + [3.0] * 3 + [-3.0] * 3
    found = segment_series(days, scores, most=2)
    total, shares = _brute(days, scores, 2)
    assert found.likeliest == 2
    for place, gap in enumerate(found.most_likely):
        mass = sum(share for choice, share in shares.items() if choice[place] == gap.before) / total
        assert gap.mass == pytest.approx(mass, abs=1e-9)


def test_one_turn_is_the_one_turn_posterior() -> None:
    """None and one turn have the evidences of T1."""
    rng = np.random.default_rng(3)
    days, scores = np.sort(rng.integers(0, 300, 40)), rng.integers(-3, 4, 40)
    many, one = segment_series(days, scores), weigh_turn(days, scores)
    assert many.log_evidences[:2] == pytest.approx((one.log_evidence_none, one.log_evidence_turn), abs=1e-8)


def test_planted_turns_are_counted_and_dated() -> None:
    """Three planted steps among four hundred items are counted and lie in their intervals."""
    rng = np.random.default_rng(5)
    level = np.repeat([-1.5, 1.0, -0.5, 2.0], 100)
    scores = np.clip(np.round(level + rng.normal(size=400)), -3, 3)
    found = segment_series(np.arange(400) * 3, scores)
    assert found.likeliest == 3
    for (start, end), planted in zip(found.turns, (300, 600, 900), strict=True):
        assert start < planted + 3
        assert planted - 3 < end


def test_still_lines_do_not_turn() -> None:
    """Of forty still lines at most two have a turn as their likeliest number."""
    rng = np.random.default_rng(6)
    still = [simulate.simulate_none(rng, 80) for _ in range(40)]
    assert sum(segment_series(one.days, one.scores).likeliest > 0 for one in still) <= 2


def test_mirror_shift_and_reversal() -> None:
    """C11: the mirrored scale, moved dates and reversed time give the same numbers."""
    rng = np.random.default_rng(7)
    days, scores = np.cumsum(rng.integers(0, 9, 60)), rng.integers(-3, 4, 60)
    one = segment_series(days, scores).numbers
    assert segment_series(days, -scores).numbers == pytest.approx(one)
    assert segment_series(days + 5000, scores).numbers == pytest.approx(one)
    assert segment_series(-days, scores).numbers == pytest.approx(one)


@pytest.mark.parametrize(
    ("days", "scores", "said"),
    [
        ([1, 2.5], [1, 2], "whole numbers"),
        ([1, 2, 3], [1, 2], "3 days but 2"),
        ([], [], "whole numbers"),
        (range(MOST_ITEMS + 1), [0], "too many"),
    ],
)
def test_broken_calls_are_refused(days: list[float], scores: list[float], said: str) -> None:
    """What cannot be segmented raises one line."""
    with pytest.raises(InputError, match=said):
        segment_series(days, scores)


def test_one_day_has_no_turn() -> None:
    """Items of one day cannot be parted."""
    assert segment_series([3, 3, 3], [-2, 0, 2]).numbers == (1.0,)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3])
def test_false_discoveries_are_held(share: float) -> None:
    """C9: of the series that stand at .05 among forty, few never turned, whatever share turned."""
    rng, false, found = np.random.default_rng(11), 0, 0
    for _ in range(6):
        truth = rng.random(40) < share
        series = [
            simulate.simulate_step(rng, 30, size=3.0) if turned else simulate.simulate_none(rng, 30)
            for turned in truth
        ]
        kept = keep_discoveries([scan_turn(one.days, one.scores, draws=1999).p_value for one in series])
        found += sum(kept)
        false += sum(one and not turned for one, turned in zip(kept, truth, strict=True))
    assert false <= 0.15 * max(found, 10)
    assert found >= 6 * 40 * share * 0.6


def test_dependence_costs() -> None:
    """The bound under any dependence keeps no more than the plain one, and nothing keeps nothing."""
    p_values = [0.001, 0.01, 0.02, 0.04, 0.2]
    assert sum(keep_discoveries(p_values, is_dependent=True)) <= sum(keep_discoveries(p_values)) == 4
    assert keep_discoveries([]) == ()


def test_bayesian_rate_is_the_mean_doubt() -> None:
    """What is told of the findings is the mean chance that one is none; of none it is nothing."""
    assert expect_false([0.99, 0.97, 0.92]) == pytest.approx(0.04)
    assert expect_false([]) == 0.0
