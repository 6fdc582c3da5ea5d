"""Whether items resemble the one before them: the permutation scan takes such resemblance for order."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.ordinal import Floats
from linewatch.stats.scan import SEED

FEWEST = 8
"""With fewer items no resemblance can be told from chance."""


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """The resemblance of neighbours within groups, and how often chance gives as much."""

    lag1: float | None
    """The autocorrelation at lag one; None where nothing varies or the items are too few."""
    p_value: float | None
    """One-sided: how often a shuffle within groups resembles as much."""
    pairs: int


def measure_dependence(
    scores: npt.ArrayLike, groups: Sequence[object], *, draws: int = 999, seed: int = SEED
) -> Dependence:
    """Return the lag-1 autocorrelation of scores in order of date, about each group's mean, with a permutation p.

    A group is a side of the turn in one outlet, so that the turn itself is no resemblance. The circular-free form of
    Wald & Wolfowitz (1943, Ann. Math. Stat. 14:378): the sum of products of neighbours, its chance by shuffling.

    Rising then falling by ones resembles itself; an even alternation does not:

    >>> measure_dependence([1, 2, 3, 4, 5, 4, 3, 2, 1], ["lamp"] * 9).lag1
    0.6071428571428572
    >>> round(measure_dependence([1, -1] * 5, ["lamp"] * 10).lag1, 2)
    -1.0
    """
    values = np.asarray(scores, dtype=np.float64)
    if len(groups) != values.size:
        raise InputError("scores and groups differ in length", hint="one row an item")
    own = [part for part in _part(values, groups) if part.size > 1 and np.ptp(part) > 0]
    pairs = sum(part.size - 1 for part in own)
    if sum(part.size for part in own) < FEWEST:
        return Dependence(lag1=None, p_value=None, pairs=pairs)
    rng = np.random.default_rng(seed)
    observed = sum(_multiply(part[None])[0] for part in own)
    drawn = sum(_multiply(rng.permuted(np.tile(part, (draws, 1)), axis=1)) for part in own)
    reached = int((np.asarray(drawn) >= observed - 1e-9).sum())
    scale = sum(float((part**2).sum()) * (part.size - 1) / part.size for part in own)
    return Dependence(lag1=float(observed / scale), p_value=(1 + reached) / (1 + draws), pairs=pairs)


def _part(values: Floats, groups: Sequence[object]) -> list[Floats]:
    """Return each group's values about their mean, in order."""
    labels = np.array([str(group) for group in groups])
    return [own - own.mean() for label in dict.fromkeys(labels) if (own := values[labels == label]).size]


def _multiply(orders: Floats) -> Floats:
    """Return the sum of products of neighbours in each row."""
    sums: Floats = (orders[:, :-1] * orders[:, 1:]).sum(axis=1)
    return sums
