"""What an unpacker is: a container in, its members out. Unpackers are pure; `run` alone seals and talks to the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, Protocol


class Child(NamedTuple):
    """A member that becomes evidence of its own, its container its parent."""

    name: str
    """As the container writes it, `photos/1.jpg`: shown and kept, never used as a path on the disk."""
    data: bytes | BinaryIO
    """Its bytes, or a stream of them, read before the next member is asked for. The unpacker bounds how many come out."""
    where: str
    """Its place in the container: `member 3`, `record at byte 5120`."""
    said: Mapping[str, str] = {}
    """What the container says of it, each a Statement with source `container`: date, title, url, captured, language, ..."""


class Aside(NamedTuple):
    """Bytes of a container that become no evidence of their own, and why."""

    where: str
    size: int
    reason: str
    text: str | None = None
    """The words set aside, where there are any and they may be shown."""
    problem: str | None = None
    """The kind of Problem this is as well, where an analyst must be told: encrypted, bomb, unsafe-path, broken-member, ..."""


class Unpacker(Protocol):
    """A module that opens one kind of container. The container itself is sealed whole, whatever comes out of it."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Versioned: `zip.v1`. A changed result is a new version."""
        ...

    @property
    def MEDIA_TYPES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Which media types it opens."""
        ...

    def unpack(self, file: BinaryIO) -> Iterator[Child | Aside]:
        """Yield every member of a seekable file in order; a fault is an Aside with a problem, never an exception."""
        ...
