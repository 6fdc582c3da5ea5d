"""The shipped codebook decides every set of answers, and a broken one is named by what is wrong with it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import pytest

from linewatch.code.codebook import find_faults, list_answer_sets, load_codebook, parse_codebook
from linewatch.errors import CodebookError
from linewatch.model import Codebook
from linewatch.model.codebook import Derived, Rule

BOOK = load_codebook("leavers.v1")
ASKED = ("q1", "q2", "q3", "q4", "q5", "q6a", "q6b")
SHIPPED = Path(__file__).parents[2] / "resources" / "codebooks" / "leavers.v1.yml"


def answer(yes: str, **other: str) -> dict[str, str]:
    """Return answers to every question: yes to those named, no to the rest, save what `other` says."""
    return {one: "yes" if one in yes.split() else "no" for one in ASKED} | other


@pytest.mark.parametrize(
    ("answers", "value", "shows"),
    [
        (answer("q1 q2"), -3, "harm called for"),
        (answer("q1 q2 q3 q4 q5"), -3, "the strongest consequence decides"),
        (answer("q1 q3"), -2, "standing denied"),
        (answer("q1 q3 q6b"), -2, "standing denied decides over leave given"),
        (answer("q1 q4"), -1, "blame alone"),
        (answer("q1 q4 q5"), 0, "blame with a weight of its own beside an excuse"),
        (answer("q1"), 0, "a bare report"),
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


@pytest.mark.parametrize("yes", ["q1 q2 q6a", "q1 q3 q6a", "q1 q2 q3 q4 q5 q6a q6b"])
def test_penalty_and_offer_ask_to_split(yes: str) -> None:
    """A penalty and a way back in one passage come to no point: it is two passages."""
    assert BOOK.scale.derive(answer(yes)) == Derived(decided=False, value=None, split=True)


@pytest.mark.parametrize(
    ("answers", "shows"),
    [
        ({}, "nothing answered"),
        (answer("", q1="unclear"), "unclear whether it is about leavers"),
        (answer("q1", q2="unclear"), "an unclear penalty cannot be passed over"),
        (answer("q1 q4", q5="unclear"), "an unclear excuse beside blame"),
        (answer("q1 q2", q6a="unclear"), "a penalty beside what may be an offer"),
        ({"q1": "yes", "q2": "no"}, "the rest is not answered yet"),
    ],
)
def test_undecided_is_not_guessed(answers: dict[str, str], shows: str) -> None:
    """What waits for a missing or unclear answer stays undecided, and asks for no split."""
    assert BOOK.scale.derive(answers) == Derived(decided=False, value=None), shows


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        (answer("q1 q2", q6b="unclear"), -3),
        (answer("q1 q6a", q4="unclear"), 2),
        (answer("q1 q6b", q6a="unclear"), 3),
    ],
)
def test_unclear_below_the_deciding_rule_does_no_harm(answers: dict[str, str], value: int) -> None:
    """An unclear answer that no earlier rule waits for leaves the point decided."""
    assert BOOK.scale.derive(answers).value == value


def test_every_set_of_answers_meets_a_rule() -> None:
    """All 65 sets that the queue can give come to a point, a split or out, and every point can be reached."""
    sets = list(list_answer_sets(BOOK))
    derived = [BOOK.scale.derive(given) for given in sets]
    assert len(sets) == 65
    assert all(one.decided or one.split for one in derived)
    assert {one.value for one in derived} == {None, *BOOK.scale.points}


def test_first_rule_that_holds_decides() -> None:
    """Whatever the answers, unclear ones too, a decided value is that of the first rule that holds."""
    for given in product(("yes", "no", "unclear"), repeat=len(ASKED)):
        answers = dict(zip(ASKED, given, strict=True))
        derived = BOOK.scale.derive(answers)
        if derived.decided or derived.split:
            first = next(r for r in BOOK.scale.rules if r.when.items() <= answers.items())
            assert (derived.value, derived.split) == (first.value, first.split)


def test_frames_are_all_there() -> None:
    """The shipped codebook has the eighteen frames and seven kinds of leaver, each with what it takes in, what it leaves out and an example."""
    kinds = [f"K{n}" for n in range(1, 8)]
    assert [code.id for code in BOOK.codes] == [*(f"F{n:02}" for n in range(1, 19)), *kinds]
    assert all(code.include and code.exclude and code.example and code.element for code in BOOK.codes)
    assert all(question.include and question.exclude for question in BOOK.questions)
    assert BOOK.scale.anchors.keys() == BOOK.scale.points.keys()


def with_rules(*rules: Rule) -> Codebook:
    """Return the shipped codebook with other rules."""
    return msgspec.structs.replace(BOOK, scale=msgspec.structs.replace(BOOK.scale, rules=rules))


def with_question(**changed: str) -> Codebook:
    """Return the shipped codebook with its first question changed."""
    first = msgspec.structs.replace(BOOK.questions[0], **changed)
    return msgspec.structs.replace(BOOK, questions=(first, *BOOK.questions[1:]))


OUT = Rule(when={"q1": "no"}, value=None)


@pytest.mark.parametrize(
    ("codebook", "fault"),
    [
        (msgspec.structs.replace(BOOK, codes=(BOOK.codes[0],) * 2), "the id F01 is used twice"),
        (msgspec.structs.replace(BOOK, questions=()), "a codebook has 1 to 12 questions, this one 0"),
        (with_question(id="skip"), "'skip' cannot be an id"),
        (with_question(ends="unclear"), "question q1: ends is yes, no or left out, not unclear"),
        (with_rules(Rule(when={"q9": "yes"}, value=0)), "rule 1 asks q9, which is no question"),
        (with_rules(Rule(when={"q1": "yes"}, value=7)), "rule 1 gives 7, which is no point of the scale"),
        (
            with_rules(Rule(when={"q1": "maybe"}, value=1)),
            "rule 1 waits for q1 to be maybe, which is not yes or no",
        ),
        (with_rules(Rule(when={}, value=1, split=True)), "rule 1 both gives a point and asks to split"),
        (with_rules(Rule(when={"q1": "yes"}, value=1)), "no rule decides q1 no"),
        (
            with_rules(OUT, Rule(when={}, value=1), Rule(when={"q2": "yes"}, value=2)),
            "rule 3 never decides: rules above it take all its answers",
        ),
    ],
)
def test_fault_is_named(codebook: Codebook, fault: str) -> None:
    """A codebook with a fault is described by that fault, before any that follow from it."""
    assert find_faults(codebook)[0] == fault


def test_shipped_codebook_has_no_fault() -> None:
    """The codebook that is shipped passes its own check."""
    assert find_faults(BOOK) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "codebook.yml, Expected `object`, got `null`"),
        ("[1, 2]", "Expected `object`, got `array`"),
        ("name: x", "Object missing required field `title`"),
        ("name: x\ntitle: [", "codebook.yml, line 3"),
        ("name: x\nname: y", "line 2: name is given twice"),
        ("questions: {a: b}", "questions: Expected `array`, got `object`"),
        ("name: &a [*a]", "codebook.yml"),
        ("{? [a]: b}", "codebook.yml"),
        ("\x00", "codebook.yml"),
        ("!!python/object/apply:os.getcwd []", "codebook.yml, line 1"),
        ("[" * 5000, "codebook.yml"),
    ],
)
def test_text_that_is_no_codebook(text: str, told: str) -> None:
    """YAML that is broken, hostile or something else raises an error that names the place, with a hint."""
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text)
    assert told in str(caught.value)
    assert caught.value.hint


def test_bare_yes_is_explained() -> None:
    """YAML reads a bare yes as true; the error says to quote it."""
    text = SHIPPED.read_text(encoding="utf-8").replace('ends: "no"', "ends: no")
    with pytest.raises(CodebookError, match="questions, entry 1, ends: Expected") as caught:
        parse_codebook(text)
    assert caught.value.hint is not None
    assert "in quotes" in caught.value.hint


@pytest.mark.parametrize("name", ["../leavers.v1", "/etc/passwd", "", "a" * 99])
def test_name_that_is_no_name(name: str) -> None:
    """A codebook's name is no path."""
    with pytest.raises(CodebookError, match="is no codebook's name"):
        load_codebook(name)


def test_own_codebook_wins(tmp_path: Path) -> None:
    """A `codebook.yml` in the case is taken before the shipped one; an unknown name says what to do."""
    own = msgspec.structs.replace(BOOK, name="rowers.v1")
    (tmp_path / "codebook.yml").write_bytes(msgspec.yaml.encode(msgspec.to_builtins(own, str_keys=True)))
    assert load_codebook("leavers.v1", tmp_path).name == "rowers.v1"
    with pytest.raises(CodebookError, match="no codebook is called rowers"):
        load_codebook("rowers.v1")
