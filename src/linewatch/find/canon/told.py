"""What is said of quoted words: the verdict, the canon's own words beside them, what was left out, and why.

The edition is never corrected in anybody's name: its words are given beside the quoted ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from linewatch.find.canon.candidates import NEAR_CLAIMED, find_exact_places
from linewatch.find.canon.compare import Compared
from linewatch.find.canon.index import GRAM
from linewatch.find.canon.quoted import Quoted, read_quoted
from linewatch.find.canon.rewording import is_another_rendering
from linewatch.find.canon.schemes import name_scheme
from linewatch.find.canon.shelf import Shelf, Wording
from linewatch.find.canon.weight import begins_with_negation, ends_in_negation, list_weights
from linewatch.model import Difference
from linewatch.model.finding import Verdict


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


def tell(shelf: Shelf, one: Compared, claimed: str | None, quoted: Quoted, *, merged: bool = False) -> Judged:
    """Return the verdict on words that one place explains."""
    name = f"{shelf.canon.name} {claimed or one.ref}"
    verdict = _choose_verdict(one, quoted)
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


def _choose_verdict(one: Compared, quoted: Quoted) -> Verdict:
    if not one.is_clean:
        return "other-translation" if is_another_rendering(one, quoted) else "altered"
    if ends_in_negation(one.left_out[0]) or begins_with_negation(one.left_out[2]):
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
        return _tell_faults(one, faults) if faults else _tell_negation(one)
    if verdict == "other-translation":
        return f"nearest edition {one.wording.name}, {one.quality:.2f} of the words its own"
    return None


def _tell_faults(one: Compared, faults: Sequence[Difference]) -> str:
    told = "; ".join(f"{fault.quoted or 'nothing'} for {fault.canon or 'nothing'}" for fault in faults[:5])
    return told if one.wording.is_original else f"{told}; or another translation that is not at hand"


def _tell_negation(one: Compared) -> str:
    if ends_in_negation(one.left_out[0]):
        return f"begins right after the negation that it stands under: {one.left_out[0].split()[-1]}"
    return f"ends right before the negation that it stands under: {one.left_out[2].split()[0]}"


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


def tell_elsewhere(shelf: Shelf, found: Compared, claimed: str, quoted: Quoted) -> Judged:
    """Return the verdict on words that stand in the canon, but not where they are said to."""
    told = tell(shelf, found, None, quoted)
    right = f"{shelf.canon.name} {found.ref}"
    possible = any(one.find_units(claimed) for one in shelf.wordings)
    scheme = name_scheme(shelf.canon, claimed, found.ref)
    detail = f"the words are those of {right}"
    if not possible:
        detail += f"; there is no {name_claimed(shelf, claimed)}"
    if scheme:
        detail += f"; {claimed} is its number in {scheme}"
    return told._replace(verdict="wrong-reference", ref=right, stands_at=right, detail=detail)


def tell_merged(shelf: Shelf, parts: Sequence[Compared], claimed: str | None) -> Judged:
    """Return the verdict on words run together from several places."""
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


def tell_far(
    shelf: Shelf, wording: Wording, quoted: Quoted, claimed: str | None, near: Compared | None
) -> Judged:
    """Return what is said of words that are nowhere in the canon: altered where a reference vouches for them."""
    units = wording.find_units(claimed) if claimed else []
    if units and len(quoted.words) >= GRAM:
        return Judged(
            "altered", name_claimed(shelf, claimed), wording.name, text=wording.get_text(units[0], units[-1]) if len(units) <= 30 else None,
            differences=near.differences[:40] if near else (), stands_at=None,
            detail=f"the words are not those of {name_claimed(shelf, claimed)}", quality=near.quality if near else 0.0,
        )  # fmt: skip
    detail = (
        "the words stand nowhere in the edition"
        if not claimed or units
        else f"there is no {name_claimed(shelf, claimed)} in the edition"
    )
    if near is not None and near.quality >= NEAR_CLAIMED:
        detail += f"; nearest {shelf.canon.name} {near.ref}"
    return Judged(
        "unknown",
        name_claimed(shelf, claimed),
        wording.name,
        detail=detail,
        quality=near.quality if near else 0.0,
    )


def name_claimed(shelf: Shelf, claimed: str | None) -> str | None:
    """Return the reference with the canon's name."""
    return f"{shelf.canon.name} {claimed}" if claimed else None


def tell_absent(shelf: Shelf, words: str) -> str:
    """Return why nothing can be told: no edition, none in this script, or no words."""
    if not shelf.wordings:
        return f"no edition of the {shelf.canon.name} is at hand"
    return (
        "no words are quoted"
        if not read_quoted(words).words.letters
        else f"no edition of the {shelf.canon.name} in this script is at hand"
    )
