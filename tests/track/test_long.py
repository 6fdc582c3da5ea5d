"""A long series is told how often it turned, and which of its turns stand by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from linewatch.model import Point
from linewatch.model.when import parse_iso
from linewatch.stats.confirm import confirm_turns
from linewatch.stats.segments import segment_series
from linewatch.stats.simulate import simulate_drift
from linewatch.track.long import LONG, describe_long
from linewatch.track.study import Setting

START = date(2031, 1, 3)


def make_points(levels: list[float]) -> list[Point]:
    """Return one point a day about each level."""
    scores = np.clip(np.round(np.array(levels) + np.random.default_rng(3).normal(size=len(levels))), -3, 3)
    return [
        Point(item=str(place), label=str(place), score=float(score), low=float(score), high=float(score), passages=(),
              outlet="The Lamp", date=parse_iso((START + timedelta(days=place)).isoformat()))
        for place, score in enumerate(scores)
    ]  # fmt: skip


def test_two_planted_turns_are_told_with_their_dates() -> None:
    """There and back in three hundred days: two turns, both standing by themselves."""
    (told,) = describe_long("The Lamp", make_points([-1.5] * 100 + [1.5] * 100 + [-1.5] * 100), Setting())
    assert "2 turns is likeliest" in told
    assert told.count("(stands by itself") == 2


def test_a_still_long_line_has_none() -> None:
    """Three hundred items about one level: no turn is likeliest."""
    (told,) = describe_long("The Lamp", make_points([-1.0] * 300), Setting())
    assert "0 turns is likeliest" in told


def test_a_short_line_is_not_searched_for_several() -> None:
    """Up to the limit nothing is told: the one-turn rule stands alone."""
    assert describe_long("The Lamp", make_points([-1.0] * LONG), Setting()) == ()


def test_steps_of_a_drift_do_not_stand() -> None:
    """Of the steps that a segmentation cuts a climb into, few stand by themselves."""
    rng, cut, standing = np.random.default_rng(4), 0, 0
    for _ in range(8):
        series = simulate_drift(rng, 150, size=4.0)
        turns = confirm_turns(series.days, series.scores, segment_series(series.days, series.scores))
        cut += len(turns)
        standing += sum(turn.stands for turn in turns)
    assert cut >= 8
    assert standing <= cut / 2
