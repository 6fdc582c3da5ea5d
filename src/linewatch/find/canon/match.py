"""Where a text runs along a canon: passages of words that stand there in the same order, slips of the pen forgiven."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from linewatch.find.canon.index import GRAM, Index
from linewatch.find.canon.words import Words, is_near

_CANDIDATES = 48
"""Places tried for three words that stand in the canon often; the basmala's stand there a hundred times."""
_GAP = 8
"""Words that may stand between two runs of one passage, on either side."""
_SLANT = 4
"""How much longer a gap may be in the text than in the canon, or the other way round."""


class Run(NamedTuple):
    """Words `first:last` of the text that stand in the canon from `place` on, all of them."""

    first: int
    last: int
    place: int

    @property
    def end(self) -> int:
        """Return the place after the last word."""
        return self.place + self.last - self.first


class Passage(NamedTuple):
    """Words `first:last` of the text that run along `place:end` of the canon."""

    first: int
    last: int
    place: int
    end: int
    matched: int
    bits: float
    """How little the matched words would be expected together: the sum of their rarity in the canon."""


def find_passages(index: Index, words: Words) -> list[Passage]:
    """Return the passages of a text that run along the canon, in order; the time is in proportion to its length."""
    ids = index.number(words.letters)
    return [_extend(index, words, ids, chain) for chain in _chain(_find_runs(index, ids))]


def _find_runs(index: Index, ids: Sequence[int]) -> Iterator[Run]:
    low, high = index.find_keys(np.asarray(ids, dtype=np.int64))
    hits = np.flatnonzero(high > low).tolist()
    last: Run | None = None
    for at in hits:
        if last is not None and at < last.last:
            continue
        run = _choose_run(index, ids, at, index.places[low[at] : high[at]].tolist(), last)
        last = run
        yield run


def _choose_run(index: Index, ids: Sequence[int], at: int, places: Sequence[int], last: Run | None) -> Run:
    """Return the longest run that begins here; the one that goes on from the run before wins over any other."""
    best = Run(at, at, 0)
    for place in places[:_CANDIDATES] if last is None else _sort_near(places, last, at):
        run = Run(at, at + _measure(index, ids, at, place), place)
        if last is not None and _follows(last, run):
            return run
        if run.last > best.last:
            best = run
    return best


def _sort_near(places: Sequence[int], last: Run, at: int) -> list[int]:
    near = last.end + at - last.last
    found = np.asarray(places)
    if len(found) > _CANDIDATES:
        centre = int(np.searchsorted(found, near))
        found = np.concatenate([found[max(0, centre - 3) : centre + 3], found[: _CANDIDATES - 6]])
    listed: list[int] = found[np.argsort(np.abs(found - near), kind="stable")].tolist()
    return listed


def _measure(index: Index, ids: Sequence[int], at: int, place: int) -> int:
    stream, others = index.streams[0], index.others
    for n in range(min(len(ids) - at, index.size - place)):
        word = ids[at + n]
        if stream[place + n] != word and word not in others.get(place + n, ()):
            return n
    return min(len(ids) - at, index.size - place)


def _follows(one: Run, other: Run) -> bool:
    gap, step = other.first - one.last, other.place - one.end
    return -1 <= gap <= _GAP and -1 <= step <= _GAP and abs(gap - step) <= _SLANT


def _chain(runs: Iterator[Run]) -> Iterator[list[Run]]:
    chain: list[Run] = []
    for run in runs:
        if chain and not _follows(chain[-1], run):
            yield chain
            chain = []
        chain.append(run)
    if chain:
        yield chain


def _extend(index: Index, words: Words, ids: Sequence[int], chain: Sequence[Run]) -> Passage:
    first, place = chain[0].first, chain[0].place
    last, end = chain[-1].last, chain[-1].end
    matched = sum(run.last - run.first for run in chain)
    while (step := _find_step(index, words, ids, first - 1, place - 1, -1)) is not None:
        first, place, matched = first - step, place - step, matched + 1
    while (step := _find_step(index, words, ids, last, end, 1)) is not None:
        last, end, matched = last + step, end + step, matched + 1
    bits = sum(measure_rarity(index, ids[n]) for run in chain for n in range(run.first, run.last))
    return Passage(first, last, place, end, matched, bits)


def _find_step(index: Index, words: Words, ids: Sequence[int], at: int, place: int, way: int) -> int | None:
    """Return how far to go on: 1 to a word that is the canon's or nearly so, 2 over one that is not to one that is."""
    for step in (1, 2):
        n, p = at + way * (step - 1), place + way * (step - 1)
        if not (0 <= n < len(ids) and 0 <= p < index.size):
            return None
        if is_same(index, ids[n], p) or is_near(words.letters[n], get_word(index, p)):
            return step if step == 1 or _goes_on(index, ids, n + way, p + way) else None
    return None


def _goes_on(index: Index, ids: Sequence[int], at: int, place: int) -> bool:
    return 0 <= at < len(ids) and 0 <= place < index.size and is_same(index, ids[at], place)


def is_same(index: Index, word: int, place: int) -> bool:
    """Tell whether a word is the canon's at a place, in any of its spellings."""
    return word >= 0 and (index.streams[0][place] == word or word in index.others.get(place, ()))


def get_word(index: Index, place: int) -> str:
    """Return the letters of the canon's word at a place."""
    return index.words[index.streams[0][place]]


def measure_rarity(index: Index, word: int) -> float:
    """Return the bits of surprise of a word: 1 where every second word is it."""
    return -math.log2(max(index.counts[word] if word >= 0 else 1, 1) / index.size)


__all__ = ["GRAM", "Passage", "Run", "find_passages", "get_word", "is_same", "measure_rarity"]
