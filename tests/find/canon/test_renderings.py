"""How translators render one another's words, and what that makes of the nearest unit."""

from __future__ import annotations

import numpy as np
import pytest

from linewatch.find.canon.renderings import Renderings, learn

ONE = ["mend oars here", "mend nets here", "bring oars home", "carry nets home"]
OTHER = ["repair paddles here", "repair meshes here", "bring paddles home", "carry meshes home"]


def make_renderings() -> Renderings:
    """Two translations of four units that share their small words only."""
    return Renderings(learn([[unit.split() for unit in ONE], [unit.split() for unit in OTHER]]))


@pytest.mark.parametrize(("word", "other"), [("mend", "repair"), ("oars", "paddles"), ("meshes", "nets")])
def test_words_of_one_translation_are_learned_as_those_of_the_other(word: str, other: str) -> None:
    """A word explains the one that stands for it in the same units better than any that stands elsewhere."""
    renderings = make_renderings()
    assert renderings.measure([other], [[word]]) > renderings.measure(["carry"], [[word]])


def test_a_unit_explains_its_translation_best() -> None:
    """Words of a third translator, who mixes the two, are explained best by their own unit."""
    renderings = make_renderings()
    scores = [renderings.measure(["repair", "oars", "here"], [one.split()]) for one in ONE]
    assert max(scores) == scores[0] > scores[1]


def test_words_nobody_says_explain_nothing() -> None:
    """Words that no edition has tell no unit from another."""
    renderings = make_renderings()
    assert len({round(renderings.measure(["lighthouse"], [one.split()]), 6) for one in ONE}) == 1


def test_nothing_is_learned_from_empty_editions() -> None:
    """Editions without words give renderings without words, not an error."""
    assert Renderings(learn([[[]], [[]]])).measure(["oar"], [[]]) <= 0
    assert np.isfinite(Renderings(learn([])).measure([], []))
