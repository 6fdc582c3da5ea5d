"""The conditions of a claim, each a gate with its number in words. What they come to together is judged in `claim`."""

from __future__ import annotations

from statistics import mean

from linewatch.model import Gate, Reliability, Rival, Turn
from linewatch.model.line import Frame
from linewatch.stats.drift import Readings
from linewatch.stats.keys import LEAST_PROBABILITY, MOST_CHANCE
from linewatch.track.rivals import weigh_coverage
from linewatch.track.study import Setting, Study
from linewatch.track.words import tell_chance, tell_p, tell_readings

FEWEST_ALONE = 8
"""With fewer items of an outlet no order of them can establish a turn of its own."""
FRAMES = frozenset({"census", "systematic"})
KEYS = frozenset({"posterior", "permutation"})


def check_keys(study: Study) -> tuple[Gate, Gate]:
    """Hold the two keys against what is needed of each."""
    told = f"P(turn) {tell_chance(study.turn.p_turn)}, needed {LEAST_PROBABILITY}"
    scanned = f"{tell_p(study.p_value)}, needed {MOST_CHANCE} or less"
    return (
        Gate(name="posterior", holds=study.turn.p_turn >= LEAST_PROBABILITY, words=told),
        Gate(name="permutation", holds=study.p_value <= MOST_CHANCE, words=scanned),
    )


def check_reading(readings: Readings) -> Gate:
    """Hold one turn against its rival, a gradual change: a drift long enough passes both keys."""
    return Gate(name="reading", holds=readings.turn >= readings.drift, words=tell_readings(readings))


def check_sides(study: Study) -> Gate:
    """Hold the turn against a difference between outlets: one of them must stand on both sides."""
    before = {study.points[place].outlet for place in study.early}
    after = {study.points[place].outlet for place in study.late}
    both = (before & after) - {None}
    words = "an outlet stands on both sides" if both else "no outlet stands on both sides"
    return Gate(name="outlet", holds=bool(both), words=words)


def check_outlets(study: Study, own: tuple[Turn, ...] | None) -> tuple[Gate, ...]:
    """Hold one outlet's turn apart from the organisation's: half of those that can be judged must have turned.

    Where no outlet has items enough to be judged alone, half of those on both sides must have moved the same way.
    """
    if own is None:
        return ()
    judged = [turn for turn in own if turn.n >= FEWEST_ALONE]
    turned = [turn.series for turn in judged if turn.claim]
    words = f"{len(turned)} of {len(judged)} outlets with enough items turned ({', '.join(turned) or 'none'})"
    if not judged:
        moves = _list_moves(study)
        turned = [
            name
            for name, move in moves.items()
            if move * (study.turn.mean_after - study.turn.mean_before) > 0
        ]
        words = f"{len(turned)} of {len(moves)} outlets on both sides moved that way"
        return (Gate(name="outlets", holds=bool(moves) and 2 * len(turned) >= len(moves), words=words),)
    return (Gate(name="outlets", holds=2 * len(turned) >= len(judged), words=words),)


def _list_moves(study: Study) -> dict[str, float]:
    """Return the change of mean score of each outlet that stands on both sides."""
    sides: list[dict[str, list[float]]] = [{}, {}]
    for side, places in zip(sides, (study.early, study.late), strict=True):
        for place in places:
            side.setdefault(study.points[place].outlet or "", []).append(study.points[place].score)
    return {name: mean(sides[1][name]) - mean(sides[0][name]) for name in sides[0] if name in sides[1]}


def check_ground(frame: Frame, reliability: Reliability, setting: Setting) -> tuple[Gate, Gate]:
    """Hold what is found against how far the coders agree and how the items came into the series."""
    headline = reliability.headline
    said = (
        headline.words if headline else "nothing is coded" if setting.needs_coders else "reliability unknown"
    )
    agreed = reliability.is_agreed or (not setting.needs_coders and headline is None)
    return (
        Gate(name="reliability", holds=agreed, words=said),
        Gate(name="frame", holds=frame in FRAMES, words=f"sampling frame: {frame}"),
    )


def check_coverage(study: Study, setting: Setting) -> tuple[Gate, ...]:
    """Hold the turn's date against the periods in which nobody watched."""
    rival = weigh_coverage(study, setting)
    return () if rival.holds is None else (Gate(name="coverage", holds=rival.holds, words=rival.words),)


def check_rivals(rivals: tuple[Rival, ...]) -> Gate:
    """Hold the turn against everything else that could explain it."""
    against = [rival.words for rival in rivals if rival.holds is False]
    return Gate(
        name="rivals", holds=not against, words="; ".join(against) or "no tested rival reading explains it"
    )
