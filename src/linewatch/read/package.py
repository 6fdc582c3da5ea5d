"""Opens a zip package (DOCX) with care: no bomb, no path out of it, no entity, no outside part."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NamedTuple

from lxml import etree

MOST_PARTS = 4_000
MOST_BYTES = 200_000_000
MOST_RATIO = 250
"""How often its packed size a part may be; Word's own parts stay below 60."""
MOST_DEPTH = 150
_SMALL = 1_000_000


class Package(NamedTuple):
    """The parts of a package, by name, and those refused with the reason."""

    parts: dict[str, bytes]
    refused: dict[str, str]


class BrokenPackageError(ValueError):
    """The bytes are no zip package, or one that it would not be safe to unpack."""


def open_package(data: bytes) -> Package:
    """Return the parts of the package; raises BrokenPackageError for a bomb and for what is no zip at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [
                info for info in archive.infolist() if not info.filename.endswith("/")
            ]  # is_dir() breaks over an empty name
            _check_sizes(infos)
            return _read_parts(archive, infos)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BrokenPackageError(str(error)) from error


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML part: entities are not resolved, nothing is loaded, great depth is refused.

    Raises lxml.etree.XMLSyntaxError where it is no XML, and BrokenPackageError where it declares a document type
    (and with it, entities) or is nested without end.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenPackageError("declares a document type, which no DOCX does")
    _check_depth(root)
    return root


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise BrokenPackageError(f"nested deeper than {MOST_DEPTH} elements")


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise BrokenPackageError(f"{len(infos)} parts, more than {MOST_PARTS}")
    whole = sum(info.file_size for info in infos)
    if whole > MOST_BYTES:
        raise BrokenPackageError(f"unpacks to {whole} bytes, more than {MOST_BYTES}")
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise BrokenPackageError(
                f"{info.filename} unpacks to {info.file_size} bytes from {info.compress_size}"
            )


def _read_parts(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Package:
    parts: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for at, info in enumerate(infos):
        name = info.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            refused[f"{name} ({at})"] = "a path that leads out of the package"
        elif name in parts:
            refused[f"{name} ({at})"] = "a second part of the same name"
        else:
            try:
                parts[name] = archive.read(info)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
                refused[name] = f"could not be unpacked: {error}"
    return Package(parts, refused)
