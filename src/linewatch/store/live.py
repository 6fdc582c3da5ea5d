"""What stands now, among rows that are never changed: the latest document, the findings with corrections, live answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from linewatch.model import (
    Correction,
    Document,
    Evidence,
    Finding,
    Judgement,
    Passage,
    Problem,
    Run,
    Statement,
    Suggestion,
    get_id,
)
from linewatch.store.case import Case
from linewatch.store.corrected import Corrected, correct, list_standing

Output = TypeVar("Output", Finding, Passage)
READ = (Evidence, Document)
FOUND = (*READ, Finding, Run, Correction)


def list_live_documents(case: Case) -> list[Document]:
    """Return the newest document of each piece of evidence, of a file of many records all its parts, in the evidence's order."""
    return list(case.keep("live documents", READ, lambda: _find_live_documents(case)))


def _find_live_documents(case: Case) -> list[Document]:
    latest: dict[str, dict[str | None, Document]] = {}
    for document in case.find(Document):
        parts = latest.setdefault(document.evidence, {})
        if any(one.reader != document.reader for one in parts.values()):
            parts.clear()  # read anew: a better reader may make other parts
        parts[document.part] = document
    return [one for evidence in case.find(Evidence) for one in latest.get(evidence.id, {}).values()]


def find_latest_runs(case: Case, stage: str) -> dict[str, Run]:
    """Return the latest run of a stage on each input it ever had."""
    runs = case.keep(
        f"latest runs of {stage}", (Run,), lambda: {run.input: run for run in case.find(Run, stage=stage)}
    )
    return dict(runs)


def list_live_findings(case: Case) -> list[Finding]:
    """Return the findings as the analyst has them: the machine's of the latest readings, corrected."""
    return list(get_corrected(case).findings)


def get_corrected(case: Case) -> Corrected:
    """Return the findings with the corrections that hold and those that are lost."""
    return case.keep("live findings", FOUND, lambda: _correct_all(case))


def _correct_all(case: Case) -> Corrected:
    corrections = list_live_corrections(case)
    readings = case.find(Document) if corrections else []
    return correct(list_machine_findings(case), corrections, {reading.id: reading for reading in readings})


def list_machine_findings(case: Case) -> list[Finding]:
    """Return what machines found in the latest readings, no correction applied."""
    return list(
        case.keep("machine findings", (*READ, Run, Finding), lambda: _list_outputs(case, "find", Finding))
    )


def list_live_passages(case: Case) -> list[Passage]:
    """Return the passages of the latest code run of each live document."""
    return list(
        case.keep("live passages", (*READ, Run, Passage), lambda: _list_outputs(case, "code", Passage))
    )


def _list_outputs(case: Case, stage: str, kind: type[Output]) -> list[Output]:
    """Return what the latest run of a stage made of each live document, in the order of the documents."""
    places = {document.id: place for place, document in enumerate(list_live_documents(case))}
    live = {
        (name, version)
        for name, run in find_latest_runs(case, stage).items()
        if name in places
        for version in (run.output or "").split()
    }
    made = [row for row in case.find(kind) if (row.span.document, name_version(row)) in live]
    return sorted(made, key=lambda row: places[row.span.document])


def list_live_problems(case: Case) -> list[Problem]:
    """Return the problems that still stand: those of superseded readings and of corrected findings do not."""
    return list(case.keep("live problems", (*FOUND, Problem), lambda: _find_live_problems(case)))


def _find_live_problems(case: Case) -> list[Problem]:
    documents, corrected = list_live_documents(case), get_corrected(case)
    read = {document.evidence for document in documents}
    own = {problem.id for document in documents for problem in document.problems}
    unsearched = {document.id for document in documents} - set(find_latest_runs(case, "find"))
    subjects = {one.id for one in corrected.findings} | {one.id for one in corrected.lost}
    return [
        row
        for row in case.find(Problem)
        if row.id in own
        or row.about in subjects
        or row.stage == "gather"
        or (row.kind == "no-reader" and row.evidence not in read)
        or (row.kind == "unsearched" and row.document in unsearched)
    ]


def list_live_judgements(case: Case) -> list[Judgement]:
    """Return the judgements that were not taken back: a coder's latest answer to each question of each codebook.

    Verdicts on disagreements are no coder's answers: `list_verdicts` has them.
    """
    return list(case.keep("live judgements", (Judgement,), lambda: _find_live_judgements(case)))


def _find_live_judgements(case: Case, **looked_up: str) -> list[Judgement]:
    latest = {
        (row.passage, row.coder, row.codebook, row.question): row
        for row in list_standing_judgements(case, **looked_up)
        if not row.settles and not row.again
    }
    return list(latest.values())


def list_live_judgements_on(case: Case, passages: Iterable[str]) -> list[Judgement]:
    """Return the live judgements on these passages."""
    return [row for passage in passages for row in _find_live_judgements(case, passage=passage)]


def list_verdicts(case: Case) -> list[Judgement]:
    """Return the verdicts on disagreements that were not taken back: the latest on each question of a passage."""
    rows = [row for row in list_standing_judgements(case) if row.settles]
    return list({(row.passage, row.codebook, row.question): row for row in rows}.values())


def list_standing_judgements(case: Case, **looked_up: str) -> list[Judgement]:
    """Return every judgement that was not taken back, in the order made, those below a later answer too."""
    rows = case.find(Judgement, **looked_up)
    gone = {row.retracts for row in rows if row.retracts}
    return [row for row in rows if not row.retracts and row.id not in gone]


def list_live_suggestions(case: Case, **looked_up: str) -> list[Suggestion]:
    """Return what machines suggest that was not taken back, in the order made."""
    rows = case.find(Suggestion, **looked_up)
    gone = {row.retracts for row in rows if row.retracts}
    return [row for row in rows if not row.retracts and row.id not in gone]


def list_live_corrections(case: Case) -> list[Correction]:
    """Return the corrections that were not taken back, in the order made."""
    return list_standing(case.find(Correction))


def list_stated(case: Case) -> dict[str, dict[str, str]]:
    """Return what was last said of each field, for every piece of evidence of which anything was said."""
    stated: dict[str, dict[str, str]] = {}
    for said in case.find(Statement):
        stated.setdefault(said.evidence, {})[said.field] = said.value
    return stated


def name_version(found: Finding | Passage) -> str:
    """Return the digits that tell one value of a finding or passage from another kept later under the same id."""
    return get_id(found)
