"""Finds words of a canon in running text without a locator, as exact spans.

Three things make a span: words that run along the canon so far that chance does not explain it; fewer such words where marks, a lead ("God
said:") or a locator vouch for them; and words set between marks that a lead calls a verse although no canon has them. How far is far enough
was measured: docs/decisions/0021-chance-phrases.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from linewatch.find.canon.match import Passage, find_passages
from linewatch.find.canon.shelf import Shelf, Wording
from linewatch.find.canon.words import Words, fold_word, split
from linewatch.resources import load_table
from linewatch.text.spans import Place, merge

BARE = 60.0
"""Bits of rarity that make words a citation by themselves: about five words that are not common ones."""
VOUCHED = 24.0
"""Bits that are enough where marks, a lead or a locator vouch for the words."""
_LEAST = 4
_REACH = 110
_MOST = 3000
_MARKED = (
    re.compile(r"\{[^{}]{2,3000}\}"),
    re.compile(r"«[^«»]{2,3000}»"),
    re.compile(r"“[^“”]{2,3000}”"),
    re.compile(r"\"[^\"\n]{2,3000}(?:\"|\Z)"),
    re.compile(r"\([^()]{2,3000}\)"),
)
_ORNATE = (re.compile(r"﴿[^﴿﴾]{1,3000}﴾"), re.compile(r"﴾[^﴿﴾]{1,3000}﴿"))
"""Ornate brackets, as they open in right-to-left text, and as they are typed the other way round."""
_UNCLOSED = re.compile(r"[\"«“{﴿][^\"«»“”{}﴿﴾\n]{2,1500}\Z")
_VERSE_MARKS = frozenset("﴿﴾")
_TRIM = " \t\n\"'“”‘’«»﴿﴾{}[]()*:;,،؛.…-–—_>#"


class Region(NamedTuple):
    """Words between marks: `start:end` without them."""

    start: int
    end: int
    mark: str


class Verse(NamedTuple):
    """Words that are a canon's, or are called so."""

    start: int
    end: int
    wording: Wording
    bits: float
    reason: str


def find_verses(text: str, shelf: Shelf, locators: Iterable[tuple[int, int]] = ()) -> list[Verse]:
    """Return the spans of a text that are words of a canon, in order and without overlaps."""
    wordings = shelf.choose_all(text)
    if not wordings:
        return []
    words = split(text)
    near = _Near(text, sorted(locators))
    found: list[Verse] = []
    for wording in wordings:
        found += _find_in(text, words, wording, near)
    return _drop_overlaps(found)


def _find_regions(text: str) -> list[Region]:
    ornate = _ORNATE[0] if 0 <= text.find("﴿") < (text.find("﴾") + 1 or len(text) + 1) else _ORNATE[1]
    hits = [hit.span() for pattern in (ornate, *_MARKED) for hit in pattern.finditer(text)]
    last = _UNCLOSED.search(text, max(0, len(text) - 1500))
    if last is not None and _opens(text, last.start()):
        hits.append((last.start(), last.end() + 1))
    # Each pattern's hits are in order: sorted as they are, not as a set would shuffle them, they take linear time.
    found = dict.fromkeys(Region(start + 1, min(end - 1, len(text)), text[start]) for start, end in hits)
    return sorted(found)


def _opens(text: str, at: int) -> bool:
    """Tell whether a mark opens: every one is of those that only do, a straight one when those before it on its line are even."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return text[at] != '"' or line.count('"') % 2 == 0


class _Near:
    """What stands around a place: marks, leads, locators."""

    def __init__(self, text: str, locators: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.regions = _find_regions(text)
        self._starts = [region.start for region in self.regions]
        self._locators = [start for start, _ in locators]

    def find_region(self, start: int, end: int) -> Region | None:
        """Return the marks that hold most of `start:end`."""
        at = bisect_right(self._starts, (start + end) // 2) - 1
        for region in reversed(self.regions[max(0, at - 2) : at + 1]):
            if region.start <= (start + end) // 2 < region.end:
                return region
        return None

    def has_locator(self, end: int) -> bool:
        """Tell whether a locator stands right after a place."""
        at = bisect_left(self._locators, end)
        return (
            at < len(self._locators)
            and not self.text[end : self._locators[at]].strip(_TRIM + "سورةآيةال")
            and self._locators[at] - end < 40
        )

    def is_led(self, start: int, reach: int = _REACH) -> bool:
        """Tell whether the words before a place lead in a verse, and nothing else after that does."""
        before = self.text[max(0, start - reach) : start]
        lead, other = _get_leads()
        verse = max((hit.end() for hit in lead.finditer(before)), default=-1)
        return verse >= 0 and not other.search(before, verse)

    def is_led_close(self, start: int) -> bool:
        """Tell whether a lead stands right before a place: `God said: ...`."""
        before = self.text[max(0, start - 40) : start]
        ends = [hit.end() for hit in _get_leads()[0].finditer(before)]
        return bool(ends) and len(before[ends[-1] :].split()) <= 2 and ":" in before[ends[-1] :]


@cache
def _get_leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("verses")
    one, other = (
        "|".join(re.escape(str(word)).replace("\\ ", r"\s+(?:\S+\s+)?") for word in table[kind])
        for kind in ("lead", "other")
    )
    return re.compile(rf"(?:{one})"), re.compile(rf"(?:{other})")


def _find_in(text: str, words: Words, wording: Wording, near: _Near) -> list[Verse]:
    passages = find_passages(wording.index, words)
    found = [
        verse
        for passage in passages
        if (verse := _judge_passage(text, words, wording, near, passage)) is not None
    ]
    if wording.index.is_arabic:
        found += _find_called(words, wording, near, found)
    return found


def _judge_passage(text: str, words: Words, wording: Wording, near: _Near, passage: Passage) -> Verse | None:
    start, end = words.starts[passage.first], words.ends[passage.last - 1]
    region = near.find_region(start, end)
    if region is not None:
        share = passage.matched / max(_count(words, region), 1)
        sure = passage.bits >= BARE or region.mark in _VERSE_MARKS
        if share >= 0.5 and (sure or _is_enough(wording, near, region, passage, share)):
            return Verse(
                *_trim(text, region.start, region.end),
                wording,
                passage.bits,
                "words between marks that are the canon's",
            )
    if passage.bits >= BARE and passage.matched >= _LEAST:
        return Verse(start, end, wording, passage.bits, "words that run along the canon")
    if (
        passage.bits >= VOUCHED
        and (near.has_locator(end) or near.is_led_close(start))
        and wording.index.is_arabic
    ):
        return Verse(
            start, end, wording, passage.bits, "words of the canon that a lead or a locator vouches for"
        )
    return None


def _is_enough(wording: Wording, near: _Near, region: Region, passage: Passage, share: float) -> bool:
    """Tell whether marks make few words a citation: in Arabic they do, in English only beside a locator: a scare quote is three words of any book."""
    vouched = _is_vouched(near, region, share) if wording.index.is_arabic else near.has_locator(region.end)
    return vouched and passage.bits >= VOUCHED


def _is_vouched(near: _Near, region: Region, share: float) -> bool:
    led = near.is_led(region.start - 1) or near.has_locator(region.end)
    return led if region.mark in "([" else led or share > 0.8


def _count(words: Words, region: Region) -> int:
    return bisect_left(words.starts, region.end) - bisect_left(words.starts, region.start)


def _find_called(words: Words, wording: Wording, near: _Near, found: Sequence[Verse]) -> list[Verse]:
    """Return words that marks and a lead call a verse although they run along none."""
    taken = _Taken((verse.start, verse.end) for verse in found)
    out = []
    for region in near.regions:
        if region.mark in "([" or taken.overlaps(region.start, region.end):
            continue
        letters = words.letters[
            bisect_left(words.starts, region.start) : bisect_left(words.starts, region.end)
        ]
        if not letters or not "\u0620" <= letters[0][:1] <= "\u064a":
            continue
        if region.mark in _VERSE_MARKS or (len(letters) >= 2 and _is_called(near, region, taken)):
            edge = _trim(near.text, region.start, region.end)
            out.append(Verse(*edge, wording, 0.0, "words that are called a verse"))
            taken.add(*edge)
    return out


def _is_called(near: _Near, region: Region, taken: _Taken) -> bool:
    if near.has_locator(region.end) or near.is_led(region.start - 1, 70):
        return True
    last = taken.find_end(region.start)
    return last >= 0 and not near.text[last : region.start].strip(_TRIM)


class _Taken:
    """Spans that do not overlap, looked up and added in the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[Place] = list(merge(spans))

    def add(self, start: int, end: int) -> None:
        """Take a span that overlaps none."""
        insort(self._spans, Place(start, end))

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether a span overlaps one that is taken."""
        at = bisect_left(self._spans, end, key=lambda one: one.start)
        return at > 0 and self._spans[at - 1].end > start

    def find_end(self, place: int) -> int:
        """Return where the last span ends that ends at a place or before; -1 where there is none."""
        at = bisect_right(self._spans, place, key=lambda one: one.end)
        return self._spans[at - 1].end if at else -1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    while start < end and text[start] in _TRIM:
        start += 1
    return start, end


def _drop_overlaps(found: Sequence[Verse]) -> list[Verse]:
    kept: list[Verse] = []
    taken = _Taken()
    for verse in sorted(found, key=lambda one: (-one.bits, one.start)):
        if not taken.overlaps(verse.start, verse.end):
            taken.add(verse.start, verse.end)
            kept.append(verse)
    return sorted(kept, key=lambda one: one.start)


__all__ = ["BARE", "VOUCHED", "Verse", "find_verses", "fold_word"]
