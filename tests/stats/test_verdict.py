"""The traffic light at each of its edges, its counts and its fixed words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from linewatch.stats import verdict
from linewatch.stats.verdict import Agreement, Metric, assess

Table = list[list[float]]
X = math.nan


def _table(agreeing: int, differing: int) -> Table:
    """Make a yes/no table, half yes: so many units agreed on, so many not."""
    same = [[float(i % 2)] * 2 for i in range(agreeing)]
    return same + [[float(i % 2), float(1 - i % 2)] for i in range(differing)]


def judge(table: npt.ArrayLike, items: Sequence[object], metric: Metric = "nominal") -> Agreement:
    """Return the verdict on a table written a unit a row, as it is easiest to read here."""
    return assess(np.transpose(np.asarray(table, dtype=np.float64)), items, metric)


# alpha of a balanced yes/no table with n units is 1 - (2n - 1) / n * d for a share d of units that differ
LIGHTS = [
    pytest.param(
        _table(98, 2), range(100), "green", verdict.WORDS["green"], id="two differences in a hundred"
    ),
    pytest.param(_table(88, 12), range(100), "amber", verdict.WORDS["amber"], id="alpha .76, bound below"),
    pytest.param(_table(450, 50), range(500), "green", verdict.WORDS["green"], id="alpha .8002, bound above"),
    pytest.param(
        _table(358, 42), range(400), "amber", verdict.WORDS["amber"], id="bound above, alpha below .80"
    ),
    pytest.param(_table(83, 17), range(100), "red", verdict.WORDS["red"], id="alpha .66"),
    pytest.param(_table(29, 0), range(29), "unknown", verdict.TOO_FEW, id="29 units"),
    pytest.param(_table(30, 0), range(30), "amber", verdict.PROVISIONAL, id="30 units, perfect, provisional"),
    pytest.param(_table(49, 0), range(49), "amber", verdict.PROVISIONAL, id="49 units, perfect, provisional"),
    pytest.param(_table(50, 0), range(50), "green", verdict.WORDS["green"], id="50 units, perfect"),
    pytest.param(
        _table(20, 15), range(35), "red", verdict.WORDS["red"], id="a red stays red when provisional"
    ),
    pytest.param(_table(60, 0), [i % 9 for i in range(60)], "amber", verdict.PROVISIONAL, id="nine items"),
    pytest.param(_table(60, 0), [0] * 60, "unknown", verdict.ONE_ITEM, id="one item"),
    pytest.param([[1.0, 1.0]] * 60, range(60), "unknown", verdict.TOO_RARE, id="always yes"),
    pytest.param(
        [[0.0, 0.0]] * 116 + [[1.0, 1.0]] * 5,
        range(121),
        "unknown",
        verdict.TOO_RARE,
        id="prevalence 4.1 %",
    ),
    pytest.param(
        [[0.0, 0.0]] * 95 + [[1.0, 1.0]] * 5,
        range(100),
        "amber",
        verdict.WORDS["amber"],
        id="prevalence 5 %: five agreed are few",
    ),
    pytest.param([[1.0]] * 60, range(60), "unknown", verdict.ONE_CODER, id="one coder"),
    pytest.param(
        [[1.0, X]] * 60, range(60), "unknown", verdict.ONE_CODER, id="the other coder coded nothing"
    ),
    pytest.param([[X, X]] * 60, range(60), "unknown", verdict.ONE_CODER, id="nobody coded"),
    pytest.param([[1.0, X], [X, 1.0]] * 30, range(60), "unknown", verdict.NO_PAIR, id="no overlap"),
]


@pytest.mark.parametrize(("table", "items", "light", "words"), LIGHTS)
def test_light_and_words(table: Table, items: Sequence[object], light: str, words: str) -> None:
    """Each rule of the light, at its edge."""
    result = judge(table, items)
    assert (result.light, result.words) == (light, words)


def test_one_coder_has_the_fixed_words() -> None:
    """The words are those that a report looks for."""
    assert judge([[1.0]], ["a"]).words == "one coder, reliability unknown"


def test_high_ac1_does_not_turn_a_rare_code_green() -> None:
    """A code seen once in sixty has AC1 near one and no verdict."""
    result = judge([[0.0, 0.0]] * 59 + [[0.0, 1.0]], range(60))
    assert result.ac1 is not None
    assert result.ac1 > 0.95
    assert result.light == "unknown"


def test_a_scale_without_variation_has_no_verdict() -> None:
    """Sixty passages all coded -2 by both tell nothing of reliability."""
    result = judge([[-2.0, -2.0]] * 60, range(60), "ordinal")
    assert (result.light, result.words, result.alpha) == ("unknown", verdict.NO_VARIATION, None)


def test_counts_are_of_units_coded_twice() -> None:
    """Units coded once count for nothing, nor do their items."""
    result = judge([[1, 1, X], [1, X, X], [X, 0, 0]], ["a", "b", "c"])
    assert (result.units, result.items, result.coders, result.percent) == (2, 2, 3, 1.0)


def test_nothing_coded_twice_leaves_all_undefined() -> None:
    """Undefined is None in the value and NaN in the functions, never 0 or 1."""
    result = judge(np.array([[1.0, X], [X, 0.0]]), ["a", "b"])
    assert (result.alpha, result.low, result.high, result.ac1, result.percent) == (None,) * 5


@pytest.mark.parametrize(
    ("table", "share"),
    [
        ([[1, 0], [1, 1]], 0.75),
        ([[0, 0], [0, X]], 0.0),
        ([[1, 1]], 1.0),
        ([[1, 2]], None),
        ([[X, X]], None),
    ],
)
def test_prevalence_is_the_share_of_yes(table: Table, share: float | None) -> None:
    """Of a yes/no code the share of yes is told, of other values nothing."""
    assert judge(table, range(len(table))).prevalence == share
