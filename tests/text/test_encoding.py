"""Encodings: what a mark or the bytes tell is used silently, what is guessed is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.encoding import decode

ENGLISH, FRENCH, ARABIC = "Row on at dawn.", "Où sont passés les naïfs ?", "قال الملاح في الفصل: نعم، ثم صمت."
CASES = {
    "UTF-8": (FRENCH, "utf-8", "utf-8", False),
    "UTF-8 with a mark": (ARABIC, "utf-8-sig", "utf-8", False),
    "UTF-16 with a mark": (ARABIC, "utf-16", "utf-16-le", False),
    "UTF-32 with a mark": (ARABIC, "utf-32", "utf-32-le", False),
    "UTF-16 without a mark": (ENGLISH, "utf-16-be", "utf-16-be", True),
    "Arabic UTF-16 without a mark": (ARABIC, "utf-16-le", "utf-16-le", True),
    "Windows-1256": (ARABIC, "cp1256", "cp1256", True),
    "Windows-1256 in an English text": (f"{ENGLISH * 9} {ARABIC}", "cp1256", "cp1256", True),
    "Latin-1": (FRENCH, "latin-1", "cp1252", True),
    "Windows-1252": ("“Row on” – naïve", "cp1252", "cp1252", True),
}


@pytest.mark.parametrize("name", CASES)
def test_encoding(name: str) -> None:
    """Each encoding is told, and a guess is a fault."""
    text, encoding, told, guessed = CASES[name]
    decoded = decode(text.encode(encoding))
    assert (decoded.text.removeprefix("\ufeff"), decoded.encoding) == (text, told)
    assert (decoded.fault is not None) == guessed


def test_few_bad_bytes() -> None:
    """A UTF-8 text with a torn letter stays UTF-8; the loss is told."""
    decoded = decode(ARABIC.encode() + b"\xd9")
    assert decoded.text == f"{ARABIC}\ufffd"
    assert decoded.fault is not None
    assert "1 byte" in decoded.fault


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_back(text: str) -> None:
    """Every text in UTF-8 is read as it was written."""
    assert decode(text.encode()).text == text


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    """No bytes raise, and no half of a letter comes out."""
    assert decode(data).text.encode() is not None
