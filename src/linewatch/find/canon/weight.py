"""What an omission may hold that turns the sense: a negation, an exception, a condition."""

from __future__ import annotations

import re
from functools import cache

from linewatch.find.canon.words import WORD, fold_word
from linewatch.resources import load_table


def list_weights(text: str) -> tuple[str, ...]:
    """Return which of negation, exception and condition stand in words that were left out.

    >>> list_weights("unless they repent"), list_weights("and the sea")
    (('exception', 'condition'), ())
    """
    plain = " ".join(text.casefold().split())
    words = [hit[1] for hit in WORD.finditer(text)]
    return tuple(
        kind
        for kind, table in _get_tables().items()
        if kind not in {"parting", "following"} and table.holds(plain, words)
    )


def ends_in_negation(text: str) -> bool:
    """Tell whether words that were left out end in a negation, so that what follows says the contrary without them.

    >>> ends_in_negation("There is no"), ends_in_negation("And no member")
    (True, False)
    """
    words = [hit[1] for hit in WORD.finditer(text)]
    table = _get_tables()["parting"]
    return bool(words) and table.holds(words[-1].casefold(), words[-1:])


def begins_with_negation(text: str) -> bool:
    """Tell whether words that were left out begin with a negation of what stands before it, as English may: "what they know not".

    >>> begins_with_negation("not, and row on"), begins_with_negation("but not at night")
    (True, False)
    """
    words = [hit[1] for hit in WORD.finditer(text)]
    return bool(words) and _get_tables()["following"].holds(words[0].casefold(), words[:1])


class _Table:
    def __init__(self, rows: dict[str, list[str]]) -> None:
        phrases = "|".join(re.escape(str(one)) for one in rows.get("english", ()))
        self._english = re.compile(
            rf"\b(?:{phrases})\b|n['’]t\b" if rows.get("contracted") else rf"\b(?:{phrases})\b"
        )
        self._letters = frozenset(fold_word(str(one)) for one in rows.get("arabic", ()))
        self._marked = re.compile("|".join(str(one) for one in rows.get("arabic_marked", ())) or r"(?!)")

    def holds(self, plain: str, words: list[str]) -> bool:
        return self._english.search(plain) is not None or any(self._is_one(word) for word in words)

    def _is_one(self, word: str) -> bool:
        letters = fold_word(word)
        bare = letters[1:] if len(letters) > 2 and letters[0] in "وف" else letters
        return letters in self._letters or bare in self._letters or self._marked.fullmatch(word) is not None


@cache
def _get_tables() -> dict[str, _Table]:
    return {str(kind): _Table(rows) for kind, rows in load_table("weights").items()}
