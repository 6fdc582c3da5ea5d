"""Influence: the turn's posterior with each item, or each outlet, left out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy.typing as npt

from linewatch.stats.constraints import Pairs, keep_pairs
from linewatch.stats.imprecise import Days, weigh_spans
from linewatch.stats.ordinal import Scale, spread_scores
from linewatch.stats.turns import TurnPosterior
from linewatch.stats.voices import weigh_voices


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """What the finding comes to without one item or outlet."""

    left_out: object
    """The item's place in the input, or the outlet."""
    p_turn: float
    most_likely: Days
    """The likeliest gap without it."""


def leave_items_out(
    spans: Sequence[Days],
    scores: npt.ArrayLike,
    scale: Scale | None = None,
    tried: Sequence[int] | None = None,
    said: Pairs = (),
) -> tuple[Influence, ...]:
    """Return the posterior without each item (or each of those `tried`), the one that matters most first.

    Case deletion as in Cook 1977, Technometrics 19:15.

    >>> first = leave_items_out([(day, day) for day in range(9)], [-2] * 8 + [2])[0]
    >>> first.left_out, first.p_turn < 0.2
    (8, True)
    """
    scale = scale or Scale()
    chances, found = spread_scores(scores, scale), []
    for place in range(len(spans)) if tried is None else tried:
        kept = [other for other in range(len(spans)) if other != place]
        rest = [spans[other] for other in kept]
        if _has_days(rest):
            found.append(_describe(place, weigh_spans(rest, chances[kept], scale, keep_pairs(said, kept))))
    return tuple(sorted(found, key=lambda one: one.p_turn))


def leave_outlets_out(
    spans: Sequence[Days],
    scores: npt.ArrayLike,
    outlets: Sequence[object],
    scale: Scale | None = None,
    said: Pairs = (),
) -> tuple[Influence, ...]:
    """Return the posterior of a common shift without each outlet, the one that matters most first."""
    scale = scale or Scale()
    chances, found = spread_scores(scores, scale), []
    for outlet in dict.fromkeys(outlets):
        kept = [place for place, name in enumerate(outlets) if name != outlet]
        rest = [spans[place] for place in kept]
        if _has_days(rest):
            names = [outlets[place] for place in kept]
            voices = weigh_voices(rest, chances[kept], names, scale, keep_pairs(said, kept))
            found.append(_describe(outlet, voices.turn))
    return tuple(sorted(found, key=lambda one: one.p_turn))


def _has_days(spans: Sequence[Days]) -> bool:
    return len(spans) > 1 and min(first for first, _ in spans) < max(last for _, last in spans)


def _describe(left_out: object, turn: TurnPosterior) -> Influence:
    gap = turn.most_likely
    return Influence(left_out=left_out, p_turn=turn.p_turn, most_likely=(gap.start_day, gap.end_day))
