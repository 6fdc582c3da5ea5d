"""A change split into change within outlets and change in which outlet speaks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What one outlet adds to a change."""

    name: object
    before: int
    after: int
    mean_before: float | None
    mean_after: float | None
    within: float
    """Its change at its average share of the items; 0 where it stands on one side only."""
    mix: float
    """The change of its share at its average score, told from the mean of all items; all of them sum to the mix."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The difference of mean scores after and before a split, and its parts."""

    total: float
    within: float | None
    """Change inside outlets that stand on both sides, at average weights; None when none does."""
    mix: float
    """The rest: outlets that come, go, or speak more or less often."""
    shared: tuple[object, ...]
    """The outlets that stand on both sides, in order of first appearance."""
    is_mix: bool
    """Whether the split is confounded: no outlet on both sides, or the mix explains as much as the outlets do."""


def split_change(scores: npt.ArrayLike, strata: Sequence[object], before: int) -> Change:
    """Return the Kitagawa decomposition (1955, JASA 50:1168) of the change after the first `before` items.

    The scores are in order of date. What an outlet heard on one side only adds or takes away counts as mix:
    nothing shows that its own line changed.

    >>> change = split_change([-2, -2, 2, -2, 2, 2], ["pier", "pier", "lamp", "pier", "lamp", "lamp"], 3)
    >>> round(change.within, 2), round(change.mix, 2), change.is_mix
    (0.0, 1.33, True)
    """
    values = np.asarray(scores, dtype=np.float64)
    if len(strata) != values.size or not 0 < before < values.size:
        raise InputError("a split has items on both sides", hint="give one outlet a score")
    early, late = _tally(values[:before], strata[:before]), _tally(values[before:], strata[before:])
    shared = tuple(name for name in early if name in late)
    total = float(values[before:].mean() - values[:before].mean())
    within = sum((early[name][0] + late[name][0]) / 2 * (late[name][1] - early[name][1]) for name in shared)
    mix = total - within
    return Change(
        total=total,
        within=within if shared else None,
        mix=mix,
        shared=shared,
        is_mix=not shared or abs(mix) >= abs(within),
    )


def list_parts(scores: npt.ArrayLike, strata: Sequence[object], before: int) -> tuple[Part, ...]:
    """Return what each outlet adds to the change of `split_change`, in order of first appearance.

    >>> pier, lamp = list_parts([-2, -2, 2, -2, 2, 2], ["pier", "pier", "lamp", "pier", "lamp", "lamp"], 3)
    >>> (pier.before, pier.after), round(pier.within + lamp.within, 2), round(pier.mix + lamp.mix, 2)
    ((2, 1), 0.0, 1.33)
    """
    values = np.asarray(scores, dtype=np.float64)
    early, late = _tally(values[:before], strata[:before]), _tally(values[before:], strata[before:])
    sizes, whole = (before, values.size - before), float(values.mean())
    return tuple(
        _make_part(name, early.get(name), late.get(name), sizes, whole) for name in dict.fromkeys(strata)
    )


def _make_part(
    name: object,
    early: tuple[float, float] | None,
    late: tuple[float, float] | None,
    sizes: tuple[int, int],
    whole: float,
) -> Part:
    share = (late[0] if late else 0.0) - (early[0] if early else 0.0)
    means = [side[1] for side in (early, late) if side]
    return Part(
        name=name,
        before=round(early[0] * sizes[0]) if early else 0,
        after=round(late[0] * sizes[1]) if late else 0,
        mean_before=early[1] if early else None,
        mean_after=late[1] if late else None,
        within=(early[0] + late[0]) / 2 * (late[1] - early[1]) if early and late else 0.0,
        mix=share * (sum(means) / len(means) - whole),
    )


def _tally(values: npt.NDArray[np.float64], strata: Sequence[object]) -> dict[object, tuple[float, float]]:
    """Return each outlet's share of the items and its mean."""
    own: dict[object, list[float]] = {}
    for name, value in zip(strata, values, strict=True):
        own.setdefault(name, []).append(float(value))
    return {name: (len(v) / values.size, sum(v) / len(v)) for name, v in own.items()}
