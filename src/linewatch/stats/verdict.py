"""What may be built on the coders' agreement: the traffic light, its counts and the fixed words.

The coefficient that decides is Krippendorff's alpha, by its lower bound; AC1 and percent agreement stand beside it,
never instead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.agreement import gwet_ac, krippendorff_alpha, percent_agreement
from linewatch.stats.ratings import Floats, read_ratings

Light = Literal["green", "amber", "red", "unknown"]
Metric = Literal["nominal", "ordinal", "interval"]

RELY, TENTATIVE = 0.800, 0.667  # Krippendorff 2004, Human Communication Research 30:411
ENOUGH_UNITS, FEWEST_UNITS = 50, 30
ENOUGH_ITEMS = 10  # bootstraps of fewer clusters do poorly: Cameron, Gelbach & Miller 2008
COMMON = 0.95
RESAMPLES = 2000

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
    prevalence: float | None = None
    """For a yes/no code, the share of yes among all ratings."""


def assess(
    ratings: npt.ArrayLike,
    items: Sequence[object],
    metric: Metric = "nominal",
    *,
    categories: Sequence[float] | None = None,
    seed: int = 0,
) -> Agreement:
    """Return what the coders' agreement on coders x units allows; `items` names each unit's item.

    green: lower 95 % bound of alpha >= .667 and alpha >= .80. amber: alpha >= .667 but not green, so either the
    bound is below .667 or alpha below .80. red: alpha < .667. unknown, in this order: one coder; no unit coded
    twice; fewer than 30; one item; a nominal table where one value takes over 95 % of the paired values (so a
    yes/no code with prevalence below 5 % or above 95 %); no variation. With 30-49 units, or fewer than 10
    items, the light is provisional and a green is shown as amber.

    >>> assess([[1, 2, 1]], ["a", "b", "c"]).words
    'one coder, reliability unknown'
    """
    table = read_ratings(ratings)
    counts = table.counts
    paired = counts.sum(axis=1) >= 2
    held = len({item for item, kept in zip(items, paired, strict=True) if kept})
    alpha = krippendorff_alpha(ratings, metric, items=items, resamples=RESAMPLES, seed=seed)
    coders, units = int((table.marks >= 0).any(axis=1).sum()), int(paired.sum())
    doubt = _find_doubt(coders, units, held) or _find_sameness(counts[paired], metric)
    provisional = not doubt and (units < ENOUGH_UNITS or held < ENOUGH_ITEMS)
    low, high = alpha.interval or (math.nan, math.nan)
    light: Light = "unknown" if doubt else _light(alpha.value, low, provisional=provisional)
    return Agreement(
        metric=metric,
        alpha=_defined(alpha.value),
        low=_defined(low),
        high=_defined(high),
        ac1=_defined(gwet_ac(ratings, categories=categories, resamples=0).value),
        percent=_defined(percent_agreement(ratings, resamples=0).value),
        units=units,
        items=held,
        coders=coders,
        light=light,
        provisional=provisional,
        words=doubt or (PROVISIONAL if provisional and light != "red" else WORDS[light]),
        prevalence=_find_prevalence(counts, table.categories),
    )


def _find_prevalence(counts: Floats, categories: tuple[float, ...]) -> float | None:
    """Return the share of 1 among zeros and ones, None for other values or none."""
    if not categories or not set(categories) <= {0.0, 1.0} or not counts.sum():
        return None
    return float(counts[:, categories.index(1.0)].sum() / counts.sum()) if 1.0 in categories else 0.0


def _find_doubt(coders: int, units: int, items: int) -> str | None:
    """Return why the counts allow no verdict, if they do not."""
    if coders <= 1:
        return ONE_CODER
    if units == 0:
        return NO_PAIR
    if units < FEWEST_UNITS:
        return TOO_FEW
    return ONE_ITEM if items < 2 else None


def _find_sameness(paired: Floats, metric: Metric) -> str | None:
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
    return None if np.isnan(number) else number
