"""Find's work on a case: every live document is read once by the finders of this version, with these names and canons."""

from __future__ import annotations

from datetime import UTC, datetime

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import FINDERS, find_all
from linewatch.model import Canon, Document, Finding, Marker, NoteBody, Problem, Run, Side, Step, Tell, get_id
from linewatch.settings import CaseSettings, get_model_name
from linewatch.store.case import Case
from linewatch.store.live import find_latest_run, get_stated, list_live_documents, name_version


def find(case: Case, tell: Tell) -> int:
    """Find in every document that this version of the finders has not read; returns how many were read."""
    canons, settings = load_canons(case.path / "canons"), case.settings
    waiting = [
        (document, reading, tool)
        for document in list_live_documents(case)
        for reading in [_make_reading(case, document, canons, settings)]
        for tool in [_name_tool(reading)]
        if (run := find_latest_run(case, "find", document.id)) is None or run.tool != tool
    ]
    for place, (document, reading, tool) in enumerate(waiting):
        tell(Step(stage="find", done=place, total=len(waiting), what=document.id))
        found = find_all(reading)
        with case.write("find", document=document.id, found=len(found)) as writer:
            writer.add(*found, *_list_problems(document, found))
            writer.add(_make_run(document, tool, [name_version(finding) for finding in found]))
    return len(waiting)


def _make_reading(
    case: Case, document: Document, canons: tuple[Canon, ...], settings: CaseSettings
) -> Reading:
    stated = get_stated(case, document.evidence)
    side: Side = "own" if stated.get("side") == "own" else "about"
    names = tuple(name for name in (settings.organisation, *settings.names) if name)
    return Reading(document=document, side=side, stated=stated, names=names, canons=canons)


def _name_tool(reading: Reading) -> str:
    """Return a digest of everything besides the text that a result depends on."""
    given = (sorted(reading.stated.items()), reading.side, reading.names, reading.canons)
    return get_id("find", list(FINDERS), get_model_name(), given)


def _make_run(document: Document, tool: str, versions: list[str]) -> Run:
    now = datetime.now(UTC)
    return Run(
        id=get_id("find", document.id, tool, now.isoformat()),
        stage="find",
        input=document.id,
        tool=tool,
        output=" ".join(versions),
        finished_at=now,
    )


def _list_problems(document: Document, found: tuple[Finding, ...]) -> list[Problem]:
    return [
        _make_problem(document, finding, "dangling-marker", f"note marker {finding.value.n} leads nowhere")
        for finding in found
        if isinstance(finding.value, Marker) and finding.value.body is None
    ] + [
        _make_problem(
            document, finding, "orphan-note", f"nothing in the text points to note {finding.value.n}"
        )
        for finding in found
        if isinstance(finding.value, NoteBody) and finding.value.marker is None
    ]


def _make_problem(document: Document, finding: Finding, kind: str, message: str) -> Problem:
    return Problem(
        id=get_id("problem", kind, finding.id),
        stage="find",
        kind=kind,
        message=message,
        evidence=document.evidence,
        document=document.id,
        where=f"characters {finding.span.start}-{finding.span.end}",
    )
