"""Books: chapters in the order of reading with their headings; what is locked, missing or made to hurt is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from damage import list_cut, make_damaged
from linewatch.model import Document
from linewatch.read.epub import read

CONTAINER = b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>The Oar</dc:title><dc:creator>Ines Harrow</dc:creator><dc:language>en</dc:language><dc:date>2031</dc:date></metadata>
<manifest><item id="a" href="text/one.xhtml"/><item id="b" href="text/two%20b.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/>
<item id="m" href="text/gone.xhtml"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/>{more}</spine></package>"""
PAGE = "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{}</body></html>"
PARTS: dict[str, bytes] = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF.format(more="").encode(),
    "OEBPS/nav.xhtml": PAGE.format(
        "<nav><ol><li><a href='text/one.xhtml'>Bread</a></li></ol></nav>"
    ).encode(),
    "OEBPS/text/two b.xhtml": PAGE.format("<h1>The Oar</h1><p>Row on, all of you.</p>").encode(),
    "OEBPS/text/one.xhtml": PAGE.format("<h1>Bread<a id='x'/></h1><p>عاد القارب إلى الميناء</p>").encode(),
    "OEBPS/oar.png": b"\x89PNG",
}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def list_kinds(document: Document) -> list[str]:
    """Return the kinds of a document's problems."""
    return [one.kind for one in document.problems]


WHOLE = pack(PARTS)


def test_order_of_reading() -> None:
    """Chapters follow one another as the spine has them; the book's title and each chapter's heading are named."""
    document = read(WHOLE, evidence="sha256:0")
    assert [(one.kind, document.text[one.start : one.end]) for one in document.blocks] == [
        ("title", "The Oar"),
        ("paragraph", "Row on, all of you."),
        ("heading", "Bread"),
        ("paragraph", "عاد القارب إلى الميناء"),
    ]
    assert document.metadata == {
        "title": "The Oar",
        "author": "Ines Harrow",
        "language": "en",
        "date": "2031",
    }
    assert not document.problems


def test_every_part_is_accounted_for() -> None:
    """Each part of the package is read, set aside or not understood, once."""
    document = read(WHOLE, evidence="sha256:0")
    assert sorted(one.where for one in document.portions if one.unit == "parts") == sorted(PARTS)
    assert {one.where for one in document.portions if one.outcome == "read"} == {
        "OEBPS/text/one.xhtml",
        "OEBPS/text/two b.xhtml",
    }


LOCK = """<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="{}"/>
<e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData></encryption>"""
AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
FAULTS: dict[str, tuple[Mapping[str, bytes], list[str]]] = {
    "locked chapters": ({"META-INF/encryption.xml": LOCK.format(AES, "OEBPS/text/one.xhtml").encode(), "META-INF/rights.xml": b"<r/>"}, ["encrypted"]),
    "scrambled fonts only": ({"META-INF/encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding", "OEBPS/f.otf").encode()}, []),
    "a missing chapter": ({"OEBPS/book.opf": OPF.format(more="<itemref idref='m'/>").encode()}, ["missing-part"]),
    "no container": ({"META-INF/container.xml": b""}, ["unreadable", "empty"]),
    "entities": ({"OEBPS/book.opf": b"<!DOCTYPE p [<!ENTITY a 'row'>]><package>&a;</package>"}, ["unreadable", "empty"]),
    "a path out of it": ({"../oar": b"x"}, ["unreadable-part"]),
    "nested without end": ({"OEBPS/text/one.xhtml": b"<div>" * 20_000}, ["unreadable"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told(name: str) -> None:
    """Each way a book can be wrong is named."""
    changed, kinds = FAULTS[name]
    assert list_kinds(read(pack({**PARTS, **changed}), evidence="sha256:0")) == kinds


def test_who_locked_it_is_named() -> None:
    """A locked book says whose rights management it is under, and its other chapters are read."""
    document = read(pack({**PARTS, **FAULTS["locked chapters"][0]}), evidence="sha256:0")
    assert "1 parts are locked by Adobe's rights management" in document.problems[0].message
    assert document.text == "The Oar\n\nRow on, all of you."


def test_bomb_is_refused() -> None:
    """A part that swells keeps the book closed."""
    assert list_kinds(read(pack({**PARTS, "OEBPS/x": bytes(20_000_000)}), evidence="sha256:0")) == [
        "unreadable"
    ]


def test_cut_short() -> None:
    """A book cut short anywhere is told as unreadable."""
    for place, cut in enumerate(list_cut(WHOLE)):
        if place % 5 == 0:
            assert list_kinds(read(cut, evidence="sha256:0"))


@settings(max_examples=60, deadline=None)
@given(data=make_damaged(WHOLE))
def test_damaged_book(data: bytes) -> None:
    """A damaged book gives what can be read, and nothing raises."""
    document = read(data, evidence="sha256:0")
    assert document.portions


@settings(max_examples=60, deadline=None)
@given(opf=make_damaged(PARTS["OEBPS/book.opf"]))
def test_damaged_package_document(opf: bytes) -> None:
    """A book whose own description is damaged gives what can be read."""
    assert read(pack({**PARTS, "OEBPS/book.opf": opf}), evidence="sha256:0").portions
