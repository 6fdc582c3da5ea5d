"""Samples are drawn at random with known chances, shared as asked, and sent with nothing that should be hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.answers import Answer
from linewatch.code.run import (
    find_given,
    list_queue,
    list_still_needed,
    list_telling,
    measure,
    measure_steadiness,
    open_sitting,
    record,
    undo,
)
from linewatch.code.sampling import Design, draw, is_within, list_turns
from linewatch.code.steadiness import tell_steadiness, tell_still_needed
from linewatch.errors import InputError
from linewatch.model import Judgement, Passage, Sitting, Span
from linewatch.store.case import Case
from linewatch.store.live import list_live_judgements, list_live_passages
from linewatch.text.retrace import get_cut

STRATA = {
    "Lamp": [f"l{place}" for place in range(60)],
    "Tide": [f"t{place}" for place in range(30)],
    "Pier": ["p0"],
}
EVERY = [one for ids in STRATA.values() for one in ids]
OUT = (Answer(question="q1", value="no"),)


@given(st.integers(1, 120), st.integers(0, 99), st.floats(0, 1) | st.none(), st.integers(0, 91))
def test_sample_is_of_its_size_with_its_chances(size: int, seed: int, double: float | None, had: int) -> None:
    """Whatever is asked, passages come once, as many as there are, each with a chance, and the same seed gives the same."""
    design = Design(size=size, double=double)
    drawn = draw(STRATA, set(EVERY[:had]), design, seed)
    assert drawn == draw(STRATA, set(EVERY[:had]), design, seed)
    assert len(set(drawn.passages)) == len(drawn.passages) <= min(size, 91)
    assert len(drawn.passages) == min(size, 91) or double is not None
    assert drawn.chances.keys() == set(drawn.passages)
    assert all(0 < one <= 1 for one in drawn.chances.values())


def test_chances_are_what_they_say() -> None:
    """Over many seeds a passage is drawn as often as its recorded chance says, in a small stratum and in a large one."""
    often: Counter[str] = Counter()
    said: dict[str, float] = {}
    for seed in range(2000):
        drawn = draw(STRATA, (), Design(size=10), seed)
        often.update(drawn.passages)
        said |= drawn.chances
    assert all(abs(often[one] / 2000 - said[one]) < 0.04 for one in EVERY)
    assert said["p0"] == 1, "the smallest stratum gives its one"


def test_double_share_comes_from_what_others_have() -> None:
    """Of ten passages with a share of .4, four are others'; the chance is that of their kind."""
    drawn = draw({"": EVERY}, set(EVERY[:20]), Design(size=10, double=0.4), 1)
    shared = [one for one in drawn.passages if one in EVERY[:20]]
    assert len(shared) == 4
    assert {drawn.chances[one] for one in shared} == {4 / 20}
    assert {drawn.chances[one] for one in drawn.passages if one not in shared} == {6 / 71}


@pytest.mark.parametrize("wrong", [{"size": 0}, {"double": 1.5}, {"repeats": -0.1}])
def test_impossible_design_is_refused(wrong: dict[str, float]) -> None:
    """A sample of none and a share beyond all are refused in words."""
    with pytest.raises(InputError):
        Design(**wrong)  # type: ignore[arg-type]  # what a user may type


def test_repeats_come_late_and_never_first() -> None:
    """What comes again does so in the last quarter, after it came before."""
    drawn = draw({"": EVERY[:40]}, (), Design(repeats=0.1), 3)
    sitting = Sitting(
        id="s", coder="anna", seed=3, passages=drawn.passages, hidden=(), repeats=drawn.repeats,
        opened_at="2033-01-01T00:00:00Z",  # type: ignore[arg-type]  # not looked at
    )  # fmt: skip
    turns = list_turns(sitting, set(EVERY))
    places = [place for place, turn in enumerate(turns) if turn.again]
    assert len(places) == 4
    assert min(places) >= 30
    assert all(
        turns.index(turn) > [one.passage for one in turns].index(turn.passage) for turn in turns if turn.again
    )


def test_limits_keep_passages_away() -> None:
    """A passage whose warning has the word is not sent; one without a warning is."""
    passage = Passage(id="p", span=Span(document="d", start=0, end=1), item=None, warning="describes killing")
    assert [is_within(passage, one) for one in ((), ("Killing",), ("children",))] == [True, False, True]


def test_sitting_records_what_was_sent(case: Case) -> None:
    """A sitting has the seed, the strata, each chance and the digits of the words shown; no outlet and no date."""
    sitting = open_sitting(case, "anna", 7, Design(size=2, by=("outlet",)))
    text = case.find(Passage)[0].span.document
    assert len(sitting.passages) == 2
    assert sitting.by == ("outlet",)
    assert sitting.chances == dict.fromkeys(sitting.passages, 2 / 3)
    words = {one.id: one.span for one in list_live_passages(case)}
    from linewatch.model import Document

    whole = case.get(Document, text).text
    assert sitting.sent == {
        one: get_cut("\n" + whole[words[one].start : words[one].end]) for one in sitting.passages
    }
    assert open_sitting(case, "anna") == sitting, "a sample stays a sample when it is opened again"
    assert len(open_sitting(case, "anna", 8, Design(size=5)).passages) == 3


def test_passage_that_tells_on_itself_is_listed(case: Case, read_words: Callable[..., Case]) -> None:
    """Blinding is no use where the words name the outlet: these passages are told."""
    assert list_telling(case) == {}
    read_words(case, "d2", "The Lamp has said it before: they signed the Pledge and set it aside.")
    assert list(list_telling(case).values()) == [("outlet",)]


def test_second_time_counts_for_steadiness_alone(case: Case) -> None:
    """A repeat is a row of its own: it neither replaces the first answer nor agrees with anybody, and can be taken back."""
    first, *_ = [one.id for one in list_live_passages(case)]
    record(case, first, "anna", OUT)
    before = measure(case)
    assert record(case, first, "anna", (Answer(question="q1", value="yes"),), again=True) == 1
    assert [(one.value, one.again) for one in list_live_judgements(case)] == [("no", False)]
    assert measure(case) == before
    steady = measure_steadiness(case, "anna")
    assert tell_steadiness(steady) == "1 passage came again: 0 of 1 answers as before."
    assert undo(case, first, "anna", again=True) == 1
    assert find_given(case, "anna", again=True) == {}
    assert [one.value for one in list_live_judgements(case)] == ["no"]


def test_queue_goes_on_where_it_was(case: Case) -> None:
    """What was answered is over, what comes again is left until it was answered again."""
    sitting = open_sitting(case, "anna", 1, Design(size=3, repeats=0.34))
    assert [len(one) for one in list_queue(case, "anna", sitting)] == [0, 4]
    for passage in sitting.passages:
        record(case, passage, "anna", OUT)
    over, left = list_queue(case, "anna", sitting)
    assert (len(over), [one.again for one in left]) == (3, [True])


def test_still_needed_falls_as_two_code(case: Case) -> None:
    """What is still to be coded by two is told for the scale and the questions, and falls with each passage coded twice."""
    for coder in ("anna", "bruno"):
        record(case, list_live_passages(case)[0].id, coder, OUT)
    needed = {one.code: one for one in list_still_needed(case)}
    assert (needed["stance"].needed, needed["q1"].twice, needed["q1"].needed) == (103, 1, 560)
    assert "q1 559" in tell_still_needed(needed.values())


def test_same_answers_from_two_processes_are_one(case: Case) -> None:
    """What stands is looked up inside the transaction: between looking and writing nobody else can write."""
    passage, inside = list_live_passages(case)[0].id, []
    real = case.write

    def write(*args: object, **kwargs: object) -> object:
        if not inside:
            inside.append(1)
            record(Case(case.path), passage, "anna", OUT)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # handed on

    case.write = write  # type: ignore[method-assign, assignment]  # another process, between looking and writing
    assert record(case, passage, "anna", OUT) == 0
    assert case.count(Judgement) == 1
