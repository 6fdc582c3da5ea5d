"""Arithmetic on spans: trimming, counting, merging, covering."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.spans import Cover, count_words, merge, trim

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
)


@given(st.text(max_size=60))
def test_trimming_takes_only_white_space(text: str) -> None:
    """A trimmed span is what `strip` leaves."""
    start, end = trim(text, 0, len(text))
    assert text[start:end] == text.strip()


@given(spans)
def test_merged_spans_are_apart_and_cover_the_same(given_spans: list[tuple[int, int]]) -> None:
    """Merged spans are in order, do not touch, and hold the same places."""
    merged = merge(given_spans)
    assert all(a.end < b.start for a, b in pairwise(merged))
    held = {place for start, end in given_spans for place in range(start, end)}
    assert {place for start, end in merged for place in range(start, end)} == held


@given(spans, st.integers(0, 80))
def test_a_cover_holds_what_its_spans_hold(given_spans: list[tuple[int, int]], place: int) -> None:
    """A place is covered when one of the spans holds it."""
    assert (place in Cover(given_spans)) == any(start <= place < end for start, end in given_spans)


def test_words_are_counted_as_a_reader_counts_them() -> None:
    """Apostrophes and hyphens stay within a word; Arabic counts alike."""
    assert count_words("Al-Naba' didn't come; لم يأت أحد") == 6
