"""Reads plain text and Markdown: bytes to text, newlines kept, offsets in code points of that text."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from linewatch.model import Document, Portion, Problem, get_id
from linewatch.read.structure import find_blocks
from linewatch.text.scripts import get_arabic_share

NAME = "plain.v1"
MEDIA_TYPES = ("text/plain", "text/markdown")

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that are quotation marks, dashes and letters in both, but Arabic letters in the second.
_OLD_ENCODINGS = ("cp1252", "cp1256")


class Decoded(NamedTuple):
    """Text, how it was decoded, and what was wrong with it (None where nothing was)."""

    text: str
    encoding: str
    fault: str | None = None


def decode(data: bytes) -> Decoded:
    """Return the text in `data`: UTF-8 and the marked Unicode encodings first, else the likelier old one, said as a fault.

    >>> decode("naïve".encode()).encoding
    'utf-8'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding, _find_loss(data, encoding))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_old(data, error)


def _find_loss(data: bytes, encoding: str) -> str | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return f"not {encoding} throughout: {error.reason} at byte {error.start}"
    return None


def _decode_old(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """Return text that is not UTF-8 as UTF-8 with a few bad bytes, or in the old encoding that gives the likelier letters."""
    fault = f"not UTF-8: {error.reason} at byte {error.start}"
    patched = data.decode("utf-8", "replace")
    lost = patched.count("\ufffd")
    kept = sum(1 for point in patched if ord(point) > 127 and point != "\ufffd")
    if kept > lost:
        return Decoded(patched, "utf-8", f"{fault}; {lost} bytes could not be read")
    western, arabic = (data.decode(name, "replace") for name in _OLD_ENCODINGS)
    likelier = (arabic, "cp1256") if get_arabic_share(arabic) > 0.3 else (western, "cp1252")
    return Decoded(*likelier, f"{fault}; read as {likelier[1]}")


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document in `data`; its one portion is the whole file."""
    decoded = decode(data)
    return Document(
        id=get_id("document", evidence, NAME),
        evidence=evidence,
        reader=NAME,
        text=decoded.text,
        blocks=find_blocks(decoded.text),
        encoding=decoded.encoding,
        portions=(Portion(where=f"bytes 0-{len(data)}", size=len(data), unit="bytes", outcome="read"),),
        problems=tuple(_list_problems(decoded, evidence)),
    )


def _list_problems(decoded: Decoded, evidence: str) -> list[Problem]:
    out: list[Problem] = []
    if decoded.fault:
        out.append(_make_problem("unknown-encoding", decoded.fault, evidence))
    if not decoded.text.strip("\ufeff \t\r\n\x0b\x0c"):
        out.append(_make_problem("empty", "the file holds no words", evidence))
    if "\x00" in decoded.text:
        out.append(_make_problem("control-characters", "the text holds NUL characters", evidence))
    return out


def _make_problem(kind: str, message: str, evidence: str) -> Problem:
    return Problem(
        id=get_id("problem", "read", evidence, kind),
        stage="read",
        kind=kind,
        message=message,
        evidence=evidence,
    )
