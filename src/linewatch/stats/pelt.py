"""Candidates for turns in a series too long for the exact posterior: one optimal segmentation, to be held to both keys afterwards."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linewatch.stats.ordinal import Floats, Scale, log_chances, point_chances, spread_scores
from linewatch.stats.scan import SEED

PERMUTATIONS = 99
ALARMS = 0.05
COARSE = 0.5


def find_candidates(
    days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale | None = None, *, seed: int = SEED
) -> tuple[int, ...]:
    """Return the numbers of items before each candidate turn, by PELT (Killick, Fearnhead & Eckley 2012, JASA 107:1590).

    The cost of a segment is the likelihood of its best level, at the spread that suits the whole series best. The penalty is the
    gain of the best single cut that 1 in 20 shuffles of the scores exceeds: no number set by hand.

    >>> find_candidates(range(300), [-2] * 100 + [2] * 100 + [-2] * 100)
    (100, 200)
    """
    scale = scale or Scale(step=COARSE)
    when = np.asarray(days, dtype=np.int64)
    order = np.argsort(when, kind="stable")
    logs = _choose_shape(
        log_chances(np.tensordot(spread_scores(scores, scale), point_chances(scale), axes=1))
    )
    allowed = np.concatenate([[True], np.diff(when[order]) > 0])  # no cut between items of one day
    return _segment(logs[order], allowed, _set_penalty(logs, seed))


def _choose_shape(logs: Floats) -> Floats:
    """Return items x levels at the shape under which one level explains the series best."""
    chosen: Floats = logs[:, int(np.argmax(logs.sum(axis=0).max(axis=1)))]
    return chosen


def _set_penalty(logs: Floats, seed: int) -> float:
    """Return the gain of a single cut that few shuffled series exceed."""
    rng = np.random.default_rng(seed)
    whole = float(logs.sum(axis=0).max())
    gains = []
    for _ in range(PERMUTATIONS):
        total = np.cumsum(logs[rng.permutation(len(logs))], axis=0)
        cut = total[:-1].max(axis=1) + (total[-1] - total[:-1]).max(axis=1)
        gains.append(float(cut.max()) - whole)
    return float(np.quantile(gains, 1 - ALARMS))


def _segment(logs: Floats, allowed: npt.NDArray[np.bool_], penalty: float) -> tuple[int, ...]:
    """Return the cuts of the best penalised segmentation; starts that can no longer win are pruned."""
    n = len(logs)
    total = np.concatenate([np.zeros((1, logs.shape[1])), np.cumsum(logs, axis=0)])
    best, last = np.full(n + 1, -np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = penalty
    starts = np.array([0])
    for end in range(1, n + 1):
        values = best[starts] + (total[end] - total[starts]).max(axis=1) - penalty
        place = int(np.argmax(values))
        best[end], last[end] = values[place], starts[place]
        starts = starts[values + penalty >= best[end]]
        if end < n and allowed[end]:
            starts = np.append(starts, end)
    cuts, end = [], n
    while end > 0:
        end = int(last[end])
        cuts.append(end)
    return tuple(sorted(cut for cut in cuts if cut > 0))
