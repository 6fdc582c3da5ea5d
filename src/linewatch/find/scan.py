"""What `linewatch scan --json` prints: one object, its offsets code points of the text as read."""

from __future__ import annotations

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
    When,
)

FIELDS = ("title", "series", "number", "date", "publisher")


def to_scan(document: Document, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the object of the surface: report, items, quotations, citations, notes, aliases, places, captions."""
    items = _number(findings, Item, "i")
    return {
        "report": _describe_report(findings),
        "items": [_describe_item(one, items[one.id]) for one in _list(findings, Item)],
        "quotations": [
            _place(one)
            | {"speaker": one.value.speaker, "role": one.value.role, "item": items.get(one.value.item or "")}
            for one in _list(findings, Quotation)
        ],
        "citations": [_describe_citation(one) for one in _list(findings, Citation)],
        "notes": _describe_notes(findings),
        "aliases": [{"name": one.value.name, "aka": list(one.value.aka)} for one in _list(findings, Alias)],
        "places": [
            {"org_name": one.value.org_name, "real_name": one.value.real_name}
            for one in _list(findings, Place)
        ],
        "captions": [_place(one) for one in _list(findings, Caption)],
        "problems": [problem.message for problem in document.problems],
    }


def _list(findings: tuple[Finding, ...], kind: type) -> list[Any]:
    return sorted((one for one in findings if isinstance(one.value, kind)), key=lambda one: one.span.start)


def _number(findings: tuple[Finding, ...], kind: type, letter: str) -> dict[str, str]:
    return {one.id: f"{letter}{place}" for place, one in enumerate(_list(findings, kind))}


def _place(finding: Finding) -> dict[str, Any]:
    return {"start": finding.span.start, "end": finding.span.end, "reason": finding.reason}


def _describe_report(findings: tuple[Finding, ...]) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    for one in _list(findings, ReportField):
        said.setdefault(one.value.field, []).append(one.value.value)
    first = {name: next(iter(said.get(name, [])), None) for name in FIELDS}
    return {**first, "authors": said.get("author", [])}


def _describe_item(finding: Finding, name: str) -> dict[str, Any]:
    item = finding.value
    assert isinstance(item, Item)
    said = {
        field: getattr(item, field) for field in ("kind", "publisher", "outlet", "place", "title", "issue")
    }
    dates = {"date": _tell(item.date), "note_date": _tell(item.note_date), "between": _bound(item.date)}
    return {"id": name, **said, **dates, **_place(finding)}


def _tell(when: When | None) -> str | None:
    return when.iso if when else None


def _bound(when: When | None) -> list[str | None] | None:
    if when is None:
        return None
    return [day.isoformat() if day else None for day in (when.earliest, when.latest)]


def _describe_citation(finding: Finding) -> dict[str, Any]:
    citation = finding.value
    assert isinstance(citation, Citation)
    quoted = [citation.quoted.start, citation.quoted.end] if citation.quoted else None
    said = {"canon": citation.canon, "ref": citation.ref, "quoted": quoted, "verdict": citation.verdict}
    return {**said, "edition": citation.edition, "detail": citation.detail, **_place(finding)}


def _describe_notes(findings: tuple[Finding, ...]) -> dict[str, Any]:
    markers, bodies = _list(findings, Marker), _list(findings, NoteBody)
    return {
        "markers": [{"n": one.value.n, **_place(one)} for one in markers],
        "bodies": [{"n": one.value.n, "kind": one.value.kind, **_place(one)} for one in bodies],
        "dangling_markers": [one.value.n for one in markers if one.value.body is None],
        "orphan_bodies": [one.value.n for one in bodies if one.value.marker is None],
    }
