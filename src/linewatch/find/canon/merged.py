"""Quoted words run together from several places of a canon, none of them altered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from linewatch.find.canon.candidates import MOST_PLACES
from linewatch.find.canon.compare import Compared, compare
from linewatch.find.canon.index import GRAM, Index
from linewatch.find.canon.match import is_same
from linewatch.find.canon.quoted import Quoted, read_quoted
from linewatch.find.canon.shelf import Wording

_RENDERED = 5
"""Words of a translation that make a part of its own."""


def find_merged(wordings: Sequence[Wording], quoted: Quoted) -> list[Compared] | None:
    """Return the places that words run together from, two or more, none of them altered; None where they are not that."""
    for wording in wordings:
        parts = list(_cut_runs(wording.index, quoted))
        if not wording.is_original and min((last - first for first, last, _ in parts), default=0) < _RENDERED:
            continue  # short runs of one translation are found in another's words, as they are in any book
        if len(parts) < 2 or sum(last - first for first, last, _ in parts) < len(quoted.words):
            continue
        made = [_compare_part(wording, quoted, first, last, place) for first, last, place in parts]
        units = {unit for one in made if one is not None for unit in (one.first, one.last)}
        if all(one is not None for one in made) and len(units) > 1:
            return [one for one in made if one is not None]
    return None


def _cut_runs(index: Index, quoted: Quoted) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs of the canon's words that follow one another, each of three words or more or a whole unit."""
    ids = index.number(quoted.words.letters)
    low, high = index.find_keys(np.asarray(ids, dtype=np.int64))
    at = 0
    while at + GRAM <= len(ids):
        tried = index.places[low[at] : high[at]].tolist()[:MOST_PLACES]
        if not tried:
            return
        lengths = [_measure(index, ids, at, place) for place in tried]
        best = max(range(len(tried)), key=lengths.__getitem__)
        yield at, at + lengths[best], tried[best]
        at += lengths[best]


def _measure(index: Index, ids: Sequence[int], at: int, place: int) -> int:
    n = 0
    while at + n < len(ids) and place + n < index.size and is_same(index, ids[at + n], place + n):
        n += 1
    return n


def _compare_part(wording: Wording, quoted: Quoted, first: int, last: int, place: int) -> Compared | None:
    start, end = quoted.words.starts[first], quoted.words.ends[last - 1]
    part = read_quoted(quoted.text[start:end])
    index = wording.index
    made = compare(wording, part, index.find_unit(place), index.find_unit(place + last - first - 1))
    return made if made is not None and made.is_clean else None
