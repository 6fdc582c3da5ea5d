"""The Council's notices as DOCX, with fixed properties and fixed times inside the archive."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from harbour_league_build.dates import print_date
from harbour_league_build.master import Item

_FIXED = (1980, 1, 1, 0, 0, 0)
_WORDS = {
    "en": ("Council of the Harbour League", "By order of the Council"),
    "ar": ("مجلس رابطة المرفأ", "بأمر المجلس"),
}


def build_docx(item: Item) -> bytes:
    """Return a notice as DOCX: number and date, title, paragraphs, subscription."""
    document = docx.Document()
    council, order = _WORDS[item.language]
    _set_properties(document, item)
    document.sections[0].header.paragraphs[0].text = council
    _add(document, f"{item.extras['number']}, {print_date(item.date, item.language)}", item.language)
    document.add_heading(item.title, level=1)
    if item.language == "ar":
        _turn_right_to_left(document.paragraphs[-1])
    for paragraph in item.paragraphs:
        _add(document, paragraph.text, item.language)
    _add(document, order, item.language)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fix_times(buffer.getvalue())


def _add(document: Document, text: str, language: str) -> None:
    paragraph = document.add_paragraph(text)
    if language == "ar":
        _turn_right_to_left(paragraph)


def _turn_right_to_left(paragraph: Paragraph) -> None:
    """Mark the paragraph and its runs as right to left; the letters stay in logical order."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no call for it
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for run in paragraph.runs:
        run.font.rtl = True


def _set_properties(document: Document, item: Item) -> None:
    made = datetime.combine(item.date, time(9))
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = item.title, "", ""
    properties.comments, properties.keywords, properties.revision = "", "", 1
    properties.created = properties.modified = made


def _fix_times(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _FIXED), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
