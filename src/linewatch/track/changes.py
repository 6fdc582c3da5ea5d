"""How far an outlet moved about its likeliest date: E3 to E6 on what people coded, E2 and E3 with a machine's scores corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from linewatch.model import Change, Estimated, Point, Turn, Value, When
from linewatch.stats.compare import FEWEST, FEWEST_RESAMPLED, compare_ordinal, resample_items, share_of
from linewatch.stats.estimate import Cell, Interval, estimate_change
from linewatch.stats.ordinal import Floats, Scale

LOW, HIGH = 2, 1
"""Points below and above the middle of the scale at which an item is counted among the low, and among the high."""
LIKELY = 0.5
"""Without a turn at least this likely there is no date to compare about."""
DRAWS = 1999


T = TypeVar("T", Point, "Scored")


class Scored(Value, frozen=True, kw_only=True):
    """One item as a machine scored it, and as people did where it was drawn for them."""

    outlet: str | None
    date: When | None
    machine: float
    human: float | None = None
    chance: float | None = None
    """With what chance it was drawn for people to code; None where that is not known."""


class Sample(Value, frozen=True, kw_only=True):
    """Which coders are machines, and with what chance each item was drawn for people to code."""

    machines: tuple[str, ...] = ()
    chances: dict[str, float] = {}  # noqa: RUF012 - msgspec copies empty defaults
    """By the item's id; an item that is not named was not drawn at random."""


def score_points(machines: Sequence[Point], people: Sequence[Point], sample: Sample) -> tuple[Scored, ...]:
    """Return the items that machines scored, with what people said of them; a score is an item's, as on the line."""
    human = {point.item: point.score for point in people}
    return tuple(
        Scored(
            outlet=point.outlet,
            date=point.date,
            machine=point.score,
            human=human.get(point.item),
            chance=sample.chances.get(point.item),
        )
        for point in machines
    )


def describe_change(
    turn: Turn, points: Sequence[Point], scored: Sequence[Scored], scale: Scale
) -> Change | None:
    """Return how one outlet moved about the likeliest date of its series; None where it has none.

    The same items chose the date, so every interval is too sure of itself by that.
    """
    if turn.most_likely is None:
        return None
    before, after = ([point.score for point in side] for side in _part_by_date(points, turn.most_likely))
    found = Change(outlet=turn.series, before=len(before), after=len(after))
    if min(len(before), len(after)) >= FEWEST and (turn.p_turn or 0) >= LIKELY:
        found = _compare(found, before, after, scale)
    return _correct(found, *_part_by_date(scored, turn.most_likely))


def _part_by_date(items: Sequence[T], gap: tuple[date, date]) -> tuple[list[T], list[T]]:
    """Return the items that surely came before a gap and those that surely came after."""
    dated = [(one, one.date) for one in items if one.date is not None]
    return (
        [one for one, when in dated if when.latest is not None and when.latest <= gap[0]],
        [one for one, when in dated if when.earliest is not None and when.earliest >= gap[1]],
    )


def _compare(found: Change, before: list[float], after: list[float], scale: Scale) -> Change:
    ordinal = compare_ordinal(before, after, draws=DRAWS)
    middle = (scale.low + scale.high) / 2
    return replace(
        found,
        mean=_compare_means(before, after),
        higher=Estimated(value=ordinal.value, low=ordinal.low, high=ordinal.high),
        higher_p=ordinal.p_value,
        low=(share_of(before, at_most=middle - LOW), share_of(after, at_most=middle - LOW)),
        high=(share_of(before, at_least=middle + HIGH), share_of(after, at_least=middle + HIGH)),
    )


def _compare_means(before: list[float], after: list[float]) -> Estimated | None:
    """Return the change of the mean: by Welch's t, from 20 items a side on by drawing the items again."""
    cells = [Cell(machine=(0.0,) * len(side), human=tuple(side)) for side in (before, after)]
    welch = _carry(estimate_change(*cells).labels_only)
    if welch is None or min(len(before), len(after)) < FEWEST_RESAMPLED:
        return welch
    low, high = resample_items([before, after], _subtract_means)
    return replace(welch, low=low, high=high)


def _subtract_means(cells: Sequence[Floats]) -> float:
    return float(cells[1].mean() - cells[0].mean())


def _correct(found: Change, before: list[Scored], after: list[Scored]) -> Change:
    """Return the change with the machine's part, where a machine scored items on both sides."""
    if not before or not after:
        return found
    estimate = estimate_change(_make_cell(before), _make_cell(after))
    return replace(
        found,
        labels=estimate.n_human,
        scored=estimate.n_machine,
        labels_only=_carry(estimate.labels_only),
        corrected=_carry(estimate.corrected),
        naive=estimate.naive,
        refused=estimate.refused,
    )


def _make_cell(items: list[Scored]) -> Cell:
    return Cell(
        machine=tuple(one.machine for one in items),
        human=tuple(one.human for one in items),
        chances=tuple(one.chance for one in items),
    )


def _carry(found: Interval | None) -> Estimated | None:
    return None if found is None else Estimated(value=found.value, low=found.low, high=found.high)
