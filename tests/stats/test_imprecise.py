"""The posterior of a turn with dates known as intervals, against running through every choice of days."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats.imprecise import chance_before, cut_cells, weigh_spans
from linewatch.stats.ordinal import Scale, point_chances, spread_scores
from linewatch.stats.scan import scan_turn
from linewatch.stats.scan_spans import scan_spans
from linewatch.stats.turns import weigh_turn

SPAN = st.tuples(st.integers(0, 8), st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))
ITEMS = st.lists(st.tuples(SPAN, st.integers(-3, 3)), min_size=2, max_size=4)


def _brute(spans: list[tuple[int, int]], scores: list[int]) -> tuple[float, dict[int, float]]:
    """Return the evidence of a turn, and its share by day of the turn, by loops over every choice of days."""
    scale = Scale()
    likelihood = np.tensordot(spread_scores(scores, scale), point_chances(scale), axes=1)
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    choices = list(itertools.product(*(range(a, b + 1) for a, b in spans)))
    found: dict[int, float] = {}
    for turn in range(first + 1, last + 1):
        total = 0.0
        for days in choices:
            early = np.array([day < turn for day in days])
            sides = [np.prod(likelihood[side], axis=0) @ scale.level_weights for side in (early, ~early)]
            total += float((sides[0] * sides[1]).mean())
        found[turn] = total / len(choices) / (last - first)
    return sum(found.values()), found


@settings(deadline=None, max_examples=25)
@given(ITEMS)
def test_posterior_equals_running_through_all_days(items: list[tuple[tuple[int, int], int]]) -> None:
    """Evidence and posterior by day agree with loops over all days of all items to 1e-9."""
    spans, scores = [span for span, _ in items], [score for _, score in items]
    if min(a for a, _ in spans) == max(b for _, b in spans):
        with pytest.raises(InputError, match="two days"):
            weigh_spans(spans, scores)
        return
    total, by_day = _brute(spans, scores)
    turn = weigh_spans(spans, scores)
    assert turn.log_evidence_turn == pytest.approx(math.log(total), abs=1e-9)
    for gap in turn.gaps:
        share = sum(by_day[day] for day in range(gap.start_day + 1, gap.end_day + 1)) / total
        assert gap.mass == pytest.approx(share, abs=1e-9)


def test_days_known_are_the_plain_posterior() -> None:
    """With every date known to the day nothing differs from the posterior on days."""
    days, scores = [0, 4, 9, 9, 30], [-2, -1, 0.5, 2, 1]
    assert weigh_spans([(day, day) for day in days], scores) == weigh_turn(days, scores)


def test_an_undated_item_changes_little_and_is_counted() -> None:
    """An item that may lie anywhere is counted, and neither makes a turn nor hides one."""
    dated = [(day, day) for day in range(0, 160, 10)]
    scores = [-2] * 8 + [2] * 8
    plain, more = weigh_spans(dated, scores), weigh_spans([*dated, (0, 150)], [*scores, 2])
    assert (plain.n, more.n) == (16, 17)
    assert more.p_turn > 0.99
    assert more.interval == (0, 150) or more.interval[0] <= plain.interval[0]


def test_loose_dates_do_not_part_items() -> None:
    """Items dated only to their year stand on neither side of any day, and chance alone orders them so."""
    spans, scores = [(0, 364)] * 6 + [(1, 365)] * 6, [-2] * 6 + [2] * 6
    turn = weigh_spans(spans, scores)
    assert all(0.1 < chance_before(span, turn.most_likely) < 0.9 for span in spans)
    assert turn.interval[1] - turn.interval[0] > 360
    assert scan_spans(spans, scores).p_value == 1.0


def test_scan_on_known_days_is_the_plain_scan() -> None:
    """With dates known to the day the scan over spans is the scan over days, ties and outlets included."""
    days, scores, outlets = [0, 3, 3, 7, 8, 12, 20], [-2, -1, -2, 1, 0, 2, 1], list("aabbaab")
    spans = [(day, day) for day in days]
    assert scan_spans(spans, scores, outlets) == scan_turn(days, scores, outlets)


def test_scan_counts_loose_items_on_both_sides() -> None:
    """A loosely dated item keeps a clean order significant, and gives the p-value that listing all orders gives."""
    spans = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 8), (6, 6), (7, 7), (8, 8), (9, 9)]
    scores = [-2, -2, -2, -2, -2, 2, 2, 2, 2]
    before = cut_cells(spans).before
    centred = before - before.mean(axis=1, keepdims=True)
    scale = np.sqrt((centred**2).sum(axis=1))

    def top(values: tuple[int, ...]) -> float:
        return float(np.abs(centred @ np.array(values) / scale).max())

    orders = set(itertools.permutations(scores))
    reached = sum(top(order) >= top(tuple(scores)) - 1e-9 for order in orders)
    assert scan_spans(spans, scores).p_value == pytest.approx(reached / len(orders))


def test_interval_is_never_told_closer_than_dates() -> None:
    """The interval ends where an item's dates end."""
    spans = [(day, day + 6) for day in range(0, 140, 7)]
    turn = weigh_spans(spans, [-2] * 10 + [2] * 10)
    assert turn.interval[0] in {first for first, _ in spans}
    assert turn.interval[1] in {last for _, last in spans}
    assert turn.interval[0] <= 70 <= turn.interval[1]


def test_mirror_and_order_change_nothing() -> None:
    """Mirrored scores and shuffled items give the same masses."""
    spans, scores = [(0, 3), (2, 9), (8, 8), (7, 20), (15, 18)], [-2, -1, 0, 2, 1]
    one = weigh_spans(spans, scores)
    mirrored = weigh_spans(spans, [-y for y in scores])
    shuffled = weigh_spans(spans[::-1], scores[::-1])
    masses = [gap.mass for gap in one.gaps]
    assert [gap.mass for gap in mirrored.gaps] == pytest.approx(masses)
    assert [gap.mass for gap in shuffled.gaps] == pytest.approx(masses)


def test_many_loose_dates_are_taken_together() -> None:
    """Long spans are cut into stretches so that the work stays bounded, and the prior still sums to one."""
    spans = [(i, i + 2000) for i in range(60)]
    cells = cut_cells(spans)
    assert len(cells.starts) < 600
    turn = weigh_spans(spans, [-1, 1] * 30)
    assert sum(gap.mass for gap in turn.gaps) == pytest.approx(1)


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        pytest.param([(5, 1), (2, 3)], "ends before", id="a backward date"),
        pytest.param([(1, 2), (1, 2), (1, 2)], "3 dates but 2", id="lengths"),
        pytest.param([(4, 4), (4, 4)], "two days", id="one day"),
    ],
)
def test_broken_calls_are_refused(spans: list[tuple[int, int]], said: str) -> None:
    """What cannot be weighed raises one line that says why."""
    with pytest.raises(InputError, match=said):
        weigh_spans(spans, [1, 2])
