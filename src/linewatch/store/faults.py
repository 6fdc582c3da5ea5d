"""What the database says when it cannot go on, in words for the user."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from linewatch.errors import CaseError, LinewatchError, MissingPartError

WORDS = (
    ("disk is full", "the disk is full", "make room, then run the same command again"),
    ("readonly", "the case may not be written", "copy it to where you may write, or see its permissions"),
    ("unable to open", "the case's database cannot be opened", "is case.db there, and may you write in the folder?"),
    ("locked", "the case is in use by another command", "wait until that one has ended"),
    ("not a database", "case.db is not a database", "restore it from a copy, then run `linewatch check`"),
    ("malformed", "case.db is damaged", "restore it from a copy, then run `linewatch check`"),
    ("disk i/o", "case.db cannot be read or written", "see the disk, then run `linewatch check`"),
    ("no such table", "case.db lacks a table", "run `linewatch check`; restore it from a copy"),
    ("no such column", "case.db lacks a column", "run `linewatch check`; restore it from a copy"),
)  # fmt: skip
"""A part of what SQLite says, what it means, what to do."""


def translate(engine: Engine) -> None:
    """Let the engine raise the project's errors where SQLite says that the file, not the program, is at fault."""

    @event.listens_for(engine, "handle_error")
    def _raise(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, sqlite3.Error) and (
            error := find_error(str(context.original_exception))
        ):
            raise error from context.original_exception


def find_error(said: str) -> LinewatchError | None:
    """Return the error that SQLite's words stand for, None where they tell of a fault in the program."""
    if "no such module: fts5" in said:
        return MissingPartError(
            "this Python's SQLite cannot search", hint="use a Python whose SQLite has FTS5"
        )
    for part, message, hint in WORDS:
        if part in said.lower():
            return CaseError(f"{message} ({said})", hint=hint)
    return None
