"""Checks a case from the inside out: sealed bytes, rows, log, head, spans. Reports every fault, changes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Table, inspect, select

from linewatch.model import Document, Evidence, Finding, LogEntry, Value, from_json
from linewatch.settings import get_state_folder
from linewatch.store import log
from linewatch.store.case import Case, get_column
from linewatch.store.evidence import get_place, hash_file
from linewatch.store.tables import CUSTODY, METADATA, TABLES, list_looked_up


class Fault(Value, frozen=True, kw_only=True):
    """Something that does not hold, where, and in words."""

    layer: str
    """evidence, row, log, head, span or table."""
    where: str
    message: str


class Checked(Value, frozen=True, kw_only=True):
    """What a check looked at and what it found."""

    evidence: int
    rows: int
    entries: int
    spans: int
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()


def check_case(path: Path) -> Checked:
    """Return every fault of the case in this folder; raises CaseError where it cannot be opened at all."""
    case = Case(path)
    with case.engine.connect() as connection:
        entries, log_faults, notices = _check_log(case, connection)
        row_faults = list(_check_rows(connection, entries))
        table_faults = list(_check_tables(connection))
        spans, span_faults = _check_spans(connection)
        evidence, byte_faults = _check_evidence(path / "evidence", connection)
        rows = sum(len(list(connection.scalars(select(table.c.n)))) for table in TABLES.values())
    faults = (*byte_faults, *row_faults, *table_faults, *log_faults, *span_faults)
    return Checked(
        evidence=evidence, rows=rows, entries=len(entries), spans=spans, faults=faults, notices=tuple(notices)
    )


def _check_evidence(folder: Path, connection: Connection) -> tuple[int, list[Fault]]:
    faults: list[Fault] = []
    known = set()
    for evidence in _read_bodies(connection, Evidence):
        place = get_place(folder, evidence.id)
        staged = folder / "incoming" / evidence.id.partition(":")[2]
        known.add(place)
        if not place.exists() and staged.exists():
            place = staged  # a killed command: the next one moves it
        if not place.exists():
            faults.append(
                Fault(
                    layer="evidence",
                    where=evidence.id,
                    message=f"{evidence.name}: the sealed file is missing",
                )
            )
        elif hash_file(place) != (evidence.id, evidence.size):
            faults.append(
                Fault(
                    layer="evidence",
                    where=evidence.id,
                    message=f"{evidence.name}: the sealed bytes have changed",
                )
            )
    strays = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or (path.is_file() and path.parent.name != "incoming" and path not in known)
    ]
    faults += [
        Fault(layer="evidence", where=path.name, message="a file that no row knows lies among the evidence")
        for path in strays
    ]
    return len(known), faults


def _check_rows(connection: Connection, entries: list[LogEntry]) -> Iterator[Fault]:
    for kind, table in TABLES.items():
        seals: dict[int, list[str]] = defaultdict(list)
        for row in connection.execute(select(table)).mappings():
            seals[row["entry"]].append(row["seal"])
            if log.make_seal(table.name, row["body"].encode()) != row["seal"]:
                yield Fault(
                    layer="row", where=f"{table.name} {row['id']}", message="the row is not what was sealed"
                )
            elif fault := _check_columns(kind, table, dict(row)):
                yield Fault(layer="row", where=f"{table.name} {row['id']}", message=fault)
        yield from _check_digests(table.name, seals, entries)


def _check_columns(kind: type[Value], table: Table, row: dict[str, object]) -> str | None:
    """Tell whether the columns by which a row is looked up still repeat what its sealed body says."""
    value = from_json(kind, str(row["body"]))
    if value.id != row["id"]:  # type: ignore[attr-defined]
        return "the id is not the sealed one"
    wrong = [name for name in list_looked_up(table) if get_column(value, name) != row[name]]
    return f"the column {wrong[0]} is not the sealed one" if wrong else None


def _check_digests(name: str, seals: dict[int, list[str]], entries: list[LogEntry]) -> Iterator[Fault]:
    logged = {entry.seq: entry.wrote.get(name, (0, "")) for entry in entries}
    for seq in sorted(set(seals) | {seq for seq, (count, _) in logged.items() if count}):
        count, digest = logged.get(seq, (0, ""))
        there = len(seals[seq])
        if there != count:
            yield Fault(
                layer="row",
                where=f"{name}, log entry {seq}",
                message=f"the log names {count} rows, {there} are there",
            )
        elif log.digest_seals(seals[seq]) != digest:
            yield Fault(
                layer="row",
                where=f"{name}, log entry {seq}",
                message="a row was replaced: the seals do not add up",
            )


def _check_tables(connection: Connection) -> Iterator[Fault]:
    """Yield each table that no seal and no log covers."""
    covered = set(METADATA.tables)
    for name in inspect(connection).get_table_names():
        if name not in covered and "_fts" not in name and "migration" not in name:
            yield Fault(layer="table", where=name, message="a table that no seal covers")


def _check_log(case: Case, connection: Connection) -> tuple[list[LogEntry], list[Fault], list[str]]:
    faults: list[Fault] = []
    kept_rows = list(connection.scalars(select(CUSTODY.c.body).order_by(CUSTODY.c.seq)))
    lines = log.read_lines(case.log_path)
    entries, chain_faults = _check_chain(lines)
    faults += chain_faults
    head = log.find_head(get_state_folder(), case.settings.uid)
    notices = (
        []
        if head
        else ["no head of this log is kept outside the case on this machine: a cut tail would not show"]
    )
    if head and (len(entries) < head.seq or (head.seq and entries[head.seq - 1].hash != head.hash)):
        faults.append(
            Fault(
                layer="head",
                where=f"entry {head.seq}",
                message="the log does not reach the head kept outside the case",
            )
        )
    for place, (line, row) in enumerate(zip(lines, kept_rows, strict=False), 1):
        if line != row:
            faults.append(
                Fault(layer="log", where=f"line {place}", message="the log file and the database differ")
            )
    pending = len(kept_rows) - len(lines)
    if pending == 1 and (head is None or head.seq == len(lines)) and not faults:
        notices.append(
            "the last command was cut off after its commit: the next one writes its line to the log"
        )
        entries, chain_faults = _check_chain(kept_rows)
        faults += chain_faults
    elif pending:
        faults.append(
            Fault(
                layer="log",
                where="end",
                message=f"the log has {len(lines)} lines, the database {len(kept_rows)}",
            )
        )
    return entries, faults, notices


def _check_chain(lines: list[str]) -> tuple[list[LogEntry], list[Fault]]:
    entries: list[LogEntry] = []
    faults: list[Fault] = []
    previous = log.GENESIS
    for place, line in enumerate(lines, 1):
        try:
            entry = log.parse_entry(line)
        except msgspec.MsgspecError:
            faults.append(Fault(layer="log", where=f"line {place}", message="not an entry of the log"))
            continue
        if log.hash_entry(entry) != entry.hash:
            faults.append(
                Fault(layer="log", where=f"line {place}", message="the entry is not what was written")
            )
        if entry.previous != previous or entry.seq != place:
            faults.append(
                Fault(
                    layer="log", where=f"line {place}", message="the entry does not follow the one before it"
                )
            )
        previous = entry.hash
        entries.append(entry)
    return entries, faults


def _check_spans(connection: Connection) -> tuple[int, list[Fault]]:
    texts = {document.id: document.text for document in _read_bodies(connection, Document)}
    faults: list[Fault] = []
    count = 0
    for finding in _read_bodies(connection, Finding):
        count += 1
        span = finding.span
        text = texts.get(span.document)
        words = text[span.start : span.end] if text is not None else ""
        cut = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if text is None or cut != finding.cut:
            faults.append(
                Fault(
                    layer="span",
                    where=f"finding {finding.id}",
                    message="its span does not cut the words it names",
                )
            )
    return count, faults


def _read_bodies(connection: Connection, kind: type[Value]) -> Iterator:  # type: ignore[type-arg]
    for body in connection.scalars(select(TABLES[kind].c.body)):
        try:
            yield from_json(kind, body)
        except msgspec.MsgspecError:
            continue  # the row's seal reports it
