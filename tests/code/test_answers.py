"""What a queue's answers are kept as, and which rows give way to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.answers import (
    Answer,
    find_bad_name,
    get_answer,
    get_hour,
    list_answers,
    load_answers,
    make_judgement,
    retract,
    settle,
)
from linewatch.code.codebook import load_codebook
from linewatch.code.queue import Answers
from linewatch.model import Judgement

BOOK = load_codebook("leavers.v1")
YES, NO = Answer(question="q1", value="yes"), Answer(question="q1", value="no")
FRAME, SKIP = Answer(question="F01", value="yes"), Answer(question="skip", value="too near")


def keep(*answers: Answer) -> list[Judgement]:
    """Return judgements of these answers."""
    return [make_judgement(BOOK, "p", "anna", answer) for answer in answers]


def test_what_is_kept() -> None:
    """Answers, range and frames are kept each under its own question; the note once, with the range."""
    held = Answers(given={"q1": "yes", "q2": "no"}, low=0, high=1, codes=("F02",), note="odd")
    assert list_answers(BOOK, held) == (
        YES,
        Answer(question="q2", value="no"),
        Answer(question="stance", value="range", low=0, high=1, note="odd"),
        Answer(question="F02", value="yes"),
    )


def test_skip_is_kept_alone() -> None:
    """A skipped passage keeps its reason and no answer given before."""
    held = Answers(given={"q1": "yes"}, codes=("F01",), reason="too near", note="odd")
    assert list_answers(BOOK, held) == (Answer(question="skip", value="too near", note="odd"),)


def test_passage_out_keeps_no_frame() -> None:
    """A no to the first question drops frames set before; the note stays."""
    held = Answers(given={"q1": "no"}, codes=("F01",), note="odd")
    assert list_answers(BOOK, held) == (Answer(question="q1", value="no", note="odd"),)


def test_range_wins_over_out() -> None:
    """A range given all the same keeps the frames: the coder places the passage."""
    held = Answers(given={"q1": "no"}, low=1, high=1, codes=("F01",))
    assert FRAME in list_answers(BOOK, held)


@given(
    st.lists(st.sampled_from(["yes", "no", "unclear"]), min_size=1, max_size=7),
    st.sampled_from([None, (-1, 0), (2, 2)]),
    st.sampled_from([(), ("F01",), ("F01", "F11")]),
    st.sampled_from([None, "odd"]),
)
def test_kept_answers_load_as_they_were(
    values: list[str], bounds: tuple[int, int] | None, codes: tuple[str, ...], note: str | None
) -> None:
    """What is kept of a passage about the issue comes back as the same answers."""
    values[0] = "yes"
    low, high = bounds or (None, None)
    asked = dict(zip([one.id for one in BOOK.questions], values, strict=False))
    held = Answers(given=asked, low=low, high=high, codes=codes, note=note)
    rows = {one.question: one for one in keep(*list_answers(BOOK, held))}
    assert load_answers(BOOK, rows) == held


@pytest.mark.parametrize(
    ("standing", "wanted", "whole", "gone", "new"),
    [
        ([], [YES], False, [], [YES]),
        ([YES], [YES], False, [], []),
        ([YES], [YES], True, [], []),
        ([YES, FRAME], [NO], False, [YES], [NO]),
        ([YES, FRAME], [NO], True, [YES, FRAME], [NO]),
        ([YES, NO], [NO], False, [], []),
        ([YES, NO], [YES], False, [YES, NO], [YES]),
        ([YES, FRAME], [SKIP], False, [YES, FRAME], [SKIP]),
        ([SKIP], [YES], False, [SKIP], [YES]),
        ([SKIP], [SKIP], False, [], []),
        ([YES, FRAME], [], True, [YES, FRAME], []),
        ([YES, FRAME], [], False, [], []),
    ],
)
def test_settle(
    standing: list[Answer], wanted: list[Answer], *, whole: bool, gone: list[Answer], new: list[Answer]
) -> None:
    """What stands already is left alone; what is said otherwise, or no longer, gives way."""
    replaced, added = settle(keep(*standing), wanted, whole=whole)
    assert ([get_answer(one) for one in replaced], added) == (gone, new)


def test_retraction_names_its_row_and_says_nothing() -> None:
    """A retraction is a row of its own that names the one taken back."""
    (one,) = keep(YES)
    back = retract(one)
    assert (back.retracts, back.value, back.question, back.coder) == (one.id, "", "q1", "anna")
    assert back.id != one.id


def test_same_answer_again_is_another_row() -> None:
    """What was taken back and is said again is a new judgement: ids are never used twice."""
    first, second = keep(YES, YES)
    assert first.id != second.id


def test_hour() -> None:
    """A time is cut to its hour in UTC."""
    assert get_hour(datetime.fromisoformat("2033-01-10T14:59:59.5+02:30")) == datetime(
        2033, 1, 10, 12, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("name", "good"), [("anna", True), ("منى", True), ("", False), (" ", False), ("a\tb", False)]
)
def test_name(name: str, *, good: bool) -> None:
    """A coder's name is one line that can be shown."""
    assert (find_bad_name(name) is None) is good
