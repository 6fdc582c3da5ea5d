"""What kind of file some bytes are: told from the content first, from the name second."""

from __future__ import annotations

import re
from pathlib import PurePath

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
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1f\x8b", "application/gzip"),
)
_HTML = re.compile(rb"<(!doctype html|html|head|body)\b", re.IGNORECASE)
_CUE = re.compile(rb"^\d{1,2}:\d\d:\d\d[,.]\d{3} --> ", re.MULTILINE)
_HEAD = 4096
_UNKNOWN = "application/octet-stream"


def find_media_type(data: bytes, name: str) -> str:
    """Return the media type of a file.

    >>> find_media_type(b"%PDF-1.7 ...", "lamp.txt")
    'application/pdf'
    >>> find_media_type(b"They set the pledge aside.", "notes")
    'text/plain'
    """
    head = data[:_HEAD]
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _name_zip(data)
    if not is_text(head):
        return _UNKNOWN
    return _name_text(head, _SUFFIXES.get(PurePath(name).suffix.lower(), "text/plain"))


def is_text(head: bytes) -> bool:
    """Tell whether bytes can be text: UTF-16 has a mark, everything else has few control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls * 20 <= len(head)


def _name_zip(data: bytes) -> str:
    if b"word/document.xml" in data:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return "application/zip"


def _name_text(head: bytes, by_name: str) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"WEBVTT"):
        return "text/vtt"
    if _HTML.search(start[:1024]):
        return "text/html"
    if by_name == "text/plain" and _CUE.search(head):
        return "application/x-subrip"
    return by_name
