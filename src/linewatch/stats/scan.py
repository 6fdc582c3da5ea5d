"""T2, the permutation scan for one turn: the second key, free of any model. The first key is `turns`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Side = Literal["two", "up", "down"]

SEED = 20260101
FULL = 9  # every order of nine items is listed: 362,880 at most
LISTED = 100  # no longer series is listed, however many scores are equal
FEW = 20_000
_CELLS = math.factorial(FULL) * FULL


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """How often chance alone orders the scores as sharply as they are ordered."""

    n: int
    side: Side
    statistic: float
    """The largest standardised rank-sum over the splits; 0 when nothing varies within a stratum."""
    before: int | None
    """Items before the split where it is reached; None when nothing varies."""
    p_value: float
    exact: bool
    orders: int
    """Orders listed when exact, else orders drawn."""


def scan_turn(
    days: npt.ArrayLike,
    scores: npt.ArrayLike,
    strata: Sequence[object] | None = None,
    *,
    side: Side = "two",
    draws: int = 9999,
    seed: int = SEED,
) -> Scan:
    """Return the permutation p-value of the largest standardised rank-sum over all splits between days.

    Scores are permuted within `strata` (outlets) and ranked (mid-ranks, centred on each stratum), so that a
    change in which outlet speaks is no turn. All distinct orders are listed when n <= 9 or there are at most
    20,000 (and n <= 100); else
    p = (1 + b) / (1 + draws), never 0 (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39).
    `side="up"` looks for a rise only, and may be used only where that was registered before coding.

    Three harsh items and a soft one stand in this order by chance 1 time in 4:

    >>> scan_turn([1, 2, 3, 4], [-2, -2, -2, 1], side="up").p_value
    0.25
    >>> scan_turn([1, 2, 3, 4], [-2, -2, -2, 1]).p_value
    0.5
    """
    when, values, groups = _sort(days, scores, strata)
    ranks = centre(rank(values), groups)
    splits = np.flatnonzero(np.diff(when)) + 1
    weights = _weights(ranks, groups, splits)
    observed = _statistics(ranks[None], splits, weights, side)[0]
    if not weights.any():
        return Scan(n=when.size, side=side, statistic=0.0, before=None, p_value=1.0, exact=True, orders=1)
    orders = count_orders(ranks, groups)
    exact = is_listed(when.size, orders)
    blocks = list_orders(ranks, groups) if exact else draw_orders(ranks, groups, draws, seed)
    top = observed.max()
    reached = sum(
        int((_statistics(block, splits, weights, side).max(axis=1) >= top - 1e-9).sum()) for block in blocks
    )
    return Scan(
        n=when.size,
        side=side,
        statistic=float(top),
        before=int(splits[int(np.argmax(observed >= top - 1e-9))]),
        p_value=reached / orders if exact else (1 + reached) / (1 + draws),
        exact=exact,
        orders=orders if exact else draws,
    )


def rank(values: Floats) -> Floats:
    """Return mid-ranks, as scipy.stats.rankdata does: that module takes half a second to import, more than the scan.

    >>> rank(np.array([3.0, 1.0, 3.0, 2.0])).tolist()
    [3.5, 1.0, 3.5, 2.0]
    """
    _, kind, size = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(size) - (size - 1) / 2)[kind]
    return ranks


def _sort(
    days: npt.ArrayLike, scores: npt.ArrayLike, strata: Sequence[object] | None
) -> tuple[npt.NDArray[np.float64], Floats, Ints]:
    when, values = np.asarray(days, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    labels = strata if strata is not None else [0] * len(when)
    if values.ndim != 1 or not when.shape == values.shape == (len(labels),) or np.isnan(values).any():
        raise InputError(
            "days, scores and strata differ in length or a score is missing", hint="one row an item"
        )
    names: dict[object, int] = {}
    groups = np.array([names.setdefault(label, len(names)) for label in labels], dtype=np.int64)
    order = np.argsort(when, kind="stable")
    return when[order], values[order], groups[order]


def centre(ranks: Floats, groups: Ints) -> Floats:
    """Return ranks less the mean rank of their group."""
    sizes = np.maximum(np.bincount(groups), 1)
    centred: Floats = ranks - (np.bincount(groups, ranks) / sizes)[groups]
    return np.round(centred, 9)


def _weights(ranks: Floats, groups: Ints, splits: Ints) -> Floats:
    """Return 1 / sd of the rank-sum before each split under permutation, 0 where it cannot vary."""
    variance = np.zeros(splits.size)
    for group in np.unique(groups):
        own = groups == group
        size, before = int(own.sum()), np.cumsum(own)[splits - 1]
        if size > 1:
            variance += before * (size - before) / (size * (size - 1)) * (ranks[own] ** 2).sum()
    return np.where(variance > 1e-9, 1 / np.sqrt(np.maximum(variance, 1e-9)), 0.0)


def _statistics(orders: Floats, splits: Ints, weights: Floats, side: Side) -> Floats:
    """Return orders x splits: positive where the scores rise (or, two-sided, change)."""
    before = -np.cumsum(orders, axis=1)[:, splits - 1] * weights
    return np.abs(before) if side == "two" else before if side == "up" else -before


def is_listed(n: int, orders: int) -> bool:
    """Tell whether all orders of so many items are run through, not drawn from."""
    return n <= FULL or (n <= LISTED and orders <= FEW)


def count_orders(ranks: Floats, groups: Ints) -> int:
    """Return how many distinct orders the ranks have when permuted within groups."""
    total = 1
    for group in np.unique(groups):
        own = ranks[groups == group]
        total *= math.factorial(own.size)
        for size in np.unique(own, return_counts=True)[1]:
            total //= math.factorial(int(size))
    return total


def list_orders(ranks: Floats, groups: Ints) -> Iterator[Floats]:
    """Yield every distinct order once, in one block."""
    block = np.empty((1, ranks.size))
    for group in np.unique(groups):
        own = np.flatnonzero(groups == group)
        orders = _arrange(ranks[own])
        block = np.repeat(block, len(orders), axis=0)
        block[:, own] = np.tile(orders, (len(block) // len(orders), 1))
    yield block


def _arrange(values: Floats) -> Floats:
    """Return all distinct orders of the values, one a row."""
    kinds, left = np.unique(values, return_counts=True)
    rows, left = np.empty((1, 0), dtype=np.int8), left[None, :].astype(np.int32)
    for _ in range(values.size):
        source, kind = np.nonzero(left > 0)
        rows = np.concatenate([rows[source], kind[:, None].astype(np.int8)], axis=1)
        left = left[source]
        left[np.arange(kind.size), kind] -= 1
    arranged: Floats = kinds[rows]
    return arranged


def draw_orders(ranks: Floats, groups: Ints, draws: int, seed: int) -> Iterator[Floats]:
    """Yield blocks of random orders, permuted within groups."""
    rng = np.random.default_rng(seed)
    step = max(1, _CELLS // ranks.size)
    for start in range(0, draws, step):
        block = np.tile(ranks, (min(step, draws - start), 1))
        for group in np.unique(groups):
            own = np.flatnonzero(groups == group)
            block[:, own] = rng.permuted(block[:, own], axis=1)
        yield block
