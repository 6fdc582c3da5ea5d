"""BagIt packages (RFC 8493): files with a manifest of their hashes, which any tool, or `sha256sum -c`, can check."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from linewatch.errors import InputError
from linewatch.store.evidence import CHUNK, hash_file

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
INFO = "bag-info.txt"
MOST_FILES, MOST_TIMES = 2_000_000, 200
"""Files in a package, and how many times its packed size a zip may unpack to."""
ROOM = 1 << 24
"""Bytes that a zip may unpack to whatever its packed size."""


class Entry(NamedTuple):
    """A line of a manifest."""

    digest: str
    name: str


def close_bag(folder: Path, info: Mapping[str, str]) -> str:
    """Write the tag files of a package whose `data/` is there; return the digest of its tag manifest, which covers all."""
    payload = [Entry(digest, name) for digest, name, _ in _hash_payload(folder)]
    size = sum((folder / entry.name).stat().st_size for entry in payload)
    said = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    _write(folder / "bagit.txt", DECLARATION)
    _write(folder / INFO, "".join(f"{key}: {' '.join(value.split())}\n" for key, value in said.items()))
    _write(folder / MANIFEST, _format(payload))
    tags = [Entry(_digest(folder / name), name) for name in ("bagit.txt", INFO, MANIFEST)]
    _write(folder / TAGS, _format(tags))
    return f"sha256:{_digest(folder / TAGS)}"


def read_info(folder: Path) -> dict[str, str]:
    """Return what the package says of itself; raises InputError where it is none."""
    try:
        lines = (folder / INFO).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{folder} is no package of Linewatch", hint="name one that `linewatch pack` made"
        ) from error
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def find_faults(folder: Path) -> list[str]:
    """Return what does not hold of a package: each file missing, changed, not listed, or not allowed."""
    faults = [f"{name} is not allowed" for name in ("fetch.txt",) if (folder / name).exists()]
    faults += [
        f"{path.relative_to(folder)} is no plain file"
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]
    if faults:
        return faults
    listed = {TAGS, *_list_named(folder, TAGS)}
    for manifest in (TAGS, MANIFEST):
        for entry in _read_manifest(folder / manifest):
            faults += _find_file_fault(folder, entry)
    named = set(_list_named(folder, MANIFEST)) | listed
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return faults + [f"{name} is in no manifest" for name in sorted(there - named)]


def unzip(package: Path, folder: Path) -> Path:
    """Unpack a zipped package into a new folder and return the package in it; raises InputError for what a package never holds."""
    try:
        with zipfile.ZipFile(package) as archive:
            members = archive.infolist()
            _check_members(members, package.stat().st_size)
            for member in members:
                if not member.is_dir():
                    _extract(archive, member, folder)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(
            f"{package} cannot be unpacked: {error}", hint="ask for the package again"
        ) from error
    (top,) = {PurePosixPath(member.filename).parts[0] for member in members}
    return folder / top


def zip_bag(folder: Path, target: Path) -> None:
    """Write the package as one zip file, the same bytes for the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            member = zipfile.ZipInfo(name)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as given, archive.open(member, "w", force_zip64=True) as kept:
                while chunk := given.read(CHUNK):
                    kept.write(chunk)


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    if not members or len(members) > MOST_FILES:
        raise InputError(f"the package has {len(members)} files", hint="name one that `linewatch pack` made")
    if sum(member.file_size for member in members) > max(ROOM, packed * MOST_TIMES):
        raise InputError(
            "the package would unpack to far more than it is", hint="it was not made by `linewatch pack`"
        )
    for member in members:
        if not _is_safe(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise InputError(
                f"the package holds {member.filename!r}, which leads out of it",
                hint="do not trust where it came from",
            )
    if len({PurePosixPath(member.filename).parts[0] for member in members}) != 1:
        raise InputError("the package is not one folder", hint="name one that `linewatch pack` made")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    target, left = folder / member.filename, member.file_size
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as given, target.open("xb") as kept:
        while chunk := given.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError(
                    f"{member.filename!r} is larger than it says", hint="do not trust where it came from"
                )
            kept.write(chunk)


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and not {"..", "."} & set(path.parts)
        and not set("\\\0:\r\n") & set(name)
    )


def _hash_payload(folder: Path) -> Iterator[tuple[str, str, int]]:
    for path in sorted((folder / "data").rglob("*")):
        if path.is_file():
            evidence, size = hash_file(path)
            yield evidence.partition(":")[2], path.relative_to(folder).as_posix(), size


def _find_file_fault(folder: Path, entry: Entry) -> list[str]:
    if not _is_safe(entry.name):
        return [f"{entry.name!r} leads out of the package"]
    path = folder / entry.name
    if not path.is_file():
        return [f"{entry.name} is missing"]
    return [] if _digest(path) == entry.digest else [f"{entry.name} has changed"]


def _read_manifest(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the package has no {path.name} that can be read", hint="ask for the package again"
        ) from error
    for line in lines:
        digest, _, name = line.partition("  ")
        yield Entry(digest.lower(), name)


def _list_named(folder: Path, manifest: str) -> Iterator[str]:
    yield from (entry.name for entry in _read_manifest(folder / manifest))


def _format(entries: list[Entry]) -> str:
    return "".join(f"{entry.digest}  {entry.name}\n" for entry in entries)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
