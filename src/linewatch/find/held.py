"""For a document that the organisation itself published: the one item that it is, or one a message, each field with who says so.

The catalogue or analyst comes first, then what the format says, then the text's own headings; of a message's date and title
the export knows better than what was said of the whole file. What nobody says stays None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from linewatch.find.base import Reading, make_finding
from linewatch.find.media import get_media
from linewatch.model import Block, Finding, Item, When
from linewatch.model.when import parse_iso
from linewatch.text import shapes
from linewatch.text.dates import find_dates

NAME = "held.v2"

_FIELDS = ("kind", "publisher", "outlet", "tier", "place", "title", "issue")
_KINDS = frozenset(
    {
        "video",
        "audio",
        "song",
        "editorial",
        "article",
        "magazine",
        "statement",
        "post",
        "speech",
        "photo-report",
        "other",
    }
)
_FROM_FORMAT = {"title": "title", "publisher": "publisher", "site_name": "outlet", "outlet": "outlet"}


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one held item over the whole document of side `own`, or one over each message where it is an export of them."""
    if reading.side != "own":
        return
    if messages := [block for block in reading.list_blocks("message") if block.said is not None]:
        yield from (_make_message(reading, block, block.said or {}) for block in messages)
        return
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    for field, value, source in _list_told(reading):
        if value and field in _FIELDS and field not in values and _is_allowed(field, value):
            values[field], sources[field] = value, source
    when = _find_date(reading)
    if when is not None and when.source:
        sources["date"] = when.source
    item = Item(**{"kind": "other", **values}, date=when, held=True, sources=sources)  # type: ignore[arg-type]  # a plain string from a closed table
    reason = "the organisation's own document; " + (
        ", ".join(f"{name} by {source}" for name, source in sources.items()) or "nobody says more of it"
    )
    yield make_finding(reading, 0, len(reading.text), item, finder=NAME, reason=reason)


def _make_message(reading: Reading, block: Block, said: Mapping[str, str]) -> Finding:
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    for field, value, source in _list_message_told(reading.stated, said):
        if value and field not in values and _is_allowed(field, value):
            values[field], sources[field] = value, source
    when = _date_message(said) or _date_stated(reading)
    if when is not None and when.source:
        sources["date"] = when.source
    item = Item(**values, date=when, held=True, sources=sources)  # type: ignore[arg-type]  # a plain string from a closed table
    reason = f"{said.get('where', 'a message')} of the organisation's own export"
    if "forwarded" in said.get("flags", ""):
        reason += ", forwarded"
    return make_finding(reading, block.start, block.end, item, finder=NAME, reason=reason)


def _list_message_told(
    stated: Mapping[str, str], said: Mapping[str, str]
) -> Iterator[tuple[str, str | None, str]]:
    yield "title", said.get("title"), "container"
    for field in _FIELDS:
        yield field, stated.get(field), "catalogue"
    for field in ("outlet", "publisher", "place", "kind"):
        yield field, said.get(field), "container"
    if "forwarded" in said.get("flags", "") and said.get("forwarded_from") != said.get("outlet"):
        yield "tier", "D", "container"
    yield "kind", "post", "container"


def _date_message(said: Mapping[str, str]) -> When | None:
    """Return the day an export gives a message; the clock and its zone stay with the message's block."""
    try:
        when = parse_iso(said.get("date", "")[:10], source="container")
    except ValueError:
        return None
    return msgspec.structs.replace(when, printed=said.get("printed", said["date"]))


def _date_stated(reading: Reading) -> When | None:
    stated = reading.stated.get("date")
    return _read(stated, "catalogue") if stated else None


def _list_told(reading: Reading) -> Iterator[tuple[str, str | None, str]]:
    for field in _FIELDS:
        yield field, reading.stated.get(field), "catalogue"
    for key, field in _FROM_FORMAT.items():
        yield field, reading.document.metadata.get(key), "container"
    for block in reading.list_blocks("title", "heading")[:1]:
        words = reading.text[block.start : block.end].lstrip("#* ").strip()
        yield "title", words if shapes.count_spaces(words) <= 25 else None, "heading"
        yield "kind", _find_kind(words), "heading"


def _find_kind(words: str) -> str | None:
    """Return the kind that a heading begins or ends with: "Statement of the council", "Spring Song"."""
    low = words.lower().split()
    nouns = get_media().nouns
    return next(
        (nouns[word] for word in (*low[:1], *low[-1:]) if word in nouns and word not in get_media().weak),
        None,
    )


def _is_allowed(field: str, value: str) -> bool:
    if field == "kind":
        return value in _KINDS
    return field != "tier" or value in {"A", "B", "C", "D", "X"}


def _find_date(reading: Reading) -> When | None:
    if reading.stated.get("date"):
        return _date_stated(reading)
    own = reading.document.metadata.get("date")
    if own and (when := _read(own[:40].replace("T", " "), "container")) is not None:
        return when
    for block in reading.list_blocks("dateline", "title", "byline", "heading")[:6]:
        when = _read(reading.text[block.start : block.end], "heading")
        if when is not None:
            return when
    return None


def _read(words: str, source: str) -> When | None:
    try:
        return parse_iso(words.strip(), source=source)
    except ValueError:
        pass
    found = next(find_dates(words), None)
    if found is None:
        return None
    days = found.days
    return When(
        earliest=days.earliest, latest=days.latest, precision=days.grain, iso=days.iso,
        printed=words[found.start : found.end], calendar="hijri" if days.hijri else "gregorian", source=source,
    )  # fmt: skip
