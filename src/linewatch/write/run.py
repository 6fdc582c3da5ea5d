"""Write's work on a case: gathers the material, builds the report, and puts all files into place at once."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from linewatch.model import Build, Coded, Evidence, Line, Passage, Problem, Reliability, Step, Tell, get_id
from linewatch.store.case import Case
from linewatch.store.live import list_live_documents, list_live_findings
from linewatch.write.draft import build_report, generate_draft
from linewatch.write.material import Material
from linewatch.write.registry import EXPORTERS


def write(  # noqa: PLR0913 - what the other rooms hand over, and where to write
    case: Case,
    line: Line,
    reliability: Reliability,
    coded: tuple[Coded, ...],
    out: Path,
    tell: Tell,
    *,
    stance: dict[int, str],
) -> Build:
    """Build every file of the report; a draft is generated on first use and then left to the analyst."""
    material = _collect(case, line, reliability, coded, stance)
    draft = case.path / "report.md"
    if not draft.exists():
        draft.write_text(generate_draft(case.settings), encoding="utf-8")
    report = build_report(draft.read_text(encoding="utf-8"), material)
    files: dict[str, bytes] = {}
    for place, (name, exporter) in enumerate(EXPORTERS.items()):
        tell(Step(stage="write", done=place, total=len(EXPORTERS), what=name))
        files[exporter.FILE] = exporter.render(report, material)
    _put(out, files)
    build = Build(
        id=get_id("build", uuid4().hex),
        log_seq=case.get_head().seq,
        files={name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()},
        built_at=datetime.now(UTC),
    )
    with case.write("write", files=len(files)) as writer:
        writer.add(build)
    return build


def _collect(
    case: Case, line: Line, reliability: Reliability, coded: tuple[Coded, ...], stance: dict[int, str]
) -> Material:
    documents = {document.id: document for document in list_live_documents(case)}
    return Material(
        settings=case.settings,
        evidence={evidence.id: evidence for evidence in case.find(Evidence)},
        documents=documents,
        findings=tuple(list_live_findings(case)),
        passages=tuple(passage for passage in case.find(Passage) if passage.span.document in documents),
        coded=coded,
        line=line,
        reliability=reliability,
        problems=tuple(case.find(Problem)),
        stance=stance,
    )


def _put(out: Path, files: dict[str, bytes]) -> None:
    """Write all files beside their place first, then move each in: a killed build leaves whole files."""
    partial = out / f".partial-{uuid4().hex}"
    partial.mkdir(parents=True)
    for name, data in files.items():
        (partial / name).write_bytes(data)
    for name in files:
        (partial / name).replace(out / name)
    shutil.rmtree(partial)
