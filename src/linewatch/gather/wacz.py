"""Opens WACZ packages: the manifest verified, the WARC files in it opened, pages given their titles, secrets told."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from linewatch.gather.base import Aside, Child
from linewatch.gather.wacz_manifest import DIGEST, MANIFEST, count_cookies, list_listed, list_pages, load
from linewatch.gather.warc import tell_secrets, unpack_records
from linewatch.workers import open_scratch

NAME = "wacz.v1"
MEDIA_TYPES = ("application/wacz",)

MOST_MEMBERS = 10_000
MOST_MEMBER = 4_000_000_000
MOST_LIST = 100_000_000
"""Bytes of a manifest, a list of pages or an index."""
MOST_RATIO = 250
_SMALL = 1_000_000
_PIECE = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_WARC = (".warc", ".warc.gz", ".arc", ".arc.gz")
_REASONS = (
    ("indexes/", "the index of the archive"),
    ("pages/", "the list of pages"),
    ("logs/", "the log of the capture"),
    ("datapackage", "the manifest"),
)


@dataclass
class _Opened:
    """A package under way."""

    package: zipfile.ZipFile
    digests: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The digest and the size of each member that was read to its end."""
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    secrets: Counter[str] = field(default_factory=Counter)


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield what the archives in a package hold, and every other member with its reason; the manifest is checked at the end."""
    try:
        with zipfile.ZipFile(file) as package:
            opened = _Opened(package)
            yield from _list_members(opened)
    except _BROKEN as error:
        size = file.seek(0, io.SEEK_END)
        yield Aside("the package", size, f"no package that can be opened: {error}", problem="unreadable")


def _list_members(opened: _Opened) -> Iterator[Child | Aside]:
    infos = [info for info in opened.package.infolist() if not info.filename.endswith("/")]
    if len(infos) > MOST_MEMBERS:
        yield Aside("the package", 0, f"{len(infos)} members, more than {MOST_MEMBERS}", problem="bomb")
        return
    safe = []
    for info in infos:
        reason = _refuse(info)
        if reason is None:
            safe.append(info)
        else:
            yield Aside(info.filename[:200], info.file_size, reason[1], problem=reason[0])
    for info in sorted(
        safe, key=lambda info: info.filename.lower().endswith(_WARC)
    ):  # titles before the pages
        yield from _open_member(opened, info)
    yield from _check_manifest(opened, safe)
    if opened.secrets:
        yield tell_secrets(opened.secrets, "the package")


def _refuse(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Return why a member is not opened: the kind of Problem, and the words."""
    if info.filename.startswith("/") or ".." in info.filename.split("/") or "\\" in info.filename:
        return "unsafe-path", "a path that leads out of the package"
    if info.flag_bits & 1:
        return "encrypted", "locked with a password"
    swollen = info.file_size > _SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size)
    if swollen or info.file_size > MOST_MEMBER:
        return "bomb", f"unpacks to {info.file_size} bytes from {info.compress_size}"
    return None


def _open_member(opened: _Opened, info: zipfile.ZipInfo) -> Iterator[Child | Aside]:
    """Yield what is in an archive of the package, or what another member is."""
    name = info.filename
    with open_scratch() as copy:
        try:
            opened.digests[name] = _copy(opened.package, info, copy)
        except _BROKEN as error:
            yield Aside(
                name, info.file_size, f"could not be unpacked: {error}"[:300], problem="broken-member"
            )
            return
        copy.seek(0)
        if name.lower().endswith(_WARC):
            yield from unpack_records(copy, opened.titles, f"{name}, ")
            return
        yield from _read_list(opened, name, copy)
    reason = next(
        (reason for start, reason in _REASONS if name.startswith(start)), "a member of no known use"
    )
    yield Aside(name, info.file_size, reason)


def _copy(package: zipfile.ZipFile, info: zipfile.ZipInfo, copy: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with package.open(info) as member:
        while piece := member.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
            size += len(piece)
    return f"sha256:{digest.hexdigest()}", size


def _read_list(opened: _Opened, name: str, copy: BinaryIO) -> Iterator[Aside]:
    """Keep what a list of pages or an index says."""
    if name.startswith("pages/"):
        for page in list_pages(copy.read(MOST_LIST)):
            if page.address.lower().startswith("file:"):
                yield Aside(name, 0, f"an attachment of the archive, no page: {page.address[:200]}")
            elif page.title:
                opened.titles[page.address, page.at] = page.title
                opened.titles.setdefault((page.address, ""), page.title)
    elif name.startswith("indexes/"):
        count = count_cookies(_open_index(name, copy))
        opened.secrets.update({"Cookie in the index": count} if count else {})


def _open_index(name: str, copy: BinaryIO) -> bytes:
    if not name.endswith(".gz"):
        return copy.read(MOST_LIST)
    try:
        with gzip.GzipFile(fileobj=copy) as packed:
            return packed.read(MOST_LIST)
    except (OSError, EOFError, zlib.error):
        return b""


def _check_manifest(opened: _Opened, infos: Sequence[zipfile.ZipInfo]) -> Iterator[Aside]:
    """Yield what does not agree with the manifest, and the manifest with its own digest."""
    names = {info.filename for info in infos}
    listed = list_listed(_read_small(opened, MANIFEST)) if MANIFEST in names else None
    if listed is None:
        yield Aside(
            MANIFEST,
            0,
            "the package has no manifest that can be read: nothing in it is verified",
            problem="manifest",
        )
        return
    for one in listed:
        found = opened.digests.get(one.path)
        if found is None:
            yield Aside(
                MANIFEST, 0, f"names {one.path[:200]}, which is not in the package", problem="manifest"
            )
        elif one.digest and not one.digest.startswith("sha256:"):
            yield Aside(
                one.path,
                0,
                f"its digest is of a kind that is not checked: {one.digest[:12]}",
                problem="manifest",
            )
        elif (one.digest and one.digest.lower() != found[0]) or (
            one.size is not None and one.size != found[1]
        ):
            yield Aside(
                one.path, 0, "is not what the manifest says: digest or size differ", problem="digest-failed"
            )
    for name in sorted(names - {one.path for one in listed} - {MANIFEST, DIGEST}):
        yield Aside(name, 0, "is not in the manifest: nothing says what it should be", problem="manifest")
    if DIGEST in names:
        yield from _check_digest(opened)


def _check_digest(opened: _Opened) -> Iterator[Aside]:
    said = load(_read_small(opened, DIGEST))
    given = str(said.get("hash") or "") if isinstance(said, dict) else ""
    labelled = given if ":" in given else f"sha256:{given}"
    if labelled.lower() != opened.digests.get(MANIFEST, ("", 0))[0]:
        yield Aside(DIGEST, 0, "the manifest is not what its digest says", problem="digest-failed")
    if isinstance(said, dict) and said.get("signedData"):
        yield Aside(DIGEST, 0, "the package is signed; the signature is kept and not checked here")


def _read_small(opened: _Opened, name: str) -> bytes:
    try:
        with opened.package.open(name) as member:
            return member.read(MOST_LIST)
    except (*_BROKEN, KeyError):
        return b""
