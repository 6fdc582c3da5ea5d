"""How a case's database is opened: to write, one writer at a time, or to look, changing nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from linewatch.errors import CaseError
from linewatch.store import faults


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
