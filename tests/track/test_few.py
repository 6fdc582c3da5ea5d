"""A handful of items: orders are listed only where they can have been, and nothing is said to be certain."""

from __future__ import annotations

from datetime import date

import pytest

from linewatch.model import Point, When
from linewatch.model.when import parse_iso
from linewatch.track.few import describe_few

FILM = When(earliest=date(2031, 2, 14), latest=date(2031, 2, 16), precision="interval", source="catalogue")


def make_point(label: str, score: float, when: When | None) -> Point:
    """Return a point of The Lamp."""
    return Point(
        item=label, label=label, score=score, low=score, high=score, passages=(), outlet="The Lamp", date=when
    )


def make_later(source: str) -> When:
    """Return an interval that opens on the film's last day."""
    return When(earliest=date(2031, 2, 16), latest=date(2031, 3, 26), precision="interval", source=source)


def test_order_against_the_text_is_not_listed() -> None:
    """The text says "weeks later": the order with the later item first is not told, though a day is shared."""
    points = (make_point("film", -2, FILM), make_point("editorial", 2, make_later("context, report-date")))
    told = " ".join(describe_few(points))
    assert "The dates leave one order: film, then editorial." in told
    assert "editorial, then film" not in told


def test_order_that_the_text_leaves_open_is_listed() -> None:
    """The same days from a catalogue leave both orders, the rare one told as rare."""
    points = (make_point("film", -2, FILM), make_point("editorial", 2, make_later("catalogue")))
    told = " ".join(describe_few(points))
    assert "film, then editorial (chance above 0.99)" in told
    assert "1 more of chance below 0.01" not in told or "editorial, then film" not in told


@pytest.mark.parametrize("days", [("2031-02-01", "2031-03-01"), ("2031-02", "2031-02")])
def test_no_chance_is_printed_as_certain(days: tuple[str, str]) -> None:
    """Neither 1.00 nor 0.00 is ever told."""
    points = tuple(
        make_point(f"item {place}", score, parse_iso(day))
        for place, (score, day) in enumerate(zip((-2, 2), days, strict=True))
    )
    told = " ".join(describe_few(points))
    assert "1.00" not in told
    assert "0.00" not in told
