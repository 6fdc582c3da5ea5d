"""Which files of a watched folder are completely written. Looks are values: nothing here waits or reads a file's bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from linewatch.gather.files import Offer


class Look(NamedTuple):
    """What a file was like when it was looked at."""

    size: int
    written_ns: int
    inode: int


class Sight(NamedTuple):
    """A look at a whole folder: when, and what lay there by path."""

    at_ns: int
    files: Mapping[str, Look]


def look_at(offers: Iterable[Offer], at_ns: int) -> Sight:
    """Return the look at the files offered; one that vanishes meanwhile is not in it."""
    files = {}
    for offer in offers:
        try:
            found = Path(offer.path).lstat()
        except OSError:
            continue
        files[offer.name] = Look(found.st_size, found.st_mtime_ns, found.st_ino)
    return Sight(at_ns, files)


def list_settled(before: Sight | None, now: Sight, taken: Mapping[str, Look]) -> list[str]:
    """Return the files that are whole and not taken as they are: unchanged over two looks, or moved in as they are."""
    return [
        name
        for name, look in now.files.items()
        if taken.get(name) != look and before is not None and is_settled(name, look, before)
    ]


def is_settled(name: str, look: Look, before: Sight) -> bool:
    """Tell whether a file is whole: the same at the last look, there under another name, or written before it and not there.

    >>> before = Sight(5_000_000_000, {"north.part": Look(9, 4_000_000_000, 7)})
    >>> is_settled("north.srt", Look(9, 4_000_000_000, 7), before), is_settled("a.srt", Look(9, 6_000_000_000, 8), before)
    (True, False)
    """
    if name in before.files:
        return before.files[name] == look
    return look in before.files.values() or look.written_ns < before.at_ns
