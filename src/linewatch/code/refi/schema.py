"""The standard's XML: read without entities or network, held against the published schemas, written in UTF-8."""

from __future__ import annotations

from functools import cache
from typing import Literal

from lxml import etree

from linewatch.errors import InputError
from linewatch.resources import find_shipped

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
Schema = Literal["Project", "Codebook"]


@cache
def load_schema(name: Schema) -> etree.XMLSchema:
    """Return a published schema."""
    return etree.XMLSchema(etree.parse(str(find_shipped(f"resources/refi/{name}.xsd"))))


def find_fault(root: etree._Element, name: Schema) -> str | None:
    """Return the first thing in which a tree is not as the schema has it, None where it is valid."""
    try:
        load_schema(name).assertValid(root)
    except etree.DocumentInvalid as error:
        return str(error)
    return None


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of a file's XML; raises InputError where it is none, or brings a document type of its own.

    A document type can name entities, and entities can name files or grow without end: the standard needs none.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name} is not XML: {error}", hint="export it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"{name} has a document type of its own", hint="export it without one")
    return root


def write_xml(root: etree._Element, name: Schema) -> bytes:
    """Return a tree as UTF-8; raises ValueError where it is not as the schema has it: then it is nothing to give away."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    if fault := find_fault(etree.fromstring(data), name):
        raise ValueError(fault)
    return data


def clean_xml(text: str) -> str:
    r"""Return words as XML may hold them: a sign that XML forbids becomes U+FFFD.

    >>> clean_xml("a\x1b\ud800\nb")
    'a��\nb'
    """
    return "".join(one if _is_allowed(ord(one)) else "\N{REPLACEMENT CHARACTER}" for one in text)


def _is_allowed(sign: int) -> bool:
    return sign in {9, 10, 13} or 0x20 <= sign < 0xD800 or 0xE000 <= sign < 0xFFFE or sign >= 0x10000
