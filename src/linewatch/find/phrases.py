"""Reads noun phrases and speech verbs without a parser: closed word classes and the table of voices decide.

Made for finding who speaks; it knows nothing of a sentence beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linewatch.find.words import TOKEN, get_grammar, get_role, get_titles, get_verbs
from linewatch.model.finding import Role

_TIME_NOUNS = frozenset(
    [
        "week",
        "weeks",
        "day",
        "days",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "minute",
        "minutes",
        "time",
        "times",
        "moment",
        "morning",
        "evening",
        "night",
        "part",
        "parts",
        "point",
        "end",
        "beginning",
        "course",
        "addition",
        "fact",
    ]
)
# Forms that are as often nouns: "the state", "its demands".
_NOUN_TOO = frozenset(
    [
        "state",
        "report",
        "order",
        "demand",
        "address",
        "reason",
        "hope",
        "wish",
        "post",
        "call",
        "note",
        "comment",
        "command",
        "appeal",
        "answer",
        "reply",
        "rule",
        "label",
        "term",
        "brand",
        "point",
        "object",
        "protest",
        "praise",
        "blame",
        "promise",
        "claim",
        "counter",
        "voice",
        "express",
        "reports",
        "orders",
        "demands",
        "addresses",
        "reasons",
        "hopes",
        "wishes",
        "posts",
        "calls",
        "notes",
        "comments",
        "commands",
        "appeals",
        "answers",
        "replies",
        "rules",
        "labels",
        "terms",
        "brands",
        "points",
        "objects",
        "protests",
        "promises",
        "claims",
        "counters",
        "voices",
        "states",
        "statement",
        "speaking",
        "saying",
        "play",
        "plays",
        "show",
        "shows",
        "run",
        "runs",
        "end",
        "ends",
        "start",
        "starts",
        "display",
        "displays",
        "supply",
        "supplies",
        "present",
        "presents",
        "open",
        "quote",
        "quotes",
        "warning",
        "warnings",
        "feature",
        "features",
        "joke",
        "contact",
        "threat",
        "hold",
        "address",
        "teaching",
        "teachings",
        "writing",
        "writings",
        "holding",
        "following",
        "opening",
        "reading",
        "beginning",
        "ending",
        "meaning",
        "mention",
        "mentions",
        "remark",
        "remarks",
        "account",
        "counsel",
        "pledge",
        "pledges",
        "vow",
        "vows",
        "sign",
        "close",
        "contain",
        "demand",
        "stress",
    ]
)
_BEFORE_VERB = frozenset(
    [
        "to",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "did",
        "does",
        "do",
        "not",
        "also",
        "then",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
    ]
)


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


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs between `start` and `end`."""
    return [Token(hit[0], hit.start(), hit.end()) for hit in TOKEN.finditer(text, start, end)]


def find_verbs(tokens: Sequence[Token], *, shows: bool = True) -> list[int]:
    """Return the places of the verbs that hand over to somebody's words.

    >>> [n for n in find_verbs(tokenize("The keeper said that the state was fine", 0, 39))]
    [2]
    """
    verbs = get_verbs()
    return [
        n
        for n, token in enumerate(tokens)
        if (token.low in verbs.say or (shows and token.low in verbs.show)) and _is_verb(tokens, n)
    ]


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.text[:1].isupper() and not (at == 0 and token.low.endswith("ing")):
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if after == "by":
        return False
    before = tokens[at - 1].low if at else ""
    grammar = get_grammar()
    if (
        before in grammar.determiners
        or before in {"of", "for", "with", "by"}
        or before.endswith(("'s", "’s"))
    ):
        return token.low.endswith("ing") and before in {"of", "for", "by", "with"}
    if token.low in _NOUN_TOO:
        return before in _BEFORE_VERB or (
            token.low.endswith("s") and not token.low.endswith("ings") and _is_subject_end(tokens, at)
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


def read_phrase(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Return the noun phrase that begins at the place `at`; None where none does.

    >>> words = "an unnamed League steerer shown on the quay says"
    >>> read_phrase(tokenize(words, 0, len(words)), 0).text
    'unnamed League steerer'
    """
    grammar = get_grammar()
    while at < len(tokens) and (tokens[at].low in grammar.determiners or tokens[at].text in "\"“‘'(*_"):
        at += 1
    if at >= len(tokens):
        return None
    if tokens[at].low in grammar.pronouns and tokens[at].low not in {"i", "we", "you"}:
        return _make_phrase(tokens, at, at + 1, pronoun=True)
    end = _find_phrase_end(tokens, at)
    end = _cut_phrase(tokens, at, end)
    if end <= at or tokens[end - 1].low in _TIME_NOUNS or not tokens[at].text[0].isalnum():
        return None
    return _prefer_name(tokens, at, end)


def _find_phrase_end(tokens: Sequence[Token], at: int) -> int:
    grammar, verbs = get_grammar(), get_verbs()
    end = at
    while end < len(tokens) and end - at < 14:
        token = tokens[end]
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
        stops = (
            token.low in grammar.prepositions
            or token.low in grammar.relatives
            or token.low in grammar.conjunctions
            or token.low in grammar.auxiliaries
        )
        of_the = token.low == "the" and end > at and tokens[end - 1].low == "of"
        stops = stops or token.low in grammar.pronouns or (end > at and token.low in grammar.determiners)
        if stops and not of_the:
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


def _is_noun_here(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that may be a verb is a voice before a further word of the phrase: "a report author"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].low in _NOUN_TOO and after is not None and get_role(after.low) is not None


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
            or tokens[stop].low in {"of", "the", "and", "al", "bin", "ibn", "van", "von", "de"}
        ):
            stop += 1
        while stop > at and tokens[stop - 1].low in {"of", "the", "and"}:
            stop -= 1
        return stop
    for n in range(at + 1, end):
        if re.fullmatch(r"\w{3,}(?:ed|ing|wn)", tokens[n].low):
            return n
    return end


def _prefer_name(tokens: Sequence[Token], at: int, end: int) -> Phrase:
    """Return the person's name where a phrase also says what the person is: "the League's steerer Tobin Barra"."""
    voices = [
        n for n in range(at, end) if get_role(tokens[n].low) is not None or tokens[n].low in get_titles()
    ]
    role = get_role(tokens[voices[-1]].low) if voices else None
    if voices and voices[-1] + 1 < end and tokens[voices[-1] + 1].is_capital:
        return _make_phrase(tokens, voices[-1] + 1, end, role=role, named=True)
    follows = _find_apposed_name(tokens, end) if voices and not tokens[end - 1].is_capital else None
    if follows is not None:
        return _make_phrase(tokens, *follows, role=role, named=True)
    return _make_phrase(tokens, at, end, role=role, named=tokens[end - 1].is_capital and not voices)


def _find_apposed_name(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Return the name between commas after a phrase: "its spokesman, Tobin Barra, said"."""
    if end >= len(tokens) or tokens[end].text != ",":
        return None
    stop = end + 1
    while stop < len(tokens) and tokens[stop].is_capital:
        stop += 1
    closed = stop < len(tokens) and tokens[stop].text == ","
    return (end + 1, stop) if closed and 2 <= stop - end - 1 <= 5 else None


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
    out = ""
    for n, token in enumerate(tokens):
        out += ("" if n == 0 or tokens[n - 1].end == token.start else " ") + token.text
    return re.sub(r"(?<=\w)['’]s\Z", "", out)


def skip_intro(tokens: Sequence[Token], stop: int) -> int:
    """Return where the subject may begin: after "Later,", "As the film begins,", "On 3 May 2031,".

    >>> words = "As the film begins, the narrator says"
    >>> skip_intro(tokenize(words, 0, len(words)), 7)
    5
    """
    intros = get_grammar().intros
    at = 0
    for _ in range(4):
        while at < stop and not tokens[at].text[0].isalnum():
            at += 1
        if at >= stop:
            return at
        word = tokens[at]
        leads = (
            word.low in intros
            or (word.low.endswith("ly") and at + 1 < stop and tokens[at + 1].text == ",")
            or (at == 0 and word.low.endswith("ing"))
        )
        if not leads:
            return at
        comma = next(
            (n for n in range(at, stop) if tokens[n].text == "," and not _is_inside_date(tokens, n)), None
        )
        if comma is None or comma + 1 >= stop:
            return _skip_bare_intro(tokens, at, stop)
        at = comma + 1
    return at


def _is_inside_date(tokens: Sequence[Token], comma: int) -> bool:
    after = tokens[comma + 1].text if comma + 1 < len(tokens) else ""
    before = tokens[comma - 1].text if comma else ""
    return before.isdigit() and len(before) <= 2 and after.isdigit() and len(after) == 4


def _skip_bare_intro(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Return where the subject begins after an opening phrase without a comma: "In a statement the League said"."""
    if tokens[at].low not in get_grammar().prepositions:
        return at + 1 if at + 1 < stop and tokens[at].low in get_grammar().intros else at
    phrase = read_phrase(tokens, at + 1)
    if phrase is None or phrase.last >= stop:
        return at
    return phrase.last
