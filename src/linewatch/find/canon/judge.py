"""The verdict on quoted words: how they stand to the unit a reference names, or to the place where they do stand.

The edition is never corrected in anybody's name: its words are given beside the quoted ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from linewatch.find.canon.compare import Compared, compare
from linewatch.find.canon.index import GRAM, Index
from linewatch.find.canon.match import Passage, find_passages, is_same
from linewatch.find.canon.quoted import Quoted, read_quoted
from linewatch.find.canon.schemes import name_scheme
from linewatch.find.canon.shelf import Shelf, Wording
from linewatch.find.canon.weight import ends_in_negation, list_weights
from linewatch.model import Difference
from linewatch.model.finding import Verdict

NEAR = 0.6
"""The share of words that must be the canon's for words to be called an altered verse without a reference."""
_NEAR_CLAIMED = 0.34
_RUN, _NEAR_RUN = 5, 0.4
_NEAR_TRANSLATED = 0.75
"""Two translators share half of their words or more; nearer than this, one of them was quoted with changes."""
_TRANSLATED = 0.22
"""The least cosine at which words may be another translation of a unit, and of the unit their reference names."""
_TRANSLATED_CLAIMED = 0.12
_CLOSE = 0.35
_MOST_PLACES = 300
_WIDE = 12
_MOST_VOTES = 60
_MANY = 5
_FEW = 2


class Judged(NamedTuple):
    """The verdict, where the words stand, and what is to be said of it."""

    verdict: Verdict
    ref: str | None = None
    edition: str | None = None
    left_out: tuple[str, str, str] = ("", "", "")
    weights: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    stands_at: str | None = None
    text: str | None = None
    detail: str | None = None
    also: tuple[str, ...] = ()
    quality: float = 0.0


def judge(shelf: Shelf, words: str, claimed: str | None = None) -> Judged:
    """Return the verdict on quoted words; `claimed` is a reference without the canon's name, such as `5:54`."""
    quoted = read_quoted(words)
    wordings = shelf.choose(words)
    if not wordings or not quoted.words.letters:
        return Judged("unknown", _name(shelf, claimed), detail=_tell_absent(shelf, words))
    opened = _judge_opened(shelf, wordings, quoted, claimed)
    if opened is not None:
        return opened
    here = _compare_claimed(wordings, quoted, claimed) if claimed else None
    if here is not None and here.is_clean:
        return _tell(shelf, here, claimed, quoted)
    found = _find_best(shelf, wordings, quoted)
    merged = _find_merged(wordings, quoted) if not _is_explained(here) and not _is_explained(found) else None
    if merged is not None:
        return _tell_merged(shelf, merged, claimed)
    return _decide(shelf, wordings, quoted, claimed, (here, found))


def _judge_opened(
    shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted, claimed: str | None
) -> Judged | None:
    """Return the verdict on words that open with the unit printed before a chapter (the basmala) and go on with its first; else None."""
    joins = shelf.canon.joins
    for wording in wordings:
        unit = wording.index.unit_of.get(joins or "")
        opening = (
            wording.index.streams[0][wording.index.starts[unit] : wording.index.starts[unit + 1]]
            if unit is not None
            else []
        )
        size = len(opening)
        if (
            not size
            or len(quoted.words) <= size
            or wording.index.number(quoted.words.letters[:size]) != opening
        ):
            continue
        rest = quoted.text[quoted.words.starts[size] :]
        units = wording.index.refs
        first = {
            units[wording.index.find_unit(at)]
            for at in find_exact_places(wording.index, read_quoted(rest).words.letters[:GRAM])
        }
        if any(ref.endswith(":1") and ref != joins for ref in first):
            judged = judge(shelf, rest, claimed)
            if judged.verdict in {"exact", "variant", "partial"} and (judged.ref or "").split("-")[
                0
            ].endswith(":1"):
                return judged
    return None


def _decide(
    shelf: Shelf,
    wordings: Sequence[Wording],
    quoted: Quoted,
    claimed: str | None,
    both: tuple[Compared | None, Compared | None],
) -> Judged:
    here, found = both
    if claimed is None and found is not None and _is_chance(found, quoted):
        detail = "so few words, in so many places of the canon, are no quotation of one"
        return Judged("unknown", edition=found.wording.name, detail=detail)
    if found is not None and found.is_clean:
        runs_on = here is not None and _runs_on(found, here, claimed)
        return (
            _tell(shelf, found, None, quoted, merged=runs_on)
            if claimed is None or runs_on
            else _tell_elsewhere(shelf, found, claimed, quoted)
        )
    if (
        here is not None
        and here.quality >= _get_least(here)
        and (found is None or here.quality >= found.quality - 0.05)
    ):
        return _tell(shelf, here, claimed, quoted)
    if found is not None and _is_near(found):
        told = _tell(shelf, found, None, quoted)
        return (
            told._replace(detail=f"nearest to {told.ref}, not {_name(shelf, claimed)}", stands_at=told.ref)
            if claimed
            else told
        )
    translated = [one for one in wordings if not one.is_original]
    if translated:
        return _judge_translation(shelf, translated, quoted, claimed)
    return _tell_far(
        shelf,
        wordings[0],
        quoted,
        claimed,
        here if here is not None and here.quality >= _NEAR_CLAIMED else found,
    )


def _is_explained(one: Compared | None) -> bool:
    """Tell whether one place explains the words: they are its own but for a word or two, so nothing is run together."""
    return one is not None and (one.is_clean or one.wrong + one.slips <= _FEW < one.same)


def _get_least(one: Compared) -> float:
    return NEAR if one.wording.is_original else _NEAR_TRANSLATED


def _is_near(one: Compared) -> bool:
    """Tell whether words are near enough to a unit to be called an altered one: most of them, or a long run."""
    if not one.wording.is_original:
        return one.quality >= _NEAR_TRANSLATED
    return one.quality >= NEAR or (one.same >= _RUN and one.quality >= _NEAR_RUN)


def _is_chance(found: Compared, quoted: Quoted) -> bool:
    """Tell whether one or two words that are part of many units were given without a reference."""
    if len(quoted.words) >= GRAM or found.is_whole:
        return False
    return len(find_exact_places(found.wording.index, quoted.words.letters)) > _MANY


def _compare_claimed(wordings: Sequence[Wording], quoted: Quoted, claimed: str) -> Compared | None:
    best: Compared | None = None
    for wording in wordings:
        units = wording.find_units(claimed)
        if not units:
            continue
        made = _compare_units(wording, quoted, units, claimed)
        best = _better(best, made)
    return best


def _compare_units(wording: Wording, quoted: Quoted, units: Sequence[int], claimed: str) -> Compared | None:
    """Return how the words stand to units; of a long chapter only to the part that they run along."""
    size = wording.index.starts[units[-1] + 1] - wording.index.starts[units[0]]
    if size <= 4 * len(quoted.words) + 400:
        return compare(wording, quoted, units[0], units[-1], claimed=":" in claimed)
    near = [
        (wording.index.find_unit(one.place), wording.index.find_unit(one.end - 1), one.bits)
        for one in find_passages(wording.index, quoted.words)
    ]
    inside = [one for one in near if units[0] <= one[0] <= one[1] <= units[-1]]
    if not inside:
        return None
    first, last, _ = max(inside, key=lambda one: one[2])
    return compare(wording, quoted, first, last)


def _better(one: Compared | None, other: Compared | None) -> Compared | None:
    if one is None or other is None:
        return one or other
    return other if _rank(other) > _rank(one) else one


def _rank(one: Compared) -> tuple[bool, float, bool, int, float]:
    printed = sum(
        difference.kind in {"spelling", "punctuation", "marks-left-out", "bracket"}
        for difference in one.differences
    )
    return one.is_clean, one.quality, one.is_whole, -printed, -sum(len(part) for part in one.left_out) / 1e6


def _find_best(shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted) -> Compared | None:
    best: Compared | None = None
    for wording in wordings:
        for first, last in _list_candidates(wording, quoted):
            best = _better(best, compare(wording, quoted, first, last))
            if best is not None and best.is_clean and best.is_whole:
                return best
    if (best is None or best.quality < NEAR) and len(quoted.words) >= GRAM:
        for near in shelf.find_neighbours(wordings).find(quoted.words.letters, 3):
            for wording in wordings:
                unit = wording.index.unit_of.get(near.ref)
                if unit is not None:
                    best = _better(best, compare(wording, quoted, unit, unit))
    return best


def _list_candidates(wording: Wording, quoted: Quoted) -> list[tuple[int, int]]:
    """Return the ranges of units that the words may be taken from."""
    index = wording.index
    places = find_exact_places(index, quoted.words.letters)
    if places:
        size = len(quoted.words)
        whole = [(index.find_unit(at), index.find_unit(at + size - 1)) for at in places]
        return sorted(
            set(whole),
            key=lambda one: (one[1] - one[0], index.starts[one[1] + 1] - index.starts[one[0]], one[0]),
        )[:4]
    passages = sorted(find_passages(index, quoted.words), key=lambda one: -one.bits)[:4]
    ranges = [_get_range(index, one) for one in passages]
    out = list(dict.fromkeys(ranges))
    near = [one for one in ranges if abs(one[0] - ranges[0][0]) <= _WIDE] if ranges else []
    if len(near) > 1:
        out.append((min(one[0] for one in near), max(one[1] for one in near)))
    out += [(unit, unit) for unit in _vote(index, quoted)]
    for first, last in out[:2]:  # a slip at the seam of two verses hides the other one
        if _is_longer(index, quoted, first, last):
            out += [(max(0, first - 1), last), (first, min(last + 1, len(index.refs) - 1))]
    return list(dict.fromkeys(out))


def _vote(index: Index, quoted: Quoted) -> list[int]:
    """Return the units that share the most runs of three words with the quoted ones: a passage names only one of those alike."""
    low, high = index.find_keys(np.asarray(index.number(quoted.words.letters), dtype=np.int64))
    votes: Counter[int] = Counter()
    for a, b in zip(low.tolist(), high.tolist(), strict=True):
        votes.update({index.find_unit(place) for place in index.places[a : min(b, a + _MOST_VOTES)].tolist()})
    return [unit for unit, _ in votes.most_common(3)]


def _is_longer(index: Index, quoted: Quoted, first: int, last: int) -> bool:
    return len(quoted.words) > index.starts[last + 1] - index.starts[first]


def _get_range(index: Index, passage: Passage) -> tuple[int, int]:
    return index.find_unit(passage.place), index.find_unit(passage.end - 1)


def find_exact_places(index: Index, letters: Sequence[str]) -> list[int]:
    """Return the places where all the words stand in a row."""
    ids = index.number(letters)
    if not ids or min(ids) < 0:
        return []
    if len(ids) >= GRAM:
        low, high = index.find_keys(np.asarray(ids[:GRAM], dtype=np.int64))
        tried = index.places[low[0] : high[0]].tolist() if len(low) else []
    else:
        tried = index.find_word(ids[0])
    fits = (
        at
        for at in tried
        if at + len(ids) <= index.size and all(is_same(index, ids[n], at + n) for n in range(len(ids)))
    )
    return list(dict.fromkeys(fits))[:_MOST_PLACES]


def _find_merged(wordings: Sequence[Wording], quoted: Quoted) -> list[Compared] | None:
    """Return the places that words run together from, two or more, none of them altered; None where they are not that."""
    for wording in wordings:
        parts = list(_cut_runs(wording.index, quoted))
        if len(parts) < 2 or sum(last - first for first, last, _ in parts) < len(quoted.words):
            continue
        made = [_compare_part(wording, quoted, first, last, place) for first, last, place in parts]
        units = {unit for one in made if one is not None for unit in (one.first, one.last)}
        if all(one is not None for one in made) and len(units) > 1:
            return [one for one in made if one is not None]
    return None


def _cut_runs(index: Index, quoted: Quoted) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs of the canon's words that follow one another, each of three words or more or a whole unit."""
    ids = index.number(quoted.words.letters)
    low, high = index.find_keys(np.asarray(ids, dtype=np.int64))
    at = 0
    while at + GRAM <= len(ids):
        tried = index.places[low[at] : high[at]].tolist()[:_MOST_PLACES]
        if not tried:
            return
        lengths = [_measure(index, ids, at, place) for place in tried]
        best = max(range(len(tried)), key=lengths.__getitem__)
        yield at, at + lengths[best], tried[best]
        at += lengths[best]


def _measure(index: Index, ids: Sequence[int], at: int, place: int) -> int:
    n = 0
    while at + n < len(ids) and place + n < index.size and is_same(index, ids[at + n], place + n):
        n += 1
    return n


def _compare_part(wording: Wording, quoted: Quoted, first: int, last: int, place: int) -> Compared | None:
    start, end = quoted.words.starts[first], quoted.words.ends[last - 1]
    part = read_quoted(quoted.text[start:end])
    index = wording.index
    made = compare(wording, part, index.find_unit(place), index.find_unit(place + last - first - 1))
    return made if made is not None and made.is_clean else None


def _runs_on(found: Compared, here: Compared, claimed: str | None) -> bool:
    """Tell whether the words hold the unit that is named and run on over its ends."""
    if claimed is None or found.wording is not here.wording:
        return False
    units = here.wording.find_units(claimed)
    return bool(units) and found.first <= units[0] and units[-1] <= found.last and found.first != found.last


def _tell(
    shelf: Shelf, one: Compared, claimed: str | None, quoted: Quoted, *, merged: bool = False
) -> Judged:
    name = f"{shelf.canon.name} {claimed or one.ref}"
    verdict = _choose_verdict(one)
    if merged and verdict != "altered":
        verdict = "merged"
    ranks = [kind for kind in list_weights(" ".join(one.left_out)) if verdict != "exact"]
    gone = " ".join(
        difference.canon for difference in one.differences if difference.kind in {"missing", "changed"}
    )
    return Judged(
        verdict, name, one.wording.name, one.left_out, tuple(dict.fromkeys((*ranks, *list_weights(gone)))),
        one.differences, text=one.wording.get_text(one.first, one.last) if claimed is None else _get_claimed_text(one, claimed),
        detail=_tell_detail(one, verdict), also=_list_also(shelf, one, quoted, claimed), quality=one.quality,
    )  # fmt: skip


def _get_claimed_text(one: Compared, claimed: str) -> str:
    units = one.wording.find_units(claimed)
    return (
        one.wording.get_text(units[0], units[-1])
        if units and len(units) <= 30
        else one.wording.get_text(one.first, one.last)
    )


def _choose_verdict(one: Compared) -> Verdict:
    if not one.is_clean or ends_in_negation(one.left_out[0]):
        return "altered"
    if not one.is_whole:
        return "partial"
    return "variant" if one.differences else "exact"


def _tell_detail(one: Compared, verdict: Verdict) -> str | None:
    if verdict == "variant":
        kinds = dict.fromkeys(difference.kind for difference in one.differences)
        return "the same words: " + ", ".join(_KINDS[kind] for kind in kinds)
    if verdict == "altered":
        faults = [difference for difference in one.differences if difference.kind not in _KINDS]
        if not faults:
            return f"begins right after the negation that it stands under: {one.left_out[0].split()[-1]}"
        return "; ".join(
            f"{difference.quoted or 'nothing'} for {difference.canon or 'nothing'}"
            for difference in faults[:5]
        )
    return None


_KINDS = {
    "marks-left-out": "vowel marks left out",
    "spelling": "spelled otherwise",
    "punctuation": "other punctuation",
    "bracket": "words in brackets added or left out",
}


def _list_also(shelf: Shelf, one: Compared, quoted: Quoted, claimed: str | None) -> tuple[str, ...]:
    if claimed or not one.is_clean or len(quoted.words) > 40:
        return ()
    index = one.wording.index
    units = dict.fromkeys(index.find_unit(at) for at in find_exact_places(index, quoted.words.letters))
    return tuple(
        f"{shelf.canon.name} {index.refs[unit]}" for unit in units if not one.first <= unit <= one.last
    )[:20]


def _tell_elsewhere(shelf: Shelf, found: Compared, claimed: str, quoted: Quoted) -> Judged:
    told = _tell(shelf, found, None, quoted)
    right = f"{shelf.canon.name} {found.ref}"
    possible = any(one.find_units(claimed) for one in shelf.wordings)
    scheme = name_scheme(shelf.canon, claimed, found.ref)
    detail = f"the words are those of {right}"
    if not possible:
        detail += f"; there is no {_name(shelf, claimed)}"
    if scheme:
        detail += f"; {claimed} is its number in {scheme}"
    return told._replace(verdict="wrong-reference", ref=right, stands_at=right, detail=detail)


def _tell_merged(shelf: Shelf, parts: Sequence[Compared], claimed: str | None) -> Judged:
    refs = list(dict.fromkeys(one.ref for one in parts))
    names = f"{shelf.canon.name} {'; '.join(refs)}"
    left_out = (
        parts[0].left_out[0],
        " … ".join(
            part for one, other in pairwise(parts) for part in (one.left_out[2], other.left_out[0]) if part
        ),
        parts[-1].left_out[2],
    )
    return Judged(
        "merged", names, parts[0].wording.name, left_out, list_weights(" ".join(left_out)),
        tuple(difference for one in parts for difference in one.differences),
        stands_at=names, text=" … ".join(one.wording.get_text(one.first, one.last) for one in parts),
        detail=f"run together from {' and '.join(refs)}" + (f", cited as {claimed}" if claimed else ""), quality=1.0,
    )  # fmt: skip


def _judge_translation(
    shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted, claimed: str | None
) -> Judged:
    neighbours = shelf.find_neighbours(wordings)
    scores = neighbours.score(quoted.words.letters)
    best = int(np.argmax(scores)) if len(scores) else -1
    if best < 0:
        return Judged(
            "unknown", _name(shelf, claimed), detail="the words are near to nothing in the editions at hand"
        )
    top, ref = float(scores[best]), neighbours.refs[best]
    if claimed:
        units = wordings[0].find_units(claimed)
        here = max(
            (float(scores[neighbours.refs.index(wordings[0].index.refs[unit])]) for unit in units[:40]),
            default=0.0,
        )
        if here >= _TRANSLATED_CLAIMED and here >= 0.6 * top:
            return _tell_translation(shelf, wordings, quoted, (claimed, here))
        if top >= _CLOSE:
            told = _tell_translation(shelf, wordings, quoted, (ref, top))
            return told._replace(
                verdict="wrong-reference",
                stands_at=told.ref,
                detail=f"nearest to {told.ref}, not {_name(shelf, claimed)}",
            )
        return Judged(
            "unknown",
            _name(shelf, claimed),
            detail="the words are not near to the reference in the editions at hand",
        )
    if top < _TRANSLATED or len(quoted.words) < 4:
        return Judged("unknown", detail="the words are near to nothing in the editions at hand")
    return _tell_translation(shelf, wordings, quoted, (ref, top))


def _tell_translation(
    shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted, near: tuple[str, float]
) -> Judged:
    ref, score = near
    made = [one for wording in wordings for one in [_compare_ref(wording, quoted, ref)] if one is not None]
    nearest = max(made, key=lambda one: one.quality, default=None)
    verdict: Verdict = "other-translation" if score >= _CLOSE else "paraphrase"
    wording = nearest.wording if nearest else wordings[0]
    units = wording.find_units(ref)
    return Judged(
        verdict, f"{shelf.canon.name} {ref}", wording.name, text=wording.get_text(units[0], units[-1]) if units else None,
        differences=nearest.differences[:40] if nearest else (), detail=f"nearest edition {wording.name}, {score:.2f} alike", quality=score,
    )  # fmt: skip


def _compare_ref(wording: Wording, quoted: Quoted, ref: str) -> Compared | None:
    units = wording.find_units(ref)
    return _compare_units(wording, quoted, units, ref) if units else None


def _tell_far(
    shelf: Shelf, wording: Wording, quoted: Quoted, claimed: str | None, near: Compared | None
) -> Judged:
    """Return what is said of words that are nowhere in the canon: altered where a reference vouches for them."""
    units = wording.find_units(claimed) if claimed else []
    if units and len(quoted.words) >= GRAM:
        return Judged(
            "altered", _name(shelf, claimed), wording.name, text=wording.get_text(units[0], units[-1]) if len(units) <= 30 else None,
            differences=near.differences[:40] if near else (), stands_at=None,
            detail=f"the words are not those of {_name(shelf, claimed)}", quality=near.quality if near else 0.0,
        )  # fmt: skip
    detail = (
        "the words stand nowhere in the edition"
        if not claimed or units
        else f"there is no {_name(shelf, claimed)} in the edition"
    )
    if near is not None and near.quality >= _NEAR_CLAIMED:
        detail += f"; nearest {shelf.canon.name} {near.ref}"
    return Judged(
        "unknown", _name(shelf, claimed), wording.name, detail=detail, quality=near.quality if near else 0.0
    )


def _name(shelf: Shelf, claimed: str | None) -> str | None:
    return f"{shelf.canon.name} {claimed}" if claimed else None


def _tell_absent(shelf: Shelf, words: str) -> str:
    if not shelf.wordings:
        return f"no edition of the {shelf.canon.name} is at hand"
    return (
        "no words are quoted"
        if not read_quoted(words).words.letters
        else f"no edition of the {shelf.canon.name} in this script is at hand"
    )
