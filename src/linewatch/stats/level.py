"""Where the line stood on each day: the exact posterior of its level, over no turn and one turn on every date."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.ordinal import (
    Floats,
    Scale,
    average_logs,
    even_weights,
    log_chances,
    point_chances,
    spread_scores,
)

TAIL = 0.025


class LevelAt(msgspec.Struct, frozen=True, kw_only=True):
    """The level on one day with its 95 % interval, held to the scale."""

    day: int
    mean: float
    low: float
    high: float


def trace_level(
    days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale | None = None
) -> tuple[LevelAt, ...]:
    """Return the posterior level on each day that has an item (model averaging over the models of `weigh_turn`).

    No turn and one turn are held equally likely beforehand; days come in order, each once.

    >>> first, *_, last = trace_level(range(0, 160, 10), [-2] * 8 + [2] * 8)
    >>> round(first.mean), round(last.mean), first.high < last.low
    (-2, 2, True)
    """
    scale = scale or Scale()
    when = np.asarray(days, dtype=np.int64)
    order = np.argsort(when, kind="stable")
    when, chances = when[order], spread_scores(scores, scale)[order]
    splits = np.flatnonzero(np.diff(when)) + 1
    logs = log_chances(np.tensordot(chances, point_chances(scale), axes=1))  # items x shapes x levels
    total = np.cumsum(logs, axis=0)
    starts = np.concatenate([[0], splits])
    posterior = _average(total, splits, np.diff(when)[splits - 1], scale)
    return tuple(_describe(int(day), own, scale) for day, own in zip(when[starts], posterior, strict=True))


def _average(
    total: Floats, splits: npt.NDArray[np.int64], gaps: npt.NDArray[np.int64], scale: Scale
) -> Floats:
    """Return the chance of each level on each day: days x levels."""
    weights = scale.level_weights
    still: Floats = _share(total[-1][None], np.zeros((1, total.shape[1])), weights)[0]
    if not splits.size:
        return still[None]
    head = total[splits - 1]
    tail = total[-1] - head
    early, late = average_logs(head, weights), average_logs(tail, weights)  # splits x shapes
    shapes = even_weights(total.shape[1])
    evidence = average_logs(early + late, shapes)
    prior = gaps / gaps.sum()
    none = float(average_logs(average_logs(total[-1], weights), shapes))
    turn = float(average_logs(evidence, prior))
    p_turn = 1 / (1 + np.exp(none - turn))
    mass = (prior * np.exp(evidence - turn))[:, None]
    before, after = mass * _share(head, late, weights), mass * _share(tail, early, weights)
    # On the first day every split lies ahead; each later day has one more behind it.
    ahead = np.concatenate([np.cumsum(before[::-1], axis=0)[::-1], np.zeros((1, weights.size))])
    behind = np.concatenate([np.zeros((1, weights.size)), np.cumsum(after, axis=0)])
    averaged: Floats = (1 - p_turn) * still + p_turn * (ahead + behind)
    return averaged


def _share(logs: Floats, other: Floats, weights: Floats) -> Floats:
    """Return the chance of each level on one side of each split, the other side's evidence weighing the shapes."""
    joint = logs + other[:, :, None] + log_chances(weights)
    joint = np.exp(joint - joint.max(axis=(1, 2), keepdims=True)).sum(axis=1)
    shared: Floats = joint / joint.sum(axis=1, keepdims=True)
    return shared


def _describe(day: int, chances: Floats, scale: Scale) -> LevelAt:
    levels, reached = np.clip(scale.levels, scale.low, scale.high), np.cumsum(chances)
    low, high = (
        float(levels[int(np.searchsorted(reached, tail * reached[-1]))]) for tail in (TAIL, 1 - TAIL)
    )
    return LevelAt(day=day, mean=float(chances @ levels), low=low, high=high)
