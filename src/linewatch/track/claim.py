"""The claim rule: both keys, one turn likelier than a drift, enough items, one outlet on both sides, coders who agree, a known frame.

A claim that a rival reading explains as well is worded down. The numbers are in `study`, the conditions in `gates`, the rivals in `rivals`, the sentences in `words` and `outlook`.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from linewatch.model import Gate, Point, Reliability, Rival, Turn
from linewatch.model.line import Frame
from linewatch.stats.imprecise import Days, widen_days
from linewatch.stats.keys import LEAST_ITEMS
from linewatch.stats.many import RATE, keep_discoveries
from linewatch.stats.scan_spans import scan_spans
from linewatch.stats.turns import find_date_set
from linewatch.track.coverage import find_unwatched, widen
from linewatch.track.gates import (
    check_coverage,
    check_ground,
    check_keys,
    check_outlets,
    check_reading,
    check_rivals,
    check_sides,
)
from linewatch.track.grounds import list_dates, list_influence, list_levels, list_outlets
from linewatch.track.orders import list_pairs
from linewatch.track.outlook import tell_outlook, weigh_likelihood
from linewatch.track.rivals import leave_out, weigh_rivals
from linewatch.track.study import (
    Setting,
    Study,
    count_loose,
    is_datable,
    place_series,
    study_series,
    to_dates,
)
from linewatch.track.words import describe_turn, tell_p

FEWEST = 6
"""With fewer items no probability is given at all."""
ONE_SIDED = "fewer than two items surely stand on one side of the likeliest date, too few for a probability (2 needed)"
SMALL_CHANGE, FEW_ITEMS, WIDE = 2.5, 40, 0.99
"""A smaller change found among fewer items has a 95 % interval that is too sure of itself (decision 30): 99 % beside it."""


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
    ground = check_ground(frame, reliability, setting)
    pooled = outlets_own is not None
    if len(placed) < FEWEST or not is_datable(spans):
        few = Gate(name="items", holds=False, words=_tell_too_few(len(placed)))
        outlets = [point.outlet or "" for point in placed] if pooled else None
        chance = _scan_few(placed, spans, outlets) if is_datable(spans) else None
        return _refuse(name, points, (few, *ground), chance)
    study = study_series(placed, spans, setting, pooled=pooled)
    keys = check_keys(study)
    if min(len(study.early), len(study.late)) < LEAST_ITEMS:
        few = Gate(name="items", holds=False, words=ONE_SIDED)
        refused = _refuse(name, points, (*keys[1:], few, *ground), study.p_value)
        reading = "voices" if study.voices == "voices" else None
        return _tell(replace(refused, reading=reading, levels=list_levels(study, setting)))
    gates = (
        *keys,
        check_reading(study.readings),
        check_sides(study),
        *ground,
        *check_outlets(study, outlets_own),
        *check_coverage(study, setting),
    )
    is_found = all(key.holds for key in keys)
    left_out = leave_out(study, setting) if is_found else ()
    rivals = weigh_rivals(study, setting, left_out) if is_found else ()
    if all(gate.holds for gate in gates):
        gates = (*gates, check_rivals(rivals))
    turn = _make_turn(name, study, setting, gates, rivals)
    return _tell(replace(turn, influence=list_influence(study, left_out)))


def _tell(turn: Turn) -> Turn:
    """Return the turn with its sentence, its confidence and what would change the conclusion."""
    return tell_outlook(describe_turn(turn))


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
    return _tell(replace(turn, claim=False, gates=gates, why_not=(*turn.why_not, words)))


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
        likelihood=weigh_likelihood(study, gates),
        dates=list_dates(study),
        levels=list_levels(study, setting),
        parts=list_outlets(study),
    )


def _scan_few(points: tuple[Point, ...], spans: tuple[Days, ...], outlets: list[str] | None) -> float:
    scores = [point.score for point in points]
    return scan_spans(spans, scores, outlets, said=list_pairs(points, spans)).p_value


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
    return _tell(
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
