"""What the sources say of the order of items: bound together over all of them, and the dates that follow from it. Never a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from linewatch.model import Point, When

_DAY = timedelta(days=1)
Days = tuple[int, int]


def bind_orders(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the points, each with all items that came before it by what is said, and its date bounded by theirs.

    What came after an item of a known day came on a later one. An order that goes round in a circle, or that the dates
    rule out (an analyst's date outranks a report's word), is left out.
    """
    known = {point.item: point for point in points}
    if not any(point.after for point in known.values()):
        return tuple(known.values())
    before = {item: _list_before(item, known) for item in known}
    kept = {
        item: tuple(other for other in own if item not in before[other] and _can_precede(known[other], point))
        for (item, own), point in zip(before.items(), known.values(), strict=True)
    }
    return tuple(
        replace(point, after=kept[item], date=_bound(point, item, kept, known))
        for item, point in known.items()
    )


def find_conflicts(points: Sequence[Point]) -> list[tuple[str, str]]:
    """Return the pairs (later, earlier) that are said, and that cannot be: by the dates, or because the order goes round."""
    known = {point.item: point for point in points}
    before = {item: _list_before(item, known) for item in known}
    return [
        (item, other)
        for item, own in before.items()
        for other in own
        if item in before[other] or not _can_precede(known[other], known[item])
    ]


def list_pairs(points: Sequence[Point], spans: Sequence[Days]) -> tuple[tuple[int, int], ...]:
    """Return the places (earlier, later) of the items whose order is said and which their days alone do not order."""
    places = {point.item: place for place, point in enumerate(points)}
    return tuple(
        (places[other], place)
        for place, point in enumerate(points)
        for other in point.after
        if other in places and spans[places[other]][1] >= spans[place][0]
        if not _is_one_day(spans[places[other]], spans[place])
    )


def _is_one_day(one: Days, other: Days) -> bool:
    return one[0] == one[1] and other[0] == other[1]


def _list_before(item: str, known: dict[str, Point]) -> tuple[str, ...]:
    """Return every item that came before one by what is said, also by way of others."""
    found: dict[str, None] = {}
    waiting = list(known[item].after)
    while waiting:
        other = waiting.pop()
        if other in known and other not in found:
            found[other] = None
            waiting += known[other].after
    return tuple(found)


def _can_precede(one: Point, other: Point) -> bool:
    first = one.date.earliest if one.date else None
    last = other.date.latest if other.date else None
    return first is None or last is None or first <= last


def _bound(
    point: Point, item: str, before: dict[str, tuple[str, ...]], known: dict[str, Point]
) -> When | None:
    """Return the point's date, no earlier than what came before it and no later than what came after."""
    if point.date is not None and point.date.is_point:
        return point.date
    ahead = [known[other].date for other in before[item]]
    behind = [known[other].date for other, own in before.items() if item in own]
    first = max((_next(when, 1) for when in ahead if when and when.earliest), default=None)
    last = min((_next(when, -1) for when in behind if when and when.latest), default=None)
    return _narrow(point.date, first, last)


def _next(when: When, step: int) -> date:
    """Return the first day after, or the last one before, an item: another day than that of one known to the day."""
    end = when.earliest if step > 0 else when.latest
    return (end or date.min) + (step * _DAY if when.is_point else timedelta())


def _narrow(when: When | None, first: date | None, last: date | None) -> When | None:
    """Return a date within bounds; as it was where they leave it no day or say nothing new."""
    earliest, latest = (when.earliest, when.latest) if when else (None, None)
    start = max((day for day in (earliest, first) if day), default=None)
    end = min((day for day in (latest, last) if day), default=None)
    if (start, end) == (earliest, latest) or (start and end and start > end):
        return when
    printed = when.printed if when else None
    return When(earliest=start, latest=end, precision="interval", printed=printed, source="order")
