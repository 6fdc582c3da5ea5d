"""Finds media items: sentences that identify one release by kind, publisher, outlet, place, date, title or issue.

The same release met again joins the mention that says most of it. Which sentences count is in `sightings`, what one says in
`releases`, when it came out in `dating`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from linewatch.find.base import Reading, get_finding_id, make_finding
from linewatch.find.broadcast import Header, find_header
from linewatch.find.dating import date_item, find_note_date, get_report_date, list_known
from linewatch.find.identity import Mention, choose, group_mentions
from linewatch.find.order import list_earlier, to_when
from linewatch.find.organisations import get_organisation
from linewatch.find.prose import Prose, get_prose
from linewatch.find.sightings import list_mentions
from linewatch.model import Finding, Item, ItemKind
from linewatch.text.spans import trim

NAME = "items.v4"
# Tells the header's own item from one that the same words identify.
_HEADER_N = 9999


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each item at the sentence that identifies it best."""
    if reading.side == "own":
        return
    prose = get_prose(reading)
    groups = group_mentions(list(list_mentions(reading, prose, get_report_date(reading))))
    groups.sort(key=lambda group: choose(group).place)
    header = find_header(reading)
    if header is not None and header.kind is not None:
        yield _make_broadcast(reading, header, header.kind)
    known = list_known(reading, groups)
    for n, group in enumerate(groups):
        following = choose(groups[n + 1]).place.start if n + 1 < len(groups) else len(reading.text)
        value = _read_item(reading, group)
        when = date_item(reading, prose, group, known)
        note = None if when and when.iso else find_note_date(known, prose, choose(group).place, following)
        after = _list_after(reading, prose, groups, group)
        dated = msgspec.structs.replace(value, date=when, note_date=note, after=after)
        reason = _explain(choose(group), len(group))
        yield make_finding(reading, *choose(group).place, dated, finder=NAME, reason=reason, n=n)


def _list_after(
    reading: Reading, prose: Prose, groups: Sequence[Sequence[Mention]], group: Sequence[Mention]
) -> tuple[str, ...]:
    """Return the ids of the undated items of which the text says that this one came after them."""
    undated = [
        n for n, other in enumerate(groups) if other is not group and choose(other).release.dated is None
    ]
    named = [(choose(groups[n]).release.hit.kind, choose(groups[n]).place.start) for n in undated]
    found = list_earlier(prose, [mention.place.start for mention in group], named)
    return tuple(
        get_finding_id(reading, Item, *choose(groups[undated[place]]).place, n=undated[place])
        for place in found
    )


def _make_broadcast(reading: Reading, header: Header, kind: ItemKind) -> Finding:
    """Return the item that a broadcast monitor's header describes."""
    dated, source = header.dated, header.source
    fields: dict[str, Any] = {
        "kind": kind,
        "publisher": header.who,
        "outlet": reading.text[source.start : source.end] if source else None,
        "date": to_when(dated, reading.text[dated.start : dated.end], None) if dated else None,
    }
    sources = {name: "heading" for name, value in fields.items() if value is not None}
    place = trim(reading.text, header.start, header.end)
    reason = "the header of a broadcast monitor names kind, source and date"
    return make_finding(
        reading, *place, Item(**fields, sources=sources), finder=NAME, reason=reason, n=_HEADER_N
    )


def _read_item(reading: Reading, group: Sequence[Mention]) -> Item:
    """Return the item with what its mentions say of it, the one that says most first."""
    best = choose(group)
    told = [best, *(one for one in group if one is not best)]
    fields: dict[str, Any] = {
        name: next((value for one in told if (value := getattr(one.release, name))), None)
        for name in ("publisher", "outlet", "place", "title", "issue")
    }
    sources = {name: "report sentence" for name in ("kind", *fields) if name == "kind" or fields[name]}
    if fields["publisher"] is None and (name := get_organisation(reading).name) is not None:
        fields["publisher"], sources["publisher"] = name, "context: the organisation the text is about"
    return Item(kind=best.release.hit.kind, sources=sources, **fields)


def _explain(best: Mention, count: int) -> str:
    told = best.release
    parts = [f'"{told.hit.noun}"', *(["put out"] if told.linked else [])]
    parts += [
        name
        for name in ("date", "title", "issue", "outlet", "publisher")
        if getattr(told, "dated" if name == "date" else name)
    ]
    return (
        "the sentence identifies one piece: "
        + ", ".join(parts)
        + (f"; mentioned {count} times" if count > 1 else "")
    )
