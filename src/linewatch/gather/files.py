"""Walks what the user names, in a fixed order, and says of each file whether it is taken or why not. Changes nothing."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from linewatch.model import Value

CATALOGUE = "catalogue.csv"


class Offer(Value, frozen=True, kw_only=True):
    """A file offered: where it is, its path under the folder that was named, and why it is refused, if it is."""

    path: str
    """Where the file is now; kept nowhere."""
    name: str
    """Relative to the folder that was named; this is what the case keeps."""
    refused: str | None = None


def list_offers(paths: Sequence[Path]) -> list[Offer]:
    """Return every file under the paths, folders walked in the order of their names."""
    return [offer for path in paths for offer in _walk(path, path.parent if path.is_file() else path)]


def _walk(path: Path, root: Path) -> Iterator[Offer]:
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(path.iterdir()):
            yield from _walk(inner, root)
        return
    if path.name != CATALOGUE:
        yield Offer(path=str(path), name=path.relative_to(root).as_posix(), refused=_refuse(path, root))


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
