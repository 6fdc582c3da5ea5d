"""Finds direct quotations: between marks of all kinds, over paragraphs, in verse, and in blocks without marks.

Titles, terms, glosses and scare quotes are left out, and what stands in headings, captions and notes. Who speaks is in `speakers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from linewatch.find.arabic import goes_on_in_arabic
from linewatch.find.attribution import NOBODY, Attribution, read_leads
from linewatch.find.base import Reading, make_finding
from linewatch.find.broadcast import find_header
from linewatch.find.candidates import Candidate, list_candidates
from linewatch.find.linking import Linker
from linewatch.find.locators import Locator, find_locators
from linewatch.find.prose import Marked, Prose, get_prose
from linewatch.find.resolving import resolve
from linewatch.find.segments import find_segments
from linewatch.find.speakers import attribute, attribute_block, attribute_indirect
from linewatch.find.titles import find_reason_against, is_fragment
from linewatch.find.trailing import read_after
from linewatch.find.turns import Turn, list_turns
from linewatch.find.words import get_role
from linewatch.model import Finding, Marker, NoteBody, Quotation
from linewatch.text.spans import Cover, Place, count_words

NAME = "quotations.v3"

_CONTINUED = ("the paragraph before left", "it goes on from")
# `"Lay his place," was the answer.`
_ANSWERS = re.compile(
    r",?\s(?:was|came)\s(?:the|her|his|all the|the only)\s(?:answer|reply|response|rejoinder|retort)\b"
)
_SCRIPTURES = {"quran": "Quran", "bible": "Bible"}


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each quotation with its speaker, role, item, segments and the reason."""
    prose = get_prose(reading)
    attributor = _Attributor(reading, prose)
    linker = Linker(reading, prose)
    turns = list_turns(prose, attributor.header)
    yield from _find_turns(reading, turns, linker)
    spoken = Cover(turn.place for turn in turns)
    noted = Cover((body.span.start, body.span.end) for body, _ in reading.find_values(NoteBody))
    markers = {one.span.end: one.span.start for one, _ in reading.find_values(Marker)}
    for candidate in _drop_markers(list_candidates(prose), markers):
        if candidate.place.start in spoken or candidate.place.start in noted:
            continue
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


def _drop_markers(candidates: Iterable[Candidate], markers: Mapping[int, int]) -> Iterator[Candidate]:
    """Yield the candidates, blocks without marks of their own cut before a note's marker at their end."""
    for candidate in candidates:
        start = markers.get(candidate.place.end, 0)
        if candidate.mark is None and start > candidate.place.start:
            yield candidate._replace(place=Place(candidate.place.start, start))
        else:
            yield candidate


def _find_turns(reading: Reading, turns: list[Turn], linker: Linker) -> Iterator[Finding]:
    """Yield what each voice of a broadcast says; the item is the broadcast's own."""
    header = next((finding.id for finding, _ in linker.items if linker.items[0][0] is finding), None)
    for turn in turns:
        value = Quotation(
            speaker=turn.speaker,
            role=get_role(turn.speaker.split()[-1].lower()) or "unknown",
            item=linker.held or header,
            form="block",
            segments=find_segments(reading.text, *turn.place),
        )
        yield make_finding(
            reading, *turn.place, value, finder=NAME, reason="named in brackets before the words"
        )


class _Attributor:
    """Goes through the candidates in order and remembers who spoke."""

    def __init__(self, reading: Reading, prose: Prose) -> None:
        self.prose = prose
        self.text = reading.text
        self.locators = find_locators(reading.text, reading.canons)
        self.header = find_header(reading)
        self.earlier: list[Attribution] = []
        self.last: tuple[Candidate, Attribution] | None = None
        self.is_continued = False

    def attribute(self, candidate: Candidate) -> Attribution | None:
        """Return who speaks, None where the words are nobody's speech."""
        self.is_continued = False
        mark = candidate.mark
        if mark is not None and find_reason_against(self.prose, mark) is not None:
            return None
        found = self._mark_scripture(candidate, self._find_speaker(candidate))
        if not found.cued and mark is not None and self._is_loose(mark):
            return None
        self.earlier.append(found)
        self.last = (candidate, found)
        return found

    def _find_speaker(self, candidate: Candidate) -> Attribution:
        mark = candidate.mark
        if mark is not None and mark.reopens and self.last and self.last[1].speaker:
            return self._read_own_tail(mark) or self._continue("the paragraph before left its marks open")
        own = attribute(self.prose, mark) if mark is not None else NOBODY
        if not own.cued and self._opens_block(candidate):
            own = attribute_block(self.prose, candidate.block)
        if own.cued:
            return resolve(self.prose, own, self.earlier)
        answering = self._find_answerer(candidate)
        if answering is not None:
            return answering
        if self._follows_on(candidate):
            return self._continue("it goes on from the quotation before")
        if mark is None or not self._is_loose(mark) or self._goes_on_in_arabic(mark):
            own = attribute_indirect(self.prose, candidate.place.start, self.earlier[-1:])
            own = resolve(self.prose, own, self.earlier)
        if own.speaker is None and self.header is not None and self.header.who:
            return own._replace(
                speaker=self.header.who, reason="named in the header of the broadcast", cued=True
            )
        return own

    def _find_answerer(self, candidate: Candidate) -> Attribution | None:
        """Return who answers: a paragraph of nothing but marked words after a question that somebody else put."""
        mark = candidate.mark
        if self.last is None or mark is None or not self._opens_block(candidate):
            return None
        before, asked = self.last
        answers = _ANSWERS.match(self.text, mark.after, mark.after + 40) is not None
        alone = answers or mark.after >= self.prose.blocks[mark.last_block].end - 1
        near = candidate.block - before.block == 1 and self.text[before.place.end - 1] == "?"
        if not (alone and near and asked.speaker and (answers or "it follows the words" in asked.reason)):
            return None
        others = (one for one in reversed(self.earlier[-4:]) if one.speaker not in {asked.speaker, None})
        other = next(others, None)
        return other._replace(reason=f"answers {asked.speaker}, who asked", cued=True) if other else None

    def _read_own_tail(self, mark: Marked) -> Attribution | None:
        tail = read_after(self.text[mark.end - 1 : mark.end], read_leads(self.prose, mark))
        return resolve(self.prose, tail, self.earlier) if tail else None

    def _goes_on_in_arabic(self, mark: Marked) -> bool:
        return goes_on_in_arabic(read_leads(self.prose, mark).before)

    def _opens_block(self, candidate: Candidate) -> bool:
        start = self.prose.blocks[candidate.block].start
        return not self.text[start : candidate.place.start].strip("\"“„«‘'> *_([")

    def _continue(self, reason: str) -> Attribution:
        assert self.last is not None
        self.is_continued = True
        before = self.last[1]
        told = before.reason if before.reason.startswith(_CONTINUED) else f"{before.speaker}; {before.reason}"
        told = told.split(": ", 1)[-1]
        return before._replace(reason=f"{reason}: {told}", cued=True)

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
        if not near or not self._opens_block(candidate):
            return False
        return not between.strip(" \n\r\t\u00a0\"“”»«'’>*_.") or self._is_named_last(before)

    def _is_named_last(self, before: Candidate) -> bool:
        """Tell whether a paragraph ends with the words that name the speaker of its last quotation: `... said Barra.`."""
        assert self.last is not None
        found, end = self.last[1], before.mark.after if before.mark else before.place.end
        block = self.prose.blocks[before.mark.last_block if before.mark else before.block]
        sentence = self.prose.find_sentence(end)
        ends = sentence is not None and self.prose.sentences[sentence].end >= block.end - 2
        return ends and "it follows the words" in found.reason

    def _is_loose(self, mark: Marked) -> bool:
        """Tell whether marked words that nobody is named for are too little to be speech."""
        words = self.text[mark.start : mark.end]
        return is_fragment(words) and count_words(words[:300]) < 8

    def _mark_scripture(self, candidate: Candidate, found: Attribution) -> Attribution:
        """Return the canon as speaker of words that a locator vouches for as a whole."""
        locator = self._find_leading_locator(found) or _find_closing_locator(
            self.text, candidate, self.locators
        )
        if locator is None or found.scripture:
            return found
        return found._replace(
            speaker=_SCRIPTURES.get(locator.canon, locator.canon.title()),
            role="scripture",
            scripture=True,
            cued=True,
            reason=f"vouched for by {locator.ref}",
        )

    def _find_leading_locator(self, found: Attribution) -> Locator | None:
        """Return the locator that the speaker's name is a part of: "Verse 9:5 says"."""
        at = bisect_right(self.locators, found.start, key=lambda locator: locator.start) - 1
        if at < 0 or not found.end or not found.cued:
            return None
        locator = self.locators[at]
        return locator if locator.start <= found.start and found.end <= locator.end else None


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
