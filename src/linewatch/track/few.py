"""The fixed sentences for a handful of items: counts, dates, orders, the rival reading, and what to look for. No probability of a turn."""

from __future__ import annotations

from itertools import permutations

from linewatch.model import Point, When
from linewatch.stats.orders import Order, order_chances
from linewatch.stats.scan import scan_turn
from linewatch.track.words import join_parts, tell_chance

MOST_ORDERED = 6
"""Beyond this many items, the orders are too many to list."""
LEAST_CHANCE = 0.005
"""An order less likely than this is not listed by itself."""


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
    return tuple(f"{point.label}: {tell_when(point.date)}." for point in points)


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
    spans = [span for point in points if (span := _get_span(point)) is not None]
    if len(spans) < len(points) or len(points) > MOST_ORDERED:
        return ("The dates known do not order the items.",)
    orders = order_chances(spans, _list_said_orders(points))
    sorted_chance = sum(order.chance for order in orders if _is_sorted(order.sequence, len(harsh)))
    told = f"{_tell_orders(points, orders)} {_tell_sorted(sorted_chance, len(harsh), len(soft))}"
    return (told,)


def _get_span(point: Point) -> tuple[int, int] | None:
    """Return the first and last day on which an item can have come out, None where one is open."""
    when = point.date
    if when is None or when.earliest is None or when.latest is None:
        return None
    return when.earliest.toordinal(), when.latest.toordinal()


def _list_said_orders(points: tuple[Point, ...]) -> list[tuple[int, int]]:
    """Return the pairs (earlier, later) that the text itself orders: "weeks later" opens the later one's date there."""
    spans = [_get_span(point) for point in points]
    return [
        (a, b)
        for (a, one), (b, other) in permutations(enumerate(spans), 2)
        if points[a].item in points[b].after
        or (
            one
            and other
            and _is_from_text(points[b].date)
            and one[1] <= other[0] < other[1]
            and points[b].item not in points[a].after
        )
    ]


def _is_from_text(when: When | None) -> bool:
    return when is not None and "context" in (when.source or "")


def _tell_orders(points: tuple[Point, ...], orders: tuple[Order, ...]) -> str:
    """Return the orders that the dates leave, those that hardly ever arise counted and not listed."""
    named = [(_name_order(points, order), order.chance) for order in orders if order.chance >= LEAST_CHANCE]
    if len(orders) == 1:
        return f"The dates leave one order: {named[0][0]}."
    rest = len(orders) - len(named)
    more = [f"{rest} more of chance {tell_chance(0)}"] if rest else []
    listed = [f"{names} (chance {tell_chance(chance)})" for names, chance in named]
    return f"The dates leave {len(orders)} orders: {join_parts(listed + more)}."


def _name_order(points: tuple[Point, ...], order: Order) -> str:
    return ", then ".join(points[place].label for place in order.sequence)


def _tell_sorted(chance: float, harsh: int, soft: int) -> str:
    """Return how likely the softer items all came last, and how often chance alone orders them so.

    >>> _tell_sorted(1.0, 3, 1)
    'There every softer item comes after every harsher one; by chance alone such an order arises 1 time in 4.'
    """
    if chance <= 0:
        return "None has every softer item after every harsher one."
    by_chance = f"by chance alone such an order arises {_by_chance(harsh, soft)}."
    if chance >= 1 - 1e-9:
        return f"There every softer item comes after every harsher one; {by_chance}"
    return f"The chance that every softer item came after every harsher one is {tell_chance(chance)}; {by_chance}"


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
            f"{join_parts(sorted(str(outlet) for outlet in shared))} stands on both sides: a difference between outlets alone does not explain it.",
        )
    wanted = [f"one earlier {point.kind} of {point.outlet or 'the same outlet'}" for point in soft]
    wanted += [f"one later {point.kind} of {point.outlet or 'the same outlet'}" for point in harsh]
    return (
        "This fits a softening. It fits equally a difference between outlets: no outlet appears on both sides.",
        f"To separate them: {', or '.join(dict.fromkeys(wanted))}, on the same issue.",
    )
