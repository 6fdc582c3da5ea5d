"""Write's work on a case: gathers the material, builds the report, and puts all files into place at once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from linewatch import __version__
from linewatch.errors import DraftError, InputError
from linewatch.model import Arrival, Build, Document, Evidence, Finding, Step, Tell, get_id
from linewatch.store.case import Case
from linewatch.store.evidence import get_place
from linewatch.store.live import (
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_problems,
    list_stated,
)
from linewatch.write.build import build
from linewatch.write.generate import generate_draft
from linewatch.write.material import Material, Results
from linewatch.write.registry import EXPORTERS

PARTIAL = ".linewatch-partial"
"""Where files lie until all of them are whole."""


def write(case: Case, results: Results, out: Path, tell: Tell, *, built_at: datetime) -> Build:
    """Build every file of the report; a draft is generated on first use and then left to the analyst.

    Nothing in `out` is touched before every file is built; raises DraftError where the draft cannot be.
    """
    check_out(case.path, out)
    tell(Step(stage="write", done=0, total=len(EXPORTERS) + 1, what="report"))
    material = collect(case, results, built_at)
    report = build(_get_draft(case), material)
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
            (partial / name).write_bytes(data)
        for name in files:
            (partial / name).replace(out / name)
        partial.rmdir()
    except OSError as error:
        raise InputError(
            f"{out} cannot be written to: {error.strerror}", hint="name another folder with -o"
        ) from error


def _get_draft(case: Case) -> str:
    """Return the analyst's draft, the generated one where there is none yet."""
    path = case.path / "report.md"
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
