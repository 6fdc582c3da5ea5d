"""T1 over several outlets: a turn that all of them share against outlets that differ and stand still.

Every outlet has a level of its own, so that a change in which outlet speaks is no turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.constraints import Pairs
from linewatch.stats.imprecise import Cells, Days, cut_cells, sum_ways, weigh_spans, widen_days
from linewatch.stats.ordinal import (
    Floats,
    Scale,
    average_logs,
    even_weights,
    log_chances,
    point_chances,
    spread_scores,
)
from linewatch.stats.turns import Gap, TurnPosterior, summarise_gaps

Reading = Literal["none", "turn", "voices"]
COARSE = 0.5  # step of levels and of the common shift
Ints = npt.NDArray[np.int64]


class Voices(msgspec.Struct, frozen=True, kw_only=True):
    """What a series of several outlets says of one turn, and how it would read with the outlets forgotten."""

    turn: TurnPosterior
    """One common shift of all outlets against none, each outlet with a level of its own."""
    p_turn_pooled: float
    """Probability of a turn with the outlets forgotten."""
    reading: Reading
    """`voices` where a turn is likely only with the outlets forgotten."""


def weigh_voices(
    spans: Sequence[Days],
    scores: npt.ArrayLike,
    outlets: Sequence[object],
    scale: Scale | None = None,
    said: Pairs = (),
) -> Voices:
    """Return the posterior of one common shift with outlet offsets (a fixed-effects form of Fearnhead 2006).

    The shift has the prior of the difference of two levels. An outlet heard on one side only says nothing of it.

    Harsh films of one outlet, then soft editorials of another: forgotten outlets make a turn, outlets kept make none.

    >>> spans = [(day, day) for day in range(0, 160, 10)]
    >>> voices = weigh_voices(spans, [-2] * 8 + [1] * 8, ["pier"] * 8 + ["lamp"] * 8)
    >>> voices.p_turn_pooled > 0.9, voices.turn.p_turn < 0.6, voices.reading
    (True, True, 'voices')
    """
    coarse = msgspec.structs.replace(scale or Scale(), step=COARSE)
    chances = spread_scores(scores, coarse)
    if not len(spans) == len(chances) == len(outlets):
        raise InputError("dates, scores and outlets differ in length", hint="one row an item")
    pooled = weigh_spans(spans, chances, scale, said)
    cells = cut_cells(spans, said)
    prior = (cells.ends - cells.starts) / (cells.ends[-1] - cells.starts[0])
    none, turns = _log_evidences(chances, cells, _number(outlets), coarse)
    turn = float(average_logs(turns, prior))
    gaps = tuple(
        Gap(start_day=int(start), end_day=int(end), before=round(float(own.sum())), mass=float(mass))
        for start, end, own, mass in zip(
            cells.starts, cells.ends, cells.before, prior * np.exp(turns - turn), strict=True
        )
    )
    density = [gap.mass if _is_dated(spans) else gap.mass / (gap.end_day - gap.start_day) for gap in gaps]
    likeliest = int(np.argmax(np.round(density, 12)))
    means = _mean_within(chances @ coarse.points, cells.before[likeliest], _number(outlets))
    found = summarise_gaps(gaps, gaps[likeliest], (none, turn), len(chances), means)
    found = msgspec.structs.replace(found, interval=widen_days(found.interval, spans))
    return Voices(turn=found, p_turn_pooled=pooled.p_turn, reading=_read(found.p_turn, pooled.p_turn))


def _is_dated(spans: Sequence[Days]) -> bool:
    return all(first == last for first, last in spans)


def _read(within: float, pooled: float) -> Reading:
    if within >= 0.5:
        return "turn"
    return "voices" if pooled >= 0.5 else "none"


def _number(outlets: Sequence[object]) -> Ints:
    names: dict[object, int] = {}
    return np.array([names.setdefault(outlet, len(names)) for outlet in outlets], dtype=np.int64)


def _log_evidences(chances: Floats, cells: Cells, groups: Ints, scale: Scale) -> tuple[float, Floats]:
    """Return the log evidence of no shift and of a common shift in each cell."""
    likelihood = np.tensordot(chances, point_chances(scale), axes=1)  # items x shapes x levels
    logs = log_chances(likelihood)
    places, weights = _list_shifts(scale)
    shapes = even_weights(logs.shape[1])
    own = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    still = sum(average_logs(logs[items].sum(axis=0), scale.level_weights) for items in own)

    def weigh(side: Floats) -> Floats:
        parts = [_weigh_outlet(likelihood[i], logs[i], side[i], places, scale) for i in own]
        return average_logs(average_logs(np.sum(parts, axis=0), weights), shapes)

    return float(average_logs(np.asarray(still), shapes)), sum_ways(cells, weigh)


def _list_shifts(scale: Scale) -> tuple[Ints, Floats]:
    """Return, for each shift, the place of the level after a shift of each level (ends held), and its prior weight."""
    count = scale.levels.size
    steps = np.arange(-(count - 1), count)
    places = np.clip(np.arange(count) + steps[:, None], 0, count - 1)
    spread = np.sqrt(2) * (scale.high - scale.low) / 3
    weights = np.exp(-0.5 * (steps * scale.step / spread) ** 2)
    return places, weights / weights.sum()


def _weigh_outlet(likelihood: Floats, logs: Floats, before: Floats, places: Ints, scale: Scale) -> Floats:
    """Return the log evidence of one outlet's items at each shape and shift, for a turn in one cell."""
    head = logs[before >= 1].sum(axis=0)[:, None, :]
    both = head + logs[before <= 0].sum(axis=0)[:, places]  # shapes x shifts x levels
    for item in np.flatnonzero((before > 0) & (before < 1)):
        own, share = likelihood[item], before[item]
        both = both + log_chances(share * own[:, None, :] + (1 - share) * own[:, places])
    return average_logs(both, scale.level_weights)


def _mean_within(values: Floats, before: Floats, groups: Ints) -> tuple[float, float]:
    """Return the mean scores before and after over outlets on both sides, at average weights; over all where none is."""
    sides = []
    shared = [
        own
        for group in range(groups.max() + 1)
        if before[own := groups == group].max() >= 0.5 and before[own].min() < 0.5
    ] or [np.ones(groups.size, dtype=bool)]
    for share in (before, 1 - before):
        means = [float(share[own] @ values[own] / share[own].sum()) for own in shared]
        sides.append(float(np.average(means, weights=[own.sum() for own in shared])))
    return sides[0], sides[1]
