"""Finds citations of canons: the locator, the words it vouches for, and how these stand to the canon's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from linewatch.find.base import Reading, make_finding
from linewatch.find.locators import Locator, find_locators
from linewatch.find.prose import Marked, Prose, get_prose
from linewatch.find.verdicts import check_quotation
from linewatch.model import Citation, Finding, Marker, NoteBody, Span
from linewatch.text.spans import Cover, Place, trim

NAME = "citations.v1"

_OPEN = "[({﴾"
_CLOSE = "])}﴿"
_BEFORE_GAP = re.compile(r"[\s\u00a0\[({—–,.-]{0,6}\Z")
_LEAD_GAP = re.compile(
    r"[^.!?\n\"“]{0,90}(?::|,|\b(?:that|says?|states?|reads?|said))\s{0,3}\Z|[\])}\s:,-]{0,6}\Z"
)
_LONG = 600


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each citation with the span of the quoted words and a verdict."""
    prose = get_prose(reading)
    canons = {canon.name: canon for canon in reading.canons}
    aside = Cover((block.start, block.end) for block in reading.list_blocks("chrome"))
    notes = _Notes(reading)
    for locator in find_locators(reading.text, reading.canons):
        if locator.start in aside:
            continue
        place, why = notes.find_quoted(prose, locator) or find_quoted(prose, locator)
        canon = canons[locator.canon]
        words = reading.text[place.start : place.end] if place else None
        checked = check_quotation(canon, locator.ref.split(" ", 1)[1], words)
        value = Citation(
            canon=locator.canon,
            ref=locator.ref,
            quoted=Span(document=reading.document.id, start=place.start, end=place.end) if place else None,
            verdict=checked.verdict,
            edition=canon.edition,
            left_out=checked.left_out,
            detail=checked.detail,
        )
        yield make_finding(
            reading, locator.start, locator.end, value, finder=NAME, reason=f"{locator.reason}; {why}"
        )


def find_quoted(prose: Prose, locator: Locator) -> tuple[Place | None, str]:
    """Return the words that a locator in the running text vouches for, and how they were told."""
    text, marks = prose.text, prose.marked
    at = bisect_right(marks, locator.start, key=lambda mark: mark.start) - 1
    begin, end = widen(text, locator)
    if at >= 0 and locator.end <= marks[at].end:
        return _look_inside(text, marks[at], begin, end)
    following = marks[at + 1] if at + 1 < len(marks) else None
    close = (
        at >= 0
        and begin - marks[at].after <= 6
        and _BEFORE_GAP.match(text[marks[at].after : begin]) is not None
    )
    if close and (begin < locator.start or text[end : end + 1] != ":"):
        return trim(text, marks[at].start, marks[at].end), "the words right before it"
    if following and following.before - end < _LONG and _leads_to(text[end : following.before]):
        return trim(text, following.start, following.end), "the words it leads in"
    return _look_around(prose, marks[at] if at >= 0 else None, begin, end)


def widen(text: str, locator: Locator) -> Place:
    """Return the locator with the brackets that stand around it, and words inside them: `[As it is written in Quran 5:54]`."""
    start, end = locator.start, locator.end
    opening = max(text.rfind(mark, max(0, start - 60), start) for mark in _OPEN)
    closing = min((at for at in (text.find(mark, end, end + 40) for mark in _CLOSE) if at >= 0), default=-1)
    if opening >= 0 and closing >= 0 and not any(mark in text[opening + 1 : start] for mark in _CLOSE):
        return Place(opening, closing + 1)
    return Place(start, end)


def _look_inside(text: str, mark: Marked, begin: int, end: int) -> tuple[Place | None, str]:
    """Find the words when the locator stands inside a quotation: the nested quotation around, after or before it."""
    for nested in mark.nested:
        if nested.start <= begin < nested.end:
            return trim(text, nested.start, begin), "the inner quotation that it closes"
        if 0 <= nested.before - end <= 12:
            return trim(text, nested.start, nested.end), "the inner quotation after it"
        if 0 <= begin - nested.after <= 4:
            return trim(text, nested.start, nested.end), "the inner quotation before it"
    if mark.end - end <= 4 and begin - mark.start <= _LONG and text[begin] in _OPEN:
        return trim(text, mark.start, begin), "the quotation that it closes"
    return None, "no words of it are set off"


def _leads_to(gap: str) -> bool:
    if "\n" in gap.strip("\n "):
        return False
    head = gap.rstrip()
    return (head.endswith(":") and len(head) < 120) or _LEAD_GAP.fullmatch(gap) is not None


def _look_around(prose: Prose, before: Marked | None, begin: int, end: int) -> tuple[Place | None, str]:
    """Find the words in the same sentence, or in the block quotation that the locator closes."""
    block = prose.find_block(begin)
    if block is not None and prose.blocks[block].kind == "blockquote" and prose.blocks[block].end - end <= 3:
        place = trim(
            prose.text,
            prose.blocks[block].start + (1 if prose.text[prose.blocks[block].start] == ">" else 0),
            begin,
        )
        return (
            (place, "the block quotation that it closes")
            if place.start < place.end
            else (None, "nothing stands before it")
        )
    sentence = prose.find_sentence(begin)
    if (
        before is not None
        and sentence is not None
        and before.start >= prose.sentences[sentence].start
        and begin - before.after < 80
    ):
        return trim(prose.text, before.start, before.end), "the quotation in the same sentence"
    return None, "no quoted words are near"


class _Notes:
    """The bodies of notes and where their markers stand, looked up for each locator."""

    def __init__(self, reading: Reading) -> None:
        self.bodies = list(reading.find_values(NoteBody))
        self.markers = {finding.id: finding.span.start for finding, _ in reading.find_values(Marker)}

    def find_quoted(self, prose: Prose, locator: Locator) -> tuple[Place | None, str] | None:
        """Return, for a locator in a note, the words at the note's marker; None where it is in no note."""
        at = bisect_right(self.bodies, locator.start, key=lambda body: body[0].span.start) - 1
        if at < 0 or locator.end > self.bodies[at][0].span.end:
            return None
        marker = self.markers.get(self.bodies[at][1].marker or "")
        if marker is None:
            return None, "in a note that nothing points to"
        nearest = bisect_left(prose.marked, marker, key=lambda mark: mark.start) - 1
        if nearest >= 0 and 0 <= marker - prose.marked[nearest].end <= 4:
            mark = prose.marked[nearest]
            return trim(prose.text, mark.start, mark.end), "the words at the note's marker"
        return None, "in a note; no quoted words are at its marker"
