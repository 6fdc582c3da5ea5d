"""Vowel marks of Arabic words: whether those of a quoted word are the canon's, are missing, or contradict it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from linewatch.find.canon.words import fold_word

Marking = Literal["same", "missing", "contrary"]

_VOWELS = {
    "\u064e": "a", "\u064f": "u", "\u0650": "i", "\u0652": "-", "\u06e1": "-",
    "\u064b": "an", "\u064c": "un", "\u064d": "in", "\u08f0": "an", "\u08f1": "un", "\u08f2": "in", "\u0657": "un", "\u065e": "an", "\u0656": "in",
}  # fmt: skip
_DOUBLED = "\u0651"
_CARRIERS = frozenset("اآٱى")
_ASSIMILATED = frozenset("رلمنوي")
"""Letters doubled in reading after a word's last n, and written so in some editions only."""


class Letter(NamedTuple):
    """A letter with its vowel, None where it has none, and whether it is doubled."""

    letter: str
    vowel: str | None
    doubled: bool


@lru_cache(maxsize=1 << 14)
def read_letters(raw: str) -> tuple[Letter, ...]:
    """Return the letters of a word with their marks; letters that spellings add or leave out are not among them."""
    out: list[Letter] = []
    for point in raw:
        if point in _VOWELS and out:
            out[-1] = out[-1]._replace(vowel=_VOWELS[point])
        elif point == _DOUBLED and out:
            out[-1] = out[-1]._replace(doubled=True)
        elif point.isalpha() and fold_word(point):
            out.append(Letter(point, None, doubled=False))
        elif point == "ء":
            out.append(Letter("ء", None, doubled=False))
    return tuple(_settle(out))


def _settle(letters: list[Letter]) -> list[Letter]:
    """Return the letters without the seat of the hamza, and with the last n of حكماً on the letter before."""
    out: list[Letter] = []
    for one in letters:
        if one.letter in _CARRIERS:
            if one.vowel == "an" and out:
                out[-1] = out[-1]._replace(vowel="an")
            out.append(Letter("ا" if one.letter != "ى" else "ي", None, doubled=False))
        else:
            out.append(one if one.letter == "ء" else one._replace(letter=fold_word(one.letter)))
    return out


def compare_marks(quoted: str, spellings: Iterable[str]) -> Marking:
    """Return how the marks of a word stand to those of the canon's word in its spellings.

    >>> compare_marks("كَتَبَ", ["كَتَبَ"]), compare_marks("كتب", ["كَتَبَ"]), compare_marks("كُتِبَ", ["كَتَبَ"])
    ('same', 'missing', 'contrary')
    """
    ours = read_letters(quoted)
    rows = [row for one in spellings if len(row := read_letters(one)) == len(ours)]
    found: set[Marking] = {_compare(ours, row) for row in rows}
    return "same" if "same" in found else "contrary" if found == {"contrary"} else "missing"


def _compare(quoted: tuple[Letter, ...], canon: tuple[Letter, ...]) -> Marking:
    states = [
        _compare_letter(one, other, first=n == 0, last=n == len(canon) - 1)
        for n, (one, other) in enumerate(zip(quoted, canon, strict=True))
    ]
    return "contrary" if "contrary" in states else "missing" if "missing" in states else "same"


def _compare_letter(quoted: Letter, canon: Letter, *, first: bool, last: bool) -> Marking:
    if quoted.vowel == canon.vowel and quoted.doubled == canon.doubled:
        return "same"
    pausing = last and quoted.vowel == "-"
    if quoted.vowel and canon.vowel and quoted.vowel != canon.vowel and not pausing:
        return "contrary"
    added = quoted.doubled and not canon.doubled and canon.vowel is not None and quoted.vowel is not None
    return "contrary" if added and not (first and quoted.letter in _ASSIMILATED) else "missing"
