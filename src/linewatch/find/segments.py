"""What a quotation is made of: the speaker's words, insertions in brackets, marked omissions, quotations inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from linewatch.model import Segment
from linewatch.text.pairs import Pair
from linewatch.text.spans import trim

_PIECE = re.compile(
    r"(?P<omission>[\[(]\s?(?:\.{2,4}|…|\.\s\.\s\.|(?:\w{1,12}\s){0,2}(?:indistinct|omitted|unreadable|garbled))\s?[\])]|\.\s\.\s\.(?:\s\.)?|\.{3,4}|…)"
    r"|(?P<marker>\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3})"
    r"|(?P<gloss>\[[^\[\]]{1,400}\])"
    r"|(?P<note>\((?:[^()]{0,80}\b(?:translator|translation|trans\.|ed\.|editor|sic|note)\b[^()]{0,80}|sic)\))",
    re.IGNORECASE,
)
_TRANSLATOR = re.compile(r"translator|trans\.|sic\b|translation", re.IGNORECASE)


def find_segments(text: str, start: int, end: int, nested: Sequence[Pair] = ()) -> tuple[Segment, ...]:
    """Return the segments of `text[start:end]`, in order; note markers are nobody's words and left out.

    >>> words = "Come home [to the pier] ... and row."
    >>> [s.kind for s in find_segments(words, 0, len(words))]
    ['verbatim', 'gloss', 'omission', 'verbatim']
    """
    return tuple(_walk(text, start, end, [pair for pair in nested if pair.end > pair.start]))


def _walk(text: str, start: int, end: int, nested: Sequence[Pair]) -> Iterator[Segment]:
    at = start
    for pair in nested:
        if pair.start < at:
            continue
        yield from _cut(text, at, min(pair.before, end))
        yield Segment(kind="nested", start=pair.start, end=min(pair.end, end))
        at = min(pair.after, end)
    yield from _cut(text, at, end)


def _cut(text: str, start: int, end: int) -> Iterator[Segment]:
    at = start
    for hit in _PIECE.finditer(text, start, end):
        yield from _verbatim(text, at, hit.start())
        at = hit.end()
        if hit["omission"]:
            yield Segment(kind="omission", start=hit.start(), end=hit.end())
        elif not hit["marker"]:
            kind: Literal["gloss", "translator-note"] = (
                "translator-note" if hit["note"] or _TRANSLATOR.search(hit[0]) else "gloss"
            )
            yield Segment(
                kind=kind,
                start=hit.start(),
                end=hit.end(),
                owner="translator" if kind == "translator-note" else None,
            )
    yield from _verbatim(text, at, end)


def _verbatim(text: str, start: int, end: int) -> Iterator[Segment]:
    place = trim(text, start, end)
    if any(point.isalnum() for point in text[place.start : place.end]):
        yield Segment(kind="verbatim", start=place.start, end=place.end)
