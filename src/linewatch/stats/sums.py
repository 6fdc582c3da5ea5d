"""A coefficient as a function of sums over units, and its interval when whole items are drawn again.

Because every coefficient is such a function, a thousand resamples are one matrix product, and leaving each item out
once, which the interval needs, is a subtraction. Why the interval is not the plain percentile one:
docs/decisions/0060-intervals-of-agreement.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, t

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]
_CELLS = 4_000_000  # numbers held at once: 32 MB


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What each unit brings, and the coefficient of sums of it: draws x features to one value a draw."""

    features: Floats
    estimate: Callable[[Floats], Floats]
    kept: npt.NDArray[np.bool_]
    """The units that two or more coded."""

    @property
    def value(self) -> float:
        """Return the coefficient of the whole table; NaN where it is undefined."""
        return float(self.estimate(self.features.sum(axis=0)[None])[0])


def resample(
    sums: Sums, doubted: Sums, items: Sequence[object] | None, *, resamples: int, seed: int
) -> Interval | None:
    """Return the 95 % interval of a coefficient over items, None when fewer than two items were coded twice.

    `items` names the item of each unit, since passages of one item are alike; without it each unit is one. `doubted`
    is the same table with one more unit on which the coders differ. Both ends are BCa (Efron 1987, JASA 82:171); the
    lower is no higher than the percentile, widened by t (Hesterberg 2015, Am. Stat. 69:371), of `doubted`: a small
    table without a disagreement does not say that there are none.
    """
    blocks = _sum_by_item(sums, items)
    if len(blocks) < 2 or (items is not None and not _has_two(items, sums.kept)):
        return None
    drawn = _draw(blocks, sums, resamples, seed)
    low, high = _correct_bias(drawn, blocks, sums)
    doubt = _draw(np.vstack([blocks, doubted.features[-1:]]), sums, resamples, seed)
    widened = float(norm.cdf(-np.sqrt(len(blocks) / (len(blocks) - 1)) * t.ppf(0.975, len(blocks) - 1)))
    return min(low, float(np.quantile(doubt, widened))), high


def _has_two(items: Sequence[object], kept: npt.NDArray[np.bool_]) -> bool:
    return len({item for item, one in zip(items, kept, strict=True) if one}) > 1


def _sum_by_item(sums: Sums, items: Sequence[object] | None) -> Floats:
    """Return the sums of each item that brings anything."""
    brings = np.asarray(sums.features.any(axis=1))
    if items is None:
        return sums.features[brings]
    if len(items) != len(sums.features):
        raise InputError(
            f"{len(sums.features)} units but {len(items)} item labels", hint="give one label a unit"
        )
    places: dict[object, int] = {}
    index = [places.setdefault(item, len(places)) for item, one in zip(items, brings, strict=True) if one]
    blocks = np.zeros((len(places), sums.features.shape[1]))
    np.add.at(blocks, index, sums.features[brings])
    return blocks


def _draw(blocks: Floats, sums: Sums, resamples: int, seed: int) -> Floats:
    """Return the coefficient of each resample; one that is undefined counts as 0: it says nothing of reliability."""
    rng, count = np.random.default_rng(seed), len(blocks)
    step = max(1, _CELLS // max(count, blocks.shape[1]))
    parts = [
        sums.estimate(
            rng.multinomial(count, np.full(count, 1 / count), min(step, resamples - first)) @ blocks
        )
        for first in range(0, resamples, step)
    ]
    return np.nan_to_num(np.concatenate(parts), nan=0.0)


def _correct_bias(drawn: Floats, blocks: Floats, sums: Sums) -> Interval:
    """Return the bias-corrected and accelerated interval of the draws."""
    total = blocks.sum(axis=0)
    value = float(np.nan_to_num(sums.estimate(total[None])[0], nan=0.0))
    below = ((drawn < value).sum() + 0.5 * (drawn == value).sum() + 0.5) / (drawn.size + 1)
    step = max(1, _CELLS // blocks.shape[1])
    left = [sums.estimate(total - blocks[first : first + step]) for first in range(0, len(blocks), step)]
    without = np.nan_to_num(np.concatenate(left), nan=0.0)
    pull = without.mean() - without
    spread = float((pull**2).sum())
    speed = float((pull**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
    bias = norm.ppf(below)
    shifted = bias + norm.ppf([0.025, 0.975])
    low, high = np.quantile(drawn, norm.cdf(bias + shifted / (1 - speed * shifted)))
    return float(low), float(high)
