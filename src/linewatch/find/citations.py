"""Finds citations of canons: the locator, the words it vouches for, and how these stand to the canon's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from linewatch.find.base import Reading, make_finding
from linewatch.find.canon.judge import Judged, judge
from linewatch.find.canon.shelf import open_canon
from linewatch.find.canon.spans import Verse, find_verses
from linewatch.find.canon.words import split
from linewatch.find.locators import Locator, find_locators
from linewatch.find.notations import tell_impossible
from linewatch.find.prose import Marked, Prose, get_prose
from linewatch.model import Canon, Citation, Finding, Marker, NoteBody, Span
from linewatch.text.spans import Cover, Place, trim

NAME = "citations.v4"

_OPEN = "[({﴾"
_CLOSE = "])}﴿"
_BEFORE_GAP = re.compile(r"[\s\u00a0\[({—–,.-]{0,6}\Z")
_LEAD_GAP = re.compile(
    r"[^.!?\n\"“]{0,90}(?::|,|\b(?:that|says?|states?|reads?|said))\s{0,3}\Z|[\])}\s:,-]{0,6}\Z"
)
_LONG = 600
_NEXT = 30
_LOOSE = " \t\n\"'“”‘’«»﴿﴾{}*:;,،؛.…-–—_>#"
_LEAST = 3
"""Fewer quoted words than this say nothing where they are not the canon's: a name, a scare quote."""


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each citation with the span of the quoted words and a verdict: those with a locator, then words of a canon without one."""
    prose = get_prose(reading)
    canons = {canon.name: canon for canon in reading.canons}
    aside = Cover((block.start, block.end) for block in reading.list_blocks("chrome"))
    notes = _Notes(reading)
    locators = [one for one in find_locators(reading.text, reading.canons) if one.start not in aside]
    verses = [(canon, verse) for canon in reading.canons for verse in _list_verses(reading, canon, locators)]
    taken: list[tuple[int, int]] = [(one.start, one.end) for one in locators]
    for locator in locators:
        canon = canons[locator.canon]
        place, why = notes.find_quoted(prose, locator) or find_quoted(prose, locator)
        place, why = _mend_quoted(
            reading.text, locator, (place, why), [one for owner, one in verses if owner is canon]
        )
        taken += [(place.start, place.end)] if place else []
        judged = check_quotation(canon, locator, reading.text[place.start : place.end] if place else None)
        value = _make_citation(reading, canon, locator.ref, place, judged)
        yield make_finding(
            reading, locator.start, locator.end, value, finder=NAME, reason=f"{locator.reason}; {why}"
        )
    for canon, verse in verses:
        if verse.start not in aside and not any(
            start < verse.end and verse.start < end for start, end in taken
        ):
            taken.append((verse.start, verse.end))
            judged = judge(open_canon(canon), reading.text[verse.start : verse.end])
            value = _make_citation(
                reading, canon, judged.ref or canon.name, Place(verse.start, verse.end), judged
            )
            yield make_finding(
                reading, verse.start, verse.end, value, finder=NAME, reason=f"{verse.reason}; no locator"
            )


def _list_verses(reading: Reading, canon: Canon, locators: Sequence[Locator]) -> list[Verse]:
    spans = [(one.start, one.end) for one in locators if one.canon == canon.name]
    return find_verses(reading.text, open_canon(canon), spans)


def _mend_quoted(
    text: str, locator: Locator, quoted: tuple[Place | None, str], verses: Sequence[Verse]
) -> tuple[Place | None, str]:
    """Return the quoted words; where none are set off by quotation marks, the canon's words that the locator follows or leads in."""
    place, why = quoted
    if place is not None and any(one.start < place.end and place.start < one.end for one in verses):
        return quoted
    begin, end = widen(text, locator)
    for verse in verses:
        before, after = text[verse.end : begin], text[end : verse.start]
        if (0 <= begin - verse.end < _NEXT and not before.strip(_LOOSE)) or (
            0 <= verse.start - end < _NEXT and not after.strip(_LOOSE)
        ):
            return Place(verse.start, verse.end), "the canon's words next to it"
    return place, why


def check_quotation(canon: Canon, locator: Locator, words: str | None) -> Judged:
    """Return the verdict on the words a locator vouches for; without words, what can be said of the reference."""
    ref = locator.ref.split(" ", 1)[1]
    missing = _tell_missing(canon, locator)
    if words is None or not words.strip():
        said = (missing, "no words are quoted with it")
        return Judged("unknown", locator.ref, detail="; ".join(part for part in said if part))
    judged = judge(open_canon(canon), words, ref)
    if missing and judged.verdict == "unknown":
        return judged._replace(detail=missing)
    if judged.verdict in {"altered", "unknown", "wrong-reference"} and len(split(words)) < _LEAST:
        return Judged(
            "unknown", locator.ref, judged.edition, detail="too few words are quoted with it to tell"
        )
    if missing and missing not in (judged.detail or ""):
        return judged._replace(detail="; ".join(part for part in (missing, judged.detail) if part))
    return judged


def _tell_missing(canon: Canon, locator: Locator) -> str | None:
    """Return why a reference leads nowhere: it cannot be, no edition is at hand, or the editions lack it."""
    ref = locator.ref.split(" ", 1)[1]
    if impossible := tell_impossible(canon, ref):
        return f"impossible: {impossible}"
    known = [one.find_units(ref) for one in open_canon(canon).wordings]
    if not known:
        return f"no edition of the {canon.name} is at hand"
    return None if any(known) else f"{locator.ref} is not in the edition at hand"


def _make_citation(reading: Reading, canon: Canon, ref: str, place: Place | None, judged: Judged) -> Citation:
    return Citation(
        canon=canon.name,
        ref=ref,
        quoted=Span(document=reading.document.id, start=place.start, end=place.end) if place else None,
        verdict=judged.verdict,
        edition=judged.edition,
        left_out=tuple(
            name for name, part in zip(("before", "inside", "after"), judged.left_out, strict=True) if part
        )
        if judged.verdict in {"partial", "merged", "wrong-reference"}
        else (),
        omitted=judged.left_out if any(judged.left_out) else (),
        weights=judged.weights,
        stands_at=judged.stands_at,
        text=judged.text,
        differences=judged.differences,
        detail=judged.detail,
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
