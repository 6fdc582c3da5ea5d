"""What a stage did, with which tool and settings, and what a report was built from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from linewatch.model.value import Value


class Run(Value, frozen=True, kw_only=True):
    """One stage's work on one input; the latest for an input is the one that stands."""

    id: str
    stage: str
    input: str
    """The evidence or document worked on."""
    tool: str
    """Names and versions of what did it, `html.v1` or a digest of finders and tables."""
    output: str | None = None
    finished_at: datetime


class Build(Value, frozen=True, kw_only=True):
    """One built report: when, from which state of the log, and the hash of each file."""

    id: str
    log_seq: int
    files: dict[str, str]
    built_at: datetime


class Step(Value, frozen=True, kw_only=True):
    """How far a long piece of work has come."""

    stage: str
    done: int
    total: int
    what: str = ""


Tell = Callable[[Step], None]
"""What a stage calls as it goes on; the command line draws it."""
