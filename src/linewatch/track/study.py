"""The numbers of one series: both keys, the rival models, and which items surely stand on which side. No verdict."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from linewatch.model import Point, Value, Watch
from linewatch.stats.constraints import Pairs
from linewatch.stats.drift import Readings, compare_readings
from linewatch.stats.imprecise import SURE, Days, chances_before, weigh_spans
from linewatch.stats.ordinal import Scale
from linewatch.stats.scan import Side
from linewatch.stats.scan_spans import scan_spans
from linewatch.stats.turns import TurnPosterior
from linewatch.stats.voices import Reading as VoicesReading
from linewatch.stats.voices import weigh_voices
from linewatch.track.orders import list_pairs
from linewatch.track.series import place_points, spread_point


class Setting(Value, frozen=True, kw_only=True):
    """What is known of a series beside its items."""

    watched: tuple[Watch, ...] = ()
    scale: Scale = Scale()
    codebook: str | None = None
    """The codebook under which all its items were coded; None where nobody said."""
    side: Side = "two"
    """The way in which a change was expected, registered before coding: chance is then taken that way only."""
    needs_coders: bool = True
    """Whether unknown reliability bars a claim: not for a table of codes without a column of coders."""


class Study(NamedTuple):
    """One series, placed and weighed."""

    points: tuple[Point, ...]
    spans: tuple[Days, ...]
    chances: tuple[tuple[float, ...], ...]
    outlets: tuple[str, ...] | None
    """Each item's outlet where several are taken together."""
    turn: TurnPosterior
    readings: Readings
    voices: VoicesReading | None
    p_value: float
    said: Pairs
    """The places of items whose order is said: the first came before the second."""
    before: tuple[float, ...]
    """The chance of each item that it came before the likeliest date."""

    @property
    def early(self) -> list[int]:
        """The places of the items that surely came before the likeliest date."""
        return [place for place, chance in enumerate(self.before) if chance >= SURE]

    @property
    def late(self) -> list[int]:
        """The places of the items that surely came after it."""
        return [place for place, chance in enumerate(self.before) if chance <= 1 - SURE]

    @property
    def scores(self) -> list[float]:
        """Each item's score."""
        return [point.score for point in self.points]

    @property
    def loose(self) -> int:
        """How many items have no day of their own."""
        return count_loose(self.points)


def count_loose(points: tuple[Point, ...]) -> int:
    """Return how many points have no day of their own."""
    return sum(point.date is None or not point.date.is_point for point in points)


def place_series(points: tuple[Point, ...], setting: Setting) -> tuple[tuple[Point, ...], tuple[Days, ...]]:
    """Return the points in order of date and the days on which each can have come out."""
    spans = place_points(points, setting.watched)
    order = sorted(range(len(spans)), key=lambda place: (sum(spans[place]), points[place].label))
    return tuple(points[place] for place in order), tuple(spans[place] for place in order)


def is_datable(spans: tuple[Days, ...]) -> bool:
    """Tell whether two items can lie on different days."""
    return len(spans) > 1 and min(first for first, _ in spans) < max(last for _, last in spans)


def study_series(
    points: tuple[Point, ...], spans: tuple[Days, ...], setting: Setting, *, pooled: bool
) -> Study:
    """Return the numbers of a series whose items can be dated; with `pooled`, each outlet keeps its own level."""
    chances = [spread_point(point, setting.scale) for point in points]
    outlets = tuple(point.outlet or "" for point in points) if pooled else None
    said = list_pairs(points, spans)
    voices = weigh_voices(spans, chances, outlets, setting.scale, said) if outlets else None
    turn = voices.turn if voices else weigh_spans(spans, chances, setting.scale, said)
    middles = [(first + last) // 2 for first, last in spans]
    scores = [point.score for point in points]
    return Study(
        points=points,
        spans=spans,
        chances=tuple(tuple(row) for row in chances),
        outlets=outlets,
        turn=turn,
        readings=compare_readings(middles, chances, setting.scale) if len(set(middles)) > 1 else NOTHING,
        voices=voices.reading if voices else None,
        p_value=scan_spans(spans, scores, outlets, said=said, side=setting.side).p_value,
        said=said,
        before=tuple(chances_before(spans, turn.most_likely, said)),
    )


NOTHING = Readings(none=1.0, turn=0.0, drift=0.0, best="none")
"""What is read from items whose dates have one middle."""


def to_dates(first: int, last: int) -> tuple[date, date]:
    """Return two dates from their day numbers."""
    return date.fromordinal(first), date.fromordinal(last)
