"""What a passage should warn of before it is read, by the words of `resources/warnings.yml`. A warning hides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from linewatch.model import get_id
from linewatch.resources import load_table
from linewatch.text.folding import fold

_BEFORE_ARABIC = "(?:[وف]?(?:ال|[بكل]ال|لل|[بكل])?)"
"""What Arabic writes onto a word: and, so, the, with, like, to."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def find_warning(words: str) -> str | None:
    """Return the labels that a passage's words call for, None where none does.

    >>> find_warning("He told the child that two rowers were killed.")
    'describes killing; concerns children'
    >>> find_warning("A skilful crew.") is None
    True
    """
    folded = fold(words)
    return "; ".join(label for label, pattern in _compile() if pattern.search(folded)) or None


def name_table() -> str:
    """Return digits that change with the table, so that passages proposed by an older one can be told."""
    return get_id(load_table("warnings"))


@cache
def _compile() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((label, _make_pattern(words)) for label, words in load_table("warnings").items())


def _make_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words; `*` stands for any ending."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_make_word, words))})(?!\w)")


def _make_word(word: str) -> str:
    before = _BEFORE_ARABIC if _ARABIC.match(word) else ""
    return before + re.escape(fold(word)).replace(r"\*", r"\w*")
