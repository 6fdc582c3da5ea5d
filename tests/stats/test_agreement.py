"""Every coefficient: against another program on a thousand tables, in closed form, and where it is undefined."""

from __future__ import annotations

import json
import math
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats import agreement
from linewatch.stats.agreement import (
    Coefficient,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
    percent_agreement,
)

ORACLES = Path(__file__).parents[2] / "benchmark" / "oracles"
LEVELS = ("nominal", "ordinal", "interval", "ratio")
ALPHA_NAMES = {"identity": "nominal", "quadratic": "interval", "ordinal": "gwet-ordinal"}
WEIGHTED: tuple[Callable[..., Coefficient], ...] = (gwet_ac, fleiss_kappa, conger_kappa, brennan_prediger)
EVERY = (krippendorff_alpha, cohen_kappa, percent_agreement, *WEIGHTED)
NOISE = 1e-7  # the other program's error is the root of a rounding error where ours is 0
X = math.nan


def _differ(ours: float | None, theirs: float | None, allowed: float = 1e-9) -> bool:
    return theirs is not None and not (ours is not None and abs(ours - theirs) <= allowed)


def _compare(row: dict[str, Any], table: list[list[float]], scheme: str) -> list[object]:
    """Return what we say otherwise of a table."""
    found = [krippendorff_alpha(table, level, resamples=0).value for level in LEVELS]
    pairs: list[tuple[float | None, float | None, float]] = list(
        zip(found, row["alpha"], [1e-9] * 4, strict=True)
    )
    weighted = [krippendorff_alpha(table, ALPHA_NAMES.get(scheme, scheme), resamples=0)]
    weighted += [measure(table, scheme, resamples=0) for measure in WEIGHTED]
    said = list(row["weighted"])
    if row["cohen"]:
        weighted.append(cohen_kappa(table, scheme, resamples=0))
        said.append(row["cohen"])
    for ours, (value, error) in zip(weighted, said, strict=True):
        pairs += [(ours.value, value, 1e-9), (ours.error, error, NOISE if ours.error == 0 else 1e-9)]
    return [(row["seed"], *pair) for pair in pairs if _differ(*pair)]


def test_a_thousand_tables_agree_with_the_oracles() -> None:
    """Values and standard errors are those of krippendorff 0.9.0 and irrCAC 0.4.4 to 1e-9, with values missing."""
    made = runpy.run_path(str(ORACLES / "tables.py"))
    rows = json.loads((ORACLES / "agreement.json").read_text(encoding="utf-8"))["tables"]
    wrong = []
    for row in rows:
        table = made["make_table"](row["seed"])
        if len({one for line in table for one in line if not math.isnan(one)}) > 1:
            wrong += _compare(row, table, made["get_scheme"](row["seed"]))
    assert len(rows) == 1000
    assert wrong == []


def test_ac1_of_two_coders_is_the_closed_form() -> None:
    """Two coders, yes/no: (p - e) / (1 - e) with e = 2 q (1 - q) for the mean share q of yes."""
    table = np.transpose([[1, 1]] * 6 + [[1, 0]] * 2 + [[0, 0]] * 2)
    q = 14 / 20
    e = 2 * q * (1 - q)
    assert gwet_ac(table, resamples=0).value == pytest.approx((0.8 - e) / (1 - e))


def test_more_categories_in_the_codebook_lower_the_chance_term() -> None:
    """A seven-point scale of which two were used has less agreement by chance than a yes/no code."""
    table = np.transpose([[1, 1]] * 6 + [[1, 0]] * 2 + [[0, 0]] * 2)
    assert gwet_ac(table, categories=range(7)).value > gwet_ac(table).value


def test_weights_may_be_a_matrix() -> None:
    """A matrix of weights does what the scheme of the same numbers does."""
    table = [[1, 2, 3, 3, 2, 1], [1, 3, 3, 2, 2, 1]]
    linear = [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    for measure in (*WEIGHTED, cohen_kappa, percent_agreement):
        assert measure(table, linear, resamples=0).value == measure(table, "linear", resamples=0).value


def test_words_are_categories() -> None:
    """Words, None for missing, give what numbers give; in an order, where the categories are named in it."""
    words = [["low", "mid", "high", None, "low"], ["low", "high", "high", "mid", "mid"]]
    numbers = [[1, 2, 3, X, 1], [1, 3, 3, 2, 2]]
    order = ["low", "mid", "high"]
    assert krippendorff_alpha(words, "nominal").value == krippendorff_alpha(numbers, "nominal").value
    for measure in WEIGHTED:
        assert measure(words, "ordinal", categories=order) == measure(numbers, "ordinal")
    assert krippendorff_alpha(words, "ordinal", categories=order) == krippendorff_alpha(numbers, "ordinal")


@pytest.mark.parametrize("measure", EVERY)
def test_nothing_varies(measure: Callable[..., Coefficient]) -> None:
    """Where all values are the same, no coefficient against chance is a number, and it says why."""
    found = measure([[1, 1, 1], [1, 1, X]])
    if measure is percent_agreement:
        assert (found.value, found.reason) == (1.0, "")
    else:
        assert math.isnan(found.value)
        assert (found.interval, found.n, found.reason) == (None, 2, agreement.NO_VARIATION)


@pytest.mark.parametrize("measure", EVERY)
@pytest.mark.parametrize("table", [[[1, X], [X, 2]], [[X, X], [X, X]], np.zeros((2, 0))])
def test_nothing_is_coded_twice(measure: Callable[..., Coefficient], table: list[list[float]]) -> None:
    """Where no unit has two values nothing is a number, percent agreement neither."""
    found = measure(table)
    assert math.isnan(found.value)
    assert (found.n, found.reason) == (0, agreement.NO_PAIR)


def test_pairs_may_be_alike_where_single_values_vary() -> None:
    """A value that no other coder met does not make pairs of equal values vary."""
    found = krippendorff_alpha([[1, 1, 2], [1, 1, X]])
    assert math.isnan(found.value)
    assert found.reason == agreement.NO_VARIATION


@pytest.mark.parametrize("measure", EVERY)
def test_interval_is_skipped_or_seeded(measure: Callable[..., Coefficient]) -> None:
    """No resamples, no interval; one seed, one interval; it holds the value."""
    rng = np.random.default_rng(4)
    one = rng.integers(0, 3, 40)
    table = np.stack([one, np.where(rng.random(40) < 0.8, one, rng.integers(0, 3, 40))])
    assert measure(table, resamples=0).interval is None
    found = measure(table)
    assert found == measure(table)
    assert found.interval != measure(table, seed=1).interval
    assert found.interval is not None
    assert found.interval[0] < found.value < found.interval[1]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: krippendorff_alpha([1, 2, 3]), "coders x units"),
        (lambda: krippendorff_alpha([[1, math.inf]]), "coders x units"),
        (lambda: krippendorff_alpha([[[1]]]), "coders x units"),
        (lambda: krippendorff_alpha([["a"], ["a", "b"]]), "coders x units"),
        (lambda: krippendorff_alpha("words"), "coders x units"),
        (lambda: krippendorff_alpha([[1, 2], [1, 2]], "cardinal"), "level of measurement"),
        (lambda: krippendorff_alpha([["a", "b"], ["a", "b"]], "interval"), "words have no interval"),
        (lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"), "below zero"),
        (lambda: gwet_ac([[1, 2], [1, 2]], "cubic"), "no weights"),
        (lambda: gwet_ac([[1, 2], [1, 2]], [[1.0]]), "2 x 2"),
        (lambda: gwet_ac([[1, 2], [1, 2]], categories=[1]), "none of the categories"),
        (lambda: gwet_ac([["a", "b"], ["a", "b"]], categories=["a"]), "none of the categories"),
        (lambda: gwet_ac([[1, 2], [1, 2]], categories=["a"]), "words"),
        (lambda: cohen_kappa([[1, 2]] * 3), "two coders"),
        (lambda: gwet_ac([[1, 2], [1, 2]], items=["a"]), "2 units but 1"),
    ],
)
def test_a_broken_call_is_refused(call: Callable[[], object], says: str) -> None:
    """What is no table, level, weight or category is refused, by what is wrong."""
    with pytest.raises(InputError, match=says):
        call()


@given(st.integers(0, 10_000), st.permutations(range(3)), st.permutations(range(12)))
@settings(max_examples=40, deadline=None)
def test_order_of_coders_and_units_makes_no_difference(
    seed: int, coders: list[int], units: list[int]
) -> None:
    """Shuffling coders or units leaves every coefficient and its error as they were."""
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 4, (3, 12)).astype(float)
    table[rng.random((3, 12)) < 0.2] = X
    for measure in (krippendorff_alpha, percent_agreement, *WEIGHTED):
        one, other = (measure(given, resamples=0) for given in (table, table[coders][:, units]))
        assert other.value == pytest.approx(one.value, abs=1e-9, nan_ok=True)
        assert other.error == pytest.approx(one.error, abs=1e-7)
