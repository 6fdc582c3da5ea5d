"""Reads noun phrases without a parser: closed word classes, capitals and the table of voices decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linewatch.find.tokens import Token
from linewatch.find.words import BLOT, PARTICLES, get_grammar, get_role, get_titles, get_verbs
from linewatch.model.finding import Role

_ORDINALS = frozenset({"first", "second", "third", "next", "last", "former", "latter"})
# What never speaks, and in a text in capitals looks like a name: "WHAT", "14 FEBRUARY", "AFTERNOON".
_NOBODY = frozenset(
    {
        "what", "whatever", "contrary", "responsible", "date", "border", "borders", "case", "emphasis", "morning", "afternoon", "evening", "night", "today", "tonight", "yesterday",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    }
)  # fmt: skip
_MARKS = frozenset('"“”„«»')


class Phrase(NamedTuple):
    """Who may speak: `text[start:end]` without its determiner."""

    start: int
    end: int
    text: str
    role: Role | None
    named: bool
    pronoun: bool
    last: int
    """The place in the tokens right after it."""


def read_phrase(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Return the noun phrase that begins at the place `at`; None where none does.

    >>> words = "an unnamed League steerer shown on the quay says"
    >>> from linewatch.find.tokens import tokenize
    >>> read_phrase(tokenize(words, 0, len(words)), 0).text
    'unnamed League steerer'
    """
    grammar = get_grammar()
    while at < len(tokens) and (
        (tokens[at].low in grammar.determiners and not _is_in_title(tokens, at))
        or tokens[at].text in "\"“‘'(*_"
    ):
        at += 1
    if at >= len(tokens):
        return None
    if tokens[at].low in grammar.pronouns and tokens[at].low not in {"i", "we", "you"}:
        return _make_phrase(tokens, at, at + 1, pronoun=True)
    end = _find_phrase_end(tokens, at)
    if _is_number(tokens, at, end):
        return None
    at = _skip_owner(tokens, at, end)
    end = _cut_phrase(tokens, at, end)
    if end <= at or tokens[end - 1].low in get_grammar().time_nouns or not tokens[at].text[0].isalnum():
        return None
    return _prefer_name(tokens, at, end)


def _is_number(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Tell whether a phrase is only an amount, an ordinal or a lone participle in capitals, and nobody: "3", "next", "SIGNED"."""
    if end - at == 1 and (tokens[at].low in _ORDINALS or re.fullmatch(r"[A-Z]{3,}ED", tokens[at].text)):
        return True
    if end - at == 1 and tokens[at].low in {"april", "may", "june", "august"}:
        return False  # a month alone may be somebody's name
    if end > at and all(token.text.isdigit() or token.low in _NOBODY for token in tokens[at:end]):
        return True
    # "40,000 people" is read from its last figures on.
    if at > 1 and tokens[at].text.isdigit() and tokens[at - 1].text == "," and tokens[at - 2].text.isdigit():
        return True
    return any(token.low in {"percent", "%"} for token in tokens[at : end + 1])


def _skip_owner(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return where the name begins that a phrase ends with after its owner: "Merrow's old friend Tobin Barra"."""
    if not tokens[at].text.endswith(("'s", "’s")):
        return at
    start = end
    while start > at + 1 and tokens[start - 1].is_capital:
        start -= 1
    return start if end - start >= 2 and start > at + 1 else at


def _is_in_title(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an article within a sentence belongs to a name: "in spring The Lamp wrote"."""
    return at > 0 and tokens[at].text == "The" and at + 1 < len(tokens) and tokens[at + 1].is_capital


def _find_phrase_end(tokens: Sequence[Token], at: int) -> int:
    grammar, verbs = get_grammar(), get_verbs()
    end = at
    while end < len(tokens) and end - at < 14:
        token = tokens[end]
        if end > at and _is_nickname(tokens, end):
            end += 3
            continue
        if not token.text[0].isalnum() and token.text not in {"'", "’", "‘"}:
            break
        if token.low == "of" and end > at and _joins_name(tokens, at, end):
            end += 1
            continue
        if (
            token.low in {"and", "&"}
            and end > at
            and tokens[end - 1].is_capital
            and end + 1 < len(tokens)
            and tokens[end + 1].is_capital
        ):
            end += 1
            continue
        if end > at and get_role(tokens[end - 1].low) is not None and _is_in_title(tokens, end):
            end += 1
            continue
        inside = token.low == "the" and end > at and tokens[end - 1].low == "of"
        if token.low in grammar.small or (end > at and token.low in grammar.determiners and not inside):
            break
        if (
            end > at
            and not token.is_capital
            and (token.low in verbs.say or token.low in verbs.show)
            and not _is_noun_here(tokens, end)
        ):
            break
        end += 1
    while end > at and tokens[end - 1].low in {"of", "the", "and", "'", "’"}:
        end -= 1
    return end


def _is_nickname(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether marked words stand inside a name: `Col. John "Jack" Oster`."""
    if at + 3 >= len(tokens) or tokens[at + 1].text[0] != BLOT:
        return False
    marked = tokens[at].text in _MARKS and tokens[at + 2].text in _MARKS
    return marked and tokens[at - 1].is_capital and tokens[at + 3].is_capital


def _is_noun_here(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that may be a verb is a voice before a further word of the phrase: "a report author"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    owned = at > 0 and tokens[at - 1].text.endswith(("'s", "’s"))
    if owned and after is not None and after.text == "," and _find_apposed_name(tokens, at + 1, alone=False):
        return True
    return tokens[at].low in get_verbs().nouns_too and after is not None and get_role(after.low) is not None


def _joins_name(tokens: Sequence[Token], at: int, of: int) -> bool:
    """Tell whether "of" is inside a name: `Council of Steerers`, `Companions of the Prophet`."""
    after = of + 1
    if after < len(tokens) and tokens[after].low == "the":
        after += 1
    return tokens[of - 1].is_capital and after < len(tokens) and tokens[after].is_capital and of > at


def _cut_phrase(tokens: Sequence[Token], at: int, end: int) -> int:
    """Cut a phrase after its last voice ("narrator gloats"), before a participle, or after a run of capitals."""
    voices = [
        n
        for n in range(at, end)
        if get_role(tokens[n].low) is not None
        and not (tokens[n].is_capital and n + 1 < end and tokens[n + 1].is_capital and n > at)
    ]
    if voices:
        after = voices[-1] + 1
        while after < end and tokens[after].is_capital:
            after += 1
        return after
    capitals = [n for n in range(at, end) if tokens[n].is_capital]
    if capitals and capitals[0] <= at + 1:
        stop = capitals[0]
        while stop < end and (
            tokens[stop].is_capital
            or tokens[stop].text in _MARKS
            or tokens[stop].text[0] == BLOT
            or tokens[stop].low in {"of", "the", "and"}
            or tokens[stop].low in PARTICLES
        ):
            stop += 1
        while stop > at and tokens[stop - 1].low in {"of", "the", "and"}:
            stop -= 1
        owns = tokens[stop - 1].text.endswith(("'s", "’s")) and stop < end
        return end if owns and _find_apposed_name(tokens, end, alone=True) is not None else stop
    for n in range(at + 1, end):
        if re.fullmatch(r"\w{3,}(?:ed|ing|wn)", tokens[n].low):
            return n
    return end


def _prefer_name(tokens: Sequence[Token], at: int, end: int) -> Phrase:
    """Return the person's name where a phrase also says what the person is: "the League's steerer Tobin Barra"."""
    voices = [
        n
        for n in range(at, end)
        if get_role(tokens[n].low) is not None or tokens[n].low.rstrip(".") in get_titles()
    ]
    role = get_role(tokens[voices[-1]].low) if voices else None
    if voices and end - voices[-1] == 2 and len(tokens[end - 1].text) == 1:
        # "Witness B": the letter alone names nobody.
        return _make_phrase(tokens, voices[-1], end, role=role, named=True)
    if voices and voices[-1] + 1 < end and tokens[voices[-1] + 1].is_capital:
        return _make_phrase(tokens, voices[-1] + 1, end, role=role, named=True)
    led = at > 0 and tokens[at - 1].low in get_grammar().determiners
    small = not tokens[end - 1].is_capital
    follows = _find_apposed_name(tokens, end, alone=led) if small and (voices or led) else None
    if follows is not None:
        return _make_phrase(tokens, *follows, role=role, named=True)
    return _make_phrase(tokens, at, end, role=role, named=tokens[end - 1].is_capital and not voices)


def _find_apposed_name(tokens: Sequence[Token], end: int, *, alone: bool) -> tuple[int, int] | None:
    """Return the name between commas after a phrase: "its spokesman, Tobin Barra, said"; one word where an article leads it in: "her son, Jory,"."""
    if end + 1 < len(tokens) and tokens[end].low == "of":
        end = next((n for n in range(end + 1, min(end + 6, len(tokens))) if tokens[n].text == ","), end)
    if end >= len(tokens) or tokens[end].text != ",":
        return None
    stop = end + 1
    while stop < len(tokens) and tokens[stop].is_capital:
        stop += 1
    closed = stop < len(tokens) and tokens[stop].text in {",", "("}
    lists = stop + 1 < len(tokens) and (tokens[stop + 1].low in {"and", "or"} or tokens[stop + 1].is_capital)
    least = 1 if alone and not lists else 2
    return (end + 1, stop) if closed and least <= stop - end - 1 <= 5 else None


def _make_phrase(
    tokens: Sequence[Token],
    at: int,
    end: int,
    *,
    role: Role | None = None,
    named: bool = False,
    pronoun: bool = False,
) -> Phrase:
    words = _join(tokens[at:end])
    return Phrase(tokens[at].start, tokens[end - 1].end, words, role, named, pronoun, end)


def _join(tokens: Sequence[Token]) -> str:
    """Return the words as printed, without a nickname that stands in marks among them."""
    kept = [token for token in tokens if token.text not in _MARKS and token.text[0] != BLOT]
    out = ""
    for n, token in enumerate(kept):
        out += ("" if n == 0 or kept[n - 1].end == token.start else " ") + token.text
    return re.sub(r"(?<=\w)['’]s\Z", "", out)
