"""How many items, and how many of them coded by people, it takes to see a shift: power by simulation, seeded."""

from __future__ import annotations

import msgspec
import numpy as np

from linewatch.errors import InputError
from linewatch.stats.drift import compare_readings
from linewatch.stats.keys import is_established
from linewatch.stats.scan import scan_turn
from linewatch.stats.simulate import HIGH, LOW, Planted, simulate_step
from linewatch.stats.simulate_coding import measure_hits
from linewatch.stats.turns import weigh_turn

SIZES = (8, 12, 16, 20, 30, 40, 60, 80)
LABELS = (10, 20, 30, 50)
ITEMS = 120
ENOUGH = 0.8
DRAWS = 199


class Power(msgspec.Struct, frozen=True, kw_only=True):
    """What so many items of one outlet, spread evenly over a year, come to."""

    items: int
    found: float
    """Share of series in which both keys find the shift and a turn is at least as probable as a drift."""
    dated: float
    """Share found with a 95 % interval of the date no wider than was asked for."""


class LabelWidth(msgspec.Struct, frozen=True, kw_only=True):
    """How wide the interval of a change is with so many human labels in each period."""

    labels: int
    items: int
    corrected: float | None
    """Mean width with a machine's scores corrected by the labels; None where the labels are too few to weigh it."""
    labels_only: float


def plan_items(
    shift: float, within: int, *, spread: float = 1.0, runs: int = 200, seed: int = 1
) -> tuple[Power, ...]:
    """Return the power at each number of items for a shift of so many points, dated within so many days.

    >>> [power.found > 0.8 for power in plan_items(3.0, 60, runs=20)][:6:5]
    [False, True]
    """
    if not 0 < shift <= HIGH - LOW or within < 1 or not 0 < spread < 10:
        raise InputError(
            f"a shift of {shift:g} points within {within} days cannot be planned", hint="0 to 6 points"
        )
    rng = np.random.default_rng(seed)
    return tuple(
        _measure([simulate_step(rng, n, size=shift, spread=spread) for _ in range(runs)], within)
        for n in SIZES
    )


def _measure(drawn: list[Planted], within: int) -> Power:
    found = dated = 0
    for series in drawn:
        turn = weigh_turn(series.days, series.scores)
        if not is_established(turn, scan_turn(series.days, series.scores, draws=DRAWS)):
            continue
        readings = compare_readings(series.days, series.scores)
        if readings.turn >= readings.drift:
            found += 1
            dated += turn.interval[1] - turn.interval[0] <= within
    return Power(items=drawn[0].days.size, found=found / len(drawn), dated=dated / len(drawn))


def plan_labels(*, runs: int = 100, seed: int = 1) -> tuple[LabelWidth, ...]:
    """Return how wide the interval of a change is by the number of human labels a period, among 120 items each."""
    widths = []
    for labels in LABELS:
        hits = measure_hits(ITEMS, labels, runs, seed, weight=None)
        corrected = hits["corrected"].width if "corrected" in hits else None
        widths.append(
            LabelWidth(labels=labels, items=ITEMS, corrected=corrected, labels_only=hits["labels only"].width)
        )
    return tuple(widths)


def find_enough(powers: tuple[Power, ...], *, is_dated: bool = False) -> int | None:
    """Return the least number of items with a power of .8, None where none has it."""
    return next((p.items for p in powers if (p.dated if is_dated else p.found) >= ENOUGH), None)
