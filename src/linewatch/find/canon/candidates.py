"""Where quoted words may be taken from: the units a reference names, the places where the words stand, the units that share most with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from linewatch.find.canon.compare import Beside, Compared, compare, set_beside, tell_differences
from linewatch.find.canon.index import GRAM, Index
from linewatch.find.canon.match import Passage, find_passages, is_same
from linewatch.find.canon.quoted import Quoted
from linewatch.find.canon.shelf import Shelf, Wording

NEAR = 0.6
"""The share of words that must be the canon's for words to be called an altered verse without a reference."""
NEAR_CLAIMED = 0.34
"""The share at which the nearest place is worth naming although nothing vouches for it."""
MOST_PLACES = 300
_MOST_VOTES = 60
_WIDE = 12
_MOST_SET = 3
"""Places that words are set beside one by one, where several are in question."""


def compare_claimed(wordings: Sequence[Wording], quoted: Quoted, claimed: str) -> Compared | None:
    """Return how the words stand to the units a reference names, in the wording that fits best; None where they touch none of them."""
    best: Compared | None = None
    for wording in wordings:
        units = wording.find_units(claimed)
        if not units:
            continue
        made = compare_units(wording, quoted, units, claimed)
        best = _better(best, made)
    return best


def compare_units(wording: Wording, quoted: Quoted, units: Sequence[int], claimed: str) -> Compared | None:
    """Return how the words stand to units; of a long chapter only to the part that they run along."""
    size = wording.index.starts[units[-1] + 1] - wording.index.starts[units[0]]
    if size <= 4 * len(quoted.words) + 400:
        return compare(wording, quoted, units[0], units[-1], claimed=":" in claimed)
    near = [
        (wording.index.find_unit(one.place), wording.index.find_unit(one.end - 1), one.bits)
        for one in find_passages(wording.index, quoted.words)
    ]
    inside = [one for one in near if units[0] <= one[0] <= one[1] <= units[-1]]
    if not inside:
        return None
    first, last, _ = max(inside, key=lambda one: one[2])
    return compare(wording, quoted, first, last)


def _better(one: Compared | None, other: Compared | None) -> Compared | None:
    if one is None or other is None:
        return one or other
    return other if _rank(other) > _rank(one) else one


def _rank(one: Compared) -> tuple[bool, float, bool, int, float]:
    printed = sum(
        difference.kind in {"spelling", "punctuation", "marks-left-out", "bracket"}
        for difference in one.differences
    )
    return one.is_clean, one.quality, one.is_whole, -printed, -sum(len(part) for part in one.left_out) / 1e6


def find_best(shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted) -> Compared | None:
    """Return the place of the canon that the words fit best; None where they fit nowhere."""
    beside = [
        one
        for wording in wordings
        for first, last in _keep_promising(wording, quoted, _list_candidates(wording, quoted))
        if (one := set_beside(wording, quoted, first, last)) is not None
    ]
    wanted = NEAR if any(not one.is_original for one in wordings) else NEAR_CLAIMED
    if max((one.quality for one in beside), default=0.0) < wanted and len(quoted.words) >= GRAM:
        beside += _list_near(shelf, wordings, quoted)
    return _choose(beside)


def _choose(beside: Sequence[Beside]) -> Compared | None:
    """Return the best of the places that the words were set beside: only those alike in quality are compared mark by mark."""
    most = max((one.quality for one in beside), default=0.0)
    best: Compared | None = None
    for one in beside:
        if one.quality >= most - 1e-9:
            best = _better(best, tell_differences(one))
            if best is not None and best.is_clean and best.is_whole:
                return best
    return best


def _list_near(shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted) -> list[Beside]:
    tried = [
        (wording, unit)
        for near in shelf.find_neighbours(wordings).find(quoted.words.letters, 3)
        for wording in wordings
        if (unit := wording.index.unit_of.get(near.ref)) is not None
    ]
    made = [set_beside(wording, quoted, unit, unit) for wording, unit in tried]
    return [one for one in made if one is not None]


def _keep_promising(
    wording: Wording, quoted: Quoted, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the ranges that share most words with the quoted ones, whatever their order, most first."""
    if len(ranges) <= _MOST_SET:
        return list(ranges)
    index = wording.index
    ours = Counter(index.number(quoted.words.letters))
    shared = {
        one: (ours & Counter(index.streams[0][index.starts[one[0]] : index.starts[one[1] + 1]])).total()
        for one in ranges
    }
    return sorted(ranges, key=lambda one: -shared[one])[:_MOST_SET]


def _list_candidates(wording: Wording, quoted: Quoted) -> list[tuple[int, int]]:
    """Return the ranges of units that the words may be taken from."""
    index = wording.index
    places = find_exact_places(index, quoted.words.letters)
    if places:
        size = len(quoted.words)
        whole = [(index.find_unit(at), index.find_unit(at + size - 1)) for at in places]
        return sorted(
            set(whole),
            key=lambda one: (one[1] - one[0], index.starts[one[1] + 1] - index.starts[one[0]], one[0]),
        )[:4]
    passages = sorted(find_passages(index, quoted.words), key=lambda one: -one.bits)[:4]
    ranges = [_get_range(index, one) for one in passages]
    out = list(dict.fromkeys(ranges))
    near = [one for one in ranges if abs(one[0] - ranges[0][0]) <= _WIDE] if ranges else []
    if len(near) > 1:
        out.append((min(one[0] for one in near), max(one[1] for one in near)))
    out += [(unit, unit) for unit in _vote(index, quoted)]
    for first, last in out[:2]:  # a slip at the seam of two verses hides the other one
        if _is_longer(index, quoted, first, last):
            out += [(max(0, first - 1), last), (first, min(last + 1, len(index.refs) - 1))]
    return list(dict.fromkeys(out))


def _vote(index: Index, quoted: Quoted) -> list[int]:
    """Return the units that share the most runs of three words with the quoted ones: a passage names only one of those alike."""
    low, high = index.find_keys(np.asarray(index.number(quoted.words.letters), dtype=np.int64))
    votes: Counter[int] = Counter()
    for a, b in zip(low.tolist(), high.tolist(), strict=True):
        votes.update({index.find_unit(place) for place in index.places[a : min(b, a + _MOST_VOTES)].tolist()})
    return [unit for unit, _ in votes.most_common(3)]


def _is_longer(index: Index, quoted: Quoted, first: int, last: int) -> bool:
    return len(quoted.words) > index.starts[last + 1] - index.starts[first]


def _get_range(index: Index, passage: Passage) -> tuple[int, int]:
    return index.find_unit(passage.place), index.find_unit(passage.end - 1)


def find_exact_places(index: Index, letters: Sequence[str]) -> list[int]:
    """Return the places where all the words stand in a row."""
    ids = index.number(letters)
    if not ids or min(ids) < 0:
        return []
    if len(ids) >= GRAM:
        low, high = index.find_keys(np.asarray(ids[:GRAM], dtype=np.int64))
        tried = index.places[low[0] : high[0]].tolist() if len(low) else []
    else:
        tried = index.find_word(ids[0])
    fits = (
        at
        for at in tried
        if at + len(ids) <= index.size and all(is_same(index, ids[n], at + n) for n in range(len(ids)))
    )
    return list(dict.fromkeys(fits))[:MOST_PLACES]
