"""The numbers behind a turn that figures draw: the posterior of its date, the level, each outlet's part, what matters most."""

from __future__ import annotations

from linewatch.model import DateChance, Influence, Level, Part
from linewatch.stats.influence import Influence as LeftOut
from linewatch.stats.level import trace_level
from linewatch.stats.mix import list_parts
from linewatch.track.study import Setting, Study, to_dates

LEAST_CHANCE = 1e-4
"""A stretch of days less likely than this is not listed."""


def list_dates(study: Study) -> tuple[DateChance, ...]:
    """Return the posterior of the date, given a turn: a row a stretch of days."""
    rows = []
    for gap in study.turn.gaps:
        after, by = to_dates(gap.start_day, gap.end_day)
        if gap.mass >= LEAST_CHANCE:
            rows.append(DateChance(after=after, by=by, chance=gap.mass))
    return tuple(rows)


def list_levels(study: Study, setting: Setting) -> tuple[Level, ...]:
    """Return where one outlet's line stood; a loosely dated item counts in the middle of its dates here."""
    if study.outlets is not None:
        return ()
    middles = [(first + last) // 2 for first, last in study.spans]
    return tuple(
        Level(day=to_dates(one.day, one.day)[0], mean=one.mean, low=one.low, high=one.high)
        for one in trace_level(middles, study.chances, setting.scale)
    )


def list_outlets(study: Study) -> tuple[Part, ...]:
    """Return each outlet's part of the change between the items surely before and those surely after the likeliest date."""
    places, before = [*study.early, *study.late], len(study.early)
    names = [study.points[place].outlet or "outlet unknown" for place in places]
    if not 0 < before < len(places):
        return ()
    return tuple(
        Part(
            outlet=str(one.name),
            before=one.before,
            after=one.after,
            mean_before=one.mean_before,
            mean_after=one.mean_after,
            within=one.within,
            mix=one.mix,
        )
        for one in list_parts([study.points[place].score for place in places], names, before)
    )


def list_influence(study: Study, found: tuple[LeftOut, ...]) -> tuple[Influence, ...]:
    """Return what is left without each item, by its id, or each outlet."""
    return tuple(
        Influence(
            left_out=str(one.left_out)
            if study.outlets is not None
            else study.points[int(str(one.left_out))].item,
            p_turn=one.p_turn,
        )
        for one in found
    )
