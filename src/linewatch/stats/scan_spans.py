"""T2 on items whose dates are only known as intervals: an item counts before a split with the chance that it lies there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.constraints import Pairs
from linewatch.stats.imprecise import SURE, Days, cut_cells
from linewatch.stats.scan import (
    SEED,
    Floats,
    Ints,
    Scan,
    Side,
    centre,
    count_orders,
    draw_orders,
    is_listed,
    list_orders,
    rank,
    scan_turn,
)


def scan_spans(  # noqa: PLR0913 - what `scan_turn` takes, and the order that is said
    spans: Sequence[Days],
    scores: npt.ArrayLike,
    strata: Sequence[object] | None = None,
    *,
    said: Pairs = (),
    side: Side = "two",
    draws: int = 9999,
    seed: int = SEED,
) -> Scan:
    """Return the permutation p-value of `scan_turn` for items that lie on any day (first, last) of a span.

    Scores are dealt anew over the dates, each date with all its doubt, so the p-value holds whatever the dates are.
    Only splits with an item surely (.9) on each side are looked at: loose dates that differ by a day part nothing.

    >>> round(scan_spans([(1, 1), (2, 2), (3, 3), (3, 40)], [-2, -2, -2, 1]).p_value, 2)
    0.5
    """
    if all(first == last for first, last in spans):
        return scan_turn([first for first, _ in spans], scores, strata, side=side, draws=draws, seed=seed)
    values, groups = _read(scores, strata, len(spans))
    ranks = centre(rank(values), groups)
    before = cut_cells(spans, said).before
    before = before[(before.max(axis=1) >= SURE) & (before.min(axis=1) <= 1 - SURE)]
    design = _standardise(before, ranks, groups)
    if not design.any():
        return Scan(n=len(spans), side=side, statistic=0.0, before=None, p_value=1.0, exact=True, orders=1)
    observed = _turn(design @ ranks, side)
    orders = count_orders(ranks, groups)
    exact = is_listed(len(spans), orders)
    blocks = list_orders(ranks, groups) if exact else draw_orders(ranks, groups, draws, seed)
    top = float(observed.max())
    reached = sum(int((_turn(block @ design.T, side).max(axis=1) >= top - 1e-9).sum()) for block in blocks)
    return Scan(
        n=len(spans),
        side=side,
        statistic=top,
        before=round(float(before[int(np.argmax(observed))].sum())),
        p_value=reached / orders if exact else (1 + reached) / (1 + draws),
        exact=exact,
        orders=orders if exact else draws,
    )


def _turn(statistics: Floats, side: Side) -> Floats:
    """Return statistics that are large where the scores change the way looked for."""
    return np.abs(statistics) if side == "two" else statistics if side == "up" else -statistics


def _read(scores: npt.ArrayLike, strata: Sequence[object] | None, n: int) -> tuple[Floats, Ints]:
    values = np.asarray(scores, dtype=np.float64)
    labels = strata if strata is not None else [0] * n
    if not values.shape == (n,) == (len(labels),) or np.isnan(values).any():
        raise InputError(
            "dates, scores and strata differ in length or a score is missing", hint="one row an item"
        )
    names: dict[object, int] = {}
    return values, np.array([names.setdefault(label, len(names)) for label in labels], dtype=np.int64)


def _standardise(before: Floats, ranks: Floats, groups: Ints) -> Floats:
    """Return cells x items: chances of lying before, centred within groups, over the sd of their rank-sum."""
    centred, variance = np.array(before), np.zeros(len(before))
    for group in np.unique(groups):
        own = np.flatnonzero(groups == group)
        centred[:, own] -= before[:, own].mean(axis=1, keepdims=True)
        if own.size > 1:
            variance += (centred[:, own] ** 2).sum(axis=1) * (ranks[own] ** 2).sum() / (own.size - 1)
    scaled: Floats = np.where(
        variance[:, None] > 1e-9, -centred / np.sqrt(np.maximum(variance, 1e-9))[:, None], 0
    )
    return scaled
