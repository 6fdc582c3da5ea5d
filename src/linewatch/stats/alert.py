"""A live alert: do the newest items lie on a new level? An alert is a reason to look and never a turn (`turns`, `scan`)."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.stats.ordinal import Floats, Scale, point_chances, spread_scores

HAZARD = 0.01
"""How often an item begins a new level, held beforehand."""
RECENT = 6
"""So many of the newest items are asked about."""
LEAST_ITEMS, LEAST_NEW, LEAST_CHANCE = 8, 2, 0.5
_LEVELS = 0.5
_MEMORY = 200
"""So many items back a level may have begun; older ones count as begun there."""


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest items of a series say."""

    chance: float
    """P(a new level began within the newest items)."""
    items: int
    """The likeliest number of items on it."""
    rise: float
    """Their mean score less that of the items on the level before."""
    is_alert: bool


def watch_newest(scores: npt.ArrayLike, scale: Scale | None = None) -> Newest | None:
    """Return what the newest items say by the run-length posterior (Adams & MacKay 2007, arXiv 0710.3742).

    `scores` are in order of date; None below eight items. An alert asks for a chance of 0.5 and two items or more.

    >>> watch_newest([-2] * 20 + [2, 2, 2]).is_alert, watch_newest([-2] * 20 + [2]).is_alert
    (True, False)
    """
    scale = msgspec.structs.replace(scale or Scale(), step=_LEVELS)
    chances = spread_scores(scores, scale)
    if len(chances) < LEAST_ITEMS:
        return None
    runs = _weigh_runs(chances, scale)
    recent = runs[:RECENT]
    items = int(np.argmax(recent)) + 1
    values = chances @ scale.points
    begun = _find_level_before(chances[:-items], scale)
    before = values[:-items][-begun:]
    chance = float(recent.sum())
    return Newest(
        chance=chance,
        items=items,
        rise=float(values[-items:].mean() - before.mean()),
        is_alert=chance >= LEAST_CHANCE and items >= LEAST_NEW,
    )


def _weigh_runs(chances: Floats, scale: Scale) -> Floats:
    """Return the probability that the newest 1, 2, ... items are all there are of the present level."""
    likelihood = np.tensordot(chances, point_chances(scale), axes=1)  # items x shapes x levels
    likelihood = likelihood.reshape(len(chances), -1)
    shapes = likelihood.shape[1] // scale.level_weights.size
    fresh = np.tile(scale.level_weights, shapes) / shapes
    states, runs = (fresh * likelihood[0])[None], np.ones(1)
    states /= states.sum()
    for own in likelihood[1:]:
        weighed = np.concatenate([fresh[None], states]) * own
        fit = weighed.sum(axis=1)
        runs = np.concatenate([[HAZARD * runs.sum()], (1 - HAZARD) * runs]) * fit
        runs, states = runs[:_MEMORY] / runs[:_MEMORY].sum(), (weighed / fit[:, None])[:_MEMORY]
    return runs


def _find_level_before(chances: Floats, scale: Scale) -> int:
    """Return how many of the items before the newest level share the level before it."""
    return int(np.argmax(_weigh_runs(chances, scale))) + 1
