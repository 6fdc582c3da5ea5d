"""The keys of pseudonyms: one a case, in a folder outside every case, for its owner's eyes only. Never logged, packed or shown."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from linewatch.errors import CustodyError

SIZE = 32


def get_key(folder: Path, case: str) -> bytes:
    """Return the key of a case, made on first use; raises CustodyError where the file holds none."""
    place = folder / "keys" / f"{case}.key"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists():
        _make_key(place)
    key = place.read_bytes()
    if len(key) != SIZE:
        raise CustodyError(f"the key of pseudonyms is no key: {place}", hint="restore it from a copy")
    return key


def _make_key(place: Path) -> None:
    """Write a new key whole or not at all; where two commands make one at once, the first stands."""
    partial = place.with_name(f".{place.name}.{os.getpid()}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as kept:
        kept.write(secrets.token_bytes(SIZE))
        kept.flush()
        os.fsync(kept.fileno())
    try:
        os.link(partial, place)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
