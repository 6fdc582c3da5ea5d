"""Krippendorff's alpha against an independent implementation, closed forms and its invariances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats.alpha import Metric, bootstrap_alpha, krippendorff_alpha

X = math.nan
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")

# Numbers made apart with krippendorff 0.9.0: nominal, ordinal, interval.
ORACLE = [
    pytest.param(
        [[2, 0], [3, 0], [-3, 3], [0, 0], [3, 2], [3, 0], [3, -1], [-3, -3]],
        (0.0625, -0.0821850393700787, 0.07407407407407407),
        id="two coders on seven points",
    ),
    pytest.param(
        [[2, 0, 0], [-1, X, X], [X, -2, 2], [X, -2, -2], [-2, 2, 2], [-1, X, X], [-2, 2, 2], [2, 2, 0]],
        (0.050632911392405, -0.08582823426573438, -0.05527638190954787),
        id="three coders, gaps, two units coded once",
    ),
    pytest.param(
        [
            [0, 1, 1],
            [0, 0, 0],
            [1, 1, 0],
            [0, 1, 1],
            [0, 1, 0],
            [0, X, 0],
            [X, 0, 0],
            [0, 1, X],
            [1, X, 0],
            [1, 0, X],
        ],
        (-0.12, -0.12, -0.12),
        id="a yes/no code: the metric makes no difference",
    ),
    pytest.param(
        [[-1.5, -2], [-2, -2], [0.5, -2], [0.5, 0.5], [0.5, -2], [0.5, -1.5], [0, 0], [-1.5, -1]],
        (0.21875, 0.08169291338582663, 0.13559322033898313),
        id="half points, as of a median",
    ),
]


@pytest.mark.parametrize(("table", "expected"), ORACLE)
def test_alpha_matches_an_independent_implementation(
    table: list[list[float]], expected: tuple[float, ...]
) -> None:
    """All three metrics agree with the other implementation to rounding."""
    assert [krippendorff_alpha(table, metric) for metric in METRICS] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("metric", METRICS)
def test_alpha_matches_a_loop_over_pairs(metric: Metric) -> None:
    """Alpha equals one minus mean disagreement within units over mean disagreement of all pairs, by loops."""
    rng = np.random.default_rng(7)
    table = rng.integers(-2, 3, (15, 3)).astype(float)
    assert krippendorff_alpha(table, metric) == pytest.approx(_by_loops(table, metric), abs=1e-12)


def _by_loops(table: np.ndarray[tuple[int, int], np.dtype[np.float64]], metric: Metric) -> float:
    pool = [float(v) for v in table.ravel()]

    def apart(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in pool)
        return float(a != b) * (between - (pool.count(a) + pool.count(b)) / 2) ** 2

    coders = table.shape[1]
    within = [apart(u[i], u[j]) for u in table for i in range(coders) for j in range(coders) if i != j]
    overall = [apart(a, b) for i, a in enumerate(pool) for j, b in enumerate(pool) if i != j]
    return 1 - float(np.mean(within)) / float(np.mean(overall))


@given(st.permutations(range(3)), st.permutations(range(8)), st.integers(-5, 5))
def test_alpha_ignores_order_of_coders_and_units_and_the_origin(
    coders: list[int], units: list[int], shift: int
) -> None:
    """Shuffling coders or units, moving the scale or mirroring it leaves alpha as it was."""
    table = np.array([[0, 0, 1], [1, 1, 1], [2, 2, 0], [0, X, 0], [3, 3, 2], [1, 2, 1], [3, 3, 3], [0, 1, 0]])
    for metric in METRICS:
        expected = pytest.approx(krippendorff_alpha(table, metric), abs=1e-12)
        assert krippendorff_alpha(table[units][:, coders] + shift, metric) == expected
        assert krippendorff_alpha(-table, metric) == expected


@pytest.mark.parametrize(
    "table",
    [
        pytest.param([[1, 1], [1, 1]], id="no variation"),
        pytest.param([[1, X], [X, 2]], id="no unit coded twice"),
        pytest.param([[X, X]], id="nothing coded"),
        pytest.param(np.zeros((0, 2)), id="no units"),
    ],
)
def test_alpha_is_undefined_without_variation_in_pairs(table: list[list[float]]) -> None:
    """Nothing is said where nothing can be known."""
    assert math.isnan(krippendorff_alpha(table))
    assert math.isnan(bootstrap_alpha(table, range(len(table)))[0]) or len(table) == 2


def test_bootstrap_is_wider_when_passages_of_an_item_are_alike() -> None:
    """Twenty items of five identical passages are not a hundred units."""
    rng = np.random.default_rng(3)
    first = rng.integers(-2, 3, 20)
    second = np.where(rng.random(20) < 0.7, first, rng.integers(-2, 3, 20))
    table = np.repeat(np.stack([first, second], axis=1), 5, axis=0)
    low, high = bootstrap_alpha(table, np.repeat(np.arange(20), 5).tolist(), "ordinal")
    narrow_low, narrow_high = bootstrap_alpha(table, range(100), "ordinal")
    assert high - low > 1.5 * (narrow_high - narrow_low)
    assert low < krippendorff_alpha(table, "ordinal") < high


def test_bootstrap_is_a_function_of_its_seed() -> None:
    """The same seed gives the same interval, another seed another."""
    table = np.random.default_rng(5).integers(0, 3, (40, 2))
    assert bootstrap_alpha(table, range(40)) == bootstrap_alpha(table, range(40))
    assert bootstrap_alpha(table, range(40)) != bootstrap_alpha(table, range(40), seed=2)


def test_bootstrap_equals_alpha_of_resampled_tables() -> None:
    """The vectorised draws equal alpha computed on the items drawn, one table at a time."""
    table = np.random.default_rng(6).integers(0, 4, (12, 2)).astype(float)
    weights = np.random.default_rng(1).multinomial(12, np.full(12, 1 / 12), 50)
    slow = [krippendorff_alpha(np.repeat(table, w, axis=0), "ordinal") for w in weights]
    expected = np.quantile(np.nan_to_num(slow, nan=0.0), [0.025, 0.975])
    assert bootstrap_alpha(table, range(12), "ordinal", draws=50, seed=1) == pytest.approx(tuple(expected))


@pytest.mark.parametrize("table", [[1, 2], [[math.inf, 1]], [[[1]]]])
def test_a_table_that_is_not_one_is_refused(table: list[float]) -> None:
    """A row, an infinite value or a cube is a broken call."""
    with pytest.raises(InputError, match="units x coders"):
        krippendorff_alpha(table)


def test_labels_must_fit_the_table() -> None:
    """One item label a unit, or the call is refused."""
    with pytest.raises(InputError, match="2 units but 1"):
        bootstrap_alpha([[1, 1], [2, 2]], ["a"])
