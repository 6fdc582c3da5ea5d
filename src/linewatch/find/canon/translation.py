"""Words that no edition at hand has: another translation of a unit, a paraphrase, or nothing that can be told."""

from __future__ import annotations

from collections.abc import Sequence

from linewatch.find.canon.candidates import compare_units
from linewatch.find.canon.compare import Compared
from linewatch.find.canon.quoted import Quoted
from linewatch.find.canon.shelf import Shelf, Wording
from linewatch.find.canon.told import Judged, name_claimed
from linewatch.model.finding import Verdict

_TRANSLATED = 0.22
"""The least cosine at which words may be another translation of a unit, and of the unit their reference names."""
_TRANSLATED_CLAIMED = 0.12
_CLOSE = 0.35


def judge_translation(
    shelf: Shelf, wordings: Sequence[Wording], quoted: Quoted, claimed: str | None
) -> Judged:
    """Return the verdict on words that no edition has: whose they are near to, and how near."""
    neighbours = shelf.find_neighbours(wordings)
    scores = neighbours.score(quoted.words.letters)
    best = neighbours.rank(quoted.words.letters, scores, 1)
    if not best:
        return Judged(
            "unknown",
            name_claimed(shelf, claimed),
            detail="the words are near to nothing in the editions at hand",
        )
    ref, top = best[0].ref, float(scores.max())
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
                detail=f"nearest to {told.ref}, not {name_claimed(shelf, claimed)}",
            )
        return Judged(
            "unknown",
            name_claimed(shelf, claimed),
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
    return compare_units(wording, quoted, units, ref) if units else None
