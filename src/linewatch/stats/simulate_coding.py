"""Simulated items that a machine and some people coded, with errors planted by period: what the estimators are held to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from linewatch.stats.estimate import Cell, Estimate, Interval, estimate_change
from linewatch.stats.ordinal import Floats
from linewatch.stats.simulate import HIGH, LOW

LEVELS = (-1.2, -0.2)
SPREAD = 1.2
NOISE = 0.7


class Faults(NamedTuple):
    """How the machine errs by period, in points, and how alike the passages of an item are (ICC)."""

    before: float = 0.5
    after: float = 0.2
    alike: float = 0.5


USUAL = Faults()


class Truth(NamedTuple):
    """Two periods of one outlet and the true change of its mean."""

    before: Cell
    after: Cell
    change: float


class Hits(NamedTuple):
    """How often an interval held the truth, and its mean width."""

    rate: float
    width: float


def simulate_coding(
    rng: np.random.Generator,
    items: int,
    labelled: int,
    *,
    faults: Faults = USUAL,
    is_picked: bool = False,
) -> Truth:
    """Return two periods of `items` items each, `labelled` of them drawn at random and coded by people.

    An item has 1-8 passages, whose scores correlate. With `is_picked` the people coded the softest items by the machine, and no chance of being drawn is known.
    """
    cells = []
    for level, skew in zip(LEVELS, faults[:2], strict=True):
        human, machine = _code_items(rng, items, level, skew, faults.alike)
        chosen = np.argsort(-machine)[:labelled] if is_picked else rng.choice(items, labelled, replace=False)
        drawn = np.isin(np.arange(items), chosen)
        cells.append(
            Cell(
                machine=tuple(float(z) for z in machine),
                human=tuple(float(y) if one else None for y, one in zip(human, drawn, strict=True)),
                chances=None if is_picked else (labelled / items,) * items,
            )
        )
    return Truth(before=cells[0], after=cells[1], change=_true_mean(LEVELS[1]) - _true_mean(LEVELS[0]))


def _code_items(
    rng: np.random.Generator, items: int, level: float, skew: float, alike: float
) -> tuple[Floats, Floats]:
    """Return each item's mean score by people and by the machine."""
    passages = rng.integers(1, 9, items)
    shared = np.repeat(SPREAD * np.sqrt(alike) * rng.normal(size=items), passages)
    latent = level + shared + SPREAD * np.sqrt(1 - alike) * rng.normal(size=passages.sum())
    human = np.clip(np.round(latent), LOW, HIGH)
    machine = np.clip(np.round(latent + skew + NOISE * rng.normal(size=latent.size)), LOW, HIGH)
    starts = np.concatenate([[0], np.cumsum(passages)[:-1]])
    return np.add.reduceat(human, starts) / passages, np.add.reduceat(machine, starts) / passages


def _true_mean(level: float) -> float:
    """Return the mean of a normal score rounded and cut to the scale, whatever the passages share."""
    points = np.arange(LOW, HIGH + 1)
    edges = np.concatenate([[-np.inf], points[:-1] + 0.5, [np.inf]])
    return float(np.diff(ndtr((edges - level) / SPREAD)) @ points)


def measure_hits(
    items: int,
    labelled: int,
    runs: int,
    seed: int,
    *,
    weight: float | None = 1.0,
    faults: Faults = USUAL,
) -> dict[str, Hits]:
    """Return how often each estimator's 95 % interval of the change held the truth: corrected, labels only, naive."""
    rng = np.random.default_rng(seed)
    found: dict[str, list[tuple[bool, float]]] = {"corrected": [], "labels only": [], "naive": []}
    for _ in range(runs):
        truth = simulate_coding(rng, items, labelled, faults=faults)
        change = estimate_change(truth.before, truth.after, weight=weight)
        naive = _trust_machine(truth)
        for name, interval in (
            ("corrected", change.corrected),
            ("labels only", change.labels_only),
            ("naive", naive.labels_only),
        ):
            if interval is not None:
                found[name].append(_hit(interval, truth.change))
    return {name: _average(hits) for name, hits in found.items() if hits}


def _trust_machine(truth: Truth) -> Estimate:
    """Return the change as if the machine's scores were people's."""
    cells = [Cell(machine=cell.machine, human=cell.machine) for cell in (truth.before, truth.after)]
    return estimate_change(*cells)


def _hit(interval: Interval, truth: float) -> tuple[bool, float]:
    return interval.low <= truth <= interval.high, interval.width


def _average(hits: list[tuple[bool, float]]) -> Hits:
    return Hits(float(np.mean([hit for hit, _ in hits])), float(np.mean([width for _, width in hits])))
