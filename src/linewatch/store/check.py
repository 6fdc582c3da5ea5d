"""Checks a case from the inside out: sealed bytes, rows, log, head, spans. Reports every fault, changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, func, inspect, select, text

from linewatch.errors import CaseError
from linewatch.model import (
    Document,
    Evidence,
    Finding,
    Head,
    LogEntry,
    Passage,
    Span,
    Timestamp,
    Tombstone,
    Value,
    from_json,
)
from linewatch.settings import read_case_settings
from linewatch.store import log
from linewatch.store.case import MAKING
from linewatch.store.check_log import Fault, check_log, check_stamps
from linewatch.store.cleaning import EXPUNGING
from linewatch.store.engine import make_reading_engine
from linewatch.store.evidence import get_place, hash_file
from linewatch.store.migrations import is_current
from linewatch.store.tables import CUSTODY, METADATA, TABLES, list_looked_up
from linewatch.store.writer import EXPUNGED, get_column
from linewatch.text.retrace import get_cut

V = TypeVar("V", bound=Value)
UNREADABLE = (msgspec.MsgspecError, RecursionError)


class Checked(Value, frozen=True, kw_only=True):
    """What a check looked at and what it found."""

    evidence: int
    rows: int
    entries: int
    spans: int
    head: Head
    expunged: int = 0
    """Pieces of evidence in whose place a tombstone stands."""
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()


def check_case(path: Path) -> Checked:
    """Return every fault of the case in this folder; raises CaseError or InputError where it cannot be checked at all."""
    if (path / MAKING).exists():
        raise CaseError(f"{path} is only half made", hint=f"run `linewatch new {path}` again")
    if not (path / "case.toml").exists():
        raise CaseError(
            f"{path} is not a case: it has no case.toml", hint="restore it, or name another folder"
        )
    uid = read_case_settings(path / "case.toml").uid
    with make_reading_engine(path).connect() as connection:
        there = set(inspect(connection).get_table_names())
        kept = (
            list(connection.scalars(select(CUSTODY.c.body).order_by(CUSTODY.c.seq)))
            if "custody" in there
            else []
        )
        checked = check_log(path / "custody.jsonl", [str(body) for body in kept], uid)
        tombstones = list(_read_bodies(connection, Tombstone, there))
        tables = {kind: table for kind, table in TABLES.items() if table.name in there}
        inside = [
            fault
            for kind, table in tables.items()
            for fault in _check_rows(connection, kind, table, _list_emptied(tombstones, table))
        ]
        summed = [
            fault
            for table in TABLES.values()
            for fault in _check_sums(connection, table, there, checked.entries)
        ]
        table_faults = [*_check_tables(connection, there), *_check_database(connection)]
        spans, span_faults = _check_spans(connection, there)
        evidence, byte_faults = _check_evidence(
            path / "evidence", _read_bodies(connection, Evidence, there), {one.evidence for one in tombstones}
        )
        if not (path / EXPUNGING).exists():
            byte_faults += _check_expunged(path / "evidence", tombstones)
        stamps = list(_read_bodies(connection, Timestamp, there))
        rows = sum(
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables.values()
        )
    stamp_faults, proofs = check_stamps(stamps, checked.entries)
    last = checked.entries[-1] if checked.entries else None
    return Checked(
        evidence=evidence,
        rows=rows,
        entries=len(checked.entries),
        spans=spans,
        head=Head(case=uid, seq=last.seq if last else 0, hash=last.hash if last else log.GENESIS),
        expunged=len(tombstones),
        faults=(*byte_faults, *inside, *summed, *table_faults, *checked.faults, *span_faults, *stamp_faults),
        notices=(*checked.notices, *_describe_expunged(path, tombstones), *proofs),
    )


def _check_evidence(folder: Path, rows: Iterator[Evidence], expunged: set[str]) -> tuple[int, list[Fault]]:
    known = {get_place(folder, one) for one in expunged}
    faults: list[Fault] = []
    count = 0
    for evidence in rows:
        count += 1
        place = get_place(folder, evidence.id)
        known.add(place)
        if message := _find_byte_fault(place, folder / "incoming" / evidence.id.partition(":")[2], evidence):
            faults.append(Fault(layer="evidence", where=evidence.id, message=f"{evidence.name}: {message}"))
    strays = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or (path.is_file() and path.parent.name != "incoming" and path not in known)
    ]
    faults += [
        Fault(layer="evidence", where=path.name, message="a file that no row knows lies among the evidence")
        for path in strays
    ]
    return count, faults


def _find_byte_fault(place: Path, staged: Path, evidence: Evidence) -> str | None:
    """Return what is wrong with sealed bytes; those of a killed command are still staged, the next one moves them."""
    try:
        there = place if place.exists() or not staged.exists() else staged
        if not there.exists():
            return "the sealed file is missing"
        return None if hash_file(there) == (evidence.id, evidence.size) else "the sealed bytes have changed"
    except (OSError, ValueError) as error:
        return f"the sealed file cannot be read: {getattr(error, 'strerror', None) or error}"


def _check_expunged(folder: Path, tombstones: list[Tombstone]) -> list[Fault]:
    return [
        Fault(
            layer="evidence", where=one.evidence, message="the bytes are there, although they were expunged"
        )
        for one in tombstones
        if get_place(folder, one.evidence).exists()
    ]


def _describe_expunged(path: Path, tombstones: list[Tombstone]) -> Iterator[str]:
    for one in tombstones:
        approved = ", ".join(one.approved_by)
        yield f"expunged: {one.evidence} on {one.expunged_at:%Y-%m-%d}: {one.reason} (approved by {approved})"
    if (path / EXPUNGING).exists():
        yield "an expunging was cut off: the next command on the case clears what is left of the words"


def _list_emptied(tombstones: list[Tombstone], table: Table) -> frozenset[str]:
    return frozenset(seal for one in tombstones for seal in one.rows.get(table.name, ()))


def _check_rows(
    connection: Connection, kind: type[Value], table: Table, emptied: frozenset[str]
) -> Iterator[Fault]:
    """Yield each row that is not what was sealed, or whose columns do not repeat its value; expunged ones are empty."""
    try:
        for row in connection.execute(select(table)).mappings():
            if row["seal"] in emptied and row["body"] == EXPUNGED:
                continue
            if message := _find_row_fault(kind, table, dict(row)):
                yield Fault(layer="row", where=f"{table.name} {row['id']}", message=message)
    except CaseError as error:
        yield Fault(layer="table", where=table.name, message=str(error))


def _find_row_fault(kind: type[Value], table: Table, row: dict[str, Any]) -> str | None:
    body = row["body"]
    if not isinstance(body, str) or log.make_seal(table.name, body.encode()) != row["seal"]:
        return "the row is not what was sealed"
    try:
        value = from_json(kind, body)
    except UNREADABLE:
        return f"what was sealed is no {kind.__name__.lower()}"
    if value.id != row["id"]:  # type: ignore[attr-defined]
        return "the id is not the sealed one"
    wrong = [name for name in list_looked_up(table) if get_column(value, name) != row[name]]
    return f"the column {wrong[0]} is not the sealed one" if wrong else None


def _check_sums(
    connection: Connection, table: Table, there: set[str], entries: tuple[LogEntry, ...]
) -> Iterator[Fault]:
    """Yield each entry of the log whose rows are not all there, or not the ones it covers."""
    seals: dict[object, list[str]] = defaultdict(list)
    for entry, seal in _read(connection, table, there, "entry", "seal"):
        seals[entry].append(str(seal))
    logged = {entry.seq: entry.wrote.get(table.name, (0, "")) for entry in entries}
    for seq in sorted({*seals, *(seq for seq, (count, _) in logged.items() if count)}, key=str):
        count, digest = logged.get(seq, (0, "")) if isinstance(seq, int) else (0, "")
        if len(seals[seq]) != count:
            message = f"the log names {count} rows, {len(seals[seq])} are there"
        elif log.digest_seals(seals[seq]) != digest:
            message = "a row was replaced: the seals do not add up"
        else:
            continue
        yield Fault(layer="row", where=f"{table.name}, log entry {seq}", message=message)


def _check_tables(connection: Connection, there: set[str]) -> Iterator[Fault]:
    """Yield each table that no seal and no log covers, and each that ought to be there."""
    for name in sorted(there - set(METADATA.tables)):
        if "_fts" not in name and "migration" not in name:
            yield Fault(layer="table", where=name, message="a table that no seal covers")
    if is_current(connection):
        for name in sorted(set(METADATA.tables) - there):
            yield Fault(layer="table", where=name, message="the table is missing")


def _check_database(connection: Connection) -> Iterator[Fault]:
    for said in connection.scalars(text("PRAGMA quick_check")):
        if said != "ok":
            yield Fault(layer="database", where="case.db", message=str(said))


def _check_spans(connection: Connection, there: set[str]) -> tuple[int, list[Fault]]:
    """Return how many spans there are, and a fault for each that lies outside its document or cuts other words."""
    texts = {document.id: document.text for document in _read_bodies(connection, Document, there)}
    count, faults = 0, []
    for finding in _read_bodies(connection, Finding, there):
        count += 1
        words = _cut(texts, finding.span)
        if words is None or get_cut(words) != finding.cut:
            message = "its span does not cut the words it names"
            faults.append(Fault(layer="span", where=f"finding {finding.id}", message=message))
    for passage in _read_bodies(connection, Passage, there):
        count += 1
        if _cut(texts, passage.span) is None:
            message = "its span lies outside the document"
            faults.append(Fault(layer="span", where=f"passage {passage.id}", message=message))
    return count, faults


def _cut(texts: dict[str, str], span: Span) -> str | None:
    words = texts.get(span.document)
    return (
        words[span.start : span.end]
        if words is not None and 0 <= span.start <= span.end <= len(words)
        else None
    )


def _read_bodies(connection: Connection, kind: type[V], there: set[str]) -> Iterator[V]:
    """Yield the values of a table that can be read; the rows' own check names the others."""
    for (body,) in _read(connection, TABLES[kind], there, "body"):
        try:
            yield from_json(kind, body)
        except (*UNREADABLE, TypeError):
            continue


def _read(connection: Connection, table: Table, there: set[str], *columns: str) -> Iterator[Any]:
    """Yield these columns of a table; nothing where they cannot be read, which the rows' own check names."""
    if table.name not in there:
        return
    try:
        yield from connection.execute(select(*(table.c[column] for column in columns)))
    except CaseError:
        return
