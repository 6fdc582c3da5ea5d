"""Silence and not watching are told apart, and a period that nobody watched widens the date and bars the claim."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linewatch.model import CodeAgreement, Point, Reliability, Watch
from linewatch.model.when import parse_iso
from linewatch.track.claim import judge_series
from linewatch.track.coverage import describe_coverage, find_unwatched, widen
from linewatch.track.study import Setting

START, END = date(2031, 1, 1), date(2031, 12, 31)
ALL = Watch(outlet="The Lamp", begins=START, ends=END)
ROW = CodeAgreement(
    code="stance", metric="ordinal", alpha=0.85, low=0.8, high=0.9, ac1=None, percent=0.9, units=60, coders=2,
    light="green", words="reliable",
)  # fmt: skip
AGREED = Reliability(coders=("anna", "bruno"), rows=(ROW,))


def make_points(scores: list[float], outlet: str = "The Lamp", step: int = 14) -> tuple[Point, ...]:
    """Return one point a fortnight."""
    days = [parse_iso((START + timedelta(days=3 + step * place)).isoformat()) for place in range(len(scores))]
    return tuple(
        Point(item=f"{outlet}{place}", label=f"item {place}", score=score, low=score, high=score, passages=(),
              outlet=outlet, date=days[place])
        for place, score in enumerate(scores)
    )  # fmt: skip


STEP = make_points([-2, -1, -2, -2, -1, -2, -2, -1, -2, -2, 1, 2, 2, 1, 2, 2, 1, 2, 2, 1])


def watch(*periods: tuple[str, str]) -> tuple[Watch, ...]:
    """Return the watched periods of The Lamp, and another outlet watched all year."""
    own = [
        Watch(outlet="The Lamp", begins=date.fromisoformat(a), ends=date.fromisoformat(b)) for a, b in periods
    ]
    return (*own, Watch(outlet="The Chorus", begins=START, ends=END))


def test_unwatched_period_widens_the_date_and_bars_the_claim() -> None:
    """The days about the turn were not watched: the interval covers them, and the reason is in why_not."""
    seen = judge_series("The Lamp", STEP, "census", AGREED, setting=Setting(watched=(ALL,)))
    assert seen.claim
    assert seen.date_interval is not None
    watched = watch(("2031-01-01", "2031-05-10"), ("2031-06-20", "2031-12-31"))
    blind = judge_series("The Lamp", STEP, "census", AGREED, setting=Setting(watched=watched))
    assert blind.date_interval is not None
    assert not blind.claim
    assert blind.date_interval[0] <= date(2031, 5, 11) < date(2031, 6, 19) <= blind.date_interval[1]
    assert blind.date_interval[1] - blind.date_interval[0] > seen.date_interval[1] - seen.date_interval[0]
    assert "The Lamp was not watched from 2031-05-11 to 2031-06-19" in " ".join(blind.why_not)
    assert "not watched" in blind.words


def test_unwatched_period_elsewhere_changes_nothing() -> None:
    """A month far from the turn's date that nobody watched neither widens nor bars."""
    watched = watch(("2031-01-01", "2031-08-31"), ("2031-10-01", "2031-12-31"))
    turn = judge_series("The Lamp", STEP, "census", AGREED, setting=Setting(watched=watched))
    plain = judge_series("The Lamp", STEP, "census", AGREED)
    assert turn.claim
    assert turn.date_interval == plain.date_interval


def test_silence_is_told_only_where_somebody_watched() -> None:
    """An outlet that stops is said to be silent; marked as unwatched it is said to be unknown."""
    points = make_points([-1] * 8)
    (told,) = describe_coverage(points, (ALL,))
    assert "said nothing more on the issue from 2031-04-13 to 2031-12-31, though it was watched" in told
    told_blind = " ".join(describe_coverage(points, watch(("2031-01-01", "2031-04-20"))))
    assert "The Lamp said nothing" not in told_blind
    assert "The Lamp was not watched from 2031-04-21 to 2031-12-31" in told_blind


def test_an_even_rhythm_is_no_silence() -> None:
    """Items up to near the end of the watch leave no silence to tell."""
    assert describe_coverage(make_points([-1] * 25), (ALL,)) == ()


def test_an_outlet_that_said_nothing_at_all_is_told() -> None:
    """A watched outlet without an item said nothing."""
    assert describe_coverage((), (ALL,)) == (
        "The Lamp said nothing on the issue that was coded, though it was watched from 2031-01-01 to 2031-12-31.",
    )


@pytest.mark.parametrize(
    ("periods", "unwatched"),
    [
        ((("2031-01-01", "2031-12-31"),), ()),
        ((("2031-02-01", "2031-12-31"),), (("2031-01-01", "2031-01-31"),)),
        ((("2031-01-01", "2031-03-31"), ("2031-03-01", "2031-12-31")), ()),
        ((("2031-01-01", "2031-06-30"), ("2031-07-01", "2031-11-30")), (("2031-12-01", "2031-12-31"),)),
    ],
)
def test_gaps_of_the_calendar(
    periods: tuple[tuple[str, str], ...], unwatched: tuple[tuple[str, str], ...]
) -> None:
    """What lies between the watched periods is unwatched, overlaps and neighbours leave nothing."""
    found = find_unwatched(watch(*periods), "The Lamp")
    assert [(str(a), str(b)) for a, b in found] == list(unwatched)


def test_nothing_recorded_is_not_unwatched() -> None:
    """An outlet without a record is unknown, not unwatched."""
    assert find_unwatched((ALL,), "The Chorus") == ()


def test_widening_takes_what_it_touches() -> None:
    """An unwatched period that ends the day before the interval belongs to it; one two days off does not."""
    interval = date(2031, 3, 1), date(2031, 3, 9)
    assert widen(interval, [(date(2031, 2, 1), date(2031, 2, 28))]) == (date(2031, 2, 1), date(2031, 3, 9))
    assert widen(interval, [(date(2031, 2, 1), date(2031, 2, 27))]) == interval
