"""The content tells what a file is; its name is asked only where text could be several things."""

from __future__ import annotations

import pytest

from linewatch.text.media import find_media_type

CASES = {
    "a PDF called .txt": (b"%PDF-1.7\n", "lamp.txt", "application/pdf"),
    "HTML called .txt": (b"<!DOCTYPE html><html><body>", "lamp.txt", "text/html"),
    "captions called .txt": (
        b"1\n00:00:01,000 --> 00:00:02,000\nRow on.\n",
        "film.txt",
        "application/x-subrip",
    ),
    "WebVTT behind a byte order mark": (b"\xef\xbb\xbfWEBVTT\n", "film", "text/vtt"),
    "Markdown by its name": (b"# Notice\n", "notice.md", "text/markdown"),
    "plain text without a name that tells": (b"They set it aside.", "notice", "text/plain"),
    "a zip of something else": (b"PK\x03\x04rest", "x.docx", "application/zip"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "x.txt", "image/png"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64), "x", "video/mp4"),
    "sound": (b"ID3\x04\0\0\0\0\0\x23" + bytes(64), "x.txt", "audio/mpeg"),
    "bytes that are no text": (bytes(range(32)) * 4, "x.txt", "application/octet-stream"),
    "a PDF behind other bytes": (b"\x00\x01\x02" * 9 + b"%PDF-1.7\n", "lamp", "application/pdf"),
    "a text about PDF": (b"A file begins with %PDF-1.7 here.", "notes", "text/plain"),
    "a Word file called .zip": (
        b"PK\x03\x04....word/document.xml",
        "notice.zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a page in UTF-16": ("<!DOCTYPE html><html>".encode("utf-16"), "lamp.txt", "text/html"),
    "captions in UTF-16": (
        "1\n00:00:01,000 --> 00:00:02,000\nعاد".encode("utf-16"),
        "film",
        "application/x-subrip",
    ),
    "UTF-16 without a mark": ("عاد القارب إلى الميناء".encode("utf-16-le"), "x", "text/plain"),
    "UTF-16 is text": ("قال".encode("utf-16"), "x.txt", "text/plain"),
    "nothing at all": (b"", "x.txt", "text/plain"),
}


@pytest.mark.parametrize("name", CASES)
def test_media_type(name: str) -> None:
    """Each file is told for what it is."""
    data, file, media_type = CASES[name]
    assert find_media_type(data, file) == media_type
