"""What kind of file some bytes are: told from the content first, from the name second."""

from __future__ import annotations

import re
from pathlib import PurePath

import puremagic

from linewatch.text.encoding import decode

_SUFFIXES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".csv": "text/csv",
}
_HTML = re.compile(r"<(!doctype html|html|head|body)\b", re.IGNORECASE)
_CUE = re.compile(r"^\d{1,3}:\d\d:\d\d[,.]\d{3} --> ", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_HEAD, _PDF_HEAD = 4096, 1024
_UNKNOWN = "application/octet-stream"


def find_media_type(data: bytes, name: str) -> str:
    """Return the media type of a file.

    >>> find_media_type(b"%PDF-1.7 ...", "lamp.txt")
    'application/pdf'
    >>> find_media_type(b"They set the pledge aside.", "notes")
    'text/plain'
    """
    head = data[:_HEAD]
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _name_zip(data)
    text = decode(head).text
    if not is_text(text):
        return _name_binary(head)
    return _name_text(text, _SUFFIXES.get(PurePath(name).suffix.lower(), "text/plain"))


def is_text(text: str) -> bool:
    """Tell whether decoded bytes can be text: few of the letters are control characters."""
    return len(_CONTROL.findall(text)) * 20 <= len(text)


def _name_zip(data: bytes) -> str:
    if b"word/document" in data:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "application/zip"


def _name_binary(head: bytes) -> str:
    """Return what the signatures of common formats say: sealed pictures, sound and films are at least named."""
    if b"%PDF-" in head[:_PDF_HEAD]:
        return "application/pdf"  # ISO 32000-1, annex H: readers accept a header within the first kilobyte
    try:
        named = [match.mime_type for match in puremagic.magic_string(head) if match.mime_type]
    except puremagic.PureError:
        return _UNKNOWN
    return named[0] if named else _UNKNOWN


def _name_text(text: str, by_name: str) -> str:
    start = text.removeprefix("\ufeff").lstrip()
    if start.startswith("WEBVTT"):
        return "text/vtt"
    if _HTML.search(start[:1024]):
        return "text/html"
    if by_name == "text/plain" and _CUE.search(text):
        return "application/x-subrip"
    return by_name
