"""Many series at once: which findings stand when the number of looks is counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewatch.errors import InputError

RATE = 0.05


def keep_discoveries(
    p_values: Sequence[float], rate: float = RATE, *, is_dependent: bool = False
) -> tuple[bool, ...]:
    """Return which p-values stand at a false discovery rate (Benjamini & Hochberg 1995, JRSS B 57:289).

    With `is_dependent` the bound holds under any dependence (Benjamini & Yekutieli 2001). Their fifteen comparisons of
    treatments after heart attacks, of which four stand:

    >>> sum(keep_discoveries([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528,
    ...                       .759, 1]))
    4
    """
    values = np.asarray(p_values, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise InputError("a p-value lies outside 0..1", hint="leave series without one out")
    if not values.size:
        return ()
    ranks = np.arange(1, values.size + 1)
    bound = rate / (1 / ranks).sum() if is_dependent else rate
    order = np.argsort(values, kind="stable")
    below = values[order] <= bound * ranks / values.size + 1e-15
    limit = values[order][np.flatnonzero(below)[-1]] if below.any() else -1.0
    return tuple(bool(value <= limit) for value in values)


def expect_false(chances: Sequence[float]) -> float:
    """Return the Bayesian false discovery rate of what was found: the mean chance that a finding is none.

    Newton et al. 2004, Biostatistics 5:155. A rule that asks 0.9 of each finding holds it at 0.1 by itself, so nothing
    is sorted out by it here; it is told.

    >>> round(expect_false([0.99, 0.9]), 3)
    0.055
    """
    return sum(1 - chance for chance in chances) / len(chances) if chances else 0.0
