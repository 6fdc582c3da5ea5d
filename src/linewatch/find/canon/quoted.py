"""Takes quoted words apart: the words themselves, where something is marked as left out, and what stands in brackets."""

from __future__ import annotations

import re
from typing import NamedTuple

from linewatch.find.canon.words import Words, split

_BRACKETED = re.compile(r"\[[^\[\]]{0,300}\]|\([^()]{0,200}\)")
_CUT = re.compile(r"\[?\s?(?:\.\s?\.\s?\.(?:\s?\.)*|…|\.\.)\s?\]?")
_PARTED = re.compile(r"[*۝/|]|\(?[0-9٠-٩۰-۹]{1,3}\)?|[﴿﴾﴾﴿]")


class Quoted(NamedTuple):
    """Quoted words; `cuts` are the numbers of words before which an omission is marked, `glosses` those in brackets."""

    text: str
    words: Words
    cuts: frozenset[int]
    glosses: frozenset[int]
    parted: frozenset[int]
    """Words before which a verse's number or a mark between verses stands."""


def read_quoted(text: str) -> Quoted:
    """Return the quoted words taken apart.

    >>> read_quoted("whoever turns back... Allah will bring [in place of them] a people").cuts
    frozenset({3})
    """
    words = split(text)
    if words.letters and words.letters[-1] == "يا":  # cut off before what it calls
        words = words.cut(0, len(words) - 1)
    brackets = [hit.span() for hit in _BRACKETED.finditer(text) if not _CUT.fullmatch(hit[0])]
    glosses = frozenset(n for n, start in enumerate(words.starts) if any(a < start < b for a, b in brackets))
    return Quoted(text, words, _find_before(_CUT, text, words), glosses, _find_before(_PARTED, text, words))


def _find_before(mark: re.Pattern[str], text: str, words: Words) -> frozenset[int]:
    found, at = set(), 0
    for n, start in enumerate(words.starts):
        if mark.search(text, at, start):
            found.add(n)
        at = words.ends[n]
    if mark.search(text, at):
        found.add(len(words))
    return frozenset(found)
