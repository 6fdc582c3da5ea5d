"""The labels that lines begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.labels import find_label

CASES = {
    "bracket": ("[2] The Lamp.", ("2", "bracket", "The Lamp.")),
    "caret": ("[^2]: The Lamp.", ("2", "caret", "The Lamp.")),
    "raised": ("² The Lamp.", ("2", "raised", "The Lamp.")),
    "dotted": ("2. The Lamp.", ("2", "dotted", "The Lamp.")),
    "closing bracket": ("2) The Lamp.", ("2", "dotted", "The Lamp.")),
    "bare": ("2 The Lamp.", ("2", "bare", "The Lamp.")),
    "star": ("*The author rows.", ("*", "star", "The author rows.")),
    "arabic digits": ("[٢] المصباح.", ("2", "bracket", "المصباح.")),
    "printed twice": ("[2] 2. The Lamp.", ("2", "bracket", "The Lamp.")),
    "a decimal": ("2.5 metres of rope", None),
    "a year": ("2031 was a good year", None),
    "words": ("The Lamp.", None),
    "a number in a sentence": ("2 boats came in", None),
}


@pytest.mark.parametrize(("line", "expected"), CASES.values(), ids=CASES)
def test_labels(line: str, expected: tuple[str, str, str] | None) -> None:
    """A label's number, form, and where the words after it begin."""
    label = find_label(line, 0, len(line))
    assert (None if label is None else (label.n, label.form, line[label.end :])) == expected


@given(st.text(max_size=40))
def test_a_label_leaves_something_behind(line: str) -> None:
    """No line raises, and a label ends before its line does."""
    label = find_label(line, 0, len(line))
    assert label is None or 0 <= label.start < label.end < len(line)
