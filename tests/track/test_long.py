"""A long series is told how often it turned, and which of its turns stand by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from linewatch.model import Point
from linewatch.model.when import parse_iso
from linewatch.stats.confirm import settle_turns
from linewatch.stats.pelt import find_candidates
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
    """Of the steps that a segmentation cuts a climb into, few stand between neighbours that stand."""
    rng, cut, standing = np.random.default_rng(4), 0, 0
    for _ in range(8):
        series = simulate_drift(rng, 150, size=4.0)
        turns = settle_turns(series.days, series.scores, segment_series(series.days, series.scores))
        cut += len(turns)
        standing += sum(turn.stands for turn in turns)
    assert cut >= 8
    assert standing <= cut / 4


def test_every_turn_of_the_segmentation_is_returned_in_order() -> None:
    """What is taken out is told as not standing; nothing is lost and the order is that of the dates."""
    series = simulate_drift(np.random.default_rng(4), 150, size=4.0)
    found = segment_series(series.days, series.scores)
    turns = settle_turns(series.days, series.scores, found)
    assert [turn.most_likely for turn in turns] == list(found.most_likely)


def test_a_series_beyond_the_exact_posterior_has_candidates() -> None:
    """Five thousand items: the planted turn is the one candidate, and it stands in the window around it."""
    (told,) = describe_long("The Lamp", make_points([-1.0] * 2600 + [1.0] * 2400), Setting())
    assert "1 candidates by PELT: between" in told
    assert "(stands by itself" in told


def test_still_series_seldom_have_candidates() -> None:
    """Of ten still lines of three hundred items at most two have one: the penalty lets 1 in 20 through."""
    rng = np.random.default_rng(6)
    found = [find_candidates(range(300), np.clip(np.round(rng.normal(-1, 1, 300)), -3, 3)) for _ in range(10)]
    assert sum(bool(cuts) for cuts in found) <= 2


def test_items_of_one_day_are_never_parted() -> None:
    """A candidate lies between two days, though the scores step in the middle of one."""
    days, scores = [day // 10 for day in range(200)], [-2.0] * 95 + [2.0] * 105
    (cut,) = find_candidates(days, scores)
    assert cut in {90, 100}
