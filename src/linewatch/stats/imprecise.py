"""T1 on items whose dates are only known as intervals: the turn's posterior, summed over every day each may lie on.

With all dates known to the day this is `turns`. An item without any date is an interval over the whole series.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError
from linewatch.stats.constraints import Pairs, Parted, list_parted
from linewatch.stats.ordinal import (
    Floats,
    Scale,
    average_logs,
    even_weights,
    log_chances,
    point_chances,
    spread_scores,
)
from linewatch.stats.turns import Gap, TurnPosterior, summarise_gaps, weigh_turn

Days = tuple[int, int]
Ints = npt.NDArray[np.int64]
_WORK = 24_000
"""Cells times uncertain items beyond which days are taken together: about two seconds."""
_CHUNK = 40
"""Likelihoods multiplied before a logarithm is taken; .003 ** 40 is far from underflow."""
MOST_WAYS, LEAST_WAY = 256, 1e-15
"""Groups of items are told apart together while a turn parts them in so many ways; beyond, the last ones count by their chances."""
SURE = 0.9
"""An item stands on a side when it lies there with this chance."""


class Ways(msgspec.Struct, frozen=True):
    """How one stretch of days can part the items: each way's chances of lying before, and the log chance of the way."""

    before: Floats
    logs: Floats


class Cells(msgspec.Struct, frozen=True):
    """Stretches of days for the turn: it took effect after `starts` and by `ends`; `before` is cells x items."""

    starts: Ints
    ends: Ints
    before: Floats
    """The chance that each item came before the new line."""
    ways: tuple[Ways, ...] = ()
    """For each cell, how it can part items whose order is said; empty where nothing is said."""


def weigh_spans(
    spans: Sequence[Days], scores: npt.ArrayLike, scale: Scale | None = None, said: Pairs = ()
) -> TurnPosterior:
    """Return the posterior of one turn, each item lying on any day (first, last) of its span with equal chance.

    `said` are pairs of places (a, b): the sources say that a came before b, and only such days are summed over.

    The date is uniform over calendar days as in `weigh_turn`; an item that may lie on either side of it counts on
    both with its chances (a mixture, not the middle of its dates). Exact day by day while the work is small, else
    neighbouring days are taken together. Raises InputError where no day can part two items.

    A loosely dated soft item among harsh ones before and soft ones after tells less of the date than a dated one:

    >>> dated = weigh_spans([(day, day) for day in range(0, 80, 10)], [-2] * 4 + [2] * 4)
    >>> loose = weigh_spans([(day, day) for day in range(0, 80, 10) if day != 40] + [(0, 70)], [-2] * 4 + [2] * 4)
    >>> dated.interval, loose.interval
    ((30, 40), (30, 50))
    """
    scale = scale or Scale()
    chances = spread_scores(scores, scale)
    if len(spans) != len(chances):
        raise InputError(f"{len(spans)} dates but {len(chances)} scores", hint="give one score a date")
    if all(first == last for first, last in spans):
        return weigh_turn([first for first, _ in spans], chances, scale)
    cells = cut_cells(spans, said)
    prior = (cells.ends - cells.starts) / (cells.ends[-1] - cells.starts[0])
    none, turns = _log_evidences(chances, cells, scale)
    turn = float(average_logs(turns, prior))
    values = chances @ scale.points
    gaps = tuple(
        Gap(start_day=int(start), end_day=int(end), before=int((own >= SURE).sum()), mass=float(mass))
        for start, end, own, mass in zip(
            cells.starts, cells.ends, cells.before, prior * np.exp(turns - turn), strict=True
        )
    )
    likeliest = int(np.argmax([round(gap.mass / (gap.end_day - gap.start_day), 12) for gap in gaps]))
    own = cells.before[likeliest]
    means = float(own @ values / own.sum()), float((1 - own) @ values / (1 - own).sum())
    found = summarise_gaps(gaps, gaps[likeliest], (none, turn), len(values), means)
    return msgspec.structs.replace(found, interval=widen_days(found.interval, spans))


def chance_before(span: Days, gap: Gap) -> float:
    """Return the chance that an item of this span came before a turn in this gap.

    >>> gap = Gap(start_day=4, end_day=6, before=1, mass=1.0)
    >>> [chance_before(span, gap) for span in [(3, 3), (6, 6), (4, 7)]]
    [1.0, 0.0, 0.375]
    """
    middle = (gap.start_day + 1 + gap.end_day) / 2
    return min(1.0, max(0.0, (middle - span[0]) / (span[1] + 1 - span[0])))


def chances_before(spans: Sequence[Days], gap: Gap, said: Pairs = ()) -> list[float]:
    """Return the chance of each item that it came before a turn in this gap, given what is said of their order.

    >>> gap = Gap(start_day=4, end_day=6, before=1, mass=1.0)
    >>> [round(chance, 2) for chance in chances_before([(4, 7), (4, 7)], gap, [(0, 1)])]
    [0.61, 0.14]
    """
    found = [chance_before(span, gap) for span in spans]
    for parted in list_parted(spans, said, np.array([(gap.start_day + 1 + gap.end_day) / 2])):
        for item, chance in zip(parted.items, (parted.chances @ parted.sides)[0], strict=True):
            found[item] = round(float(chance), 12)
    return found


def cut_cells(spans: Sequence[Days], said: Pairs = ()) -> Cells:
    """Return the stretches of days in which a turn can lie, cut where the chance of an item's side changes.

    >>> cells = cut_cells([(0, 0), (5, 6), (9, 9)])
    >>> cells.starts.tolist(), cells.ends.tolist(), cells.before.tolist()
    ([0, 5, 6], [5, 6, 9], [[1.0, 0.0, 0.0], [1.0, 0.5, 0.0], [1.0, 1.0, 0.0]])
    """
    first, last = (np.array(side, dtype=np.int64) for side in zip(*spans, strict=True))
    if (first > last).any():
        raise InputError("a date ends before it begins", hint="give (first day, last day)")
    begin, end = int(first.min()), int(last.max())
    if begin == end or len(spans) < 2:
        raise InputError("a turn needs items on two days or more", hint="describe the items instead")
    edges = np.unique(np.concatenate([first, last, _list_inner(first, last)]))
    edges = edges[(edges >= begin) & (edges <= end)]
    starts, ends = edges[:-1], edges[1:]
    # A turn on day t has an item before it with the chance that its day is t - 1 or earlier; a cell holds the days
    # starts + 1 .. ends, over which this chance is averaged.
    middle = (starts + 1 + ends) / 2
    before = np.clip((middle[:, None] - first) / (last + 1 - first), 0, 1)
    parted = list_parted(spans, said, middle) if said else ()
    ways = [_list_ways(own, parted, n) for n, own in enumerate(before)] if parted else []
    for one in parted:
        before[:, one.items] = np.round(one.chances @ one.sides, 12)
    possible = (before.max(axis=1) > 0) & (before.min(axis=1) < 1)
    if not possible.any():
        raise InputError("a turn needs items on two days or more", hint="describe the items instead")
    kept = tuple(way for way, is_kept in zip(ways, possible, strict=False) if is_kept)
    return Cells(starts[possible], ends[possible], before[possible], kept)


def _list_ways(before: Floats, parted: Sequence[Parted], cell: int) -> Ways:
    """Return the ways in which one cell parts the items, each group of them by itself; too many are not told apart."""
    rows, logs = before[None, :], np.zeros(1)
    for one in parted:
        likely = np.flatnonzero(one.chances[cell] > LEAST_WAY)
        if likely.size * len(rows) > MOST_WAYS:
            rows = rows.copy()
            rows[:, one.items] = np.round(one.chances[cell] @ one.sides, 12)
            continue
        count = len(rows)
        rows, logs = np.repeat(rows, likely.size, axis=0), np.repeat(logs, likely.size)
        rows[:, one.items] = np.tile(one.sides[likely], (count, 1))
        logs = logs + np.tile(np.log(one.chances[cell][likely]), count)
    return Ways(rows, logs)


def _list_inner(first: Ints, last: Ints) -> Ints:
    """Return the days inside loose spans, all of them or, where that is too much work, every so many."""
    loose = first < last
    if not loose.any():
        return np.empty(0, dtype=np.int64)
    days = np.arange(int(first[loose].min()), int(last[loose].max()) + 1)
    uncertain = sum((days >= a) & (days <= b) for a, b in zip(first[loose], last[loose], strict=True))
    stride = max(1, -(-int(np.sum(uncertain)) // _WORK))
    inner: Ints = days[uncertain > 0][::stride]
    return inner


def _log_evidences(chances: Floats, cells: Cells, scale: Scale) -> tuple[float, Floats]:
    """Return the log evidence of no turn and of a turn in each cell."""
    likelihood = np.tensordot(chances, point_chances(scale), axes=1)  # items x shapes x levels
    logs = log_chances(likelihood)
    whole = average_logs(logs.sum(axis=0), scale.level_weights)
    shapes = even_weights(whole.size)
    turns = sum_ways(
        cells, lambda own: average_logs(_weigh_cell(likelihood, logs, own, scale.level_weights), shapes)
    )
    return float(average_logs(whole, shapes)), turns


def sum_ways(cells: Cells, weigh: Callable[[Floats], Floats]) -> Floats:
    """Return the log evidence of a turn in each cell, `weigh` giving that of one way to part the items."""
    if not cells.ways:
        return np.array([weigh(own) for own in cells.before])
    found = [
        np.logaddexp.reduce([log + weigh(own) for own, log in zip(ways.before, ways.logs, strict=True)])
        for ways in cells.ways
    ]
    return np.array(found)


def _weigh_cell(likelihood: Floats, logs: Floats, before: Floats, weights: Floats) -> Floats:
    """Return the log evidence of a turn in one cell for each shape."""
    head, tail = logs[before >= 1].sum(axis=0), logs[before <= 0].sum(axis=0)
    loose = np.flatnonzero((before > 0) & (before < 1))
    if not loose.size:
        return average_logs(head, weights) + average_logs(tail, weights)
    both = head[:, :, None] + tail[:, None, :]  # shapes x level before x level after
    for start in range(0, loose.size, _CHUNK):
        mixed = np.ones_like(both)
        for item in loose[start : start + _CHUNK]:
            own = likelihood[item]
            mixed *= before[item] * own[:, :, None] + (1 - before[item]) * own[:, None, :]
        both += log_chances(mixed)
    return average_logs(average_logs(both, weights), weights)


def widen_days(days: Days, spans: Sequence[Days]) -> Days:
    """Return days that begin and end where an item's dates do: no date is told closer than the items are.

    >>> widen_days((30, 31), [(0, 0), (1, 31), (31, 31), (40, 50)])
    (1, 31)
    """
    start = max((first for first, _ in spans if first <= days[0]), default=days[0])
    end = min((last for _, last in spans if last >= days[1]), default=days[1])
    return start, end
