"""The claim rule: both keys, one turn likelier than a drift, enough items, one outlet on both sides, coders who agree, a known frame.

The keys are computed in `linewatch.stats`; the sentences are in `words`.
"""

from __future__ import annotations

from datetime import date

import msgspec

from linewatch.model import Gate, Point, Reliability, Turn
from linewatch.model.line import Frame
from linewatch.stats.drift import Readings, compare_readings
from linewatch.stats.keys import LEAST_ITEMS, LEAST_PROBABILITY, MOST_CHANCE
from linewatch.stats.scan import scan_turn
from linewatch.stats.turns import TurnPosterior, weigh_turn
from linewatch.track.series import get_day, is_placed
from linewatch.track.words import describe_turn, tell_p, tell_readings

FEWEST = 6
"""With fewer placed items no probability is given at all."""
FRAMES = frozenset({"census", "systematic"})


def judge_series(
    name: str,
    points: tuple[Point, ...],
    frame: Frame,
    reliability: Reliability,
    *,
    outlets_own: tuple[Turn, ...] | None = None,
) -> Turn:
    """Return what may be said of one series.

    With `outlets_own`, what each outlet's own series says, the points are those of several outlets: chance is taken
    within each, and one outlet's turn is not called the organisation's.
    """
    pooled = outlets_own is not None
    placed = tuple(sorted((point for point in points if is_placed(point)), key=get_day))
    days = [get_day(point) for point in placed]
    if len(placed) < FEWEST or len(set(days)) < 2:
        return _refuse(name, len(placed), frame, reliability)
    scores = [point.score for point in placed]
    posterior, readings = weigh_turn(days, scores), compare_readings(days, scores)
    outlets = [point.outlet or "" for point in placed] if pooled else None
    chance = scan_turn(days, scores, outlets).p_value
    split = posterior.most_likely.before
    keys = (
        Gate(
            name="posterior",
            holds=posterior.p_turn >= LEAST_PROBABILITY,
            words=f"P(turn) {posterior.p_turn:.2f}, needed {LEAST_PROBABILITY}",
        ),
        Gate(
            name="permutation",
            holds=chance <= MOST_CHANCE,
            words=f"{tell_p(chance)}, needed {MOST_CHANCE} or less",
        ),
    )
    if min(split, len(placed) - split) < LEAST_ITEMS:
        return _refuse(name, len(placed), frame, reliability, keys=keys)
    gates = (
        *keys,
        _check_reading(readings),
        _check_sides(placed, split),
        *_check_ground(frame, reliability),
        *_check_outlets(outlets_own),
    )
    turn = _make_turn(name, placed, posterior, chance, gates)
    return describe_turn(msgspec.structs.replace(turn, reading=readings.best))


def _make_turn(
    name: str, placed: tuple[Point, ...], posterior: TurnPosterior, chance: float, gates: tuple[Gate, ...]
) -> Turn:
    """Return the turn without its sentence."""
    gap = posterior.most_likely
    return Turn(
        series=name,
        n=len(placed),
        p_turn=posterior.p_turn,
        bayes_factor=posterior.bayes_factor,
        p_permutation=chance,
        date_interval=_to_dates(*posterior.interval),
        most_likely=_to_dates(gap.start_day, gap.end_day),
        before=posterior.mean_before,
        after=posterior.mean_after,
        claim=all(gate.holds for gate in gates),
        gates=gates,
        words="",
    )


def _refuse(
    name: str, n: int, frame: Frame, reliability: Reliability, *, keys: tuple[Gate, ...] = ()
) -> Turn:
    few = Gate(
        name="items",
        holds=False,
        words=f"{n} dated items, or fewer than two on a side: too few for a probability",
    )
    return describe_turn(
        Turn(
            series=name,
            n=n,
            p_turn=None,
            bayes_factor=None,
            p_permutation=None,
            date_interval=None,
            most_likely=None,
            before=None,
            after=None,
            claim=False,
            gates=(*keys, few, *_check_ground(frame, reliability)),
            words="",
        )
    )


def _check_reading(readings: Readings) -> Gate:
    """Hold one turn against its rival, a gradual change: a drift long enough passes both keys."""
    return Gate(name="reading", holds=readings.turn >= readings.drift, words=tell_readings(readings))


def _check_sides(placed: tuple[Point, ...], split: int) -> Gate:
    before = {point.outlet for point in placed[:split]}
    after = {point.outlet for point in placed[split:]}
    both = before & after
    words = "an outlet stands on both sides" if both else "no outlet stands on both sides"
    return Gate(name="outlet", holds=bool(both), words=words)


def _check_outlets(own: tuple[Turn, ...] | None) -> tuple[Gate, ...]:
    """Hold one outlet's turn apart from the organisation's: half of those that can be judged must have turned."""
    if own is None:
        return ()
    judged = [turn for turn in own if turn.n >= FEWEST]
    turned = [turn.series for turn in judged if turn.claim]
    words = f"{len(turned)} of {len(judged)} outlets with enough items turned ({', '.join(turned) or 'none'})"
    return (Gate(name="outlets", holds=bool(judged) and 2 * len(turned) >= len(judged), words=words),)


def _check_ground(frame: Frame, reliability: Reliability) -> tuple[Gate, Gate]:
    headline = reliability.headline
    light = headline.light if headline else "unknown"
    said = headline.words if headline else "nothing is coded"
    return (
        Gate(name="reliability", holds=light in {"green", "amber"}, words=said),
        Gate(name="frame", holds=frame in FRAMES, words=f"sampling frame: {frame}"),
    )


def _to_dates(first: int, last: int) -> tuple[date, date]:
    return date.fromordinal(first), date.fromordinal(last)
