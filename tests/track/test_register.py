"""A rule is registered before coding or not at all, and its digest is in the log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from linewatch.code.run import get_codebook
from linewatch.errors import InputError
from linewatch.flow import register_rule
from linewatch.model import Judgement
from linewatch.model.line import Frame
from linewatch.stats.scan import scan_turn
from linewatch.stats.scan_spans import scan_spans
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.track.registration import find_breach, tell_registration
from linewatch.track.run import find_registration


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a new case."""
    monkeypatch.setenv("LINEWATCH_STATE", str(tmp_path / "state"))
    return make_case(tmp_path / "case")


def test_rule_is_in_the_log_with_its_digest(case: Case) -> None:
    """The log's last line holds the rule and its digest, the rule is found again, and every seal holds."""
    rule = register_rule(case, "up", "an amnesty was announced")
    last = json.loads(case.log_path.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["action"], last["detail"]["sha256"]) == ("register", rule.sha256)
    assert find_registration(case) == rule
    assert "a softening is expected" in tell_registration(rule)
    assert check_case(case.path).faults == ()


def test_nothing_is_registered_after_coding(case: Case) -> None:
    """Once a judgement is there a rule proves nothing and is refused."""
    judgement = Judgement(
        id="j",
        passage="p",
        coder="anna",
        codebook="leavers.v1",
        question="Q1",
        value="yes",
        judged_at=datetime.now(UTC),
    )
    with case.write("code") as writer:
        writer.add(judgement)
    with pytest.raises(InputError, match="1 judgements are there already"):
        register_rule(case, "up", "")
    assert find_registration(case) is None


def test_the_last_rule_counts(case: Case) -> None:
    """A rule may be bettered before coding; both stay in the log."""
    register_rule(case, "up", "first thought")
    last = register_rule(case, "two", "second thought")
    assert find_registration(case) == last
    assert case.log_path.read_text(encoding="utf-8").count('"register"') == 2


@pytest.mark.parametrize(("side", "p"), [("up", 0.25), ("two", 0.5), ("down", 1.0)])
def test_registered_side_is_looked_at_alone(side: str, p: float) -> None:
    """Three harsh items and a soft one: registered as a softening, chance is 1 in 4; loose dates give the same."""
    scores = [-2, -2, -2, 1]
    loose = [(1, 1), (2, 2), (3, 3), (4, 40)]
    assert scan_spans([(day, day) for day, _ in loose], scores, side=side).p_value == p  # type: ignore[arg-type]  # a table's word
    assert scan_spans(loose, scores, side=side).p_value == pytest.approx(p, abs=0.01)  # type: ignore[arg-type]  # as above
    assert scan_turn(range(4), scores, side=side).p_value == p  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(("frame", "mended", "words"), [
    ("unknown", "", None),
    ("census", "", "the sampling frame is census now"),
    ("unknown", ", mended", "the codebook has been changed since"),
])  # fmt: skip
def test_rule_holds_for_what_it_was_registered_for(
    case: Case, frame: Frame, mended: str, words: str | None
) -> None:
    """A codebook of another digest or another sampling frame undoes the rule, and the report's sentence says so."""
    rule, codebook = register_rule(case, "up", ""), get_codebook(case)
    if mended:
        codebook = msgspec.structs.replace(codebook, title=codebook.title + mended)
    breach = find_breach(rule, codebook, frame)
    assert breach == words
    assert ("chance is taken both ways" in tell_registration(rule, breach)) is (words is not None)
