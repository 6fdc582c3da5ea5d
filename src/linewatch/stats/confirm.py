"""Each turn of a long series held against the conditions of a single one, between the turns before and after it."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.drift import compare_readings
from linewatch.stats.keys import is_established
from linewatch.stats.ordinal import Scale
from linewatch.stats.scan import scan_turn
from linewatch.stats.segments import Segmentation
from linewatch.stats.turns import Gap, weigh_turn


class LocalTurn(msgspec.Struct, frozen=True, kw_only=True):
    """One of several turns, and what its own stretch of the series says of it."""

    interval: tuple[int, int]
    """The days that enclose its 95 % date set, given how often the series turned."""
    most_likely: Gap
    p_turn: float
    p_value: float
    stands: bool
    """Both keys hold between its neighbours, and one turn is at least as probable as a drift."""


def confirm_turns(
    days: npt.ArrayLike, scores: npt.ArrayLike, found: Segmentation, scale: Scale | None = None
) -> tuple[LocalTurn, ...]:
    """Return each turn of the likeliest number with both keys and the drift weighed between its neighbours.

    A long climb is cut into steps by any segmentation; here it is not, for a drift explains each step as well:

    >>> from linewatch.stats.segments import segment_series
    >>> scores = [-2] * 12 + [2] * 12 + [-1] * 12
    >>> [turn.stands for turn in confirm_turns(range(36), scores, segment_series(range(36), scores))]
    [True, True]
    """
    when, values = np.asarray(days), np.asarray(scores, dtype=np.float64)
    order = np.argsort(when, kind="stable")
    when, values = when[order], values[order]
    edges = [0, *(gap.before for gap in found.most_likely), when.size]
    return tuple(
        _confirm(when[start:end], values[start:end], gap, interval, scale)
        for start, end, gap, interval in zip(edges, edges[2:], found.most_likely, found.turns, strict=False)
    )


def _confirm(
    days: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float64],
    gap: Gap,
    interval: tuple[int, int],
    scale: Scale | None,
) -> LocalTurn:
    turn, scan, readings = (
        weigh_turn(days, scores, scale),
        scan_turn(days, scores),
        compare_readings(days, scores, scale),
    )
    return LocalTurn(
        interval=interval,
        most_likely=gap,
        p_turn=turn.p_turn,
        p_value=scan.p_value,
        stands=is_established(turn, scan) and readings.turn >= readings.drift,
    )
