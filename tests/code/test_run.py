"""A case's codings: proposed once and anew, all or none, blind, taken back but never deleted, and without a pace."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from pyarrow import parquet

from linewatch.code.answers import RANGE, Answer
from linewatch.code.run import (
    collect_codes,
    export_judgements,
    has_finished,
    import_judgements,
    measure,
    open_sitting,
    propose,
    record,
    undo,
)
from linewatch.errors import InputError
from linewatch.model import Coded, Document, Judgement, Passage, Run, Sitting, to_json
from linewatch.store.case import Case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements, list_live_passages
from linewatch.store.log import read_lines

HEADER = "passage,coder,question,value,low,high,note,time\n"
NOON = "2033-01-10T12:00:00Z"
OUT = (Answer(question="q1", value="no"),)
BLAME = tuple(
    Answer(question=one, value="yes" if one in {"q1", "q4"} else "no")
    for one in ("q1", "q2", "q3", "q4", "q5", "q6a", "q6b")
)


def write_table(case: Case, *rows: str) -> Path:
    """Write a table beside the case and return its path."""
    path = case.path.parent / "codings.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of an exported table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def list_said(case: Case) -> set[tuple[str, str, str]]:
    """Return coder, question and value of each live judgement."""
    return {(one.coder, one.question, one.value) for one in list_live_judgements(case)}


def list_words(case: Case) -> list[str]:
    """Return the first two words of each live passage."""
    return [
        " ".join(case.get(Document, one.span.document).text[one.span.start :].split()[:2])
        for one in list_live_passages(case)
    ]


def test_passages_are_proposed_once(case: Case) -> None:
    """Where nothing has changed, proposing again adds nothing and leaves no line in the log."""
    before = case.get_head().seq
    assert propose(case, lambda _step: None) == 0
    assert (case.get_head().seq, case.count(Passage)) == (before, 3)


def test_new_reading_replaces_the_passages_and_keeps_the_codes(
    case: Case, read_words: Callable[..., Case], get_passage: Callable[[Case, str], str]
) -> None:
    """Words that a new reading keeps, elsewhere in the text, keep id and codes; what it drops is shown no more."""
    kept, dropped = get_passage(case, "It was"), get_passage(case, "Whoever")
    for one in (kept, dropped):
        record(case, one, "anna", BLAME)
    old = case.get(Passage, kept).span
    words = case.find(Document)[0].text.splitlines()
    read_words(case, "d2", "A word to all those who went inland this winter.", words[1])
    assert list_words(case) == ["A word", "It was"]
    assert get_passage(case, "It was") == kept
    assert case.get(Passage, kept).span != old
    assert [one.passage for one in collect_codes(case)] == [kept]
    assert measure(case).rows[0].coders == 1
    faults = check_case(case.path).faults
    assert [one for one in faults if one.layer in {"row", "log", "head"}] == []


def test_earlier_reading_can_come_back(case: Case) -> None:
    """Findings that return to an earlier state bring the passages of that state back, at their places then."""
    before = list_live_passages(case)
    run = case.find(Run, input="d")[0]
    for name, output in (("none", ""), ("again", run.output)):
        with case.write("find") as writer:
            writer.add(msgspec.structs.replace(run, id=name, output=output))
        propose(case, lambda _step: None)
        assert list_live_passages(case) == ([] if name == "none" else before)


def test_document_not_searched_yet_has_no_passages(case: Case) -> None:
    """A document that find has not been through waits; nothing is recorded of it."""
    document = case.find(Document)[0]
    with case.write("read") as writer:
        writer.add(msgspec.structs.replace(document, id="d2"))
    assert propose(case, lambda _step: None) == 0
    assert case.find(Run, input="d2") == []


def test_import_is_atomic_and_idempotent(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """One bad row keeps every row out; the same good file again adds nothing."""
    good = f"{get_passage(case, 'They')},anna,q1,yes,,,,{NOON}"
    with pytest.raises(InputError, match="line 3"):
        import_judgements(case, write_table(case, good, f"p9,anna,q1,yes,,,,{NOON}"))
    assert case.count(Judgement) == 0
    path = write_table(case, good)
    assert (import_judgements(case, path), import_judgements(case, path)) == (1, 0)


@pytest.mark.parametrize("other", ["Anna", "anna\u00a0", "ANNA", "\uff41nna"])
def test_one_person_under_two_spellings_is_refused(
    case: Case, get_passage: Callable[[Case, str], str], other: str
) -> None:
    """A name that only case, spaces or width tell from another's is refused: agreement with oneself would count."""
    rows = [f"{get_passage(case, 'They')},{name},q1,yes,,,,{NOON}" for name in ("anna", other)]
    if other.strip() != "anna":
        with pytest.raises(InputError, match="written otherwise"):
            import_judgements(case, write_table(case, *rows))
    assert case.count(Judgement) == 0
    import_judgements(case, write_table(case, rows[0]))
    with pytest.raises(InputError, match=r"written otherwise|one line"):
        open_sitting(case, other)
    assert open_sitting(case, "anna").coder == "anna"


def test_file_that_cannot_be_read_is_refused(case: Case) -> None:
    """Bytes that are not UTF-8, and a file that is not there, give an InputError that names the file."""
    path = write_table(case)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"codings\.csv is not UTF-8"):
        import_judgements(case, path)
    with pytest.raises(InputError, match=r"nowhere\.csv cannot be read"):
        import_judgements(case, case.path / "nowhere.csv")


def test_answer_given_beside_its_source_is_marked(
    case: Case, get_passage: Callable[[Case, str], str]
) -> None:
    """A judgement from a table that names the outlet is kept as one that was not blind."""
    path = write_table(case)
    passage = get_passage(case, "They")
    path.write_text(
        f"passage,coder,question,value,outlet\n{passage},anna,q1,yes,The Lamp\n", encoding="utf-8"
    )
    assert import_judgements(case, path) == 1
    assert [one.blind for one in case.find(Judgement)] == [False]


def test_imported_answer_replaces_only_its_own_question(
    case: Case, get_passage: Callable[[Case, str], str]
) -> None:
    """A row says what stands for its question; the coder's other answers, and the other coder's, stay."""
    passage = get_passage(case, "They")
    record(case, passage, "anna", (*BLAME[:2], Answer(question="F01", value="yes")))
    record(case, passage, "bruno", OUT)
    assert import_judgements(case, write_table(case, f"{passage},anna,q2,yes,,,,")) == 1
    assert list_said(case) == {
        ("anna", "q1", "yes"), ("anna", "q2", "yes"), ("anna", "F01", "yes"), ("bruno", "q1", "no"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "then"), [(("skip", "too near"), ("q1", "no")), (("q1", "no"), ("skip", "too near"))]
)
def test_skip_and_answers_exclude_each_other(
    case: Case, get_passage: Callable[[Case, str], str], first: tuple[str, str], then: tuple[str, str]
) -> None:
    """A passage answered after all is no longer skipped, and one skipped after all has no answers."""
    for question, value in (first, then):
        row = f"{get_passage(case, 'They')},anna,{question},{value},,,,"
        import_judgements(case, write_table(case, row))
    assert list_said(case) == {("anna", *then)}


def test_recording_replaces_all_that_was_said(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """What a coder now says of a passage is all that stands; the rows before it are kept, taken back."""
    passage = get_passage(case, "They")
    assert record(case, passage, "anna", BLAME) == 7
    assert record(case, passage, "anna", OUT) == 1
    assert list_said(case) == {("anna", "q1", "no")}
    assert case.count(Judgement) == 7 + 7 + 1


def test_export_comes_back_as_nothing_new(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """What was coded in the terminal, exported and imported again, is there already."""
    stance = Answer(question="stance", value=RANGE, low=-1, high=0, note="=odd")
    record(case, get_passage(case, "They"), "anna", (*BLAME, stance, Answer(question="F01", value="yes")))
    record(case, get_passage(case, "It was"), "bruno", (Answer(question="skip", value="+too near"),))
    path, rows = case.path.parent / "out.csv", case.count(Judgement)
    assert export_judgements(case, path) == 9 + 1 + 1
    assert {row["note"] for row in read_table(path)} == {"'=odd", ""}
    assert import_judgements(case, path) == 0
    assert case.count(Judgement) == rows


def test_parquet_says_what_the_csv_says(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """The Parquet table has the same rows and columns, points as numbers, time as time, nothing where nothing was said."""
    stance = Answer(question="stance", value=RANGE, low=-1, high=0, note="=odd \U0001f6f6")
    record(case, get_passage(case, "They"), "anna", (*BLAME, stance))
    flat, packed = case.path.parent / "out.csv", case.path.parent / "out.parquet"
    assert export_judgements(case, packed) == export_judgements(case, flat) == 8 + 2
    table = parquet.read_table(packed)
    assert table.column_names == list(read_table(flat)[0])
    (row,) = [one for one in table.to_pylist() if one["question"] == "stance"]
    assert (row["low"], row["high"], row["note"]) == (-1, 0, "=odd \U0001f6f6")
    assert row["time"].tzinfo is not None
    assert sum(one["coder"] is None for one in table.to_pylist()) == 2


def test_export_is_blind_until_the_coder_has_finished(case: Case) -> None:
    """Outlet and date come into a coder's table only when every passage needs no more of her; one answer is not enough."""
    path, (first, *others) = case.path.parent / "out.csv", [one.id for one in list_live_passages(case)]
    for passage, answers, finished in (
        (None, (), False),
        (first, BLAME[:2], False),
        (others[0], OUT, False),
        (others[1], (Answer(question="skip", value="too near"),), False),
        (first, BLAME, True),
    ):
        if passage:
            record(case, passage, "anna", answers)
        export_judgements(case, path, coder="anna")
        rows = read_table(path)
        assert has_finished(case, "anna") is finished
        assert ("outlet" in rows[0], "date" in rows[0]) == (finished, finished)
    assert (rows[0]["outlet"], rows[0]["date"]) == ("The Lamp", "2031-04-02")


def test_one_open_coder_keeps_the_whole_table_blind(case: Case) -> None:
    """The table of all coders names outlets only when everyone who codes has finished."""
    for passage in list_live_passages(case):
        record(case, passage.id, "anna", OUT)
    assert has_finished(case)
    open_sitting(case, "bruno")
    assert not has_finished(case)


def test_export_of_one_coder_shows_no_other(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """A coder's table has an empty row for what only another coded, and its order tells nothing of the source."""
    record(case, get_passage(case, "They"), "bruno", OUT)
    path = case.path.parent / "out.csv"
    assert export_judgements(case, path, coder="anna") == 3
    assert "bruno" not in path.read_text(encoding="utf-8")
    ids = [row["passage"] for row in read_table(path)]
    assert ids == sorted(ids)


def test_undo_leaves_no_earlier_answer_standing(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """Taking back a passage takes back an answer below the latest too, and keeps all rows."""
    passage = get_passage(case, "They")
    record(case, passage, "anna", OUT)
    below = msgspec.structs.replace(case.find(Judgement)[0], id="later", value="yes")
    with case.write("judge") as writer:
        writer.add(below)
    assert undo(case, passage, "anna") == 2
    assert list_live_judgements(case) == []
    assert case.count(Judgement) == 4


def test_another_version_of_the_codebook_is_not_mixed_in(
    case: Case, get_passage: Callable[[Case, str], str]
) -> None:
    """Answers under one codebook neither count nor are replaced under another, and count again when it is back."""
    passage = get_passage(case, "They")
    record(case, passage, "anna", BLAME)
    own = case.path / "codebook.yml"
    shipped = Path(__file__).parents[2] / "resources" / "codebooks" / "leavers.v1.yml"
    own.write_text(shipped.read_text(encoding="utf-8").replace("leavers.v1", "leavers.v2"), encoding="utf-8")
    assert collect_codes(case) == ()
    assert record(case, passage, "anna", OUT) == 1
    assert [one.out for one in collect_codes(case)] == [True]
    own.unlink()
    assert collect_codes(case) == (Coded(passage=passage, coder="anna", low=-1, high=-1),)


def test_nothing_finer_than_the_hour_is_kept(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """Neither the rows nor the log tell when within the hour a coder answered, also where an imported table says it."""
    passage = get_passage(case, "They")
    open_sitting(case, "anna")
    record(case, passage, "anna", BLAME)
    record(case, passage, "anna", OUT)
    import_judgements(case, write_table(case, f"{passage},bruno,q1,yes,,,,2033-01-10T12:34:56Z"))
    times = [one.judged_at for one in case.find(Judgement)] + [one.opened_at for one in case.find(Sitting)]
    entries = [msgspec.json.decode(line) for line in read_lines(case.log_path)]
    times += [datetime.fromisoformat(one["at"]) for one in entries if one["action"] in {"sit", "judge"}]
    assert len(times) == 7 + 8 + 1 + 1 + 4
    assert {(one.minute, one.second, one.microsecond) for one in times} == {(0, 0, 0)}
    assert datetime(2033, 1, 10, 12, tzinfo=UTC) in times


def test_order_is_random_recorded_and_goes_on(case: Case, read_words: Callable[..., Case]) -> None:
    """The seed gives the order; a sitting opened again is the same, and new passages come after those of before."""
    sitting = open_sitting(case, "anna", 7)
    assert open_sitting(case, "anna", 8) == sitting
    orders = {open_sitting(case, f"coder {seed}", seed).passages for seed in range(20)}
    assert open_sitting(case, "bruno", 7).passages == sitting.passages
    assert len(orders) > 3
    words = case.find(Document)[0].text.splitlines()
    read_words(case, "d2", "A word to all those who went inland this winter.", *words)
    later = open_sitting(case, "anna", 7)
    assert later.passages[:3] == sitting.passages
    assert len(later.passages) == 4


def test_sitting_tells_nothing_of_the_source(case: Case) -> None:
    """What a sitting records is ids and names of hidden fields: no outlet, no date, no speaker."""
    row = to_json(open_sitting(case, "anna")).decode()
    assert [word for word in ("Lamp", "2031", "Mara") if word in row] == []


@pytest.mark.parametrize("coder", ["", "  ", "an\nna", "a" * 81])
def test_coder_needs_a_name(case: Case, coder: str) -> None:
    """A name that is none, or cannot stand in one line, opens no sitting."""
    with pytest.raises(InputError):
        open_sitting(case, coder)
    assert case.count(Sitting) == 0
