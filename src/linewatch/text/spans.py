"""Small arithmetic on `(start, end)` pairs of code points: trimming, counting words, and looking up what covers a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_]+(?:['’ʼʿʾ.-][^\W_]+)*")


class Place(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


def trim(text: str, start: int, end: int) -> Place:
    """Return the span without the white space at both ends.

    >>> trim("a  word ", 1, 8)
    Place(start=3, end=7)
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    found = _SPACE.match(text, start, end)
    return Place(found.end() if found else start, end)


def count_words(text: str) -> int:
    """Return how many words there are.

    >>> count_words("Al-Naba' said: 3 boats")
    4
    """
    return sum(1 for _ in _WORD.finditer(text))


def merge(spans: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
    """Return the spans in order, those that overlap or touch made one.

    >>> merge([(5, 8), (0, 2), (7, 9)])
    (Place(start=0, end=2), Place(start=5, end=9))
    """
    out: list[Place] = []
    for start, end in sorted(spans):
        if out and start <= out[-1].end:
            out[-1] = Place(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Place(start, end))
    return tuple(out)


class Cover:
    """Which of many spans covers a place: looked up in the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans: Sequence[Place] = merge(spans)
        self._starts = [span.start for span in self.spans]

    def find(self, offset: int) -> Place | None:
        """Return the span that `offset` lies in, None where there is none."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self.spans[at].end:
            return self.spans[at]
        return None

    def __contains__(self, offset: int) -> bool:
        return self.find(offset) is not None
