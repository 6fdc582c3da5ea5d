"""Each rival reading has its figure and sentence, and a claim that one explains is worded down."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from linewatch.model import CodeAgreement, Point, Reliability, Rival, Turn
from linewatch.model.when import parse_iso
from linewatch.track.claim import judge_series
from linewatch.track.study import Setting

START = date(2031, 1, 3)
ROW = CodeAgreement(
    code="stance", metric="ordinal", alpha=0.85, low=0.8, high=0.9, ac1=None, percent=0.9, units=60, coders=2,
    light="green", words="reliable",
)  # fmt: skip
AGREED = Reliability(coders=("anna", "bruno"), rows=(ROW,))
NAMES = {
    "gradual change", "outlet mix", "speaker authority", "medium", "coder mix", "coder drift", "codebook change",
    "coverage gap", "influence", "serial dependence", "second codebook",
}  # fmt: skip


def make_points(scores: list[float], **fields: list[object]) -> tuple[Point, ...]:
    """Return one point a week, with further fields by place."""
    points = [
        Point(item=str(place), label=f"item {place}", score=score, low=score, high=score, passages=(), outlet="The Lamp",
              kind="editorial", tier="A", date=parse_iso((START + timedelta(weeks=place)).isoformat()),
              coders=("anna", "bruno"))
        for place, score in enumerate(scores)
    ]  # fmt: skip
    return tuple(
        msgspec.structs.replace(point, **{name: values[place] for name, values in fields.items()})
        for place, point in enumerate(points)
    )


STEP: list[float] = [-2, -1, -2, -2, -1, -2, -2, -1, 1, 2, 2, 1, 2, 2, 1, 2]


def judge(points: tuple[Point, ...]) -> Turn:
    """Return the turn of a census under one codebook."""
    return judge_series("The Lamp", points, "census", AGREED, setting=Setting(codebook="leavers.v1"))


def get_rival(turn: Turn, name: str) -> Rival:
    """Return one rival reading."""
    (found,) = (rival for rival in turn.rivals if rival.name == name)
    return found


def test_every_rival_is_weighed_when_a_turn_is_claimed() -> None:
    """A claimed turn lists all of them, each with a sentence, tested or untested."""
    turn = judge(make_points(STEP))
    assert turn.claim
    assert {rival.name for rival in turn.rivals} == NAMES
    assert all(rival.words for rival in turn.rivals)
    assert all("untested" in rival.words for rival in turn.rivals if rival.holds is None)
    assert get_rival(turn, "influence").figure is not None


def test_no_rival_is_weighed_where_nothing_changed() -> None:
    """A still line needs no other explanation."""
    assert judge(make_points([-1, -2] * 8)).rivals == ()


CHANGED: dict[str, tuple[str, list[object]]] = {
    "speaker authority": ("tier", ["B"] * 8 + ["A"] * 8),
    "medium": ("kind", ["video"] * 8 + ["editorial"] * 8),
    "coder mix": ("coders", [("anna",)] * 8 + [("bruno",)] * 8),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_changes_with_the_line_words_the_claim_down(name: str) -> None:
    """A step that coincides with a change of voice, medium or coder is not established, and it is named."""
    field, values = CHANGED[name]
    turn = judge(make_points(STEP, **{field: values}))
    assert not turn.claim
    assert get_rival(turn, name).holds is False
    assert name in turn.words
    assert "possible change, not established" in turn.words


@pytest.mark.parametrize("name", CHANGED)
def test_what_stays_mixed_throughout_does_not(name: str) -> None:
    """The same two kinds on both sides of the step leave the claim standing."""
    field, values = CHANGED[name]
    turn = judge(make_points(STEP, **{field: (values[::8] * 8)}))
    assert get_rival(turn, name).holds is True
    assert turn.claim


def test_items_that_resemble_their_neighbours_are_told() -> None:
    """Waves on both sides of a step are serial dependence: shown, and every second item must carry the turn."""
    wave: list[float] = [
        -3,
        -3,
        -3,
        -2,
        -1,
        -1,
        -1,
        -2,
        -3,
        -3,
        -3,
        -2,
        -1,
        -1,
        1,
        1,
        1,
        2,
        3,
        3,
        3,
        2,
        1,
        1,
        1,
        2,
        3,
        3,
    ]
    rival = get_rival(judge(make_points(wave)), "serial dependence")
    assert rival.figure is not None
    assert rival.figure > 0.5
    assert "every second item" in rival.words


def test_one_item_that_carries_the_turn_is_named() -> None:
    """The item without which least is left is named with what is left."""
    words = get_rival(judge(make_points(STEP)), "influence").words
    assert words.startswith("influence: without item ")
