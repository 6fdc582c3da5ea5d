"""Words of a text for comparison with a canon: where each stands and its letters, without vowel marks, case and spelling habits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u0300-\u036f"
_HIDDEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

# One class of letters, written out: several times faster than "a letter or a mark".
_L = (
    "A-Za-zªµºÀ-ÖØ-öø-ʯ\u0370-\u0373\u0376-\u037d\u0386-\u03ff\u0400-\u0481\u048a-\u052f\u0531-\u0587\u05d0-\u05ea\u0620-\u063f\u0641-\u064a"
    "\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\u0900-\u1cff\u1e00-\u1fff\u2c00-\u2dff\u3005-\ud7ff"
    "\ufb00-\ufb06\ufb1d-\ufdfb\ufe70-\ufefc"
)
WORD = re.compile(
    rf"([{_L}][{_L}{MARKS}{_HIDDEN}\u02b0-\u02ff]*(?:['’`][{_L}][{_L}{MARKS}{_HIDDEN}\u02b0-\u02ff]*)*)"
)
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_DAGGER = "\u0670"

_LETTERS = {
    **dict.fromkeys(
        (*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE), *range(0x8D3, 0x900), 0x621),
        None,
    ),
    **dict.fromkeys((0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF), None),
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه", ord("ؤ"): "و", ord("ئ"): "ي", ord("ی"): "ي", ord("ک"): "ك",
}  # fmt: skip
_AND = frozenset("وف")
"""Joined to the word they lead in; a writer's own is easily added to the first word quoted, or left out."""
_CALLS = frozenset({"يا", "ويا", "فيا"})
"""The vocative is written as a word of its own or joined to the next: "يا أيها" is "يأيها" in the Uthmani spelling."""


class Words(NamedTuple):
    """The words of a text: `text[starts[i]:ends[i]]`, and the letters of each."""

    starts: list[int]
    ends: list[int]
    letters: list[str]

    def __len__(self) -> int:
        return len(self.letters)

    def cut(self, first: int, last: int) -> Words:
        """Return the words `first:last`."""
        return Words(self.starts[first:last], self.ends[first:last], self.letters[first:last])


def split(text: str) -> Words:
    """Return the words of a text; the vocative is one word with what it calls.

    >>> split("يَا أَيُّهَا النَّاسُ").letters
    ['ياايها', 'الناس']
    >>> split("The Sea's wall").letters
    ['the', 'seas', 'wall']
    """
    parts = WORD.split(text)
    edges = list(accumulate(map(len, parts)))
    starts, ends = edges[:-1:2], edges[1::2]
    folded = list(map(fold_word, parts[1::2]))
    if _CALLS.isdisjoint(folded):
        return Words(starts, ends, folded)
    return _join_calls(Words(starts, ends, folded))


def _join_calls(words: Words) -> Words:
    starts, ends, letters = words
    calls = [at for at, word in enumerate(letters[:-1]) if word in _CALLS and letters[at + 1] not in _CALLS]
    for at in calls:
        ends[at] = ends[at + 1]
        letters[at] += letters[at + 1]
    gone = {at + 1 for at in calls}
    kept = [at for at in range(len(letters)) if at not in gone]
    return Words([starts[at] for at in kept], [ends[at] for at in kept], [letters[at] for at in kept])


@lru_cache(maxsize=1 << 16)
def fold_word(raw: str) -> str:
    """Return the letters of a word: what spellings of one word with and without marks share.

    >>> fold_word("ٱلْءَاخِرَةِ") == fold_word("الآخرة")
    True
    """
    if "\u0600" <= raw[0] <= "\u08ff":
        return raw.translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", raw)
    if is_arabic(plain):
        return unicodedata.normalize("NFC", plain).translate(_LETTERS)
    return "".join(
        point for point in plain.casefold() if point.isalnum() and not "\u02b0" <= point <= "\u02ff"
    )


def spell_out(raw: str) -> str:
    """Return the letters of a word with the small alif written out: الكتب of the Uthmani spelling is الكتاب."""
    return fold_word(
        raw.replace("ى" + _DAGGER, "ى")
        .replace("و" + _DAGGER, "ا")
        .replace("ـ" + _DAGGER, "ا")
        .replace(_DAGGER, "ا")
    )


def is_respelled(one: str, other: str) -> bool:
    """Tell whether two words given by letters are one in two spellings: جاؤوا and جاءو.

    >>> is_respelled(fold_word("جاؤوا"), fold_word("جَآءُو")), is_respelled("قال", "قل")
    (True, False)
    """
    return one == other or _respell(one) == _respell(other)


@lru_cache(maxsize=1 << 14)
def _respell(letters: str) -> str:
    if letters.isascii():
        return _respell_english(letters)
    plain = letters.replace("وو", "و").replace("اا", "ا")
    return plain[:-1] if plain.endswith("وا") else plain


_ENGLISH = {
    "oh": "o",
    "judgement": "judgment",
    "acknowledgement": "acknowledgment",
    "grey": "gray",
    "defence": "defense",
}
_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"))


def _respell_english(letters: str) -> str:
    """Return a word as American English spells it; `o` for `oh`."""
    for british, american in _BRITISH:
        if letters.endswith(british) and len(letters) > len(british) + 3:
            return letters.removesuffix(british) + american
    return _ENGLISH.get(letters) or re.sub(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|able$|ably$)", "or", letters)


def is_arabic(text: str) -> bool:
    """Tell whether there is an Arabic letter in a text."""
    return _ARABIC.search(text) is not None


def is_near(one: str, other: str) -> bool:
    """Tell whether two words may be one with a slip of the pen: at most one letter in four differs.

    >>> is_near("الصابرين", "الصبرين"), is_near("قال", "قل"), is_near("faith", "fault")
    (True, False, False)
    >>> is_near("واذ", "اذ")  # "and when" for "when"
    True
    """
    if (one[1:] == other and one[:1] in _AND) or (other[1:] == one and other[:1] in _AND):
        return True
    longest = max(len(one), len(other))
    if longest < 4 or len(set(one) ^ set(other)) > 2 * (longest // 4):
        return False
    return measure_slip(one, other, longest // 4) <= longest // 4


def measure_slip(one: str, other: str, most: int = 99) -> int:
    """Return how many letters must be set, dropped or changed to make one word the other; anything above `most` where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
        if min(row) > most:
            return most + 1
    return row[-1]


def join(letters: Sequence[str]) -> str:
    """Return letters of several words run together."""
    return "".join(letters)
