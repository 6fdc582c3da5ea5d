"""How far coders agree and what may be built on it: AC1, percent agreement and the traffic light.

The coefficient that decides is alpha (`alpha`); AC1 and percent agreement stand beside it and never instead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.alpha import SEED, Metric, bootstrap_alpha, count_values, krippendorff_alpha

Light = Literal["green", "amber", "red", "unknown"]

RELY, TENTATIVE = 0.800, 0.667  # Krippendorff 2004, Human Communication Research 30:411
ENOUGH_UNITS, FEWEST_UNITS = 50, 30
ENOUGH_ITEMS = 10  # bootstraps of fewer clusters do poorly: Cameron, Gelbach & Miller 2008
COMMON = 0.95

ONE_CODER = "one coder, reliability unknown"
NO_PAIR = "no unit coded twice, reliability unknown"
TOO_FEW = "fewer than 30 units coded twice, no verdict"
ONE_ITEM = "all units coded twice come from one item, no verdict"
NO_VARIATION = "all values are the same, reliability unknown"
TOO_RARE = "too rare to judge"
PROVISIONAL = "provisional: too few units or items coded twice for a verdict"
WORDS: dict[Light, str] = {
    "green": "reliable",
    "amber": "tentative: reliable enough for tentative conclusions only",
    "red": "not reliable: no conclusion may rest on these codes",
}


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far coders agree on a table: coefficients (None where undefined), counts, light and fixed words."""

    metric: Metric
    alpha: float | None
    low: float | None
    high: float | None
    ac1: float | None
    percent: float | None
    """The share of pairs of coders, averaged over units, that gave the same value; 0 to 1."""
    units: int
    """Units with values of two or more coders."""
    items: int
    """Items that hold such a unit."""
    coders: int
    light: Light
    provisional: bool
    words: str


def percent_agreement(table: npt.ArrayLike) -> float:
    """Return the share of agreeing pairs of coders, averaged over units coded twice; NaN when none is.

    >>> percent_agreement([[1, 1], [1, 2], [2, 2], [2, 2]])
    0.75
    """
    counts, _ = count_values(table)
    coders = counts.sum(axis=1)
    paired = coders >= 2
    if not paired.any():
        return float("nan")
    agreeing = (counts * (counts - 1)).sum(axis=1)[paired]
    return float(np.mean(agreeing / (coders * (coders - 1))[paired]))


def gwet_ac1(table: npt.ArrayLike, categories: int | None = None) -> float:
    """Return Gwet's AC1 (2008, Br. J. Math. Stat. Psychol. 61:29) of a units x coders table, NaN for missing.

    `categories` is the number the codebook allows; by default the number seen, at least two. His handbook's
    example of 4 coders and 12 units (data in `krippendorff_alpha`) is published as .775, with agreement .818:

    >>> x = float("nan")
    >>> units = np.transpose([
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
    ...     [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ... ])
    >>> round(gwet_ac1(units), 5), round(percent_agreement(units), 3)
    (0.77544, 0.818)
    """
    counts, values = count_values(table)
    observed = percent_agreement(table)
    if math.isnan(observed):
        return observed
    coded = counts[counts.sum(axis=1) > 0]
    shares = (coded / coded.sum(axis=1, keepdims=True)).mean(axis=0)
    number = max(2, values.size, categories or 0)
    chance = float((shares * (1 - shares)).sum()) / (number - 1)
    return (observed - chance) / (1 - chance)


def assess(
    table: npt.ArrayLike,
    clusters: Sequence[object],
    metric: Metric = "nominal",
    *,
    categories: int | None = None,
    draws: int = 2000,
    seed: int = SEED,
) -> Agreement:
    """Return what the coders' agreement on a units x coders table allows; `clusters` names each unit's item.

    green: lower 95 % bound of alpha >= .667 and alpha >= .80. amber: alpha >= .667 but not green, so either the
    bound is below .667 or alpha below .80. red: alpha < .667. unknown, in this order: one coder; no unit coded
    twice; fewer than 30; one item; a nominal table where one value takes over 95 % of the paired values (so a
    yes/no code with prevalence below 5 % or above 95 %); no variation. With 30-49 units, or fewer than 10
    items, the light is provisional and a green is shown as amber.

    >>> assess([[1], [2], [1]], ["a", "b", "c"]).words
    'one coder, reliability unknown'
    """
    counts, _ = count_values(table)
    paired = counts.sum(axis=1) >= 2
    items = len({c for c, kept in zip(clusters, paired, strict=True) if kept})
    low, high = bootstrap_alpha(table, clusters, metric, draws=draws, seed=seed)
    alpha = krippendorff_alpha(table, metric)
    coders = int((~np.isnan(np.asarray(table, dtype=np.float64))).any(axis=0).sum())
    units = int(paired.sum())
    doubt = _find_doubt(coders, units, items) or _find_sameness(counts[paired], metric)
    provisional = not doubt and (units < ENOUGH_UNITS or items < ENOUGH_ITEMS)
    light: Light = "unknown" if doubt else _light(alpha, low, provisional=provisional)
    return Agreement(
        metric=metric,
        alpha=_defined(alpha),
        low=_defined(low),
        high=_defined(high),
        ac1=_defined(gwet_ac1(table, categories)),
        percent=_defined(percent_agreement(table)),
        units=units,
        items=items,
        coders=coders,
        light=light,
        provisional=provisional,
        words=doubt or (PROVISIONAL if provisional and light != "red" else WORDS[light]),
    )


def _find_doubt(coders: int, units: int, items: int) -> str | None:
    """Return why the counts allow no verdict, if they do not."""
    if coders <= 1:
        return ONE_CODER
    if units == 0:
        return NO_PAIR
    if units < FEWEST_UNITS:
        return TOO_FEW
    return ONE_ITEM if items < 2 else None


def _find_sameness(paired: npt.NDArray[np.float64], metric: Metric) -> str | None:
    """Return why the values vary too little for a verdict, if they do."""
    totals = paired.sum(axis=0)
    if metric == "nominal" and totals.max() > COMMON * totals.sum():
        return TOO_RARE
    return NO_VARIATION if (totals > 0).sum() < 2 else None


def _light(alpha: float, low: float, *, provisional: bool) -> Light:
    if alpha < TENTATIVE:
        return "red"
    return "green" if low >= TENTATIVE and alpha >= RELY and not provisional else "amber"


def _defined(number: float) -> float | None:
    return None if math.isnan(number) else number
