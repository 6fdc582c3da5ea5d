"""How many units must be coded by two before an alpha can be told from a lower one."""

from __future__ import annotations

from math import ceil

from scipy.stats import norm


def count_needed(alpha: float, prevalence: float, *, level: float = 0.05, coders: int = 2) -> int:
    """Return how many units must be coded by all coders to tell that alpha is at least `alpha`.

    Bloch & Kraemer (1989), as Krippendorff (2019) uses it: `prevalence` is the share of the value of interest, or one
    over the number of values; `level` the chance to be wrong. For more than two coders the variance grows with their
    number. Published for four values used alike (ATLAS.ti 22, sample size and decision rules): 139 and 81.

    >>> count_needed(0.8, 0.25), count_needed(0.667, 0.25), count_needed(0.8, 0.5), count_needed(0.667, 0.05)
    (139, 81, 103, 330)
    """
    if not 0 < prevalence < 1 or not 0 < alpha < 1:
        raise ValueError("alpha and prevalence lie between 0 and 1")
    z2 = float(norm.isf(level)) ** 2 * coders / 2
    spread = (1 + alpha) * (3 - alpha) / (4 * (1 - alpha) * prevalence * (1 - prevalence))
    return ceil(2 * z2 * (spread - alpha))
