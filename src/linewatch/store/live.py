"""What stands now, among rows that are never changed: the latest document, the findings with corrections, live answers."""

from __future__ import annotations

from linewatch.model import Correction, Document, Evidence, Finding, Judgement, Run, Statement, get_id
from linewatch.store.case import Case


def list_live_documents(case: Case) -> list[Document]:
    """Return the newest document of each piece of evidence, in the order of the evidence."""
    latest = {document.evidence: document for document in case.find(Document)}
    return [latest[evidence.id] for evidence in case.find(Evidence) if evidence.id in latest]


def find_latest_run(case: Case, stage: str, worked_on: str) -> Run | None:
    """Return the latest run of a stage on one input, None where there was none."""
    runs = [run for run in case.find(Run, input=worked_on) if run.stage == stage]
    return runs[-1] if runs else None


def list_live_findings(case: Case, document: str | None = None) -> list[Finding]:
    """Return the findings of the latest find run of each live document."""
    documents = [document] if document else [one.id for one in list_live_documents(case)]
    found: list[Finding] = []
    for one in documents:
        run = find_latest_run(case, "find", one)
        live = set((run.output or "").split()) if run else set()
        found += [finding for finding in case.find(Finding, document=one) if name_version(finding) in live]
    return found


def list_live_judgements(case: Case) -> list[Judgement]:
    """Return the judgements that were not taken back, the latest answer of a coder to a question last."""
    rows = case.find(Judgement)
    gone = {row.retracts for row in rows if row.retracts}
    latest = {
        (row.passage, row.coder, row.question): row for row in rows if row.id not in gone and not row.retracts
    }
    return list(latest.values())


def list_live_corrections(case: Case) -> list[Correction]:
    """Return the corrections that were not taken back, in the order made."""
    rows = case.find(Correction)
    gone = {row.target for row in rows if row.action == "retract"}
    return [row for row in rows if row.id not in gone and row.action != "retract"]


def get_stated(case: Case, evidence: str) -> dict[str, str]:
    """Return what was last said of each field of a piece of evidence."""
    return {said.field: said.value for said in case.find(Statement, evidence=evidence)}


def name_version(finding: Finding) -> str:
    """Return the digits that tell one value of a finding from another found later at the same place."""
    return get_id(finding)
