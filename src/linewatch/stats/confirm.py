"""Each turn of a long series held against the conditions of a single one, between the turns before and after it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.drift import compare_readings
from linewatch.stats.keys import is_established
from linewatch.stats.ordinal import Scale
from linewatch.stats.scan import scan_turn
from linewatch.stats.segments import Segmentation
from linewatch.stats.turns import Gap, weigh_turn

WINDOW = 200
"""So many items on each side of a candidate are weighed."""


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


def settle_turns(
    days: npt.ArrayLike, scores: npt.ArrayLike, found: Segmentation, scale: Scale | None = None
) -> tuple[LocalTurn, ...]:
    """Return the same turns, each held against neighbours that stand themselves.

    A turn that does not stand is no border for others: the weakest is taken out and the rest are weighed anew, until all
    that are left stand (backward elimination). What was taken out is returned as not standing, as it was weighed then.

    A climb is cut into steps of which each may pass between two others; with the others gone none does:

    >>> from linewatch.stats.segments import segment_series
    >>> climb = [place // 12 - 3 for place in range(84)]
    >>> any(turn.stands for turn in settle_turns(range(84), climb, segment_series(range(84), climb)))
    False
    """
    fallen: list[LocalTurn] = []
    while True:
        turns = confirm_turns(days, scores, found, scale)
        weak = [place for place, turn in enumerate(turns) if not turn.stands]
        if not weak:
            return tuple(sorted((*turns, *fallen), key=lambda turn: turn.most_likely.before))
        place = min(weak, key=lambda place: (turns[place].p_turn, -turns[place].p_value))
        fallen.append(turns[place])
        found = _take_out(found, place)


def confirm_candidates(
    days: npt.ArrayLike, scores: npt.ArrayLike, cuts: Sequence[int], scale: Scale | None = None
) -> tuple[LocalTurn, ...]:
    """Return each candidate (the items before it, in order of date) weighed in a window that reaches to its neighbours at most.

    >>> scores = [-2] * 30 + [2] * 30
    >>> [(turn.most_likely.end_day, turn.stands) for turn in confirm_candidates(range(60), scores, [30])]
    [(30, True)]
    """
    when, values = np.asarray(days), np.asarray(scores, dtype=np.float64)
    order = np.argsort(when, kind="stable")
    when, values = when[order], values[order]
    found = []
    for start, cut, end in zip([0, *cuts], cuts, [*cuts[1:], when.size], strict=False):
        window = slice(max(start, cut - WINDOW), min(end, cut + WINDOW))
        turn = weigh_turn(when[window], values[window], scale)
        found.append(_confirm(when[window], values[window], turn.most_likely, turn.interval, scale))
    return tuple(found)


def _take_out(found: Segmentation, place: int) -> Segmentation:
    return msgspec.structs.replace(
        found,
        likeliest=found.likeliest - 1,
        turns=found.turns[:place] + found.turns[place + 1 :],
        most_likely=found.most_likely[:place] + found.most_likely[place + 1 :],
    )
