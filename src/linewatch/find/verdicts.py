"""Checks quoted words against a canon's text: exact, variant, partial with what was left out, altered, or of another place.

Compared are words, folded; brackets are the translator's or the quoter's own and are left aside.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from linewatch.model import Canon
from linewatch.model.finding import Verdict
from linewatch.text.folding import fold

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_GLOSS = re.compile(r"\[(?!\s?(?:\.\.\.|…)\s?\])[^\[\]]{0,200}\]|\([^()]{0,60}\)")
_CUT = re.compile(r"\[?\s?(?:\.\s?\.\s?\.|…)\s?\]?")
_NEAR = 0.6
_LEAST = 3
_GRAM = 3


class Checked(NamedTuple):
    """The verdict on quoted words, what they leave out of the unit, and what else is to be said."""

    verdict: Verdict
    left_out: tuple[str, ...] = ()
    detail: str | None = None


def check_quotation(canon: Canon, ref: str, quoted: str | None) -> Checked:
    """Return how the quoted words stand to the unit `ref` (such as `4:2` or `4`) of the canon.

    >>> charter = Canon(name="charter", title="Charter", units={"4:1": "Send word before the second bell.", "4:2": "Mend what you break in use."})
    >>> check_quotation(charter, "4:2", "mend what you break...")[:2]
    ('partial', ('after',))
    >>> check_quotation(charter, "4:1", "Mend what you break in use.").detail
    'the words are those of charter 4:2'
    """
    if not canon.units:
        return Checked("unknown", detail=f"no edition of the {canon.name} is at hand")
    unit = get_unit(canon, ref)
    if quoted is None or len(_split(quoted)) < _LEAST:
        absent = f"{canon.name} {ref} is not in the edition at hand; "
        return Checked("unknown", detail=("" if unit is not None else absent) + "no words are quoted with it")
    here = _compare(quoted, unit) if unit is not None else None
    if here is not None and here.verdict != "altered":
        return here
    elsewhere = _find_elsewhere(canon, ref, quoted)
    if elsewhere is not None:
        return Checked("wrong-reference", detail=f"the words are those of {canon.name} {elsewhere}")
    missing = Checked("unknown", detail=f"{canon.name} {ref} is not in the edition at hand")
    return here or (
        missing
        if unit is None
        else Checked("altered", detail=f"the words are not those of {canon.name} {ref}")
    )


def get_unit(canon: Canon, ref: str) -> str | None:
    """Return the text of a unit, of a range of units, or of a whole chapter; None where the edition has none."""
    refs = list(_list_refs(canon, ref))
    return (
        " ".join(canon.units[one] for one in refs)
        if refs and all(one in canon.units for one in refs)
        else None
    )


def _list_refs(canon: Canon, ref: str) -> Iterator[str]:
    if ref in canon.units:
        yield ref
    elif ":" not in ref:
        yield from (one for one in canon.units if one.split(":")[0] == ref)
    elif "-" in ref and ref.count(":") == 1:
        chapter, verses = ref.split(":")
        first, last = (int(part) for part in verses.split("-"))
        yield from (f"{chapter}:{verse}" for verse in range(first, min(last, first + 300) + 1))


def _split(words: str) -> list[str]:
    return _WORD.findall(fold(words))


def _compare(quoted: str, unit: str) -> Checked | None:
    plain = _GLOSS.sub(" ", quoted)
    pieces = [piece for piece in (_split(part) for part in _CUT.split(plain)) if piece]
    whole = _split(unit)
    if not pieces:
        return None
    if len(pieces) == 1 and pieces[0] == whole:
        same = _trim(quoted) == _trim(unit)
        return (
            Checked("exact")
            if same
            else Checked("variant", detail="the same words, set or spelled differently")
        )
    left_out = _find_left_out(pieces, whole)
    if left_out is not None:
        return Checked("partial", left_out)
    return _compare_loosely([word for piece in pieces for word in piece], whole)


def _trim(words: str) -> str:
    kept = " ".join(words.split()).strip("\"'“”‘’«».,;:!? ")
    return kept[:1].lower() + kept[1:]


def _find_left_out(pieces: Sequence[Sequence[str]], whole: Sequence[str]) -> tuple[str, ...] | None:
    """Return what is left out when the pieces stand in the unit in their order; None when they do not."""
    places: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        found = _find_piece(piece, whole, at)
        if found is None:
            return None
        places.append((found, found + len(piece)))
        at = found + len(piece)
    out = ["before"] if places[0][0] > 0 else []
    out += ["inside"] if any(a[1] < b[0] for a, b in itertools.pairwise(places)) else []
    out += ["after"] if places[-1][1] < len(whole) else []
    return tuple(out)


def _find_piece(piece: Sequence[str], whole: Sequence[str], at: int) -> int | None:
    size = len(piece)
    return next(
        (n for n in range(at, len(whole) - size + 1) if list(whole[n : n + size]) == list(piece)), None
    )


def _compare_loosely(words: Sequence[str], whole: Sequence[str]) -> Checked | None:
    matcher = SequenceMatcher(None, words, whole, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if shared < _NEAR * len(words):
        return None
    changes = [
        f"{' '.join(words[a:b]) or 'nothing'} for {' '.join(whole[c:d]) or 'nothing'}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal" and not (tag == "insert" and (a in (0, len(words))))
    ]
    return Checked("altered", detail="; ".join(changes[:5]))


@lru_cache(maxsize=8)
def _index(units: tuple[tuple[str, str], ...]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for ref, text in units:
        for gram in set(_list_grams(_split(text))):
            found[gram].append(ref)
    return found


def _list_grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + _GRAM]) for n in range(len(words) - _GRAM + 1)]


def _find_elsewhere(canon: Canon, ref: str, quoted: str) -> str | None:
    """Return the one other unit that holds the quoted words."""
    index = _index(tuple(canon.units.items()))
    near = {
        other for gram in _list_grams(_split(_GLOSS.sub(" ", quoted))) for other in index.get(gram, ())[:20]
    }
    hits = [other for other in sorted(near - {ref}) if _holds(quoted, canon.units[other])]
    return hits[0] if hits else None


def _holds(quoted: str, unit: str) -> bool:
    found = _compare(quoted, unit)
    return found is not None and found.verdict != "altered"
