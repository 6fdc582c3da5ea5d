"""What stands around a PDF's columns: running headers and footers, page numbers, and the notes at the foot of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from linewatch.read.parts import find_head_kind
from linewatch.read.pdf_lines import Line, Page

_NUMBER = re.compile(
    r"(?:[Pp]age |صفحة )?[-–— .|(]{0,4}(?:\d{1,5}|[ivxlc]{1,7})(?: ?(?:/|of|من) ?\d{1,5})?[-–— .|)]{0,4}"
)
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,7}\b")
_NOTE = re.compile(r"\s?(?:\[[\d*†‡]{1,4}\]|\d{1,3}[.)]? |[*†‡]\s?\S)")
_MARGIN = 0.12
_AT_EDGE = 3
_NOTE_SIZE = 0.93
_HALF = 0.5


class Aside(NamedTuple):
    """Words set aside, where they stood, and why."""

    words: str
    page: int
    reason: str


class Body(NamedTuple):
    """A document's lines without what stands in the margins, the notes apart."""

    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    asides: tuple[Aside, ...]


def split_margins(pages: Sequence[Page]) -> Body:
    """Return the lines of the text and of the notes, and what was set aside.

    A line at the edge of a page is a running header or footer when at least half of the pages (and two) have it,
    numbers apart. The first of them is kept where it gives a date: `The Lamp No. 686, 9 June 2032`.
    """
    repeated = _find_repeated(pages)
    lines: list[Line] = []
    notes: list[Line] = []
    asides: list[Aside] = []
    dated: set[str] = set()
    size = get_body_size([line for page in pages for line in page.lines])
    for page in pages:
        edge = _find_edge(page)
        inner: list[Line] = []
        for line in page.lines:
            reason = _find_reason(line, repeated) if line in edge else None
            key = _get_key(line)
            if reason and find_head_kind(line.words) == "dateline" and key not in dated:
                dated.add(key)
                reason = None
            if reason:
                asides.append(Aside(line.words, page.number, reason))
            else:
                inner.append(line)
        first = _find_first_note(inner, page, size)
        lines += inner[:first]
        notes += inner[first:]
    return Body(tuple(lines), tuple(notes), tuple(asides))


def get_body_size(lines: Sequence[Line]) -> float:
    """Return the size in which most letters are printed, 0 where there are none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _find_edge(page: Page) -> frozenset[Line]:
    """Return the outermost lines in the upper and the lower margin."""
    ordered = sorted((line for line in page.lines if line.words), key=lambda line: line.base)
    low = [line for line in ordered[:_AT_EDGE] if line.base < _MARGIN * page.height]
    high = [line for line in ordered[-_AT_EDGE:] if line.base > (1 - _MARGIN) * page.height]
    return frozenset((*low, *high))


def _find_repeated(pages: Sequence[Page]) -> frozenset[str]:
    seen = Counter(key for page in pages for key in {_get_key(line) for line in _find_edge(page)})
    enough = max(2, _HALF * len(pages))
    # Left and right pages often carry different headers, so that each stands on not quite half of them.
    return frozenset(key for key, times in seen.items() if times >= enough or times >= max(3, enough * 0.8))


def _find_reason(line: Line, repeated: frozenset[str]) -> str | None:
    if _NUMBER.fullmatch(line.words):
        return "page number"
    return "running header or footer" if _get_key(line) in repeated else None


def _get_key(line: Line) -> str:
    return _DIGITS.sub("#", line.words.casefold())


def _find_first_note(lines: Sequence[Line], page: Page, size: float) -> int:
    """Return where the small lines at the foot of the page begin, of which the first has a note's mark."""
    first = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.size >= _NOTE_SIZE * size or line.base > _HALF * page.height:
            break
        if _NOTE.match(line.words):
            first = at
    return first
