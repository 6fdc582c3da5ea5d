"""Words led in as a canon's or as God's: "as the Quran says", "Allah said", "Charter 4:2 reads"."""

from __future__ import annotations

import re

from linewatch.find.attribution import Attribution
from linewatch.find.tokens import tokenize
from linewatch.find.words import get_role, get_verbs

_WORDS = (
    r"(?:[Tt]he\s)?(?:Holy\s|Noble\s|Glorious\s)?"
    r"(?:Qur['’ʾ]?[aā]n|Koran|Bible|Gospel|Torah|Psalms?|Scriptures?|Sura[ht]?|Charter|القرآن)"
)
_LEAD = re.compile(rf"\b(?P<canon>{_WORDS})(?:\b|(?=ic))[^.!?]{{0,110}}\Z")
_SAYS = re.compile(
    r"(?:verses?|quot\w+|cit\w+|says|said|states|reads|reading|recit\w+|\d:\d|\bArticle|الآية|الكريم|يقول|قال)"
)
_GOD = re.compile(
    r"\b(?P<who>Allah|God|the Lord|the Almighty|Lord|الله)(?:,?\s(?:the\s)?[\w\s,]{0,40})?\s(?:has\s|also\s)?"
    r"(?:says?|said|states|stated|tells?|told|commands?|commanded|warns?|warned|revealed|reveals|promised|promises|ordered|orders|قال|يقول|تعالى)"
    r"\b[^.!?]{0,60}\Z"
)


def find_sacred_speaker(before: str, at: int) -> Attribution | None:
    """Return the canon, or God, that the words before a quotation name as its speaker."""
    hit = _LEAD.search(before)
    bare = hit is not None and not before[hit.end("canon") :].strip(" :\"“«'(")
    if (
        hit
        and (bare or _SAYS.search(before, hit.start()))
        and not _has_later_speaker(before, hit.end("canon"))
    ):
        return _make(_name(hit["canon"]), hit.span("canon"), at, "the words are led in as a canon's")
    god = _GOD.search(before)
    if god:
        return _make(god["who"], god.span("who"), at, "the words are led in as God's")
    return None


def _make(name: str, place: tuple[int, int], at: int, reason: str) -> Attribution:
    return Attribution(name, "scripture", reason, at + place[0], at + place[1], scripture=True)


def _name(printed: str) -> str:
    plain = re.sub(r"^(?:[Tt]he\s)?(?:Holy\s|Noble\s|Glorious\s)?", "", printed)
    return "Quran" if re.match(r"Qur|Koran|Sura|القرآن", plain) else plain


def _has_later_speaker(before: str, at: int) -> bool:
    """Tell whether somebody speaks after the canon was named: "quoting the Quran, the keeper said"."""
    rest = tokenize(before, at, len(before))
    for n, token in enumerate(rest):
        if token.low in get_verbs().say and token.low not in get_verbs().of_canons:
            return any(
                get_role(other.low) not in {None, "scripture", "singer"} or other.is_capital
                for other in rest[:n]
            )
    return False
