"""Parsers that behave as badly as a parser can; run in a worker by test_workers.py and test_apart.py."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from linewatch.gather.apart import Begun, More, Sent
from linewatch.model import Document
from linewatch.read.apart import Met, read_there
from linewatch.read.base import Record


def double(number: int) -> int:
    """Do what was asked."""
    return 2 * number


def count(most: int) -> Iterator[int]:
    """Yield many results."""
    yield from range(most)


def tell_process() -> int:
    """Say which process this is."""
    return os.getpid()


def end() -> None:
    """Leave without a word."""
    os._exit(7)


def crash() -> None:
    """Read where nothing is."""
    ctypes.string_at(0)


def die() -> None:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    """Never end."""
    time.sleep(60)


def swell() -> int:
    """Take more memory than there is."""
    return len(bytearray(1 << 40))


def shout(size: int) -> bytes:
    """Give back a great deal."""
    return bytes(size)


def recurse(depth: int = 0) -> int:
    """Nest without end."""
    return recurse(depth + 1)


def fail() -> None:
    """Raise."""
    raise ValueError("no table of contents")


def write(path: Path) -> None:
    """Write a file."""
    path.write_text("x")


def remove(path: Path) -> None:
    """Remove a file."""
    path.unlink()


def connect(port: int) -> None:
    """Open a connection."""
    socket.create_connection(("127.0.0.1", port), timeout=1)


def start(*command: str) -> Any:
    """Start a program."""
    return subprocess.run(command, check=False)


def open_many() -> None:
    """Open more files than allowed."""
    handles = [Path("/dev/null").open() for _ in range(1000)]  # noqa: SIM115 - that is the point
    handles.clear()


def _is_bad(path: Path) -> bool:
    return path.read_bytes().startswith(b"bad.txt")


def crash_on(path: Path, media_type: str, evidence: str) -> Document:
    """Crash on one file, read the others."""
    if _is_bad(path):
        crash()
    return read_there(path, media_type, evidence)


def hang_on(path: Path, media_type: str, evidence: str) -> Document:
    """Hang on one file, read the others."""
    if _is_bad(path):
        hang()
    return read_there(path, media_type, evidence)


def swell_on(path: Path, media_type: str, evidence: str) -> Document:
    """Swell on one file, read the others."""
    if _is_bad(path):
        swell()
    return read_there(path, media_type, evidence)


def fail_on(path: Path, media_type: str, evidence: str) -> Document:
    """Raise on one file, read the others."""
    if _is_bad(path):
        fail()
    return read_there(path, media_type, evidence)


def crash_after_records(_path: Path, _media_type: str) -> Iterator[list[Met]]:
    """Give back two records and crash."""
    yield [(Record("one", "row 1", 10), None), (Record("two", "row 2", 10), None)]
    crash()


class Forger(NamedTuple):
    """Reads a file and says something else of it."""

    change: dict[str, str]

    def __call__(self, path: Path, media_type: str, evidence: str) -> Document:
        return msgspec.structs.replace(read_there(path, media_type, evidence), **self.change)


def _begin(path: Path) -> Iterator[Sent]:
    assert path.exists()
    yield from (Begun("one", "member 1", {}), More(b"first"), More(b""))
    yield from (Begun("two", "member 2", {}), More(b"second"))


def crash_in_member(path: Path, _media_type: str) -> Iterator[Sent]:
    """Give one member and crash in the next."""
    yield from _begin(path)
    crash()


def fail_in_member(path: Path, _media_type: str) -> Iterator[Sent]:
    """Give one member and raise in the next."""
    yield from _begin(path)
    fail()
