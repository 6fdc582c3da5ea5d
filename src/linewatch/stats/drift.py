"""T1b, gradual change: the evidence of a straight drift beside one turn and none, on the likelihood of `turns`."""

from __future__ import annotations

from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.ordinal import (
    Floats,
    Scale,
    average_logs,
    even_weights,
    log_chances,
    mix_strays,
    spread_scores,
    steady_chances,
)
from linewatch.stats.turns import weigh_turn

Reading = Literal["none", "turn", "drift"]
COARSE = 0.5  # step of the two end levels: 289 pairs on -3..3


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """The probabilities of no change, one turn and a straight drift, each held equally likely beforehand."""

    none: float
    turn: float
    drift: float
    best: Reading
    """The likeliest reading; `none` wins a draw, then `turn`."""


def compare_readings(days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale | None = None) -> Readings:
    """Return how probable no change, one turn and a straight drift from first to last day are (Fearnhead 2006).

    The levels at both ends of the drift have the prior of the levels before and after a turn.

    >>> compare_readings(range(0, 210, 10), [-3] * 3 + [-2] * 3 + [-1] * 3 + [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3).best
    'drift'
    """
    scale = scale or Scale()
    turn = weigh_turn(days, scores, scale)
    logs = np.array([turn.log_evidence_none, turn.log_evidence_turn, weigh_drift(days, scores, scale)])
    share = np.exp(logs - logs.max())
    none, step, slope = (float(p) for p in share / share.sum())
    names: tuple[Reading, ...] = ("none", "turn", "drift")
    return Readings(none=none, turn=step, drift=slope, best=names[int(np.argmax(logs))])


def weigh_drift(days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale) -> float:
    """Return the log evidence of a straight drift over the days between the first and the last item."""
    when = np.asarray(days, dtype=np.float64)
    chances = spread_scores(scores, scale)
    if when.shape != (len(chances),) or np.ptp(when) == 0:
        raise InputError("a drift needs items on two days or more", hint="give one score a day")
    ends = msgspec.structs.replace(scale, step=COARSE)
    first, last = (grid.ravel() for grid in np.meshgrid(ends.levels, ends.levels, indexing="ij"))
    pairs = np.outer(ends.level_weights, ends.level_weights).ravel()
    logs = np.zeros((len(scale.spreads) * len(scale.strays), pairs.size))
    for place, item in zip((when - when.min()) / np.ptp(when), chances, strict=True):
        logs += _log_item(item, first + place * (last - first), scale)
    shapes = average_logs(logs, pairs)
    return float(average_logs(shapes, even_weights(shapes.size)))


def _log_item(item: Floats, levels: Floats, scale: Scale) -> Floats:
    """Return the log likelihood of one item: shapes x levels."""
    steady = np.tensordot(item, steady_chances(scale, levels), axes=1)
    return log_chances(mix_strays(steady[None], scale)[0])
