"""The calibration promises C1, C2, C3 and C12 at few seeded runs, and that the simulators plant what they say.

A rate may exceed its mark by two standard errors: at so few runs less would be noise.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest
from scipy.stats import chisquare

from linewatch.stats import simulate
from linewatch.stats.calibration import (
    measure_alarms,
    measure_coverage,
    measure_drift,
    measure_mix,
    measure_ranks,
)
from linewatch.stats.drift import compare_readings, weigh_drift
from linewatch.stats.mix import split_change
from linewatch.stats.ordinal import Scale
from linewatch.stats.scan import scan_turn

RUNS = 60


def _most(mark: float, runs: int = RUNS) -> float:
    return mark + 2 * float(np.sqrt(mark * (1 - mark) / runs))


@pytest.mark.parametrize("n", [4, 8, 12, 20, 40])
@pytest.mark.parametrize(("level", "spread"), [(-2.0, 0.5), (-1.0, 1.0), (1.0, 1.5)])
def test_a_still_line_raises_few_alarms(n: int, level: float, spread: float) -> None:
    """C1: the scan errs at most 6 in 100, both keys together at most 2 in 100."""
    still = functools.partial(simulate.simulate_none, n=n, level=level, spread=spread)
    alarms = measure_alarms(still, RUNS, 100 + n)
    assert alarms.scan <= _most(0.06)
    assert alarms.both <= _most(0.02)


@pytest.mark.parametrize("n", [12, 20, 40])
def test_two_voices_are_not_a_turn(n: int) -> None:
    """C2: two voices in no order pass both keys at most 3 in 100."""
    alarms = measure_alarms(functools.partial(simulate.simulate_voices, n=n), RUNS, n)
    assert alarms.both <= _most(0.03)


@pytest.mark.parametrize("n", [20, 40])
def test_a_change_of_voices_is_named(n: int) -> None:
    """C3: within outlets the scan stays quiet where the pooled one is loud, and the loud one is named a mix."""
    alarms = measure_mix(n, RUNS, n)
    assert alarms.stratified <= _most(0.06)
    assert alarms.pooled > 0.3
    assert alarms.named is not None
    assert alarms.named > 0.9


@pytest.mark.parametrize(
    ("harsh", "soft", "one", "two"), [(3, 1, 0.25, 0.5), (3, 3, 0.05, 0.1), (4, 4, 0.014, 0.029)]
)
def test_counted_p_values(harsh: int, soft: int, one: float, two: float) -> None:
    """C12: the p-values that the method's page prints."""
    days, scores = range(harsh + soft), [-2] * harsh + [1] * soft
    assert scan_turn(days, scores, side="up").p_value == pytest.approx(one, abs=5e-4)
    assert scan_turn(days, scores).p_value == pytest.approx(two, abs=5e-4)


def test_a_large_step_is_found_and_dated() -> None:
    """Guards the simulator: three points at twenty items are nearly always found, and the date set holds the day."""
    step = functools.partial(simulate.simulate_step, n=20, size=3.0)
    assert measure_alarms(step, 50, 1).both > 0.9
    assert measure_coverage(step, 50, 1).overall > 0.9


def test_date_is_calibrated_from_the_prior() -> None:
    """C5: over series drawn from the prior, the mass before the true day is uniform."""
    counts = np.histogram(measure_ranks(150, 5), 10, (0, 1))[0]
    assert chisquare(counts).pvalue > 0.01


@pytest.mark.parametrize("calendar", ["regular", "bursty"])
def test_date_set_covers(calendar: simulate.Calendar) -> None:
    """C6: the 95 % date set of a two-point step holds the day at least 93 in 100 times, less two standard errors."""
    step = functools.partial(simulate.simulate_step, n=20, size=2.0, calendar=calendar)
    assert measure_coverage(step, 100, 3).overall >= 0.93 - 2 * float(np.sqrt(0.93 * 0.07 / 100))


def test_coverage_needs_a_planted_turn() -> None:
    """A still line has no day to cover."""
    with pytest.raises(Exception, match="planted turn"):
        measure_coverage(functools.partial(simulate.simulate_none, n=6), 1, 1)


def test_drift_and_step_are_told_apart() -> None:
    """A four-point climb reads as a drift, a three-point step as a turn, a still line as neither."""
    over_turn, best = measure_drift(functools.partial(simulate.simulate_drift, n=40, size=4.0), 20, 1)
    assert over_turn >= best > 0.8
    step = [
        compare_readings(s.days, s.scores).best
        for s in _many(functools.partial(simulate.simulate_step, n=40, size=3.0))
    ]
    assert step.count("turn") > 15
    still = [
        compare_readings(s.days, s.scores).best
        for s in _many(functools.partial(simulate.simulate_none, n=40))
    ]
    assert still.count("none") > 12


def _many(simulator: functools.partial[simulate.Planted]) -> list[simulate.Planted]:
    rng = np.random.default_rng(5)
    return [simulator(rng) for _ in range(20)]


def test_drift_is_the_same_mirrored_and_moved() -> None:
    """The evidence of a drift does not depend on the direction of scale or time, nor on the calendar's origin."""
    days, scores = [0, 4, 9, 30], [-2.0, -0.5, 1.0, 2.0]
    plain = pytest.approx(weigh_drift(days, scores, Scale()), abs=1e-9)
    assert weigh_drift(days, [-y for y in scores], Scale()) == plain
    assert weigh_drift([-d for d in days], scores, Scale()) == plain
    assert weigh_drift([d + 7000 for d in days], scores, Scale()) == plain


@pytest.mark.parametrize(
    "simulator",
    [
        simulate.simulate_none,
        simulate.simulate_step,
        simulate.simulate_drift,
        simulate.simulate_mix,
        simulate.simulate_voices,
        simulate.simulate_serial,
    ],
)
def test_simulators_repeat_and_stay_on_the_scale(simulator: functools.partial[simulate.Planted]) -> None:
    """The same seed gives the same series; scores are whole points of -3..3 in order of date."""
    one, again = simulator(np.random.default_rng(3), 25), simulator(np.random.default_rng(3), 25)
    assert one.scores.tolist() == again.scores.tolist()
    assert one.days.tolist() == sorted(again.days.tolist())
    assert set(one.scores.tolist()) <= set(range(-3, 4))
    assert len(one.strata) == len(one.days) == 25


@pytest.mark.parametrize("calendar", ["regular", "bursty"])
def test_a_planted_turn_lies_between_items(calendar: simulate.Calendar) -> None:
    """The planted day leaves at least one item on each side, also when items come in bursts."""
    rng = np.random.default_rng(8)
    for _ in range(200):
        series = simulate.simulate_step(rng, 8, calendar=calendar)
        assert series.turn_day is not None
        assert series.days[0] < series.turn_day <= series.days[-1]


def test_serial_scores_resemble_the_one_before() -> None:
    """The AR(1) simulator plants the resemblance it was asked for."""
    scores = simulate.simulate_serial(np.random.default_rng(1), 4000, carry=0.6, level=0.0).scores
    assert float(np.corrcoef(scores[1:], scores[:-1])[0, 1]) == pytest.approx(0.55, abs=0.06)


@pytest.mark.parametrize(
    ("scores", "outlets", "within", "is_mix"),
    [
        pytest.param([-2, -2, 1, 1], "ppll", None, True, id="no outlet on both sides"),
        pytest.param([-2, -2, -2, 1], "pppl", None, True, id="one editorial after three films"),
        pytest.param([-2, 0, 0, 2], "plpl", 2.0, False, id="both outlets change alike"),
        pytest.param([-2, -2, -2, 2], "pppl", None, True, id="the same with a larger step"),
        pytest.param([-2, -2, 1, 1], "pppp", 3.0, False, id="one outlet"),
    ],
)
def test_change_is_split_between_outlets_and_mix(
    scores: list[int], outlets: str, within: float | None, *, is_mix: bool
) -> None:
    """The parts add up, and a change that may be one of voices is named so."""
    before = 3 if outlets == "pppl" else 2
    change = split_change(scores, list(outlets), before)
    assert change.is_mix is is_mix
    assert change.within == within
    assert (change.within or 0) + change.mix == pytest.approx(change.total)
