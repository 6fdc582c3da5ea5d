"""Krippendorff's alpha as a function of sums over units, so that one formula serves the table and every resample."""

from __future__ import annotations

from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.ratings import Floats, Ratings
from linewatch.stats.sums import Sums
from linewatch.stats.weights import NAMES, Weights, get_weights

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[str, ...] = get_args(Level)
OWN = {"nominal": "identity", "interval": "quadratic", "ratio": "ratio"}
"""His metrics that are weights by another name; the ordinal one is not, it depends on how often values were used."""
GWET_ORDINAL = "gwet-ordinal"


def sum_alpha(ratings: Ratings, level: str) -> Sums:
    """Return alpha of a level of measurement, or of named weights; `gwet-ordinal` are Gwet's ordinal weights.

    Hayes & Krippendorff 2007, Communication Methods and Measures 1:77. Raises InputError for an unknown level
    and for words where numbers are needed.
    """
    if level == "ordinal":
        return _sum_ordinal(ratings)
    return _sum_weighted(ratings, find_weights(ratings, level))


def find_weights(ratings: Ratings, level: str) -> Floats:
    """Return a level's metric as weights; raises InputError where there is none such."""
    name = OWN.get(level, "ordinal" if level == GWET_ORDINAL else level)
    if name not in NAMES or level == "ordinal":
        raise InputError(
            f"no level of measurement is called {level!r}", hint=f"use one of {', '.join(LEVELS)}"
        )
    if level in {"interval", "ratio"} and not ratings.is_numeric:
        raise InputError(
            f"words have no {level} scale", hint="use nominal, or ordinal with the categories named"
        )
    return get_weights(cast("Weights", name), ratings.values)


def _sum_weighted(ratings: Ratings, weights: Floats) -> Sums:
    """Return alpha with fixed distances: a unit brings its disagreement and its values."""
    counts = ratings.counts
    coders = counts.sum(axis=1)
    paired = coders >= 2
    apart = 1 - weights
    differing = (counts * (counts @ apart)).sum(axis=1) / np.maximum(coders - 1, 1)
    features = np.column_stack([np.where(paired, differing, 0.0), counts * paired[:, None]])

    def vary(sums: Floats) -> Floats:
        margins = sums[:, 1:]
        return _compare(sums[:, 0], ((margins @ apart) * margins).sum(axis=1), margins.sum(axis=1))

    return Sums(features=features, estimate=vary, kept=paired)


def _sum_ordinal(ratings: Ratings) -> Sums:
    """Return alpha with his ordinal metric: a unit brings its coincidences, since distances move with the margins."""
    counts = ratings.counts
    paired, size = counts.sum(axis=1) >= 2, counts.shape[1]
    features = pair_values(counts).reshape(len(counts), -1)

    def vary(sums: Floats) -> Floats:
        met = sums.reshape(-1, size, size)
        margins = met.sum(axis=2)
        ranks = np.cumsum(margins, axis=1) - margins / 2
        apart = (ranks[:, :, None] - ranks[:, None, :]) ** 2
        expected = (margins[:, :, None] * margins[:, None, :] * apart).sum(axis=(1, 2))
        return _compare((met * apart).sum(axis=(1, 2)), expected, margins.sum(axis=1))

    return Sums(features=features, estimate=vary, kept=paired)


def pair_values(counts: Floats) -> Floats:
    """Return each unit's coincidence matrix; a unit with fewer than two values has zeros."""
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    weighted: Floats = pairs * np.where(coders >= 2, 1 / np.maximum(coders - 1, 1), 0.0)[:, None, None]
    return weighted


def _compare(observed: Floats, expected: Floats, total: Floats) -> Floats:
    """Return one minus observed over expected disagreement; NaN where values that are paired do not vary."""
    varied = expected > 1e-12 * np.maximum(total, 1.0) ** 2
    with_chance = (total - 1) * observed / np.where(varied, expected, 1.0)
    return np.where(varied, 1 - with_chance, np.nan)


def get_alpha_error(ratings: Ratings, level: str) -> float:
    """Return Gwet's standard error of alpha (2014, handbook, ch. 6); NaN for the ordinal metric, for which none is published."""
    if level == "ordinal":
        return float("nan")
    weights = find_weights(ratings, level)
    counts: npt.NDArray[np.float64] = ratings.counts
    counts = counts[counts.sum(axis=1) >= 2]
    units, coders = len(counts), counts.sum(axis=1)
    if units < 2:
        return float("nan")
    mean = coders.mean()
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1) / (mean * (coders - 1))
    within, shares = agreeing.mean(), (counts / mean).mean(axis=0)
    epsilon = 1 / coders.sum()
    observed, chance = (1 - epsilon) * within + epsilon, float(shares @ weights @ shares)
    if chance >= 1:
        return float("nan")
    alpha, extra = (within - chance) / (1 - chance), (coders - mean) / mean
    own = (agreeing - observed * extra - chance) / (1 - chance)
    by_chance = counts @ ((weights + weights.T) / 2 @ shares) / mean - chance * extra
    moved = own - 2 * (1 - alpha) * (by_chance - chance) / (1 - chance)
    return float(np.sqrt(((moved - alpha) ** 2).sum() / (units * (units - 1))))
