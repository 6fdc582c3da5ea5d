"""What a transaction may do: seal files and add values, each row sealed and all of them covered by one log entry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec
from sqlalchemy import Connection, Table, insert, select, update

from linewatch.errors import CustodyError
from linewatch.model import LogEntry, Value, from_json, to_json
from linewatch.store import log
from linewatch.store.evidence import get_place, get_staged, stage_file, stage_stream
from linewatch.store.tables import CUSTODY, TABLES, list_looked_up

V = TypeVar("V", bound=Value)
TOLD = frozenset({"new", "register", "pack", "identify", "canon", "allow-address", "browse"})
"""Acts that stand in the log although they write no row."""
EXPUNGED = ""
"""The body of a row whose words were expunged."""
BATCH = 500
"""Rows looked up and written at once: SQLite of some builds takes no more than 999 values in a statement."""


class Writer:
    """What a transaction may do: seal files and add values."""

    def __init__(self, connection: Connection, evidence: Path, entry: LogEntry) -> None:
        """`entry` is the log's next line, still without what was written."""
        self._connection, self._evidence, self._entry = connection, evidence, entry
        self._seals: dict[str, list[str]] = {}
        self._kept = entry.action in TOLD

    def seal(self, source: Path | BinaryIO) -> tuple[str, int]:
        """Copy a user's file, or what a stream gives, into the case and return its hash and size."""
        if isinstance(source, Path):
            return stage_file(self._evidence, source)
        return stage_stream(self._evidence, source)

    def find_sealed(self, evidence: str) -> Path:
        """Return where the bytes of a hash lie now, in place or staged by this transaction; they are only to be read."""
        place = get_place(self._evidence, evidence)
        return place if place.exists() else get_staged(self._evidence, evidence)

    def add(self, *values: Value) -> int:
        """Keep values that are not there yet, and return how many were new."""
        kinds: dict[type[Value], list[Value]] = {}
        for value in values:
            kinds.setdefault(type(value), []).append(value)
        return sum(
            self._add_batch(TABLES[kind], rows[first : first + BATCH])
            for kind, rows in kinds.items()
            for first in range(0, len(rows), BATCH)
        )

    def _add_batch(self, table: Table, values: list[Value]) -> int:
        """Keep rows of one table, those there already looked up at once; the first of two alike stays."""
        rows: dict[str, dict[str, Any]] = {}
        known_by = "id" if table.c.id.unique else "seal"
        for value in values:
            row = self._make_row(table, value)
            rows.setdefault(row[known_by], row)
        column = table.c[known_by]
        there = set(self._connection.scalars(select(column).where(column.in_(list(rows)))))
        new = [row for name, row in rows.items() if name not in there]
        if new:
            self._connection.execute(insert(table), new)
            self._seals.setdefault(table.name, []).extend(row["seal"] for row in new)
        return len(new)

    def _make_row(self, table: Table, value: Value) -> dict[str, Any]:
        row_id: str = value.id  # type: ignore[attr-defined]
        body = to_json(value)
        seal = log.make_seal(table.name, body)
        columns = {name: get_column(value, name) for name in list_looked_up(table)}
        return {"id": row_id, "entry": self._entry.seq, "seal": seal, "body": body.decode(), **columns}

    def empty(self, kind: type[Value], seals: Iterable[str]) -> None:
        """Take the words out of these rows for good; a tombstone in the same transaction names their seals."""
        table = TABLES[kind]
        for seal in seals:
            self._connection.execute(update(table).where(table.c.seal == seal).values(body=EXPUNGED))

    def keep_entry(self) -> None:
        """Have this transaction leave its entry in the log, whether or not it adds a row."""
        self._kept = True

    def close(self) -> None:
        """Write the log entry that covers this transaction; one without rows leaves none, unless the act itself is to be told."""
        if not self._seals and not self._kept:
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
