"""A case opened: values in, values out, each write one transaction and one line of the custody log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, func, insert, select

from linewatch import __version__
from linewatch.errors import CaseError, CustodyError, NotFoundError
from linewatch.model import Evidence, Head, LogEntry, Value, from_json, to_json
from linewatch.settings import CASE_TOML, CaseSettings, get_state_folder, read_case_settings
from linewatch.store import faults, log
from linewatch.store.evidence import read_sealed, settle_incoming, stage_file
from linewatch.store.migrations import migrate
from linewatch.store.tables import CUSTODY, TABLES, list_looked_up

V = TypeVar("V", bound=Value)

MAKING = ".making"
"""Lies in a case folder until it is whole."""


def make_case(path: Path) -> Case:
    """Make a new case folder and return it open; goes on with one left half made, raises CaseError over anything else."""
    making = path / MAKING
    if path.exists() and not making.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CaseError(f"{path} is there already", hint="name a folder that does not exist, or an empty one")
    path.mkdir(parents=True, exist_ok=True)
    making.touch()
    for folder in ("evidence", "canons", "out"):
        (path / folder).mkdir(exist_ok=True)
    settings = path / "case.toml"
    if not settings.exists():
        log.write_whole(settings, CASE_TOML.format(uid=uuid4().hex).encode())
    case = Case(path)
    case.recover()
    if not case.get_head().seq:
        with case.write("new", uid=case.settings.uid):
            pass
    making.unlink()
    return case


def open_case(path: Path) -> Case:
    """Open a case folder, finishing what a killed command left half done."""
    if (path / MAKING).exists():
        return make_case(path)
    if not (path / "case.toml").exists():
        raise CaseError(f"{path} is not a case", hint=f"make one with `linewatch new {path}`")
    case = Case(path)
    case.recover()
    return case


def make_engine(path: Path) -> Engine:
    """Return the engine of a case's database: SQLite in WAL mode, writers waiting for each other."""
    engine = create_engine(f"sqlite:///{path / 'case.db'}", connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.pop("writes", False) else "BEGIN")

    faults.translate(engine)
    return engine


def make_reading_engine(path: Path) -> Engine:
    """Return an engine that cannot write: no file of the case is made or changed by looking.

    While another command writes, or after one was killed, SQLite's own lock memory (`case.db-shm`) is used as well.
    Bytes that are no text become U+FFFD instead of an error.
    """
    database = path.resolve() / "case.db"
    if not database.is_file():
        raise CaseError(f"{path} has no case.db", hint="restore it from a copy")
    pending = database.with_name("case.db-wal")
    still = "" if pending.exists() and pending.stat().st_size else "&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro{still}", uri=True, timeout=60)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    faults.translate(engine)
    return engine


class End(NamedTuple):
    """Where the log's file ended when this process last had it in hand."""

    seq: int
    size: int


class Case:
    """An open case."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = make_engine(path)
        self.intact = True
        """Whether the log's file, the database and the head outside agree; nothing is written to a case where they do not."""
        self._end: End | None = None

    @property
    def settings(self) -> CaseSettings:
        """Return what `case.toml` says now."""
        return read_case_settings(self.path / "case.toml")

    @property
    def log_path(self) -> Path:
        """Return the path of the custody log."""
        return self.path / "custody.jsonl"

    def get(self, kind: type[V], row_id: str) -> V:
        """Return the value with this id; raises NotFoundError."""
        table = TABLES[kind]
        with self.engine.connect() as connection:
            body = connection.scalar(
                select(table.c.body).where(table.c.id == row_id).order_by(table.c.n.desc())
            )
        if body is None:
            raise NotFoundError(
                f"no {kind.__name__.lower()} has the id {row_id}", hint="ids are in the exports"
            )
        return _decode(kind, body)

    def find(self, kind: type[V], **looked_up: str) -> list[V]:
        """Return the values of a kind whose looked-up fields equal these, in the order written."""
        table = TABLES[kind]
        query = select(table.c.body).order_by(table.c.n)
        for column, value in looked_up.items():
            query = query.where(table.c[column] == value)
        with self.engine.connect() as connection:
            return [_decode(kind, body) for body in connection.scalars(query)]

    def count(self, kind: type[Value], *, after: int = 0) -> int:
        """Return how many values of a kind the case holds; with `after`, how many came after that entry of the log."""
        table = TABLES[kind]
        with self.engine.connect() as connection:
            query = select(func.count()).select_from(table).where(table.c.entry > after)
            return connection.scalar(query) or 0

    def read_evidence(self, evidence: str) -> bytes:
        """Return sealed bytes, checked against their hash."""
        return read_sealed(self.path / "evidence", evidence)

    def get_head(self) -> Head:
        """Return the end of the log as the database has it."""
        with self.engine.connect() as connection:
            last = _find_last(connection)
        return Head(
            case=self.settings.uid, seq=last.seq if last else 0, hash=last.hash if last else log.GENESIS
        )

    @contextmanager
    def write(self, action: str, *, at: datetime | None = None, **detail: Any) -> Iterator[Writer]:
        """Open one atomic transaction: what is added is kept, sealed and logged together, or not at all.

        The log says when, now; `at` says it more coarsely, where the moment would tell a person's pace.
        """
        if not self.intact:
            raise CustodyError(
                "the log, the database and the head kept outside do not agree: nothing is written",
                hint=f"run `linewatch check {self.path}`",
            )
        with self.lock_for_writing() as connection:
            writer = Writer(self, connection, action, detail, at)
            yield writer
            writer.close()
        self._settle()

    def recover(self) -> None:
        """Finish what a killed command left half done, the database brought to the newest version first."""
        with log.lock_file(self.path / ".lock"):
            migrate(self.engine)
        self._settle()

    def _settle(self) -> None:
        """Do what comes after a commit: evidence into place, the log's lines to its file, the head outside."""
        with log.lock_file(self.path / ".lock"), self.lock_for_writing() as connection:
            settle_incoming(self.path / "evidence", partial(_is_known, connection))
            self._write_log(connection)

    @contextmanager
    def lock_for_writing(self) -> Iterator[Connection]:
        """Begin a transaction that no other writer can be inside of: what lies staged is then nobody's."""
        with self.engine.connect() as connection:
            connection.info["writes"] = True
            with connection.begin():
                yield connection

    def _write_log(self, connection: Connection) -> None:
        """Write the lines that the log's file lacks, then the head; where they do not agree, change nothing.

        A file that ends where this process left it is not compared anew: a long run would read it once a file.
        """
        if self._end is None or self._end.size != log.get_size(self.log_path):
            self._end = self._compare(connection)
        self.intact = self._end is not None
        if self._end is None:
            return
        lacking = select(CUSTODY.c.body).where(CUSTODY.c.seq > self._end.seq).order_by(CUSTODY.c.seq)
        if lines := list(connection.scalars(lacking)):
            log.append_lines(self.log_path, lines)
            self._end = End(seq=self._end.seq + len(lines), size=log.get_size(self.log_path))
        self._write_head(_find_last(connection))

    def _compare(self, connection: Connection) -> End | None:
        """Return the end of the log's file where database, file and head agree, a torn line cut off; None elsewhere."""
        kept, lines = log.find_head(get_state_folder(), self.settings.uid), log.read_lines(self.log_path)
        first = select(CUSTODY.c.body).order_by(CUSTODY.c.seq).limit(len(lines))
        if list(connection.scalars(first)) != lines or (kept is not None and not _reaches(lines, kept)):
            return None
        log.drop_torn_line(self.log_path)
        return End(seq=len(lines), size=log.get_size(self.log_path))

    def _write_head(self, last: LogEntry | None) -> None:
        kept = log.find_head(get_state_folder(), self.settings.uid)
        if last and (kept is None or kept.seq < last.seq):
            log.write_head(get_state_folder(), Head(case=self.settings.uid, seq=last.seq, hash=last.hash))


class Writer:
    """What a transaction may do: seal files and add values."""

    def __init__(
        self, case: Case, connection: Connection, action: str, detail: dict[str, Any], at: datetime | None
    ) -> None:
        self._case, self._connection, self._action, self._detail = case, connection, action, detail
        self._at = at
        self._seals: dict[str, list[str]] = {}
        last = _find_last(connection)
        self._seq = last.seq + 1 if last else 1
        self._previous = last.hash if last else log.GENESIS

    def seal(self, path: Path) -> tuple[str, int]:
        """Copy a user's file into the case and return its hash and size."""
        return stage_file(self._case.path / "evidence", path)

    def add(self, *values: Value) -> int:
        """Keep values that are not there yet, and return how many were new."""
        return sum(self._add_one(value) for value in values)

    def _add_one(self, value: Value) -> int:
        table = TABLES[type(value)]
        row_id: str = value.id  # type: ignore[attr-defined]
        body = to_json(value)
        seal = log.make_seal(table.name, body)
        same = table.c.id == row_id if table.c.id.unique else table.c.seal == seal
        if self._connection.scalar(select(table.c.n).where(same)) is not None:
            return 0
        columns = {name: get_column(value, name) for name in list_looked_up(table)}
        row = {"id": row_id, "entry": self._seq, "seal": seal, "body": body.decode(), **columns}
        self._connection.execute(insert(table).values(row))
        self._seals.setdefault(table.name, []).append(seal)
        return 1

    def close(self) -> None:
        """Write the log entry that covers this transaction; one that added nothing leaves no line."""
        if not self._seals and self._action != "new":
            return
        wrote = {name: (len(seals), log.digest_seals(seals)) for name, seals in sorted(self._seals.items())}
        entry = log.close_entry(
            LogEntry(
                seq=self._seq,
                at=self._at or datetime.now(UTC),
                who=self._case.settings.analyst,
                action=self._action,
                tool=f"linewatch {__version__}",
                detail=self._detail,
                wrote=wrote,
                previous=self._previous,
                hash="",
            )
        )
        self._connection.execute(insert(CUSTODY).values(seq=entry.seq, body=to_json(entry).decode()))


def get_column(value: Value, name: str) -> str | None:
    """Return what a looked-up column holds: a field of the value, or of its span."""
    holder = value if hasattr(value, name) else getattr(value, "span", None)
    return getattr(holder, name, None)


def _find_last(connection: Connection) -> LogEntry | None:
    body = connection.scalar(select(CUSTODY.c.body).order_by(CUSTODY.c.seq.desc()).limit(1))
    return _decode(LogEntry, body) if body is not None else None


def _is_known(connection: Connection, evidence: str) -> bool:
    table = TABLES[Evidence]
    return connection.scalar(select(table.c.n).where(table.c.id == evidence)) is not None


def _reaches(lines: list[str], head: Head) -> bool:
    """Tell whether the head is an entry on these lines."""
    if not 0 < head.seq <= len(lines):
        return head.seq == 0
    return _decode(LogEntry, lines[head.seq - 1]).hash == head.hash


def _decode(kind: type[V], body: str) -> V:
    """Return the value in a row; raises CustodyError where the row holds none."""
    try:
        return from_json(kind, body)
    except (msgspec.MsgspecError, RecursionError, TypeError) as error:
        raise CustodyError(
            f"a row of the case holds no {kind.__name__.lower()}", hint="run `linewatch check` on the case"
        ) from error
