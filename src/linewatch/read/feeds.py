"""Reads RSS, Atom, RDF and CDF feeds: a record an entry, its date in the zone printed, its HTML as words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from linewatch.read.base import Aside, Record
from linewatch.read.feeds_parse import MOST_BYTES, HostileFeedError, parse_feed
from linewatch.read.fragments import Fragment, read_fragment
from linewatch.read.parts import to_words
from linewatch.text.stamps import read_stamp

NAME = "feeds.v1"
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/x-cdf+xml")

_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(item|entry)(?=[\s>])")
_PUBLISHED = ("published", "created", "updated")
"""Where an entry says when it came out, the surest first; RSS without a date of its own has only the last."""
_ADDRESS = re.compile(r"[^\s()<>]{1,200}@[^\s()<>]{1,200}")
_WEB = re.compile(r"https?://")


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield the feed's entries in order; what is broken is told, a file made to hurt is refused whole."""
    data = file.read(MOST_BYTES + 1)
    size = len(data) + len(file.read()) if len(data) > MOST_BYTES else len(data)
    try:
        feed = parse_feed(data)
    except HostileFeedError as error:
        reason = f"refused: {error}"
        yield Aside("the feed", size, reason, outcome="not understood", problem="hostile")
        return
    if not feed.get("version") and not feed.entries:
        yield Aside("the file", size, "no feed in it", outcome="not understood", problem="unreadable")
        return
    yield from _list_faults(feed)
    shares = share_bytes(data, len(feed.entries))
    yield Aside(
        "around the entries", size - sum(shares), "what the feed says of itself", _describe(feed.feed)
    )
    for place, (entry, share) in enumerate(zip(feed.entries, shares, strict=True), start=1):
        yield from _read_entry(entry, feed.feed, f"entry {place}", share)


def share_bytes(data: bytes, count: int) -> list[int]:
    """Return how many bytes each entry takes, to the next entry's beginning; all in equal parts where it is not plain.

    >>> share_bytes(b"<rss><item>row</item><item/></rss>", 1)
    [29]
    >>> share_bytes(b"<rss><item>row</item><item>on</item></rss>", 2)
    [16, 21]
    """
    if not count:
        return []
    starts = [hit.start() for hit in _ENTRY.finditer(data)]
    if len(starts) == count:
        return [end - start for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    return [len(data) // count + (place < len(data) % count) for place in range(count)]


def _list_faults(feed: Any) -> Iterator[Aside]:
    """Yield what was wrong with the XML; the entries that could be read are read."""
    if feed.get("bozo"):
        fault = feed.get("bozo_exception")
        kind = "unknown-encoding" if "Encoding" in type(fault).__name__ else "broken-feed"
        yield Aside("the feed", 0, f"not well formed: {to_words(str(fault))[:200]}", problem=kind)


def _describe(head: Any) -> str | None:
    said = [
        read_words(head.get(f"{name}_detail", head.get(name))).words
        for name in ("title", "subtitle", "rights")
    ]
    return "\n".join(filter(None, said)) or None


def _read_entry(entry: Any, head: Any, where: str, share: int) -> Iterator[Record | Aside]:
    title = read_words(entry.get("title_detail"))
    bodies = [read_words(body) for body in (entry.get("content") or [entry.get("summary_detail")])]
    words = "\n\n".join(filter(None, [title.words, *(body.words for body in bodies)]))
    said = {name: value for name, value in list_said(entry, head, title.words) if value}
    problem = "undated" if "date" not in said else None
    if words:
        reason = f"the date cannot be read: {said['date_printed']!r}" if "date_printed" in said else "no date"
        yield Record(words, where, share, said, problem=problem, reason=reason if problem else None)
    else:
        yield Aside(where, share, "an entry without words", said.get("url"))
    for one in (title, *bodies):
        for left, why in one.aside:
            yield Aside(where, 0, why, left)


def read_words(detail: Any) -> Fragment:
    """Return the words of a title, a summary or a content: markup is read as a page is, and nothing in it is fetched.

    >>> read_words({"type": "text/html", "value": "<p>Row <b>on</b> &amp; rest.</p>"}).words
    'Row on & rest.'
    """
    value = detail.get("value") if isinstance(detail, dict) else detail
    if not isinstance(value, str):
        return Fragment("")
    plain = isinstance(detail, dict) and detail.get("type") == "text/plain"
    return Fragment(to_words(value)) if plain else read_fragment(value)


def list_said(entry: Any, head: Any, title: str) -> Iterator[tuple[str, str | None]]:
    """Yield what the feed says of an entry; addresses of persons are left out."""
    yield "title", title
    yield "id", entry.get("id")
    yield "url", find_link(entry)
    yield "author", _name(entry) or _name(head)
    yield "outlet", read_words(head.get("title_detail")).words
    yield "source", read_words((entry.get("source") or {}).get("title")).words
    yield "language", _find_language(entry, head)
    yield (
        "media",
        "; ".join(f"absent: {one['href']}" for one in entry.get("enclosures", ()) if one.get("href")),
    )
    yield from _list_dates(entry)


def _list_dates(entry: Any) -> Iterator[tuple[str, str | None]]:
    """Yield the date as its clock showed it and the zone printed, and the words themselves where they are no stamp."""
    printed = next((str(entry[name]) for name in _PUBLISHED if _holds(entry, name)), None)
    if printed is not None:
        stamp = read_stamp(printed)
        yield "date", stamp.iso
        yield "zone", stamp.zone
        yield "date_printed", to_words(printed)[:200]
    if printed is not None and _holds(entry, "updated") and entry["updated"] != printed:
        edited = read_stamp(str(entry["updated"]))
        yield "edited", f"{edited.iso} {edited.zone}" if edited.iso else to_words(str(entry["updated"]))[:200]


def _holds(entry: Any, name: str) -> bool:
    """Tell whether the entry itself has the field: feedparser answers for `updated` with `published` otherwise."""
    return bool(dict.get(entry, name))


def find_link(entry: Any) -> str | None:
    """Return the address of the entry's own page: an alternate link before any other, never that of an enclosure."""
    links: Sequence[Any] = entry.get("links") or ()
    pages = [
        str(one["href"]) for one in links if one.get("href") and one.get("rel", "alternate") == "alternate"
    ]
    name = str(entry.get("id") or "")  # RDF names an entry by its address
    return next(
        iter([*pages, *filter(None, [entry.get("link")]), *([name] if _WEB.match(name) else [])]), None
    )


def _name(entry: Any) -> str | None:
    """Return an author's name without the address that feeds often put in its place."""
    printed = str(entry.get("author") or "")
    names = [str(one.get("name") or "") for one in entry.get("authors") or () if isinstance(one, dict)]
    if "@" in printed and len(names) < 2:
        names = [printed]  # feedparser leaves a piece of an address whose domain it does not know
    said = [" ".join(_ADDRESS.sub(" ", name).split()).strip(" ()<>") for name in names]
    return "; ".join(filter(None, said)) or None


def _find_language(entry: Any, head: Any) -> str | None:
    bodies = [
        *(entry.get("content") or ()),
        entry.get("summary_detail") or {},
        entry.get("title_detail") or {},
    ]
    return next((str(one["language"]) for one in [*bodies, head] if one.get("language")), None)
