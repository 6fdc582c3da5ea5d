"""Walks what the user names, in a fixed order, and says of each file whether it is taken or why not. Changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from linewatch.model import Value

CATALOGUE = "catalogue.csv"
CASE = ("case.toml", "case.db")
"""What lies in a folder that is a case."""
HEAD, TAIL = 1 << 20, 1 << 16
"""How much of a large file is looked at to tell its type: its beginning, and the end, where a ZIP lists its parts."""


class Offer(Value, frozen=True, kw_only=True):
    """A file offered: where it is, its path under the folder that was named, and why it is refused, if it is."""

    path: str
    """Where the file is now; kept nowhere."""
    name: str
    """Relative to the folder that was named; this is what the case keeps."""
    refused: str | None = None


def list_offers(paths: Sequence[Path]) -> list[Offer]:
    """Return every file under the paths, folders walked in the order of their names."""
    return [
        offer
        for path in paths
        for offer in _walk(path, path.parent if path.is_file() else path, is_walked=path.is_dir())
    ]


def _walk(path: Path, root: Path, *, is_walked: bool) -> Iterator[Offer]:
    """Yield what lies under a path; the catalogue at the top of a folder that is walked is read, not offered."""
    if path.is_dir() and not path.is_symlink():
        if all((path / name).is_file() for name in CASE):
            # `linewatch run case .` names the folder that the case lies in; it must not take itself in.
            yield _offer(path, root, "a case of Linewatch")
            return
        try:
            inside = sorted(path.iterdir())
        except OSError as error:
            yield _offer(path, root, f"a folder that could not be opened: {error.strerror}")
            return
        for inner in inside:
            yield from _walk(inner, root, is_walked=is_walked)
    elif path != root / CATALOGUE or not is_walked:
        yield _offer(path, root, _refuse(path, root))


def _offer(path: Path, root: Path, refused: str | None) -> Offer:
    """Return the offer of a file; of a name that is no text, what can be shown of it is kept."""
    name = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
    return Offer(path=str(path), name=name, refused=refused)


def _refuse(path: Path, root: Path) -> str | None:
    if path.name.startswith("."):
        return "a hidden file"
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return "a link that leads out of the folder"
    if not path.exists():
        return "a link that leads nowhere"
    if not stat.S_ISREG(path.stat().st_mode):
        return "not a file of bytes (a device, a pipe or a folder behind a link)"
    return None


def read_sample(path: Path) -> bytes:
    """Return a whole small file, or the beginning and the end of a large one: what its type is told from."""
    with path.open("rb") as handle:
        head = handle.read(HEAD)
        size = handle.seek(0, os.SEEK_END)
        handle.seek(max(len(head), size - TAIL))
        return head + handle.read()
