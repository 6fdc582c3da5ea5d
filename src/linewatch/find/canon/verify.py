"""Checks words that are given as a canon's, one line at a time: what `linewatch canon verify` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from linewatch.find.canon.judge import Judged, judge
from linewatch.find.canon.shelf import open_canon
from linewatch.find.locators import Locator, find_locators
from linewatch.model import Canon

_ORDER = (
    "exact",
    "variant",
    "partial",
    "merged",
    "wrong-reference",
    "altered",
    "other-translation",
    "paraphrase",
    "unknown",
)
_QUOTES = " \t\n\"'“”‘’«»﴿﴾[](){}:;,،-–—"


class Claim(NamedTuple):
    """Words given as a canon's, and the reference given with them."""

    text: str
    ref: str | None = None


def read_claims(lines: Iterable[str]) -> Iterator[Claim]:
    """Yield a claim for each line that is not empty: JSON with `text` and perhaps `ref`, or the words themselves."""
    for line in lines:
        if line.strip():
            yield _read_claim(line.strip())


def _read_claim(line: str) -> Claim:
    if line.startswith("{"):
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            return Claim(line)
        if isinstance(given, dict) and isinstance(given.get("text"), str):
            ref = given.get("ref")
            return Claim(given["text"], ref if isinstance(ref, str) and ref.strip() else None)
    return Claim(line)


def check_claim(canons: Sequence[Canon], claim: Claim) -> tuple[Judged, str | None]:
    """Return the verdict on a claim, and the canon it was found in; a locator among the words is what they claim."""
    text, locator = claim.text, _find_claimed(canons, claim.ref) if claim.ref else None
    if claim.ref is None:
        locator, text = _take_locator(canons, text)
    if claim.ref and locator is None:
        return Judged("unknown", claim.ref, detail=f"{claim.ref!r} is no reference of a canon at hand"), None
    judged = [
        (judge(open_canon(canon), text, locator.ref.split(" ", 1)[1] if locator else None), canon.name)
        for canon in canons
        if locator is None or canon.name == locator.canon
    ]
    return max(judged, key=_rank, default=(Judged("unknown", detail="no canon is at hand"), None))


def _rank(one: tuple[Judged, str]) -> tuple[int, float, bool]:
    return -_ORDER.index(one[0].verdict), one[0].quality, one[0].edition is not None


def _find_claimed(canons: Sequence[Canon], ref: str) -> Locator | None:
    """Return the reference in words such as `quran 5:54`, `5:54` or `[المائدة: 54]`."""
    for words in (ref, f"Quran {ref}", f"[{ref}]"):
        found = find_locators(words, canons)
        if found:
            return found[0]
    return _read_plain(canons, ref)


def _read_plain(canons: Sequence[Canon], ref: str) -> Locator | None:
    name, _, rest = ref.strip().partition(" ")
    canon = next((one for one in canons if one.name == name.casefold()), None)
    if canon is None or not rest.strip():
        return None
    return Locator(
        0, len(ref), canon.name, rest.rpartition(":")[0], f"{canon.name} {rest.strip()}", "as given"
    )


def _take_locator(canons: Sequence[Canon], text: str) -> tuple[Locator | None, str]:
    """Return the locator at the beginning or end of the words, and the words without it."""
    for locator in find_locators(text, canons):
        before, after = text[: locator.start].rstrip(_QUOTES), text[locator.end :].lstrip(_QUOTES)
        if not after:
            return locator, before.strip(_QUOTES)
        if not before:
            return locator, after.strip(_QUOTES)
    return None, text


def to_answer(judged: Judged) -> dict[str, Any]:
    """Return a verdict as plain values."""
    return {
        "verdict": judged.verdict,
        "ref": judged.ref,
        "edition": judged.edition,
        "left_out": list(judged.left_out),
        "differences": [
            {"kind": one.kind, "quoted": one.quoted, "canon": one.canon, "owner": one.owner}
            for one in judged.differences
        ],
        "weights": list(judged.weights),
        "stands_at": judged.stands_at,
        "also": list(judged.also),
        "text": judged.text,
        "detail": judged.detail,
    }
