"""The verdict on quoted words: how they stand to the unit a reference names, or to the place where they do stand."""

from __future__ import annotations

from collections.abc import Sequence

from linewatch.find.canon.candidates import NEAR, NEAR_CLAIMED, compare_claimed, find_best, find_exact_places
from linewatch.find.canon.compare import Compared
from linewatch.find.canon.index import GRAM
from linewatch.find.canon.merged import find_merged
from linewatch.find.canon.quoted import Quoted, read_quoted
from linewatch.find.canon.shelf import Shelf, Wording
from linewatch.find.canon.told import (
    Judged,
    name_claimed,
    tell,
    tell_absent,
    tell_elsewhere,
    tell_far,
    tell_merged,
)
from linewatch.find.canon.translation import judge_translation

_RUN, _NEAR_RUN = 5, 0.4
_NEAR_TRANSLATED = 0.75
"""Two translators share half of their words or more; nearer than this, one of them was quoted with changes."""
_MANY = 5
_FEW = 2


def judge(shelf: Shelf, words: str, claimed: str | None = None) -> Judged:
    """Return the verdict on quoted words; `claimed` is a reference without the canon's name, such as `5:54`."""
    quoted = read_quoted(words)
    wordings = shelf.choose(words)
    if not wordings or not quoted.words.letters:
        return Judged("unknown", name_claimed(shelf, claimed), detail=tell_absent(shelf, words))
    opened = _judge_opened(shelf, wordings, quoted, claimed)
    if opened is not None:
        return opened
    here = compare_claimed(wordings, quoted, claimed) if claimed else None
    if here is not None and here.is_clean:
        return tell(shelf, here, claimed, quoted)
    found = find_best(shelf, wordings, quoted)
    merged = find_merged(wordings, quoted) if not _is_explained(here) and not _is_explained(found) else None
    if merged is not None:
        return tell_merged(shelf, merged, claimed)
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
            tell(shelf, found, None, quoted, merged=runs_on)
            if claimed is None or runs_on
            else tell_elsewhere(shelf, found, claimed, quoted)
        )
    if (
        here is not None
        and here.quality >= _get_least(here)
        and (found is None or here.quality >= found.quality - 0.05)
    ):
        return tell(shelf, here, claimed, quoted)
    if found is not None and _is_near(found):
        told = tell(shelf, found, None, quoted)
        return (
            told._replace(
                detail=f"nearest to {told.ref}, not {name_claimed(shelf, claimed)}", stands_at=told.ref
            )
            if claimed
            else told
        )
    translated = [one for one in wordings if not one.is_original]
    if translated:
        return judge_translation(shelf, translated, quoted, claimed)
    return tell_far(
        shelf,
        wordings[0],
        quoted,
        claimed,
        here if here is not None and here.quality >= NEAR_CLAIMED else found,
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


def _runs_on(found: Compared, here: Compared, claimed: str | None) -> bool:
    """Tell whether the words hold the unit that is named and run on over its ends."""
    if claimed is None or found.wording is not here.wording:
        return False
    units = here.wording.find_units(claimed)
    return bool(units) and found.first <= units[0] and units[-1] <= found.last and found.first != found.last


__all__ = ["Judged", "judge"]
