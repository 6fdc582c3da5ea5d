"""Words, their letters and their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.find.canon.marks import compare_marks
from linewatch.find.canon.weight import list_weights
from linewatch.find.canon.words import is_near, split

MARKINGS = {
    "the same": ("كَتَبَ", "كَتَبَ", "same"),
    "none": ("كتب", "كَتَبَ", "missing"),
    "one of three": ("كَتب", "كَتَبَ", "missing"),
    "another vowel": ("كُتِبَ", "كَتَبَ", "contrary"),
    "doubled where the canon is not": ("كَذَّبَ", "كَذَبَ", "contrary"),
    "at rest in pause": ("الْمِينَاءْ", "الْمِينَاءَ", "missing"),
    "the last n on the alif or before it": ("حُكماً", "حُكْمًا", "missing"),
    "the case ending on the hamza": ("جَاءِ", "جَاءَ", "contrary"),
}


@pytest.mark.parametrize(("quoted", "canon", "marking"), MARKINGS.values(), ids=MARKINGS)
def test_marks(quoted: str, canon: str, marking: str) -> None:
    """Marks are the canon's, are missing, or contradict it."""
    assert compare_marks(quoted, [canon]) == marking


WEIGHTS = {
    "a negation": ("and the boat is not lent", ("negation",)),
    "an exception": ("except in a storm", ("exception",)),
    "a condition": ("if the bell is rung", ("condition",)),
    "nothing": ("and the sea is wide", ()),
    "an arabic negation with and": ("وَلَا تَتْرُكُوا", ("negation",)),
    "arabic if, not arabic that": ("إِنْ غَابَ", ("condition",)),
    "arabic indeed is no condition": ("إِنَّ الْبَحْرَ", ()),
}


@pytest.mark.parametrize(("words", "weights"), WEIGHTS.values(), ids=WEIGHTS)
def test_weights(words: str, weights: tuple[str, ...]) -> None:
    """Negations, exceptions and conditions among omitted words are named."""
    assert list_weights(words) == weights


@given(st.text(alphabet="ab يا\u064e\u202e'’-.1\u200f", max_size=60))
def test_words_lie_where_they_are_said_to(text: str) -> None:
    """Every word's place holds a letter first, and the places are in order and apart."""
    words = split(text)
    last = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert last <= start < end <= len(text)
        assert text[start].isalpha()
        last = end


def test_a_direction_override_in_a_word_is_no_letter() -> None:
    """A right-to-left override inside a word neither splits nor changes it."""
    assert split("har\u202ebour").letters == ["harbour"]


def test_short_words_are_never_near() -> None:
    """Of three letters one that differs makes another word."""
    assert not is_near("قال", "قيل")
