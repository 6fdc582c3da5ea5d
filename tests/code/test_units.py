"""Passages are split, joined and re-bounded by rows that can be taken back; another reading keeps what it can, and says what not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from linewatch.code.answers import Answer
from linewatch.code.run import (
    collect_codes,
    join_passages,
    list_lost_boundings,
    list_not_carried,
    rebound_passage,
    record,
    split_passage,
    undo_bounding,
)
from linewatch.errors import InputError, NotFoundError
from linewatch.model import Bounding, Document, Judgement
from linewatch.store.case import Case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements, list_live_passages

OUT = (Answer(question="q1", value="no"),)


def list_words(case: Case) -> list[str]:
    """Return the words of each live passage, in the order of the text."""
    texts = {one.id: one.text for one in case.find(Document)}
    live = sorted(list_live_passages(case), key=lambda one: one.span.start)
    return [texts[one.span.document][one.span.start : one.span.end] for one in live]


def find_offset(case: Case, words: str) -> int:
    """Return where words begin in the text."""
    return case.find(Document)[-1].text.index(words)


def test_split_and_back(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """A split passage is two with ids of their own, whose it was stays; taken back, the passage and its codes are there again."""
    before, whole = list_words(case), get_passage(case, "They")
    record(case, whole, "anna", OUT)
    first, second = split_passage(case, whole, [find_offset(case, "and set")], "anna")
    assert list_words(case)[:2] == ["They signed the Harbour Pledge", "and set it aside that winter."]
    assert {(one.item, one.speaker) for one in list_live_passages(case) if one.id in {first, second}} == {
        ("i", "Mara")
    }
    assert collect_codes(case) == ()
    assert undo_bounding(case, "anna")
    assert list_words(case) == before
    assert [one.passage for one in collect_codes(case)] == [whole]
    assert not undo_bounding(case, "anna")
    assert [one for one in check_case(case.path).faults if one.layer in {"row", "log", "head"}] == []


def test_join_and_rebound(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """Neighbours become one; a passage can lose words at its ends; boundings are laid one over the other."""
    (joined,) = join_passages(case, [get_passage(case, "They"), get_passage(case, "It was")], "anna")
    assert len(list_words(case)) == 2
    start = find_offset(case, "the Harbour")
    rebound_passage(case, joined, start, find_offset(case, " that winter") + 1, "bruno")
    assert list_words(case)[0] == "the Harbour Pledge and set it aside"
    assert undo_bounding(case, "bruno")
    assert list_words(case)[0].startswith("They signed")
    assert case.count(Bounding) == 3


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda case, ids: split_passage(case, ids[0], [], "anna"), "inside the passage"),
        (lambda case, ids: split_passage(case, ids[0], [0], "anna"), "inside the passage"),
        (lambda case, ids: split_passage(case, ids[0], [5, 4], "anna"), "no words"),
        (lambda case, ids: join_passages(case, ids[:1], "anna"), "two or more"),
        (lambda case, ids: join_passages(case, [ids[0], ids[2]], "anna"), "lies between"),
        (lambda case, ids: rebound_passage(case, ids[0], 4, 5, "anna"), "no words there"),
        (lambda case, ids: rebound_passage(case, ids[0], 0, 9, " "), "nobody is named"),
    ],
)
def test_impossible_bounding_is_refused(
    case: Case, act: Callable[[Case, list[str]], object], said: str
) -> None:
    """A part without words, a join over another passage, and nobody's bounding keep no row."""
    with pytest.raises(InputError, match=said):
        act(case, [one.id for one in list_live_passages(case)])
    assert case.count(Bounding) == 0
    with pytest.raises(NotFoundError):
        split_passage(case, "none", [1], "anna")


def test_bounding_holds_in_another_reading(
    case: Case, read_words: Callable[..., Case], get_passage: Callable[[Case, str], str]
) -> None:
    """Words that another reading has elsewhere stay split, codes too; where they are gone the bounding is listed as lost."""
    words = case.find(Document)[0].text.splitlines()
    part, _ = split_passage(case, get_passage(case, "They"), [find_offset(case, "and set")], "anna")
    record(case, part, "anna", OUT)
    read_words(case, "d2", "A word to all those who went inland this winter.", *words)
    assert list_words(case)[1:3] == ["They signed the Harbour Pledge", "and set it aside that winter."]
    assert [one.passage for one in collect_codes(case)] == [part]
    assert list_lost_boundings(case) == []
    read_words(case, "d3", words[1])
    assert [one.action for one in list_lost_boundings(case)] == ["split"]
    assert len(list_words(case)) == 1


def test_judgements_are_carried_to_nearly_the_same_words(
    case: Case, read_words: Callable[..., Case], get_passage: Callable[[Case, str], str]
) -> None:
    """A better reading mends a slip of the first: what was judged is said of it too, once; what has no equal is listed."""
    words = case.find(Document)[0].text.splitlines()
    mended, dropped = get_passage(case, "They"), get_passage(case, "Whoever")
    for one in (mended, dropped):
        record(case, one, "anna", OUT)
    read_words(case, "d2", words[0].replace("signed", "si gned"), words[1])
    new = get_passage(case, "They")
    assert new != mended
    assert [one.passage for one in collect_codes(case)] == [new]
    carried = [one for one in list_live_judgements(case) if one.passage == new]
    assert [(one.coder, one.value) for one in carried] == [("anna", "no")]
    assert [case.get(Judgement, one.carried_from or "").passage for one in carried] == [mended]
    assert list_not_carried(case) == [dropped]
    before = case.count(Judgement)
    read_words(case, "d3", words[0].replace("signed", "si gned"), words[1])
    assert case.count(Judgement) == before
