"""Read's work on a case: every sealed file that this version of its reader has not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from linewatch.model import Document, Evidence, Problem, Run, Step, Tell, Value, get_id
from linewatch.read.base import RecordReader
from linewatch.read.joined import Held
from linewatch.read.records import Source, join_records, make_namer
from linewatch.read.registry import READERS, RECORD_READERS, find_reader_name
from linewatch.store.case import Case
from linewatch.store.live import find_latest_runs

TOGETHER = 10
"""Documents of one file of records kept in one transaction: each waits for the disk, and there are thousands."""


class Made(Value, frozen=True, kw_only=True):
    """A document read now, without its words: there may be more of them than memory holds."""

    id: str
    evidence: str
    reader: str
    part: str | None
    characters: int
    blocks: int


class Reads(Value, frozen=True, kw_only=True):
    """The documents read now, and the problems met on the way."""

    documents: tuple[Made, ...]
    problems: tuple[Problem, ...]


def read(case: Case, *, tell: Tell) -> Reads:
    """Read what is sealed and not read yet, in small transactions, so that a killed run goes on where it was."""
    work = _Work(case)
    waiting = list_waiting(case)
    for place, evidence in enumerate(waiting):
        tell(Step(stage="read", done=place, total=len(waiting), what=evidence.name))
        if evidence.media_type in RECORD_READERS:
            work.read_records(evidence, RECORD_READERS[evidence.media_type])
        else:
            work.read_whole(evidence)
    return Reads(documents=tuple(work.documents), problems=tuple(work.problems))


class _Work:
    """One reading under way."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.documents: list[Made] = []
        self.problems: list[Problem] = []
        self._opened = {run.input for run in case.find(Run, stage="gather")}
        self._files = [one for one in case.find(Evidence) if one.media_type in RECORD_READERS]
        self._held, self._reached = Held(), 0

    def read_whole(self, evidence: Evidence) -> None:
        """Read a file that is one document, or say that nobody can."""
        reader = READERS.get(evidence.media_type)
        with self.case.write("read", evidence=evidence.id) as writer:
            if evidence.id in self._opened:
                writer.add(_make_run(evidence, "none"))  # a container: its members are read
            elif reader is None:
                problem = _make_unread(evidence)
                writer.add(problem, _make_run(evidence, "none"))
                self.problems.append(problem)
            else:
                document = reader.read(self.case.read_evidence(evidence.id), evidence=evidence.id)
                writer.add(document, *document.problems, _make_run(evidence, reader.NAME, document.id))
                self._note(document)

    def read_records(self, evidence: Evidence, reader: RecordReader) -> None:
        """Read a file of many records, kept as they come; that it is finished is said last."""
        self._remember_before(evidence)
        namer, made = make_namer(self.case.get_key()), 0
        with self.case.open_evidence(evidence.id) as file:
            source = Source(evidence.id, reader.NAME)
            documents = join_records(reader.read_records(file), source, namer, self._held.find)
            while batch := tuple(islice(documents, TOGETHER)):
                made += len(batch)
                with self.case.write("read", evidence=evidence.id, documents=len(batch)) as writer:
                    writer.add(*batch, *(problem for one in batch for problem in one.problems))
                for document in batch:
                    self._note(document)
        with self.case.write("read", evidence=evidence.id) as writer:
            writer.add(_make_run(evidence, reader.NAME, f"{made} documents"))

    def _remember_before(self, evidence: Evidence) -> None:
        """Take in the messages of the files sealed before this one: only they can hold what it repeats."""
        place = self._files.index(evidence)
        while self._reached < place:
            self._held.add(self._list_documents(self._files[self._reached]))
            self._reached += 1

    def _list_documents(self, evidence: Evidence) -> Iterator[Document]:
        name = find_reader_name(evidence.media_type)
        return (one for one in self.case.each(Document, evidence=evidence.id) if one.reader == name)

    def _note(self, document: Document) -> None:
        self.documents.append(
            Made(
                id=document.id,
                evidence=document.evidence,
                reader=document.reader,
                part=document.part,
                characters=len(document.text),
                blocks=len(document.blocks),
            )
        )
        self.problems += document.problems


def list_waiting(case: Case) -> list[Evidence]:
    """Return the sealed files that the present reader of their kind has not read."""
    runs = find_latest_runs(case, "read")
    return [evidence for evidence in case.find(Evidence) if _is_waiting(evidence, runs.get(evidence.id))]


def _is_waiting(evidence: Evidence, run: Run | None) -> bool:
    return run is None or run.tool != (find_reader_name(evidence.media_type) or "none")


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
