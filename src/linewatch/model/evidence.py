"""Sealed bytes, what was said of them, and each offer of a file to the case."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from linewatch.model.value import Value

Side = Literal["own", "about"]
"""`own`: the watched organisation published it; `about`: others report on it."""

Outcome = Literal["sealed", "duplicate", "set aside", "refused"]
"""What became of what was offered; `set aside` stays in its container, as what is not content does."""


class Evidence(Value, frozen=True, kw_only=True):
    """Sealed bytes. `id` is the algorithm-labelled hash, such as `sha256:9f86...`; it never changes."""

    id: str
    size: int
    media_type: str
    """Told from the content, not only from the name."""
    name: str
    """The file's own name when it was first gathered; never a path."""
    obtained_from: str | None = None
    obtained_by: str | None = None
    obtained_how: str = "file"
    gathered_at: datetime
    parent: str | None = None
    """The container it came out of, if any."""


class Arrival(Value, frozen=True, kw_only=True):
    """One file offered to `gather` and what became of it: the lines of the import report."""

    id: str
    gathering: str
    """The run of `gather` it belongs to."""
    path: str
    """Relative to the folder that was named."""
    size: int
    outcome: Outcome
    evidence: str | None = None
    reason: str | None = None


class Statement(Value, frozen=True, kw_only=True):
    """What somebody says of a piece of evidence that the file itself does not say.

    Fields: side, kind, publisher, outlet, tier, place, date, title, language. The latest statement of a
    field stands; earlier ones are kept.
    """

    id: str
    evidence: str
    field: str
    value: str
    source: str
    """Who says so: option, catalogue, analyst."""
    said_at: datetime
