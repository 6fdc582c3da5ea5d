"""The header of a broadcast monitor's item: place, date, station, and tags such as `[COMMUNIQUE] [COUNCIL OF STEERERS] [TEXT]`."""

from __future__ import annotations

import re
from typing import NamedTuple

from linewatch.find.base import Reading
from linewatch.model import ItemKind
from linewatch.text.dates import Dated, find_dates
from linewatch.text.spans import Place

_HEADER = re.compile(
    r"(?P<place>[A-Z][\w .'’()/-]{2,70}),\s(?P<date>(?:\d{1,2}\s[A-Za-z]{3,9}(?:\s\d{2,4})?|[A-Z][A-Za-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4}|\s\d{2,4})?|NO DATE))"
    r"\s{0,2}(?:[(\[](?P<source>[^()\n\[\]]{2,80})[)\]])?\s{0,2}(?:--|—|–|-)\s{0,2}(?P<tags>(?:\[[^\[\]]{2,240}\]\s{0,2}){0,6})"
)
_FORM = re.compile(r"\[(?:TEXT|EXCERPTS?|SUMMARY)\]\s{0,2}(?:\[CONTINUED\]\s{0,2})?", re.IGNORECASE)
_TAG = re.compile(r"\[([^\[\]]+)\]")
_MEETING = re.compile(
    r"(?:INTERVIEW|NEWS CONFERENCE|PRESS CONFERENCE)\sWITH\s(?P<who>[^,]{2,80}?)(?:,.*|\sBY\s.*)?\Z",
    re.IGNORECASE,
)
_KINDS: dict[str, ItemKind] = {
    "statement": "statement", "communique": "statement", "declaration": "statement", "announcement": "statement", "message": "statement", "letter": "statement",
    "speech": "speech", "address": "speech", "sermon": "speech", "editorial": "editorial", "commentary": "editorial", "station commentary": "editorial",
    "article": "article", "interview": "other", "news conference": "other", "press conference": "other",
}  # fmt: skip
_FORMS = frozenset(
    {
        "text",
        "excerpt",
        "continued",
        "bulletin",
        "begin recording",
        "question indistinct",
        "word indistinct",
        "excerpts",
        "summary",
        "words indistinct",
        "passage omitted",
        "report",
        "editorial report",
        "recorded",
        "live",
        "passages omitted",
    }
)


class Header(NamedTuple):
    """What the header says; `end` is where the text proper begins."""

    start: int
    end: int
    place: str
    dated: Dated | None
    source: Place | None
    kind: ItemKind | None
    who: str | None
    tagged: bool


def find_header(reading: Reading) -> Header | None:
    """Return the header that the running text begins with, None where it begins otherwise."""
    for block in reading.list_blocks()[:6]:
        hit = _HEADER.match(reading.text, block.start, block.end)
        if hit:
            return _read(hit)
    return None


def _cut_tags(tags: str) -> str:
    """Return the tags up to the one that says how much of the text follows; brackets after it are the text's own."""
    closed = _FORM.search(tags)
    return tags[: closed.end()] if closed else tags


def _read(hit: re.Match[str]) -> Header:
    told = _cut_tags(hit["tags"])
    tags = [" ".join(tag.split()) for tag in _TAG.findall(told)]
    kinds = [_KINDS[tag.lower()] for tag in tags if tag.lower() in _KINDS]
    meetings = [meeting for tag in tags if (meeting := _MEETING.match(tag))]
    names = [
        tag
        for tag in tags
        if tag.lower() not in _KINDS and tag.lower() not in _FORMS and not _MEETING.match(tag)
    ]
    names = [re.sub(r",\sIN\sPROGRESS\Z", "", name) for name in names]
    dated = next(find_dates(hit["date"]), None)
    moved = (
        dated._replace(start=dated.start + hit.start("date"), end=dated.end + hit.start("date"))
        if dated
        else None
    )
    return Header(
        start=hit.start(),
        end=hit.start("tags") + len(told),
        place=hit["place"],
        dated=moved,
        source=Place(*hit.span("source")) if hit["source"] else None,
        kind=kinds[0] if kinds else "other" if meetings else None,
        who=meetings[0]["who"] if meetings else names[0] if names else None,
        tagged=bool(tags),
    )
