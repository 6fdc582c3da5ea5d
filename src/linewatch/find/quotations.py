"""Finds direct quotations: between marks of all kinds, over paragraphs, in verse, and in blocks without marks.

Titles, terms, glosses and scare quotes are left out, and what stands in headings, captions and notes. Who speaks is in `speakers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.attribution import NOBODY, Attribution
from linewatch.find.base import Reading, make_finding
from linewatch.find.linking import Linker
from linewatch.find.locators import Locator, find_locators
from linewatch.find.prose import Marked, Prose, get_prose
from linewatch.find.resolving import resolve
from linewatch.find.segments import find_segments
from linewatch.find.speakers import attribute, attribute_block, attribute_indirect
from linewatch.find.titles import find_reason_against, is_fragment
from linewatch.model import Finding, Quotation
from linewatch.text.spans import Cover, Place, count_words, trim

NAME = "quotations.v1"

_SCRIPTURES = {"quran": "Quran", "bible": "Bible"}
_MARKER_TAIL = re.compile(r"(?:\s?\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|[\"”»])\s*\Z")
_FULL = re.compile(
    r"\b(?:reads|read|states|stated|says|said|wrote|writes|as follows|the following|follows|text|full|translation|transcript|excerpts?|statement|declared|announced|continues|adds)\b[^.]{0,80}:\s*\Z"
)


class Candidate(NamedTuple):
    """Words that may be a quotation, and how they are set off."""

    place: Place
    mark: Marked | None
    block: int


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each quotation with its speaker, role, item, segments and the reason."""
    prose = get_prose(reading)
    attributor = _Attributor(reading, prose)
    linker = Linker(reading, prose)
    for candidate in list_candidates(reading, prose):
        found = attributor.attribute(candidate)
        if found is None:
            continue
        item, why = linker.link(candidate.place, found, attributor.is_continued)
        value = Quotation(
            speaker=found.speaker,
            role=found.role,
            item=item,
            form="marked" if candidate.mark else "block",
            segments=find_segments(
                reading.text, *candidate.place, candidate.mark.nested if candidate.mark else ()
            ),
            scripture=found.scripture,
        )
        yield make_finding(reading, *candidate.place, value, finder=NAME, reason=f"{found.reason}; {why}")


def list_candidates(reading: Reading, prose: Prose) -> Iterator[Candidate]:
    """Yield the marked words and the blocks that may be quotations, in order."""
    first = next((at for at, block in enumerate(prose.blocks) if block.kind != "list"), 0)
    marks: dict[int, list[Marked]] = {}
    for mark in prose.marked:
        marks.setdefault(mark.block, []).append(mark)
    covered = Cover((mark.start, mark.end) for mark in prose.marked if mark.end > mark.start)
    for at, block in enumerate(prose.blocks):
        if at < first:
            continue
        whole = _find_whole_block(reading, prose, at, marks.get(at, []), covered)
        if whole is not None:
            yield Candidate(whole, None, at)
            continue
        for mark in marks.get(at, ()):
            place = Place(mark.start, mark.end)
            if place.start < place.end and block.kind != "table":
                yield Candidate(place, mark, at)


def _find_whole_block(
    reading: Reading, prose: Prose, at: int, marks: list[Marked], covered: Cover
) -> Place | None:
    """Return the span of a block that is quoted as a whole without marks of its own."""
    block = prose.blocks[at]
    if block.start in covered:
        return None
    text = reading.text
    start = block.start
    if text[start] == ">":
        start = _skip_signs(text, start, block.end)
    place = trim(text, start, block.end)
    if marks and marks[0].before <= place.start + 1:
        return None
    set_in = block.kind == "blockquote" or (block.kind == "paragraph" and _is_led_in(prose, at))
    if not set_in or not count_words(text[place.start : place.end][:80]) >= 3:
        return None
    return _drop_tail(text, place)


def _skip_signs(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "> \t":
        start += 1
    return start


def _drop_tail(text: str, place: Place) -> Place:
    """Leave out a note marker and a stray closing mark at a block quotation's end."""
    end = place.end
    while (
        tail := _MARKER_TAIL.search(text, max(place.start, end - 8), end)
    ) is not None and tail.start() > place.start:
        if text[tail.start()] in '"”»' and any(mark in text[place.start : tail.start()] for mark in '"“«'):
            break
        end = tail.start()
    return trim(text, place.start, end)


def _is_led_in(prose: Prose, at: int) -> bool:
    """Tell whether the paragraph before says that somebody's words follow, and no marks are set."""
    if at == 0:
        return False
    before = prose.blocks[at - 1]
    lead = prose.text[max(before.start, before.end - 220) : before.end]
    words = prose.text[prose.blocks[at].start : prose.blocks[at].start + 60]
    return (
        _FULL.search(lead) is not None
        and before.kind == "paragraph"
        and not re.match(r"\W{0,3}(?:\d{1,2}[.)]|[-•*])\s", words)
        and not lead.rstrip().endswith("::")
    )


class _Attributor:
    """Goes through the candidates in order and remembers who spoke."""

    def __init__(self, reading: Reading, prose: Prose) -> None:
        self.prose = prose
        self.text = reading.text
        self.blotted = blot(prose)
        self.locators = find_locators(
            reading.text, [canon for canon in reading.canons if canon.name in _SCRIPTURES]
        )
        self.earlier: list[Attribution] = []
        self.last: tuple[Candidate, Attribution] | None = None
        self.is_continued = False

    def attribute(self, candidate: Candidate) -> Attribution | None:
        """Return who speaks, None where the words are nobody's speech."""
        self.is_continued = False
        mark = candidate.mark
        if mark is not None and find_reason_against(self.prose, mark) is not None:
            return None
        found = self._find_speaker(candidate)
        if not found.cued and mark is not None and self._is_loose(mark):
            return None
        found = self._mark_scripture(candidate, found)
        self.earlier.append(found)
        self.last = (candidate, found)
        return found

    def _find_speaker(self, candidate: Candidate) -> Attribution:
        mark = candidate.mark
        if mark is not None and mark.reopens and self.last and self.last[1].speaker:
            return self._continue("the paragraph before left its marks open")
        own = attribute(self.prose, mark, self.blotted) if mark is not None else NOBODY
        if not own.cued and self._opens_block(candidate):
            own = attribute_block(self.prose, candidate.block, self.blotted)
        if own.cued:
            return resolve(self.prose, own, self.earlier)
        if self._follows_on(candidate):
            return self._continue("it goes on from the quotation before")
        if mark is None or not self._is_loose(mark):
            own = attribute_indirect(self.prose, candidate.place.start, self.blotted, self.earlier[-1:])
            own = resolve(self.prose, own, self.earlier)
        return own

    def _opens_block(self, candidate: Candidate) -> bool:
        start = self.prose.blocks[candidate.block].start
        return not self.text[start : candidate.place.start].strip("\"“„«‘'> *_([")

    def _continue(self, reason: str) -> Attribution:
        assert self.last is not None
        self.is_continued = True
        return self.last[1]._replace(reason=f"{reason}: {self.last[1].speaker}", cued=True)

    def _follows_on(self, candidate: Candidate) -> bool:
        """Tell whether a quotation goes on from the one before: in the same paragraph, or as a paragraph of its own after one."""
        if self.last is None:
            return False
        before = self.last[0]
        between = self.text[before.place.end : candidate.place.start]
        if not self.last[1].speaker:
            return False
        if before.block == candidate.block:
            mark = candidate.mark
            return mark is None or not is_fragment(self.text[mark.start : mark.end]) or len(between) < 60
        near = candidate.block - (before.mark.last_block if before.mark else before.block) == 1
        alone = self._opens_block(candidate) and not between.strip(" \n\r\t\u00a0\"“”»«'’>*_.")
        return near and alone

    def _is_loose(self, mark: Marked) -> bool:
        """Tell whether marked words that nobody is named for are too little to be speech."""
        words = self.text[mark.start : mark.end]
        return is_fragment(words) and count_words(words[:300]) < 8

    def _mark_scripture(self, candidate: Candidate, found: Attribution) -> Attribution:
        """Return the canon as speaker of words that a locator vouches for as a whole."""
        locator = _find_closing_locator(self.text, candidate, self.locators)
        if locator is None or found.scripture:
            return found
        return found._replace(
            speaker=_SCRIPTURES[locator.canon],
            role="scripture",
            scripture=True,
            reason=f"closed by {locator.ref}",
        )


def _find_closing_locator(text: str, candidate: Candidate, locators: list[Locator]) -> Locator | None:
    """Return the bracketed locator at the end of the words or right after them, where they are all its own."""
    start, end = candidate.place
    after = candidate.mark.after if candidate.mark else end
    first = bisect_left(locators, start, key=lambda locator: locator.end)
    last = bisect_right(locators, after + 4, key=lambda locator: locator.start)
    for locator in reversed(locators[max(first, last - 2) : last]):
        inside = (
            start < locator.start and locator.end <= end and not text[locator.end : end].strip(" )].”\"’'")
        )
        behind = 0 <= locator.start - after <= 4 and text[after : locator.start].strip() in {
            "(",
            "[",
            "",
            "—",
            "–",
            "-",
        }
        nested = candidate.mark is not None and any(pair.end > pair.start for pair in candidate.mark.nested)
        if (inside and not nested) or behind:
            return locator
    return None


def blot(prose: Prose) -> str:
    """Return the text with the words inside outer marks blotted out, offsets kept: what is said there leads in nothing."""
    parts: list[str] = []
    at = 0
    for span in prose.quoted.spans:
        parts.append(prose.text[at : span.start])
        parts.append("\u2591" * (span.end - span.start))
        at = span.end
    parts.append(prose.text[at:])
    return "".join(parts)
