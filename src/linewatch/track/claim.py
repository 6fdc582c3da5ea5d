"""The claim rule: both keys, one turn likelier than a drift, enough items, one outlet on both sides, coders who agree, a known frame.

A claim that a rival reading explains as well is worded down. The numbers are in `study`, the rivals in `rivals`, the sentences in `words`.
"""

from __future__ import annotations

from datetime import date
from statistics import mean

from msgspec.structs import replace

from linewatch.model import Gate, Point, Reliability, Rival, Turn
from linewatch.model.line import Frame
from linewatch.stats.drift import Readings
from linewatch.stats.imprecise import widen_days
from linewatch.stats.keys import LEAST_ITEMS, LEAST_PROBABILITY, MOST_CHANCE
from linewatch.stats.many import RATE, keep_discoveries
from linewatch.stats.scan_spans import scan_spans
from linewatch.stats.turns import find_date_set
from linewatch.track.coverage import find_unwatched, widen
from linewatch.track.rivals import weigh_coverage, weigh_rivals
from linewatch.track.study import (
    Setting,
    Study,
    count_loose,
    is_datable,
    place_series,
    study_series,
    to_dates,
)
from linewatch.track.words import describe_turn, tell_chance, tell_p, tell_readings

FEWEST = 6
"""With fewer items no probability is given at all."""
FEWEST_ALONE = 8
"""With fewer items of an outlet no order of them can establish a turn of its own."""
ONE_SIDED = "fewer than two items surely stand on one side of the likeliest date, too few for a probability (2 needed)"
SMALL_CHANGE, FEW_ITEMS, WIDE = 2.5, 40, 0.99
"""A smaller change found among fewer items has a 95 % interval that is too sure of itself (decision 30): 99 % beside it."""
FRAMES = frozenset({"census", "systematic"})


def judge_series(
    name: str,
    points: tuple[Point, ...],
    frame: Frame,
    reliability: Reliability,
    *,
    outlets_own: tuple[Turn, ...] | None = None,
    setting: Setting | None = None,
) -> Turn:
    """Return what may be said of one series.

    With `outlets_own`, what each outlet's own series says, the points are those of several outlets: each keeps its own
    level, chance is taken within each, and one outlet's turn is not called the organisation's.
    """
    setting = setting or Setting()
    placed, spans = place_series(points, setting)
    ground = _check_ground(frame, reliability, setting)
    pooled = outlets_own is not None
    if len(placed) < FEWEST or not is_datable(spans):
        few = Gate(name="items", holds=False, words=_tell_too_few(len(placed)))
        outlets = [point.outlet or "" for point in placed] if pooled else None
        chance = scan_spans(spans, [p.score for p in placed], outlets).p_value if is_datable(spans) else None
        return _refuse(name, points, (few, *ground), chance)
    study = study_series(placed, spans, setting, pooled=pooled)
    keys = _check_keys(study)
    if min(len(study.early), len(study.late)) < LEAST_ITEMS:
        few = Gate(name="items", holds=False, words=ONE_SIDED)
        return _refuse(name, points, (*keys[1:], few, *ground), study.p_value)
    gates = (
        *keys,
        _check_reading(study.readings),
        _check_sides(study),
        *ground,
        *_check_outlets(study, outlets_own),
        *_check_coverage(study, setting),
    )
    rivals = weigh_rivals(study, setting) if all(key.holds for key in keys) else ()
    if all(gate.holds for gate in gates):
        gates = (*gates, _check_rivals(rivals))
    return describe_turn(_make_turn(name, study, setting, gates, rivals))


def hold_family(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Return the turns of several series with those worded down that do not stand when all the looks are counted."""
    looked = [turn for turn in turns if turn.p_permutation is not None and turn.n >= FEWEST]
    kept = keep_discoveries([turn.p_permutation or 0.0 for turn in looked])
    fallen = {turn.series for turn, stands in zip(looked, kept, strict=True) if not stands}
    return tuple(
        _word_down(turn, len(looked)) if turn.claim and turn.series in fallen else turn for turn in turns
    )


def _word_down(turn: Turn, looked: int) -> Turn:
    words = f"{tell_p(turn.p_permutation)} is too often chance where {looked} series are looked at (false discovery rate {RATE})"
    gates = (*turn.gates, Gate(name="family", holds=False, words=words))
    return describe_turn(replace(turn, claim=False, gates=gates, why_not=(*turn.why_not, words)))


def _make_turn(
    name: str, study: Study, setting: Setting, gates: tuple[Gate, ...], rivals: tuple[Rival, ...]
) -> Turn:
    """Return the turn without its sentence."""
    found, gap = study.turn, study.turn.most_likely
    is_small = abs(found.mean_after - found.mean_before) < SMALL_CHANGE and len(study.points) < FEW_ITEMS
    dates = find_date_set(found.gaps, WIDE) if is_small else ()
    wide = _place_interval((dates[0][0], dates[-1][1]), study, setting) if dates else None
    return Turn(
        series=name,
        n=len(study.points),
        p_turn=found.p_turn,
        bayes_factor=found.bayes_factor,
        p_permutation=study.p_value,
        date_interval=_place_interval(found.interval, study, setting),
        wide_interval=wide,
        most_likely=to_dates(*widen_days((gap.start_day, gap.end_day), study.spans)),
        before=found.mean_before,
        after=found.mean_after,
        claim=all(gate.holds for gate in gates),
        gates=gates,
        words="",
        reading="voices" if study.voices == "voices" else study.readings.best,
        loose=study.loose,
        rivals=rivals,
        why_not=tuple(gate.words for gate in gates if not gate.holds),
    )


def _tell_too_few(n: int) -> str:
    """Return why a series has no probability: too few items, or none that differ in date.

    >>> _tell_too_few(1), _tell_too_few(8)
    ('1 dated item, too few for a probability (6 needed)', 'all 8 dated items are of one day: there is no before and after')
    """
    if n >= FEWEST:
        return f"all {n} dated items are of one day: there is no before and after"
    counted = "no dated item" if n == 0 else f"{n} dated item{'' if n == 1 else 's'}"
    return f"{counted}, too few for a probability ({FEWEST} needed)"


def _place_interval(days: tuple[int, int], study: Study, setting: Setting) -> tuple[date, date]:
    """Return days as dates no closer than the items' own, widened by what nobody watched."""
    interval = to_dates(*widen_days(days, study.spans))
    for outlet in sorted({point.outlet for point in study.points if point.outlet}):
        interval = widen(interval, find_unwatched(setting.watched, outlet))
    return interval


def _refuse(name: str, points: tuple[Point, ...], gates: tuple[Gate, ...], chance: float | None) -> Turn:
    """Return a series of which no probability is given."""
    return describe_turn(
        Turn(
            series=name,
            n=len(points),
            p_turn=None,
            bayes_factor=None,
            p_permutation=chance,
            date_interval=None,
            most_likely=None,
            before=None,
            after=None,
            claim=False,
            gates=gates,
            words="",
            loose=count_loose(points),
            why_not=tuple(gate.words for gate in gates if not gate.holds),
        )
    )


def _check_keys(study: Study) -> tuple[Gate, Gate]:
    told = f"P(turn) {tell_chance(study.turn.p_turn)}, needed {LEAST_PROBABILITY}"
    scanned = f"{tell_p(study.p_value)}, needed {MOST_CHANCE} or less"
    return (
        Gate(name="posterior", holds=study.turn.p_turn >= LEAST_PROBABILITY, words=told),
        Gate(name="permutation", holds=study.p_value <= MOST_CHANCE, words=scanned),
    )


def _check_reading(readings: Readings) -> Gate:
    """Hold one turn against its rival, a gradual change: a drift long enough passes both keys."""
    return Gate(name="reading", holds=readings.turn >= readings.drift, words=tell_readings(readings))


def _check_sides(study: Study) -> Gate:
    before = {study.points[place].outlet for place in study.early}
    after = {study.points[place].outlet for place in study.late}
    both = (before & after) - {None}
    words = "an outlet stands on both sides" if both else "no outlet stands on both sides"
    return Gate(name="outlet", holds=bool(both), words=words)


def _check_outlets(study: Study, own: tuple[Turn, ...] | None) -> tuple[Gate, ...]:
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


def _check_ground(frame: Frame, reliability: Reliability, setting: Setting) -> tuple[Gate, Gate]:
    headline = reliability.headline
    said = (
        headline.words if headline else "nothing is coded" if setting.needs_coders else "reliability unknown"
    )
    agreed = reliability.is_agreed or (not setting.needs_coders and headline is None)
    return (
        Gate(name="reliability", holds=agreed, words=said),
        Gate(name="frame", holds=frame in FRAMES, words=f"sampling frame: {frame}"),
    )


def _check_coverage(study: Study, setting: Setting) -> tuple[Gate, ...]:
    """Hold the turn's date against the periods in which nobody watched."""
    rival = weigh_coverage(study, setting)
    return () if rival.holds is None else (Gate(name="coverage", holds=rival.holds, words=rival.words),)


def _check_rivals(rivals: tuple[Rival, ...]) -> Gate:
    """Hold the turn against everything else that could explain it."""
    against = [rival.words for rival in rivals if rival.holds is False]
    return Gate(
        name="rivals", holds=not against, words="; ".join(against) or "no tested rival reading explains it"
    )
