"""Which mark opens and which closes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.marks import find_marks
from linewatch.text.pairs import find_pairs

OUTER = {
    "straight": ('a "b c" d', ["b c"]),
    "two pairs": ('"b" and "c"', ["b", "c"]),
    "mixed": ('a “b c" d', ["b c"]),
    "german": ("a „b c“ d", ["b c"]),
    "swedish": ("a ”b c” d", ["b c"]),
    "turned guillemets": ("a »b c« d", ["b c"]),
    "british": ("a 'b \"c\" d' e", ['b "c" d']),
    "apostrophes": ("the rowers' oars aren't 'ere", []),
    "decades": ("in the '90s and the '80s", []),
    "touching marks": ("a \"b 'c'\" d", ["b 'c'"]),
    "a mark within a word": ('a 12" plank and a 13" plank', []),
}


@pytest.mark.parametrize(("text", "expected"), OUTER.values(), ids=OUTER)
def test_outer_pairs(text: str, expected: list[str]) -> None:
    """The outer pairs of a line, whatever the marks."""
    found = find_pairs(text, 0, len(text)).pairs
    assert [text[pair.start : pair.end] for pair in found if pair.depth == 0 and pair.closed] == expected


def test_depths_are_told() -> None:
    """Marks within marks go one deeper each."""
    text = "“a ‘b “c” d’ e”"
    assert [(text[p.start : p.end], p.depth) for p in find_pairs(text, 0, len(text)).pairs] == [
        ("a ‘b “c” d’ e", 0),
        ("b “c” d", 1),
        ("c", 2),
    ]


def test_an_open_pair_and_a_closing_mark_alone() -> None:
    """A pair never closed runs to the end and says so; a closing mark alone is an orphan."""
    opened = find_pairs("a “b c", 0, 6)
    assert [(pair.start, pair.end, pair.closed) for pair in opened.pairs] == [(3, 6, False)]
    closed = find_pairs("b c” d", 0, 6)
    assert [mark.at for mark in closed.orphans] == [3]


@given(st.text(alphabet="\"'“”‘’«»„ ab.,s", max_size=60))
def test_pairs_nest_and_lie_within(text: str) -> None:
    """Pairs lie in the text and either hold one another or lie apart."""
    pairs = find_pairs(text, 0, len(text)).pairs
    for n, pair in enumerate(pairs):
        assert 0 <= pair.before < pair.start <= pair.end <= pair.after <= len(text)
        for other in pairs[n + 1 :]:
            apart = other.before >= pair.after
            inside = pair.start <= other.before and other.after <= pair.after
            assert apart or inside


@given(st.text(max_size=80))
def test_marks_are_in_order(text: str) -> None:
    """Marks are where they say, in order, and each may open or close."""
    marks = find_marks(text, 0, len(text))
    assert [mark.at for mark in marks] == sorted(mark.at for mark in marks)
    assert all(text.startswith(mark.text, mark.at) and (mark.opens or mark.closes) for mark in marks)
