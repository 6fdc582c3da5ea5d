"""The rival readings: what else could explain a turn, each with its figure and one sentence, or named as untested."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from linewatch.model import Point, Rival
from linewatch.stats.constraints import keep_pairs
from linewatch.stats.drift import COARSE
from linewatch.stats.imprecise import weigh_spans
from linewatch.stats.influence import Influence, leave_items_out, leave_outlets_out
from linewatch.stats.mix import split_change
from linewatch.stats.serial import measure_dependence
from linewatch.track.coverage import find_unwatched, list_inside, tell_periods, widen
from linewatch.track.study import Setting, Study, to_dates
from linewatch.track.words import tell_chance, tell_p, tell_readings

MOST_CHANCE = 0.05
LIKELY = 0.5
"""A turn that is less likely than not without one item rests on that item."""
MOST_LEFT_OUT, FEWEST_LEFT_OUT, LOOSE_DAYS = 200, 8, 40_000
"""In a longer series only the items nearest to the date are left out one by one; fewer where dates are loose, which takes long."""
KEPT = 0.9
"""What a thinned series must still reach where neighbours resemble each other."""


NAMELESS = "not every item names its"
NO_ANCHORS = "it takes passages that the same coder coded again later"
NO_SECOND = "it takes the same items coded under another codebook"
NO_CALENDAR = "it takes a record of which outlet was watched when"
MIXES: dict[str, tuple[str, Callable[[Point], str | None]]] = {
    "outlet mix": ("outlet", lambda point: point.outlet),
    "speaker authority": ("authority tier", lambda point: point.tier),
    "medium": ("medium", lambda point: None if point.kind == "other" else point.kind),
    "coder mix": ("set of coders", lambda point: ", ".join(point.coders) or None),
}
"""What the items on both sides may differ in, beside the line: name, word, and how to tell it of an item."""


def weigh_rivals(study: Study, setting: Setting, found: tuple[Influence, ...]) -> tuple[Rival, ...]:
    """Return every rival reading of a series in which both keys find a turn; `found` is what `leave_out` found."""
    return (
        _weigh_drift(study),
        *(_weigh_mix(study, name, what, get) for name, (what, get) in MIXES.items()),
        _leave_open("coder drift", NO_ANCHORS),
        _weigh_codebook(setting),
        weigh_coverage(study, setting),
        _weigh_influence(study, found),
        _weigh_dependence(study, setting),
        _leave_open("second codebook", NO_SECOND),
    )


def list_untested(points: tuple[Point, ...], setting: Setting) -> tuple[Rival, ...]:
    """Return the rival readings that what is known of the items cannot test, whatever the scores are."""
    open_mixes = [
        _leave_open(name, f"{NAMELESS} {what}")
        for name, (what, get) in MIXES.items()
        if any(get(point) is None for point in points)
    ]
    codebook = _weigh_codebook(setting)
    return (
        *open_mixes,
        _leave_open("coder drift", NO_ANCHORS),
        *(() if codebook.holds else (codebook,)),
        *(() if setting.watched else (_leave_open("coverage gap", NO_CALENDAR),)),
        _leave_open("second codebook", NO_SECOND),
    )


def _leave_open(name: str, why: str) -> Rival:
    return Rival(name=name, holds=None, figure=None, words=f"{name} is untested ({why})")


def _weigh_drift(study: Study) -> Rival:
    readings = study.readings
    return Rival(
        name="gradual change",
        holds=readings.turn >= readings.drift,
        figure=readings.drift,
        words=f"gradual change: {tell_readings(readings)}",
    )


def _weigh_mix(study: Study, name: str, what: str, get: Callable[[Point], str | None]) -> Rival:
    """Return whether the change lies within the kinds that stand on both sides or in which of them speaks."""
    places = [*study.early, *study.late]
    labels = [get(study.points[place]) for place in places]
    if not labels or None in labels:
        return _leave_open(name, f"{NAMELESS} {what}")
    if len(set(labels)) == 1:
        return Rival(name=name, holds=True, figure=None, words=f"{name}: one {what} throughout ({labels[0]})")
    change = split_change([study.points[place].score for place in places], labels, len(study.early))
    within = "none stands on both sides" if change.within is None else f"{change.within:+.1f} within each"
    return Rival(
        name=name,
        holds=not change.is_mix,
        figure=change.within,
        words=f"{name}: of a change of {change.total:+.1f}, {within}, {change.mix:+.1f} by which {what} speaks",
    )


def _weigh_codebook(setting: Setting) -> Rival:
    if setting.codebook is None:
        return _leave_open(
            "codebook change", "it takes the name of the codebook that each item was coded under"
        )
    return Rival(
        name="codebook change",
        holds=True,
        figure=None,
        words=f"codebook change: all under {setting.codebook}",
    )


def weigh_coverage(study: Study, setting: Setting) -> Rival:
    """Return whether somebody watched throughout the interval of the turn's date."""
    outlets = sorted({point.outlet for point in study.points if point.outlet})
    recorded = {one.outlet for one in setting.watched}
    if not outlets or not recorded.issuperset(outlets):
        return _leave_open("coverage gap", NO_CALENDAR)
    interval = to_dates(*study.turn.interval)
    told, days = [], 0
    for outlet in outlets:
        unwatched = find_unwatched(setting.watched, outlet)
        inside = list_inside(widen(interval, unwatched), unwatched)
        days += sum((last - first).days + 1 for first, last in inside)
        told += [f"{outlet} was not watched {tell_periods(inside)}"] if inside else []
    words = (
        f"coverage gap: {'; '.join(told)}, where the turn may lie"
        if told
        else "coverage gap: none where the turn may lie"
    )
    return Rival(name="coverage gap", holds=not told, figure=float(days), words=words)


def _weigh_influence(study: Study, found: tuple[Influence, ...]) -> Rival:
    """Return whether the turn outlives the item, or among several the outlet, that matters most."""
    if not found:
        return _leave_open("influence", "one outlet alone")
    most = found[0]
    left = str(most.left_out) if study.outlets is not None else study.points[int(str(most.left_out))].label
    first, last = study.turn.interval
    holds = most.p_turn >= LIKELY and most.most_likely[0] < last and most.most_likely[1] > first
    return Rival(
        name="influence",
        holds=holds,
        figure=most.p_turn,
        words=f"influence: without {left}, which matters most, P(turn) is {tell_chance(most.p_turn)}",
    )


def leave_out(study: Study, setting: Setting) -> tuple[Influence, ...]:
    """Return what is left of a turn without each item, or among several without each outlet, what matters most first."""
    if study.outlets is not None:
        return leave_outlets_out(study.spans, study.chances, study.outlets, setting.scale, study.said)
    loose = sum(last - first for first, last in study.spans)
    tried = max(FEWEST_LEFT_OUT, min(MOST_LEFT_OUT, LOOSE_DAYS // max(1, loose)))
    date = sum(study.turn.interval)
    near = sorted(range(len(study.spans)), key=lambda place: abs(sum(study.spans[place]) - date))[:tried]
    scale = replace(setting.scale, step=COARSE) if loose else setting.scale
    return leave_items_out(study.spans, study.chances, scale, near, study.said)


def _weigh_dependence(study: Study, setting: Setting) -> Rival:
    """Return whether neighbours resemble each other, and if so whether every second item still shows the turn."""
    early, late = set(study.early), set(study.late)
    places = [place for place in range(len(study.points)) if place in early or place in late]
    groups = [(study.points[place].outlet, place in early) for place in places]
    found = measure_dependence([study.points[place].score for place in places], groups)
    if found.lag1 is None or found.p_value is None:
        return _leave_open("serial dependence", "the items on each side are too few or all alike")
    told = f"serial dependence: neighbours correlate {found.lag1:+.2f} ({tell_p(found.p_value)})"
    if found.p_value > MOST_CHANCE:
        return Rival(name="serial dependence", holds=True, figure=found.lag1, words=told)
    least = min(_thin(study, setting))
    return Rival(
        name="serial dependence",
        holds=least >= KEPT,
        figure=found.lag1,
        words=f"{told}; with every second item alone P(turn) is {tell_chance(least)}",
    )


def _thin(study: Study, setting: Setting) -> Iterator[float]:
    """Yield the probability of a turn from the odd and from the even items."""
    for start in (0, 1):
        spans = study.spans[start::2]
        if min(first for first, _ in spans) == max(last for _, last in spans):
            yield 0.0
        else:
            said = keep_pairs(study.said, range(start, len(study.spans), 2))
            yield weigh_spans(spans, study.chances[start::2], setting.scale, said).p_turn
