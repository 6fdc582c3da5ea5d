"""The chance of each order of items whose dates are only known as intervals. Exact fractions, no sampling."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import msgspec

from linewatch.errors import InputError

Days = tuple[int, int]
_UNCERTAIN = 7  # 5,040 orders at most


class Order(msgspec.Struct, frozen=True):
    """One order of the items, named by their places in the input, and its chance."""

    sequence: tuple[int, ...]
    chance: float


def order_chances(
    intervals: Sequence[Days], constraints: Iterable[tuple[int, int]] = ()
) -> tuple[Order, ...]:
    """Return every possible order of the items with its exact chance, likeliest first.

    Each item lies on one of its days (first, last), each day being equally likely and the items independent;
    items that fall on one day come in any order with equal chance. `constraints` are pairs (a, b): a came
    before b, as the sources say; chances are those given that all of them hold. Raises InputError when more
    than seven items overlap another or when no order fits.

    Two films are dated, the song too; the editorial is later than the second film and known by day 85:

    >>> order_chances([(32, 32), (46, 46), (67, 67), (47, 85)])
    (Order(sequence=(0, 1, 3, 2), chance=0.5256410256410257),
     Order(sequence=(0, 1, 2, 3), chance=0.47435897435897434))
    """
    before = frozenset(constraints)
    _check(intervals, before)
    after = {b: {a for a, late in before if late == b} for b in range(len(intervals))}
    for b, (first, _) in enumerate(intervals):
        after[b] |= {a for a, (_, last) in enumerate(intervals) if last < first}
    pieces = _cut(intervals)
    found = list(_extend((), {(-1, 0): Fraction(1)}, after, pieces)) if intervals else []
    total = sum((chance for _, chance in found), Fraction(0))
    if intervals and not total:
        raise InputError("no order of the items fits the dates and constraints", hint="check 'a before b'")
    found.sort(key=lambda order: (-order[1], order[0]))
    return tuple(Order(sequence, float(chance / total)) for sequence, chance in found)


def chance_before(orders: Iterable[Order], first: int, second: int) -> float:
    """Return the chance that one item came before another.

    >>> chance_before(order_chances([(1, 2), (2, 3)]), 0, 1)
    0.875
    """
    return sum(o.chance for o in orders if o.sequence.index(first) < o.sequence.index(second))


def _check(intervals: Sequence[Days], before: frozenset[tuple[int, int]]) -> None:
    if any(first > last for first, last in intervals):
        raise InputError("an interval ends before it begins", hint="give (first day, last day)")
    if any(not (0 <= a < len(intervals) and 0 <= b < len(intervals) and a != b) for a, b in before):
        raise InputError("a constraint names an item that is not there", hint="pairs are places in the list")
    pairs = itertools.combinations(range(len(intervals)), 2)
    uncertain = {i for a, b in pairs if _is_overlap(intervals[a], intervals[b]) for i in (a, b)}
    if len(uncertain) > _UNCERTAIN:
        raise InputError(
            f"{len(uncertain)} items have dates that overlap; orders are exact for {_UNCERTAIN} at most",
            hint="ask for a shorter stretch of the series",
        )


def _is_overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _cut(intervals: Sequence[Days]) -> list[list[Fraction]]:
    """Return, for each item, its chance of lying in each stretch between the interval ends."""
    edges = sorted({first for first, _ in intervals} | {last + 1 for _, last in intervals})
    stretches = list(itertools.pairwise(edges))
    return [
        [
            Fraction(e - s, last + 1 - first) if first <= s and e <= last + 1 else Fraction(0)
            for s, e in stretches
        ]
        for first, last in intervals
    ]


Ends = dict[tuple[int, int], Fraction]  # (stretch of the last item, items so far in it) -> weight


def _extend(
    prefix: tuple[int, ...], ends: Ends, after: dict[int, set[int]], pieces: list[list[Fraction]]
) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Yield each completion of a prefix with its weight."""
    if len(prefix) == len(pieces):
        yield prefix, sum(ends.values(), Fraction(0))
        return
    for item in range(len(pieces)):
        if item not in prefix and after[item] <= set(prefix) and (grown := _append(ends, pieces[item])):
            yield from _extend((*prefix, item), grown, after, pieces)


def _append(ends: Ends, piece: list[Fraction]) -> Ends:
    """Return the weights after one more item; m items in one stretch have 1 order in m! that fits."""
    grown: Ends = {}
    for stretch, chance in enumerate(piece):
        if not chance:
            continue
        earlier = sum((w for (s, _), w in ends.items() if s < stretch), Fraction(0))
        if earlier:
            grown[stretch, 1] = earlier * chance
        for (s, count), weight in ends.items():
            if s == stretch:
                grown[s, count + 1] = weight * chance / (count + 1)
    return grown
