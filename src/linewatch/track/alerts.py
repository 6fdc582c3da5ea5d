"""The live alert of a series: whether its newest items lie on a new level. An alert is never called a turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from linewatch.model import Alert, Point, Turn
from linewatch.stats.alert import RECENT, watch_newest
from linewatch.track.few import tell_when
from linewatch.track.study import Setting, place_series
from linewatch.track.words import tell_chance

FALSE_STILL, FALSE_MIXED = "1 in 1,000", "1 in 100"
"""How often an alert was raised in simulated lines that stand still, and where two voices alternate or neighbours resemble
each other (40 items, watched from the twelfth on; `benchmark/calibration.py`)."""


def list_alerts(
    series: Mapping[str, Sequence[Point]], setting: Setting, turns: Sequence[Turn]
) -> tuple[Alert, ...]:
    """Return the alerts of several outlets, but for those whose turn is claimed where the alert begins or later."""
    claimed = {turn.series: turn.most_likely for turn in turns if turn.claim and turn.most_likely}
    found = (find_alert(name, own, setting) for name, own in series.items())
    return tuple(alert for alert in found if alert is not None and not _is_told(alert, claimed))


def _is_told(alert: Alert, claimed: Mapping[str, tuple[date, date]]) -> bool:
    gap = claimed.get(alert.series)
    return gap is not None and (alert.since is None or alert.since <= gap[1])


def find_alert(name: str, points: Sequence[Point], setting: Setting) -> Alert | None:
    """Return an alert where the newest items of one outlet differ from those before; undated items are left out."""
    dated = tuple(point for point in points if point.date is not None and point.date.latest is not None)
    placed, _ = place_series(dated, setting)
    if not placed:
        return None
    found = watch_newest([point.score for point in placed], setting.scale)
    if found is None or not found.is_alert or found.rise == 0:
        return None
    first = placed[-found.items]
    side: Literal["higher", "lower"] = "higher" if found.rise > 0 else "lower"
    words = (
        f"Alert, not a turn: the newest {found.items} items of {name}, from {tell_when(first.date)} on, lie {side} than those "
        f"before by {abs(found.rise):.1f} (P(a change within the newest {RECENT}) {tell_chance(found.chance)}). On simulated "
        f"lines that stand still such an alert comes with {FALSE_STILL} items, on uneven ones with {FALSE_MIXED}."
    )
    return Alert(
        series=name,
        items=found.items,
        since=first.date.earliest if first.date else None,
        chance=found.chance,
        side=side,
        words=words,
    )
