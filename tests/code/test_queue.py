"""The queue asks the right question next, and every key does what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.codebook import load_codebook
from linewatch.code.queue import (
    Answers,
    find_question,
    list_answers,
    mark_frames,
    press,
    set_note,
    set_range,
)

BOOK = load_codebook("leavers.v1")


def type_keys(keys: str) -> Answers:
    """Return what a row of keys makes of no answers."""
    answers = Answers()
    for key in keys:
        answers = press(BOOK, answers, key)
    return answers


@pytest.mark.parametrize(
    ("keys", "asked", "shows"),
    [
        ("", "q1", "the first question comes first"),
        ("y", "q2", "a yes goes on"),
        ("u", "q2", "unclear goes on"),
        ("n", None, "a no to the first ends"),
        ("ynnyynn", "tilt", "blame and keeping: the tilt is asked"),
        ("ynnynnn", None, "blame without keeping: no tilt"),
        ("ynnnynn", None, "keeping without blame: no tilt"),
        ("ynnyunn", None, "unclear keeping: no tilt"),
        ("ynnyynny", None, "after the tilt nothing is asked"),
        ("ynb", "q2", "b takes one answer back"),
        ("yxz ", "q2", "a key that means nothing changes nothing"),
    ],
)
def test_next_question(keys: str, asked: str | None, shows: str) -> None:
    """After these keys this question is asked."""
    question = find_question(BOOK, type_keys(keys))
    assert (question.id if question else None) == asked, shows


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        ("", "answering"),
        ("n", "answered"),
        ("ynnnnnn", "answered"),
        ("b", "undo"),
        ("yb", "answering"),
        ("ybb", "undo"),
        ("ys", "skipped"),
        ("yp", "paused"),
    ],
)
def test_state(keys: str, state: str) -> None:
    """After these keys the passage is in this state."""
    assert type_keys(keys).state == state


def test_frames_are_marked_once_and_anew() -> None:
    """Frames are taken in any case, once each, unknown ones left out; marking again replaces."""
    marked = mark_frames(BOOK, Answers(), "f01, F11 f01 F99")
    assert marked.frames == ("F01", "F11")
    assert mark_frames(BOOK, marked, "").frames == ()


def test_passage_out_keeps_no_frame_and_no_range() -> None:
    """A no to the first question drops frames and a range set before; the note stays."""
    held = set_note(set_range(mark_frames(BOOK, Answers(), "F01"), 2, -1), " odd ")
    assert held.bounds == (-1, 2)
    assert list(list_answers(BOOK, press(BOOK, held, "n"))) == [("q1", "no", {"note": "odd"})]


def test_what_is_kept() -> None:
    """Answers, frames and the range are kept each under its own question."""
    held = set_range(mark_frames(BOOK, type_keys("yn"), "F02"), 1, 0)
    assert list(list_answers(BOOK, held)) == [
        ("q1", "yes", {"note": None}),
        ("q2", "no", {"note": None}),
        ("F02", "yes", {"note": None}),
        ("stance", "range", {"note": None, "low": 0, "high": 1}),
    ]


@given(st.text(alphabet="ynubxé?\x1b", max_size=40))
def test_any_keys_leave_a_sound_state(keys: str) -> None:
    """Whatever is typed, answers stand in the order asked, and `answered` means that nothing is left to ask."""
    answers = Answers()
    for key in keys:
        answers = press(BOOK, answers, key)
        if answers.state != "answering":
            break
    order = [question.id for question in BOOK.questions if question.id in answers.given]
    assert list(answers.given) == order
    assert (answers.state == "answered") == (find_question(BOOK, answers) is None)
