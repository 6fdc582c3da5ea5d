"""Finds what a report says of itself: title, series, number, date, authors, publisher, and credits that are no authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linewatch.find.base import Reading, make_finding
from linewatch.find.broadcast import find_header
from linewatch.find.bylines import Field, clean, find_authors, find_credits, find_signed
from linewatch.find.words import NAME_PATTERN
from linewatch.model import Block, Finding, ReportField
from linewatch.text import shapes
from linewatch.text.dates import Dated, find_dates
from linewatch.text.days import Grain
from linewatch.text.spans import Place, trim

NAME_OF_FIELD = ("title", "series", "number", "date", "author", "publisher", "credit")
NAME = "report.v3"

_HEAD_KINDS = frozenset({"title", "byline", "dateline", "chrome", "heading", "caption", "list", "note"})
_NUMBER = re.compile(
    r"(?P<series>(?:[A-Z][\w&'’/-]*|&|and|of|on|the|for)(?:\s(?:[A-Z][\w&'’/-]*|&|and|of|on|the|for)){0,9})?[\s,:|–-]{0,3}"
    r"(?:\b(?:No\.?|Nr\.?|Number|Issue|#)\s?)(?P<number>\d{1,5}(?:[./-]\d{1,4})?)\b"
)
_REPORT_NUMBER = re.compile(
    r"(?P<series>(?:[A-Z][\w&'’-]*\s){0,6}(?:Report|Paper|Brief|Briefing|Dispatch|Bulletin|Study|Memo|Series|Note))\s(?P<number>\d{1,5})\b(?!\s(?:January|February|March|April|May|June|July|August|September|October|November|December))"
)
_WIRE = re.compile(r"(?P<place>[A-Z][A-Z .,'’-]{2,50})\s\((?P<source>[A-Z][\w .&-]{1,30})\)\s(?:--|—|–|-)\s")
_PUBLISHED = re.compile(
    rf"(?:published by|publisher:|©\s?(?:\d{{4}})?\s?(?:by\s)?|copyright\s(?:©\s)?(?:\d{{4}}\s)?(?:by\s)?|a publication of|issued by)\s{{0,2}}(?:the\s)?(?P<name>{NAME_PATTERN})",
    re.IGNORECASE,
)
# What a library's copy says of itself line by line.
_TOLD = re.compile(
    r"^[ \t]{0,4}(?P<key>Title|Author|Publisher|Language):[ \t]{1,4}(?P<value>\S[^\n]{0,200})", re.MULTILINE
)
_TOLD_WITHIN = 6000
_EDITION = re.compile(
    r"\b(?:edition|version|revised|updated|published|released|printed|copyright|©)\b[^\d\n]{0,40}(?P<year>(?:19|20)\d\d)\b(?!-)",
    re.IGNORECASE,
)


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
        stated = ReportField(field=field, value=value)  # type: ignore[arg-type]  # a plain string from a closed table
        yield make_finding(reading, *place, stated, finder=NAME, reason=reason, n=n)


def _list_fields(reading: Reading) -> Iterator[Field]:
    yield from _find_told(reading)
    head = list(_take_head(reading))
    yield from _find_title(reading, head)
    for block in head:
        yield from _read_head_block(reading, block)
    yield from _find_publisher(reading, head)
    yield from _find_inline(reading)
    yield from _read_metadata(reading)
    yield from find_signed(reading, head)
    yield from _find_elsewhere(reading)


def _find_told(reading: Reading) -> Iterator[Field]:
    """Yield what lines such as "Title: The Lamp" and "Author: Edmund Oake" say, where there are at least two."""
    told = list(_TOLD.finditer(reading.text, 0, min(len(reading.text), _TOLD_WITHIN)))
    if len({hit["key"] for hit in told}) < 2 or "Title" not in {hit["key"] for hit in told}:
        return
    for hit in told:
        if hit["key"] != "Language":
            place = trim(reading.text, *hit.span("value"))
            yield (
                hit["key"].lower(),
                place,
                clean(reading.text[place.start : place.end]),
                "a line that says so",
            )


def _take_head(reading: Reading) -> Iterator[Block]:
    """Yield the blocks before the running text, at most a dozen or so."""
    for block in reading.document.blocks[:14]:
        if block.kind not in _HEAD_KINDS:
            words = reading.text[block.start : block.end]
            if shapes.count_spaces(words) > 14 or shapes.ends_sentence(words):
                return
        yield block


def _find_title(reading: Reading, head: list[Block]) -> Iterator[Field]:
    titled = [block for block in head if block.kind == "title"]
    if not titled:
        titled = [block for block in head if block.kind == "heading" and block.level == 1][:1]
    for block in titled[:1]:
        place = _strip_marks(reading.text, block.start, block.end)
        yield (
            "title",
            place,
            clean(reading.text[place.start : place.end]),
            "the line at the head that reads as a title",
        )


def _strip_marks(text: str, start: int, end: int) -> Place:
    lead = re.match(r"[#*_\s]{0,10}", text[start:end])
    start += lead.end() if lead else 0
    tail = re.search(r"(?:[*_†‡]{1,4}|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|(?<=[a-z])\d)\Z", text[start:end])
    return trim(text, start, start + tail.start() if tail else end)


def _read_head_block(reading: Reading, block: Block) -> Iterator[Field]:
    if block.kind in {"title", "note", "caption", "list"}:
        return
    words = reading.text[block.start : block.end]
    if block.kind == "heading":
        yield from _find_dates(words, block.start, "day")
        return
    if shapes.is_credit(words):
        yield from find_credits(words, block.start)
        return
    issued = _PUBLISHED.match(words)
    if issued:
        yield (
            "publisher",
            Place(block.start + issued.start("name"), block.start + issued.end("name")),
            clean(issued["name"]),
            "the line that says who published it",
        )
    yield from _find_dates(words, block.start)
    edition = _EDITION.search(words)
    if edition:
        yield (
            "date",
            Place(block.start + edition.start("year"), block.start + edition.end("year")),
            edition["year"],
            "the year of the edition",
        )
    yield from _find_series(words, block.start)
    yield from find_authors(words, block.start)


def _find_dates(words: str, offset: int, grain: Grain | None = None) -> Iterator[Field]:
    """Yield the dates of a head line that have a year; of this precision only, where one is named."""
    for dated in find_dates(words):
        iso = dated.days.iso
        if iso and not iso.startswith("--") and grain in {None, dated.days.grain}:
            yield "date", Place(offset + dated.start, offset + dated.end), iso, "the date at the head"


def _find_series(words: str, offset: int) -> Iterator[Field]:
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
            clean(hit["series"]),
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


def _find_publisher(reading: Reading, head: list[Block]) -> Iterator[Field]:
    title = next((at for at, block in enumerate(head) if block.kind == "title"), 0)
    for block in head[title + 1 : title + 3]:
        words = reading.text[block.start : block.end]
        if (
            block.kind in {"paragraph", "heading"}
            and shapes.is_house(words)
            and not shapes.is_numbered(words)
        ):
            yield (
                "publisher",
                Place(block.start, block.end),
                clean(words.strip("#*_ ")),
                "a house named under the title",
            )
    for block in head[:title]:
        words = reading.text[block.start : block.end]
        short = shapes.count_spaces(words) <= 6
        if block.kind == "byline" and short and not shapes.is_byline(words):
            yield (
                "publisher",
                Place(block.start, block.end),
                clean(words.strip("#*_ ")),
                "the short line above the title",
            )


def _find_inline(reading: Reading) -> Iterator[Field]:
    """Yield the date and source of a wire report's or monitor's inline dateline."""
    header = find_header(reading)
    if header and header.dated and (iso := header.dated.days.iso) and not iso.startswith("--"):
        yield "date", Place(header.dated.start, header.dated.end), iso, "the dateline before the text"
    source = header.source if header and header.source else _find_wire(reading)
    if source:
        yield (
            "publisher",
            source,
            clean(reading.text[source.start : source.end]),
            "the source named in the dateline",
        )


def _find_wire(reading: Reading) -> Place | None:
    first = next(iter(reading.list_blocks("paragraph")), None)
    hit = _WIRE.match(reading.text, first.start, min(first.end, first.start + 160)) if first else None
    return Place(*hit.span("source")) if hit else None


def _read_metadata(reading: Reading) -> Iterator[Field]:
    known = reading.document.metadata
    nowhere = Place(0, 0)
    for field in ("title", "date", "publisher", "author"):
        value = known.get(field)
        if value and field == "date":
            dated = next(find_dates(value[:40].replace("T", " ")), None)
            value = dated.days.iso if dated else None
        if value:
            yield field, nowhere, clean(value), "the file's own metadata"


def _find_elsewhere(reading: Reading) -> Iterator[Field]:
    for block in reading.list_blocks("chrome", "note"):
        words = reading.text[block.start : block.end]
        hit = _PUBLISHED.search(words) if block.kind == "chrome" else None
        if hit:
            yield (
                "publisher",
                Place(block.start + hit.start("name"), block.start + hit.end("name")),
                clean(hit["name"]),
                "the imprint",
            )
    for block in reading.list_blocks("byline", "paragraph", "note"):
        words = reading.text[block.start : min(block.end, block.start + 300)]
        if shapes.is_credit(words):
            yield from find_credits(words, block.start)
