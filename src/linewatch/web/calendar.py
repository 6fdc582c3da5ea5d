"""The coverage calendar: which outlet was watched in which month, and what painting a period makes of that. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from linewatch.model import Finding, Item, Watch
from linewatch.track.series import get_date

DAY = timedelta(days=1)
State = Literal["all", "part", "none"]
MOST_MONTHS = 120


class Cell(NamedTuple):
    """One outlet in one month."""

    month: str
    state: State
    items: int


class Row(NamedTuple):
    """One outlet."""

    outlet: str
    cells: tuple[Cell, ...]


def make_rows(watched: Sequence[Watch], items: Iterable[Finding]) -> list[Row]:
    """Return a row an outlet over all months that a watched period or a dated item names."""
    counts, days = _count_items(items)
    days += [day for watch in watched for day in (watch.begins, watch.ends)]
    if not days:
        return []
    months = list_months(min(days), max(days))[:MOST_MONTHS]
    outlets = sorted({watch.outlet for watch in watched} | {outlet for outlet, _ in counts})
    return [
        Row(
            outlet,
            tuple(
                Cell(f"{month:%Y-%m}", find_state(watched, outlet, month), counts[outlet, f"{month:%Y-%m}"])
                for month in months
            ),
        )
        for outlet in outlets
    ]


def _count_items(items: Iterable[Finding]) -> tuple[Counter[tuple[str, str]], list[date]]:
    """Return how many items each outlet published in each month, and the days that were read."""
    counts: Counter[tuple[str, str]] = Counter()
    days = []
    for finding in items:
        item = finding.value
        when = get_date(item) if isinstance(item, Item) and item.held else None
        if isinstance(item, Item) and item.outlet and when and when.middle:
            counts[item.outlet, f"{when.middle:%Y-%m}"] += 1
            days.append(when.middle)
    return counts, days


def list_months(first: date, last: date) -> list[date]:
    """Return the first day of every month from one day to another.

    >>> [f"{month}" for month in list_months(date(2031, 11, 5), date(2032, 1, 2))]
    ['2031-11-01', '2031-12-01', '2032-01-01']
    """
    begins, ends = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(begins, ends + 1)]


def end_month(month: date) -> date:
    """Return the last day of a month."""
    return (month.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def find_state(watched: Iterable[Watch], outlet: str, month: date) -> State:
    """Tell whether an outlet was watched on all days of a month, on some or on none."""
    days = (end_month(month) - month).days + 1
    own = [one for one in watched if one.outlet == outlet]
    seen = sum(any(one.begins <= month + n * DAY <= one.ends for one in own) for n in range(days))
    return "all" if seen == days else "part" if seen else "none"


def paint(watched: Iterable[Watch], stroke: Watch, *, on: bool) -> tuple[Watch, ...]:
    """Return the watched periods after one was painted over: added, or taken out of those of its outlet.

    >>> whole = Watch(outlet="The Lamp", begins=date(2031, 1, 1), ends=date(2031, 3, 31))
    >>> gap = Watch(outlet="The Lamp", begins=date(2031, 2, 1), ends=date(2031, 2, 28))
    >>> [f"{one.begins} {one.ends}" for one in paint([whole], gap, on=False)]
    ['2031-01-01 2031-01-31', '2031-03-01 2031-03-31']
    >>> paint(paint([whole], gap, on=False), gap, on=True) == (whole,)
    True
    """
    watched = tuple(watched)
    own = [(one.begins, one.ends) for one in watched if one.outlet == stroke.outlet]
    cut = [piece for begins, ends in own for piece in _cut(begins, ends, stroke)]
    pieces = _join([*cut, (stroke.begins, stroke.ends)]) if on else sorted(cut)
    return (
        *(one for one in watched if one.outlet != stroke.outlet),
        *(Watch(outlet=stroke.outlet, begins=begins, ends=ends) for begins, ends in pieces),
    )


def _cut(begins: date, ends: date, stroke: Watch) -> list[tuple[date, date]]:
    pieces = [(begins, min(ends, stroke.begins - DAY)), (max(begins, stroke.ends + DAY), ends)]
    return [(first, last) for first, last in dict.fromkeys(pieces) if first <= last]


def _join(pieces: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for first, last in sorted(pieces):
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
