"""The live alert is called an alert, names its false alarms, and is raised by a new level alone."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from linewatch.model import Point
from linewatch.model.when import parse_iso
from linewatch.stats.alert import LEAST_ITEMS, watch_newest
from linewatch.stats.calibration import measure_alerts
from linewatch.stats.simulate import simulate_none
from linewatch.track.alerts import find_alert
from linewatch.track.study import Setting

START = date(2031, 1, 3)


def make_points(scores: list[float]) -> tuple[Point, ...]:
    """Return one point a week."""
    return tuple(
        Point(item=str(place), label=f"item {place}", score=score, low=score, high=score, passages=(),
              outlet="The Lamp", date=parse_iso((START + timedelta(weeks=place)).isoformat()))
        for place, score in enumerate(scores)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "side"),
    [
        ([-2.0] * 20 + [2.0] * 3, "higher"),
        ([2.0] * 20 + [-2.0] * 3, "lower"),
        ([-2.0] * 20 + [2.0], None),
        ([-2.0] * 23, None),
        ([-2.0, 2.0] * 12, None),
        ([-2.0] * 10 + [2.0] * 15, None),
        ([-2.0] * 3 + [2.0] * 3, None),
        ([], None),
    ],
    ids=["rise", "fall", "one stray", "still", "two voices", "long ago", "too few", "none"],
)
def test_new_level_alone_raises_it(scores: list[float], side: str | None) -> None:
    """Some newest items on a new level raise an alert; one stray, two voices and a turn of long ago do not."""
    found = find_alert("The Lamp", make_points(scores), Setting())
    assert (found.side if found else None) == side
    if found:
        assert found.words.startswith("Alert, not a turn: the newest 3 items of The Lamp")
        assert "such an alert comes with" in found.words
        assert found.since == START + timedelta(weeks=20)


def test_mirrored_scores_give_the_mirrored_alert() -> None:
    """C11 for the alert: the scale mirrored, the same chance and the opposite rise."""
    scores = [-1.0, -2, -1, -1, 0, -2, -1, -1, -2, -1, 1, 2, 1]
    one, other = watch_newest(scores), watch_newest([-score for score in scores])
    assert one is not None
    assert other is not None
    assert one.chance == pytest.approx(other.chance)
    assert one.rise == pytest.approx(-other.rise)


def test_few_items_are_not_watched() -> None:
    """Under eight items nothing is said."""
    assert watch_newest([0.0] * (LEAST_ITEMS - 1)) is None


def test_still_lines_hardly_raise_it() -> None:
    """The rate that is told with every alert holds on simulated still lines."""
    assert measure_alerts(lambda rng: simulate_none(rng, 30), 15, 3).per_item <= 0.01


def test_long_series_forget_their_beginning() -> None:
    """A series longer than what is remembered still tells its newest level."""
    found = watch_newest(np.concatenate([np.full(260, -1.0), np.full(4, 2.0)]))
    assert found is not None
    assert found.is_alert
    assert found.rise == pytest.approx(3.0)
