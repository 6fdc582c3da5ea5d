"""What an EPUB says of itself: where its parts are, in which order they are read, what is locked. Reads no chapter."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from linewatch.read.package import BrokenPackageError, parse_xml
from linewatch.read.parts import to_words

CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"
RIGHTS = {
    "META-INF/rights.xml": "Adobe's rights management",
    "META-INF/sinf.xml": "Apple's rights management",
    "META-INF/license.lcpl": "Readium LCP",
}
_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ways to scramble a font, which lock no words."""
_FIELDS = {
    "title": "title",
    "creator": "author",
    "language": "language",
    "publisher": "publisher",
    "date": "date",
}


class Chapter(NamedTuple):
    """A part in reading order."""

    path: str
    is_contents: bool
    """The table of contents, which repeats the headings."""
    is_linear: bool


class Book(NamedTuple):
    """What the package document says."""

    chapters: tuple[Chapter, ...]
    metadata: dict[str, str]


def find_package_path(container: bytes) -> str | None:
    """Return where the package document is; raises what `parse_xml` raises."""
    root = parse_xml(container)
    paths = (node.get("full-path") for node in _find(root, "rootfile"))
    return next((path for path in paths if path), None)


def read_package(data: bytes, path: str) -> Book:
    """Return the reading order and what the book says of itself; raises what `parse_xml` raises."""
    root = parse_xml(data)
    folder = posixpath.dirname(path)
    items = {node.get("id"): node for node in _find(root, "item")}
    chapters = [
        _make_chapter(items[node.get("idref")], node, folder)
        for node in _find(root, "itemref")
        if node.get("idref") in items
    ]
    said: dict[str, str] = {}
    for node in root.iter():
        name = _FIELDS.get(_name(node)) if _is_dublin_core(node) else None
        words = " ".join(to_words("".join(map(str, node.itertext()))).split()) if name else ""
        if name and words:
            said.setdefault(name, words[:500])
    return Book(tuple(chapters), said)


def _make_chapter(item: etree._Element, itemref: etree._Element, folder: str) -> Chapter:
    path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "").partition("#")[0]))
    properties = (item.get("properties") or "").split()
    return Chapter(path, "nav" in properties, itemref.get("linear") != "no")


def list_locked(data: bytes) -> Iterator[str]:
    """Yield the paths of the parts that are locked; scrambled fonts are not counted. Raises what `parse_xml` raises."""
    for node in _find(parse_xml(data), "EncryptedData"):
        methods = {method.get("Algorithm") for method in _find(node, "EncryptionMethod")}
        if not methods & _FONTS:
            yield from (unquote(one.get("URI") or "") for one in _find(node, "CipherReference"))


def find_rights(parts: Mapping[str, bytes]) -> str | None:
    """Return whose rights management a package carries."""
    return next((name for path, name in RIGHTS.items() if path in parts), None)


def explain(error: Exception) -> str:
    """Return why a part could not be parsed, in words that name the part's own rule and not DOCX's."""
    return (
        "declares a document type"
        if isinstance(error, BrokenPackageError) and "document type" in str(error)
        else str(error)
    )


def _find(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (node for node in root.iter() if _name(node) == name)


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _is_dublin_core(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and (etree.QName(node).namespace or "").startswith("http://purl.org/dc/")
