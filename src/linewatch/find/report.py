"""Finds what a report says of itself: title, series, number, date, authors, publisher, and credits that are no authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linewatch.find.base import Reading, make_finding
from linewatch.find.words import NAME_PATTERN, NAME_WORD
from linewatch.model import Block, Finding, ReportField
from linewatch.text import shapes
from linewatch.text.dates import Dated, find_dates
from linewatch.text.spans import Place, trim

NAME_OF_FIELD = ("title", "series", "number", "date", "author", "publisher", "credit")
NAME = "report.v1"

_HEAD_KINDS = frozenset({"title", "byline", "dateline", "chrome", "heading", "caption", "list", "note"})
_NUMBER = re.compile(
    r"(?P<series>(?:[A-Z][\w&'’/-]*|&|and|of|on|the|for)(?:\s(?:[A-Z][\w&'’/-]*|&|and|of|on|the|for)){0,9})?[\s,:|–-]{0,3}"
    r"(?:\b(?:No\.?|Nr\.?|Number|Issue|#)\s?)(?P<number>\d{1,5}(?:[./-]\d{1,4})?)\b"
)
_REPORT_NUMBER = re.compile(
    r"(?P<series>(?:[A-Z][\w&'’-]*\s){0,6}(?:Report|Paper|Brief|Briefing|Dispatch|Bulletin|Study|Memo|Series|Note))\s(?P<number>\d{1,5})\b(?!\s(?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_BY = re.compile(
    r"(?:^|[|•·–—-]\s{0,2}|\s)(?:by:?|written by|authors?:|posted by|report by|story by|analysis by|بقلم)\s+(?P<names>[^|•·\n]{2,160})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,\s*(?:and\s|&\s)?|;\s*|\s(?:and|&|و)\s)\s*")
_PERSON = re.compile(
    rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s)?(?P<name>{NAME_WORD}(?:\s(?:{NAME_WORD}|al-\w+|al|el|bin|ibn|von|van|de|da|di|der)){{1,4}})"
)
_INLINE = re.compile(
    r"(?P<place>[A-Z][A-Z .'’()-]{2,60}|[A-Z][\w .'’()-]{2,40}),\s(?P<date>[^()\n]{3,30}?)\s{0,2}(?:\((?P<source>[^()\n]{2,60})\))?\s{0,2}(?:--|—|–|-)\s"
)
_WIRE = re.compile(r"(?P<place>[A-Z][A-Z .,'’-]{2,50})\s\((?P<source>[A-Z][\w .&-]{1,30})\)\s(?:--|—|–|-)\s")
_PUBLISHED = re.compile(
    rf"(?:published by|publisher:|©\s?(?:\d{{4}})?\s?(?:by\s)?|copyright\s(?:©\s)?(?:\d{{4}}\s)?(?:by\s)?|a publication of|issued by)\s{{0,2}}(?:the\s)?(?P<name>{NAME_PATTERN})",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"(?:by|from|to)\s(?P<names>[^()\n]{3,120})", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each field that the head of the text, its inline dateline or the format's own metadata states."""
    if reading.side == "own":
        return
    seen: set[tuple[str, str]] = set()
    once = {"title", "series", "number", "date", "publisher"}
    for field, place, value, reason in _list_fields(reading):
        if (field in once and any(name == field for name, _ in seen)) or (field, value) in seen or not value:
            continue
        seen.add((field, value))
        n = NAME_OF_FIELD.index(field) * 100 + len(seen)
        stated = ReportField(field=field, value=value)  # type: ignore[arg-type]
        yield make_finding(reading, *place, stated, finder=NAME, reason=reason, n=n)


_Field = tuple[str, Place, str, str]


def _list_fields(reading: Reading) -> Iterator[_Field]:
    head = list(_take_head(reading))
    yield from _find_title(reading, head)
    for block in head:
        yield from _read_head_block(reading, block)
    yield from _find_publisher(reading, head)
    yield from _find_inline(reading)
    yield from _read_metadata(reading)
    yield from _find_signed(reading, head)
    yield from _find_elsewhere(reading)


def _take_head(reading: Reading) -> Iterator[Block]:
    """Yield the blocks before the running text, at most a dozen or so."""
    for block in reading.document.blocks[:14]:
        if block.kind not in _HEAD_KINDS:
            words = reading.text[block.start : block.end]
            if shapes.count_spaces(words) > 14 or shapes.ends_sentence(words):
                return
        yield block


def _find_title(reading: Reading, head: list[Block]) -> Iterator[_Field]:
    titled = [block for block in head if block.kind == "title"]
    if not titled:
        titled = [block for block in head if block.kind == "heading" and block.level == 1][:1]
    for block in titled[:1]:
        place = _strip_marks(reading.text, block.start, block.end)
        yield (
            "title",
            place,
            _clean(reading.text[place.start : place.end]),
            "the line at the head that reads as a title",
        )


def _strip_marks(text: str, start: int, end: int) -> Place:
    lead = re.match(r"[#*_\s]{0,10}", text[start:end])
    start += lead.end() if lead else 0
    tail = re.search(r"(?:[*_†‡]{1,4}|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|(?<=[a-z])\d)\Z", text[start:end])
    return trim(text, start, start + tail.start() if tail else end)


def _clean(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _read_head_block(reading: Reading, block: Block) -> Iterator[_Field]:
    if block.kind in {"title", "note", "caption", "list", "heading"}:
        return
    words = reading.text[block.start : block.end]
    if shapes.is_credit(words):
        yield from _find_credit(words, block.start)
        return
    for dated in find_dates(words):
        if dated.days.iso and not dated.days.iso.startswith("--"):
            place = Place(block.start + dated.start, block.start + dated.end)
            yield "date", place, dated.days.iso, "the date at the head"
    yield from _find_series(words, block.start)
    yield from _find_authors(words, block.start)


def _find_credit(words: str, offset: int) -> Iterator[_Field]:
    hit = _CREDITED.search(words)
    if hit:
        yield (
            "credit",
            Place(offset + hit.start("names"), offset + hit.end("names")),
            _clean(hit["names"].rstrip(" .)]")),
            "a credit line, not an author",
        )


def _find_series(words: str, offset: int) -> Iterator[_Field]:
    dates = list(find_dates(words))
    start = dates[0].end if dates and dates[0].start == 0 else 0
    hit = _NUMBER.search(words, start) or _REPORT_NUMBER.search(words, start)
    if hit is None or _is_in_date(hit, dates):
        return
    if hit["series"]:
        place = trim(words, hit.start("series"), hit.end("series"))
        yield (
            "series",
            Place(offset + place.start, offset + place.end),
            _clean(hit["series"]),
            "the words before the number at the head",
        )
    yield (
        "number",
        Place(offset + hit.start("number"), offset + hit.end("number")),
        hit["number"],
        "the number at the head",
    )


def _is_in_date(hit: re.Match[str], dates: list[Dated]) -> bool:
    return any(dated.start <= hit.start("number") < dated.end for dated in dates)


def _find_authors(words: str, offset: int) -> Iterator[_Field]:
    hit = _BY.search(words)
    if hit is None:
        return
    yield from _split_names(words, hit.start("names"), hit.end("names"), offset, "a byline")


def _split_names(words: str, start: int, end: int, offset: int, reason: str) -> Iterator[_Field]:
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
            _clean(words[name.start : name.end]),
            reason,
        )
        gap = _SPLIT.match(words, hit.end(), end)
        if gap is None or gap.end() == gap.start():
            return
        at = gap.end()


def _find_publisher(reading: Reading, head: list[Block]) -> Iterator[_Field]:
    title = next((at for at, block in enumerate(head) if block.kind == "title"), 0)
    for block in head[:title]:
        words = reading.text[block.start : block.end]
        short = shapes.count_spaces(words) <= 6
        if block.kind == "byline" and short and not shapes.is_byline(words):
            yield (
                "publisher",
                Place(block.start, block.end),
                _clean(words.strip("#*_ ")),
                "the short line above the title",
            )


def _find_inline(reading: Reading) -> Iterator[_Field]:
    """Yield the date and source of a wire report's or monitor's inline dateline."""
    first = next((block for block in reading.list_blocks("paragraph")), None)
    if first is None:
        return
    opening = reading.text[first.start : first.start + 160]
    hit = _INLINE.match(opening)
    if hit and hit["date"]:
        dated = next(find_dates(hit["date"]), None)
        if dated and dated.days.iso and not dated.days.iso.startswith("--"):
            start = first.start + hit.start("date") + dated.start
            yield (
                "date",
                Place(start, start + dated.end - dated.start),
                dated.days.iso,
                "the dateline before the text",
            )
    hit = hit if hit and hit["source"] else _WIRE.match(opening)
    if hit and hit["source"]:
        yield (
            "publisher",
            Place(first.start + hit.start("source"), first.start + hit.end("source")),
            _clean(hit["source"]),
            "the source named in the dateline",
        )


def _read_metadata(reading: Reading) -> Iterator[_Field]:
    known = reading.document.metadata
    nowhere = Place(0, 0)
    for field in ("title", "date", "publisher", "author"):
        value = known.get(field)
        if value and field == "date":
            dated = next(find_dates(value[:40].replace("T", " ")), None)
            value = dated.days.iso if dated else None
        if value:
            yield field, nowhere, _clean(value), "the file's own metadata"


def _find_signed(reading: Reading, head: list[Block]) -> Iterator[_Field]:
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
    common = {
        "the",
        "report",
        "series",
        "analysis",
        "policy",
        "press",
        "news",
        "introduction",
        "summary",
        "abstract",
        "overview",
        "new",
        "united",
        "background",
        "executive",
    }
    return hit is not None and not any(word.lower() in common for word in words.split())


def _find_elsewhere(reading: Reading) -> Iterator[_Field]:
    for block in reading.list_blocks("chrome", "note"):
        words = reading.text[block.start : block.end]
        hit = _PUBLISHED.search(words) if block.kind == "chrome" else None
        if hit:
            yield (
                "publisher",
                Place(block.start + hit.start("name"), block.start + hit.end("name")),
                _clean(hit["name"]),
                "the imprint",
            )
    for block in reading.list_blocks("byline", "paragraph", "note"):
        words = reading.text[block.start : min(block.end, block.start + 300)]
        if shapes.is_credit(words):
            yield from _find_credit(words, block.start)
