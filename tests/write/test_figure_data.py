"""What the figure shows, before anything is drawn."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories_write import CHORUS, LAMP, PIER, POINTS, make_line, make_material, make_turns
from linewatch.model import Watch
from linewatch.write.figure_data import (
    Axis,
    clip,
    describe_line,
    find_gaps,
    find_unwatched,
    list_outlets,
    make_axis,
    make_marks,
    make_ticks,
    make_turn_bands,
    write_points_csv,
)

LINE = make_material().results.line
AXIS = make_axis(LINE)


def test_one_mark_an_item() -> None:
    """Every point has its mark, inside the axis, the undated in their lane."""
    marks = make_marks(LINE, AXIS, list_outlets(LINE))
    assert len(marks) == len(LINE.points) == 11
    assert all(0 <= mark.left <= mark.x <= mark.right <= AXIS.width for mark in marks)
    assert [mark.outlet for mark in marks if mark.x > AXIS.days] == [PIER]


def test_outlets_are_set_apart() -> None:
    """Two outlets' points of one score lie at different heights, nearer to their score than to the next."""
    marks = make_marks(LINE, AXIS, list_outlets(LINE))
    heights = {mark.outlet: mark.score for mark in marks if round(mark.score) == -1}
    assert len(set(heights.values())) == len(heights) >= 3
    assert all(abs(height + 1) < 0.5 for height in heights.values())


def test_only_a_claimed_turn_is_drawn() -> None:
    """The interval of a claimed turn is a band; one that is not established is none."""
    (band,) = make_turn_bands(make_turns(), AXIS)
    assert band.label == "The Lamp turns, 22 July to 6 October 2031"
    assert band.right - band.left == (date(2031, 10, 6) - date(2031, 7, 22)).days


def test_nobody_watched_and_one_outlet_not_watched_are_told_apart() -> None:
    """Days outside every period are unwatched; a gap of one outlet between its periods carries its name."""
    nobody = find_unwatched(LINE.watched, AXIS)
    assert [(band.left, band.right) for band in nobody] == [
        ((date(2031, 8, 11) - AXIS.begins).days, (date(2031, 9, 15) - AXIS.begins).days)
    ]
    assert [band.label for band in find_gaps(LINE.watched, AXIS)] == [
        f"{LAMP} not watched",
        f"{PIER} not watched",
    ]


def test_unrecorded_watching_is_no_gap() -> None:
    """Where nothing is recorded nothing is shaded: that nobody watched is not known."""
    assert find_unwatched((), AXIS) == []
    assert find_gaps((), AXIS) == []


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 200)), min_size=1, max_size=6))
def test_watched_and_unwatched_days_add_up(periods: list[tuple[int, int]]) -> None:
    """A day is either in a period or in the grey, never in both."""
    day = date(2031, 1, 1).toordinal()
    axis = Axis(begins=date(2031, 1, 1), ends=date(2033, 6, 1), has_lane=False)
    watched = [
        Watch(outlet="o", begins=date.fromordinal(day + first), ends=date.fromordinal(day + first + length))
        for first, length in periods
    ]
    grey = find_unwatched(watched, axis)
    for n in range(0, axis.days, 7):
        seen = any(first <= n <= first + length for first, length in periods)
        assert seen != any(band.left <= n < band.right for band in grey)


@pytest.mark.parametrize(
    ("ends", "labels"),
    [
        (date(2031, 3, 9), ["Jan 2031", "Feb 2031", "Mar 2031"]),
        (date(2033, 1, 1), ["Jan 2031", "Apr 2031"]),
        (date(2041, 1, 1), ["2031", "2032"]),
        (date(2031, 1, 2), ["Jan 2031"]),
    ],
)
def test_ticks_leave_room_for_words(ends: date, labels: list[str]) -> None:
    """Months, quarters or years are labelled, whichever fit."""
    ticks = make_ticks(Axis(begins=date(2031, 1, 1), ends=ends, has_lane=False))
    assert list(ticks.values())[: len(labels)] == labels
    assert len(ticks) <= 14


def test_points_as_csv_are_the_drawn_ones() -> None:
    """The numbers beside the figure are its points, dates as intervals."""
    rows = write_points_csv(LINE).splitlines()
    assert rows[0] == "item,outlet,earliest,latest,score,low,high"
    assert len(rows) == 12
    assert f"{CHORUS},2031-06-01,2031-06-30,-1,-1.5,-0.5" in rows[10]


def test_figure_in_words() -> None:
    """Whoever does not see the figure reads its span, its outlets and its turn."""
    words = describe_line(LINE, POINTS)
    assert words.startswith("11 coded items, 3 February 2031 to 31 May 2032, on the scale from −3 (Enemy)")
    assert f"{LAMP}: 6 items, between −2 and +2" in words
    assert words.endswith("Drawn as a band: The Lamp turns, 22 July to 6 October 2031.")
    assert describe_line(make_line(LINE.points, turns=()), POINTS).endswith("No turn is drawn.")


@pytest.mark.parametrize(
    ("words", "clipped"),
    [
        ("The Lamp", "The Lamp"),
        ("x" * 40, "x" * 33 + "…"),
        ("舟" * 40, "舟" * 16 + "…"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 3),
        ("\u0301" * 50, ""),
        ("الحقّ", "الحقّ"),
    ],
)
def test_words_of_a_drawing_are_clipped(words: str, clipped: str) -> None:
    """Long words end in a mark, wide signs take the room of two, and marks do not pile up."""
    assert clip(words) == clipped
