"""Parsers that behave as badly as a parser can; run in a worker by test_workers.py."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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
