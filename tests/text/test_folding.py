"""The shadow of a text: what folds away, and that the map leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.folding import fold, fold_with_map

SAME = {
    "vowel marks": ("مَقْعَد", "مقعد"),
    "lengthening": ("مـقـعـد", "مقعد"),
    "forms of alif": ("أإآٱ", "اااا"),
    "final letters": ("فتى سفينة", "فتي سفينه"),
    "case and accents": ("ÉTAT", "etat"),
    "transliteration": ("Al-Nabaʾ ʿAbd", "al-naba abd"),
    "digits": ("٢٠٣١ ۲۰۳۱ ²", "2031 2031 2"),
    "white space": ("a \n\t b", "a b"),
    "curly marks": ("“it’s”", '"it\'s"'),
}


@pytest.mark.parametrize(("text", "shadow"), SAME.values(), ids=SAME)
def test_what_folds_away(text: str, shadow: str) -> None:
    """Spellings of one word have one shadow."""
    assert fold(text) == shadow


def test_the_map_leads_back() -> None:
    """A word found in the shadow is found in the source, marks and all."""
    source = "قالت: «مَقْعَدُكَ مَحْفُوظ»"
    folded = fold_with_map(source)
    at = folded.text.index("محفوظ")
    start, end = folded.locate(at, at + 5)
    assert source[start:end].startswith("مَحْفُوظ")


@given(st.text(max_size=80))
def test_every_place_of_the_shadow_comes_from_the_source(text: str) -> None:
    """There is one origin for each code point of the shadow, in rising order, and one for the end."""
    folded = fold_with_map(text)
    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    assert folded.origins[-1] == len(text)


@given(st.text(max_size=80), st.data())
def test_locating_and_projecting_agree(text: str, data: st.DataObject) -> None:
    """A stretch of the shadow, led back to the source and forth again, holds at least itself."""
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.project(*folded.locate(start, end))
    assert start == end or (first <= start and end <= last)


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A shadow is its own shadow."""
    assert fold(fold(text)) == fold(text)
