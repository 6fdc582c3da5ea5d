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

from linewatch.errors import CustodyError
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
    """Return the whole lines of the log file; none when there is no file."""
    return _split(path)[0]


def get_size(path: Path) -> int:
    """Return the size of the log's file in bytes, 0 when there is none."""
    return path.stat().st_size if path.exists() else 0


def find_torn_line(path: Path) -> str:
    """Return what a killed process left of a last line without its end, mostly nothing."""
    return _split(path)[1]


def _split(path: Path) -> tuple[list[str], str]:
    data = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    *lines, torn = data.split("\n")
    return lines, torn


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


def write_whole(path: Path, data: bytes) -> None:
    """Put a file into its place in one step: a reader meets the earlier one or this one, never a part. One writer at a time."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(path)


def write_head(folder: Path, head: Head) -> None:
    """Keep the head outside the case, replacing the one before it in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{head.case}.json", to_json(head))


def find_head(folder: Path, case: str) -> Head | None:
    """Return the head kept outside the case, None when none was ever kept here; raises CustodyError when it is none."""
    path = folder / f"{case}.json"
    if not path.exists():
        return None
    try:
        return from_json(Head, path.read_bytes())
    except msgspec.MsgspecError as error:
        raise CustodyError(
            f"the head kept outside the case cannot be read: {path}", hint="run `linewatch check CASE`"
        ) from error
