"""Evidence files: kept by hash, read-only, copied in and never moved out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from linewatch.errors import CustodyError

CHUNK = 1 << 20


def hash_file(path: Path) -> tuple[str, int]:
    """Return the algorithm-labelled hash of a file and its size in bytes, read in pieces."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return f"sha256:{digest.hexdigest()}", size


def get_place(folder: Path, evidence: str) -> Path:
    """Return where the file with this hash lies: `evidence/sha256/9f/9f86...`."""
    algorithm, _, digits = evidence.partition(":")
    return folder / algorithm / digits[:2] / digits


def get_staged(folder: Path, evidence: str) -> Path:
    """Return where the file with this hash waits for its row to be committed."""
    return folder / "incoming" / evidence.partition(":")[2]


def stage_file(folder: Path, source: Path) -> tuple[str, int]:
    """Copy a user's file into `incoming/` under its hash; it moves into place once its row is committed."""
    with source.open("rb") as given:
        return stage_stream(folder, given)


def stage_stream(folder: Path, given: BinaryIO) -> tuple[str, int]:
    """Copy what a stream still gives into `incoming/` under its hash, hashed as it is written."""
    incoming = folder / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    partial = incoming / f"{os.getpid()}.partial"
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as kept:
        while chunk := given.read(CHUNK):
            kept.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        kept.flush()
        os.fsync(kept.fileno())  # on the disk before the row that says so
    evidence = f"sha256:{digest.hexdigest()}"
    if get_place(folder, evidence).exists():
        partial.unlink()
    else:
        partial.replace(get_staged(folder, evidence))
    return evidence, size


def drop_staged(folder: Path, evidence: str) -> None:
    """Take away bytes that were staged and are not to stay."""
    get_staged(folder, evidence).unlink(missing_ok=True)


def settle_incoming(folder: Path, is_known: Callable[[str], bool]) -> None:
    """Move staged files whose rows are committed into place, and drop those of a transaction that never ended."""
    incoming = folder / "incoming"
    for path in sorted(incoming.iterdir()) if incoming.exists() else ():
        evidence = f"sha256:{path.name}"
        if is_known(evidence):
            place = get_place(folder, evidence)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.chmod(0o444)
            path.replace(place)
        else:
            path.unlink()


def read_sealed(folder: Path, evidence: str) -> bytes:
    """Return the sealed bytes; raises CustodyError when they are gone or are not what was sealed."""
    place = get_place(folder, evidence)
    try:
        data = place.read_bytes()
    except FileNotFoundError as error:
        raise CustodyError(
            f"sealed evidence {evidence} is missing", hint="run `linewatch check CASE`"
        ) from error
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != evidence:
        raise CustodyError(f"sealed evidence {evidence} has changed", hint="run `linewatch check CASE`")
    return data


def open_sealed(folder: Path, evidence: str) -> BinaryIO:
    """Return sealed bytes as a file, checked against their hash first, for what is too long to be held in memory."""
    place = get_place(folder, evidence)
    if not place.is_file():
        raise CustodyError(f"sealed evidence {evidence} is missing", hint="run `linewatch check CASE`")
    if hash_file(place)[0] != evidence:
        raise CustodyError(f"sealed evidence {evidence} has changed", hint="run `linewatch check CASE`")
    return place.open("rb")
