"""What a reader is: bytes in, a Document out, or records that become documents. Readers are pure; `run` talks to the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Literal, NamedTuple, Protocol

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


class Record(NamedTuple):
    """One message, post or row of a file of many: it becomes one block of a document."""

    words: str
    """What it says, its links inert text; a record without words is an Aside."""
    where: str
    """Its place in the file: `message 3858`, `row 7`."""
    size: int
    """Its share of the file in bytes, what stands between it and the record before included."""
    said: Mapping[str, str] = {}
    """What the format says of it. Keys: id, date (ISO as precise as printed), zone (`utc`, `+03:00`, `unknown`), captured,
    edited, title, author, outlet, url, language, kind (an ItemKind), chat, chat_key, reply_to, forwarded_from, forwarded_date,
    media (`absent: reason` or the path given), flags. Others may be added; a key without a value is left out."""
    hidden: Mapping[str, str] = {}
    """Like `said`, of private persons: each value is replaced with a keyed pseudonym before anything is kept."""
    private: tuple[tuple[int, int], ...] = ()
    """The places in `words`, in order, that name a private person: replaced with a pseudonym before anything is kept."""
    problem: str | None = None
    """The kind of Problem met in it, where an analyst must be told; `reason` says what."""
    reason: str | None = None


class Aside(NamedTuple):
    """Bytes that are in no record, and why. A size of 0 says something of the file without taking bytes."""

    where: str
    size: int
    reason: str
    text: str | None = None
    """The words set aside, where there are any and they may be shown."""
    outcome: Literal["set aside", "not understood"] = "set aside"
    problem: str | None = None
    """The kind of Problem this is as well, where an analyst must be told: repaired, refused, broken-record, ..."""


class RecordReader(Protocol):
    """A module that reads files of many records, as long as they may be, in bounded memory.

    `read/records.py` joins what it yields into documents of bounded size with a message block a record.
    The sizes of records and asides add up to the size of the file. Two runs over the same bytes yield the same.
    """

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Versioned: `telegram.v1`. A changed result is a new version."""
        ...

    @property
    def MEDIA_TYPES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Which media types it reads."""
        ...

    def read_records(self, file: BinaryIO) -> Iterator[Record | Aside]:
        """Yield the records of a seekable file in order; a fault is an Aside or a record's problem, never an exception."""
        ...
