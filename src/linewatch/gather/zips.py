"""Unpacks ZIP archives: every member checked before and while it is read, links, devices and locked members left inside."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, cast

from linewatch.gather.base import Aside, Child
from linewatch.gather.members import BROKEN, LARGEST, MOST, Bounded, find_name_fault, swells

NAME = "zip.v1"
MEDIA_TYPES = ("application/zip",)


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield the members in the order of the archive's list; what is no file of bytes, or not safe, is an aside."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        yield Aside("the archive", 0, f"no list of members can be read: {error}", problem="broken-container")
        return
    with archive:
        seen: set[str] = set()
        members = [
            one for one in archive.infolist() if not one.filename.endswith("/")
        ]  # is_dir() breaks over an empty name
        for number, member in enumerate(members[:MOST], start=1):
            yield _take(archive, member, f"member {number}", seen)
        if len(members) > MOST:
            reason = f"more than {MOST} members: the rest stays packed"
            yield Aside(f"members from {MOST + 1}", 0, reason, problem="bomb")


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, seen: set[str]) -> Child | Aside:
    if fault := _find_fault(member, seen):
        kind, reason = fault
        return Aside(f"{where}, {_show(member.filename)}", member.file_size, reason, problem=kind)
    seen.add(member.filename)
    try:
        stream = archive.open(member)
    except BROKEN as error:
        reason = f"it could not be opened: {error}"
        return Aside(f"{where}, {_show(member.filename)}", member.file_size, reason, problem="broken-member")
    data = cast("BinaryIO", Bounded(stream, member.compress_size))
    return Child(member.filename, data, where, _tell(member))


def _find_fault(member: zipfile.ZipInfo, seen: set[str]) -> tuple[str, str] | None:
    """Return the kind and words of what speaks against a member, None where nothing does."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if name_fault := find_name_fault(member.filename):
        return "unsafe-path", name_fault
    if kind not in {0, stat.S_IFREG}:
        return "link", "a link" if kind == stat.S_IFLNK else "not a file of bytes (a device or a pipe)"
    if member.flag_bits & 1:
        return "encrypted", "locked with a password"
    if member.file_size > LARGEST or swells(member.file_size, member.compress_size):
        return "bomb", f"it says it swells from {member.compress_size} to {member.file_size} bytes"
    if member.filename in seen:
        return "duplicate-name", "a name that an earlier member has"
    return None


def _tell(member: zipfile.ZipInfo) -> dict[str, str]:
    """Return when the file was last written, by a clock without a zone: not when it was published."""
    try:
        return {"modified": datetime(*member.date_time).isoformat()}  # noqa: DTZ001 - ZIP knows no zone
    except ValueError:
        return {}


def _show(name: str) -> str:
    return name.encode("utf-8", "replace").decode()[:200]
