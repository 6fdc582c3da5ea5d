"""The custody log: what was done, by whom, when, and the seal of every row it wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linewatch.model.value import Value


class LogEntry(Value, frozen=True, kw_only=True):
    """One line of `custody.jsonl`; `hash` covers everything else in it, `previous` chains it to the line before."""

    seq: int
    at: datetime
    who: str
    action: str
    tool: str
    detail: dict[str, Any]
    wrote: dict[str, tuple[int, str]]
    """For each table: how many rows this entry wrote and the digest of their seals."""
    previous: str
    hash: str


class Head(Value, frozen=True, kw_only=True):
    """The end of the log, to be kept outside the case: a cut tail cannot hide from it."""

    case: str
    seq: int
    hash: str
