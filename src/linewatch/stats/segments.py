"""T3, the exact posterior of how many times a long series turned and when. T1 in `turns` is its case of one turn."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.ordinal import Floats, Scale, point_chances, spread_scores
from linewatch.stats.turns import Gap, find_date_set

MOST_TURNS = 5
MOST_ITEMS = 4000
"""Two square tables of this many items are kept: about 250 MB."""
_RESCALED = 20  # multiplications between rescalings: .003 ** 20 is far from underflow
_PENALTY = 10.0  # of the reference segmentation that keeps numbers near one; it cancels
Ints = npt.NDArray[np.int64]


class Segmentation(msgspec.Struct, frozen=True, kw_only=True):
    """How often a series turned, and for the likeliest number when."""

    n: int
    numbers: tuple[float, ...]
    """Probabilities of 0, 1, 2, ... turns."""
    likeliest: int
    turns: tuple[tuple[int, int], ...]
    """For the likeliest number, the days that enclose each turn's 95 % date set."""
    most_likely: tuple[Gap, ...]
    """For the likeliest number, the likeliest gap of each turn after the one before it."""
    log_evidences: tuple[float, ...]


def segment_series(
    days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale | None = None, *, most: int = MOST_TURNS
) -> Segmentation:
    """Return the exact posterior of 0 to `most` turns (Fearnhead 2006; Rigaill, Lebarbier & Robin 2012, 22:917).

    Likelihood, grids and shared spread are those of `weigh_turn`; each number of turns is held half as likely as one
    fewer, dates are uniform over calendar days, two turns never in one gap. O(n**2) in time and memory.

    >>> found = segment_series(range(0, 300, 10), [-2] * 10 + [2] * 10 + [-2] * 10)
    >>> found.likeliest, [(gap.start_day, gap.end_day) for gap in found.most_likely]
    (2, [(90, 100), (190, 200)])
    """
    scale = scale or Scale()
    order, when = _sort(days)
    chances = spread_scores(scores, scale)
    if len(chances) != when.size:
        raise InputError(f"{when.size} days but {len(chances)} scores", hint="give one score a day")
    lengths = np.concatenate([[0], np.diff(when)]).astype(np.float64)  # of the gap before each item
    most = min(most, int((lengths > 0).sum()))
    likelihood = np.tensordot(chances[order], point_chances(scale), axes=1)
    share = lengths / max(1.0, lengths.sum())
    found = [_segment(likelihood[:, shape], share, scale, most) for shape in range(likelihood.shape[1])]
    return _describe(found, when, share, most)


class _Shape(msgspec.Struct, frozen=True):
    """One shape's evidences (log), and for each number of turns k and turn m the mass in each gap (over the evidence)."""

    evidences: Floats
    masses: dict[tuple[int, int], Floats]


def _sort(days: npt.ArrayLike) -> tuple[Ints, Ints]:
    when = np.asarray(days)
    if when.ndim != 1 or when.size == 0 or not np.equal(when, np.round(when)).all():
        raise InputError("days are a row of whole numbers", hint="give dates as ordinals")
    if when.size > MOST_ITEMS:
        raise InputError(
            f"{when.size} items are too many for the exact posterior ({MOST_ITEMS})", hint="take them by week"
        )
    order = np.argsort(when, kind="stable")
    return order, when[order].astype(np.int64)


def _segment(likelihood: Floats, share: Floats, scale: Scale, most: int) -> _Shape:
    """Return one shape's forward and backward sums over all segmentations."""
    logs = _log_segments(likelihood, scale.level_weights)
    n = len(likelihood)
    base = _find_reference(logs)
    # table[i, j]: items i .. j - 1 as one segment, relative to the reference
    table = np.exp(np.minimum(logs + base[:n, None] - base[None, :], 700.0))
    forward, backward = [table[0]], [table[:, n]]
    for _ in range(most):
        forward.append((forward[-1][:n] * share) @ table)
        backward.append(table[:, 1:n] @ (share * backward[-1])[1:])
    priors = _weigh_numbers(share, most)
    with np.errstate(divide="ignore"):
        totals = np.log(np.array([one[n] for one in forward])) + base[n] - priors
    totals[0] = logs[0, n]
    masses = {
        (k, m): forward[m - 1][:n] * share * backward[k - m] / max(forward[k][n], 1e-300)
        for k in range(1, most + 1)
        for m in range(1, k + 1)
    }
    return _Shape(totals, masses)


def _log_segments(likelihood: Floats, weights: Floats) -> Floats:
    """Return the log evidence of items i .. j - 1 at one level, for all i < j (elsewhere -inf)."""
    n, logs = len(likelihood), np.full((len(likelihood), len(likelihood) + 1), -np.inf)
    running, offset = np.ones((n, weights.size)), np.zeros(n)
    for j in range(n):
        own = running[: j + 1]
        own *= likelihood[j]
        if j % _RESCALED == 0:
            top = own.max(axis=1)
            own /= top[:, None]
            offset[: j + 1] += np.log(top)
        logs[: j + 1, j + 1] = np.log(own @ weights) + offset[: j + 1]
    return logs


def _find_reference(logs: Floats) -> Floats:
    """Return the log evidence of the best penalised segmentation up to each item: what keeps the sums near one."""
    n = len(logs)
    best = np.zeros(n + 1)
    for j in range(1, n + 1):
        best[j] = (best[:j] + logs[:j, j]).max() - _PENALTY
    return best


def _weigh_numbers(share: Floats, most: int) -> Floats:
    """Return the log of the sum over k distinct gaps of the product of their shares, for k = 0 .. most."""
    sums = np.zeros(most + 1)
    sums[0] = 1.0
    for part in share[share > 0]:
        sums[1:] = sums[1:] + part * sums[:-1]
    logs: Floats = np.log(sums)
    return logs


def _describe(found: list[_Shape], when: Ints, share: Floats, most: int) -> Segmentation:
    """Return the posterior over shapes, numbers and dates."""
    evidences = np.array([one.evidences for one in found])  # shapes x numbers
    top = np.maximum(
        evidences.max(axis=0), -1e300
    )  # a number of turns that no shape can carry has no evidence
    with np.errstate(under="ignore", divide="ignore"):
        averaged = top + np.log(np.exp(evidences - top).mean(axis=0))
        prior = np.log(0.5) * np.arange(most + 1)
        weights = np.exp(averaged + prior - (averaged + prior).max())
        numbers = weights / weights.sum()
        likeliest = int(np.argmax(numbers))
        own = np.exp(evidences[:, likeliest] - top[likeliest])
    own /= own.sum()
    turns: list[tuple[int, int]] = []
    modes: list[Gap] = []
    for m in range(1, likeliest + 1):
        mass = np.sum([w * one.masses[likeliest, m] for w, one in zip(own, found, strict=True)], axis=0)
        gaps = tuple(
            Gap(
                start_day=int(when[i - 1]),
                end_day=int(when[i]),
                before=int(i),
                mass=float(mass[i] / mass.sum()),
            )
            for i in np.flatnonzero(share > 0)
        )
        dates = find_date_set(gaps)
        turns.append((dates[0][0], dates[-1][1]))
        reached = modes[-1].before if modes else 0  # turns come one after the other
        modes.append(max((gap for gap in gaps if gap.before > reached), key=lambda gap: round(gap.mass, 12)))
    return Segmentation(
        n=when.size,
        numbers=tuple(float(p) for p in numbers),
        likeliest=likeliest,
        turns=tuple(turns),
        most_likely=tuple(modes),
        log_evidences=tuple(float(one) if math.isfinite(one) else -math.inf for one in averaged),
    )
