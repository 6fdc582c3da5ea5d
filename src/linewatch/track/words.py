"""The fixed sentences: what may be said of a series, and why not more. Every number in them is computed."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

import msgspec

from linewatch.model import Point, Turn, When
from linewatch.stats.drift import Readings
from linewatch.stats.orders import order_chances
from linewatch.stats.scan import scan_turn

NOT_ESTABLISHED = "possible change, not established"
KEYS = frozenset({"posterior", "permutation"})
MOST_ORDERED = 6
"""Beyond this many items, the orders are too many to list."""


def describe_turn(turn: Turn) -> Turn:
    """Return the turn with its sentence: a claim, or the fixed words and each condition that does not hold."""
    return msgspec.structs.replace(turn, words=f"{turn.series}: {_tell_turn(turn)}.")


def _tell_turn(turn: Turn) -> str:
    keys = [gate for gate in turn.gates if gate.name in KEYS]
    if keys and not any(gate.holds for gate in keys):
        return f"no change was found in {turn.n} items ({_join([gate.words for gate in keys])})"
    missing = _join([gate.words for gate in turn.gates if not gate.holds])
    if turn.date_interval is None or turn.most_likely is None:
        return f"no turn is claimed. {missing}"
    first, last = turn.date_interval
    found = (
        f"from {turn.before:+.1f} to {turn.after:+.1f}, most likely between {turn.most_likely[0]} and "
        f"{turn.most_likely[1]} (95 % between {first} and {last}; P(turn) {turn.p_turn:.2f}, "
        f"permutation {tell_p(turn.p_permutation)}, {turn.n} items)"
    )
    if turn.claim:
        return f"the line turned {found}"
    if [gate.name for gate in turn.gates if not gate.holds] == ["reading"]:
        return f"the line changed, but more likely by degrees than in one turn ({missing}), so no turn is claimed"
    return f"{NOT_ESTABLISHED}: {found}. Why not: {missing}"


def tell_p(chance: float | None) -> str:
    """Return a p-value in words that never say zero.

    >>> tell_p(0.0001), tell_p(0.0321)
    ('p < 0.001', 'p = 0.032')
    """
    return "p < 0.001" if chance is not None and chance < 0.001 else f"p = {chance:.3f}"


def tell_readings(readings: Readings) -> str:
    """Return how the three readings of a series share the probability, each held equally likely beforehand.

    >>> tell_readings(Readings(none=0.004, turn=0.05, drift=0.946, best="drift"))
    'P(gradual) 0.95, P(one turn) 0.05, P(no change) 0.00'
    """
    return (
        f"P(gradual) {readings.drift:.2f}, P(one turn) {readings.turn:.2f}, P(no change) {readings.none:.2f}"
    )


def describe_few(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return the sentences for a handful of items: counts, order, the rival reading, and what would decide.

    No probability of a turn is given (method: n <= 5, or fewer than two on a side).
    """
    if not points:
        return ("Nothing is coded yet: there is no line to describe.",)
    harsh = tuple(point for point in points if point.score < 0)
    soft = tuple(point for point in points if point.score > 0)
    counted = f"{len(points)} {'item' if len(points) == 1 else 'items'}: {_count(harsh, soft, points)}."
    if not harsh or not soft:
        return (counted,)
    return (counted, *_tell_dates(points), *_tell_order(harsh, soft), *_tell_rivals(harsh, soft))


def _count(harsh: tuple[Point, ...], soft: tuple[Point, ...], points: tuple[Point, ...]) -> str:
    parts = []
    for group in (harsh, soft, tuple(point for point in points if point.score == 0)):
        if group:
            scores = " or ".join(f"{score:+g}" for score in sorted({point.score for point in group}))
            voices = ", ".join(sorted({_name_voice(point) for point in group}))
            parts.append(f"{len(group)} at {scores} ({voices})")
    return ", ".join(parts)


def _name_voice(point: Point) -> str:
    return f"{point.kind} of {point.outlet}" if point.outlet else point.kind


def _tell_dates(points: tuple[Point, ...]) -> tuple[str, ...]:
    return tuple(f"{_name(point)}: {tell_when(point.date)}." for point in points)


def tell_when(when: When | None) -> str:
    """Return a date in words that claim no more than is known."""
    if when is None or (when.earliest is None and when.latest is None):
        return when.iso if when and when.iso else "undated"
    by = {"note": ", by its note", "catalogue": ", by the catalogue"}.get(when.source or "", "")
    if when.is_point:
        return f"{when.earliest}{by}"
    if when.earliest is None:
        return f"by {when.latest}"
    if when.latest is None:
        return f"from {when.earliest}"
    return f"between {when.earliest} and {when.latest}{by}"


def _tell_order(harsh: tuple[Point, ...], soft: tuple[Point, ...]) -> tuple[str, ...]:
    points = (*harsh, *soft)
    intervals = [
        (point.date.earliest.toordinal(), point.date.latest.toordinal())
        for point in points
        if point.date and point.date.earliest and point.date.latest
    ]
    if len(intervals) < len(points) or len(points) > MOST_ORDERED:
        return ("The dates known do not order the items.",)
    orders = order_chances(intervals)
    last = sum(order.chance for order in orders if _is_sorted(order.sequence, len(harsh)))
    told = [
        f"chance {order.chance:.2f}: {', then '.join(_name(points[place]) for place in order.sequence)}"
        for order in orders
    ]
    fits = _by_chance(len(harsh), len(soft))
    return (
        f"Orders that the dates allow: {'; '.join(told)}.",
        (
            f"The chance that every softer item came after every harsher one is {last:.2f}. By chance alone such an order "
            f"arises {fits}."
        ),
    )


def _is_sorted(sequence: tuple[int, ...], harsh: int) -> bool:
    return all(place < harsh for place in sequence[:harsh])


def _by_chance(harsh: int, soft: int) -> str:
    """Return how often chance orders so many harsh items before so many soft ones.

    >>> _by_chance(3, 1)
    '1 time in 4'
    """
    scan = scan_turn(range(harsh + soft), [0] * harsh + [1] * soft, side="up")
    return f"1 time in {round(1 / scan.p_value)}"


def _tell_rivals(harsh: tuple[Point, ...], soft: tuple[Point, ...]) -> tuple[str, ...]:
    shared = {point.outlet for point in harsh} & {point.outlet for point in soft}
    if shared:
        return (
            f"{_join(sorted(str(outlet) for outlet in shared))} stands on both sides: a difference between outlets alone does not explain it.",
        )
    kind = "a softening" if _mean(soft) > _mean(harsh) else "a change"
    wanted = [f"one earlier {point.kind} of {point.outlet or 'the same outlet'}" for point in soft]
    wanted += [f"one later {point.kind} of {point.outlet or 'the same outlet'}" for point in harsh]
    return (
        f"This fits {kind}. It fits equally a difference between outlets: no outlet appears on both sides.",
        f"To separate them: {', or '.join(dict.fromkeys(wanted))}, on the same issue.",
    )


def describe_mix(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return a sentence for each pair of outlets whose mean scores lie two points or more apart."""
    by_outlet: dict[str, list[float]] = {}
    for point in points:
        by_outlet.setdefault(point.outlet or "unnamed outlet", []).append(point.score)
    return tuple(
        f"{one} ({mean(by_outlet[one]):+.1f}) and {other} ({mean(by_outlet[other]):+.1f}) speak differently throughout: "
        "a change in how much each publishes could pass for a turn of the organisation."
        for one, other in combinations(sorted(by_outlet), 2)
        if abs(mean(by_outlet[one]) - mean(by_outlet[other])) >= 2
    )


def _name(point: Point) -> str:
    return point.label


def _mean(points: tuple[Point, ...]) -> float:
    return mean(point.score for point in points)


def _join(parts: list[str]) -> str:
    return "; ".join(parts)
