"""How far coders agree: every coefficient with its interval over items and, where one is published, its standard error.

All take ratings as coders x units, NaN (or None) for missing, of numbers or of words. What a value is worth is judged in
`verdict`; why the interval is as it is: docs/decisions/0060-intervals-of-agreement.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from linewatch.errors import InputError
from linewatch.stats import chance
from linewatch.stats.alpha import get_alpha_error, sum_alpha
from linewatch.stats.ratings import MISSING, Floats, Ratings, read_ratings
from linewatch.stats.sums import Interval, Sums, resample
from linewatch.stats.weights import Weights, get_weights

NO_PAIR = "no unit has values of two coders"
NO_VARIATION = "all values are the same: agreement without variation tells nothing of reliability"
CHANCE_IS_ALL = "by chance alone the coders would agree on everything"

Units = Sequence[object] | None
Categories = Sequence[Any] | None


class Coefficient(msgspec.Struct, frozen=True, kw_only=True):
    """A coefficient of agreement, what is known of its precision, and why it is undefined where it is."""

    name: str
    value: float
    """NaN where undefined; then `reason` says why."""
    interval: Interval | None
    """95 %, over items; None where it was not asked for or cannot be had."""
    error: float | None
    """The published analytic standard error, units independent; None where there is none."""
    n: int
    """Units with values of two coders or more."""
    reason: str = ""


def krippendorff_alpha(
    ratings: Any,
    level: str = "nominal",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return Krippendorff's alpha for a level: nominal, ordinal, interval or ratio (Hayes & Krippendorff 2007).

    `ordinal` is his own metric; `gwet-ordinal` takes Gwet's ordinal weights, and linear, radical, circular and
    bipolar the weights of these names. Words in an order need `categories`. His example of 4 coders and 12 units
    (2011, Computing Krippendorff's Alpha-Reliability), published as .743, .815, .849, .797:

    >>> x = float("nan")
    >>> coders = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
    ...     [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ... ]
    >>> levels = ("nominal", "ordinal", "interval", "ratio")
    >>> [round(krippendorff_alpha(coders, level, resamples=0).value, 3) for level in levels]
    [0.743, 0.815, 0.849, 0.797]
    """
    table = read_ratings(ratings, categories)
    return _measure(
        f"Krippendorff's alpha, {level}",
        table,
        lambda one: sum_alpha(one, level),
        lambda: get_alpha_error(table, level),
        _Drawing(items, resamples, seed),
    )


def gwet_ac(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return Gwet's AC1, or AC2 with weights (2008, Br. J. Math. Stat. Psychol. 61:29).

    Its chance depends on how many categories there are: `categories` names them where not all were used. The
    example of `krippendorff_alpha` is published as .775 with standard error .143:

    >>> x = float("nan")
    >>> coders = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
    ...     [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ... ]
    >>> found = gwet_ac(coders, resamples=0)
    >>> round(found.value, 3), round(found.error or 0, 3), found.n
    (0.775, 0.143, 11)
    """
    plain = isinstance(weights, str) and weights in {"identity", "unweighted"}
    drawing = _Drawing(items, resamples, seed)
    return _compare(
        f"Gwet's {'AC1' if plain else 'AC2'}",
        chance.GWET,
        read_ratings(ratings, categories),
        weights,
        drawing,
    )


def fleiss_kappa(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return Fleiss' kappa (1971, Psychological Bulletin 76:378), coders interchangeable, values may be missing.

    >>> round(fleiss_kappa([["a", "a", "b", "b"], ["a", "b", "b", "b"]], resamples=0).value, 3)
    0.467
    """
    drawing = _Drawing(items, resamples, seed)
    return _compare("Fleiss' kappa", chance.FLEISS, read_ratings(ratings, categories), weights, drawing)


def conger_kappa(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return Conger's kappa (1980, Psychological Bulletin 88:322): Cohen's for any number of coders.

    >>> round(conger_kappa([["a", "a", "b", "b"], ["a", "b", "b", "b"]], resamples=0).value, 3)
    0.5
    """
    drawing = _Drawing(items, resamples, seed)
    return _compare("Conger's kappa", chance.CONGER, read_ratings(ratings, categories), weights, drawing)


def brennan_prediger(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return the coefficient of Brennan & Prediger (1981, Educ. Psychol. Meas. 41:687): all categories equally likely.

    >>> brennan_prediger([["a", "a", "b", "b"], ["a", "b", "b", "b"]], resamples=0).value
    0.5
    """
    drawing = _Drawing(items, resamples, seed)
    return _compare(
        "Brennan-Prediger", chance.BRENNAN_PREDIGER, read_ratings(ratings, categories), weights, drawing
    )


def percent_agreement(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return the share of agreeing pairs of coders, averaged over units, from 0 to 1; nothing is taken off for chance.

    >>> percent_agreement([[1, 1, 2, 2], [1, 2, 2, 2]], resamples=0).value
    0.75
    """
    drawing = _Drawing(items, resamples, seed)
    return _compare("agreement", chance.NO_CHANCE, read_ratings(ratings, categories), weights, drawing)


def cohen_kappa(
    ratings: Any,
    weights: Weights = "identity",
    *,
    items: Units = None,
    categories: Categories = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Coefficient:
    """Return Cohen's kappa of two coders (1960; weighted 1968) on the units that both coded.

    Raises InputError for another number of coders.

    >>> found = cohen_kappa([["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15])
    >>> round(found.value, 3)
    0.4
    """
    table = read_ratings(ratings, categories)
    if len(table.marks) != 2:
        raise InputError(
            f"Cohen's kappa is of two coders, not {len(table.marks)}", hint="use conger_kappa for more"
        )
    credit = get_weights(weights, table.values)
    return _measure(
        "Cohen's kappa",
        table,
        lambda one: chance.sum_cohen(one, credit),
        lambda: chance.get_cohen_error(table, credit),
        _Drawing(items, resamples, seed),
    )


class _Drawing(msgspec.Struct, frozen=True):
    """How the interval is drawn."""

    items: Units
    resamples: int
    seed: int


def _compare(
    name: str, notion: chance.Chance, table: Ratings, weights: Weights, drawing: _Drawing
) -> Coefficient:
    credit = get_weights(weights, table.values)
    return _measure(
        name,
        table,
        lambda one: chance.sum_against(notion, one, credit),
        lambda: chance.get_error(notion, table, credit),
        drawing,
    )


def _measure(
    name: str,
    table: Ratings,
    make_sums: Callable[[Ratings], Sums],
    get_error: Callable[[], float],
    drawing: _Drawing,
) -> Coefficient:
    """Return a coefficient of a table with its interval and error, or why there is none."""
    paired = int((table.counts.sum(axis=1) >= 2).sum())
    varies = len(set(table.marks[table.marks != MISSING].tolist())) > 1
    if paired == 0 or not (varies or name == "agreement"):
        return _refuse(name, paired, NO_VARIATION if paired else NO_PAIR)
    sums = make_sums(table)
    if math.isnan(sums.value):
        return _refuse(name, paired, NO_VARIATION if _is_one_value(table) else CHANCE_IS_ALL)
    interval = None
    if drawing.resamples > 0:
        doubted = make_sums(add_disagreement(table))
        interval = resample(sums, doubted, drawing.items, resamples=drawing.resamples, seed=drawing.seed)
    error = get_error()
    return Coefficient(
        name=name,
        value=sums.value,
        interval=interval,
        error=None if math.isnan(error) else error,
        n=paired,
    )


def _refuse(name: str, paired: int, reason: str) -> Coefficient:
    return Coefficient(name=name, value=float("nan"), interval=None, error=None, n=paired, reason=reason)


def _is_one_value(table: Ratings) -> bool:
    """Tell whether all values that stand beside another coder's are the same."""
    paired: Floats = table.counts[table.counts.sum(axis=1) >= 2]
    return int((paired.sum(axis=0) > 0).sum()) < 2


def add_disagreement(table: Ratings) -> Ratings:
    """Return the ratings with one more unit, as many coders as usual, that differ by the two commonest values."""
    coders = table.counts.sum(axis=1)
    usual = int(np.median(coders[coders >= 2]))
    commonest = np.argsort(-table.counts.sum(axis=0), kind="stable")[:2]
    busiest = np.argsort(-(table.marks != MISSING).sum(axis=1), kind="stable")[:usual]
    more = np.full((len(table.marks), 1), MISSING)
    more[busiest, 0] = commonest[np.arange(usual) % commonest.size]
    return Ratings(
        marks=np.hstack([table.marks, more]), categories=table.categories, is_numeric=table.is_numeric
    )
