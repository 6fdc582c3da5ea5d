"""Judgements come and go as CSV: strictly, all or none, once, blind, and safe for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.codebook import load_codebook
from linewatch.code.run import (
    export_judgements,
    has_finished,
    import_judgements,
    make_judgement,
    record,
    undo,
)
from linewatch.code.tables import parse_judgements, write_rows
from linewatch.errors import InputError
from linewatch.model import Document, Evidence, Finding, Item, Judgement, Passage, Run, Span, get_id
from linewatch.model.when import parse_iso
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_live_judgements

BOOK = load_codebook("leavers.v1")
HEADER = "passage,coder,question,value,low,high,note,time\n"
NOON = "2033-01-10T12:00:00Z"
FIRST = "They signed the Harbour Pledge and set it aside."
SECOND = "It was a fault, yet they are still of the League."


def parse(*rows: str) -> list[Judgement]:
    """Return the judgements in these rows, with the passages p1 and p2 known."""
    return parse_judgements(HEADER + "\n".join(rows), BOOK, {"p1", "p2"})


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case of one dated item of *The Lamp* with two passages."""
    made, at = make_case(tmp_path / "case"), datetime(2033, 1, 1, tzinfo=UTC)
    sealed = Evidence(id="sha256:0", size=1, media_type="text/plain", name="lamp.txt", gathered_at=at)
    text = f"{FIRST}\n{SECOND}"
    document = Document(id="d", evidence=sealed.id, reader="plain.v1", text=text, blocks=())
    value = Item(outlet="The Lamp", date=parse_iso("2031-04-02"), held=True)
    item = Finding(
        id="i",
        span=Span(document="d", start=0, end=len(text)),
        value=value,
        finder="held.v1",
        reason="held",
        cut=get_id(text),
    )
    found = Run(id="r", stage="find", input="d", tool="find", output=get_id(item), finished_at=at)
    cut = len(FIRST)
    with made.write("set up") as writer:
        writer.add(sealed, document, item, found)
        writer.add(Passage(id="p1", span=Span(document="d", start=0, end=cut), item="i"))
        writer.add(Passage(id="p2", span=Span(document="d", start=cut + 1, end=len(text)), item="i"))
    return made


def write_table(case: Case, *rows: str) -> Path:
    """Write a table beside the case and return its path."""
    path = case.path.parent / "codings.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of an exported table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


@pytest.mark.parametrize(
    ("row", "shows"),
    [
        (f"p1,anna,q1,yes,,,,{NOON}", "an answer"),
        (f"p1,anna,q1,unclear,,,a note,{NOON}", "unclear, with a note"),
        (f"p1,anna,F01,yes,,,,{NOON}", "a frame"),
        (f"p1,anna,stance,range,-1,1,,{NOON}", "a range"),
        (f"p1,anna,skip,too hard to read,,,,{NOON}", "a skip with its reason"),
        ("p1,anna,q1,yes,,,,2033-01-10T12:00:00", "a time without a zone is UTC"),
        ("p1,anna,q1,yes,,,,2033-01-10T14:00:00+02:00", "a time in another zone"),
    ],
)
def test_good_row(row: str, shows: str) -> None:
    """A row that fits is one judgement, at noon UTC."""
    (made,) = parse(row)
    assert made.judged_at == datetime(2033, 1, 10, 12, tzinfo=UTC), shows
    assert (made.passage, made.coder, made.codebook) == ("p1", "anna", "leavers.v1")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"p9,anna,q1,yes,,,,{NOON}", "no passage has the id 'p9'"),
        (f"p1,,q1,yes,,,,{NOON}", "nobody is named as coder"),
        (f"p1,anna,q9,yes,,,,{NOON}", "no question 'q9'"),
        (f"p1,anna,q1,maybe,,,,{NOON}", "'maybe' is not yes, no or unclear"),
        (f"p1,anna,q1,,,,,{NOON}", "'' is not yes, no or unclear"),
        (f"p1,anna,stance,range,2,-1,,{NOON}", "low lies above high"),
        (f"p1,anna,stance,range,-9,1,,{NOON}", "'-9' is no point"),
        (f"p1,anna,stance,range,1,,,{NOON}", "'' is no point"),
        (f"p1,anna,q1,yes,x,,,{NOON}", "low and high belong to the scale"),
        ("p1,anna,q1,yes,,,,yesterday", "'yesterday' is not in ISO 8601"),
        ("p1,anna,q1,yes,,,,", "'' is not in ISO 8601"),
        ("p1,anna,stance,range,1,1,,noon", "'noon' is not in ISO 8601"),
        ("p1,anna,q1,yes,,,,0001-01-01T00:00:00+23:00", "not in ISO 8601"),
        ("p1,,q1", "nobody is named as coder"),
    ],
)
def test_bad_row_is_named(row: str, fault: str) -> None:
    """A row that does not fit is named by its line and its fault."""
    with pytest.raises(InputError) as caught:
        parse(f"p2,anna,q1,yes,,,,{NOON}", row)
    assert str(caught.value).startswith("line 3: ")
    assert fault in str(caught.value)


def test_every_bad_row_is_named() -> None:
    """All bad lines stand in one error, each by the line it begins on, even after a note of two lines."""
    with pytest.raises(InputError) as caught:
        parse(
            f'p1,anna,q1,yes,,,"two\nlines",{NOON}', f"p9,anna,q1,yes,,,,{NOON}", f"p1,anna,q1,so,,,,{NOON}"
        )
    assert [one.split(":")[0] for one in str(caught.value).split("; ")] == ["line 4", "line 5"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "passage,coder\np1,anna\n",
        "\x00",
        "nothing",
        f'{HEADER}p1,anna,q1,yes,,,"{"x" * 140000}",{NOON}\n',
    ],
)
def test_hostile_table_is_an_input_error(text: str) -> None:
    """An empty table, missing columns, a NUL and an endless cell give an error with a hint."""
    with pytest.raises(InputError) as caught:
        parse_judgements(text, BOOK, {"p1"})
    assert caught.value.hint


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever follows the header is read or refused with an InputError, never another error."""
    try:
        parse_judgements(HEADER + text, BOOK, {"p1"})
    except InputError as error:
        assert error.hint  # noqa: PT017 - most texts are refused, some are not


def test_extra_columns_and_empty_rows_are_left_out() -> None:
    """The columns of an export that say nothing of a judgement are ignored, and so is a passage nobody coded."""
    text = (
        "text,passage,coder,question,value,low,high,note,time,mood\n"
        f"words,p1,anna,q1,yes,,,,{NOON},fair,surplus\nwords,p2,,,,,,,,\n"
    )
    assert [one.passage for one in parse_judgements(text, BOOK, {"p1", "p2"})] == ["p1"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 harbour", "'+44 harbour"),
        ("-1+2", "'-1+2"),
        ("@here", "'@here"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("-3", "-3"),
        ("+2.5", "+2.5"),
        ("a-b=c", "a-b=c"),
        ("'tis", "'tis"),
    ],
)
def test_formula_is_guarded(cell: str, written: str) -> None:
    """A cell that a spreadsheet would run gets an apostrophe; plain numbers and words stay."""
    (row,) = csv.DictReader(io.StringIO(write_rows([{"note": cell}]), newline=""))
    assert row["note"] == written


@given(st.text(alphabet="=+-@'a1 ,\"\n", min_size=1).map(str.strip).filter(bool))
def test_note_survives_writing_and_reading(note: str) -> None:
    """A note comes back from a table as it was, whatever its first character."""
    row = {"passage": "p1", "coder": "anna", "question": "q1", "value": "yes", "note": note, "time": NOON}
    (made,) = parse_judgements(write_rows([row]), BOOK, {"p1"})
    assert made.note == note


def test_import_is_atomic_and_idempotent(case: Case) -> None:
    """One bad row keeps every row out; the same good file again adds nothing."""
    good = f"p1,anna,q1,yes,,,,{NOON}"
    with pytest.raises(InputError, match="line 3"):
        import_judgements(case, write_table(case, good, f"p9,anna,q1,yes,,,,{NOON}"))
    assert case.count(Judgement) == 0
    path = write_table(case, good)
    assert (import_judgements(case, path), import_judgements(case, path)) == (1, 0)


def test_file_that_is_no_text_is_refused(case: Case) -> None:
    """Bytes that are not UTF-8 give an InputError that names the file."""
    path = write_table(case)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"codings\.csv cannot be read"):
        import_judgements(case, path)


def test_export_comes_back_as_nothing_new(case: Case) -> None:
    """What was coded in the terminal, exported and imported again, is there already."""
    record(case, [make_judgement(case, "p1", "anna", "stance", "range", low=-1, high=0, note="=odd")])
    path = case.path.parent / "out.csv"
    assert export_judgements(case, path) == 2
    assert [(row["note"], row["text"]) for row in read_table(path)] == [("'=odd", FIRST), ("", SECOND)]
    assert import_judgements(case, path) == 0


def test_export_is_blind_until_the_coder_has_finished(case: Case) -> None:
    """Outlet and date come into a coder's table only when he has met every passage."""
    path = case.path.parent / "out.csv"
    for passages, finished in (((), False), (("p1",), False), (("p2",), True)):
        record(case, [make_judgement(case, one, "anna", "q1", "no") for one in passages])
        export_judgements(case, path, coder="anna")
        rows = read_table(path)
        assert has_finished(case, "anna") is finished
        assert ("outlet" in rows[0], "date" in rows[0]) == (finished, finished)
    assert (rows[0]["outlet"], rows[0]["date"]) == ("The Lamp", "2031-04-02")


def test_export_of_one_coder_shows_no_other(case: Case) -> None:
    """A coder's table has an empty row for what only another coded."""
    import_judgements(case, write_table(case, f"p1,bruno,q1,yes,,,,{NOON}"))
    path = case.path.parent / "out.csv"
    assert export_judgements(case, path, coder="anna") == 2
    assert "bruno" not in path.read_text(encoding="utf-8")


def test_undo_leaves_no_earlier_answer_standing(case: Case) -> None:
    """Taking back a passage takes back an imported answer below the latest too, and keeps all rows."""
    import_judgements(case, write_table(case, f"p1,anna,q1,yes,,,,{NOON}"))
    record(case, [make_judgement(case, "p1", "anna", "q1", "no")])
    assert undo(case, "p1", "anna") == 2
    assert list_live_judgements(case) == []
    assert case.count(Judgement) == 4
