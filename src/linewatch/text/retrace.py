"""Words found again in another reading of the same file, where lines may break and spaces fall elsewhere."""

from __future__ import annotations

import hashlib
import re

from linewatch.text.spans import Place


def get_cut(words: str) -> str:
    """Return the digits that words have as they stand, to the last space: what a span must cut; 16 of their SHA-256."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digest_words(words: str) -> str:
    r"""Return the digits that words have however they are spaced.

    >>> digest_words("the tide\nkeeps") == digest_words("the  tide keeps")
    True
    """
    return get_cut(" ".join(words.split()))


def find_words(text: str, words: str) -> list[Place]:
    r"""Return every place where these words stand, however they are spaced; none for no words.

    >>> find_words("the tide\nkeeps the  tide", "the tide")
    [Place(start=0, end=8), Place(start=15, end=24)]
    """
    parts = words.split()
    spaced = r"\s+".join(map(re.escape, parts))
    return [Place(*found.span()) for found in re.finditer(spaced, text)] if parts else []
