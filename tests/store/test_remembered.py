"""A case that remembers tells what an ordinary one does, after every kind of write and through every handle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from linewatch.model import Document, Evidence, Judgement, Statement
from linewatch.settings import CaseSettings
from linewatch.store.case import Case, make_case
from linewatch.store.expunge import expunge
from linewatch.store.live import list_live_documents, list_live_judgements
from linewatch.store.remembered import RememberedCase

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def plain(tmp_path: Path) -> Case:
    """Return a case with one sealed file, read."""
    made = make_case(tmp_path / "case")
    file = tmp_path / "lamp.txt"
    file.write_text("The pier is open.", encoding="utf-8")
    with made.write("gather") as writer:
        held, size = writer.seal(file)
        writer.add(Evidence(id=held, size=size, media_type="text/plain", name="lamp.txt", gathered_at=NOON))
        writer.add(Document(id="lamp", evidence=held, reader="plain.v1", text="The pier is open.", blocks=()))
    return made


@pytest.fixture
def kept(plain: Case) -> RememberedCase:
    """Return a handle that remembers."""
    return RememberedCase(plain.path)


def answer(case: Case, name: str, **fields: str) -> None:
    """Keep an answer to a passage."""
    told = {"passage": "p1", "coder": "anna", "codebook": "leavers.v1", "question": "q1", "value": "yes"}
    with case.write("judge") as writer:
        writer.add(Judgement(id=name, judged_at=NOON, **{**told, **fields}))  # type: ignore[arg-type] # all of them strings


def test_rows_added_elsewhere_are_seen(plain: Case, kept: RememberedCase) -> None:
    """What another handle, or another program, adds is there at the next look, by each field, in the order written."""
    assert kept.find(Judgement, coder="anna") == []
    for name, coder in (("a", "anna"), ("b", "bruno"), ("c", "anna")):
        answer(plain, name, coder=coder)
        assert kept.find(Judgement) == plain.find(Judgement)
        assert kept.find(Judgement, coder="anna", passage="p1") == plain.find(Judgement, coder="anna")
    assert [one.id for one in kept.list_after(Judgement, 1)] == ["b", "c"]


def test_a_row_is_decoded_once(plain: Case, kept: RememberedCase) -> None:
    """The same row is the same object at every look: what rests on it can be told to rest on nothing new."""
    first = kept.find(Document)[0]
    answer(plain, "a")
    assert kept.find(Document)[0] is first
    assert list_live_documents(kept.act_as("Ana M"))[0] is first


def test_answer_stands_until_what_it_rests_on_grows(plain: Case, kept: RememberedCase) -> None:
    """An answer is worked out anew where a row of its kinds was added, or the settings were written; not otherwise."""
    made: list[int] = []

    def count() -> int:
        made.append(1)
        return len(made)

    def ask() -> int:
        return kept.keep("count", (Judgement, CaseSettings), count)

    assert (ask(), ask()) == (1, 1)
    with plain.write("state") as writer:
        writer.add(
            Statement(id="s", evidence="e", field="date", value="2031", source="analyst", said_at=NOON)
        )
    assert ask() == 1
    answer(plain, "a")
    assert ask() == 2
    (plain.path / "codebook.yml").write_text("x", encoding="utf-8")
    assert ask() == 3


def test_held_still_is_of_one_state(plain: Case, kept: RememberedCase) -> None:
    """While a page is made, what is added meanwhile is not in it; afterwards it is."""
    with kept.hold_still():
        before = kept.find(Judgement)
        answer(plain, "a")
        assert kept.find(Judgement) == before
    assert len(kept.find(Judgement)) == len(before) + 1


def test_list_that_is_changed_changes_nothing(plain: Case, kept: RememberedCase) -> None:
    """A caller may sort or empty the list it was given."""
    answer(plain, "a")
    list_live_judgements(kept).clear()
    assert len(list_live_judgements(kept)) == 1


def test_expunged_words_are_forgotten(plain: Case, kept: RememberedCase) -> None:
    """Once a file is expunged, nothing of it is told from memory."""
    evidence = kept.find(Evidence)[0]
    assert kept.find(Document)
    expunge(plain, [evidence], reason="ordered", approved_by=["Ana"])
    assert kept.find(Document) == []
    assert list_live_documents(kept) == []
