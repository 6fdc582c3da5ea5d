"""How bytes become text: the encoding that a mark or the bytes themselves tell, and a fault wherever it is a guess."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that are quotation marks, dashes and letters in both, but Arabic letters in the second.
_OLD_ENCODINGS = ("cp1252", "cp1256")
_ARABIC_WORD = re.compile(r"[\u0621-\u0652\u067e-\u06af]{2,}")
_BEYOND = re.compile(r"(?![\x00-\x7f])[^\W\d_]")
_ARABIC_ENOUGH = 0.5
_PAGES = frozenset({0x00, 0x06, 0x20})
"""The upper bytes of Latin, Arabic and typographic letters in UTF-16."""
_HEAD = 4096
_MOST, _FEW, _LEAST = 0.9, 0.1, 0.3


class Decoded(NamedTuple):
    """Text, how it was decoded, and what was wrong with it (None where nothing was)."""

    text: str
    encoding: str
    fault: str | None = None

    def measure(self, words: str) -> int:
        """Return how many bytes words take in the file."""
        return len(words.encode(self.encoding, "replace"))


def decode(data: bytes) -> Decoded:
    """Return the text in `data`: UTF-8 and the marked Unicode encodings first, else the likeliest, said as a fault.

    >>> decode("naïve".encode()).encoding
    'utf-8'
    >>> decode("Row on.".encode("utf-16-le")).fault
    'no byte order mark: read as utf-16-le'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding, _find_loss(data, encoding))
    wide = find_wide(data)
    if wide is not None:
        return Decoded(data.decode(wide, "replace"), wide, f"no byte order mark: read as {wide}")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_old(data, error)


def find_wide(data: bytes) -> str | None:
    """Return which UTF-16 bytes without a mark are: every other byte names one of few alphabets, the rest do not."""
    head = data[: _HEAD // 2 * 2]
    if len(head) < 4 or len(data) % 2:
        return None
    sides = head[1::2], head[0::2]
    upper = [sum(byte in _PAGES for byte in side) / len(side) for side in sides]
    nulls = [side.count(0) / len(side) for side in sides]
    arabic = [side.count(6) / len(side) for side in sides]
    for side, name in enumerate(("utf-16-le", "utf-16-be")):
        other = 1 - side
        if (
            upper[side] > _MOST
            and nulls[other] < _FEW
            and nulls[side] + arabic[side] > _LEAST + arabic[other]
        ):
            return name
    return None


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
    likelier = (arabic, "cp1256") if _has_arabic_words(arabic) else (western, "cp1252")
    return Decoded(*likelier, f"{fault}; read as {likelier[1]}")


def _has_arabic_words(text: str) -> bool:
    """Tell whether most letters beyond ASCII stand together as Arabic words; accented letters mostly stand alone."""
    together = sum(len(word) for word in _ARABIC_WORD.findall(text))
    return together > _ARABIC_ENOUGH * len(_BEYOND.findall(text))
