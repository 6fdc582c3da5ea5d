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


class Tombstone(Value, frozen=True, kw_only=True):
    """What stands where evidence was expunged: which bytes, why, who approved, and the rows whose words went with them."""

    id: str
    evidence: str
    size: int
    reason: str
    approved_by: tuple[str, ...]
    expunged_at: datetime
    rows: dict[str, tuple[str, ...]]
    """For each table, the seals of the rows that were emptied; a seal stays, so that the log still adds up."""


class Timestamp(Value, frozen=True, kw_only=True):
    """What an authority answered when it was shown the head of the log: proof that these bytes existed no later than then."""

    id: str
    head: Head
    authority: str
    """Whom the analyst asked: an address, or the file that the answer came in."""
    request: bytes
    """The request as it was made, DER (RFC 3161, 2.4.1)."""
    response: bytes
    """The whole response, DER (RFC 3161, 2.4.2)."""
    roots: bytes | None = None
    """The root certificates that the analyst trusts for it, PEM."""
