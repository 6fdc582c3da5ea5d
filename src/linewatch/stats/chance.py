"""Agreement against chance, by Gwet, Fleiss, Conger, Brennan & Prediger and Cohen, with their standard errors.

All but Cohen's share the agreement of pairs, averaged over units, and differ in what they hold to be chance. Formulas
and standard errors: Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 3-5; Cohen's: Fleiss, Cohen & Everitt
1969, Psychological Bulletin 72:323. Each is a function of sums over units (`sums`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linewatch.stats.ratings import Floats, Ratings
from linewatch.stats.sums import Sums


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A notion of chance: what units bring to it, chance as a function of their sums, and each unit's own part in it."""

    features: Callable[[Ratings], Floats]
    expect: Callable[[Floats, Ratings, Floats], Floats]
    """From draws x features, the ratings and the weights to chance a draw."""
    linearise: Callable[[Ratings, Floats], Floats]
    """Each rated unit's term in chance, whose mean is chance itself."""


def sum_against(chance: Chance, ratings: Ratings, weights: Floats) -> Sums:
    """Return a coefficient (agreement - chance) / (1 - chance); NaN where chance alone gives agreement 1."""
    agreeing, paired, rated = _agree(ratings, weights)
    own = chance.features(ratings)
    features = np.column_stack([agreeing, paired, rated, own])

    def estimate(sums: Floats) -> Floats:
        observed = sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan)
        expected = chance.expect(sums[:, 2:], ratings, weights)
        room = np.where(expected < 1 - 1e-12, 1 - expected, np.nan)
        return (observed - expected) / room

    return Sums(features=features, estimate=estimate, kept=paired > 0)


def get_error(chance: Chance, ratings: Ratings, weights: Floats) -> float:
    """Return Gwet's standard error of a coefficient over units; NaN with fewer than two rated units."""
    agreeing, paired, rated = _agree(ratings, weights)
    agreeing, paired = agreeing[rated > 0], paired[rated > 0]
    units = len(agreeing)
    if units < 2 or not paired.any():
        return float("nan")
    by_chance = chance.linearise(ratings, weights)
    expected = float(chance.expect(_total(chance, ratings, rated), ratings, weights)[0])
    if expected >= 1:
        return float("nan")
    value = (agreeing.sum() / paired.sum() - expected) / (1 - expected)
    own = units / paired.sum() * (agreeing - expected * paired) / (1 - expected)
    moved = own - 2 * (1 - value) * (by_chance - expected) / (1 - expected)
    return float(np.sqrt(((moved - value) ** 2).sum() / (units * (units - 1))))


def _total(chance: Chance, ratings: Ratings, rated: Floats) -> Floats:
    total: Floats = np.column_stack([rated, chance.features(ratings)]).sum(axis=0)[None]
    return total


def _agree(ratings: Ratings, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Return each unit's share of agreeing pairs (0 where it has no pair), whether it has one, whether it is rated."""
    counts = ratings.counts
    coders = counts.sum(axis=1)
    pairs = coders * (coders - 1)
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1) / np.maximum(pairs, 1)
    return agreeing * (pairs > 0), (pairs > 0).astype(np.float64), (coders > 0).astype(np.float64)


def _share(ratings: Ratings) -> Floats:
    """Return the share of each unit's ratings that fall into each category."""
    counts = ratings.counts
    shares: Floats = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares


def _get_rated(ratings: Ratings) -> Floats:
    shares = _share(ratings)
    rated: Floats = shares[shares.sum(axis=1) > 0]
    return rated


def _expect_gwet(sums: Floats, _ratings: Ratings, weights: Floats) -> Floats:
    shares, size = sums[:, 1:] / sums[:, :1], len(weights)
    expected: Floats = weights.sum() * (shares * (1 - shares)).sum(axis=1) / max(size * (size - 1), 1)
    return expected


def _linearise_gwet(ratings: Ratings, weights: Floats) -> Floats:
    shares, size = _get_rated(ratings), len(weights)
    expected: Floats = weights.sum() / max(size * (size - 1), 1) * (shares @ (1 - shares.mean(axis=0)))
    return expected


def _expect_fleiss(sums: Floats, _ratings: Ratings, weights: Floats) -> Floats:
    shares = sums[:, 1:] / sums[:, :1]
    expected: Floats = ((shares @ weights) * shares).sum(axis=1)
    return expected


def _linearise_fleiss(ratings: Ratings, weights: Floats) -> Floats:
    shares = _get_rated(ratings)
    expected: Floats = shares @ ((weights + weights.T) / 2 @ shares.mean(axis=0))
    return expected


def _expect_even(sums: Floats, _ratings: Ratings, weights: Floats) -> Floats:
    return np.full(len(sums), weights.mean())


def _linearise_even(ratings: Ratings, weights: Floats) -> Floats:
    return np.full(len(_get_rated(ratings)), weights.mean())


def _expect_none(sums: Floats, _ratings: Ratings, _weights: Floats) -> Floats:
    return np.zeros(len(sums))


def _linearise_none(ratings: Ratings, _weights: Floats) -> Floats:
    return np.zeros(len(_get_rated(ratings)))


def _list_marks(ratings: Ratings) -> Floats:
    """Return what each unit was given by each coder, coders and categories side by side."""
    given = ratings.given
    marks: Floats = given.transpose(1, 0, 2).reshape(given.shape[1], -1)
    return marks


def _expect_conger(sums: Floats, ratings: Ratings, weights: Floats) -> Floats:
    """Return the mean over pairs of coders of Cohen's chance; a coder without any rating in a draw counts for nothing."""
    marks = sums[:, 1:].reshape(len(sums), len(ratings.marks), -1)
    totals = marks.sum(axis=2, keepdims=True)
    shares = marks / np.where(totals > 0, totals, 1.0)
    coders = (totals[:, :, 0] > 0).sum(axis=1)
    summed = shares.sum(axis=1)
    together = ((summed @ weights) * summed).sum(axis=1)
    alone = ((shares @ weights) * shares).sum(axis=(1, 2))
    expected: Floats = (together - alone) / np.where(coders > 1, coders * (coders - 1), np.nan)
    return expected


def _linearise_conger(ratings: Ratings, weights: Floats) -> Floats:
    given = ratings.given[:, ratings.counts.sum(axis=1) > 0]
    given = given[given.sum(axis=(1, 2)) > 0]
    coders, units, _ = given.shape
    rated = given.sum(axis=2)
    totals = rated.sum(axis=1)
    shares = given.sum(axis=1) / totals[:, None]
    others = shares.sum(axis=0) - shares
    centred = given - (rated - (totals / units)[:, None])[:, :, None] * shares[:, None, :]
    terms = np.einsum("gul,kl,gk->gu", centred, weights, others) * (units / totals)[:, None]
    expected: Floats = terms.sum(axis=0) / (coders * (coders - 1))
    return expected


GWET = Chance(features=_share, expect=_expect_gwet, linearise=_linearise_gwet)
FLEISS = Chance(features=_share, expect=_expect_fleiss, linearise=_linearise_fleiss)
CONGER = Chance(features=_list_marks, expect=_expect_conger, linearise=_linearise_conger)
BRENNAN_PREDIGER = Chance(features=_share, expect=_expect_even, linearise=_linearise_even)
NO_CHANCE = Chance(features=_share, expect=_expect_none, linearise=_linearise_none)


def sum_cohen(ratings: Ratings, weights: Floats) -> Sums:
    """Return Cohen's kappa of two coders: a unit that both rated brings its cell of their table."""
    both = np.asarray((ratings.marks >= 0).all(axis=0))
    one, other = ratings.given * both[None, :, None]
    size = len(weights)
    features = (one[:, :, None] * other[:, None, :]).reshape(len(one), -1)

    def estimate(sums: Floats) -> Floats:
        table = sums.reshape(-1, size, size)
        table = table / np.where(table.sum(axis=(1, 2)) > 0, table.sum(axis=(1, 2)), np.nan)[:, None, None]
        observed = (table * weights).sum(axis=(1, 2))
        expected = ((table.sum(axis=2) @ weights) * table.sum(axis=1)).sum(axis=1)
        kappa: Floats = (observed - expected) / np.where(expected < 1 - 1e-12, 1 - expected, np.nan)
        return kappa

    return Sums(features=features, estimate=estimate, kept=both)


def get_cohen_error(ratings: Ratings, weights: Floats) -> float:
    """Return the large-sample standard error of Fleiss, Cohen & Everitt 1969."""
    sums = sum_cohen(ratings, weights)
    units, size = int(sums.kept.sum()), len(weights)
    value = sums.value
    if units < 2 or np.isnan(value):
        return float("nan")
    table = sums.features.sum(axis=0).reshape(size, size) / units
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = float(rows @ weights @ columns)
    means = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    spread = (table * (weights - means * (1 - value)) ** 2).sum() - (value - expected * (1 - value)) ** 2
    return float(np.sqrt(max(spread, 0.0) / units) / (1 - expected))
