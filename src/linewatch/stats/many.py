"""Many series at once: which findings stand when the number of looks is counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewatch.errors import InputError

RATE = 0.05
BAYES_RATE = 0.10


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


def keep_likely(chances: Sequence[float], rate: float = BAYES_RATE) -> tuple[bool, ...]:
    """Return which series to flag so that the mean probability of no turn among them is at most `rate`.

    Bayesian false discovery rate (Newton et al. 2004, Biostatistics 5:155). `chances` are probabilities of a turn.

    >>> keep_likely([0.99, 0.5, 0.9, 0.8])
    (True, False, True, False)
    """
    values = np.asarray(chances, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    means = np.cumsum(1 - values[order]) / np.arange(1, values.size + 1)
    kept = np.zeros(values.size, dtype=bool)
    kept[order[: int((means <= rate + 1e-12).sum())]] = True
    return tuple(bool(one) for one in kept)
