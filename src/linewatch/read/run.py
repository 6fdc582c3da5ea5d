"""Read's work on a case: every sealed file that this version of its reader has not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from linewatch.model import Document, Evidence, Problem, Run, Statement, Step, Tell, Value, get_id
from linewatch.read.apart import draw_apart, read_apart, read_records_apart
from linewatch.read.joined import Earlier, list_chats, tell_chats
from linewatch.read.pdf_scanned import Recogniser, find_recogniser, part_from, read_pictures
from linewatch.read.records import Source, join_records, make_namer
from linewatch.read.registry import READERS, RECORD_READERS, find_reader_name
from linewatch.store.case import Case
from linewatch.store.live import find_latest_runs
from linewatch.workers import WorkerError

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
        if evidence.media_type in RECORD_READERS and not work.is_part(evidence):
            work.read_records(evidence)
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
        self._parts = _list_parts(case)
        files = [one for one in case.find(Evidence) if one.media_type in RECORD_READERS]
        runs = find_latest_runs(case, "read")
        outputs = {name: run.output or "" for name, run in runs.items()}
        self._earlier = Earlier(files, outputs, self._list_documents)

    def is_part(self, evidence: Evidence) -> bool:
        """Tell whether a file is machinery of a saved page, which is read and accounted for as one."""
        return evidence.id in self._parts

    def read_whole(self, evidence: Evidence) -> None:
        """Read a file that is one document, or say that nobody can."""
        if evidence.id in self._opened:  # a container: its members are read
            self._keep(evidence, _make_run(evidence, "none"))
        elif self.is_part(evidence):
            self._keep(evidence, _make_run(evidence, "none", "a part of a saved page"))
        elif evidence.media_type not in READERS:
            problem = _make_unread(evidence)
            self._keep(evidence, problem, _make_run(evidence, "none"))
            self.problems.append(problem)
        else:
            documents, tool = self._read(evidence)
            self._keep(
                evidence,
                *(row for one in documents for row in (one, *one.problems)),
                _make_run(evidence, tool, " ".join(one.id for one in documents)),
            )
            for one in documents:
                self._note(one)

    def _keep(self, evidence: Evidence, *rows: Value) -> None:
        with self.case.write("read", evidence=evidence.id) as writer:
            writer.add(*rows)

    def _read(self, evidence: Evidence) -> tuple[tuple[Document, ...], str]:
        """Return a file's document, and that of its scanned pages where a program is there to read them; and who read."""
        path = self._find_path(evidence)
        document = read_apart(path, evidence.media_type, evidence.id)
        recogniser = find_recogniser() if _is_scanned(document) else None
        if recogniser is None:
            return (document,), document.reader
        tool = _name_both(document.reader, recogniser)
        try:
            scanned = read_pictures(draw_apart(path), recogniser, evidence=evidence.id)
        except WorkerError:  # its pages stay what they are: scanned
            scanned = None
        return (part_from(document, scanned, tool) if scanned else (document,)), tool

    def _find_path(self, evidence: Evidence) -> Path:
        """Return where sealed bytes lie, once they are what was sealed; they are opened in a worker."""
        with self.case.open_evidence(evidence.id) as file:
            return Path(file.name)

    def read_records(self, evidence: Evidence) -> None:
        """Read a file of many records, kept as they come; that it is finished is said last."""
        reader = RECORD_READERS[evidence.media_type].NAME
        namer, made, chats = make_namer(self.case.get_key()), 0, set[str]()
        self._earlier.come_to(evidence)
        met = read_records_apart(self._find_path(evidence), evidence.media_type)
        documents = join_records(met, Source(evidence.id, reader), namer, self._earlier.find)
        while batch := tuple(islice(documents, TOGETHER)):
            made += len(batch)
            with self.case.write("read", evidence=evidence.id, documents=len(batch)) as writer:
                writer.add(*batch, *(problem for one in batch for problem in one.problems))
            for document in batch:
                chats |= list_chats(document)
                self._note(document)
        run = _make_run(evidence, reader, f"{made} documents{tell_chats(chats)}")
        self._earlier.note(evidence.id, run.output or "")
        self._keep(evidence, run)

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
    """Return the sealed files that the present reader of their kind has not read, with the programs it has now."""
    runs, recogniser, parts = find_latest_runs(case, "read"), find_recogniser(), _list_parts(case)
    scanned = (
        {one.evidence for one in case.find(Problem) if one.kind == "scanned-page"} if recogniser else set()
    )
    return [
        evidence
        for evidence in case.find(Evidence)
        if (
            _is_waiting(evidence, runs.get(evidence.id), recogniser if evidence.id in scanned else None)
            if evidence.id not in parts
            else evidence.id not in runs
        )
    ]


def _is_waiting(evidence: Evidence, run: Run | None, recogniser: Recogniser | None) -> bool:
    """Tell whether a file is to be read; one whose scanned pages were read once stays read when the program is gone."""
    if run is None:
        return True
    reader = find_reader_name(evidence.media_type) or "none"
    if recogniser and reader != "none":
        return run.tool != _name_both(reader, recogniser)
    return run.tool.partition(" ")[0] != reader


def _list_parts(case: Case) -> set[str]:
    """Return the evidence that was said to be a part of a saved page."""
    return {said.evidence for said in case.find(Statement) if said.field == "part_of"}


def _is_scanned(document: Document) -> bool:
    return any(one.kind == "scanned-page" for one in document.problems)


def _name_both(reader: str, recogniser: Recogniser) -> str:
    return f"{reader} {recogniser.name}"


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
