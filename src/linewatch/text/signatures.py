"""Tells archives of the web, books, feeds and mail from their first bytes. Which reader or unpacker takes them is not known here."""

from __future__ import annotations

import re
import zlib

WARC, ARC, WACZ, EPUB = "application/warc", "application/x-ia-arc", "application/wacz", "application/epub+zip"
MAIL, MAILBOX, MHTML = "message/rfc822", "application/mbox", "multipart/related"
MANY = (
    MAIL,
    MAILBOX,
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/x-cdf+xml",
)
"""Files of records that carry their own dates."""
SUFFIXES = {".sbv": "text/x-sbv", ".eml": MAIL, ".mbox": MAILBOX, ".mht": MHTML, ".mhtml": MHTML}

_HEAD = 4096
_ROOT = re.compile(
    r"(?:\s++|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^\[>]{0,500}(?:\[.*?\]\s{0,9})?>))*+<(?:[\w.-]{1,40}:)?(rss|feed|rdf|channel)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_RSS_1 = re.compile(r"purl\.org/rss/|netscape\.com/rdf/simple/")
_ROOTS = {"rss": "application/rss+xml", "feed": "application/atom+xml", "channel": "application/x-cdf+xml"}
_HEADER = re.compile(r"([A-Za-z][A-Za-z\d-]{0,60}):[ \t]?.{0,2000}(?:\n[ \t].{0,2000}){0,40}\n?")
_SURE = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})
_ENVELOPE = re.compile(r"From \S{1,200}.{0,80}\b\d{4}\b.{0,20}\n(?=[A-Za-z][\w-]{0,60}:)")
_SAVED = re.compile(
    r"^(?:Snapshot-Content-Location:|From:[ \t]?.{0,10}<Saved by )", re.IGNORECASE | re.MULTILINE
)
_RELATED = re.compile(r"^Content-Type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)


def find_packed_type(data: bytes) -> str | None:
    """Return what an archive, packed or not, or a package is; None where it is none of these.

    >>> find_packed_type(b"WARC/1.0 ...")
    'application/warc'
    """
    head = data[:_HEAD]
    if head.startswith(b"\x1f\x8b"):
        return _name_archive(_unpack_head(head))
    if head.startswith(b"PK\x03\x04"):
        return _name_package(data)
    return _name_archive(head)


def _unpack_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _name_archive(head: bytes) -> str | None:
    if re.match(rb"WARC/[01]\.\d", head):
        return WARC
    return ARC if head.startswith(b"filedesc://") else None


def _name_package(data: bytes) -> str | None:
    if b"mimetypeapplication/epub+zip" in data[:200]:
        return EPUB
    if b"datapackage.json" in data and b"archive/" in data and re.search(rb"\.w?arc\b", data):
        return WACZ
    return EPUB if b"META-INF/container.xml" in data and b".opf" in data else None


def find_written_type(text: str) -> str | None:
    """Return which feed, mail, mailbox or saved page a text begins as; None where it is none of these.

    A text that merely begins with `From:` and `Subject:`, as reports do, is no mail: a mail carries what servers write.

    >>> find_written_type("<?xml version='1.0'?><rss version='2.0'>"), find_written_type("Subject: The oar. Date: today.")
    ('application/rss+xml', None)
    """
    start = text.removeprefix("\ufeff").lstrip().replace("\r\n", "\n")
    root = _ROOT.match(start)
    if root is not None:
        name = root[1].lower()
        return _ROOTS.get(name) or ("application/rdf+xml" if _RSS_1.search(start) else None)
    if _ENVELOPE.match(start):
        return MAILBOX
    names, headers = _list_headers(start)
    if not names & _SURE:
        return None
    if _RELATED.search(headers) and _SAVED.search(headers):
        return MHTML
    return MAIL if "from" in names or "received" in names else None


def _list_headers(start: str) -> tuple[set[str], str]:
    """Return the names of the header lines that a text begins with, and these lines."""
    names: set[str] = set()
    at = 0
    while header := _HEADER.match(start, at):
        names.add(header[1].lower())
        at = header.end()
    return names, start[:at]
