"""A table of codes is read strictly: what cannot be used is named by its line, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.track.table import read_codes

HEAD = "date,outlet,score\n"


def test_rows_are_read() -> None:
    """Dates of every precision, a range of dates, and none; scores with any sign of minus; the line of each row."""
    text = (
        HEAD
        + "2031-02-03,Lamp,-2\n2031-02,Lamp,\N{MINUS SIGN}1\n2031,Lamp,0\n2031-02-03/2031-02-09,Lamp,1.5\n,Lamp,3\n"
    )
    rows = read_codes(text.encode(), -3, 3).rows
    assert [row.score for row in rows] == [-2, -1, 0, 1.5, 3]
    assert [row.date and (str(row.date.earliest), str(row.date.latest)) for row in rows] == [
        ("2031-02-03", "2031-02-03"),
        ("2031-02-01", "2031-02-28"),
        ("2031-01-01", "2031-12-31"),
        ("2031-02-03", "2031-02-09"),
        None,
    ]
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_delimiters_and_marks_are_read(delimiter: str) -> None:
    """Commas, semicolons or tabs, a byte-order mark, capitals in names, quoted line breaks and empty lines."""
    cells = [["Date", "Outlet", "Score", "Note"], ["2031-02-03", '"The\nLamp"', "1", "x"], ["", "", "", ""]]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in [*cells, ["2031-02-04", "Pier", "2", ""]])
    table = read_codes(text.encode(), -3, 3)
    assert [(row.line, row.outlet) for row in table.rows] == [(2, "The\nLamp"), (5, "Pier")]
    assert table.ignored == ("note",)


BAD = {
    "no such day": ("2031-02-30,Lamp,1\n", "line 2: '2031-02-30' is no date"),
    "another form of date": ("3 Feb 2031,Lamp,1\n", "line 2: '3 Feb 2031' is no date"),
    "a date without a year": ("--02-03,Lamp,1\n", "line 2: '--02-03' is no date"),
    "a backward range": ("2031-03/2031-02,Lamp,1\n", "line 2: '2031-03/2031-02' ends before"),
    "off the scale": ("2031-02-03,Lamp,4\n", "line 2: score 4 lies outside -3:3"),
    "no number": ("2031-02-03,Lamp,harsh\n", "line 2: score 'harsh' is no number"),
    "not a number": ("2031-02-03,Lamp,nan\n", "line 2: score 'nan' is no number"),
    "an infinite one": ("2031-02-03,Lamp,inf\n", "line 2: score 'inf' is no number"),
    "no score": ("2031-02-03,Lamp,\n", "line 2: no score"),
    "no outlet": ("2031-02-03,,1\n", "line 2: no outlet"),
    "a short row": ("2031-02-03,Lamp\n", "line 2: no score"),
    "a long row": ("2031-02-03,Lamp,1,2\n", "line 2: more cells than columns"),
    "the second of two": ("2031-02-03,Lamp,1\nx,Lamp,1\n", "line 3: 'x' is no date"),
    "an open quote": ('2031-02-03,"Lamp,1\n', "is not CSV"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_row_is_named_by_its_line(name: str) -> None:
    """Each kind of bad row raises one line that names it."""
    rows, said = BAD[name]
    with pytest.raises(InputError) as caught:
        read_codes((HEAD + rows).encode(), -3, 3)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no column date, outlet, score"),
        (b"date,outlet\n", "no column score"),
        (b"date,outlet,score,score\n", "two columns score"),
        (b"date,outlet,score\n", "no rows"),
        (b"date,outlet,score\n2031,\xff,1\n", "line 2 is not UTF-8"),
        (b"date,outlet,score,probability\n2031,a,1,0\n", "line 2: probability 0 is not above 0"),
        (b"date,outlet,score,weight\n2031,a,1,0.5\n", "line 2: weight 0.5 is below 1"),
        (
            b"date,outlet,score,item\n2031,a,1,x\n2032,a,1,x\n",
            "line 3: item x has another date than on line 2",
        ),
        (b"date,outlet,score,coder,machine\n2031,a,,anna,1\n", "line 2: no score by anna"),
    ],
)
def test_bad_table_is_refused(data: bytes, said: str) -> None:
    """A table without what is needed, or that contradicts itself, raises one line."""
    with pytest.raises(InputError, match=said):
        read_codes(data, -3, 3)


def test_many_faults_are_counted() -> None:
    """Five bad lines are named, the rest are counted."""
    with pytest.raises(InputError, match=r"line 6: .*; and 3 more"):
        read_codes((HEAD + "x,Lamp,1\n" * 8).encode(), -3, 3)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes give anything but a table or one line of refusal."""
    for given_data in (data, HEAD.encode() + data):
        said = ""
        try:
            read_codes(given_data, -3, 3)
        except InputError as error:
            said = str(error)
        assert "\n" not in said
