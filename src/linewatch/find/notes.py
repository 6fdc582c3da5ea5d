"""Finds notes: markers in the text, their bodies, and what binds them; halves that are missing are named by their absence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linewatch.find.base import Reading, get_finding_id, make_finding
from linewatch.find.markers import MarkerPlace, find_markers
from linewatch.find.notekinds import get_note_kind
from linewatch.model import Finding, Marker, NoteBody
from linewatch.text.endnotes import NoteLine, find_note_lines

NAME = "notes.v2"


class Bound(NamedTuple):
    """Markers and bodies with the place, in the other list, of their other half."""

    markers: tuple[tuple[MarkerPlace, int | None], ...]
    bodies: tuple[tuple[NoteLine, int | None], ...]


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the markers, then the bodies, each with the other half's id."""
    bodies = find_bodies(reading)
    markers = find_markers(reading, bodies)
    bound = bind(markers, bodies)
    for marker, body in bound.markers:
        yield _make_marker(reading, marker, bodies[body] if body is not None else None)
    for line, marker_at in bound.bodies:
        yield _make_body(reading, line, markers[marker_at] if marker_at is not None else None)


def find_bodies(reading: Reading) -> list[NoteLine]:
    """Return the note bodies of a document, in order."""
    blocks = reading.document.blocks
    marked = frozenset(at for at, block in enumerate(blocks) if block.kind == "note")
    lines = find_note_lines(reading.text, [(block.start, block.end) for block in blocks], marked=marked)
    return [_without_arrow(reading.text, line) for line in lines]


def _without_arrow(text: str, line: NoteLine) -> NoteLine:
    """Leave out the arrow that leads back from a web page's note."""
    words = text[line.start : line.end].rstrip("\ufe0e\ufe0f")
    kept = words.rstrip("↩↑⤴ \u00a0\ufe0e")
    return line._replace(end=line.start + len(kept)) if kept and kept != words else line


def bind(markers: Sequence[MarkerPlace], bodies: Sequence[NoteLine]) -> Bound:
    """Bind markers to bodies of the same number: the first to the first, the rest to the last body there is."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, body in enumerate(bodies):
        places[body.n].append(at)
    met: dict[str, int] = defaultdict(int)
    first: dict[int, int] = {}
    bound: list[tuple[MarkerPlace, int | None]] = []
    for at, marker in enumerate(markers):
        own = places.get(marker.n)
        body_at = own[min(met[marker.n], len(own) - 1)] if own else None
        met[marker.n] += 1
        if body_at is not None:
            first.setdefault(body_at, at)
        bound.append((marker, body_at))
    return Bound(tuple(bound), tuple((body, first.get(at)) for at, body in enumerate(bodies)))


def _make_marker(reading: Reading, marker: MarkerPlace, body: NoteLine | None) -> Finding:
    body_id = get_finding_id(reading, NoteBody, body.start, body.end) if body else None
    reason = f"{marker.reason}; " + (
        f"leads to note {body.n}" if body else "leads nowhere: no note of this number"
    )
    return make_finding(
        reading, marker.start, marker.end, Marker(n=marker.n, body=body_id), finder=NAME, reason=reason
    )


def _make_body(reading: Reading, line: NoteLine, marker: MarkerPlace | None) -> Finding:
    marker_id = get_finding_id(reading, Marker, marker.start, marker.end) if marker else None
    kind, why = get_note_kind(reading.text[line.start : line.end])
    value = NoteBody(n=line.n, kind=kind, marker=marker_id)
    reason = f"labelled {line.n}, {why}" + ("" if marker else "; no marker leads here")
    return make_finding(reading, line.start, line.end, value, finder=NAME, reason=reason)
