"""The ordinal companion of a change (E4), shares, and the bootstrap over items (E6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from linewatch.errors import InputError
from linewatch.stats.ordinal import Floats
from linewatch.stats.scan import SEED, rank

FEWEST = 6
FEWEST_RESAMPLED = 20
"""With fewer items in a cell a bootstrap over them is too sure of itself."""


class Superiority(msgspec.Struct, frozen=True, kw_only=True):
    """P(an item after is softer than one before), ties counted half."""

    value: float
    low: float
    high: float
    p_value: float
    """Two-sided, by dealing the items anew over the periods."""


def compare_ordinal(
    before: npt.ArrayLike, after: npt.ArrayLike, *, draws: int = 9999, seed: int = SEED
) -> Superiority:
    """Return P(after > before) + P(tie) / 2 with its interval (Brunner & Munzel 2000, Biometrical Journal 42:17).

    The interval is theirs, by t on Satterthwaite's degrees of freedom, held to 0..1; p by permutation of the
    studentised difference (Neubert & Brunner 2007). Their pain scores after surgery:

    >>> found = compare_ordinal([1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4])
    >>> [round(number, 4) for number in (found.value, found.low, found.high)]
    [0.789, 0.5952, 0.9827]
    """
    x, y = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if min(x.size, y.size) < FEWEST:
        raise InputError(f"fewer than {FEWEST} items on a side", hint="describe the items instead")
    value, error, df = _measure(x, y)
    reach = float(stdtrit(df, 0.975)) * error
    rng, whole = np.random.default_rng(seed), np.concatenate([x, y])
    observed = abs(value - 0.5) / max(error, 1e-12)
    reached = 0
    for _ in range(draws if observed > 0 else 0):
        rng.shuffle(whole)
        other, spread, _df = _measure(whole[: x.size], whole[x.size :])
        reached += abs(other - 0.5) / max(spread, 1e-12) >= observed - 1e-9
    p_value = (1 + reached) / (1 + draws) if observed > 0 else 1.0
    return Superiority(
        value=value, low=max(0.0, value - reach), high=min(1.0, value + reach), p_value=p_value
    )


def _measure(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Return the relative effect, its standard error and degrees of freedom."""
    ranks = rank(np.concatenate([x, y]))
    one, two = ranks[: x.size], ranks[x.size :]
    value = float((two.mean() - (y.size + 1) / 2) / x.size)
    parts = []
    for own, side in ((one, x), (two, y)):
        spread = (own - rank(side) - own.mean() + (side.size + 1) / 2) ** 2
        parts.append(float(spread.sum()) / (side.size - 1))
    weights = parts[0] / x.size / y.size**2, parts[1] / y.size / x.size**2
    whole = x.size * parts[0] + y.size * parts[1]
    below = (x.size * parts[0]) ** 2 / (x.size - 1) + (y.size * parts[1]) ** 2 / (y.size - 1)
    df = whole**2 / below if below > 0 else float(x.size + y.size - 2)
    return value, sum(weights) ** 0.5, df


def share_of(scores: npt.ArrayLike, *, at_most: float | None = None, at_least: float | None = None) -> float:
    """Return the share of items at or below, or at or above, a point.

    >>> share_of([-2, -2, 0, 1], at_most=-2), share_of([-2, -2, 0, 1], at_least=1)
    (0.5, 0.25)
    """
    values = np.asarray(scores, dtype=np.float64)
    kept = np.ones(values.size, dtype=bool)
    if at_most is not None:
        kept &= values <= at_most
    if at_least is not None:
        kept &= values >= at_least
    return float(kept.mean())


def resample_items(
    cells: Sequence[npt.ArrayLike],
    statistic: Callable[[Sequence[Floats]], float],
    *,
    draws: int = 2000,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95 % percentile interval of a statistic of cells, items drawn anew within each (Efron 1979).

    Refuses cells of fewer than 20 items: bootstraps over few clusters are too sure (Cameron, Gelbach & Miller 2008).

    >>> low, high = resample_items([[0.0, 1.0] * 50, [1.0, 2.0] * 50], lambda c: float(c[1].mean() - c[0].mean()))
    >>> round(low, 1), round(high, 1)
    (0.9, 1.1)
    """
    own = [np.asarray(cell, dtype=np.float64) for cell in cells]
    if any(len(cell) < FEWEST_RESAMPLED for cell in own):
        raise InputError(
            f"a cell has fewer than {FEWEST_RESAMPLED} items", hint="use the t interval or the permutation"
        )
    rng = np.random.default_rng(seed)
    found = [statistic([cell[rng.integers(0, len(cell), len(cell))] for cell in own]) for _ in range(draws)]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
