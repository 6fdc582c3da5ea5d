"""Unpacks TAR archives, plain or compressed, in one pass forward and in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from linewatch.gather.base import Aside, Child
from linewatch.gather.members import BROKEN, LARGEST, MOST, Bounded, MemberError, find_name_fault, swells

NAME = "tar.v1"
MEDIA_TYPES = (
    "application/x-tar",
    "application/x-compressed-tar",
    "application/x-bzip-compressed-tar",
    "application/x-xz-compressed-tar",
)
WIDEST = 16 << 20
"""Bytes asked for at once; a header that needs more is a trap."""
KEPT = 512
_MAGIC = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield the members as they come; what is no file of bytes, or not safe, is an aside; where it breaks, it ends."""
    stream = _open_stream(file)
    try:
        archive = tarfile.open(fileobj=cast("BinaryIO", stream), mode="r:")  # noqa: SIM115 - closed below
    except (*BROKEN, MemberError) as error:
        yield Aside("the archive", 0, f"no member can be read: {error}", problem="broken-container")
        return
    with archive:
        yield from _list_members(archive)


def _open_stream(file: BinaryIO) -> Forward:
    size = file.seek(0, 2)
    file.seek(0)
    begins = file.read(2)
    file.seek(0)
    opener: Any = _MAGIC.get(begins)
    return Forward(opener(file, "rb"), size) if opener else Forward(file, None)


def _list_members(archive: tarfile.TarFile) -> Iterator[Child | Aside]:
    number, seen = 0, set[str]()
    while True:
        try:
            member = archive.next()
        except (*BROKEN, MemberError) as error:
            yield Aside(f"after member {number}", 0, f"broken from here: {error}", problem="broken-container")
            return
        archive.members = []  # type: ignore[attr-defined]  # the library would keep every member it has met
        if member is None:
            return
        if member.isdir():
            continue
        number += 1
        if number > MOST:
            reason = f"more than {MOST} members: the rest stays packed"
            yield Aside(f"members from {number}", 0, reason, problem="bomb")
            return
        yield _take(archive, member, f"member {number}", seen)


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, where: str, seen: set[str]) -> Child | Aside:
    name = member.name.encode("utf-8", "replace").decode()
    if fault := _find_fault(member, name, seen):
        kind, reason = fault
        return Aside(f"{where}, {name[:200]}", member.size, reason, problem=kind)
    seen.add(name)
    stream = archive.extractfile(member)
    return Child(name, cast("BinaryIO", Bounded(stream, None)), where, _tell(member))


def _find_fault(member: tarfile.TarInfo, name: str, seen: set[str]) -> tuple[str, str] | None:
    if name_fault := find_name_fault(name):
        return "unsafe-path", name_fault
    if member.issym() or member.islnk():
        return "link", "a link"
    if not member.isreg():
        return "link", "not a file of bytes (a device or a pipe)"
    if member.size > LARGEST:
        return "bomb", f"it says it has {member.size} bytes"
    if member.sparse is not None:
        return "bomb", "a file of holes: its bytes are not all in the archive"
    return ("duplicate-name", "a name that an earlier member has") if name in seen else None


def _tell(member: tarfile.TarInfo) -> dict[str, str]:
    """Return when the file was last written, in UTC: not when it was published."""
    try:
        return {"modified": datetime.fromtimestamp(int(member.mtime), UTC).isoformat()}
    except (ValueError, OverflowError, OSError):
        return {}


class Forward:
    """What comes out of a compressed stream as the library wants it: it goes forward, and back by a block at most."""

    def __init__(self, stream: Any, packed: int | None) -> None:
        self._stream, self._packed = stream, packed
        self._kept, self._at, self._end = b"", 0, 0

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, place: int, _whence: int = 0) -> int:
        """Go to a place; raises tarfile.ReadError where it lies further back than is kept."""
        if place < self._end - len(self._kept):
            raise tarfile.ReadError("a member that leads back")
        while self._end < place and self._pull(min(place - self._end, 1 << 20)):
            pass
        self._at = min(place, self._end)
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises MemberError where more are asked for at once than any header needs."""
        if not 0 <= size <= WIDEST:
            raise MemberError("bomb", f"a header of {size} bytes")
        back = self._end - self._at
        again = self._kept[len(self._kept) - back :][:size] if back else b""
        parts, left = [again], size - len(again)
        while left > 0 and (data := self._pull(min(left, 1 << 20))):
            parts.append(data)
            left -= len(data)
        whole = b"".join(parts)
        self._at += len(whole)
        return whole

    def close(self) -> None:
        """Leave the sealed file open: it is not this stream's."""

    def _pull(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        self._end += len(data)
        self._kept = (self._kept + data)[-KEPT:]
        if self._packed is not None and swells(self._end, self._packed):
            raise MemberError("bomb", "the archive swells beyond what files of people do")
        return data
