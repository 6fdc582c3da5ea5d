"""A table opens in a spreadsheet and runs nothing."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.cells import unguard_formula
from linewatch.write.cells import guard, write_csv


@pytest.mark.parametrize(
    "words", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\n=1", "- a dash"]
)
def test_formula_is_guarded(words: str) -> None:
    """Text that a spreadsheet would run has an apostrophe before it."""
    assert guard(words) == f"'{words}"


def test_values_stay_values() -> None:
    """Numbers, days and what nobody knows are written as they are."""
    table = write_csv(("a", "b", "c", "d"), [(-2.5, date(2031, 5, 1), None, "-3")])
    assert table == "a,b,c,d\n-2.5,2031-05-01,,-3\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_no_cell_starts_a_formula(words: str) -> None:
    """Whatever the text, the cell read back begins no formula, and loses nothing."""
    rows = list(csv.reader(io.StringIO(write_csv(("n", "words"), [(1, words)]), newline="")))
    assert len(rows) == 2
    assert unguard_formula(rows[1][1]) == words.replace("\r\n", "\n").replace("\r", "\n")
    assert not rows[1][1].startswith(("=", "@", "\t"))
