"""Items of which it is said that one came after another: the chance of each way in which a turn can part them.

Exact: volumes over the stretches between dates, summed over the sets of items that can lie before a day. Which orders
there are of few items is in `orders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Days = tuple[int, int]
Pairs = Sequence[tuple[int, int]]
"""(a, b): the item at place a came before the one at place b."""
MOST_SETS = 64
"""With more ways to part a group of items, what is said of their order is left out: less is known then, never more."""


class Parted(NamedTuple):
    """Ways in which moments part a group of items, with the chance of each."""

    items: tuple[int, ...]
    sides: npt.NDArray[np.bool_]
    """Ways x items: which items lie before."""
    chances: Floats
    """Moments x ways."""


def list_parted(spans: Sequence[Days], before: Pairs, moments: Floats) -> tuple[Parted, ...]:
    """Return how each group of items bound by an order is parted at each moment (in days, one day long from its number).

    Each item lies anywhere in its days with equal chance, given that the order holds; two of one day come in the order said.
    Raises InputError where no days fit the order. A group with too many ways is left out.

    >>> found = list_parted([(0, 1), (0, 1)], [(0, 1)], np.array([1.0]))[0]
    >>> found.sides.tolist(), found.chances.tolist()
    ([[False, False], [True, False], [True, True]], [[0.25, 0.5, 0.25]])
    """
    open_pairs = [(a, b) for a, b in before if spans[a][1] >= spans[b][0]]
    found = (_part(spans, group, open_pairs, moments) for group in _group(open_pairs))
    return tuple(parted for parted in found if parted is not None)


def _group(pairs: Pairs) -> list[tuple[int, ...]]:
    """Return the places that pairs bind together.

    >>> _group([(0, 1), (3, 4), (1, 2)])
    [(0, 1, 2), (3, 4)]
    """
    groups: list[set[int]] = []
    for pair in pairs:
        joined = set(pair).union(*(group for group in groups if group & set(pair)))
        groups = [group for group in groups if not group & joined] + [joined]
    return sorted(tuple(sorted(group)) for group in groups)


def _part(spans: Sequence[Days], items: tuple[int, ...], pairs: Pairs, moments: Floats) -> Parted | None:
    place = {item: n for n, item in enumerate(items)}
    after = [0] * len(items)
    for a, b in pairs:
        if b in place:
            after[place[b]] |= 1 << place[a]
    sets = _list_sets(after)
    if sets is None:
        return None
    chances = _weigh_sets([spans[item] for item in items], sets, _count_ways(sets), moments)
    sides = np.array([[bool(one >> n & 1) for n in range(len(items))] for one in sets])
    return Parted(items, sides, chances)


def _list_sets(after: Sequence[int]) -> list[int] | None:
    """Return the sets that can lie before a moment, as bits, smaller ones first; None where they are too many.

    >>> _list_sets([0, 1])
    [0, 1, 3]
    """
    found, newest = {0}, {0}
    while newest:
        newest = {
            one | 1 << n
            for one in newest
            for n, needed in enumerate(after)
            if not one >> n & 1 and needed & one == needed
        }
        found |= newest
        if len(found) > MOST_SETS:
            return None
    if max(found) != (1 << len(after)) - 1:
        raise InputError(
            "the order that is said of the items goes round in a circle", hint="mend one of them"
        )
    return sorted(found, key=lambda one: (one.bit_count(), one))


def _count_ways(sets: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return in how many orders one set can grow into another, by their places.

    >>> _count_ways([0, 1, 2, 3])[0, 3]
    2
    """
    ways = {(n, n): 1 for n in range(len(sets))}
    for late, larger in enumerate(sets):
        for early, smaller in enumerate(sets[:late]):
            if smaller & larger == smaller:
                ways[early, late] = sum(
                    ways.get((early, middle), 0)
                    for middle, one in enumerate(sets[:late])
                    if one & larger == one and one.bit_count() == larger.bit_count() - 1
                )
    return {pair: count for pair, count in ways.items() if count}


def _weigh_sets(
    spans: Sequence[Days], sets: Sequence[int], ways: dict[tuple[int, int], int], moments: Floats
) -> Floats:
    """Return moments x sets: the chance that just these items lie before each moment."""
    first, last = (np.array(side, dtype=np.float64) for side in zip(*spans, strict=True))
    edges = np.unique(np.concatenate([first, last + 1, moments]))
    middle = (edges[:-1] + edges[1:]) / 2
    inside = (middle[:, None] >= first) & (middle[:, None] <= last + 1)
    shares = np.where(inside, np.diff(edges)[:, None] / (last + 1 - first), 0.0)  # stretches x items
    early, late = (np.array(side) for side in zip(*ways, strict=True))
    added = np.array(
        [[(sets[b] & ~sets[a]) >> n & 1 for n in range(len(spans))] for a, b in ways], dtype=bool
    )
    orders = np.array(list(ways.values())) / _factorial(added.sum(axis=1))
    steps = [orders * np.where(added, share, 1.0).prod(axis=1) for share in shares]
    ahead = _carry(steps, early, late, len(sets), 0)
    behind = _carry(steps[::-1], late, early, len(sets), len(sets) - 1)[::-1]
    total = ahead[-1, -1]
    if total <= 0:
        raise InputError(
            "no days of the items fit the order that is said of them", hint="mend a date or an order"
        )
    both: Floats = (ahead * behind)[np.searchsorted(edges, moments)] / total
    return both


def _factorial(counts: Ints) -> Floats:
    found: Floats = np.cumprod([1.0, *range(1, int(counts.max()) + 1)])[counts]
    return found


def _carry(steps: Sequence[Floats], source: Ints, target: Ints, size: int, start: int) -> Floats:
    """Return the volume of each set at each edge, from the one set that is certain at the first edge."""
    volumes = np.zeros((len(steps) + 1, size))
    volumes[0, start] = 1
    for n, step in enumerate(steps):
        np.add.at(volumes[n + 1], target, volumes[n, source] * step)
    return volumes


def keep_pairs(pairs: Pairs, kept: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the pairs among the places that are kept, by their new places.

    >>> keep_pairs([(0, 1), (1, 3)], [1, 2, 3])
    ((0, 2),)
    """
    new = {place: n for n, place in enumerate(kept)}
    return tuple((new[a], new[b]) for a, b in pairs if a in new and b in new)
