"""The custody log: a chain of entries, each covering the rows it wrote, kept as lines of JSON beside the case.

The head of the chain is also kept in a folder outside the case, so that a cut tail shows.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from linewatch.model import Head, LogEntry, from_json, to_json

GENESIS = "sha256:" + "0" * 64


def make_seal(table: str, body: bytes) -> str:
    """Return the seal of a row: it covers the table's name and every byte of the value."""
    return hashlib.sha256(table.encode() + b"\0" + body).hexdigest()


def digest_seals(seals: Iterable[str]) -> str:
    """Return the digest of a set of rows' seals, whatever their order."""
    return hashlib.sha256("\n".join(sorted(seals)).encode()).hexdigest()


def close_entry(entry: LogEntry) -> LogEntry:
    """Return the entry with the hash that covers everything else in it."""
    return msgspec.structs.replace(entry, hash=hash_entry(entry))


def hash_entry(entry: LogEntry) -> str:
    """Return the hash an entry must carry."""
    return "sha256:" + hashlib.sha256(to_json(msgspec.structs.replace(entry, hash=""))).hexdigest()


def parse_entry(line: str | bytes) -> LogEntry:
    """Return the entry on a line of the log; raises msgspec.ValidationError or DecodeError when it is none."""
    return from_json(LogEntry, line)


def read_lines(path: Path) -> list[str]:
    """Return the lines of the log file, a half-written last one included; none when there is no file."""
    if not path.exists():
        return []
    return path.read_bytes().decode("utf-8", "replace").splitlines()


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold the file's lock, so that two processes never write it at once."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def append_lines(path: Path, lines: list[str]) -> None:
    """Add whole lines to the log and wait until they are on the disk."""
    with path.open("rb+" if path.exists() else "wb") as handle:
        handle.seek(0, os.SEEK_END)
        handle.write("".join(f"{line}\n" for line in lines).encode())
        handle.flush()
        os.fsync(handle.fileno())


def drop_torn_line(path: Path) -> None:
    """Cut off a last line that a killed process left without its end."""
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("rb+") as handle:
            handle.truncate(whole)


def write_head(folder: Path, head: Head) -> None:
    """Keep the head outside the case, replacing the one before it in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{head.case}.json"
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(to_json(head))
    partial.replace(path)


def find_head(folder: Path, case: str) -> Head | None:
    """Return the head kept outside the case; None when none was ever kept here."""
    path = folder / f"{case}.json"
    return from_json(Head, path.read_bytes()) if path.exists() else None
