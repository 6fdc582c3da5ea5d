"""The shipped codebook decides every full set of answers, and a broken one is named by what is wrong with it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import pytest

from linewatch.code.codebook import find_faults, load_codebook, parse_codebook
from linewatch.errors import CodebookError
from linewatch.model import Codebook
from linewatch.model.codebook import Derived, Rule

BOOK = load_codebook("leavers.v1")
ASKED = ("q1", "q2", "q3", "q4", "q5", "q6a", "q6b", "tilt")


def answer(yes: str, **other: str) -> dict[str, str]:
    """Return answers to every question: yes to those named, no to the rest, save what `other` says."""
    return {one: "yes" if one in yes.split() else "no" for one in ASKED} | other


@pytest.mark.parametrize(
    ("answers", "value", "shows"),
    [
        (answer("q1 q2"), -3, "harm called for"),
        (answer("q1 q2 q5 q6a"), -3, "the strongest consequence decides over an offer"),
        (answer("q1 q3"), -2, "standing denied"),
        (answer("q1 q3 q6b"), -2, "standing denied decides over leave given"),
        (answer("q1 q4"), -1, "blame alone"),
        (answer("q1 q4 q5 tilt"), 0, "blame that weighs as much as the keeping"),
        (answer("q1"), 0, "a bare report"),
        (answer("q1 q4 q5"), 1, "blame that weighs less than the keeping"),
        (answer("q1 q5"), 1, "still ours"),
        (answer("q1 q4 q6a"), 2, "a way back beside blame"),
        (answer("q1 q6a q6b"), 3, "leave given decides over a way back"),
        (answer("q2 q3"), None, "not about leavers, whatever else is said"),
        ({"q1": "no"}, None, "nothing after a no to the first is asked"),
    ],
)
def test_answers_come_to_a_point(answers: dict[str, str], value: int | None, shows: str) -> None:
    """Each set of answers comes to the point that the method's table gives it."""
    assert BOOK.scale.derive(answers) == Derived(decided=True, value=value), shows


@pytest.mark.parametrize(
    ("answers", "shows"),
    [
        ({}, "nothing answered"),
        (answer("", q1="unclear"), "unclear whether it is about leavers"),
        (answer("q1", q2="unclear"), "an unclear penalty cannot be passed over"),
        (answer("q1 q4 q5", tilt="unclear"), "an unclear tilt"),
        ({"q1": "yes", "q2": "no"}, "the rest is not answered yet"),
    ],
)
def test_undecided_is_not_guessed(answers: dict[str, str], shows: str) -> None:
    """What waits for a missing or unclear answer stays undecided."""
    assert not BOOK.scale.derive(answers).decided, shows


def test_unclear_below_the_deciding_rule_does_no_harm() -> None:
    """An unclear answer that no earlier rule waits for leaves the point decided."""
    assert BOOK.scale.derive(answer("q1 q2", q6a="unclear")).value == -3


def test_every_full_set_of_answers_is_decided() -> None:
    """The rules are total: all 256 sets of yes and no come to a point or are out."""
    values = [
        BOOK.scale.derive(dict(zip(ASKED, given, strict=True)))
        for given in product(("yes", "no"), repeat=len(ASKED))
    ]
    assert all(one.decided for one in values)
    assert {one.value for one in values} == {None, *BOOK.scale.points}


def with_rules(*rules: Rule) -> Codebook:
    """Return the shipped codebook with other rules."""
    return msgspec.structs.replace(BOOK, scale=msgspec.structs.replace(BOOK.scale, rules=rules))


@pytest.mark.parametrize(
    ("codebook", "fault"),
    [
        (msgspec.structs.replace(BOOK, codes=(BOOK.codes[0],) * 2), "the id F01 is used twice"),
        (with_rules(Rule(when={"q9": "yes"}, value=0)), "a rule asks q9, which is no question"),
        (with_rules(Rule(when={"q1": "yes"}, value=7)), "a rule gives 7, which is no point"),
        (with_rules(Rule(when={"q1": "yes"}, value=1)), "no rule decides {'q1': 'no'}"),
    ],
)
def test_fault_is_named(codebook: Codebook, fault: str) -> None:
    """A codebook with one fault is described by that fault."""
    assert find_faults(codebook) == [fault]


def test_shipped_codebook_has_no_fault() -> None:
    """The codebook that is shipped passes its own check."""
    assert find_faults(BOOK) == []


@pytest.mark.parametrize("text", ["", "[1, 2]", "name: x", "name: [", "questions: {a: b}"])
def test_text_that_is_no_codebook(text: str) -> None:
    """YAML that is broken, or is something else, raises an error with a hint."""
    with pytest.raises(CodebookError, match="not a codebook") as caught:
        parse_codebook(text)
    assert caught.value.hint


def test_own_codebook_wins(tmp_path: Path) -> None:
    """A `codebook.yml` in the case is taken before the shipped one; an unknown name says what to do."""
    own = msgspec.structs.replace(BOOK, name="rowers.v1")
    (tmp_path / "codebook.yml").write_bytes(msgspec.yaml.encode(msgspec.to_builtins(own, str_keys=True)))
    assert load_codebook("leavers.v1", tmp_path).name == "rowers.v1"
    with pytest.raises(CodebookError, match="no codebook is called rowers"):
        load_codebook("rowers.v1")
