"""No sentence states a line or a turn that the codes do not carry."""

from __future__ import annotations

import pytest

from factories_write import make_line, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.model import Reliability
from linewatch.write.claims import (
    NOT_CODED,
    ONE_CODER,
    check_claims,
    check_sentence,
    check_value,
    get_fixed_words,
    is_red,
    states_line,
    states_turn,
)
from linewatch.write.material import Material, Results

RED = make_reliability(light="red")
ONE = make_reliability(coders=("anna",))
FEW = make_reliability(light="unknown")
NONE = Reliability(coders=(), rows=())


def make_weak(reliability: Reliability, *, claims: bool = False) -> Material:
    """Return the case with other codes, and without the claimed turn unless it is wanted."""
    full = make_material()
    line = full.results.line if claims else make_line(full.results.line.points, turns=())
    results = Results(line=line, reliability=reliability, codebook=full.results.codebook)
    return make_material(results=results)


@pytest.mark.parametrize(
    ("reliability", "words", "agreed", "red"),
    [
        (make_reliability(), None, True, False),
        (make_reliability(light="amber"), None, True, False),
        (RED, None, False, True),
        (FEW, FEW.rows[0].words, False, False),
        (ONE, ONE_CODER, False, False),
        (NONE, NOT_CODED, False, False),
    ],
)
def test_fixed_words_stand_where_agreement_is_unknown(
    reliability: Reliability,
    words: str | None,
    agreed: bool,  # noqa: FBT001 - a table's columns
    red: bool,  # noqa: FBT001 - as above
) -> None:
    """Two coders who agree need no words; too few passages coded twice, one coder, or none, has the fixed ones."""
    assert (get_fixed_words(reliability), reliability.is_agreed, is_red(reliability)) == (words, agreed, red)


@pytest.mark.parametrize(
    ("sentence", "turns", "stands"),
    [
        ("Its line softened in May.", True, False),
        ("The line is harsh.", False, True),
        ("The line remained where it stood.", False, True),
        ("Whether the line turned is not known.", False, False),
        ("The line has not changed.", False, False),
        ("The weather turned.", False, False),
        ("", False, False),
    ],
)
def test_what_a_sentence_states(sentence: str, turns: bool, stands: bool) -> None:  # noqa: FBT001 - a table's columns
    """A turn and a standing are told from doubt, denial and other subjects."""
    assert (states_turn(sentence), states_line(sentence)) == (turns, stands)


@pytest.mark.parametrize("reliability", [RED, ONE, NONE, make_reliability()])
def test_turn_that_is_not_claimed_cannot_be_written(reliability: Reliability) -> None:
    """A sentence that states a turn fails by its line when no turn is established."""
    with pytest.raises(DraftError, match="line 4 of the draft states a turn that is not established"):
        check_sentence(make_weak(reliability), "The line softened.", 4)


def test_claimed_turn_may_be_written() -> None:
    """Where a turn is claimed, the analyst may say so."""
    check_sentence(make_material(), "The line softened.", 4)


@pytest.mark.parametrize("reliability", [RED, ONE, NONE])
def test_line_on_weak_codes_cannot_be_written(reliability: Reliability) -> None:
    """A sentence that says where the line stands fails when coders do not agree on it."""
    with pytest.raises(DraftError, match=r"below the agreed reliability: “The line is harsh.”"):
        check_sentence(make_weak(reliability), " The line is harsh.", 4)


def test_one_coder_may_be_quoted_with_the_fixed_words() -> None:
    """With one coder the sentence passes when it says what that is worth."""
    check_sentence(make_weak(ONE), "The line is harsh (one coder, reliability unknown).", 4)


def test_value_on_red_codes_fails() -> None:
    """A number of the line on codes below the agreed reliability fails with the sentence's words."""
    with pytest.raises(DraftError, match=r"line 3: states the line .* in “It stands at x.”"):
        check_value(make_weak(RED), "line 3", "It stands at x.")


def test_value_of_one_coder_is_the_fixed_words() -> None:
    """With one coder the fixed words stand in place of the value."""
    assert check_value(make_weak(ONE), "line 3", "It stands at x.") == ONE_CODER


@pytest.mark.parametrize("reliability", [RED, ONE])
def test_tracker_cannot_claim_on_weak_codes(reliability: Reliability) -> None:
    """A turn claimed on weak codes fails the build, should the tracker ever let one through."""
    with pytest.raises(DraftError, match="claimed on codes below"):
        check_claims(make_weak(reliability, claims=True))
