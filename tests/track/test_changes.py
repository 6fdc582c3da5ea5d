"""How far an outlet moved: what people coded, and what a machine scored once random labels have corrected it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from linewatch.model import Change, Point, Reliability
from linewatch.model.when import parse_iso
from linewatch.stats.ordinal import Scale
from linewatch.track.changes import Sample, describe_change, score_points
from linewatch.track.claim import judge_series
from linewatch.track.study import Setting
from linewatch.track.words import tell_change

START = date(2031, 1, 3)
STEP = [float(-2 + place % 2) for place in range(40)] + [float(1 + place % 2) for place in range(40)]
SETTING = Setting(needs_coders=False)


def make_points(scores: list[float], kept: set[int] | None = None, off: float = 0.0) -> tuple[Point, ...]:
    """Return one point a week, those kept alone, each off by so much."""
    return tuple(
        Point(item=str(place), label=f"item {place}", score=score + off, low=score, high=score, passages=(),
              outlet="The Lamp", date=parse_iso((START + timedelta(weeks=place)).isoformat()))
        for place, score in enumerate(scores)
        if kept is None or place in kept
    )  # fmt: skip


def describe(
    people: tuple[Point, ...], machines: tuple[Point, ...] = (), chance: float | None = 0.5
) -> Change:
    """Return the change about the date that the people's items give, every item drawn with one chance."""
    turn = judge_series("The Lamp", people, "census", Reliability(coders=(), rows=()), setting=SETTING)
    chances = {} if chance is None else {point.item: chance for point in people}
    found = describe_change(turn, people, score_points(machines, people, Sample(chances=chances)), Scale())
    assert found is not None
    return found


def test_what_people_coded_is_told_four_ways() -> None:
    """Mean, chance of a higher item, and both shares are those of the planted step."""
    found = describe(make_points(STEP))
    assert (found.before, found.after) == (40, 40)
    assert found.mean is not None
    assert found.mean.low < 3.0 < found.mean.high
    assert found.higher is not None
    assert found.higher.value == 1.0
    assert (found.low, found.high) == ((0.5, 0.0), (0.0, 1.0))
    assert "mean changed by +3.00" in " ".join(tell_change(found))


@pytest.mark.parametrize(("every", "chance", "words"), [
    (1, 0.66, "corrected; by labels only"),
    (1, None, "no known chance of having been drawn"),
    (8, 0.125, "fewer than 6 human labels"),
])  # fmt: skip
def test_machine_is_corrected_by_random_labels_or_refused(
    every: int, chance: float | None, words: str
) -> None:
    """A machine that is a point too soft after the turn is corrected by labels drawn at random, and else refused in words."""
    kept = {place for place in range(0, 80, every) if place % 3}
    drawn = make_points(STEP, kept)
    machines = (*make_points(STEP)[:40], *make_points(STEP, off=1.0)[40:])
    found = describe(drawn, machines, chance)
    assert words in " ".join(tell_change(found))
    assert (found.corrected is None) == ("corrected" not in words)
    if found.corrected is not None:
        assert found.naive == pytest.approx(4.0, abs=0.1)
        assert found.corrected.low <= 3.0 <= found.corrected.high


def test_without_a_date_there_is_nothing_to_compare() -> None:
    """Five items have no likeliest date, so no change about it is told."""
    points = make_points(STEP[38:43])
    turn = judge_series("The Lamp", points, "census", Reliability(coders=(), rows=()), setting=SETTING)
    assert describe_change(turn, points, (), Scale()) is None


def test_a_still_line_is_not_compared() -> None:
    """Where a turn is unlikely, a comparison about its likeliest date would only mislead."""
    points = make_points(STEP)
    turn = judge_series("The Lamp", points, "census", Reliability(coders=(), rows=()), setting=SETTING)
    found = describe_change(msgspec.structs.replace(turn, p_turn=0.3), points, (), Scale())
    assert found is not None
    assert (found.mean, found.higher) == (None, None)
    assert tell_change(found) == ()
