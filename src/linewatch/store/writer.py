"""What a transaction may do: seal files and add values, each row sealed and all of them covered by one log entry."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, insert, select

from linewatch.errors import CustodyError
from linewatch.model import LogEntry, Value, from_json, to_json
from linewatch.store import log
from linewatch.store.evidence import stage_file
from linewatch.store.tables import CUSTODY, TABLES, list_looked_up

V = TypeVar("V", bound=Value)


class Writer:
    """What a transaction may do: seal files and add values."""

    def __init__(self, connection: Connection, evidence: Path, entry: LogEntry) -> None:
        """`entry` is the log's next line, still without what was written."""
        self._connection, self._evidence, self._entry = connection, evidence, entry
        self._seals: dict[str, list[str]] = {}

    def seal(self, path: Path) -> tuple[str, int]:
        """Copy a user's file into the case and return its hash and size."""
        return stage_file(self._evidence, path)

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
        row = {"id": row_id, "entry": self._entry.seq, "seal": seal, "body": body.decode(), **columns}
        self._connection.execute(insert(table).values(row))
        self._seals.setdefault(table.name, []).append(seal)
        return 1

    def close(self) -> None:
        """Write the log entry that covers this transaction; one without rows leaves none, but for a made case or a registered rule."""
        if not self._seals and self._entry.action not in {"new", "register"}:
            return
        wrote = {name: (len(seals), log.digest_seals(seals)) for name, seals in sorted(self._seals.items())}
        entry = log.close_entry(msgspec.structs.replace(self._entry, wrote=wrote))
        self._connection.execute(insert(CUSTODY).values(seq=entry.seq, body=to_json(entry).decode()))


def get_column(value: Value, name: str) -> str | None:
    """Return what a looked-up column holds: a field of the value, or of its span."""
    holder = value if hasattr(value, name) else getattr(value, "span", None)
    return getattr(holder, name, None)


def find_last(connection: Connection) -> LogEntry | None:
    """Return the newest entry of the log, None in a case that has none."""
    body = connection.scalar(select(CUSTODY.c.body).order_by(CUSTODY.c.seq.desc()).limit(1))
    return decode(LogEntry, body) if body is not None else None


def decode(kind: type[V], body: str) -> V:
    """Return the value in a row; raises CustodyError where the row holds none."""
    try:
        return from_json(kind, body)
    except (msgspec.MsgspecError, RecursionError, TypeError) as error:
        raise CustodyError(
            f"a row of the case holds no {kind.__name__.lower()}", hint="run `linewatch check` on the case"
        ) from error
