"""Krippendorff's alpha by loops and by its invariances; the interval over items of any coefficient."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.stats.agreement import add_disagreement, krippendorff_alpha
from linewatch.stats.alpha import sum_alpha
from linewatch.stats.ratings import read_ratings
from linewatch.stats.sums import resample

X = math.nan
LEVELS = ("nominal", "ordinal", "interval")


def alpha(table: object, level: str) -> float:
    """Return alpha without its interval."""
    return krippendorff_alpha(table, level, resamples=0).value


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_matches_a_loop_over_pairs(level: str) -> None:
    """Alpha equals one minus mean disagreement within units over mean disagreement of all pairs, by loops."""
    table = np.random.default_rng(7).integers(-2, 3, (3, 15)).astype(float)
    assert alpha(table, level) == pytest.approx(_by_loops(table, level), abs=1e-12)


def _by_loops(table: np.ndarray[tuple[int, int], np.dtype[np.float64]], level: str) -> float:
    pool = [float(v) for v in table.ravel()]

    def apart(a: float, b: float) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in pool)
        return float(a != b) * (between - (pool.count(a) + pool.count(b)) / 2) ** 2

    coders = len(table)
    within = [apart(u[i], u[j]) for u in table.T for i in range(coders) for j in range(coders) if i != j]
    overall = [apart(a, b) for i, a in enumerate(pool) for j, b in enumerate(pool) if i != j]
    return 1 - float(np.mean(within)) / float(np.mean(overall))


@given(st.integers(-5, 5))
def test_alpha_ignores_the_origin_and_the_direction_of_a_scale(shift: int) -> None:
    """Moving the scale or mirroring it leaves alpha as it was."""
    table = np.array([[0, 1, 2, 0, 3, 1, 3, 0], [0, 1, 2, X, 3, 2, 3, 1], [1, 1, 0, 0, 2, 1, 3, 0]])
    for level in LEVELS:
        expected = pytest.approx(alpha(table, level), abs=1e-12)
        assert alpha(table + shift, level) == expected
        assert alpha(-table, level) == expected


def test_interval_is_wider_when_passages_of_an_item_are_alike() -> None:
    """Twenty items of five identical passages are not a hundred units."""
    rng = np.random.default_rng(3)
    first = rng.integers(-2, 3, 20)
    second = np.where(rng.random(20) < 0.7, first, rng.integers(-2, 3, 20))
    table = np.repeat(np.stack([first, second]), 5, axis=1)
    by_item = krippendorff_alpha(table, "ordinal", items=np.repeat(np.arange(20), 5).tolist())
    by_unit = krippendorff_alpha(table, "ordinal")
    assert by_item.interval is not None
    assert by_unit.interval is not None
    low, high = by_item.interval
    assert high - low > 1.5 * (by_unit.interval[1] - by_unit.interval[0])
    assert low < by_item.value < high


def test_perfect_agreement_on_few_units_is_not_certain() -> None:
    """Twenty units without a disagreement leave room below 1, two hundred much less: nobody has seen the next one."""
    few, many = (krippendorff_alpha([[0, 1] * n, [0, 1] * n]) for n in (10, 100))
    assert few.interval is not None
    assert many.interval is not None
    assert few.interval[0] < 0.8
    assert 0.95 < many.interval[0] < 1
    assert few.interval[1] == many.interval[1] == 1


def test_one_item_has_no_interval() -> None:
    """What comes from one item tells nothing of others."""
    assert krippendorff_alpha([[0, 1, 1], [0, 1, 0]], items=["a", "a", "a"]).interval is None
    assert krippendorff_alpha([[0, 1, 1], [0, 1, X]], items=["a", "a", "b"]).interval is None


def test_resamples_equal_alpha_of_resampled_tables() -> None:
    """The sums of drawn units equal alpha computed on the units drawn, one table at a time."""
    table = np.random.default_rng(6).integers(0, 4, (2, 12)).astype(float)
    weights = np.random.default_rng(1).multinomial(12, np.full(12, 1 / 12), 50)
    for level in LEVELS:
        sums = sum_alpha(read_ratings(table), level)
        slow = [alpha(np.repeat(table, one, axis=1), level) for one in weights]
        assert sums.estimate(weights @ sums.features) == pytest.approx(slow, nan_ok=True)


def test_lower_end_is_never_above_the_plain_one() -> None:
    """The doubted table can widen the interval downwards only."""
    table = read_ratings([[0, 1] * 15, [0, 1] * 14 + [1, 1]])
    sums, doubted = (sum_alpha(one, "nominal") for one in (table, add_disagreement(table)))
    plain = resample(sums, sums, None, resamples=500, seed=0)
    wide = resample(sums, doubted, None, resamples=500, seed=0)
    assert plain is not None
    assert wide is not None
    assert wide[0] < plain[0]
    assert wide[1] == plain[1]
