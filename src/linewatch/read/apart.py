"""Reading apart from the command: a reader works on hostile bytes in a worker, and what it does there costs a Problem, no more.

The first half runs in the worker, which may stand in another folder and is given whole paths; the second asks it. Nothing here knows the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from linewatch.errors import InputError
from linewatch.model import Document, Portion
from linewatch.read.base import Aside, Record
from linewatch.read.parts import get_document_id, make_problem
from linewatch.read.pdf_scanned import Picture, draw_scanned
from linewatch.read.registry import READERS, RECORD_READERS, find_readable, find_reader_name, read_bytes
from linewatch.workers import WorkerError, borrow_worker

Met = tuple[Record | None, Aside | None]
"""A record or an aside, as it comes through the pipe."""
TOGETHER, CHARACTERS = 200, 1_000_000
"""Records sent at once."""
PROBLEMS = {
    "crashed": "parser-crashed",
    "hung": "parser-hung",
    "swelled": "parser-swelled",
    "failed": "parser-failed",
}
"""What a fault of the worker is called where an analyst sees it."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_there(path: Path, media_type: str, evidence: str) -> Document:
    """In the worker: return the document in a sealed file."""
    return READERS[media_type].read(path.read_bytes(), evidence=evidence)


def read_records_there(path: Path, media_type: str) -> Iterator[list[Met]]:
    """In the worker: yield what a sealed file of many records holds, some at a time."""
    batch: list[Met] = []
    characters = 0
    with path.open("rb") as file:
        for one in RECORD_READERS[media_type].read_records(file):
            batch.append((_mend(one), None) if isinstance(one, Record) else (None, _mend_aside(one)))
            characters += len(one.words if isinstance(one, Record) else one.text or "")
            if len(batch) >= TOGETHER or characters >= CHARACTERS:
                yield batch
                batch, characters = [], 0
    yield batch


def draw_there(path: Path) -> Iterator[Picture]:
    """In the worker: yield the pages of a PDF that are pictures without text."""
    yield from draw_scanned(path.read_bytes())


def _mend(record: Record) -> Record:
    """Return a record with nothing in it that no encoding can carry, each place where it was."""
    if _can_be_sent(record.words, record.where, record.said, record.hidden):
        return record
    return record._replace(
        words=_replace(record.words),
        where=_replace(record.where),
        said={_replace(key): _replace(value) for key, value in record.said.items()},
        hidden={_replace(key): _replace(value) for key, value in record.hidden.items()},
    )


def _mend_aside(aside: Aside) -> Aside:
    text = None if aside.text is None else _replace(aside.text)
    return aside._replace(where=_replace(aside.where), reason=_replace(aside.reason), text=text)


def _can_be_sent(words: str, where: str, *said: Mapping[str, str]) -> bool:
    try:
        for text in (words, where, *(text for one in said for pair in one.items() for text in pair)):
            text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _replace(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def read_apart(path: Path, media_type: str, evidence: str) -> Document:
    """Return the document in a sealed file; where its reader fails, one without text whose problem says how."""
    try:
        with borrow_worker() as worker:
            document = worker.call(Document, read_there, path.resolve(), media_type, evidence)
    except WorkerError as error:
        return _make_unread(path, media_type, evidence, error)
    if _is_sound(document, find_reader_name(media_type), evidence):
        return document
    return _make_unread(path, media_type, evidence, WorkerError("crashed", "gave back what it should not"))


def _is_sound(document: Document, reader: str | None, evidence: str) -> bool:
    """Tell whether a document is about the file that was read and its blocks lie in its text, in order."""
    at = 0
    for block in document.blocks:
        if not at <= block.start <= block.end <= len(document.text):
            return False
        at = block.end
    return (document.evidence, document.reader) == (evidence, reader)


def _make_unread(path: Path, media_type: str, evidence: str, error: WorkerError) -> Document:
    reader, reason = find_reader_name(media_type) or "", describe_fault(error)
    whole = Portion(
        where="the file", size=path.stat().st_size, unit="bytes", outcome="not understood", reason=reason
    )
    return Document(
        id=get_document_id(evidence, reader, ""),
        evidence=evidence,
        reader=reader,
        text="",
        blocks=(),
        portions=(whole,),
        problems=(make_problem(PROBLEMS[error.kind], reason, evidence),),
    )


def describe_fault(error: WorkerError) -> str:
    """Return what became of a reader, in words for the analyst."""
    return f"it could not be read, the reader {error.kind}: {error}"


def read_records_apart(path: Path, media_type: str) -> Iterator[Record | Aside]:
    """Yield the records and asides of a sealed file; where its reader fails, the rest of the file is an aside that says how."""
    reached = 0
    try:
        with (
            borrow_worker() as worker,
            closing(worker.iterate(list[Met], read_records_there, path.resolve(), media_type)) as batches,
        ):
            for batch in batches:
                for record, aside in batch:
                    if one := record or aside:
                        reached += one.size
                        yield one
    except WorkerError as error:
        rest = max(path.stat().st_size - reached, 0)
        yield Aside(
            f"from byte {reached}",
            rest,
            describe_fault(error),
            outcome="not understood",
            problem=PROBLEMS[error.kind],
        )


def draw_apart(path: Path) -> Iterator[Picture]:
    """Yield the scanned pages of a sealed PDF as pictures; raises WorkerError."""
    with (
        borrow_worker() as worker,
        closing(worker.iterate(Picture, draw_there, path.resolve())) as pictures,
    ):
        yield from pictures


def read_bytes_apart(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a file that belongs to no case; raises InputError where nobody can read it."""
    find_readable(data, name)
    try:
        with borrow_worker() as worker:
            return worker.call(Document, read_bytes, data, name)
    except WorkerError as error:
        raise InputError(
            f"{name}: {describe_fault(error)}", hint="the file is broken, or made to break what reads it"
        ) from error
