"""Finds the item that a document of the organisation's own is: one release, held, described by whoever says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from linewatch.find.base import Reading, make_finding
from linewatch.model import Finding, Item, ItemKind, When
from linewatch.model.when import parse_iso

NAME = "held.v1"
KINDS = frozenset(get_args(ItemKind))
PLAIN = ("publisher", "outlet", "tier", "place", "title")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield one held item over the whole of an own document; what nobody says stays unknown."""
    if reading.side != "own" or not reading.text:
        return
    fields, sources = _collect(reading)
    kind = fields.pop("kind", "other")
    item = Item(
        kind=kind if kind in KINDS else "other",  # type: ignore[arg-type]
        date=_read_date(fields.pop("date", None), sources),
        held=True,
        sources=sources,
        **{name: value for name, value in fields.items() if name in PLAIN},  # type: ignore[arg-type]
    )
    yield make_finding(
        reading, 0, len(reading.text), item, finder=NAME, reason="the case holds the release itself"
    )


def _collect(reading: Reading) -> tuple[dict[str, str], dict[str, str]]:
    """Return each field's value and who says so: the catalogue first, then the format, then a heading."""
    fields: dict[str, str] = {}
    sources: dict[str, str] = {}
    heading = next((reading.text[b.start : b.end] for b in reading.list_blocks("title", "heading")), None)
    said = (
        ("catalogue", reading.stated),
        ("container", {name: reading.document.metadata.get(name) for name in ("title", "date", "publisher")}),
        ("heading", {"title": heading}),
    )
    for source, values in said:
        for name, value in values.items():
            if value and name in {*PLAIN, "kind", "date"} and name not in fields:
                fields[name], sources[name] = value, source
    return fields, sources


def _read_date(text: str | None, sources: dict[str, str]) -> When | None:
    """Return the date as an interval; one that is in no known form is not guessed at."""
    try:
        return parse_iso(text[:10], source=sources["date"]) if text else None
    except ValueError:
        sources.pop("date", None)
        return None
