"""A .qdpx opened with care: nothing is unpacked to disk, nothing grows beyond a limit, no name leads out of it."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NamedTuple

from linewatch.errors import InputError

MOST_FILES = 20_000
LARGEST = 64 << 20
"""Bytes of one text or project file."""
LARGEST_IN_ALL = 512 << 20
"""Bytes of all texts that are read."""
FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)  # fmt: skip
"""What a damaged or encrypted package makes its reader raise."""
HINT = "export it again from the program that made it"


class Package(NamedTuple):
    """The project's XML and the texts beside it, by their names in small letters."""

    name: str
    project: bytes
    texts: dict[str, bytes]


def open_package(data: bytes, name: str) -> Package:
    """Return what is in a package; raises InputError where it is none, or is made to harm its reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            entries = held.infolist()
            _check_names(entries, name)
            project = _find_project(entries, name)
            texts = [one for one in entries if one is not project and _is_text(one)]
            if sum(one.file_size for one in texts) > LARGEST_IN_ALL:
                raise InputError(f"{name}: its texts are larger than 512 MB", hint=HINT)
            return Package(
                name=project.filename,
                project=_read(held, project, name),
                texts={one.filename.casefold(): _read(held, one, name) for one in texts},
            )
    except FAULTS as error:
        raise InputError(f"{name} is no REFI-QDA package: {error}", hint=HINT) from error


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_FILES:
        raise InputError(f"{name} holds more than {MOST_FILES} files", hint=HINT)
    seen: set[str] = set()
    for one in entries:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
            raise InputError(f"{name}: a file's name leads out of the package", hint="do not trust it")
        if stat.S_ISLNK(one.external_attr >> 16):
            raise InputError(f"{name}: a file is a link", hint="do not trust it")
        if one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise InputError(f"{name}: a file is packed in a way that the standard does not know", hint=HINT)
        if one.filename.casefold() in seen:
            raise InputError(f"{name}: two files have one name", hint=HINT)
        seen.add(one.filename.casefold())


def _find_project(entries: list[zipfile.ZipInfo], name: str) -> zipfile.ZipInfo:
    """Return the one .qde at the top, whatever it is called."""
    found = [one for one in entries if "/" not in one.filename and one.filename.casefold().endswith(".qde")]
    if len(found) != 1:
        raise InputError(f"{name} holds {len(found)} project files, not one", hint=HINT)
    return found[0]


def _is_text(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.casefold().endswith(".txt")


def _read(held: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return a file's bytes, counted as they are unpacked: what an entry says of its size is not believed."""
    with held.open(entry) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{name}: a file in it is larger than {LARGEST >> 20} MB", hint=HINT)
    return data
