"""What a note is for: it names a source, adds matter of its own, or only points elsewhere in the same work."""

from __future__ import annotations

import re
from typing import Literal

from linewatch.text.sentences import find_sentences

Kind = Literal["source", "explanation", "cross-reference"]

_CROSS = re.compile(
    r"(?:see|cf\.?|compare|as (?:in|noted in)|refer to)?\s?(?:also\s)?(?:supra|infra|above|below|(?:end|foot)?notes?\s\d|n\.\s?\d|(?:chapter|section|part|page|p\.)\s[\divxl]+)"
    r"(?:[\s,.;]|above|below|and|\d|supra|infra|note|of this (?:report|study)|-|–){0,12}\.?",
    re.IGNORECASE,
)
_CITING = re.compile(
    r"\W{0,3}(?:see\b|ibid|id\.|idem|op\.?\s?cit|loc\.?\s?cit|cf\.?\s|e\.g\.|quoted in|cited in|source\b|sources\b|available|accessed|retrieved|archived|https?:|www\.|for (?:more|example|a discussion|details|background|further)\b[^.]{0,40}\bsee\b|[\"“‘«]|انظر|المصدر|المرجع|نفسه|راجع|"
    r"\w[\w-]{0,40}\.(?:com|org|net|me|info|co|gov|edu|ru|ps|sy|tv|io)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|\b[\w-]{2,40}\.(?:com|org|net|me|info|gov|edu|io|tv)\b", re.IGNORECASE)
# "Oster, Ines. The Keepers (Ostrel: Pier Press, 2031), p. 12" · "I. Harrow, “Lamps”, The Lamp, 3 May 2031".
_BOOKISH = re.compile(
    r"\b(?:pp?\.\s?\d|vol\.\s?\d|no\.\s?\d|[12]\d{3}\)|eds?\.\b|trans\.\b|University Press\b|accessed\b|doi:)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:calls|treats|regards|considers|denies|accepts|rejects|keeps|uses|runs|owns|went|goes|is|are|was|were|has|have|had|does|did|do|can|could|may|might|will|would|should|must|believes?|refers?|means?|meant|denotes?|stands? for|claims?|says?|said|"
    r"holds?|held|seems?|appears?|became|become|began|begins?|came|comes?|took|takes?|gave|gives?|made|makes?|wrote|writes|led|leads|joined|belongs?|consists?|includes?|remains?|used|known|called|named|uses|died|lived|"
    r"signed|claimed|argued|announced|declared|reported|translated|adds?|added|notes|noted|omits?|omitted|changed|spells?|counts?|dates|lies|lay|stood|stands|denied|denies|describes?|described|shows?|showed|thank)\b"
)
# Where a source is kept says nothing of its own: "Notice of 9 August 2032, copy held by the authors."
_FILED = re.compile(
    r"\b(?:cop(?:y|ies)\s(?:held|kept|in)|on file\b|in (?:the )?authors?['’]s?\s(?:possession|files|archive)|(?:held|kept) (?:by|with) the authors?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,300}[\"”»]")
_LONGEST_CROSS = 90


def get_note_kind(body: str) -> tuple[Kind, str]:
    """Return the kind of a note and why.

    >>> get_note_kind("The Lamp, 3 May 2031.")[0]
    'source'
    >>> get_note_kind("The League calls any berth off its own piers foreign.")[0]
    'explanation'
    >>> get_note_kind("See note 4 above.")[0]
    'cross-reference'
    """
    words = body.strip()
    if len(words) <= _LONGEST_CROSS and _CROSS.fullmatch(words):
        return "cross-reference", "it only points to another place in this work"
    if _CITING.match(words):
        return "source", "it begins as a citation does"
    first = next(find_sentences(words), None)
    opening = _QUOTED.sub(" ", words[first.start : first.end] if first else words)
    verb = None if _FILED.search(opening) else _VERB.search(opening)
    address = _ADDRESS.search(opening)
    if (
        verb
        and (address is None or verb.start() < address.start())
        and not _is_bookish(opening, verb.start())
    ):
        return "explanation", "its first sentence says something of its own"
    return "source", "it names a source and says nothing else first"


def _is_bookish(opening: str, verb: int) -> bool:
    """Tell whether the verb stands in a title: a page, a volume or a bracketed year follows and little comes before."""
    found = _BOOKISH.search(opening)
    return found is not None and opening.count(",", 0, found.start()) >= 1 and verb < found.start()
