"""Judgements come and go as CSV: strictly, every bad row named, and safe for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.codebook import load_codebook
from linewatch.code.export import write_rows
from linewatch.code.tables import MOST_FAULTS, Row, decode_table, parse_rows
from linewatch.errors import InputError

BOOK = load_codebook("leavers.v1")
HEADER = "passage,coder,question,value,low,high,note,time\n"
NOON = "2033-01-10T12:00:00Z"


def parse(*rows: str) -> list[Row]:
    """Return what these rows say, with the passages p1 and p2 known."""
    return parse_rows(HEADER + "\n".join(rows), BOOK, {"p1", "p2"})


@pytest.mark.parametrize(
    ("row", "shows"),
    [
        (f"p1,anna,q1,yes,,,,{NOON}", "an answer"),
        (f"p1,anna,q1,Unclear,,,a note,{NOON}", "unclear, with a note, as a spreadsheet writes it"),
        (f"p1,anna,F01,yes,,,,{NOON}", "a frame"),
        (f"p1,anna,stance,range,-1,1,,{NOON}", "a range"),
        (f"p1,anna,stance,+2,,,,{NOON}", "a point as the value"),
        (f"p1,anna,skip,too hard to read,,,,{NOON}", "a skip with its reason"),
        ("p1,anna,q1,yes,,,,2033-01-10T12:00:00", "a time without a zone is UTC"),
        ("p1,anna,q1,yes,,,,2033-01-10T14:00:00+02:00", "a time in another zone"),
    ],
)
def test_good_row(row: str, shows: str) -> None:
    """A row that fits is one answer, at noon UTC."""
    (made,) = parse(row)
    assert made.time == datetime(2033, 1, 10, 12, tzinfo=UTC), shows
    assert (made.passage, made.coder) == ("p1", "anna")


def test_point_and_range_are_read_alike() -> None:
    """A point of the scale is a range from it to itself, wherever it stands in the row."""
    (one,), (two,) = parse(f"p1,anna,stance,-2,,,,{NOON}"), parse(f"p1,anna,stance,,-2,-2,,{NOON}")
    assert one.answer == two.answer
    assert (one.answer.low, one.answer.high) == (-2, -2)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"p9,anna,q1,yes,,,,{NOON}", "no passage has the id 'p9'"),
        (f"p1,,q1,yes,,,,{NOON}", "nobody is named as coder"),
        (f"p1,{'a' * 81},q1,yes,,,,{NOON}", "at most 80 characters"),
        (f"p1,anna,q9,yes,,,,{NOON}", "no question 'q9'"),
        (f"p1,anna,q1,maybe,,,,{NOON}", "'maybe' is not yes, no or unclear"),
        (f"p1,anna,q1,,,,a note,{NOON}", "a note without an answer"),
        (f"p1,anna,stance,range,2,-1,,{NOON}", "low lies above high"),
        (f"p1,anna,stance,range,-9,1,,{NOON}", "'-9' is no point"),
        (f"p1,anna,stance,range,1,,,{NOON}", "'' is no point"),
        (f"p1,anna,stance,range,,,,{NOON}", "'range' is no point"),
        (f"p1,anna,stance,harsh,1,1,,{NOON}", "'harsh' beside low and high is not range"),
        (f"p1,anna,q1,yes,x,,,{NOON}", "low and high belong to stance only"),
        ("p1,anna,q1,yes,,,,yesterday", "'yesterday' is not in ISO 8601"),
        ("p1,anna,stance,range,1,1,,noon", "'noon' is not in ISO 8601"),
        ("p1,anna,q1,yes,,,,0001-01-01T00:00:00+23:00", "not in ISO 8601"),
        (f"p1,anna,q1,yes,,,a note, split,{NOON}", "cells beyond the last column"),
        (f"p2,anna,q1,no,,,,{NOON}", "answered otherwise than in line 2"),
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
    two_lines = f'p1,anna,q1,yes,,,"two\nlines",{NOON}'
    with pytest.raises(InputError) as caught:
        parse(two_lines, f"p9,anna,q1,yes,,,,{NOON}", f"p1,anna,q2,so,,,,{NOON}")
    assert [one.split(":")[0] for one in str(caught.value).split("; ")] == ["line 4", "line 5"]


def test_a_table_wrong_throughout_is_told_in_short() -> None:
    """Of very many bad rows the first are named and the others counted."""
    with pytest.raises(InputError, match="; and 80 more"):
        parse(*[f"p9,anna,q1,yes,,,,{NOON}"] * (MOST_FAULTS + 80))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "passage,coder\np1,anna\n",
        "passage,coder,question,value,value\np1,anna,q1,yes,no\n",
        "\x00",
        "nothing",
        f'{HEADER}p1,anna,q1,yes,,,"{"x" * 140000}",{NOON}\n',
    ],
)
def test_hostile_table_is_an_input_error(text: str) -> None:
    """An empty table, missing or doubled columns, a NUL and an endless cell give an error with a hint."""
    with pytest.raises(InputError) as caught:
        parse_rows(text, BOOK, {"p1"})
    assert caught.value.hint


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever follows the header is read or refused with an InputError, never another error."""
    try:
        parse_rows(HEADER + text, BOOK, {"p1"})
    except InputError as error:
        assert error.hint  # noqa: PT017 - most texts are refused, some are not


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """Bytes are UTF-8, with or without a mark at the head, or refused by the file's name."""
    try:
        assert decode_table(data, "codings.csv") == data.decode("utf-8-sig")
    except InputError as error:
        assert "codings.csv" in str(error)  # noqa: PT017 - some bytes are UTF-8


def test_what_says_nothing_is_left_out() -> None:
    """Columns beside those of a judgement are read past, and so is a passage or question not answered yet."""
    text = (
        "text,passage,coder,question,value,low,high,note,time,mood\n"
        f"words,p1,anna,q1,yes,,,,{NOON},fair\nwords,p2,,,,,,,,\nwords,p2,anna,q1,,,,,{NOON},\n"
    )
    assert [one.passage for one in parse_rows(text, BOOK, {"p1", "p2"})] == ["p1"]


@pytest.mark.parametrize(("cells", "blind"), [(",", True), ("The Lamp,", False), (",2031-04-02", False)])
def test_row_beside_its_source_is_not_blind(cells: str, *, blind: bool) -> None:
    """An answer that stood beside its outlet or date was not given blind."""
    text = f"{HEADER.strip()},outlet,date\np1,anna,q1,yes,,,,{NOON},{cells}\n"
    assert [one.blind for one in parse_rows(text, BOOK, {"p1"})] == [blind]


def test_semicolons_and_capitals_are_read() -> None:
    """A table as some spreadsheets save it: semicolons between, names of columns in capitals."""
    text = HEADER.replace(",", ";").upper() + f"p1;anna;q1;yes;;;;{NOON}\n"
    assert [one.answer.value for one in parse_rows(text, BOOK, {"p1"})] == ["yes"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 harbour", "'+44 harbour"),
        ("-1+2", "'-1+2"),
        ("@here", "'@here"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("+2.5", "+2.5"),
        ("+2.5x", "'+2.5x"),
        ("-3", "-3"),
        ("a-b=c", "a-b=c"),
        ("'tis", "'tis"),
    ],
)
@pytest.mark.parametrize("column", ["note", "text", "coder", "value"])
def test_formula_is_guarded(column: str, cell: str, written: str) -> None:
    """A cell that a spreadsheet would run gets an apostrophe; numbers and words stay."""
    (row,) = csv.DictReader(io.StringIO(write_rows([{column: cell}], blind=True), newline=""))
    assert row[column] == written


@given(st.text(alphabet="=+-@'＝a1 ,;\"\n\r\t", min_size=1).map(str.strip).filter(bool))
def test_note_survives_writing_and_reading(note: str) -> None:
    """A note comes back from a table as it was, whatever its first character."""
    row = {"passage": "p1", "coder": "anna", "question": "q1", "value": "yes", "note": note, "time": NOON}
    (made,) = parse_rows(write_rows([row], blind=True), BOOK, {"p1"})
    assert made.answer.note == note


def test_blind_table_has_no_column_of_the_source() -> None:
    """Outlet and date are not even empty columns of a blind table."""
    head = [write_rows([{"outlet": "The Lamp"}], blind=blind).splitlines()[0] for blind in (True, False)]
    assert head == [f"{HEADER.strip()},item,text", f"{HEADER.strip()},item,text,outlet,date"]
