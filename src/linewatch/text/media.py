"""What kind of file some bytes are: told from the content first, from the name second."""

from __future__ import annotations

import re
from pathlib import PurePath

import puremagic

from linewatch.text import signatures
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
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    **signatures.SUFFIXES,
}
TELEGRAM_JSON, TELEGRAM_HTML = "application/vnd.telegram.export+json", "application/vnd.telegram.export+html"
MANY = frozenset({TELEGRAM_JSON, TELEGRAM_HTML, "text/csv", "application/x-ndjson", *signatures.MANY})
"""Files of many records, each with its own date."""
_CHAT = re.compile(
    r'"type"\s*:\s*"(?:(?:personal|bot)_chat|saved_messages|replies|verification_codes|(?:private|public)_(?:super)?group'
    r'|(?:private|public)_(?:supergroup|channel))"'
)
_ACCOUNT = re.compile(r'"(?:personal_information|frequent_contacts|web_sessions|left_chats)"\s*:\s*[{\[]')
_TELEGRAM_PAGE = re.compile(r'<div class="page_wrap[^>]{0,200}>\s*<div class="page_header')
_HTML = re.compile(r"<(!doctype html|html|head|body)\b", re.IGNORECASE)
_CUE = re.compile(r"^\d{1,3}:\d\d:\d\d[,.]\d{3} --> ", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_PACKED = (
    (b"\x1f\x8b", (".tar.gz", ".tgz"), "application/x-compressed-tar"),
    (b"BZh", (".tar.bz2", ".tbz2"), "application/x-bzip-compressed-tar"),
    (b"\xfd7zXZ", (".tar.xz", ".txz"), "application/x-xz-compressed-tar"),
)
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
    packed = signatures.find_packed_type(data)
    if packed is not None:
        return packed
    if head.startswith(b"PK\x03\x04"):
        return _name_zip(data)
    text = decode(head).text
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if not is_text(text):
        return _name_packed(head, name) or _name_binary(head)
    return _name_text(text, _SUFFIXES.get(PurePath(name).suffix.lower(), "text/plain"))


def is_text(text: str) -> bool:
    """Tell whether decoded bytes can be text: few of the letters are control characters."""
    return len(_CONTROL.findall(text)) * 20 <= len(text)


def _name_packed(head: bytes, name: str) -> str | None:
    """Return the type of a compressed archive: that one lies inside only its name says before it is opened."""
    low = name.lower()
    return next(
        (kind for magic, ends, kind in _PACKED if head.startswith(magic) and low.endswith(ends)), None
    )


def find_dimensions(head: bytes) -> str | None:
    """Return the width and height that the header of a PNG or GIF gives; nothing of the picture is opened.

    >>> find_dimensions(b"GIF89a" + bytes([64, 0, 32, 0]))
    '64x32'
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        return f"{int.from_bytes(head[16:20], 'big')}x{int.from_bytes(head[20:24], 'big')}"
    if head[:6] in {b"GIF87a", b"GIF89a"} and len(head) >= 10:
        return f"{int.from_bytes(head[6:8], 'little')}x{int.from_bytes(head[8:10], 'little')}"
    return None


def is_media(media_type: str) -> bool:
    """Tell whether a file is a picture, sound or film: sealed, never opened."""
    return media_type.partition("/")[0] in {"image", "audio", "video"}


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
    written = signatures.find_written_type(text)
    if written is not None:
        return written
    if _HTML.search(start[:1024]):
        return TELEGRAM_HTML if _TELEGRAM_PAGE.search(text) else "text/html"
    if start.startswith("{") and (_ACCOUNT.search(text) or (_CHAT.search(text) and '"messages"' in text)):
        return TELEGRAM_JSON
    if by_name == "text/plain" and _CUE.search(text):
        return "application/x-subrip"
    return by_name
