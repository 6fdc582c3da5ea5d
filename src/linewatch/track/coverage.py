"""The coverage calendar: an outlet that said nothing differs from one that nobody watched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from linewatch.model import Point, Watch

DAY = timedelta(days=1)
UNLIKELY = 0.05
"""A silence is told where items scattered evenly over the watched days would leave it so seldom."""
Period = tuple[date, date]


def find_unwatched(watched: Iterable[Watch], outlet: str | None) -> tuple[Period, ...]:
    """Return the periods in which an outlet was not watched, between the first and last day recorded for anyone.

    Empty where nothing is recorded for the outlet: then it is not known what was watched.
    """
    watched = tuple(watched)
    own = sorted((one.begins, one.ends) for one in watched if one.outlet == outlet)
    if not own:
        return ()
    reached = min(one.begins for one in watched) - DAY
    gaps = []
    for begins, ends in [*own, (max(one.ends for one in watched) + DAY, date.max)]:
        if begins > reached + DAY:
            gaps.append((reached + DAY, begins - DAY))
        reached = max(reached, ends)
    return tuple(gaps)


def widen(interval: Period, unwatched: Iterable[Period]) -> Period:
    """Return the interval with every unwatched period that it meets or touches: what happened there is not known."""
    start, end = interval
    for first, last in sorted(unwatched):
        if first <= end + DAY and last >= start - DAY:
            start, end = min(start, first), max(end, last)
    return start, end


def list_inside(interval: Period, unwatched: Iterable[Period]) -> tuple[Period, ...]:
    """Return the unwatched periods that lie in an interval, as far as they do."""
    inside = ((max(first, interval[0]), min(last, interval[1])) for first, last in unwatched)
    return tuple(period for period in inside if period[0] <= period[1])


def tell_periods(periods: Iterable[Period]) -> str:
    """Return periods in words.

    >>> tell_periods([(date(2031, 7, 1), date(2031, 7, 31))])
    'from 2031-07-01 to 2031-07-31'
    """
    return " and ".join(f"from {first} to {last}" for first, last in periods)


def describe_coverage(points: Sequence[Point], watched: Sequence[Watch]) -> tuple[str, ...]:
    """Return a sentence for each outlet that fell silent while watched, and one for each that was not watched for a time."""
    outlets = sorted({one.outlet for one in watched})
    told = [_tell_silence(outlet, points, watched) for outlet in outlets]
    told += [_tell_unwatched(outlet, find_unwatched(watched, outlet)) for outlet in outlets]
    return tuple(words for words in told if words)


def _tell_unwatched(outlet: str, unwatched: tuple[Period, ...]) -> str | None:
    if not unwatched:
        return None
    return f"{outlet} was not watched {tell_periods(unwatched)}: what it said then is not known."


def _tell_silence(outlet: str, points: Sequence[Point], watched: Sequence[Watch]) -> str | None:
    """Return that an outlet said nothing from its last item on, where that is no accident of its rhythm."""
    periods = sorted((one.begins, one.ends) for one in watched if one.outlet == outlet)
    dates = [point.date for point in points if point.outlet == outlet]
    latest = [when.latest for when in dates if when is not None and when.latest is not None]
    if len(latest) < len(dates):
        return None
    days = sum((last - first).days + 1 for first, last in periods)
    if not latest:
        return f"{outlet} said nothing on the issue that was coded, though it was watched {tell_periods(periods)}."
    silent = list_inside((max(latest) + DAY, date.max), periods)
    quiet = sum((last - first).days + 1 for first, last in silent)
    chance = (1 - quiet / days) ** len(latest)
    if not quiet or chance > UNLIKELY:
        return None
    return (
        f"{outlet} said nothing more on the issue {tell_periods(silent)}, though it was watched: {len(latest)} items "
        f"scattered evenly would leave so long a silence with chance {_round(chance)}."
    )


def _round(chance: float) -> str:
    return "below 0.01" if chance < 0.01 else f"{chance:.2f}"
