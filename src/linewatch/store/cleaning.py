"""What comes after expunged rows are committed: their bytes, built reports, the search index and free pages go too.

The marker lies in the case until all of it is done, so that the next command finishes what a killed one began.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Engine, select, text

from linewatch.errors import CaseError
from linewatch.model import Build, Evidence, from_json
from linewatch.store.evidence import get_place
from linewatch.store.tables import TABLES
from linewatch.store.writer import EXPUNGED

EXPUNGING = ".expunging"
"""Lies in a case folder from before words are expunged until no trace of them is left."""
INDEX = ("blocks_fts", "held_fts", "state_fts")


def finish_expunging(path: Path, engine: Engine) -> None:
    """Remove what rows alone do not hold; may be done again and again. Raises CaseError while the database is in use."""
    for place in [*_list_bytes(path, engine), *_list_built(path, engine)]:
        place.unlink(missing_ok=True)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for name in INDEX:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    finally:
        connection.close()
    if busy:
        raise CaseError(
            "the words are expunged, but another command still reads the database",
            hint="end it, then run any command on the case: the free pages are cleared then",
        )
    (path / EXPUNGING).unlink(missing_ok=True)


def list_expunged(engine: Engine) -> list[str]:
    """Return the hashes of the evidence that was expunged."""
    table = TABLES[Evidence]
    with engine.connect() as connection:
        return list(connection.scalars(select(table.c.id).where(table.c.body == EXPUNGED)))


def _list_bytes(path: Path, engine: Engine) -> Iterator[Path]:
    for evidence in list_expunged(engine):
        yield get_place(path / "evidence", evidence)
        yield path / "evidence" / "incoming" / evidence.partition(":")[2]


def _list_built(path: Path, engine: Engine) -> Iterator[Path]:
    """Yield the files that reports left in `out/`: any of them may quote what is gone."""
    with engine.connect() as connection:
        bodies = connection.scalars(text("SELECT body FROM builds WHERE body != ''")).all()
    for body in bodies:
        try:
            yield from (path / "out" / name for name in from_json(Build, body).files)
        except msgspec.MsgspecError:
            continue
    yield from (one for one in (path / "out" / ".linewatch-partial").rglob("*") if one.is_file())
