"""The tables of a case. Each row is a sealed value: its JSON, the entry that wrote it, and a few columns to look it up.

Rows are written once. Nothing here updates or deletes; expunging alone empties a row's body, and its seal stays.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

from linewatch.model import (
    Arrival,
    Bounding,
    Build,
    CodebookVersion,
    Correction,
    Document,
    Evidence,
    Finding,
    Judgement,
    MachineCall,
    MachineRun,
    Passage,
    Problem,
    Run,
    Sitting,
    Statement,
    Suggestion,
    Timestamp,
    Tombstone,
    Value,
)

METADATA = MetaData()


def _make_table(name: str, *looked_up: str, versions: bool = False) -> Table:
    """Make a table; one with `versions` keeps several values of one id, told apart by their seals."""
    return Table(
        name,
        METADATA,
        Column("n", Integer, primary_key=True, autoincrement=True),
        Column("id", Text, nullable=False, unique=not versions, index=versions),
        Column("entry", Integer, nullable=False, index=True),
        Column("seal", Text, nullable=False, unique=True),
        Column("body", Text, nullable=False),
        *(Column(column, Text, index=True) for column in looked_up),
    )


TABLES: dict[type[Value], Table] = {
    Evidence: _make_table("evidence"),
    Arrival: _make_table("arrivals", "gathering", "evidence"),
    Statement: _make_table("statements", "evidence"),
    Document: _make_table("documents", "evidence"),
    Finding: _make_table("findings", "document", versions=True),
    Passage: _make_table("passages", "document", versions=True),
    Judgement: _make_table("judgements", "passage", "coder"),
    Sitting: _make_table("sittings", "coder"),
    Correction: _make_table("corrections", "target"),
    Problem: _make_table("problems", "evidence", "stage"),
    Run: _make_table("runs", "stage", "input"),
    Build: _make_table("builds"),
    Tombstone: _make_table("tombstones", "evidence"),
    Timestamp: _make_table("timestamps"),
    CodebookVersion: _make_table("codebooks"),
    MachineRun: _make_table("machine_runs", "machine"),
    Suggestion: _make_table("suggestions", "passage", "machine"),
    MachineCall: _make_table("machine_calls", "passage", "run"),
    Bounding: _make_table("boundings"),
}
"""Every kind of value a case keeps, and where."""

CUSTODY = Table(
    "custody",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)
"""The log as the database has it; `custody.jsonl` is the same lines, written after each commit."""

LOOKED_UP = frozenset({"n", "id", "entry", "seal", "body"})


def list_looked_up(table: Table) -> tuple[str, ...]:
    """Return the names of the columns that repeat a field of the value, so that it can be looked up."""
    return tuple(column.name for column in table.columns if column.name not in LOOKED_UP)
