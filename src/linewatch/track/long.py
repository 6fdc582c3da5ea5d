"""A long series may turn more than once: how often, when, and which of the turns stand by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from linewatch.model import Point
from linewatch.stats.confirm import LocalTurn, confirm_candidates, settle_turns
from linewatch.stats.pelt import COARSE, find_candidates
from linewatch.stats.segments import MOST_ITEMS, segment_series
from linewatch.track.study import Setting, is_datable, place_series, to_dates
from linewatch.track.words import join_parts, tell_chance, tell_p

LONG = 200
"""From so many items on, more than one turn is looked for."""


def describe_long(name: str, points: Sequence[Point], setting: Setting) -> tuple[str, ...]:
    """Return what a long series says of several turns; nothing of a short one.

    Loosely dated items count in the middle of their dates here, unlike in the search for one turn.
    """
    placed, spans = place_series(tuple(points), setting)
    if len(placed) <= LONG or not is_datable(spans):
        return ()
    days = [(first + last) // 2 for first, last in spans]
    scores = [point.score for point in placed]
    if len(placed) > MOST_ITEMS:
        return (_tell_candidates(name, days, scores, setting),)
    found = segment_series(days, scores, setting.scale)
    turns = settle_turns(days, scores, found, setting.scale)
    number = f"{found.likeliest} turn{'' if found.likeliest == 1 else 's'}"
    told = f"{name}, {len(placed)} items: of 0 to {len(found.numbers) - 1} turns, {number} is likeliest (P {tell_chance(max(found.numbers))})"
    return (f"{told}{': ' if turns else ''}{join_parts([_tell_turn(turn) for turn in turns])}.",)


def _tell_candidates(name: str, days: Sequence[int], scores: Sequence[float], setting: Setting) -> str:
    """Return the turns of a series too long for the exact posterior: candidates by PELT, each weighed in a window around it."""
    turns = confirm_candidates(
        days, scores, find_candidates(days, scores, replace(setting.scale, step=COARSE)), setting.scale
    )
    told = (
        f"{name}, {len(days)} items, too many to weigh every number of turns: {len(turns)} candidates by PELT"
    )
    return f"{told}{': ' if turns else ''}{join_parts([_tell_turn(turn) for turn in turns])}."


def _tell_turn(turn: LocalTurn) -> str:
    first, last = to_dates(*turn.interval)
    stands = "stands" if turn.stands else "does not stand"
    return f"between {first} and {last} ({stands} by itself: P(turn) {tell_chance(turn.p_turn)}, {tell_p(turn.p_value)})"
