"""A case opened: values in, values out, each write one transaction and one line of the custody log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select

from linewatch import __version__
from linewatch.errors import CaseError, NotFoundError
from linewatch.model import Evidence, Head, LogEntry, Value, from_json, to_json
from linewatch.settings import CASE_TOML, CaseSettings, get_state_folder, read_case_settings
from linewatch.store import log
from linewatch.store.evidence import read_sealed, settle_incoming, stage_file
from linewatch.store.migrations import migrate
from linewatch.store.tables import CUSTODY, TABLES, list_looked_up

V = TypeVar("V", bound=Value)

FILES = ("case.toml", "case.db", "custody.jsonl")


def make_case(path: Path) -> Case:
    """Make a new case folder and return it open; raises CaseError when something is there already."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CaseError(f"{path} is there already", hint="name a folder that does not exist, or an empty one")
    path.mkdir(parents=True, exist_ok=True)
    for folder in ("evidence", "canons", "out"):
        (path / folder).mkdir()
    (path / "case.toml").write_text(CASE_TOML.format(uid=uuid4().hex), encoding="utf-8")
    case = open_case(path)
    with case.write("new"):
        pass
    return case


def open_case(path: Path) -> Case:
    """Open a case folder, finishing what a killed command left half done."""
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

    return engine


class Case:
    """An open case."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = make_engine(path)

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
        return from_json(kind, body)

    def find(self, kind: type[V], **looked_up: str) -> list[V]:
        """Return the values of a kind whose looked-up fields equal these, in the order written."""
        table = TABLES[kind]
        query = select(table.c.body).order_by(table.c.n)
        for column, value in looked_up.items():
            query = query.where(table.c[column] == value)
        with self.engine.connect() as connection:
            return [from_json(kind, body) for body in connection.scalars(query)]

    def count(self, kind: type[Value]) -> int:
        """Return how many values of a kind the case holds."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(TABLES[kind])) or 0

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
    def write(self, action: str, **detail: Any) -> Iterator[Writer]:
        """Open one atomic transaction: what is added is kept, sealed and logged together, or not at all."""
        with self._lock_for_writing() as connection:
            writer = Writer(self, connection, action, detail)
            yield writer
            writer.close()
        self.recover()

    def recover(self) -> None:
        """Finish what comes after a commit: evidence into place, the log's lines to its file, the head outside."""
        with log.lock_file(self.path / ".lock"):
            migrate(self.engine)
            with self._lock_for_writing() as connection:
                known = set(connection.scalars(select(TABLES[Evidence].c.id)))
                written = list(connection.scalars(select(CUSTODY.c.body).order_by(CUSTODY.c.seq)))
                settle_incoming(self.path / "evidence", known)
                self._flush(written)

    @contextmanager
    def _lock_for_writing(self) -> Iterator[Connection]:
        """Begin a transaction that no other writer can be inside of: what lies staged is then nobody's."""
        with self.engine.connect() as connection:
            connection.info["writes"] = True
            with connection.begin():
                yield connection

    def _flush(self, written: list[str]) -> None:
        uid = self.settings.uid
        kept = log.find_head(get_state_folder(), uid)
        log.drop_torn_line(self.log_path)
        lines = log.read_lines(self.log_path)
        behind = kept is None or len(lines) >= kept.seq
        if behind and written[: len(lines)] == lines and len(written) > len(lines):
            log.append_lines(self.log_path, written[len(lines) :])
            last = log.parse_entry(written[-1])
            log.write_head(get_state_folder(), Head(case=uid, seq=last.seq, hash=last.hash))


class Writer:
    """What a transaction may do: seal files and add values."""

    def __init__(self, case: Case, connection: Connection, action: str, detail: dict[str, Any]) -> None:
        self._case, self._connection, self._action, self._detail = case, connection, action, detail
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
                at=datetime.now(UTC),
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
    return log.parse_entry(body) if body is not None else None
