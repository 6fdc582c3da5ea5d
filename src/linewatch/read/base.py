"""What a reader is: bytes in, a Document out. Readers are pure; `run` alone talks to the store."""

from __future__ import annotations

from typing import Protocol

from linewatch.model import Document


class Reader(Protocol):
    """A module that reads one family of formats."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Versioned: `html.v1`. A changed result is a new version."""
        ...

    @property
    def MEDIA_TYPES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Which media types it reads."""
        ...

    def read(self, data: bytes, *, evidence: str) -> Document:
        """Return the document in `data`, its portions adding up to the whole; faults become its problems."""
        ...
