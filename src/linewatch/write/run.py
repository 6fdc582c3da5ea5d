"""Write's work on a case: gathers the material, builds the report, and puts all files into place at once."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from linewatch import __version__
from linewatch.errors import DraftError, InputError, NotFoundError
from linewatch.model import (
    Arrival,
    Build,
    Document,
    Evidence,
    Finding,
    LogEntry,
    Step,
    Tell,
    Timestamp,
    Value,
    from_json,
    get_id,
)
from linewatch.store import log
from linewatch.store.case import Case
from linewatch.store.evidence import get_place
from linewatch.store.live import (
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_problems,
    list_stated,
)
from linewatch.store.log import write_whole
from linewatch.write.build import build
from linewatch.write.generate import generate_draft
from linewatch.write.html import render
from linewatch.write.material import Material, Results
from linewatch.write.package import make_files
from linewatch.write.privacy import list_people, make_pseudonym
from linewatch.write.registry import EXPORTERS

DRAFT_FILE = "report.md"
MOST_FAULTS = 50
_LINE = re.compile(r"line (\d+) of the draft")
PARTIAL = ".linewatch-partial"
"""Where files lie until all of them are whole."""


class DraftFault(Value, frozen=True, kw_only=True):
    """Why a draft cannot be built, and the line it begins on; 0 where it is no line's fault."""

    line: int
    message: str
    hint: str | None = None


class Preview(Value, frozen=True, kw_only=True):
    """What a draft would be built into."""

    html: str | None
    """The page without the parts at fault, None where not even that can be built."""
    faults: tuple[DraftFault, ...]


def write(case: Case, results: Results, out: Path, tell: Tell, *, built_at: datetime) -> Build:
    """Build every file of the report; a draft is generated on first use and then left to the analyst.

    Nothing in `out` is touched before every file is built; raises DraftError where the draft cannot be.
    """
    check_out(case.path, out)
    tell(Step(stage="write", done=0, total=len(EXPORTERS) + 1, what="report"))
    material = collect(case, results, built_at)
    report = build(get_draft(case), material)
    files: dict[str, bytes] = {}
    for place, (name, exporter) in enumerate(EXPORTERS.items(), start=1):
        tell(Step(stage="write", done=place, total=len(EXPORTERS) + 1, what=name))
        files |= exporter.export(report, material)
    put_files(out, files)
    made = Build(
        id=get_id("build", uuid4().hex),
        log_seq=case.get_head().seq,
        files={name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()},
        built_at=built_at,
    )
    with case.write("write", files=len(files)) as writer:
        writer.add(made)
    return made


def collect_package(case: Case) -> dict[str, bytes]:
    """Return what a package without originals holds beside the report, by file name."""
    entries = [from_json(LogEntry, line) for line in log.read_lines(case.log_path)]
    return make_files(case.find(Evidence), entries, case.find(Timestamp))


def preview_draft(case: Case, draft: str, results: Results, *, built_at: datetime) -> Preview:
    """Return a draft as the page it would be, the parts that cannot be built left out, and a fault for each of these."""
    material = collect(case, results, built_at)
    faults: list[DraftFault] = []
    lines = draft.splitlines()
    while len(faults) < MOST_FAULTS:
        try:
            return Preview(html=render(build("\n".join(lines), material)), faults=tuple(faults))
        except DraftError as error:
            found = _LINE.match(str(error))
            faults.append(DraftFault(line=int(found[1]) if found else 0, message=str(error), hint=error.hint))
            if found is None or not _leave_out(lines, int(found[1])):
                break
    return Preview(html=None, faults=tuple(faults))


def _leave_out(lines: list[str], line: int) -> bool:
    """Empty the paragraph that a line begins or lies in, and tell whether there was anything to empty."""
    places = [line - 1]
    while places[-1] + 1 < len(lines) and lines[places[-1] + 1].strip():
        places.append(places[-1] + 1)
    held = any(0 <= place < len(lines) and lines[place].strip() for place in places)
    for place in places:
        if 0 <= place < len(lines):
            lines[place] = ""
    return held


def save_draft(case: Case, draft: str) -> None:
    """Put a draft into the place of the one before, in one step."""
    write_whole(case.path / DRAFT_FILE, draft.encode("utf-8"))


def collect(case: Case, results: Results, built_at: datetime) -> Material:
    """Return what the report may draw on: what stands now, of the evidence that is still there.

    Superseded documents are among the documents: a coded passage points into the one it was coded in.
    """
    evidence = {
        one.id: one for one in case.find(Evidence) if get_place(case.path / "evidence", one.id).exists()
    }
    live, stated = list_live_documents(case), list_stated(case)
    findings = {finding.id: finding for finding in list_live_findings(case)}
    return Material(
        settings=case.settings,
        results=results,
        evidence=evidence,
        documents={document.id: document for document in case.find(Document)},
        findings=findings,
        judgements=tuple(list_live_judgements(case)),
        statements={one: stated.get(one, {}) for one in evidence},
        arrivals=tuple(case.find(Arrival)),
        problems=tuple(list_live_problems(case)),
        tools=_list_tools(live, findings.values()),
        built_on=built_at.date(),
        key=case.get_key(),
    )


def check_out(case: Path, out: Path) -> None:
    """Raise InputError for a folder that the case keeps for something else."""
    inside = out.resolve()
    if inside == case.resolve() or any(
        inside.is_relative_to((case / name).resolve()) for name in ("evidence", "canons")
    ):
        raise InputError(f"{out} belongs to the case", hint="name another folder with -o, or CASE/out")


def put_files(out: Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside their place first, then move each in: a killed build leaves whole files.

    Raises InputError when the folder cannot be written to.
    """
    partial = out / PARTIAL
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, data in files.items():
            (partial / name).parent.mkdir(exist_ok=True)
            (partial / name).write_bytes(data)
        for name in files:
            (out / name).parent.mkdir(exist_ok=True)
            (partial / name).replace(out / name)
        shutil.rmtree(partial)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written to: {error.strerror}", hint="name another folder with -o"
        ) from error


def get_draft(case: Case) -> str:
    """Return the analyst's draft, the generated one where there is none yet."""
    path = case.path / DRAFT_FILE
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_text(generate_draft(case.settings), encoding="utf-8")
        partial.replace(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError("the draft, report.md, is not in UTF-8", hint="save it as UTF-8") from error


def _list_tools(documents: Iterable[Document], findings: Iterable[Finding]) -> tuple[str, ...]:
    readers = sorted({document.reader for document in documents})
    finders = sorted({finding.finder for finding in findings})
    return (f"linewatch {__version__}", *readers, *finders)


def identify(case: Case, mark: str, results: Results, *, reason: str) -> tuple[str, ...]:
    """Return the names that a pseudonym of this case stands for; who asked, and why, stands in the log first.

    Raises InputError without a reason, NotFoundError where it stands for nobody here.
    """
    if not reason.strip():
        raise InputError("looking up who is meant needs a reason", hint="give --reason")
    wanted = mark.upper().removeprefix("[").removesuffix("]").removeprefix("PERSON").strip(" -")
    with case.write("identify", mark=wanted, reason=reason.strip()):
        pass
    people = list_people(collect(case, results, datetime.now(UTC)))
    found = [
        names for names in people if make_pseudonym(case.get_key(), names[0])[len("[person ") : -1] == wanted
    ]
    if not found:
        raise NotFoundError(
            f"{mark} stands for nobody in this case", hint="pseudonyms look like [person K7Q2X]"
        )
    return tuple(dict.fromkeys(name for names in found for name in names))
