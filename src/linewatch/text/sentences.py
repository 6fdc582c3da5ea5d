"""Where sentences begin and end: aware of abbreviations, initials, quotations, note markers and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linewatch.resources import load_table
from linewatch.text.spans import Cover, Place, trim

# A sentence's end: its stop, closing marks and brackets, a note marker, then white space or the end of the text.
_STOP = re.compile(
    r"(?:[.!?؟…。]{1,8}|\.\s\.\s\.)(?P<closers>[\"”’'»)\]]{0,4})(?P<marker>(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}(?=\s)){0,3})(?=\s|\Z)"
)
_BEFORE = re.compile(r"([^\W_](?:[^\W_]|[.'’-]){0,20})\Z")
_NEXT = re.compile(r"\s*[\[(\"“‘'«]{0,3}\s?(?P<first>\S)")


@cache
def _get_abbreviations() -> frozenset[str]:
    return frozenset(str(word) for word in load_table("abbreviations")["words"])


def find_sentences(
    text: str, start: int = 0, end: int | None = None, *, protected: Cover | None = None
) -> Iterator[Place]:
    """Yield the sentences between `start` and `end`, trimmed; no break falls inside a protected span.

    >>> text = 'Gen. Oster said: "Row." The boats went out. Nobody came.'
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['Gen. Oster said: "Row."', 'The boats went out.', 'Nobody came.']
    """
    end = len(text) if end is None else end
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if not _is_break(text, stop, end) or (protected is not None and (stop.end() - 1) in protected):
            continue
        place = trim(text, begin, stop.end())
        if place.start < place.end:
            yield place
        begin = stop.end()
    place = trim(text, begin, end)
    if place.start < place.end:
        yield place


def _is_break(text: str, stop: re.Match[str], end: int) -> bool:
    after = _NEXT.match(text, stop.end(), end)
    if after is None:
        return True
    first = after["first"]
    if first.islower() or first in ",;:)—–":
        return False
    closers = stop["closers"]
    if text[stop.start()] == "." and stop.start() > 0 and not closers:
        return not _is_abbreviation(text, stop.start(), first)
    return True


def _is_abbreviation(text: str, dot: int, following: str) -> bool:
    before = _BEFORE.search(text, max(0, dot - 24), dot)
    if before is None:
        return False
    word = before[1]
    lowered = word.lower()
    if lowered in {"u.s", "u.k", "u.n", "d.c", "a.m", "p.m"}:
        return not following.isupper() or lowered in {"u.s", "u.k", "u.n"}
    if len(word) == 1 and word.isupper():
        return True
    return lowered in _get_abbreviations() and not (lowered in _WORDS_TOO and following.isupper())


# Abbreviations that are also words or close a sentence: "He said no. Then", "the boats, etc. The".
_WORDS_TOO = frozenset(
    {
        "no",
        "art",
        "fig",
        "sun",
        "sat",
        "mar",
        "may",
        "is",
        "am",
        "song",
        "al",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "sec",
        "ed",
        "p",
        "ch",
        "d",
        "r",
        "q",
        "b",
        "v",
        "c",
        "est",
    }
)
