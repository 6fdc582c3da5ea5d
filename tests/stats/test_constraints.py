"""Items whose order is said: the turn's posterior against running through every choice of days and every order within a day."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats.constraints import MOST_SETS, list_parted
from linewatch.stats.imprecise import chances_before, cut_cells, weigh_spans
from linewatch.stats.orders import chance_before, order_chances
from linewatch.stats.ordinal import Scale, point_chances, spread_scores
from linewatch.stats.scan_spans import scan_spans
from linewatch.stats.voices import weigh_voices

SPAN = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))
ITEMS = st.lists(st.tuples(SPAN, st.integers(-3, 3)), min_size=3, max_size=4)
PAIRS = st.sampled_from([[(0, 1)], [(0, 2), (1, 2)], [(0, 1), (1, 2), (0, 2)], [(2, 0)]])


def _weigh_days(days: tuple[int, ...], said: list[tuple[int, int]]) -> float:
    """Return the share of the orders within each day that the sources allow."""
    if any(days[a] > days[b] for a, b in said):
        return 0.0
    share = 1.0
    for day in set(days):
        own = [place for place, one in enumerate(days) if one == day]
        orders = list(itertools.permutations(own))
        fit = [
            order
            for order in orders
            if all(order.index(a) < order.index(b) for a, b in said if a in own and b in own)
        ]
        share *= len(fit) / len(orders)
    return share


def _brute(spans: list[tuple[int, int]], scores: list[int], said: list[tuple[int, int]]) -> dict[int, float]:
    """Return the evidence of a turn on each day by loops over every choice of days."""
    scale = Scale()
    likelihood = np.tensordot(spread_scores(scores, scale), point_chances(scale), axes=1)
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    choices = {
        days: _weigh_days(days, said) for days in itertools.product(*(range(a, b + 1) for a, b in spans))
    }
    choices = {days: weight for days, weight in choices.items() if weight}
    whole, found = sum(choices.values()), {}
    turns = [turn for turn in range(first + 1, last + 1) if _can_part(turn, choices)]
    for turn in turns:
        total = 0.0
        for days, weight in choices.items():
            early = np.array([day < turn for day in days])
            sides = [np.prod(likelihood[side], axis=0) @ scale.level_weights for side in (early, ~early)]
            total += weight * float((sides[0] * sides[1]).mean())
        found[turn] = total / whole / len(turns)
    return found


def _can_part(turn: int, choices: dict[tuple[int, ...], float]) -> bool:
    """Tell whether an item can lie before a turn on that day, and one after."""
    return any(min(days) < turn for days in choices) and any(max(days) >= turn for days in choices)


@settings(deadline=None, max_examples=25)
@given(ITEMS, PAIRS)
def test_posterior_equals_running_through_all_days(
    items: list[tuple[tuple[int, int], int]], said: list[tuple[int, int]]
) -> None:
    """Evidence and posterior by day agree with loops over all days and orders to 1e-9; an order that cannot be is refused."""
    spans, scores = [span for span, _ in items], [score for _, score in items]
    if min(a for a, _ in spans) == max(b for _, b in spans) or all(a == b for a, b in spans):
        return
    if all(spans[a][1] >= spans[b][0] for a, b in said) and not any(
        _weigh_days(days, said) for days in itertools.product(*(range(a, b + 1) for a, b in spans))
    ):
        with pytest.raises(InputError, match="fit the order"):
            weigh_spans(spans, scores, said=said)
        return
    if any(spans[a][0] > spans[b][1] for a, b in said):
        return
    by_day = _brute(spans, scores, said)
    if not by_day:
        with pytest.raises(InputError, match="two days"):
            weigh_spans(spans, scores, said=said)
        return
    total = sum(by_day.values())
    turn = weigh_spans(spans, scores, said=said)
    assert turn.log_evidence_turn == pytest.approx(math.log(total), abs=1e-9)
    for gap in turn.gaps:
        share = sum(by_day[day] for day in range(gap.start_day + 1, gap.end_day + 1)) / total
        assert gap.mass == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize("moment", [3, 4, 6.5, 9])
def test_chances_agree_with_the_orders(moment: float) -> None:
    """A moment as a dated item of no length lies before and after the others with the same chances as by orders."""
    spans, said = [(0, 9), (2, 9), (5, 12)], [(0, 1), (1, 2)]
    fine = [(a * 1000, b * 1000 + 999) for a, b in spans]
    orders = order_chances([*fine, (round(moment * 1000),) * 2], said)
    found = list_parted(spans, said, np.array([moment]))[0]
    for item, chance in enumerate((found.chances @ found.sides)[0]):
        assert chance == pytest.approx(chance_before(orders, item, 3), abs=2e-3)


def test_order_said_dates_a_turn_closer() -> None:
    """Undated harsh items that came before an undated soft one make a turn likelier than without that order."""
    spans = [(0, 0), (0, 60), (0, 60), (0, 60), (0, 60), (60, 60)]
    scores = [-2, -2, -2, 2, 2, 2]
    said = [(a, b) for a in (1, 2) for b in (3, 4)]
    assert weigh_spans(spans, scores, said=said).p_turn > weigh_spans(spans, scores).p_turn
    against = [(b, a) for a, b in said]
    assert weigh_spans(spans, scores, said=against).p_turn < weigh_spans(spans, scores).p_turn


def test_voices_and_scan_take_the_order_too() -> None:
    """With one outlet the common shift moves as the turn does; the permutation key falls where the order sorts the scores."""
    spans = [(0, 0), (0, 40), (0, 40), (40, 40)] * 3
    scores, outlets = [-2, -2, 2, 2] * 3, ["lamp"] * 12
    said = [(a, b) for a in (1, 5, 9) for b in (2, 6, 10)]
    free, bound = (weigh_voices(spans, scores, outlets, said=pairs).turn.p_turn for pairs in ((), said))
    assert bound > free
    assert scan_spans(spans, scores, said=said).p_value <= scan_spans(spans, scores).p_value


def test_no_order_said_changes_nothing() -> None:
    """An order that the dates have anyway gives the same cells."""
    spans = [(0, 3), (4, 9), (2, 8)]
    assert cut_cells(spans, [(0, 1)]).before.tolist() == cut_cells(spans).before.tolist()
    gap = weigh_spans(spans, [-1, 1, 0]).most_likely
    assert chances_before(spans, gap, [(0, 1)]) == chances_before(spans, gap)


@pytest.mark.parametrize(
    ("count", "is_used"), [(5, True), (7, False)], ids=["32 sets and one more", "128 sets and one more"]
)
def test_too_many_ways_are_left_out(count: int, *, is_used: bool) -> None:
    """One item after many others is used while the ways to part them are few enough, else as if nothing were said."""
    spans, said = [(0, 9)] * (count + 1), [(place, count) for place in range(count)]
    assert bool(list_parted(spans, said, np.array([5.0]))) is is_used
    assert 2**5 + 1 <= MOST_SETS < 2**7 + 1


def test_a_long_chain_is_used() -> None:
    """Twenty songs said to follow one another can be parted in twenty-one ways only."""
    found = list_parted([(0, 99)] * 20, [(n, n + 1) for n in range(19)], np.array([50.0]))[0]
    assert found.sides.shape == (21, 20)
    assert found.chances.sum() == pytest.approx(1)
    assert (found.chances @ found.sides)[0].tolist() == sorted((found.chances @ found.sides)[0], reverse=True)


@pytest.mark.parametrize(
    ("spans", "said", "words"),
    [([(0, 5), (0, 5)], [(0, 1), (1, 0)], "circle"), ([(5, 5), (0, 5)], [(0, 1)], None)],
)
def test_circles_are_refused(
    spans: list[tuple[int, int]], said: list[tuple[int, int]], words: str | None
) -> None:
    """An order that goes round is refused; one that leaves half a day is not."""
    if words is None:
        assert list_parted(spans, said, np.array([5.0]))[0].chances.sum() == pytest.approx(1)
        return
    with pytest.raises(InputError, match=words):
        list_parted(spans, said, np.array([3.0]))
