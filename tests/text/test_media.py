"""The content tells what a file is; its name is asked only where text could be several things."""

from __future__ import annotations

import gzip

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
    "a web archive": (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "x.txt", "application/warc"),
    "a packed web archive": (gzip.compress(b"WARC/1.0\r\n"), "x.gz", "application/warc"),
    "an older web archive": (
        b"filedesc://x.arc 0.0.0.0 20310503100000 text/plain 9\n",
        "x",
        "application/x-ia-arc",
    ),
    "a gzip of something else": (gzip.compress(b"Row on."), "x.warc.gz", "application/x-gzip"),
    "a packaged web archive": (
        b"PK\x03\x04....archive/data.warc.gz....datapackage.json",
        "x.zip",
        "application/wacz",
    ),
    "a book": (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "x.zip", "application/epub+zip"),
    "a feed with a page in it": (
        b"<?xml version='1.0'?><!-- x --><rss><item><![CDATA[<html>",
        "x.html",
        "application/rss+xml",
    ),
    "an Atom feed": (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "x", "application/atom+xml"),
    "an RSS 1.0 feed": (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "x", "application/rdf+xml"),
    "a table of data in RDF": (b"<rdf:RDF xmlns='https://lamp.example/tides'>", "x", "text/plain"),
    "a mail": (
        b"Received: from quay\r\nFrom: Ines <i@lamp.example>\r\nSubject: x\r\n\r\n<html>",
        "x.txt",
        "message/rfc822",
    ),
    "a memo that looks like a mail": (
        b"From: Ines\nDate: 3 May\nSubject: Oars\n\nRow on.",
        "x.txt",
        "text/plain",
    ),
    "a mailbox": (
        b"From i@lamp.example Sat May  3 10:00:00 2031\nSubject: x\n\nRow.",
        "x.txt",
        "application/mbox",
    ),
    "a letter to a mailbox": (b"From the quay we saw in 2031 that\nall is well", "x.txt", "text/plain"),
    "a saved page": (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
        "x.txt",
        "multipart/related",
    ),
    "captions with a comma": (b"0:00:00.378,0:00:11.378\nRow on.\n", "x.sbv", "text/x-sbv"),
    "nothing at all": (b"", "x.txt", "text/plain"),
}


@pytest.mark.parametrize("name", CASES)
def test_media_type(name: str) -> None:
    """Each file is told for what it is."""
    data, file, media_type = CASES[name]
    assert find_media_type(data, file) == media_type
