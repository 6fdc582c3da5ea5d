"""The claim rule claims a planted turn and nothing less; the words for a handful of items claim nothing."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from linewatch.model import CodeAgreement, Coded, Item, Passage, Point, Reliability, Span, When
from linewatch.model.line import Frame
from linewatch.model.reliability import Light
from linewatch.model.when import parse_iso
from linewatch.stats.verdict import PROVISIONAL
from linewatch.track.claim import hold_family, judge_series
from linewatch.track.few import describe_few, tell_when
from linewatch.track.series import make_points
from linewatch.track.words import NOT_ESTABLISHED

START = date(2031, 1, 3)


def make_reliability(light: Light = "green", words: str = "two coders agree") -> Reliability:
    """Return a reliability whose headline has this light."""
    row = CodeAgreement(
        code="stance", metric="ordinal", alpha=0.85, low=0.8, high=0.9, ac1=None, percent=0.9, units=60, coders=2,
        light=light, words=words,
    )  # fmt: skip
    return Reliability(coders=("anna", "bruno"), rows=(row,))


def make_point(week: int, score: float, outlet: str = "The Lamp", kind: str = "editorial") -> Point:
    """Return a point dated so many weeks after the start."""
    day = parse_iso((START + timedelta(weeks=week)).isoformat())
    return Point(item=f"{outlet}{week}", label=f"{kind} {week}", score=score, low=score, high=score, passages=(),
                 outlet=outlet, kind=kind, date=day)  # fmt: skip


STEP = tuple(make_point(week, -2 if week < 10 else 2) for week in range(20))


def test_planted_turn_is_claimed_in_its_gap() -> None:
    """A clean step in one outlet, all gates open, is claimed where it was planted."""
    turn = judge_series("The Lamp", STEP, "census", make_reliability())
    assert turn.claim
    assert turn.most_likely == (START + timedelta(weeks=9), START + timedelta(weeks=10))
    assert turn.words.startswith("The Lamp: the line turned from -2.0 to +2.0")


def test_drift_is_a_change_but_no_turn() -> None:
    """A line that climbs step by step passes both keys; it is said to have changed by degrees, with no date."""
    steps = (-2, -2, -2, -1.5, -2, -1.5, -1.5, -1.5, -1, -1, -1, -0.5, -1, -0.5, 0, 0)
    points = tuple(make_point(6 * week, score) for week, score in enumerate(steps))
    turn = judge_series("The Lamp", points, "census", make_reliability())
    assert (turn.claim, turn.reading) == (False, "drift")
    assert [gate.name for gate in turn.gates if not gate.holds] == ["reading"]
    assert "by degrees" in turn.words
    assert "2031-" not in turn.words


CLOSED: dict[str, tuple[Frame, Reliability, str]] = {
    "items that a report cites": ("report", make_reliability(), "frame"),
    "an unknown frame": ("unknown", make_reliability(), "frame"),
    "one coder": ("census", make_reliability("unknown", "one coder, reliability unknown"), "reliability"),
    "coders who disagree": ("census", make_reliability("red", "not reliable"), "reliability"),
    "nothing coded": ("census", Reliability(coders=(), rows=()), "reliability"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_closed_gate_keeps_the_fixed_words(name: str) -> None:
    """A step as clean as can be is not claimed when one gate is closed, and the gate is named."""
    frame, reliability, gate = CLOSED[name]
    turn = judge_series("The Lamp", STEP, frame, reliability)
    assert not turn.claim
    assert [one.name for one in turn.gates if not one.holds] == [gate]
    assert (NOT_ESTABLISHED in turn.words) == (gate != "reliability")


@pytest.mark.parametrize("name", [name for name, (_, _, gate) in CLOSED.items() if gate == "reliability"])
def test_no_value_is_told_on_codes_nobody_agrees_on(name: str) -> None:
    """On one coder's codes, or on those of coders who disagree, the fixed words stand instead of every number."""
    frame, reliability, _ = CLOSED[name]
    headline = reliability.headline
    said = headline.words if headline else "nothing is coded"
    turn = judge_series("The Lamp", STEP, frame, reliability)
    assert turn.words == f"The Lamp: no turn is claimed: {said} (20 items)."


def test_tentative_codes_make_a_tentative_claim() -> None:
    """A claim on codes that allow tentative conclusions only says so in the same sentence."""
    turn = judge_series("The Lamp", STEP, "census", make_reliability("amber", PROVISIONAL))
    assert turn.claim
    assert turn.words.endswith(f"; {PROVISIONAL}.")


def test_change_of_outlets_is_not_a_turn_of_the_organisation() -> None:
    """Harsh films first and a soft weekly later: no outlet changes, none stands on both sides, nothing is claimed."""
    films = tuple(make_point(week, -2, "North Pier", "video") for week in range(10))
    weekly = tuple(make_point(week, 2) for week in range(10, 20))
    turn = judge_series("all outlets", (*films, *weekly), "census", make_reliability(), outlets_own=())
    assert not turn.claim
    assert {one.name for one in turn.gates if not one.holds} >= {"posterior", "permutation", "outlet"}
    assert turn.reading == "voices"
    assert "a change of voices" in turn.words


def test_one_outlets_turn_is_not_the_organisations() -> None:
    """One outlet of three turns: it is claimed for that outlet, and named as the reason why not for all of them."""
    own = [
        STEP,
        *(tuple(make_point(week, -1, outlet) for week in range(20)) for outlet in ("Pier", "Chorus")),
    ]
    turns = tuple(
        judge_series(name, one, "census", make_reliability()) for name, one in zip("abc", own, strict=True)
    )
    points = tuple(point for one in own for point in one)
    turn = judge_series("all outlets", points, "census", make_reliability(), outlets_own=turns)
    assert [one.claim for one in turns] == [True, False, False]
    assert not turn.claim
    assert "1 of 3 outlets with enough items turned (a)" in turn.words


def test_few_items_get_no_probability() -> None:
    """Five items of one outlet give neither probability nor date interval."""
    turn = judge_series("The Lamp", STEP[:5], "census", make_reliability())
    assert (turn.claim, turn.p_turn, turn.date_interval) == (False, None, None)
    assert "too few for a probability" in turn.words


def test_constant_series_has_nothing_to_establish() -> None:
    """A line that never changes is said to show no change."""
    turn = judge_series(
        "The Chorus", tuple(make_point(week, -1) for week in range(12)), "census", make_reliability()
    )
    assert "no change was found" in turn.words


def test_four_items_are_told_apart_by_outlet() -> None:
    """Two films and a song, then an editorial of the weekly at an unknown day: counts, orders, rival, what is missing."""
    weekly = When(
        earliest=date(2031, 2, 16), latest=date(2031, 3, 26), precision="interval", source="context"
    )
    points = (
        make_point(4, -2, "North Pier", "video"),
        make_point(6, -2, "South Pier", "video"),
        make_point(9, -1, "The Chorus", "song"),
        Point(item="e", label="editorial, The Lamp", score=2, low=2, high=2, passages=(), outlet="The Lamp",
              kind="editorial", date=weekly),
    )  # fmt: skip
    told = " ".join(describe_few(points))
    assert "4 items: 3 at -2 or -1" in told
    assert "1 at +2 (editorial of The Lamp)" in told
    assert "between 2031-02-16 and 2031-03-26" in told
    assert "no outlet appears on both sides" in told
    assert "1 time in 4" in told
    assert "one earlier editorial of The Lamp" in told
    assert "one later video of South Pier" in told


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "undated"),
        (parse_iso("2031-02-01"), "2031-02-01"),
        (parse_iso("--02-01"), "--02-01"),
        (parse_iso("2031-03-08", source="note"), "2031-03-08, by its note"),
        (When(latest=date(2031, 3, 26)), "by 2031-03-26"),
        (When(earliest=date(2031, 3, 26)), "from 2031-03-26"),
    ],
)
def test_date_is_told_no_closer_than_it_is_known(when: When | None, words: str) -> None:
    """An open interval stays open in words."""
    assert tell_when(when) == words


def make_passage(name: str, item: str, role: str = "narrator") -> Passage:
    """Return a passage of an item."""
    return Passage(id=name, span=Span(document="d", start=0, end=1), item=item, role=role)


def test_item_is_the_median_of_its_own_voices() -> None:
    """Quoted opponents, passages that are out, and undecided ones are no part of an item's score."""
    passages = [
        make_passage("a", "i"),
        make_passage("b", "i"),
        make_passage("c", "i", "opponent"),
        make_passage("d", "i"),
    ]
    coded = [
        Coded(passage="a", coder="anna", low=-2, high=-2),
        Coded(passage="a", coder="bruno", low=-1, high=-1),
        Coded(passage="b", coder="anna", low=-1, high=1),
        Coded(passage="c", coder="anna", low=3, high=3),
        Coded(passage="d", coder="anna", out=True),
    ]
    (point,) = make_points({"i": Item(kind="video", outlet="North Pier")}, passages, coded)
    assert (point.score, point.low, point.high, point.passages) == (-0.75, -2, 1, ("a", "b"))


def test_cited_items_do_not_count_beside_held_ones() -> None:
    """Where the case holds the organisation's own items, what reports quote of them is not counted again."""
    coded = [Coded(passage=name, coder="anna", low=1, high=1) for name in "ab"]
    passages = [make_passage("a", "held"), make_passage("b", "cited")]
    items = {"held": Item(held=True), "cited": Item()}
    assert [point.item for point in make_points(items, passages, coded)] == ["held"]


def test_the_likeliest_words_are_not_certain() -> None:
    """A probability that rounds to one is told as above 0.99, in the sentence and in the conditions."""
    turn = judge_series("The Lamp", STEP, "census", make_reliability())
    told = " ".join([turn.words, *(gate.words for gate in turn.gates)])
    assert "P(turn) above 0.99" in told
    assert "1.00" not in told
    assert "0.00," not in told


@pytest.mark.parametrize(
    ("points", "words"),
    [
        pytest.param(STEP[:5], "5 dated items, too few", id="few"),
        pytest.param((), "no dated item, too few", id="none"),
        pytest.param(
            tuple(make_point(1, score) for score in (-2,) * 4 + (2,) * 4), "8 dated items are of one day", id="one day"
        ),
        pytest.param(
            tuple(make_point(week, (week == 19) * 4 - 2) for week in range(20)), "p = 0.100", id="one side"
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_only_what_is_true(points: tuple[Point, ...], words: str) -> None:
    """Each reason for giving no probability has words of its own."""
    turn = judge_series("The Lamp", points, "census", make_reliability())
    assert turn.p_turn is None
    assert words in turn.words
    assert "fewer than two" not in turn.words
    assert "P(turn)" not in turn.words


def test_a_hit_among_many_series_is_worded_down() -> None:
    """A turn at p = .03 stands alone, and not where forty series were looked at."""
    turn = judge_series("The Lamp", STEP, "census", make_reliability())
    weak = msgspec.structs.replace(turn, p_permutation=0.03)
    still = msgspec.structs.replace(turn, series="another", p_permutation=0.6, claim=False)
    (alone,) = hold_family((weak,))
    among, *_ = hold_family((weak, *(still,) * 39))
    assert alone.claim
    assert not among.claim
    assert "where 40 series are looked at" in among.words
