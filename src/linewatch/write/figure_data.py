"""What the figure of the line shows, as plain rows: marks, bands, gaps in watching, ticks, its words and its CSV. No drawing here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linewatch.model import Line, Point, Turn, Watch
from linewatch.write.cells import Cell, write_csv
from linewatch.write.quoting import shorten_name
from linewatch.write.wording import clean, count, format_day, format_score, format_span

UNKNOWN_OUTLET = "outlet unknown"
POINT_COLUMNS = ("item", "outlet", "earliest", "latest", "score", "low", "high")
LABEL = 34
"""Letters of an outlet's name that a drawing has room for."""
MOST_MARKS = 3
"""So many marks stand on one letter; Arabic has a doubling, a vowel and a small alef."""
MOST_OUTLETS = 16
"""So many outlets are told apart in a drawing; those with fewest items share one mark."""
_LANE_SHARE = 0.1
"""How wide the lane of the undated items is, as a part of the dated span."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The days from the left edge to the right one, and where the lane of the undated begins."""

    begins: date
    ends: date
    has_lane: bool

    @property
    def days(self) -> int:
        """Return the length of the dated part."""
        return max(1, (self.ends - self.begins).days)

    @property
    def width(self) -> float:
        """Return the length with the lane of the undated."""
        return self.days * (1 + _LANE_SHARE) if self.has_lane else self.days

    @property
    def lane(self) -> float:
        """Return the middle of the lane of the undated."""
        return self.days * (1 + _LANE_SHARE / 2)

    def place(self, day: date) -> int:
        """Return a day's distance from the left edge, held inside the axis."""
        return min(max(0, (day - self.begins).days), self.days)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One item as it is drawn."""

    outlet: str
    x: float
    left: float
    right: float
    score: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Band:
    """A stretch of days with a word on it."""

    left: float
    right: float
    label: str
    outlet: str = ""


def make_axis(line: Line) -> Axis:
    """Return the axis that holds every known date of a line, with a little room around its items."""
    days = [day for point in line.points for day in _list_days(point)]
    days += [day for turn in line.turns if turn.claim and turn.date_interval for day in turn.date_interval]
    watched = [day for watch in line.watched for day in (watch.begins, watch.ends)]
    has_lane = any(not is_dated(point) for point in line.points)
    if not days and not watched:
        return Axis(begins=date(2000, 1, 1), ends=date(2000, 1, 2), has_lane=has_lane)
    room = timedelta(days=max(2, (max(days) - min(days)).days // 60)) if days else timedelta()
    days = [min(days) - room, max(days) + room] if days else []
    return Axis(begins=min(days + watched), ends=max(days + watched), has_lane=has_lane)


def is_dated(point: Point) -> bool:
    """Tell whether anything is known of the year of an item."""
    return point.date is not None and (point.date.earliest is not None or point.date.latest is not None)


def make_marks(line: Line, axis: Axis, outlets: Sequence[str]) -> list[Mark]:
    """Return the marks of a line's points; outlets are set slightly apart so that none hides another."""
    return [_make_mark(point, axis, _shift(get_outlet(point), outlets)) for point in line.points]


def list_outlets(line: Line) -> list[str]:
    """Return the outlets of a line, those with most items first."""
    names = [get_outlet(point) for point in line.points]
    return sorted(set(names), key=lambda name: (-names.count(name), name))


def get_outlet(point: Point) -> str:
    """Return the name under which a point is drawn."""
    return clean(shorten_name(point.outlet)) if point.outlet else UNKNOWN_OUTLET


def label_outlets(outlets: Sequence[str]) -> dict[str, str]:
    """Return how each outlet is called in a drawing: cut where its name is long, no two alike, the last ones as one.

    >>> label_outlets(["The Lamp", "An outlet whose name is far too long for it", "An outlet whose name is far too long for us"])
    {'The Lamp': 'The Lamp', 'An outlet whose name is far too long for it': 'An outlet whose name is far too l…', 'An outlet whose name is far too long for us': 'An outlet whose name is far t… (2)'}
    """
    shown = outlets if len(outlets) <= MOST_OUTLETS else outlets[: MOST_OUTLETS - 1]
    labels = dict.fromkeys(outlets, f"{len(outlets) - len(shown)} further outlets")
    taken: set[str] = set()
    for n, outlet in enumerate(shown, start=1):
        label = clip(outlet) or UNKNOWN_OUTLET
        labels[outlet] = label if label not in taken else f"{clip(outlet, LABEL - 4)} ({n - 1})"
        taken.add(labels[outlet])
    return labels


def clip(words: str, most: int = LABEL) -> str:
    """Return words with a mark where they are cut; the drawing library would part a letter that has two halves."""
    words = "".join(_drop_piled(words))
    room = most // 2 if any(unicodedata.east_asian_width(sign) in "WF" for sign in words[:most]) else most
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _drop_piled(words: str) -> Iterator[str]:
    """Yield the letters without marks that stand on nothing or pile up: such a pile cannot be set as a drawing's words."""
    marks = MOST_MARKS
    for sign in words:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Mc", "Me"} else 0
        if marks <= MOST_MARKS:
            yield sign


def make_turn_bands(turns: Iterable[Turn], axis: Axis) -> list[Band]:
    """Return the bands of the turns that are claimed; one that is not established is never drawn."""
    return [
        Band(
            left=axis.place(turn.date_interval[0]),
            right=axis.place(turn.date_interval[1]),
            label=f"{clip(clean(turn.series))} turns, {format_span(*turn.date_interval)}",
        )
        for turn in turns
        if turn.claim and turn.date_interval is not None
    ]


def make_watched_bands(watched: Iterable[Watch], axis: Axis) -> list[Band]:
    """Return the watched periods of each outlet."""
    return [
        Band(
            left=axis.place(watch.begins),
            right=axis.place(watch.ends),
            label="watched",
            outlet=clean(watch.outlet),
        )
        for watch in watched
    ]


def find_gaps(watched: Iterable[Watch], axis: Axis) -> list[Band]:
    """Return the periods in which an outlet was not watched, between others in which it was."""
    periods = list(watched)
    gaps = [
        (clean(outlet), gap)
        for outlet in dict.fromkeys(watch.outlet for watch in periods)
        for gap in find_unwatched([watch for watch in periods if watch.outlet == outlet], axis)
    ]
    return [
        Band(left=gap.left, right=gap.right, label=f"{clip(outlet)} not watched", outlet=outlet)
        for outlet, gap in gaps
        if gap.left > 0 and gap.right < axis.days
    ]


def find_unwatched(watched: Iterable[Watch], axis: Axis) -> list[Band]:
    """Return the periods inside the axis in which no outlet was watched; none when nothing is recorded."""
    periods = sorted((axis.place(watch.begins), axis.place(watch.ends) + 1) for watch in watched)
    if not periods:
        return []
    gaps, reached = [], 0
    for left, right in periods:
        if left > reached:
            gaps.append((reached, left))
        reached = max(reached, right)
    if reached < axis.days:
        gaps.append((reached, axis.days))
    return [Band(left=left, right=right, label="not watched") for left, right in gaps]


def make_ticks(axis: Axis) -> dict[int, str]:
    """Return the labelled days of the axis: months, quarters or years, whichever leaves room for the words."""
    months = axis.days / 30.4
    step = next((step for step, most in ((1, 8), (2, 16), (3, 40), (12, 140)) if months <= most), 60)
    ticks: dict[int, str] = {}
    for n in range(axis.begins.year * 12 + axis.begins.month - 1, axis.ends.year * 12 + axis.ends.month):
        day = date(n // 12, n % 12 + 1, 1)
        if n % step == 0 and day >= axis.begins:
            ticks[(day - axis.begins).days] = f"{day:%b %Y}" if step < 12 else str(day.year)
    return ticks or {0: format_day(axis.begins)}


def write_points_csv(line: Line) -> str:
    """Return the drawn points as CSV: one row an item, dates as the interval that is known."""
    return write_csv(POINT_COLUMNS, (_list_cells(point) for point in line.points))


def describe_line(line: Line, points: dict[int, str]) -> str:
    """Return the figure in words, for whoever does not see it."""
    dated = [day for point in line.points for day in _list_days(point)]
    span = f", {format_span(min(dated), max(dated))}" if dated else ""
    names = "; ".join(_describe_outlet(line, outlet) for outlet in list_outlets(line))
    low, high = (_name_end(end, points[end]) for end in (min(points), max(points)))
    turns = [band.label for band in make_turn_bands(line.turns, make_axis(line))]
    drawn = f" Drawn as a band: {'; '.join(turns)}." if turns else " No turn is drawn."
    return (
        f"{count(len(line.points), 'coded item')}{span}, on the scale from {low} to {high}. {names}.{drawn}"
    )


def _name_end(point: int, name: str) -> str:
    return f"{format_score(point)} ({name})" if name else format_score(point)


def _describe_outlet(line: Line, outlet: str) -> str:
    scores = [point.score for point in line.points if get_outlet(point) == outlet]
    undated = sum(1 for point in line.points if get_outlet(point) == outlet and not is_dated(point))
    late = f", {undated} of them undated" if undated else ""
    reach = f"between {format_score(min(scores))} and {format_score(max(scores))}"
    return f"{outlet}: {count(len(scores), 'item')}{late}, {reach if len(scores) > 1 else format_score(scores[0])}"


def _list_cells(point: Point) -> tuple[Cell, ...]:
    earliest, latest = (point.date.earliest, point.date.latest) if point.date else (None, None)
    return (point.item, get_outlet(point), earliest, latest, point.score, point.low, point.high)


def _list_days(point: Point) -> list[date]:
    return [day for day in (point.date.earliest, point.date.latest) if day] if point.date else []


def _shift(outlet: str, outlets: Sequence[str]) -> float:
    step = min(0.13, 0.5 / max(1, len(outlets)))
    return (list(outlets).index(outlet) - (len(outlets) - 1) / 2) * -step


def _make_mark(point: Point, axis: Axis, shift: float) -> Mark:
    left = right = axis.lane
    if is_dated(point) and point.date is not None:
        left = axis.place(point.date.earliest) if point.date.earliest else 0
        right = axis.place(point.date.latest) if point.date.latest else axis.days
    return Mark(
        outlet=get_outlet(point),
        x=(left + right) / 2,
        left=left,
        right=right,
        score=point.score + shift,
        low=point.low + shift,
        high=point.high + shift,
    )
