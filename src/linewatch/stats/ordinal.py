"""The likelihood that `turns` and `drift` share: how likely each point of a stance scale is at a level.

An item's level is normal around the line and cut into points, the end points open; a small share of items are
strays that fall on any point (without them seven harsh items and one soft would already look like a turn).
"""

from __future__ import annotations

import functools

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """A stance scale from `low` to `high` and the finite grids of the likelihood.

    Levels run one point past both ends by quarters, with normal weights about the middle (sd 2 on -3..3, a
    third of the width elsewhere).

    >>> Scale().levels.size, Scale().points.tolist()
    (33, [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    """

    low: int = -3
    high: int = 3
    spreads: tuple[float, ...] = (0.5, 0.75, 1.0, 1.5, 2.0)
    strays: tuple[float, ...] = (0.02, 0.1, 0.25)
    step: float = 0.25

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise InputError(f"the scale {self.low}..{self.high} has no width", hint="low is below high")

    @property
    def points(self) -> Floats:
        """The points of the scale."""
        return np.arange(self.low, self.high + 1, dtype=np.float64)

    @property
    def levels(self) -> Floats:
        """The levels the line may stand at."""
        count = round((self.high - self.low + 2) / self.step) + 1
        levels: Floats = self.low - 1 + self.step * np.arange(count, dtype=np.float64)
        return levels

    @property
    def level_weights(self) -> Floats:
        """Prior weights of the levels, summing to one."""
        spread = (self.high - self.low) / 3
        weights: Floats = np.exp(-0.5 * ((self.levels - (self.low + self.high) / 2) / spread) ** 2)
        normed: Floats = weights / weights.sum()
        return normed


@functools.lru_cache(maxsize=8)
def point_chances(scale: Scale) -> Floats:
    """Return the chance of each point in each shape at each level: points x (spreads * strays) x levels."""
    chances = mix_strays(steady_chances(scale, scale.levels), scale)
    chances.flags.writeable = False  # shared by every caller
    return chances


def steady_chances(scale: Scale, levels: Floats) -> Floats:
    """Return the chance of each point without strays: points x spreads x levels."""
    spread = np.array(scale.spreads)[:, None]
    edges = np.concatenate([[-np.inf], scale.points[:-1] + 0.5, [np.inf]])[:, None, None]
    steady: Floats = np.diff(ndtr((edges - levels) / spread), axis=0)
    return steady


def mix_strays(steady: Floats, scale: Scale) -> Floats:
    """Return points x (spreads * strays) x levels from points x spreads x levels."""
    stray = np.array(scale.strays)[:, None]
    mixed = (1 - stray) * steady[:, :, None, :] + stray / scale.points.size
    return mixed.reshape(steady.shape[0], -1, steady.shape[-1])


def spread_scores(scores: npt.ArrayLike, scale: Scale) -> Floats:
    """Return items x points chances: a score between two points is shared by them, chances are checked.

    >>> spread_scores([-3, 1.5], Scale()).tolist()
    [[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0]]
    """
    data = np.asarray(scores, dtype=np.float64)
    if data.ndim == 2:
        return _check_chances(data, scale)
    if data.ndim != 1 or not ((data >= scale.low) & (data <= scale.high)).all():
        raise InputError(f"a score lies outside {scale.low}..{scale.high}", hint="leave uncoded items out")
    spread: Floats = np.maximum(0.0, 1 - np.abs(data[:, None] - scale.points[None, :]))
    return spread


def _check_chances(data: Floats, scale: Scale) -> Floats:
    whole = data.shape[1] == scale.points.size and (data >= 0).all() and np.allclose(data.sum(axis=1), 1)
    if not whole:
        raise InputError(
            f"chances are n rows of {scale.points.size} numbers that sum to one", hint="one row an item"
        )
    return data


def log_chances(chances: Floats) -> Floats:
    """Return logarithms of chances; one too small for a float counts as 1e-300."""
    logs: Floats = np.log(np.maximum(chances, 1e-300))
    return logs


def average_logs(logs: Floats, weights: Floats) -> Floats:
    """Return log of the weighted mean of exponentials along the last axis, without overflow."""
    top = logs.max(axis=-1, keepdims=True)
    scaled = logs - top
    np.exp(scaled, out=scaled)
    averaged: Floats = np.log(scaled @ weights) + top[..., 0]
    return averaged


def even_weights(number: int) -> Floats:
    """Return equal weights that sum to one."""
    return np.full(number, 1 / number)
