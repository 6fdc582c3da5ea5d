"""The shadow of a text for search and comparison, with a map back: the text itself is never altered.

Arabic: vowel signs and the lengthening stroke go, the forms of alif become one, ى becomes ي, ة becomes ه. Latin: case, accents and the
marks of transliteration (ʿ ʾ ’ inside a word) go. Both: digits become 0-9, white space becomes one space.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_FOLDED = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‐": "-", "‑": "-",
}  # fmt: skip
_DROPPED = {"ـ", "ʿ", "ʾ", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\ufeff", "\u00ad"}


class Folded(NamedTuple):
    """A shadow text; `origins[i]` is the place in the source of its i-th code point, with one more for the end."""

    text: str
    origins: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that `text[start:end]` comes from."""
        if start >= end:
            return self.origins[start], self.origins[start]
        return self.origins[start], self.origins[end - 1] + 1

    def project(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the shadow that the source's `start:end` became."""
        return bisect_left(self.origins, start), bisect_left(self.origins, end)


@lru_cache(maxsize=4096)
def _fold_point(point: str) -> str:
    if point in _DROPPED:
        return ""
    if point in _FOLDED:
        return _FOLDED[point]
    if point.isspace() or point == "\x00":
        return " "
    kept = (p for p in unicodedata.normalize("NFKD", point) if not unicodedata.combining(p))
    return "".join(
        _fold_digit(_FOLDED.get(p, p)) for p in kept if p not in _DROPPED and not _is_mark(p)
    ).casefold()


def _fold_digit(point: str) -> str:
    value = unicodedata.digit(point, None)
    return point if value is None else str(value)


def _is_mark(point: str) -> bool:
    return unicodedata.category(point) in {"Mn", "Me"}


def _walk(text: str) -> Iterator[tuple[str, int]]:
    last = " "
    for at, point in enumerate(text):
        for folded in _fold_point(point):
            if folded == " " and last == " ":
                continue
            last = folded
            yield folded, at


def fold_with_map(text: str) -> Folded:
    """Return the shadow of a text and where each of its code points comes from."""
    pairs = tuple(_walk(text))
    return Folded("".join(point for point, _ in pairs), (*(at for _, at in pairs), len(text)))


def fold(text: str) -> str:
    """Return the shadow of a text: what the search index holds and what is compared.

    >>> fold("Al-Nabaʾ  ÉTAT ٢٠١٨")
    'al-naba etat 2018'
    >>> fold("إِنَّ ٱلْقُرْآنَ") == fold("ان القران")
    True
    """
    return "".join(point for point, _ in _walk(text)).rstrip(" ")
