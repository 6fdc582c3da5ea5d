"""Finds the markers of notes in the text: bracketed, raised, flattened to a bare digit, Markdown, stars.

A bare digit counts only where bodies exist and the digits run in their order: "verse 5" and "2031" are no markers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linewatch.find.base import Reading
from linewatch.text.endnotes import NoteLine
from linewatch.text.labels import RAISED, to_number
from linewatch.text.spans import Cover

_BRACKET = re.compile(r"\[([0-9٠-٩]{1,3}|[ivxl]{1,6})\]")
_CARET = re.compile(r"\[\^([^\]\s]{1,20})\](?!:)")
_RAISED = re.compile(rf"(?<=[^\s{RAISED}])[{RAISED}]{{1,3}}(?![{RAISED}])")
_BARE = re.compile(
    r"(?<=[^\W\d_.,]|[.,;:!?\"”’»)\]…])(?<!(?<!\d{3})\d[.,:])(?<![\d$€£#/])(\d{1,3})(?=[\s\"”’»)\]—–,;.:]|\Z)(?![.,:]\d)"
)
# What may be a marker where a note lacks one: after a figure's stop, or the second of two on one word, "boats,3,4".
_LOOSE = re.compile(
    r"(?<=[^\s\d$€£#/([{<])(?<![\d/]-)(\d{1,3})(?=[\s\"”’»)\]—–,;:]|\.\s|\.\Z|\Z)(?!,\d{3}\b)"
)
_WIDEST_GAP = 4
_MOST_PLACES = 40
_MOST_LOOKED = 400
# (After a year's full stop too: "in 1940.1 Its central organ".)
_STAR = re.compile(r"(?<=[^\s*\\_])(\*{1,3}|†|‡)(?![*\w])")
_NOT_WORD = re.compile(
    r"(?:\b(?:No|Nos|Art|Vol|Fig|pp?|vv?|ch|sec|para)\.|\b[A-Z]{1,4}|\b(?:km|cm|mm|m|ft))\Z"
)
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]{1,120}(?<=[^\s*])\Z")


class MarkerPlace(NamedTuple):
    """A marker: `text[start:end]`, brackets included."""

    n: str
    start: int
    end: int
    reason: str


def find_markers(reading: Reading, bodies: Sequence[NoteLine]) -> list[MarkerPlace]:
    """Return the markers of a document in order, given its note bodies."""
    text = reading.text
    aside = Cover([*((body.label, body.end) for body in bodies), *_list_chrome(reading)])
    numbered = [
        *(marker for marker in _find_bracketed(text, bodies) if marker.start not in aside),
        *(marker for marker in _find_raised(text, bodies) if marker.start not in aside),
    ]
    if not numbered and any(body.form in {"dotted", "bare", "bracket"} for body in bodies):
        numbered = _find_bare(text, bodies, aside)
    stars = [marker for marker in _find_stars(reading, bodies) if marker.start not in aside]
    return sorted([*numbered, *stars], key=lambda marker: marker.start)


def _list_chrome(reading: Reading) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in reading.list_blocks("chrome")]


def _find_bracketed(text: str, bodies: Sequence[NoteLine]) -> Iterator[MarkerPlace]:
    known = {body.n for body in bodies}
    for hit in _CARET.finditer(text):
        yield MarkerPlace(hit[1], hit.start(), hit.end(), "a Markdown marker")
    for hit in _BRACKET.finditer(text):
        n = to_number(hit[1])
        if n in known or (n.isdigit() and _may_dangle(text, hit)):
            yield MarkerPlace(n, hit.start(), hit.end(), "a number in square brackets")


def _may_dangle(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a bracketed number without a body may still be a marker: it follows a word or a stop."""
    before = text[max(0, hit.start() - 2) : hit.start()].rstrip("\u00a0 ")
    return (
        bool(before)
        and not before[-1].isspace()
        and before[-1] not in "([{<=+"
        and text[hit.end() : hit.end() + 1] != "("
    )


def _find_raised(text: str, bodies: Sequence[NoteLine]) -> Iterator[MarkerPlace]:
    known = {body.n for body in bodies}
    for hit in _RAISED.finditer(text):
        n = to_number(hit[0])
        unit = _NOT_WORD.search(text, max(0, hit.start() - 4), hit.start())
        if n in known or not (unit or text[hit.start() - 1].isdigit()):
            yield MarkerPlace(n, hit.start(), hit.end(), "a raised figure")


def _find_bare(text: str, bodies: Sequence[NoteLine], aside: Cover) -> list[MarkerPlace]:
    """Return the bare digits that run as the notes do; those less sure only where one of the notes lacks its marker."""
    wanted = list_numbers(bodies)
    highest = max(wanted, default=0)
    loose = [hit for hit in _LOOSE.finditer(text) if hit.start(1) not in aside and 0 < int(hit[1]) <= highest]
    sure = [
        hit
        for hit in _BARE.finditer(text)
        if hit.start() not in aside and 0 < int(hit[1]) <= highest and _is_loose(text, hit)
    ]
    chain = find_chain([int(hit[1]) for hit in sure], wanted)
    placed = {at: sure[n] for n, at in chain}
    filled = _fill_gaps(placed, wanted, loose)
    return [
        MarkerPlace(str(int(hit[1])), hit.start(1), hit.end(1), "a figure after a word, in the notes' order")
        for hit in filled
    ]


def _is_loose(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a digit touches a word or a closing stop as a marker does; `No.5`, `G7`, `p.12` and `A4` do not."""
    return _NOT_WORD.search(text, max(0, hit.start() - 8), hit.start()) is None


def list_numbers(bodies: Sequence[NoteLine]) -> list[int]:
    """Return the numbers of the notes in their order, with those that a gap shows to be lost."""
    out: list[int] = []
    for body in bodies:
        if not body.n.isdigit():
            continue
        number = int(body.n)
        last = out[-1] if out and out[-1] < number else 0
        if number - last <= _WIDEST_GAP:
            out += range(last + 1, number)
        out.append(number)
    return out


def find_chain(numbers: Sequence[int], wanted: Sequence[int]) -> list[tuple[int, int]]:
    """Return a longest way to go through `numbers` and `wanted` in step: places in both (Hunt and Szymanski 1977).

    >>> find_chain([1, 9, 2, 1, 3], [1, 2, 1, 2, 3])
    [(0, 0), (2, 1), (3, 2), (4, 4)]
    """
    places: dict[int, list[int]] = defaultdict(list)
    for at, number in enumerate(wanted):
        # Numbered anew a thousand times, the later places say nothing more.
        if len(places[number]) < _MOST_PLACES:
            places[number].append(at)
    tops: list[int] = []
    links: list[tuple[int, int, int | None]] = []
    heads: list[int] = []
    for n, number in enumerate(numbers):
        for at in reversed(places.get(number, ())):
            pile = bisect_left(tops, at)
            links.append((n, at, heads[pile - 1] if pile else None))
            tops[pile : pile + 1] = [at]
            heads[pile : pile + 1] = [len(links) - 1]
    chain: list[tuple[int, int]] = []
    link = heads[-1] if heads else None
    while link is not None:
        n, at, link = links[link]
        chain.append((n, at))
    return chain[::-1]


def _fill_gaps(
    placed: dict[int, re.Match[str]], wanted: Sequence[int], loose: Sequence[re.Match[str]]
) -> list[re.Match[str]]:
    """Return the markers with those found, for a note that has none, between the markers of its neighbours: "1988 there were 9.4"."""
    out: list[re.Match[str]] = []
    starts = [hit.start(1) for hit in loose]
    following = sorted(placed)
    for at, number in enumerate(wanted):
        if at in placed:
            out.append(placed[at])
            continue
        next_at = bisect_left(following, at)
        until = placed[following[next_at]].start(1) if next_at < len(following) else None
        first = bisect_left(starts, out[-1].end(1) if out else 0)
        last = bisect_left(starts, until) if until is not None else len(starts)
        hit = next(
            (one for one in loose[first : min(last, first + _MOST_LOOKED)] if int(one[1]) == number), None
        )
        if hit is not None:
            out.append(hit)
    return out


def _find_stars(reading: Reading, bodies: Sequence[NoteLine]) -> Iterator[MarkerPlace]:
    """Yield stars that lead to a body, and stars in the title or byline even where none is there."""
    known = {body.n for body in bodies if body.form == "star"}
    head = Cover((block.start, block.end) for block in reading.list_blocks("title", "byline", "dateline"))
    for hit in _STAR.finditer(reading.text):
        if (hit[1] in known or hit.start() in head) and not _closes_emphasis(reading.text, hit.start()):
            yield MarkerPlace(hit[1], hit.start(), hit.end(), "a star after a word")


def _closes_emphasis(text: str, at: int) -> bool:
    """Tell whether a star only closes Markdown emphasis: `*The Lamp*`."""
    begin = max(0, at - 120)
    begin = text.rfind("\n", begin, at) + 1 or begin
    return _EMPHASIS.search(text, begin, at) is not None
