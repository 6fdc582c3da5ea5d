"""Evidence files: kept by hash, read-only, copied in and never moved out."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

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


def stage_file(folder: Path, source: Path) -> tuple[str, int]:
    """Copy a user's file into `incoming/` under its hash; it moves into place once its row is committed."""
    incoming = folder / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    partial = incoming / f"{os.getpid()}.partial"
    with source.open("rb") as given, partial.open("wb") as kept:
        shutil.copyfileobj(given, kept, CHUNK)
        kept.flush()
        os.fsync(kept.fileno())  # on the disk before the row that says so
    evidence, size = hash_file(partial)
    if get_place(folder, evidence).exists():
        partial.unlink()
    else:
        partial.replace(incoming / evidence.partition(":")[2])
    return evidence, size


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
