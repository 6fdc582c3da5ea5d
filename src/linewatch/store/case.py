"""A case opened: values in, values out, each write one transaction and one line of the custody log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, func, select

from linewatch import __version__
from linewatch.errors import CaseError, CustodyError, NotFoundError
from linewatch.model import Evidence, Head, LogEntry, Value
from linewatch.settings import CASE_TOML, CaseSettings, get_state_folder, read_case_settings
from linewatch.store import log
from linewatch.store.cleaning import EXPUNGING, finish_expunging
from linewatch.store.engine import make_engine
from linewatch.store.evidence import open_sealed, read_sealed, settle_incoming
from linewatch.store.keys import get_key
from linewatch.store.migrations import migrate
from linewatch.store.tables import CUSTODY, TABLES
from linewatch.store.writer import EXPUNGED, Writer, decode, find_last

V = TypeVar("V", bound=Value)
A = TypeVar("A")

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
    if (path / EXPUNGING).exists():
        finish_expunging(path, case.engine)
    return case


class End(NamedTuple):
    """Where the log's file ended when this process last had it in hand."""

    seq: int
    size: int


class Case:
    """An open case."""

    def __init__(self, path: Path, who: str | None = None) -> None:
        """`who` stands in the log for what is written through this object; without it the analyst of `case.toml`."""
        self.path, self.who = path, who
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
                select(table.c.body)
                .where(table.c.id == row_id, table.c.body != EXPUNGED)
                .order_by(table.c.n.desc())
            )
        if body is None:
            raise NotFoundError(
                f"no {kind.__name__.lower()} has the id {row_id}", hint="ids are in the exports"
            )
        return decode(kind, body)

    def find(self, kind: type[V], **looked_up: str) -> list[V]:
        """Return the values of a kind whose looked-up fields equal these, in the order written."""
        table = TABLES[kind]
        query = select(table.c.body).where(table.c.body != EXPUNGED).order_by(table.c.n)
        for column, value in looked_up.items():
            query = query.where(table.c[column] == value)
        with self.engine.connect() as connection:
            return [decode(kind, body) for body in connection.scalars(query)]

    def keep(self, name: str, kinds: tuple[type[Value], ...], make: Callable[[], A]) -> A:  # noqa: ARG002 - what a handle that remembers goes by
        """Return what `make` works out of the rows of these kinds; a handle that remembers has it by its name."""
        return make()

    def list_sealed(self, kind: type[V]) -> list[tuple[str, V]]:
        """Return the values of a kind, each with the seal of its row."""
        table = TABLES[kind]
        query = select(table.c.seal, table.c.body).where(table.c.body != EXPUNGED).order_by(table.c.n)
        with self.engine.connect() as connection:
            return [(seal, decode(kind, body)) for seal, body in connection.execute(query)]

    def each(self, kind: type[V], **looked_up: str) -> Iterator[V]:
        """Yield what `find` returns, one at a time, for kinds of which a case may hold more than memory does."""
        table = TABLES[kind]
        query = select(table.c.n).where(table.c.body != EXPUNGED).order_by(table.c.n)
        for column, value in looked_up.items():
            query = query.where(table.c[column] == value)
        with self.engine.connect() as connection:
            for row in connection.scalars(query).all():
                body = connection.scalar(select(table.c.body).where(table.c.n == row))
                if body is not None:
                    yield decode(kind, body)

    def count(self, kind: type[Value], *, after: int = 0) -> int:
        """Return how many values of a kind the case holds; with `after`, how many came after that entry of the log."""
        table = TABLES[kind]
        with self.engine.connect() as connection:
            query = (
                select(func.count()).select_from(table).where(table.c.entry > after, table.c.body != EXPUNGED)
            )
            return connection.scalar(query) or 0

    def mark(self, kind: type[Value]) -> int:
        """Return the number of the last row of a kind: as long as it stays, nothing was added."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.max(TABLES[kind].c.n))) or 0

    def get_seq(self) -> int:
        """Return the number of the log's last entry, 0 before the first."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.max(CUSTODY.c.seq))) or 0

    def read_log(self, *, before: int | None = None, most: int = 100) -> list[LogEntry]:
        """Return the newest entries of the log, the newest first; with `before`, those older than that entry."""
        query = select(CUSTODY.c.body).order_by(CUSTODY.c.seq.desc()).limit(most)
        if before is not None:
            query = query.where(CUSTODY.c.seq < before)
        with self.engine.connect() as connection:
            return [decode(LogEntry, body) for body in connection.scalars(query)]

    def note(self, action: str, **detail: Any) -> None:
        """Write an entry of the log for an act that makes no row: a setting changed, an original handed out."""
        with self.write(action, **detail) as writer:
            writer.keep_entry()

    def read_evidence(self, evidence: str) -> bytes:
        """Return sealed bytes, checked against their hash."""
        return read_sealed(self.path / "evidence", evidence)

    def open_evidence(self, evidence: str) -> BinaryIO:
        """Return sealed bytes as a file to read piece by piece, checked against their hash."""
        return open_sealed(self.path / "evidence", evidence)

    def get_key(self) -> bytes:
        """Return the case's key of pseudonyms, kept outside the case where only its owner can read it; made when first asked for."""
        return get_key(get_state_folder(), self.settings.uid)

    def get_head(self) -> Head:
        """Return the end of the log as the database has it."""
        with self.engine.connect() as connection:
            last = find_last(connection)
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
            writer = Writer(
                connection, self.path / "evidence", self._open_entry(connection, action, detail, at)
            )
            yield writer
            writer.close()
        self._settle()

    def _open_entry(
        self, connection: Connection, action: str, detail: dict[str, Any], at: datetime | None
    ) -> LogEntry:
        last = find_last(connection)
        return LogEntry(
            seq=last.seq + 1 if last else 1,
            at=at or datetime.now(UTC),
            who=self.who or self.settings.analyst,
            action=action,
            tool=f"linewatch {__version__}",
            detail=detail,
            wrote={},
            previous=last.hash if last else log.GENESIS,
            hash="",
        )

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
        self._write_head(find_last(connection))

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


def _is_known(connection: Connection, evidence: str) -> bool:
    table = TABLES[Evidence]
    known = select(table.c.n).where(table.c.id == evidence, table.c.body != EXPUNGED)
    return connection.scalar(known) is not None


def _reaches(lines: list[str], head: Head) -> bool:
    """Tell whether the head is an entry on these lines."""
    if not 0 < head.seq <= len(lines):
        return head.seq == 0
    return decode(LogEntry, lines[head.seq - 1]).hash == head.hash
