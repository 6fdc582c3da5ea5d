"""How alike two names sound: one key for the spellings of a Latin name, one of consonants for a name in Arabic letters and in Latin ones."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from linewatch.text.folding import fold

_ARTICLE = re.compile(r"(?<!\w)(?:a[lnrszdt]|ash|adh|ath|el|ul)[- ](?=\w)|(?<!\w)ال(?=\w{2})")
_LETTER = re.compile(r"[^\W\d_]+")
# Written alike, longest first: what English, French and German writers make of one sound.
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ai"), ("ay", "ai"), ("ey", "ai"), ("q", "k"), ("c", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("w", "u"), ("y", "i"), ("j", "g"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچڤگ", "bttghhddrssssdtsgfkklmnhbsfg", strict=True))
_VOWELS = str.maketrans("", "", "aiu")
_DOUBLE = re.compile(r"(\w)\1+")
_LEAST_CONSONANTS = 4


@lru_cache(maxsize=4096)
def get_sound(name: str) -> str:
    """Return a Latin name as it sounds, its words in alphabetical order.

    >>> get_sound("Yusuf al-Qari") == get_sound("Youssuf El Kari")
    True
    """
    words = _LETTER.findall(_ARTICLE.sub("", re.sub(r"['’ʿʾ‘`.]", "", fold(name))))
    return " ".join(sorted(_sound(word) for word in words))


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word).removesuffix("h")


@lru_cache(maxsize=4096)
def get_consonants(name: str) -> str:
    """Return the consonants of a name in Arabic or Latin letters, its words in alphabetical order.

    >>> get_consonants("سالم القاري"), get_consonants("Salim al-Qari")
    ('kr slm', 'kr slm')
    """
    words = _LETTER.findall(_ARTICLE.sub("", re.sub(r"['’ʿʾ‘`.]", "", fold(name))))
    bones = [_get_bones(word) for word in words]
    return " ".join(sorted(bone for bone in bones if bone))


def _get_bones(word: str) -> str:
    if word[0] > "\u0600":
        kept = "".join(_ARABIC.get(letter, "") for letter in word)
        return _DOUBLE.sub(r"\1", kept).removesuffix("h") or kept
    return _DOUBLE.sub(r"\1", _sound(word).translate(_VOWELS))


def compare_names(one: str, other: str) -> tuple[float, str]:
    """Return how alike two names are, 0 to 100, and by what it was told.

    >>> compare_names("Salim al-Qari", "Saleem el-Kari")
    (100.0, 'sound alike')
    >>> compare_names("Salim al-Qari", "سالم القاري")
    (100.0, 'the same consonants in two scripts')
    """
    if fold(one) == fold(other):
        return 100.0, "the same name"
    if _is_arabic(one) != _is_arabic(other):
        ours, theirs = get_consonants(one), get_consonants(other)
        if min(len(ours.replace(" ", "")), len(theirs.replace(" ", ""))) < _LEAST_CONSONANTS:
            return 0.0, "too few consonants to tell"
        return round(fuzz.ratio(ours, theirs), 1), "the same consonants in two scripts"
    if _is_arabic(one):
        return round(fuzz.ratio(get_consonants(one), get_consonants(other)), 1), "the same consonants"
    return round(fuzz.ratio(get_sound(one), get_sound(other)), 1), "sound alike"


def _is_arabic(name: str) -> bool:
    return any("\u0600" < point < "\u0780" for point in name)
