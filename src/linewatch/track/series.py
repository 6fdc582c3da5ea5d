"""Coded passages become the dated points of a line. What may be said of them is in `claim` and `words`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from statistics import median

from msgspec.structs import replace

from linewatch.model import Coded, Item, Passage, Point, Watch, When
from linewatch.stats.ordinal import Scale, spread_scores
from linewatch.text.folding import fold
from linewatch.track.orders import bind_orders

OUTSIDE = frozenset({"opponent", "analyst", "scripture"})
"""Whose words are coded but are no part of the organisation's line (coder rule 4)."""


def join_passages(
    passages: Iterable[Passage], merged: Mapping[str, str], texts: Mapping[str, str]
) -> list[Passage]:
    """Return the passages with those of a merged item given to the item that stays, and no words twice.

    A report quotes what the case holds: a passage whose words lie in one of another document is left out. A quotation
    that was translated, or cut short inside, is not recognised and stays as a passage of the same item.
    """
    given = [replace(one, item=merged.get(one.item or "", one.item)) for one in passages]
    joined = {*merged.values()}
    words = {
        one.id: _fold_words(texts[one.span.document][one.span.start : one.span.end])
        for one in given
        if one.item in joined
    }
    kept: dict[str, Passage] = {}
    for one in sorted((one for one in given if one.item in joined), key=lambda one: -len(words[one.id])):
        if not any(
            other.item == one.item
            and other.span.document != one.span.document
            and words[one.id] in words[other.id]
            for other in kept.values()
        ):
            kept[one.id] = one
    return [one for one in given if one.item not in joined or one.id in kept]


def _fold_words(text: str) -> str:
    """Return a text's words alone: what a quotation changes at its ends is a comma or a capital."""
    return " ".join(["", *re.findall(r"[^\W_]+", fold(text)), ""])


def make_points(
    items: dict[str, Item], passages: Iterable[Passage], coded: Iterable[Coded]
) -> tuple[Point, ...]:
    """Return one point per coded item: the median of its passages, with their range.

    Where the case holds items of the organisation itself, items known only from reports are left out, so that
    none counts twice; one that the analyst merged into a held one counts there (`join_passages`).
    """
    answers: dict[str, list[Coded]] = {}
    for one in coded:
        if not one.out and one.low is not None and one.high is not None:
            answers.setdefault(one.passage, []).append(one)
    by_item: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.item in items and passage.id in answers and passage.role not in OUTSIDE:
            by_item.setdefault(passage.item, []).append(passage)
    held = any(items[item].held for item in by_item)
    points = [
        _make_point(item, items[item], own, answers)
        for item, own in by_item.items()
        if items[item].held or not held
    ]
    return tuple(sorted(bind_orders(points), key=_order))


def _make_point(item_id: str, item: Item, passages: list[Passage], answers: dict[str, list[Coded]]) -> Point:
    codes = [one for passage in passages for one in answers[passage.id]]
    scores = [median(_get_middle(one) for one in answers[passage.id]) for passage in passages]
    coders = tuple(sorted({one.coder for one in codes}))
    return Point(
        item=item_id,
        label=name_item(item),
        score=float(median(scores)),
        low=float(min(one.low for one in codes if one.low is not None)),
        high=float(max(one.high for one in codes if one.high is not None)),
        passages=tuple(passage.id for passage in passages),
        outlet=item.outlet or item.publisher,
        tier=item.tier,
        kind=item.kind,
        date=get_date(item),
        after=item.after,
        coders=coders,
        by_coder=tuple(
            float(median(_get_middle(one) for one in codes if one.coder == coder)) for coder in coders
        ),
    )


def _get_middle(coded: Coded) -> float:
    return ((coded.low or 0) + (coded.high or 0)) / 2


def get_date(item: Item) -> When | None:
    """Return the item's date, the day that its note gives where the text itself gives none."""
    if item.note_date is not None and (item.date is None or not item.date.is_point):
        return item.note_date
    return item.date


def name_item(item: Item) -> str:
    """Return a short name for an item: kind, title, outlet."""
    title = f"“{item.title}”" if item.title else None
    return ", ".join(part for part in (item.kind, title, item.outlet or item.publisher) if part)


def place_points(points: Iterable[Point], watched: Iterable[Watch] = ()) -> list[tuple[int, int]]:
    """Return the first and last day on which each point can have come out; an open end is that of the series.

    The series runs over all days that any date or watched period names; without one, nothing can be placed.
    """
    points, dates = tuple(points), [point.date for point in points]
    known = [day for when in dates if when for day in (when.earliest, when.latest) if day]
    known += [day for watch in watched for day in (watch.begins, watch.ends)] if known else []
    if not known:
        return []
    return [
        (
            ((when.earliest if when else None) or min(known)).toordinal(),
            ((when.latest if when else None) or max(known)).toordinal(),
        )
        for when in dates
    ]


def spread_point(point: Point, scale: Scale) -> list[float]:
    """Return the chance of each point of the scale: every coder's own score weighs alike."""
    own = spread_scores(point.by_coder or (point.score,), scale)
    return [float(chance) for chance in own.mean(axis=0)]


def _order(point: Point) -> tuple[str, str]:
    date = point.date
    known = date and (date.middle or date.latest or date.earliest)
    return (known.isoformat() if known else "9999", point.label)
