"""The chance of each order, against counting days."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats.orders import chance_before, order_chances

DAYS = st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def _count(
    intervals: list[tuple[int, int]], constraints: set[tuple[int, int]]
) -> dict[tuple[int, ...], float]:
    """Return the chance of each order by running through every choice of days, ties shared evenly."""
    found: dict[tuple[int, ...], float] = {}
    for days in itertools.product(*(range(a, b + 1) for a, b in intervals)):
        fits = [
            order
            for order in itertools.permutations(range(len(intervals)))
            if all(days[a] <= days[b] for a, b in itertools.pairwise(order))
        ]
        for order in fits:
            if all(order.index(a) < order.index(b) for a, b in constraints):
                found[order] = found.get(order, 0.0) + 1 / len(fits)
    return {order: chance / sum(found.values()) for order, chance in found.items()}


@settings(deadline=None, max_examples=60)
@given(st.lists(DAYS, min_size=1, max_size=4), st.booleans())
def test_orders_equal_counting(intervals: list[tuple[int, int]], constrained: bool) -> None:  # noqa: FBT001 - hypothesis passes by place
    """Every order has the chance that running through all days gives, with and without a constraint."""
    constraints = {(0, len(intervals) - 1)} if constrained and len(intervals) > 1 else set()
    expected = _count(intervals, constraints) if _can_hold(intervals, constraints) else {}
    if not expected:
        with pytest.raises(InputError, match="no order"):
            order_chances(intervals, constraints)
        return
    found = {order.sequence: order.chance for order in order_chances(intervals, constraints)}
    assert found == pytest.approx(expected)


def _can_hold(intervals: list[tuple[int, int]], constraints: set[tuple[int, int]]) -> bool:
    return all(intervals[a][0] <= intervals[b][1] for a, b in constraints)


def test_dated_items_have_one_order() -> None:
    """Items on different days are sorted with certainty, in any number."""
    orders = order_chances([(day, day) for day in range(20, 0, -1)])
    assert [(order.sequence, order.chance) for order in orders] == [(tuple(range(19, -1, -1)), 1.0)]


def test_items_of_one_span_come_in_any_order() -> None:
    """Six items dated to the same month have 720 equal orders."""
    orders = order_chances([(1, 30)] * 6)
    assert len(orders) == 720
    assert {order.chance for order in orders} == {1 / 720}
    assert math.fsum(order.chance for order in orders) == pytest.approx(1)


def test_a_constraint_conditions() -> None:
    """An editorial later than an overlapping film is later for certain, and the others shift with it."""
    orders = order_chances([(1, 4), (1, 4), (1, 4)], [(0, 1)])
    assert chance_before(orders, 0, 1) == pytest.approx(1)
    assert chance_before(orders, 0, 2) == pytest.approx(2 / 3)


def test_likeliest_first() -> None:
    """Orders fall in chance, and equal ones stand by their places."""
    orders = order_chances([(1, 9), (4, 20), (2, 30)])
    assert list(orders) == sorted(orders, key=lambda order: (-order.chance, order.sequence))


def test_nothing_has_no_order() -> None:
    """No items, no orders."""
    assert order_chances([]) == ()


@pytest.mark.parametrize(
    ("intervals", "constraints", "said"),
    [
        pytest.param([(1, 1), (5, 5)], [(1, 0)], "no order", id="a constraint against the dates"),
        pytest.param([(1, 9)] * 3, [(0, 1), (1, 2), (2, 0)], "no order", id="a circle"),
        pytest.param([(5, 1)], [], "ends before", id="a backward interval"),
        pytest.param([(1, 2), (1, 2)], [(0, 2)], "not there", id="a third item of two"),
        pytest.param([(1, 2)], [(0, 0)], "not there", id="an item before itself"),
        pytest.param([(1, 9)] * 8, [], "8 items", id="too many to list"),
    ],
)
def test_broken_calls_are_refused(
    intervals: list[tuple[int, int]], constraints: list[tuple[int, int]], said: str
) -> None:
    """What has no answer, or too many, raises."""
    with pytest.raises(InputError, match=said):
        order_chances(intervals, constraints)
