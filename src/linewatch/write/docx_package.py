"""The Word file as a package: opened from the parts in `templates/docx`, closed as bytes that say nothing of their maker."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

TEMPLATE = Path(__file__).parent / "templates" / "docx"
FACE = "Amiri"
FACE_KEY = UUID("4C494E45-5741-4443-8841-4D4952490001")
"""Also in `fontTable.xml`: the face is stored exclusive-or'd with it."""
LONGEST_TITLE = 255
"""Characters that Word keeps of a title."""


def open_package(title: str, language: str | None) -> Document:
    """Return an empty document with the report's styles, face and footer."""
    document = docx.Document(io.BytesIO(_zip_template()))
    document.core_properties.title = title[:LONGEST_TITLE]
    if language is not None:
        document.core_properties.language = language
        _set_language(document, language)
    return document


def close_package(document: Document, footnotes: Iterable[etree._Element]) -> bytes:
    """Return the file; the same document gives the same bytes."""
    _add_footnotes(document, footnotes)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as saved:
        return _zip({name: saved.read(name) for name in saved.namelist()})


def obfuscate(face: bytes, key: UUID) -> bytes:
    """Return a font as a Word file embeds it: its first 32 bytes exclusive-or'd with the key (ISO/IEC 29500-1, 17.8.1).

    >>> obfuscate(bytes(32), UUID("00112233-4455-6677-8899-AABBCCDDEEFF")).hex(" ", 4)
    'ffeeddcc bbaa9988 77665544 33221100 ffeeddcc bbaa9988 77665544 33221100'
    """
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(face[:32], mask, strict=True)) + face[32:]


def _set_language(document: Document, language: str) -> None:
    default = document.styles.element.find(".//w:rPrDefault/w:rPr/w:lang", document.styles.element.nsmap)
    default.set(f"{{{document.styles.element.nsmap['w']}}}val", language)


def _add_footnotes(document: Document, footnotes: Iterable[etree._Element]) -> None:
    root = etree.fromstring((TEMPLATE / "word" / "footnotes.xml").read_bytes())
    root.extend(footnotes)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


@cache
def _zip_template() -> bytes:
    import fontpkg

    files = {
        path.relative_to(TEMPLATE).as_posix(): path.read_bytes()
        for path in TEMPLATE.rglob("*")
        if path.is_file()
    }
    face = Path(fontpkg.path(FACE)).read_bytes()
    return _zip({**files, "word/fonts/amiri.odttf": obfuscate(face, FACE_KEY)})


def _zip(files: dict[str, bytes]) -> bytes:
    """Return files as an archive; a ZipInfo of its own keeps out the hour at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
