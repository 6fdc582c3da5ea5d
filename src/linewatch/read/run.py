"""Read's work on a case: every sealed file that this version of its reader has not read."""

from __future__ import annotations

from datetime import UTC, datetime

from linewatch.model import Document, Evidence, Problem, Run, Step, Tell, Value, get_id
from linewatch.read.registry import READERS
from linewatch.store.case import Case
from linewatch.store.live import find_latest_runs


class Reads(Value, frozen=True, kw_only=True):
    """The documents read now, and the problems met on the way."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read(case: Case, *, tell: Tell) -> Reads:
    """Read what is sealed and not read yet; one transaction a file, so that a killed run goes on where it was."""
    documents: list[Document] = []
    problems: list[Problem] = []
    waiting = list_waiting(case)
    for place, evidence in enumerate(waiting):
        tell(Step(stage="read", done=place, total=len(waiting), what=evidence.name))
        reader = READERS.get(evidence.media_type)
        with case.write("read", evidence=evidence.id) as writer:
            if reader is None:
                problem = _make_unread(evidence)
                writer.add(problem, _make_run(evidence, "none"))
                problems.append(problem)
            else:
                document = reader.read(case.read_evidence(evidence.id), evidence=evidence.id)
                writer.add(document, *document.problems, _make_run(evidence, reader.NAME, document.id))
                documents.append(document)
                problems += document.problems
    return Reads(documents=tuple(documents), problems=tuple(problems))


def list_waiting(case: Case) -> list[Evidence]:
    """Return the sealed files that the present reader of their kind has not read."""
    runs = find_latest_runs(case, "read")
    return [evidence for evidence in case.find(Evidence) if _is_waiting(evidence, runs.get(evidence.id))]


def _is_waiting(evidence: Evidence, run: Run | None) -> bool:
    reader = READERS.get(evidence.media_type)
    return run is None or run.tool != (reader.NAME if reader else "none")


def _make_run(evidence: Evidence, tool: str, output: str | None = None) -> Run:
    return Run(
        id=get_id("read", evidence.id, tool),
        stage="read",
        input=evidence.id,
        tool=tool,
        output=output,
        finished_at=datetime.now(UTC),
    )


def _make_unread(evidence: Evidence) -> Problem:
    return Problem(
        id=get_id("problem", "no-reader", evidence.id),
        stage="read",
        kind="no-reader",
        message=f"{evidence.name} is {evidence.media_type}: sealed, but no reader is for it",
        evidence=evidence.id,
    )
