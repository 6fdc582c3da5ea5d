"""What is checked of every member of a container: its name, its size, how far it swells, and that it is a file at all."""

from __future__ import annotations

import lzma
import re
import tarfile
import zipfile
import zlib
from typing import Any, BinaryIO, cast

LARGEST = 8 << 30
"""Bytes of one member."""
MOST = 200_000
"""Members of one container."""
SWELLS_FROM, RATIO = 16 << 20, 250
"""A member of so many bytes may be at most so many times its packed size: text packs to a tenth, a bomb to a thousandth."""
FREE = 64 << 20
"""Bytes that may come out of any file, beyond so many times its own size."""
LONGEST_NAME = 1_000
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, OverflowError, MemoryError,
)  # fmt: skip
"""What the libraries raise over members that are broken, locked or lie about themselves."""
_DRIVE = re.compile(r"[A-Za-z]:")


class MemberError(Exception):
    """Raised by a member's stream once it turns out broken or beyond a limit; `kind` is that of the Problem it becomes."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def find_name_fault(name: str) -> str | None:
    """Return why a member's name is refused, None for one that stays below its container.

    >>> find_name_fault("photos/1.jpg"), find_name_fault("../1.jpg"), find_name_fault("/etc/hosts")
    (None, 'a path that leads out of the container', 'an absolute path')
    """
    if not name.strip() or len(name) > LONGEST_NAME:
        return "no name, or one without end"
    if any(ord(one) < 32 for one in name):
        return "a name with control characters"
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "an absolute path"
    if ".." in re.split(r"[/\\]", name):
        return "a path that leads out of the container"
    return None


class Allowance:
    """How much may come out of one file that was offered, however its containers lie in each other."""

    def __init__(self, size: int) -> None:
        self._left = FREE + RATIO * size
        self._members = MOST

    def watch(self, stream: BinaryIO) -> BinaryIO:
        """Return a member's stream, counted against what is left; raises MemberError once nothing is."""
        self._members -= 1
        if self._members < 0:
            raise MemberError("bomb", f"more than {MOST} members in one file")
        return cast("BinaryIO", _Counted(self, stream))

    def spend(self, size: int) -> None:
        """Count bytes that came out."""
        self._left -= size
        if self._left < 0:
            raise MemberError("bomb", "the file swells beyond what files of people do")


class _Counted:
    """A stream whose bytes are counted against an allowance."""

    def __init__(self, allowance: Allowance, stream: BinaryIO) -> None:
        self._allowance, self._stream = allowance, stream

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._allowance.spend(len(data))
        return data


class Bounded:
    """A member's bytes as they come out, stopped where it swells too far or breaks."""

    def __init__(self, stream: Any, packed: int | None) -> None:
        """`packed` is the member's size in the container, None where it is not packed by itself."""
        self._stream, self._packed, self._given = stream, packed, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises MemberError."""
        try:
            data: bytes = self._stream.read(1 << 20 if size < 0 else size)
        except MemberError:
            raise
        except BROKEN as error:
            kind = "encrypted" if "password" in str(error) or "encrypt" in str(error) else "broken-member"
            raise MemberError(kind, f"it could not be unpacked: {error}") from error
        self._given += len(data)
        if self._given > LARGEST:
            raise MemberError("bomb", f"it swells to more than {LARGEST} bytes")
        if self._packed is not None and swells(self._given, self._packed):
            raise MemberError("bomb", f"it swells to more than {RATIO} times its packed size")
        return data


def swells(given: int, packed: int) -> bool:
    """Tell whether so many bytes out of so few are a bomb's.

    >>> swells(32 << 20, 4 << 20), swells(64 << 20, 60_000)
    (False, True)
    """
    return given > SWELLS_FROM and given > RATIO * max(packed, 1)
