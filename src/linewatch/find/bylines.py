"""The persons a report names as its authors or credits with help: bylines, lines of names, credit lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linewatch.find.base import Reading
from linewatch.find.words import ARTICLE, NAME_WORD, PARTICLES
from linewatch.model import Block
from linewatch.text import shapes
from linewatch.text.spans import Place

Field = tuple[str, Place, str, str]
"""A field's name, where it stands, its value and the reason."""
_BY = re.compile(
    r"(?:^|[|•·–—*_-]\s{0,2}|\s)(?:by:?|written by|authors?:|posted by|report by|story by|analysis by|بقلم)\s+(?P<names>[^|•·\n]{2,160})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,\s*(?:and\s|&\s)?|;\s*|\s(?:and|&|و)\s)\s*")
_PERSON = re.compile(
    rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s)?(?P<name>{NAME_WORD}(?:\s(?:{NAME_WORD}|{ARTICLE}|{'|'.join(sorted(PARTICLES))})){{1,4}})"
)
_CREDITED = re.compile(r"\b(?:by|from)\s(?P<names>[^()\n;]{3,120})", re.IGNORECASE)
_COMMON = frozenset({"the", "report", "series", "analysis", "policy", "press", "news", "introduction", "summary", "abstract", "overview", "new", "united", "background", "executive"})  # fmt: skip


def clean(words: str) -> str:
    """Return the words with single spaces."""
    return re.sub(r"\s+", " ", words).strip()


def find_authors(words: str, offset: int) -> Iterator[Field]:
    """Yield the authors that a line names after "by"."""
    hit = _BY.search(words)
    if hit is None:
        return
    yield from _split_names(words, hit.start("names"), hit.end("names"), offset, "a byline")


def _split_names(words: str, start: int, end: int, offset: int, reason: str) -> Iterator[Field]:
    """Yield the persons of a byline until something that is no name: "By Ines Harrow and Tom Vane, Staff Writers"."""
    at = start
    while at < end:
        hit = _PERSON.match(words, at, end)
        if hit is None:
            return
        name = Place(hit.start("name"), hit.end("name"))
        yield (
            "author",
            Place(offset + name.start, offset + name.end),
            clean(words[name.start : name.end]),
            reason,
        )
        gap = _SPLIT.match(words, hit.end(), end)
        if gap is None or gap.end() == gap.start():
            return
        at = gap.end()


def find_credits(words: str, offset: int) -> Iterator[Field]:
    """Yield the persons that a credit line names."""
    for hit in _CREDITED.finditer(words):
        for _, place, name, _ in _split_names(words, hit.start("names"), hit.end("names"), offset, ""):
            yield "credit", place, name, "a credit line, not an author"


def find_signed(reading: Reading, head: Sequence[Block]) -> Iterator[Field]:
    """Yield authors from a line of nothing but names under the title, where no byline says "by"."""
    title = next((at for at, block in enumerate(head) if block.kind == "title"), None)
    if title is None or any(_BY.search(reading.text[block.start : block.end]) for block in head):
        return
    for block in head[title + 1 : title + 3]:
        words = reading.text[block.start : block.end]
        names = re.sub(r"[*†‡\d⁰¹²³⁴-⁹]+\Z", "", words).strip()
        parts = [part for part in _SPLIT.split(names) if part]
        if (
            parts
            and block.kind in {"heading", "paragraph", "byline"}
            and all(_is_person(part) for part in parts)
        ):
            yield from _split_names(words, 0, len(names), block.start, "a line of names under the title")
            return


def _is_person(words: str) -> bool:
    hit = _PERSON.fullmatch(words)
    return (
        hit is not None
        and not shapes.is_house(words)
        and not any(word.lower() in _COMMON for word in words.split())
    )
