"""A fault in evidence: shown to the analyst as data, never raised."""

from __future__ import annotations

from linewatch.model.value import Value


class Problem(Value, frozen=True, kw_only=True):
    """What is wrong with a piece of evidence, where, and what was done about it."""

    id: str
    stage: str
    """The room that met it: gather, read, find, code, track or write."""
    kind: str
    """A short stable word: unreadable, undated, unknown-encoding, dangling-marker, empty-page, ..."""
    message: str
    evidence: str | None = None
    document: str | None = None
    where: str | None = None
    """A place inside it, in words: `page 3`, `bytes 0-2`, `line 17`."""
    about: str | None = None
    """The id of the finding or correction it is about: gone with it."""
