"""Find's work on a case: documents read by the finders of this version, and the analyst's corrections out and in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from linewatch.errors import InputError
from linewatch.find.base import Reading
from linewatch.find.canons import hash_file, load_canons
from linewatch.find.corrections import make_corrections
from linewatch.find.corrections_export import list_rows
from linewatch.find.corrections_state import State
from linewatch.find.corrections_table import Row, read_table, write_table
from linewatch.find.mapping import Search, Searched, choose_workers, map_documents
from linewatch.find.registry import FINDERS, find_all
from linewatch.find.versions import compare_versions
from linewatch.find.versions import tell as tell_pair
from linewatch.model import (
    Canon,
    Correction,
    Document,
    Evidence,
    Finding,
    Item,
    Marker,
    NoteBody,
    Problem,
    ReportField,
    Run,
    Side,
    Step,
    Tell,
    get_id,
)
from linewatch.model.when import parse_iso
from linewatch.settings import CaseSettings, get_model_name
from linewatch.store.case import Case
from linewatch.store.corrected import correct
from linewatch.store.live import (
    find_latest_runs,
    get_corrected,
    list_live_corrections,
    list_live_documents,
    list_live_findings,
    list_machine_findings,
    list_stated,
    name_version,
)


def find(case: Case, tell: Tell, *, workers: int | None = None) -> int:
    """Find in every document that this version of the finders has not read; returns how many were read.

    On so many processes; by default on the cores, where there is enough to search. What is found does not depend on it.
    Corrections whose finding is not there any more are then listed as problems.
    """
    waiting = _list_readings(case)
    processes = choose_workers([len(reading.text) for reading in waiting], workers)
    search = find_all if processes > 1 else _tell_finders(tell, len(waiting))
    for place, searched in enumerate(map_documents(waiting, workers=processes, search=search)):
        tell(Step(stage="find", done=place, total=len(waiting), what=searched.reading.document.id))
        _keep(case, searched)
    if waiting:
        unlike = _list_unlike(case)
        with case.write("find", unlike=len(unlike)) as writer:
            writer.add(*unlike)
    if case.count(Correction):
        lost = _list_lost(case)
        with case.write("find", lost=len(lost)) as writer:
            writer.add(*lost)
    return len(waiting)


def _tell_finders(tell: Tell, total: int) -> Search:
    """Return a search on this process that says which finder is at work: a long text takes minutes."""
    done = count()

    def search(reading: Reading) -> tuple[Finding, ...]:
        place = next(done)
        return find_all(
            reading,
            lambda name: tell(
                Step(stage="find", done=place, total=total, what=f"{name} in {reading.document.id}")
            ),
        )

    return search


def _keep(case: Case, searched: Searched) -> None:
    """Write what was found in a document, or that it could not be searched: then the next command tries again."""
    document, found = searched.reading.document, searched.found
    if found is None:
        with case.write("find", document=document.id, found=0) as writer:
            writer.add(_make_unsearched(document))
        return
    with case.write("find", document=document.id, found=len(found)) as writer:
        writer.add(*found, *_list_problems(document, found))
        versions = [name_version(finding) for finding in found]
        writer.add(_make_run(document, _name_tool(searched.reading), versions))


def _make_unsearched(document: Document) -> Problem:
    return Problem(
        id=get_id("problem", "unsearched", document.id),
        stage="find",
        kind="unsearched",
        message="the process that searched this document ended twice; nothing is found in it",
        evidence=document.evidence,
        document=document.id,
    )


@contextmanager
def record_canon(case: Case, path: Path, canon: str) -> Iterator[None]:
    """Log that a canon or an edition's text is added to the case, with its file's hash; nothing is logged where adding it fails."""
    with case.write("canon", canon=canon, file=path.name, sha256=hash_file(path)):
        yield


def list_waiting(case: Case) -> list[Document]:
    """Return the live documents that the present finders, with what is said of them now, have not searched."""
    return [reading.document for reading in _list_readings(case)]


def _list_readings(case: Case) -> list[Reading]:
    canons, settings = load_canons(case.path / "canons"), case.settings
    runs, stated = find_latest_runs(case, "find"), list_stated(case)
    readings = [
        _make_reading(document, stated.get(document.evidence, {}), canons, settings)
        for document in list_live_documents(case)
    ]
    return [reading for reading in readings if _is_waiting(reading, runs.get(reading.document.id))]


def _is_waiting(reading: Reading, run: Run | None) -> bool:
    return run is None or run.tool != _name_tool(reading)


def export_corrections(case: Case, path: Path) -> int:
    """Write the findings and what was corrected of them as a table to edit; returns the rows."""
    rows = list_rows(get_state(case))
    try:
        # The mark at the beginning makes a spreadsheet read UTF-8: Arabic comes back as it went.
        path.write_text(write_table(rows), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise InputError(f"{path.name} cannot be written: {error}", hint="name a file in a folder") from error
    return len(rows)


def import_corrections(case: Case, path: Path) -> int:
    """Keep what an edited table corrects, all of it or nothing; the same table again adds nothing. Returns how many are new."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read: {error}", hint="save it as CSV in UTF-8") from error
    made = make_corrections(read_table(text), get_state(case), case.settings.analyst, datetime.now(UTC))
    with case.write("correct", corrections=len(made)) as writer:
        return writer.add(*made)


def revise(case: Case, cells: Iterable[Mapping[str, str]]) -> list[Correction]:
    """Keep what rows of the corrections' table ask for, one row a finding, all of them or none; returns what is new."""
    rows = [Row(line, dict(told)) for line, told in enumerate(cells, 1)]
    analyst = case.who or case.settings.analyst
    made = make_corrections(rows, get_state(case), analyst, datetime.now(UTC))
    with case.write("correct", corrections=len(made)) as writer:
        writer.add(*made)
    return made


def take_back(case: Case, corrections: Iterable[Correction]) -> list[Correction]:
    """Take corrections back, retractions too; returns the rows that do."""
    now, analyst = datetime.now(UTC), case.who or case.settings.analyst
    made = [
        Correction(
            id=get_id("correction", "retract", one.id, now.isoformat()),
            action="retract", target=one.id, kind=one.kind, analyst=analyst, made_at=now,
        )
        for one in corrections
    ]  # fmt: skip
    with case.write("correct", retracted=len(made)) as writer:
        writer.add(*made)
    return made


def get_state(case: Case) -> State:
    """Return the findings as they can be edited now, with the corrections on them."""
    machine, corrections = list_machine_findings(case), list_live_corrections(case)
    readings = {document.id: document for document in case.find(Document)}
    holds = correct(machine, corrections, readings)
    edits = [one for one in corrections if one.action in {"add", "set"}]
    earlier = {one.target for one in (*case.find(Correction), *holds.standing)}
    return State(
        findings={one.id: one for one in correct(machine, edits, readings).findings},
        machine={one.id: one for one in machine},
        standing=holds.standing,
        lost=holds.lost,
        earlier=frozenset(earlier),
        documents={document.id: document for document in list_live_documents(case)},
        names={evidence.id: evidence.name for evidence in case.find(Evidence)},
    )


def _list_unlike(case: Case) -> list[Problem]:
    """Return a problem for each quotation that differs from the held original or from another report's version of it."""
    documents, stated = list_live_documents(case), list_stated(case)
    texts = {document.id: document.text for document in documents}
    own = frozenset(
        document.id for document in documents if stated.get(document.evidence, {}).get("side") == "own"
    )
    names = {evidence.id: evidence.name for evidence in case.find(Evidence)}
    files = {document.id: names.get(document.evidence, "") for document in documents}
    of = {document.id: document.evidence for document in documents}
    return [
        Problem(
            id=get_id(
                "problem", "unlike-quotation", pair.finding.id, pair.finding.span.document, tell_pair(pair)
            ),
            stage="find",
            kind="unlike-quotation",
            message=tell_pair(pair),
            evidence=of[pair.finding.span.document],
            document=pair.finding.span.document,
            where=f"characters {pair.ours.span.start}-{pair.ours.span.end}; "
            f"in {files[pair.theirs.span.document]}, characters {pair.theirs.span.start}-{pair.theirs.span.end}",
            about=pair.finding.id,
        )
        for pair in compare_versions(list_live_findings(case), texts, own)
    ]


def _list_lost(case: Case) -> list[Problem]:
    """Return a problem for each correction whose finding is not found again; what it set is left unsaid: it may name a person."""
    live = {document.evidence: document.id for document in list_live_documents(case)}
    return [
        Problem(
            id=get_id("problem", "lost-correction", one.id, live.get(one.at.evidence)),
            stage="find",
            kind="lost-correction",
            message=f"a correction ({one.action} {one.field or one.kind}) rests on words or a finding not found again",
            evidence=one.at.evidence,
            document=live.get(one.at.evidence),
            where=f"characters {one.at.start}-{one.at.end} of the reading it was made on",
            about=one.id,
        )
        for one in get_corrected(case).lost
        if one.at
    ]


def _make_reading(
    document: Document, stated: dict[str, str], canons: tuple[Canon, ...], settings: CaseSettings
) -> Reading:
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
    return (
        _list_future(document, found)
        + [
            _make_problem(
                document, finding, "dangling-marker", f"note marker {finding.value.n} leads nowhere"
            )
            for finding in found
            if isinstance(finding.value, Marker) and finding.value.body is None
        ]
        + [
            _make_problem(
                document, finding, "orphan-note", f"nothing in the text points to note {finding.value.n}"
            )
            for finding in found
            if isinstance(finding.value, NoteBody) and finding.value.marker is None
        ]
    )


def _list_future(document: Document, found: tuple[Finding, ...]) -> list[Problem]:
    """Return a problem for each item that a report dates after itself: a slip in the date, or one of the two calendars."""
    stated = [one.value for one in found if isinstance(one.value, ReportField) and one.value.field == "date"]
    day = parse_iso(stated[0].value).latest if stated else None
    return [
        _make_problem(
            document, one, "future-date", f"dated {one.value.date.printed}, after the report itself, {day}"
        )
        for one in found
        if day and isinstance(one.value, Item) and one.value.date and one.value.date.earliest
        if one.value.date.earliest > day
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
        about=finding.id,
    )
