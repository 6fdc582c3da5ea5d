"""Verdicts decide the line and never the agreement; disagreements are listed with their reasons, and taken apart."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from linewatch.cli.code import code as command
from linewatch.code.answers import Answer, make_judgement
from linewatch.code.breakdown import Stratum, break_down
from linewatch.code.codebook import load_codebook
from linewatch.code.run import collect_codes, decide, find_disagreements, measure, record
from linewatch.errors import InputError
from linewatch.model import Judgement
from linewatch.store.case import Case
from linewatch.store.live import list_live_passages

BOOK = load_codebook("leavers.v1")


def answer(yes: str, note: str | None = None) -> list[Answer]:
    """Return answers to every question: yes to those named."""
    said = [Answer(question=q.id, value="yes" if q.id in yes.split() else "no") for q in BOOK.questions]
    return [*said[:-1], Answer(question="q6b", value="no", note=note)]


@pytest.fixture
def differing(case: Case) -> tuple[Case, str]:
    """Return a case in which two coders differ on one passage, and the passage."""
    passages = [one.id for one in list_live_passages(case)]
    for passage in passages:
        record(case, passage, "anna", answer("q1 q4", "called weak"))
        record(case, passage, "bruno", answer("q1 q5" if passage == passages[0] else "q1 q4", "excused"))
    return case, passages[0]


def test_a_disagreement_has_both_reasons(differing: tuple[Case, str]) -> None:
    """What they differ on is named, and each side's point and reason stand."""
    case, passage = differing
    (found,) = find_disagreements(case)
    assert (found.passage, found.on) == (passage, ("q4", "q5", "stance"))
    assert [(side.coder, side.low, side.notes) for side in found.sides] == [
        ("anna", -1, ("called weak",)),
        ("bruno", 1, ("excused",)),
    ]


def test_a_verdict_decides_the_line_and_not_the_agreement(differing: tuple[Case, str]) -> None:
    """After it every coder's code is the verdict's; agreement stays, also when a coder gives in afterwards."""
    case, passage = differing
    before = measure(case)
    decide(case, passage, "anna", Answer(question="stance", value="range", low=-1, high=-1, note="no excuse"))
    record(case, passage, "bruno", answer("q1 q4"))
    assert measure(case) == before
    assert {one.low for one in collect_codes(case) if one.passage == passage} == {-1}
    assert find_disagreements(case) == ()


def test_a_verdict_needs_a_reason_and_two_coders(differing: tuple[Case, str]) -> None:
    """Without a reason, without a name, or with nothing to decide between, nothing is kept."""
    case, passage = differing
    for where, who, note in ((passage, "carla", " "), (passage, "", "why"), ("nowhere", "carla", "why")):
        with pytest.raises(InputError):
            decide(case, where, who, Answer(question="q4", value="yes", note=note))
    assert len(find_disagreements(case)) == 1


def test_the_command_lists_and_settles(differing: tuple[Case, str]) -> None:
    """Disagreements are printed and decided from the command line, a point below zero too."""
    case, passage = differing
    run = CliRunner().invoke
    assert "called weak" in run(command, [str(case.path), "--disagreements"]).output
    settle = ["--settle", passage, "stance", "-1", "--because", "no excuse", "--as", "carla"]
    assert "decided" in run(command, [str(case.path), *settle]).output
    assert json.loads(run(command, [str(case.path), "--disagreements", "--json"]).output) == []
    told = json.loads(run(command, [str(case.path), "--agreement", "--json"]).output)
    assert told["splits"][0]["name"] == "anna, bruno"
    assert told["patterns"][0]["passages"] == 1
    wrong = run(
        command, [str(case.path), "--settle", passage, "stance", "9", "--because", "x", "--as", "carla"]
    )
    assert isinstance(wrong.exception, InputError)


def judge(coder: str, passage: str, yes: str) -> list[Judgement]:
    """Return a coder's judgements on a passage."""
    return [make_judgement(BOOK, passage, coder, one) for one in answer(yes)]


def test_agreement_is_taken_apart() -> None:
    """By pair, by period and by language; a machine is measured beside people and not among them."""
    rows, strata = [], {}
    for n in range(40):
        passage, harsh = f"p{n:02}", n % 2 == 0
        strata[passage] = Stratum(item=passage, period="2031" if n < 20 else "2032", language="en")
        rows += judge("anna", passage, "q1 q4" if harsh else "q1 q5")
        rows += judge("bruno", passage, "q1 q4" if harsh or n >= 20 else "q1 q5")
        rows += judge("machine:words", passage, "q1 q4")
    found = break_down(BOOK, rows, strata)
    split = {(one.kind, one.name): one.rows[0] for one in found.splits}
    assert [kind for kind, _ in split] == ["people", *["machine and person"] * 2, "period", "period"]
    assert split["period", "2031"].alpha == 1
    assert (split["period", "2032"].alpha or 0) < 0.1
    first = found.patterns[0]
    assert {first.point, first.other_point} == {-1, 1}
    drifts = {one.coder: one for one in found.drifts}
    assert drifts["bruno"].is_seen
    assert drifts["bruno"].late < drifts["bruno"].early == 0
