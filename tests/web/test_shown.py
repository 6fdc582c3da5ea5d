"""Runs add up to the words they are cut from, and nothing in them can steer a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewatch.web.shown import Mark, cut_runs, shorten, tell_line

MARKS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(st.text(max_size=60), MARKS)
def test_runs_add_up(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever the marks, the runs' words joined are the text, each at its own place."""
    marks = [Mark(min(place), max(place), "quotation") for place in places]
    runs = cut_runs(text, 0, len(text), marks)
    assert "".join(run.words for run in runs) == text
    assert all(text[run.start : run.start + len(run.words)] == run.words for run in runs)


@given(st.text(max_size=60), MARKS)
def test_marks_cover_what_they_name(text: str, places: list[tuple[int, int]]) -> None:
    """A letter is marked if and only if a mark lies over it."""
    marks = [Mark(min(place), max(place), "quotation") for place in places]
    over = {place for mark in marks for place in range(mark.start, min(mark.end, len(text)))}
    marked = {
        run.start + n
        for run in cut_runs(text, 0, len(text), marks)
        if run.kinds
        for n in range(len(run.words))
    }
    assert marked == over


def test_turning_signs_are_shown() -> None:
    """A sign that turns the line stands as its code point, a run of its own."""
    runs = cut_runs("pay \u202etxt.exe", 0, 12)
    assert [run.control for run in runs] == ["", "U+202E", ""]


def test_arabic_is_a_run_of_its_own() -> None:
    """Right-to-left words inside others are set apart, so that they turn nothing beside them."""
    assert [(run.words, run.rtl) for run in cut_runs("the song المجداف ends", 0, 21)] == [
        ("the song ", False), ("المجداف", True), (" ends", False),
    ]  # fmt: skip


def test_line_and_shortening() -> None:
    """A title is one line without turning signs, cut with a mark where it is long."""
    assert tell_line("a\u202eb\n\tc\x00") == "ab c"
    assert shorten("oar " * 100, 20) == "oar oar oar oar oar…"
