"""The queue asks the right question next, and every key and typed line does what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linewatch.code.codebook import load_codebook
from linewatch.code.queue import (
    Answers,
    find_question,
    is_answered,
    is_break_due,
    press,
    start,
    take_back,
    take_line,
    tell_outcome,
)

BOOK = load_codebook("leavers.v1")


def type_keys(keys: str, answers: Answers | None = None) -> Answers:
    """Return what a row of keys makes of answers, by default of none; `{}` around a typed line."""
    now = start(BOOK, answers)
    while keys:
        if keys[0] == "{":
            line, _, keys = keys[1:].partition("}")
            now = take_line(BOOK, now, line)
        else:
            now, keys = press(BOOK, now, keys[0]), keys[1:]
    return now


@pytest.mark.parametrize(
    ("keys", "asked", "shows"),
    [
        ("", "q1", "the first question comes first"),
        ("y", "q2", "a yes goes on"),
        ("u", "q2", "unclear goes on"),
        ("n", None, "a no to the first ends"),
        ("ynnnny", "q6b", "six questions, the last of two parts"),
        ("ynnnnyn", None, "after the last nothing is asked"),
        ("ynb", "q2", "b takes one answer back"),
        ("nb", "q1", "b takes the last answer back from the outcome too"),
        ("y\r\nxz é", "q2", "a key that means nothing here changes nothing"),
        ("yt{odd}f{F01}", "q2", "a note and frames leave the question open"),
    ],
)
def test_next_question(keys: str, asked: str | None, shows: str) -> None:
    """After these keys this question is asked."""
    question = find_question(BOOK, type_keys(keys).given)
    assert (question.id if question else None) == asked, shows


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        ("", "asking"),
        ("n", "accepting"),
        ("n\r", "answered"),
        ("ynnnnnn", "accepting"),
        ("ynnnnnn\n", "answered"),
        ("b", "back"),
        ("yb", "asking"),
        ("ybb", "back"),
        ("nbb", "back"),
        ("ys", "reason"),
        ("ys{too near}", "skipped"),
        ("yp", "paused"),
        ("np", "paused"),
        ("yr", "range"),
        ("yr{}", "asking"),
        ("yr{-1 0}", "accepting"),
        ("yr{-1 0}b", "asking"),
        ("yr{-1 0}\r", "answered"),
        ("nt{odd}", "accepting"),
    ],
)
def test_state(keys: str, state: str) -> None:
    """After these keys the passage is in this state."""
    assert type_keys(keys).state == state


@pytest.mark.parametrize(
    ("keys", "state"),
    [("", "warned"), ("ynutrf?", "warned"), ("\r", "asking"), ("s", "reason"), ("s{}", "skipped"), ("p", "paused"), ("b", "back")],
)  # fmt: skip
def test_warning_stands_before_everything(keys: str, state: str) -> None:
    """Under a warning only Enter leads to the words; it can be skipped, paused at and gone back from unread."""
    now = start(BOOK, warning="describes killing")
    for key in keys.partition("{")[0]:
        now = press(BOOK, now, key)
    if "{" in keys:
        now = take_line(BOOK, now, "")
    assert now.state == state


def test_skip_without_a_reason_says_so() -> None:
    """An empty line under `Why` is a reason too: nobody is kept at a passage."""
    assert type_keys("s{}").reason == "no reason given"


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [("-1", -1, -1), ("+2", 2, 2), ("2 -1", -1, 2), ("-1..0", -1, 0), ("-3 to -2", -3, -2), (" 0, 1 ", 0, 1)],
)
def test_range_is_read(line: str, low: int, high: int) -> None:
    """One or two points, as people write them, are a range from the lower to the higher."""
    now = type_keys(f"r{{{line}}}")
    assert (now.low, now.high, now.state) == (low, high, "accepting")


@pytest.mark.parametrize("line", ["9", "-1 0 1", "harsh", "1.5", "-", "99999"])
def test_wrong_range_is_asked_again(line: str) -> None:
    """What is no range of points says why, and keeps none."""
    now = type_keys(f"r{{{line}}}")
    assert (now.state, now.low) == ("range", None)
    assert now.fault is not None
    assert "-3" in now.fault


def test_frames_are_turned_on_and_off() -> None:
    """Frames are taken in any case, once each, in the codebook's order; naming one again takes it off."""
    marked = type_keys("f{f11, F01;f11}")
    assert marked.codes == ("F01", "F11")
    assert type_keys("f{F11}", replace(marked, state="asking")).codes == ("F01",)
    wrong = type_keys("f{F01 F99}")
    assert (wrong.state, wrong.codes, wrong.fault) == ("frames", (), "no frame is called F99")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("n", "Not about the issue"),
        ("ynnynnn", "-1 Blame"),
        ("ynnyynn", "0 Balanced"),
        ("yynnnyn", "two passages in one"),
        ("ynynnyn", "two passages in one"),
        ("ynnuynn", "decide no point"),
        ("yynnnynr{-3}", "Your range: -3 Enemy"),
        ("ynnynnnf{F02}", "-1 Blame. Frames: F02."),
        ("nr{1 2}", "+1 Still ours to +2 Open door"),
    ],
)
def test_outcome_is_told(keys: str, told: str) -> None:
    """Before accepting, the coder reads what the answers come to: a point, a range, a contradiction, nothing, or out."""
    assert told in tell_outcome(BOOK, type_keys(keys))


def test_passage_goes_on_from_what_was_said() -> None:
    """A passage answered in part begins at the first question without an answer, one with a range at its outcome."""
    assert find_question(BOOK, start(BOOK, Answers(given={"q1": "yes"})).given) == BOOK.questions[1]
    assert start(BOOK, Answers(low=1, high=1)).state == "accepting"


@pytest.mark.parametrize(
    ("given_", "answered"),
    [
        ({}, False), ({"q1": "yes"}, False), ({"q1": "no"}, True), ({"skip": "too near"}, True),
        ({"stance": "range"}, True), ({"F01": "yes"}, False),
        (dict.fromkeys(("q1", "q2", "q3", "q4", "q5", "q6a", "q6b"), "unclear"), True),
    ],
)  # fmt: skip
def test_is_answered(given_: dict[str, str], *, answered: bool) -> None:
    """A passage needs no more when its questions are answered, a range is given or it is skipped."""
    assert is_answered(BOOK, given_) is answered


def test_break_is_suggested_again_and_again() -> None:
    """A break is due after each stretch, once for each."""
    assert [is_break_due(10, 10 + t, n, after=5) for t, n in ((4, 0), (5, 0), (9, 1), (10, 1))] == [
        False, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "given_", "shows"),
    [
        ("ynba", {"q1": "yes", "q2": "no"}, "a gives again what b took"),
        ("ynbbaa", {"q1": "yes", "q2": "no"}, "twice back, twice again"),
        ("ynbya", {"q1": "yes", "q2": "yes"}, "after another answer nothing is given again"),
        ("yna", {"q1": "yes", "q2": "no"}, "with nothing taken back a changes nothing"),
        ("yr{-1}ba", {"q1": "yes"}, "a range is given again too"),
    ],
)
def test_redo(keys: str, given_: dict[str, str], shows: str) -> None:
    """What was taken back can be had again, step by step, until something else is answered."""
    now = type_keys(keys)
    assert now.given == given_, shows
    assert (now.low == -1) == ("r" in keys)


def test_passage_taken_back_is_given_again_with_one_key() -> None:
    """A passage left and gone back to is empty; a gives again all that was said of it."""
    left = type_keys("ynnynnnt{odd}f{F02}\r")
    again = press(BOOK, take_back(left), "a")
    assert (again.given, again.note, again.codes, again.state) == (left.given, "odd", ("F02",), "accepting")


@given(st.text(alphabet="aynubrtfs?x\r{}-10 F", max_size=40))
def test_any_keys_leave_a_sound_state(keys: str) -> None:
    """Whatever is typed, answers stand in the order asked, and one is accepted only where nothing is left to ask."""
    now = start(BOOK)
    for key in keys:
        now = take_line(BOOK, now, key) if now.is_typing else press(BOOK, now, key)
        if now.is_over:
            break
    order = [question.id for question in BOOK.questions if question.id in now.given]
    assert list(now.given) == order
    if now.state in {"accepting", "answered"}:
        assert now.low is not None or find_question(BOOK, now.given) is None
    assert (now.low is None) == (now.high is None)
