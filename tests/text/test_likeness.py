"""How alike names sound: spellings of one name, one name in two scripts, and names that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.likeness import compare_names

PAIRS = {
    "an h more": ("Tomas Orrel", "Thomas Orel", True),
    "the article": ("Al-Naba", "An-Nabaʾ", True),
    "accents": ("José Díaz", "Jose Diaz", True),
    "two scripts": ("Khalid Shams", "خالد شمس", True),
    "vowel signs": ("خالد شمس", "خَالِد شَمْس", True),
    "another forename": ("Tobin Barra", "Tomas Barra", False),
    "another place": ("Heron Pier", "Crane Pier", False),
    "too short across scripts": ("Abu Nur", "أبو نور", False),
}


@pytest.mark.parametrize(("one", "other", "alike"), PAIRS.values(), ids=PAIRS)
def test_names(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 - a column of the table
    """Spellings of one name score at least 88, other names less."""
    assert (compare_names(one, other)[0] >= 88) is alike


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names(one: str, other: str) -> None:
    """The order makes no difference, a name is like itself, and a score lies between 0 and 100."""
    assert compare_names(one, other) == compare_names(other, one)
    assert compare_names(one, one)[0] == 100
    assert 0 <= compare_names(one, other)[0] <= 100
