"""T1, the exact posterior of one turn in a dated ordinal series. No sampling and no seed: finite sums.

The second key, the permutation scan, is in `scan`; gradual change is in `drift`.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import expit

from linewatch.errors import InputError
from linewatch.stats.ordinal import (
    Floats,
    Scale,
    average_logs,
    even_weights,
    log_chances,
    point_chances,
    spread_scores,
)

PRIORS = (0.5, 0.2, 0.1)
HPD = 0.95


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch between neighbouring items: the turn took effect after `start_day` and by `end_day`."""

    start_day: int
    end_day: int
    before: int
    """Items up to and on `start_day`."""
    mass: float
    """Posterior probability, given that there was one turn."""


class TurnPosterior(msgspec.Struct, frozen=True, kw_only=True):
    """What a series says of one turn: whether (Bayes factor, probabilities), when (gaps), and how far."""

    n: int
    bayes_factor: float
    """Evidence for one turn over none; held at e**700 where it would overflow."""
    p_turn: float
    """Probability of a turn when it was held 1 in 2 beforehand."""
    p_turn_at_20: float
    p_turn_at_10: float
    log_evidence_none: float
    log_evidence_turn: float
    gaps: tuple[Gap, ...]
    date_set: tuple[tuple[int, int], ...]
    """The 95 % highest-density set as (start day, end day), whole gaps, neighbours joined."""
    interval: tuple[int, int]
    """The days that enclose the date set; never narrower than the gap between two items."""
    most_likely: Gap
    mean_before: float
    """Mean score of the items before the most likely gap."""
    mean_after: float


def weigh_turn(days: npt.ArrayLike, scores: npt.ArrayLike, scale: Scale | None = None) -> TurnPosterior:
    """Return the exact posterior of one turn against none (Fearnhead 2006, Statistics and Computing 16:203).

    `days` are integers; `scores` are n numbers on the scale or n x points chances when coders were unsure; 1.5
    counts half as 1 and half as 2. The level before and after has a discretised normal prior; spread and the
    share of stray items are shared by both sides; the date is uniform over calendar days, so items of one day
    are never parted. Raises InputError on fewer than two days: there is nothing to date.

    >>> result = weigh_turn(range(0, 80, 10), [-2] * 7 + [1])
    >>> round(result.bayes_factor, 1), round(result.p_turn, 2)
    (2.3, 0.7)
    >>> result.most_likely.start_day, result.most_likely.end_day, result.interval
    (60, 70, (0, 70))
    """
    scale = scale or Scale()
    order, when = _sort_days(days)
    chances = spread_scores(scores, scale)
    if len(chances) != len(when):
        raise InputError(f"{len(when)} days but {len(chances)} scores", hint="give one score a day")
    chances = chances[order]
    splits = np.flatnonzero(np.diff(when)) + 1
    if splits.size == 0:
        raise InputError("a turn needs items on two days or more", hint="describe the items instead")
    prior = np.diff(when)[splits - 1] / (when[-1] - when[0])
    none, turns = _log_evidences(chances, splits, scale)
    turn = float(average_logs(turns, prior))
    gaps = tuple(
        Gap(start_day=int(when[k - 1]), end_day=int(when[k]), before=int(k), mass=float(mass))
        for k, mass in zip(splits, prior * np.exp(turns - turn), strict=True)
    )
    values = chances @ scale.points
    modal = max(gaps, key=lambda gap: round(gap.mass, 12))  # the earliest where chances are equal
    means = float(values[: modal.before].mean()), float(values[modal.before :].mean())
    return summarise_gaps(gaps, modal, (none, turn), len(values), means)


def _sort_days(days: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    when = np.asarray(days)
    if when.ndim != 1 or when.size == 0 or not np.equal(when, np.round(when)).all():
        raise InputError(
            "days are a row of whole numbers", hint="give dates as ordinals, e.g. date.toordinal()"
        )
    order = np.argsort(when, kind="stable")
    return order, when[order].astype(np.int64)


def _log_evidences(chances: Floats, splits: npt.NDArray[np.int64], scale: Scale) -> tuple[float, Floats]:
    """Return the log evidence of no turn and of a turn at each split."""
    likelihood = log_chances(np.tensordot(chances, point_chances(scale), axes=1))  # items x shapes x levels
    total = np.cumsum(likelihood, axis=0)
    head = total[splits - 1]
    before = average_logs(head, scale.level_weights)
    after = average_logs(np.subtract(total[-1], head, out=head), scale.level_weights)
    whole = average_logs(total[-1], scale.level_weights)
    shapes = even_weights(whole.size)
    return float(average_logs(whole, shapes)), average_logs(before + after, shapes)


def summarise_gaps(
    gaps: tuple[Gap, ...], modal: Gap, evidences: tuple[float, float], n: int, means: tuple[float, float]
) -> TurnPosterior:
    """Return the posterior from its gaps, the log evidences of none and of one turn, and the mean scores."""
    dates, (none, turn) = find_date_set(gaps), evidences
    even, fifth, tenth = (float(expit(turn - none + math.log(p / (1 - p)))) for p in PRIORS)
    return TurnPosterior(
        n=n,
        bayes_factor=math.exp(min(turn - none, 700.0)),
        p_turn=even,
        p_turn_at_20=fifth,
        p_turn_at_10=tenth,
        log_evidence_none=none,
        log_evidence_turn=turn,
        gaps=gaps,
        date_set=dates,
        interval=(dates[0][0], dates[-1][1]),
        most_likely=modal,
        mean_before=means[0],
        mean_after=means[1],
    )


def find_date_set(gaps: tuple[Gap, ...], level: float = HPD) -> tuple[tuple[int, int], ...]:
    """Return the smallest set of whole gaps with that much of the mass, densest days first, equals together."""
    mass = np.array([gap.mass for gap in gaps])
    density = mass / np.array([gap.end_day - gap.start_day for gap in gaps])
    order = np.argsort(-density, kind="stable")
    last = int(np.searchsorted(np.cumsum(mass[order]), level * mass.sum()))
    chosen = density >= density[order[last]] * (1 - 1e-9)
    joined: list[tuple[int, int]] = []
    for gap, kept in zip(gaps, chosen, strict=True):
        if kept and joined and joined[-1][1] == gap.start_day:
            joined[-1] = (joined[-1][0], gap.end_day)
        elif kept:
            joined.append((gap.start_day, gap.end_day))
    return tuple(joined)
