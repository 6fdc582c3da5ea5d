"""How often the detectors err on planted series: rates, not verdicts. The pass marks stand in the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec
import numpy as np

from linewatch.errors import InputError
from linewatch.stats.alert import watch_newest
from linewatch.stats.drift import compare_readings
from linewatch.stats.keys import LEAST_PROBABILITY, MOST_CHANCE, is_established
from linewatch.stats.mix import split_change
from linewatch.stats.ordinal import Scale, point_chances
from linewatch.stats.scan import scan_turn
from linewatch.stats.simulate import YEAR, Planted, simulate_mix
from linewatch.stats.turns import weigh_turn

Simulator = Callable[[np.random.Generator], Planted]
DRAWS = 199


class Alarms(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of series in which each key, and both together, find a turn."""

    scan: float
    posterior: float
    both: float


class MixAlarms(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of voices does to the scan, pooled and within outlets."""

    pooled: float
    stratified: float
    named: float | None
    """The share of pooled alarms that `split_change` names a change of voices; None without an alarm."""


class Alerts(msgspec.Struct, frozen=True, kw_only=True):
    """How often the live alert is raised where nothing changed."""

    per_item: float
    """New alerts for each item that came in."""
    ever: float
    """The share of series in which any was."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How often the 95 % date set holds the day of the turn."""

    overall: float
    flagged: float | None
    """Among the series whose posterior is at least .9; None without one."""
    share_flagged: float
    days: float
    """Mean number of days in the set."""


def measure_alarms(simulate: Simulator, runs: int, seed: int) -> Alarms:
    """Return how often each key finds a turn in series from one simulator.

    >>> from linewatch.stats.simulate import simulate_step
    >>> measure_alarms(lambda rng: simulate_step(rng, 40, size=3), 5, 1).both
    1.0
    """
    found = np.zeros(3)
    for series in _draw(simulate, runs, seed):
        turn = weigh_turn(series.days, series.scores)
        scan = scan_turn(series.days, series.scores, draws=DRAWS)
        found += (scan.p_value <= MOST_CHANCE, turn.p_turn >= LEAST_PROBABILITY, is_established(turn, scan))
    scanned, weighed, both = (float(rate) for rate in found / runs)
    return Alarms(scan=scanned, posterior=weighed, both=both)


def measure_alerts(simulate: Simulator, runs: int, seed: int, *, since: int = 12) -> Alerts:
    """Return how often the live alert is raised in still series that are watched item by item from one on.

    >>> from linewatch.stats.simulate import simulate_none
    >>> measure_alerts(lambda rng: simulate_none(rng, 20), 2, 1).per_item < 0.1
    True
    """
    raised, looks, ever = 0, 0, 0
    for series in _draw(simulate, runs, seed):
        looked = [watch_newest(series.scores[:n]) for n in range(since, series.scores.size + 1)]
        alerts = [found is not None and found.is_alert for found in looked]
        raised += sum(now and not before for before, now in pairwise([False, *alerts]))
        looks, ever = looks + len(alerts), ever + any(alerts)
    return Alerts(per_item=raised / looks, ever=ever / runs)


def measure_mix(n: int, runs: int, seed: int) -> MixAlarms:
    """Return how often a change of voices alone is taken for a turn, and how often it is named as what it is."""
    pooled = stratified = named = 0
    for series in _draw(lambda rng: simulate_mix(rng, n), runs, seed):
        whole = scan_turn(series.days, series.scores, draws=DRAWS)
        within = scan_turn(series.days, series.scores, series.strata, draws=DRAWS)
        stratified += within.p_value <= MOST_CHANCE
        if whole.p_value <= MOST_CHANCE and whole.before is not None:
            pooled += 1
            named += split_change(series.scores, series.strata, whole.before).is_mix
    return MixAlarms(
        pooled=pooled / runs, stratified=stratified / runs, named=named / pooled if pooled else None
    )


def measure_coverage(simulate: Simulator, runs: int, seed: int) -> Coverage:
    """Return how often the 95 % date set holds the planted day, overall and among flagged series."""
    held, flagged, days = [], [], []
    for series in _draw(simulate, runs, seed):
        if series.turn_day is None:
            raise InputError("coverage needs series with a planted turn", hint="simulate a step")
        turn = weigh_turn(series.days, series.scores)
        held.append(any(start < series.turn_day <= end for start, end in turn.date_set))
        flagged.append(turn.p_turn >= LEAST_PROBABILITY)
        days.append(sum(end - start for start, end in turn.date_set))
    sure = [hit for hit, flag in zip(held, flagged, strict=True) if flag]
    return Coverage(
        overall=float(np.mean(held)),
        flagged=float(np.mean(sure)) if sure else None,
        share_flagged=len(sure) / runs,
        days=float(np.mean(days)),
    )


def measure_drift(simulate: Simulator, runs: int, seed: int) -> tuple[float, float]:
    """Return how often a drift is preferred to a turn, and to both a turn and no change."""
    readings = [compare_readings(s.days, s.scores) for s in _draw(simulate, runs, seed)]
    over_turn = sum(r.drift > r.turn for r in readings)
    return over_turn / runs, sum(r.best == "drift" for r in readings) / runs


def measure_ranks(runs: int, seed: int, items: int = 24) -> list[float]:
    """Return, for series drawn from the prior, the posterior mass before the true day: uniform where T1 is exact.

    Simulation-based calibration (Talts et al. 2018, arXiv 1804.06788); days within a gap are told apart at random.
    """
    rng, scale = np.random.default_rng(seed), Scale()
    return [_rank_day(rng, scale, items) for _ in range(runs)]


def _rank_day(rng: np.random.Generator, scale: Scale, items: int) -> float:
    """Return the posterior mass before the true day of one series drawn from the prior."""
    chances = point_chances(scale)
    days = np.sort(rng.choice(YEAR, items, replace=False))
    shape = rng.integers(chances.shape[1])
    before, after = rng.choice(scale.levels.size, 2, p=scale.level_weights)
    turn = int(rng.integers(days[0] + 1, days[-1] + 1))
    scores = [rng.choice(scale.points, p=chances[:, shape, before if day < turn else after]) for day in days]
    moment = turn - rng.random()
    shares = [
        (gap.mass, float(np.clip((moment - gap.start_day) / (gap.end_day - gap.start_day), 0, 1)))
        for gap in weigh_turn(days, scores).gaps
    ]
    return sum(mass * share for mass, share in shares)


def _draw(simulate: Simulator, runs: int, seed: int) -> list[Planted]:
    rng = np.random.default_rng(seed)
    return [simulate(rng) for _ in range(runs)]
