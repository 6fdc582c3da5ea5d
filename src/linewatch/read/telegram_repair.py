r"""Mends, on the working copy, the JSON that Telegram Desktop really writes: `\x0B`, broken separators, bare file names.

The bytes as sealed stay as they are. What is mended is counted, so that it can be said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

CHUNK = 1 << 20
LONGEST = 4 << 20
"""Bytes of one piece; one without a closing brace is cut at this length, never inside an escape."""

_HEX = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_SEPARATOR = re.compile(rb"\\u202([89])\x80[\xa8\xa9]")
_BARE = re.compile(
    rb'("document_id"\s{0,8}:\s{0,8})(?!null\b|true\b|false\b)([^\s"\d\[\]{},-][^"\r\n,}]{0,300})'
)


class Piece(NamedTuple):
    """A stretch of the file that ends with a closing brace, or with the file."""

    raw: bytes
    mended: bytes


def cut_pieces(file: BinaryIO, mended: Counter[str]) -> Iterator[Piece]:
    """Yield the file in pieces that each end after a `}`: a record is whole with one of them, never with half."""
    held = b""
    while chunk := file.read(CHUNK):
        *whole, held = (held + chunk).split(b"}")
        for raw in whole:
            yield _mend_piece(raw + b"}", mended)
        while len(held) > LONGEST:
            at = _find_cut(held)
            yield _mend_piece(held[:at], mended)
            held = held[at:]
    if held:
        yield _mend_piece(held, mended)


def _find_cut(held: bytes) -> int:
    """Return where a long piece may be cut: before the last line end, quote or space near its end, else where it ends."""
    near = max(held.rfind(one, LONGEST - 4096, LONGEST) for one in (b"\n", b" "))
    return near if near > 0 else LONGEST


def _mend_piece(raw: bytes, mended: Counter[str]) -> Piece:
    return Piece(raw, mend(raw, mended))


def mend(raw: bytes, mended: Counter[str]) -> bytes:
    r"""Return bytes that a JSON parser accepts where these are Telegram's known faults; counts each by its name.

    >>> mend(rb'"a\x0Bb \\x0B"', Counter())
    b'"a\\u000Bb \\\\x0B"'
    """
    if b"\\x" in raw:
        raw, count = _HEX.subn(rb"\1\\u00\2", raw)
        mended[r"escapes of the form \xNN"] += count
    if b"\\u202" in raw:
        raw, count = _SEPARATOR.subn(rb"\\u202\1", raw)
        mended["line separators followed by stray bytes"] += count
    if b'"document_id"' in raw:
        raw, count = _BARE.subn(_quote, raw)
        mended["file names without quotation marks"] += count
    return _mend_encoding(raw, mended)


def _quote(hit: re.Match[bytes]) -> bytes:
    name = hit[2].rstrip().replace(b"\\", b"\\\\")
    return hit[1] + b'"' + name + b'"'


def _mend_encoding(raw: bytes, mended: Counter[str]) -> bytes:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        mended["bytes that are no UTF-8"] += max(1, text.count("\ufffd"))
        return text.encode("utf-8")
    return raw
