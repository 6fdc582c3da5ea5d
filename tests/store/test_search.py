"""A search finds the passages that hold what is asked, in what the case holds now and in nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from linewatch.errors import InputError
from linewatch.model import Block, Document, Evidence, Statement
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.search import ADD, MAKE, list_units, make_rows, search, write_match
from linewatch.text.query import parse_query

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)
LAMP = "The sea wall was failing.\n\nThey left, yet they are still of the League."
SONG = "قال الْمُجَدِّفُونَ إنَّ أبو بكر في البحر"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case of two documents."""
    made = make_case(tmp_path / "case")
    add_document(made, "lamp", LAMP)
    add_document(made, "song", SONG)
    return made


def add_document(case: Case, name: str, words: str, *, evidence: str | None = None) -> str:
    """Keep a document of paragraphs, read from a sealed file named like it or from evidence that is there; return that."""
    blocks, at = [], 0
    for paragraph in words.split("\n\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    file = case.path.parent / f"{name}.txt"
    file.write_text(words, encoding="utf-8")
    with case.write("read") as writer:
        held, size = (evidence, 0) if evidence else writer.seal(file)
        if not evidence:
            writer.add(
                Evidence(id=held, size=size, media_type="text/plain", name=file.name, gathered_at=NOON)
            )
        writer.add(Document(id=name, evidence=held, reader="plain.v1", text=words, blocks=tuple(blocks)))
    return held


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sea wall", ["The sea wall was failing."]),
        ("WALL sea", ["The sea wall was failing."]),
        ("sea League", []),
        ('"sea wall"', ["The sea wall was failing."]),
        ('"wall sea"', []),
        ("leag*", ["They left, yet they are still of the League."]),
        ("leag", []),
        ("the", ["The sea wall was failing.", "They left, yet they are still of the League."]),
        ("مجدفون", [SONG]),
        ("ابو", [SONG]),
        ('"أبو بكر"', [SONG]),
        ("البحر", [SONG]),
        ("المجد*", [SONG]),
    ],
)  # fmt: skip
def test_passages_are_found(case: Case, asked: str, found: list[str]) -> None:
    """A passage is found when it holds all that is asked, in either language, in the order of the case."""
    answer = search(case, asked)
    assert [hit.text for hit in answer.hits] == found
    assert (answer.count, answer.files) == (len(found), 1 if found else 0)


def test_hit_names_its_place_and_source(case: Case) -> None:
    """A hit's places are in the document's own text, and outlet and date are as they were said."""
    (lamp,) = (one.id for one in case.find(Evidence) if one.name == "lamp.txt")
    with case.write("gather") as writer:
        for field, value in (("outlet", "The Lamp"), ("date", "2031-02")):
            writer.add(
                Statement(id=field, evidence=lamp, field=field, value=value, source="option", said_at=NOON)
            )
    (hit,) = search(case, "league").hits
    assert LAMP[hit.start : hit.end] == hit.text
    assert [LAMP[start:end] for start, end in hit.marks] == ["League"]
    assert (hit.file, hit.outlet, hit.date) == ("lamp.txt", "The Lamp", "2031-02")


@pytest.mark.parametrize(
    "asked",
    ['"sea', "sea AND", "NEAR(sea wall)", "words:sea", "-sea ^wall", "sea OR (", "{sea}", "*sea**", "'; drop table evidence; --", "sea\x00wall", " ".join(f"sea{n}" for n in range(2000))],
)  # fmt: skip
def test_signs_are_data(case: Case, asked: str) -> None:
    """No sign that FTS5 knows can break a search or steer it."""
    search(case, asked)
    assert check_case(case.path).faults == ()


def test_query_without_a_word_is_refused(case: Case) -> None:
    """Signs alone are no query."""
    with pytest.raises(InputError, match="no word"):
        search(case, '"*" ()')


def test_what_each_word_holds_alone_is_told(case: Case) -> None:
    """Where nothing holds all, each part's own count is told."""
    assert search(case, "sea league zebra").alone == {"sea": 1, "league": 1, "zebra": 0}


def test_document_no_longer_live_drops_out(case: Case) -> None:
    """A better reading takes the place of the earlier one in the index."""
    (hit,) = search(case, "wall").hits
    add_document(case, "lamp2", "The sea gate was failing.", evidence=hit.evidence)
    assert search(case, "wall").count == 0
    assert [hit.document for hit in search(case, "gate").hits] == ["lamp2"]


def test_only_a_search_makes_the_index(case: Case) -> None:
    """The index comes with the first search, is no part of the seals, and comes back when it is dropped."""
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        names = {name for (name,) in connection.execute("select name from sqlite_master where type='table'")}
        assert not [name for name in names if "_fts" in name]
    search(case, "sea")
    before = case.get_head()
    assert check_case(case.path).faults == ()
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        connection.execute("drop table blocks_fts")
        connection.commit()
    assert search(case, "sea").count == 1
    assert case.get_head() == before


def test_interrupted_index_goes_on(case: Case) -> None:
    """An index of which a part is missing is completed by the next search."""
    for number in range(3):
        add_document(case, f"more{number}", f"A berth, number {number}.")
    search(case, "berth")
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        connection.execute("delete from blocks_fts where document='more1'")
        connection.execute("delete from held_fts where document='more1'")
        connection.execute("update state_fts set seq=0")
        connection.commit()
    assert [hit.document for hit in search(case, "berth").hits] == ["more0", "more1", "more2"]


def test_cues_are_searched_together() -> None:
    """A sentence that runs over cues is one unit; another voice or a paragraph begins a new one."""
    words = "the sea\nwall was failing\nso I left\n\nProse."
    cues = (
        Block(kind="cue", start=0, end=7, speaker="A"),
        Block(kind="cue", start=8, end=24, speaker="A"),
        Block(kind="cue", start=25, end=34, speaker="B"),
        Block(kind="paragraph", start=36, end=42),
    )
    document = Document(id="d", evidence="e", reader="srt.v1", text=words, blocks=cues)
    assert list_units(document) == [(0, 24), (25, 34), (36, 42)]


@given(st.text(max_size=40))
def test_any_query_is_read_by_the_database(asked: str) -> None:
    """Whatever is typed, FTS5 takes what is made of it."""
    if terms := parse_query(asked):
        with create_engine("sqlite://").connect() as connection:
            connection.execute(text(MAKE))
            query = text("SELECT count(*) FROM blocks_fts WHERE blocks_fts MATCH :match")
            assert connection.scalar(query, {"match": write_match(terms)}) == 0


@given(st.lists(st.text("abcابلو\u064eى ", min_size=1, max_size=8), min_size=1, max_size=6))
def test_database_and_marks_agree(words: list[str]) -> None:
    """A text is found by each of its own words, by the database and by the marks alike."""
    whole = " ".join(words)
    document = Document(
        id="d",
        evidence="e",
        reader="plain.v1",
        text=whole,
        blocks=(Block(kind="paragraph", start=0, end=len(whole)),),
    )
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text(MAKE))
        connection.execute(text(ADD), [{"row": 1, **row} for row in make_rows(document)])
        query = text("SELECT count(*) FROM blocks_fts WHERE blocks_fts MATCH :match")
        for term in parse_query(whole):
            assert connection.scalar(query, {"match": write_match((term,))}) == 1
