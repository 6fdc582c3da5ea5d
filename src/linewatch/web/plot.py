"""The line as shapes: where each item, interval, watched period and turn lies in a drawing. Pure; the template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linewatch.model import Line, Point, Turn, Watch
from linewatch.track.series import place_points
from linewatch.web.calendar import list_months

LEFT, RIGHT, TOP, BOTTOM = 118, 16, 14, 30
WIDTH = 1000
ROW = 46
"""Units from one point of the scale to the next."""
STRIP = 16
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring", "bar", "star")
"""Outlets are told apart by shape, so that neither colour nor contrast is needed."""


@dataclass(frozen=True)
class Dot:
    """One item."""

    item: str
    label: str
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    shape: str
    outlet: str
    told: str
    inside: bool
    """Whether it lies in the period that was picked."""


@dataclass(frozen=True)
class Bar:
    """A stretch of days: a watched period, a turn's interval, a part of a posterior."""

    x: float
    width: float
    label: str
    y: float = 0
    height: float = 0


@dataclass(frozen=True)
class Plot:
    """A drawing of a line, in units of its own."""

    width: float
    height: float
    floor: float
    first: date
    last: date
    dots: tuple[Dot, ...]
    levels: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    watched: tuple[Bar, ...]
    turns: tuple[Bar, ...]
    shapes: tuple[tuple[str, str], ...]
    undated: int


@dataclass(frozen=True)
class Frame:
    """From days and points of the scale to places in the drawing."""

    first: int
    last: int
    low: int
    high: int
    row: float

    def x(self, day: float) -> float:
        """Return how far from the left a day lies."""
        share = (day - self.first) / max(1, self.last - self.first)
        return round(LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, score: float) -> float:
        """Return how far from the top a score lies."""
        return round(TOP + (self.high - score) * self.row, 1)


def draw_line(
    line: Line,
    scale: Mapping[int, str],
    *,
    outlet: str = "",
    picked: tuple[date, date] | None = None,
    row: float = ROW,
) -> Plot | None:
    """Return the drawing of a line, of one outlet or all; None where no item of it can be placed."""
    points = tuple(point for point in line.points if point.date is not None)
    spans = place_points(points, line.watched)
    if not spans:
        return None
    frame = Frame(
        min(first for first, _ in spans) - 5, max(last for _, last in spans) + 5, min(scale), max(scale), row
    )
    shapes = list_shapes(line.points)
    kept = [(point, span) for point, span in zip(points, spans, strict=True) if outlet in {"", point.outlet}]
    floor = frame.y(min(scale)) + 14
    watched = _draw_watched([one for one in line.watched if outlet in {"", one.outlet}], frame, floor + 26)
    return Plot(
        width=WIDTH,
        height=floor + BOTTOM + (len({bar.y for bar in watched}) * STRIP),
        floor=floor,
        first=date.fromordinal(frame.first),
        last=date.fromordinal(frame.last),
        dots=tuple(_draw_dot(point, span, frame, shapes, picked) for point, span in kept),
        levels=tuple(
            (frame.y(point), f"{point:+d} {name}".replace("+0", "0")) for point, name in sorted(scale.items())
        ),
        ticks=tuple(_draw_ticks(frame)),
        watched=tuple(watched),
        turns=tuple(_draw_turns([one for one in line.turns if outlet in {"", one.series}], frame)),
        shapes=tuple(shapes.items()),
        undated=sum(point.date is None and outlet in {"", point.outlet} for point in line.points),
    )


def list_shapes(points: Iterable[Point]) -> dict[str, str]:
    """Return the shape of each outlet; beyond eight, shapes come again."""
    outlets = sorted({point.outlet or "outlet unknown" for point in points})
    return {name: SHAPES[n % len(SHAPES)] for n, name in enumerate(outlets)}


def _draw_dot(
    point: Point,
    span: tuple[int, int],
    frame: Frame,
    shapes: Mapping[str, str],
    picked: tuple[date, date] | None,
) -> Dot:
    first, last = span
    outlet = point.outlet or "outlet unknown"
    day = (
        f"{date.fromordinal(first)}"
        if first == last
        else f"between {date.fromordinal(first)} and {date.fromordinal(last)}"
    )
    shift = (list(shapes).index(outlet) - (len(shapes) - 1) / 2) * 3
    return Dot(
        item=point.item,
        label=point.label,
        x=frame.x((first + last) / 2),
        y=frame.y(point.score) + shift,
        left=frame.x(first),
        right=frame.x(last),
        top=frame.y(point.high) + shift,
        bottom=frame.y(point.low) + shift,
        shape=shapes[outlet],
        outlet=outlet,
        told=f"{point.label}, {day}, {point.score:+.1f}, coders from {point.low:+.1f} to {point.high:+.1f}",
        inside=picked is None or (first <= picked[1].toordinal() and last >= picked[0].toordinal()),
    )


def _draw_ticks(frame: Frame) -> Iterable[tuple[float, str]]:
    months = list_months(date.fromordinal(frame.first), date.fromordinal(frame.last))
    step = next((step for step, most in ((1, 12), (3, 40), (12, 144)) if len(months) <= most), 60)
    for month in months:
        if (month.year * 12 + month.month - 1) % step == 0 and month.toordinal() >= frame.first:
            yield frame.x(month.toordinal()), f"{month:%b %Y}" if step < 12 else f"{month.year}"


def _draw_watched(watched: Sequence[Watch], frame: Frame, top: float) -> list[Bar]:
    rows = {outlet: n for n, outlet in enumerate(sorted({one.outlet for one in watched}))}
    bars = []
    for one in watched:
        first, last = frame.x(one.begins.toordinal()), frame.x(one.ends.toordinal() + 1)
        bars.append(Bar(first, max(1, last - first), one.outlet, top + rows[one.outlet] * STRIP, STRIP - 6))
    return bars


def _draw_turns(turns: Iterable[Turn], frame: Frame) -> Iterable[Bar]:
    for turn in turns:
        if turn.claim and turn.date_interval:
            first, last = (frame.x(day.toordinal()) for day in turn.date_interval)
            yield Bar(first, max(2, last - first), turn.series)


def draw_posterior(gaps: Iterable[tuple[int, int, float]], plot: Plot, height: float) -> list[Bar]:
    """Return a bar for each gap between items, as high as a day in it is likely to be the turn."""
    frame = Frame(plot.first.toordinal(), plot.last.toordinal(), 0, 1, 1)
    told = [(first, last, mass, mass / max(1, last - first)) for first, last, mass in gaps]
    highest = max((density for *_, density in told), default=0) or 1
    return [
        Bar(
            x=frame.x(first),
            width=max(1.0, round(frame.x(last) - frame.x(first), 1)),
            label=f"{mass:.0%} between {date.fromordinal(first)} and {date.fromordinal(last)}",
            y=round(height * (1 - density / highest), 1),
            height=round(height * density / highest, 1),
        )
        for first, last, mass, density in told
    ]
