"""Likelihood in the words of ICD 203, confidence apart from it, and what would change the conclusion."""

from __future__ import annotations

import pytest

from linewatch.model import Gate, Rival, Turn
from linewatch.track.outlook import LIKELIHOODS, tell_likelihood, tell_outlook
from linewatch.track.words import tell_judgement

TURN = Turn(
    series="The Lamp", n=30, p_turn=0.97, bayes_factor=30.0, p_permutation=0.01, date_interval=None, most_likely=None,
    before=-1.0, after=2.0, claim=True, gates=(Gate(name="reliability", holds=True, words="reliable"),), words="",
)  # fmt: skip
OPEN = Rival(name="coder drift", holds=None, figure=None, words="coder drift is untested")
STANDS = Rival(name="medium", holds=True, figure=0.1, words="medium: one throughout")
EXPLAINS = Rival(name="medium", holds=False, figure=0.1, words="medium: songs before, notices after")


def change(**fields: object) -> Turn:
    """Return the turn with other fields and its outlook."""
    from msgspec.structs import replace

    return tell_outlook(replace(TURN, **fields))


@pytest.mark.parametrize(("chance", "term"), [
    (0.0, "almost no chance"), (0.05, "almost no chance"), (0.19, "very unlikely"), (0.4, "unlikely"), (0.5, "roughly even chance"),
    (0.6, "likely"), (0.9, "very likely"), (0.951, "almost certain"), (1.0, "almost certain"),
])  # fmt: skip
def test_terms_have_the_ranges_of_the_standard(chance: float, term: str) -> None:
    """Each probability has the standard's term, with its range printed."""
    assert tell_likelihood(chance).startswith(f"{term} (")
    assert tell_likelihood(chance).endswith("%)")


def test_ranges_join() -> None:
    """The ranges follow one another without a gap."""
    ends = [end for end, _, _ in LIKELIHOODS]
    assert ends == sorted(ends)
    assert ends[-1] == 1.0


@pytest.mark.parametrize(("fields", "level"), [
    ({"rivals": (STANDS,)}, "high"),
    ({"rivals": (STANDS, OPEN)}, "moderate"),
    ({"rivals": (EXPLAINS,)}, "low"),
    ({"gates": (Gate(name="reliability", holds=True, words="tentative"),)}, "moderate"),
    ({"gates": (Gate(name="reliability", holds=True, words="reliability unknown"),)}, "low"),
    ({"gates": (Gate(name="frame", holds=False, words="sampling frame: unknown"),)}, "low"),
    ({"p_turn": None}, "low"),
])  # fmt: skip
def test_confidence_follows_the_ground(fields: dict[str, object], level: str) -> None:
    """Confidence is high on reliable codes with nothing left open, and low where the ground fails or a rival explains it."""
    assert (change(**fields).confidence or "").startswith(f"{level} (")


def test_likelihood_and_confidence_are_never_in_one_sentence() -> None:
    """Each has a sentence of its own, as the standard asks."""
    told = tell_judgement(change(likelihood="likely (55 to 80 %)", rivals=(STANDS,)))
    assert [("likely (55" in words, "confidence" in words) for words in told[:2]] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "name", ["reliability", "frame", "outlet", "outlets", "coverage", "rivals", "family"]
)
def test_each_closed_condition_says_what_would_open_it(name: str) -> None:
    """Whatever is missing, the outlook names what to look for."""
    gates = (Gate(name=name, holds=False, words="missing"),)
    assert change(claim=False, gates=gates).outlook
