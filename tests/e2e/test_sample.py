"""The sample case against its planted truths: what was planted is found, and nothing else is claimed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from linewatch.cli.demo import set_up_sample
from linewatch.code.reliability import collect, measure_codes
from linewatch.code.run import collect_codes, get_codebook, import_judgements, measure
from linewatch.flow import run, track_line
from linewatch.gather.run import Given
from linewatch.model import Item, Line, Marker, Passage, Point
from linewatch.resources import find_shipped
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_findings, list_live_judgements
from linewatch.track.changes import Sample
from linewatch.track.claim import judge_series
from linewatch.track.run import track
from linewatch.track.series import make_points

SAMPLE = find_shipped("examples/harbour-league")
TRUTH: dict[str, Any] = yaml.safe_load((SAMPLE / "truth.yml").read_text(encoding="utf-8"))
LAMP = TRUTH["turn"]["outlet"]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return the sample case taken through all six rooms and coded by its two coders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINEWATCH_STATE", str(tmp_path_factory.mktemp("state")))
        made = make_case(tmp_path_factory.mktemp("sample") / "case")
        set_up_sample(made, SAMPLE)
        run(made, [SAMPLE / "material"], made.path / "out", given=Given(), tell=lambda _step: None)
        for path in sorted((SAMPLE / "codings").glob("*.csv")):
            import_judgements(made, path)
    return made


@pytest.fixture(scope="module")
def line(case: Case) -> Line:
    """Return the sample's line."""
    return track_line(case, tell=lambda _step: None)


def list_points(line: Line, outlet: str) -> tuple[Point, ...]:
    """Return one outlet's points."""
    return tuple(point for point in line.points if point.outlet == outlet)


def test_planted_turn_is_the_only_one_claimed(line: Line) -> None:
    """The Lamp's turn is claimed in its month, from blame to the open side, and no other series' is."""
    assert [turn.series for turn in line.turns if turn.claim] == [LAMP]
    (turn,) = (turn for turn in line.turns if turn.claim)
    assert turn.most_likely is not None
    assert [str(day) for day in turn.most_likely] == [
        str(TRUTH["turn"]["last_before"]),
        str(TRUTH["turn"]["first_after"]),
    ]
    assert turn.before is not None
    assert turn.after is not None
    assert turn.before < -1 < 0.5 < turn.after


def test_coders_agree_as_planted(case: Case) -> None:
    """The stance's alpha is near the planted one; PDF and DOCX items, which cannot be read yet, are not in it."""
    headline = measure(case).headline
    assert headline is not None
    assert headline.alpha == pytest.approx(TRUTH["coders"]["ordinal_alpha"], abs=0.05)


def test_markers_that_lead_nowhere_are_found(case: Case) -> None:
    """Each monitor's report has the planted marker without a note."""
    dangling = {
        one.value.n
        for one in list_live_findings(case)
        if isinstance(one.value, Marker) and not one.value.body
    }
    assert {"5", "2", "3"} <= dangling


def test_held_items_carry_the_catalogue(case: Case) -> None:
    """Each held item of an outlet names it, with the catalogue as the source."""
    held = [one.value for one in list_live_findings(case) if isinstance(one.value, Item) and one.value.held]
    assert {item.outlet for item in held} >= {LAMP, "North Pier Films", "South Pier Films", "The Chorus"}
    assert all(item.sources["outlet"] == "catalogue" for item in held if item.outlet)


def test_unwatched_period_is_in_the_report(case: Case) -> None:
    """The month in which The Lamp was not watched is told."""
    page = (case.path / "out" / "report.html").read_text(encoding="utf-8")
    assert "1 January to 30 June 2031; 1 August 2031 to 31 December 2032" in page


def test_every_seal_holds(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """After all six rooms the case is whole."""
    monkeypatch.setenv("LINEWATCH_STATE", str(case.path / "no-head"))
    assert check_case(case.path).faults == ()


def shuffle_dates(points: Sequence[Point], seed: int) -> tuple[Point, ...]:
    """Return the points with their dates dealt anew."""
    dates = [point.date for point in points]
    random.Random(seed).shuffle(dates)
    return tuple(msgspec.structs.replace(point, date=day) for point, day in zip(points, dates, strict=True))


def test_shuffled_dates_give_no_turn(case: Case, line: Line) -> None:
    """With the dates shuffled within the outlet, at most one of twenty runs claims a turn."""
    reliability, points = measure(case), list_points(line, LAMP)
    claims = [
        judge_series(LAMP, shuffle_dates(points, seed), line.frame, reliability).claim for seed in range(20)
    ]
    assert sum(claims) <= 1


@pytest.mark.parametrize("coder", TRUTH["coders"]["names"])
def test_one_coder_claims_nothing(case: Case, coder: str) -> None:
    """With the other's codings dropped, the same series is not claimed: one coder, reliability unknown."""
    judgements = [one for one in list_live_judgements(case) if one.coder == coder]
    codebook = get_codebook(case)
    passages = case.find(Passage)
    items = {one.id: one.value for one in list_live_findings(case) if isinstance(one.value, Item)}
    points = make_points(items, passages, collect(codebook, judgements))
    reliability = measure_codes(codebook, judgements, {one.id: one.item or one.id for one in passages})
    turn = judge_series(LAMP, tuple(one for one in points if one.outlet == LAMP), "census", reliability)
    assert not turn.claim
    assert "one coder, reliability unknown" in turn.words


def test_nothing_under_src_reads_the_truth() -> None:
    """The planted truths are for tests alone."""
    sources = Path(__file__).parents[2] / "src"
    assert [path for path in sources.rglob("*.py") if "truth.yml" in path.read_text(encoding="utf-8")] == []


def test_silence_and_not_watching_read_differently(line: Line) -> None:
    """South Pier fell silent while watched; The Lamp was not watched in July 2031: two sentences, never one."""
    told = " ".join(line.words)
    assert f"{TRUTH['silent']['outlet']} said nothing more on the issue" in told
    assert f"to {TRUTH['silent']['watched_until']}, though it was watched" in told
    unwatched = TRUTH["unwatched"]
    assert f"{unwatched['outlet']} was not watched from {unwatched['from']} to {unwatched['to']}" in told
    assert f"{unwatched['outlet']} said nothing" not in told


def test_planted_drift_is_read_as_a_drift(line: Line) -> None:
    """North Pier's climb by degrees is no turn, and a drift is its likeliest reading."""
    (turn,) = (turn for turn in line.turns if turn.series == TRUTH["drift"]["outlet"])
    assert (turn.claim, turn.reading) == (False, "drift")


def test_claimed_turn_lists_its_rivals(line: Line) -> None:
    """The Lamp's turn stands against every rival reading that the case can test, and names those that it cannot."""
    (turn,) = (turn for turn in line.turns if turn.claim)
    assert {rival.holds for rival in turn.rivals} == {True, None}


def test_voices_that_change_are_no_turn(case: Case, line: Line) -> None:
    """The same scores with the harsh ones from one outlet and the soft ones from another: a mix alone is never a turn."""
    turned = TRUTH["turn"]["first_after"]
    points = tuple(
        msgspec.structs.replace(point, outlet="The Gull")
        if point.date is not None and point.date.latest is not None and point.date.latest < turned
        else point
        for point in list_points(line, LAMP)
    )
    reliability = measure(case)
    own = tuple(
        judge_series(name, tuple(one for one in points if one.outlet == name), line.frame, reliability)
        for name in ("The Gull", LAMP)
    )
    whole = judge_series("all", points, line.frame, reliability, outlets_own=own)
    assert [turn.claim for turn in (*own, whole)] == [False, False, False]
    assert "change of voices" in whole.words


def test_a_machine_coder_is_no_part_of_the_line(case: Case) -> None:
    """With one coder declared a machine the line is the other's alone, and labels without a known draw do not correct it."""
    first, second = TRUTH["coders"]["names"]
    sample = Sample(machines=(second,))
    tracked = track(
        case, collect_codes(case), measure(case), get_codebook(case), lambda _step: None, sample=sample
    )
    assert {point.coders for point in tracked.points} == {(first,)}
    (lamp,) = (change for change in tracked.changes if change.outlet == LAMP)
    assert lamp.scored > lamp.before
    assert lamp.corrected is None
    assert "no known chance of having been drawn" in (lamp.refused or "")


def test_a_machine_coder_is_corrected_by_a_random_sample(case: Case) -> None:
    """Where the chance with which items were drawn for people is known, the change is told corrected beside labels only."""
    _, second = TRUTH["coders"]["names"]
    codes = collect_codes(case)
    plain = track(case, codes, measure(case), get_codebook(case), lambda _step: None)
    sample = Sample(machines=(second,), chances={point.item: 1.0 for point in plain.points})
    tracked = track(case, codes, measure(case), get_codebook(case), lambda _step: None, sample=sample)
    (lamp,) = (change for change in tracked.changes if change.outlet == LAMP)
    assert lamp.labels_only is not None
    assert lamp.labels_only.low < lamp.labels_only.value < lamp.labels_only.high
    assert lamp.corrected is not None or "labels count alone" in (lamp.refused or "")
