"""Warnings come of whole words, however they are written, in English and Arabic, and of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.sensitivity import find_warning


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("Two rowers were KILLED on the reef.", "describes killing"),
        ("The judge had him put to death.", "describes killing; describes torture or execution"),
        ("They tortured the man for a name.", "describes torture or execution"),
        ("It speaks of rape.", "describes sexual violence"),
        ("He took his own life.", "describes self-harm"),
        ("Each child has an oar.", "concerns children"),
        ("قُتِلَ رجلان عند الرصيف", "describes killing"),
        ("وقتلوهم", "describes killing"),
        ("بالتعذيب", "describes torture or execution"),
        ("حُكم عليه بالإعدام", "describes torture or execution"),
        ("للأطـــفال", "concerns children"),
        ("مذبحة", "describes killing"),
    ],
)
def test_words_are_found(words: str, warning: str | None) -> None:
    """Case, vowel signs, lengthening and the letters Arabic writes before a word do not matter."""
    assert find_warning(words) == warning


@pytest.mark.parametrize(
    "words",
    [
        "A skilful crew, and a killick for an anchor.",
        "He lashes the boat; the wind whipped the sea.",
        "Rapeseed and grapes.",
        "The League regrets every empty bench.",
        "القلب والمقتنيات",
        "قاتلوا الموج",
        "",
    ],
)
def test_other_words_are_not(words: str) -> None:
    """A part of another word, and a word that mostly means something else, warn of nothing."""
    assert find_warning(words) is None


@given(st.text(max_size=200))
def test_any_text_is_looked_through(words: str) -> None:
    """Whatever the words, the answer is None or labels that name what they warn of."""
    warning = find_warning(words)
    assert warning is None or all(one.split()[0] in {"describes", "concerns"} for one in warning.split("; "))
