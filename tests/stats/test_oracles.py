"""One table of numbers that others computed: counting, ppi-python 0.2.3, ruptures 1.1.10, scipy. None is a dependency of the test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scipy import stats

from linewatch.stats.compare import compare_ordinal
from linewatch.stats.estimate import Cell, estimate_change, estimate_mean
from linewatch.stats.many import keep_discoveries
from linewatch.stats.scan import Side, scan_turn
from linewatch.stats.segments import segment_series

HUMAN = (-2.0, -1.0, -2.0, 0.0, -1.0, 1.0, -2.0, -1.0)
MACHINE = (-1.0, -1.0, -2.0, 0.0, 0.0, 1.0, -1.0, -1.0, 0.0, -1.0, 1.0, -2.0, -1.0, 0.0, 0.0, -1.0)
LINE = [-2, -1, -2, -3, -2, -2, -1, -2, 1, 2, 1, 0, 1, 2, 1, 1, 2, -1, 0, -1, -2, -1, -1, -2, 0]
RIVAL = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]


def count_orders(harsh: int, soft: int, side: Side) -> float:
    """Return the p-value of so many harsh items before so many soft ones."""
    return scan_turn(range(harsh + soft), [-2] * harsh + [1] * soft, side=side).p_value


def correct(weight: float) -> float:
    """Return the corrected mean of eight labelled among sixteen items."""
    cell = Cell(machine=MACHINE, human=(*HUMAN, *(None,) * 8), chances=(0.5,) * 16)
    found = estimate_mean(cell, weight=weight).corrected
    assert found is not None
    return found.value


def find_second(place: int) -> float:
    """Return the items before one of the two turns of a line there and back."""
    return float(segment_series(range(25), LINE).most_likely[place].before)


def change_p() -> float:
    """Return the p-value that Welch's interval of a change implies."""
    one, two = ((1.0, 2.0, 2.0, 0.0, -1.0, 1.0, 3.0, 0.0), (2.0, 3.0, 1.0, 3.0, 2.0, 2.0, 0.0, 3.0, 3.0))
    cells = [Cell(machine=(0.0,) * len(side), human=side) for side in (one, two)]
    found = estimate_change(*cells).labels_only
    assert found is not None
    return float(2 * stats.t.sf(abs(found.value) / found.error, found.df))


TABLE: dict[str, tuple[Callable[[], float], float, float]] = {
    "counting 3+1, one side": (lambda: count_orders(3, 1, "up"), 1 / 4, 1e-12),
    "counting 3+1, two sides": (lambda: count_orders(3, 1, "two"), 1 / 2, 1e-12),
    "counting 3+3, one side": (lambda: count_orders(3, 3, "up"), 1 / 20, 1e-12),
    "counting 3+3, two sides": (lambda: count_orders(3, 3, "two"), 1 / 10, 1e-12),
    "counting 4+4, one side": (lambda: count_orders(4, 4, "up"), 1 / 70, 1e-12),
    "counting 4+4, two sides": (lambda: count_orders(4, 4, "two"), 1 / 35, 1e-12),
    "ppi_mean_pointestimate, lam=1": (lambda: correct(1.0), -0.9375, 1e-12),
    "ppi_mean_pointestimate, lam=.5": (lambda: correct(0.5), -0.96875, 1e-12),
    "ruptures Dynp l2, first of two": (lambda: find_second(0), 8, 0),
    "ruptures Dynp l2, second of two": (lambda: find_second(1), 17, 0),
    "lawstat brunner.munzel.test": (lambda: compare_ordinal(*RIVAL).value, 0.788961, 1e-6),
    "scipy ttest_ind(equal_var=False)": (change_p, 0.07738814, 1e-7),
    "Benjamini & Hochberg 1995": (
        lambda: float(sum(keep_discoveries([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324,
                                            0.4262, 0.5719, 0.6528, 0.759, 1.0]))), 4, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_number_is_the_oracles(name: str) -> None:
    """Each number agrees with what the oracle of that name printed."""
    call, expected, margin = TABLE[name]
    assert call() == pytest.approx(expected, abs=margin)
