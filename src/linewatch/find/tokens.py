"""The words of a sentence, and which of them are verbs that hand over to somebody's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linewatch.find.words import TOKEN, get_grammar, get_role, get_titles, get_verbs


class Token(NamedTuple):
    """A word or a sign of punctuation."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """Return the word in lower case."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Tell whether the word has a capital: `Barra`, `al-Furqan`."""
        return self.text[:1].isupper() or (
            self.text[:3].lower() in {"al-", "el-", "as-", "an-", "ad-", "ar-", "at-"}
            and any(p.isupper() for p in self.text)
        )


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs between `start` and `end`; the stars of a name set in bold are left out."""
    tokens = [
        Token(hit[0], hit.start(), hit.end()) for hit in TOKEN.finditer(text, start, end) if hit[0] != "*"
    ]
    return [_lower_known(token) for token in tokens] if text[start:end].isupper() else tokens


def _lower_known(token: Token) -> Token:
    """Return a word of a text in capitals as it would be printed elsewhere: known words small, others as names."""
    low, grammar, verbs = token.low, get_grammar(), get_verbs()
    known = (
        any(low in words for words in (*grammar, verbs.say, verbs.show))
        or get_role(low) is not None
        or low in get_titles()
    )
    return token._replace(text=low if known else token.text)


def find_verbs(tokens: Sequence[Token], *, shows: bool = True) -> list[int]:
    """Return the places of the verbs that hand over to somebody's words.

    >>> [n for n in find_verbs(tokenize("The keeper said that the state was fine", 0, 39))]
    [2]
    """
    verbs = get_verbs()
    return [
        n
        for n, token in enumerate(tokens)
        if _puts_it(tokens, n)
        or ((token.low in verbs.say or (shows and token.low in verbs.show)) and _is_verb(tokens, n))
    ]


def _puts_it(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].low in {"put", "puts"} and at + 1 < len(tokens) and tokens[at + 1].low == "it"


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.text[:1].isupper() and not (at == 0 and token.low.endswith("ing")):
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    before = tokens[at - 1].low if at else ""
    grammar = get_grammar()
    if after == "by" and before not in grammar.pronouns:
        return False
    if at == 1 and before in {"some", "others", "many", "they"} and not token.low.endswith("ing"):
        return True
    if (
        before in grammar.determiners
        or before in {"of", "for", "with", "by"}
        or before.endswith(("'s", "’s"))
    ):
        return token.low.endswith("ing") and before in {"of", "for", "by", "with"}
    if token.low in get_verbs().nouns_too:
        return (
            before in get_verbs().before_verb
            or after in {"that", ":"}
            or (before == "," and token.low.endswith("ing") and after in {"", ","})
            or (token.low.endswith("s") and not token.low.endswith("ings") and _is_subject_end(tokens, at))
        )
    return not (
        before in {"is", "are", "was", "were", "been", "be"}
        and token.low.endswith("ed")
        and after not in {"as", "saying", "that", ":"}
    )


def _is_subject_end(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word before may end a subject: a voice ("the narrator states") or a name."""
    before = tokens[at - 1] if at else None
    return before is not None and (
        get_role(before.low) is not None
        or before.is_capital
        or before.low in get_grammar().auxiliaries
        or before.low.endswith("ly")
    )
