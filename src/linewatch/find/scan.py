"""What was found in one document as the one object that `linewatch scan --json` prints. Keys may be added; those here stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linewatch.model import (
    Alias,
    Caption,
    Citation,
    Document,
    Finding,
    Item,
    Marker,
    NoteBody,
    Place,
    Quotation,
    ReportField,
    Saying,
    Span,
    When,
)


def to_scan(document: Document, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the findings as plain values; offsets are code points of `document.text`."""
    found = list(findings)
    items = [(finding, finding.value) for finding in found if isinstance(finding.value, Item)]
    names = {finding.id: f"i{n}" for n, (finding, _) in enumerate(items)}
    return {
        "report": _tell_report(found),
        "items": [_tell_item(finding, value, names[finding.id]) for finding, value in items],
        "quotations": _tell_quotations(found, names),
        "sayings": [
            _tell_saying(finding, finding.value) for finding in found if isinstance(finding.value, Saying)
        ],
        "citations": [
            _tell_citation(finding, finding.value) for finding in found if isinstance(finding.value, Citation)
        ],
        "notes": _tell_notes(found),
        "aliases": [
            {"name": value.name, "aka": list(value.aka), "kind": value.name_kind}
            for value in _values(found, Alias)
        ],
        "places": [
            {"org_name": value.org_name, "real_name": value.real_name} for value in _values(found, Place)
        ],
        "captions": [_tell_span(finding) for finding in found if isinstance(finding.value, Caption)],
        "problems": [
            {"kind": problem.kind, "message": problem.message, "where": problem.where}
            for problem in document.problems
        ],
    }


def _values(found: Iterable[Finding], kind: type) -> list[Any]:
    return [finding.value for finding in found if isinstance(finding.value, kind)]


def _tell_span(finding: Finding) -> dict[str, Any]:
    return {"start": finding.span.start, "end": finding.span.end}


def _tell_report(found: Iterable[Finding]) -> dict[str, Any]:
    fields = _values(found, ReportField)
    single = {
        name: next((value.value for value in fields if value.field == name), None)
        for name in ("title", "series", "number", "date")
    }
    return {
        **single,
        "authors": [value.value for value in fields if value.field == "author"],
        "publisher": next((value.value for value in fields if value.field == "publisher"), None),
        "credits": [value.value for value in fields if value.field == "credit"],
    }


def _tell_when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "precision": when.precision,
        "calendar": when.calendar,
        "printed": when.printed,
        "source": when.source,
    }


def _tell_item(finding: Finding, value: Item, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": value.kind,
        "publisher": value.publisher,
        "outlet": value.outlet,
        "place": value.place,
        "date": value.date.iso if value.date else None,
        "title": value.title,
        "issue": value.issue,
        **_tell_span(finding),
        "when": _tell_when(value.date),
        "note_date": value.note_date.iso if value.note_date else None,
        "reason": finding.reason,
    }


def _tell_quotations(found: Iterable[Finding], names: dict[str, str]) -> list[dict[str, Any]]:
    quoted = [(finding, finding.value) for finding in found if isinstance(finding.value, Quotation)]
    return [
        {
            "id": f"q{n}",
            **_tell_span(finding),
            "speaker": value.speaker,
            "role": value.role,
            "item": names.get(value.item or ""),
            "form": value.form,
            "scripture": value.scripture,
            "segments": [
                {"kind": one.kind, "start": one.start, "end": one.end, "owner": one.owner}
                for one in value.segments
            ],
            "reason": finding.reason,
        }
        for n, (finding, value) in enumerate(quoted)
    ]


def _tell_saying(finding: Finding, value: Saying) -> dict[str, Any]:
    return {
        **_tell_span(finding),
        "source": _tell_part(value.source),
        "cue": _tell_part(value.cue),
        "contents": [_tell_part(part) for part in value.contents],
    }


def _tell_part(part: Span | None) -> list[int] | None:
    return [part.start, part.end] if part else None


def _tell_citation(finding: Finding, value: Citation) -> dict[str, Any]:
    return {
        **_tell_span(finding),
        "canon": value.canon,
        "ref": value.ref,
        "quoted": [value.quoted.start, value.quoted.end] if value.quoted else None,
        "verdict": value.verdict,
        "left_out": list(value.left_out),
        "edition": value.edition,
        "omitted": list(value.omitted),
        "weights": list(value.weights),
        "stands_at": value.stands_at,
        "text": value.text,
        "differences": [
            {"kind": one.kind, "quoted": one.quoted, "canon": one.canon} for one in value.differences
        ],
        "detail": value.detail,
    }


def _tell_notes(found: Iterable[Finding]) -> dict[str, Any]:
    markers = [(finding, finding.value) for finding in found if isinstance(finding.value, Marker)]
    bodies = [(finding, finding.value) for finding in found if isinstance(finding.value, NoteBody)]
    return {
        "markers": [{"n": value.n, **_tell_span(finding)} for finding, value in markers],
        "bodies": [{"n": value.n, **_tell_span(finding), "kind": value.kind} for finding, value in bodies],
        "dangling_markers": list(dict.fromkeys(value.n for _, value in markers if value.body is None)),
        "orphan_bodies": list(dict.fromkeys(value.n for _, value in bodies if value.marker is None)),
    }
