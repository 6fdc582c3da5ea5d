"""Who speaks by the words after a quotation, as in `," said the keeper` and `," he told them`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.attribution import Attribution, Leads, from_phrase
from linewatch.find.phrases import read_phrase
from linewatch.find.tokens import Token, find_verbs, tokenize
from linewatch.find.words import get_grammar, get_verbs

_SKIPPED = frozenset({",", "—", "–", "-", "*", "_", ")", "]"})
_REACH = 12
_CLOSE_REACH = 7
PUT = re.compile(
    r"\b[Aa]s\s(?P<who>[^,;:.]{2,60}?)\s(?:has\s|had\s|once\s|later\s)?(?:puts?|phrased|wrote|writes|said|says|argued|argues)\b(?:\sit\b)?"
)
_BARKED = re.compile(r"\w{3,}ed\Z")


def read_after(closing: str, leads: Leads) -> Attribution | None:
    """Return who speaks by the words that follow; `closing` is the last code point of the quotation."""
    tokens = tokenize(leads.after, 0, len(leads.after))
    at = 0
    while at < len(tokens) and tokens[at].text in _SKIPPED:
        at += 1
    if at >= len(tokens) or at > 2:
        return None
    bound = closing in ",،" or (at > 0 and tokens[0].text in {",", "—", "–"})
    put = PUT.match(leads.after, tokens[at].start) if bound else None
    if put:
        phrase = read_phrase(tokenize(leads.after, *put.span("who")), 0)
        return from_phrase(phrase, leads.after_at, 'named with "as ... put it"') if phrase else None
    if not bound and leads.before.strip(" \"“‘'(«"):
        return None
    verb = _find_verb(tokens, at, bound=bound)
    if verb is None or not (bound or _closes(tokens, verb)):
        return None
    inverted = verb == at
    phrase = read_phrase(tokens, at + 1 if inverted else at)
    if (
        phrase is None
        or (not inverted and phrase.last > verb)
        or not (bound or phrase.last - at <= _CLOSE_REACH)
    ):
        return None
    return from_phrase(phrase, leads.after_at, f'it follows the words with "{tokens[verb].text}"')


def _find_verb(tokens: Sequence[Token], at: int, *, bound: bool) -> int | None:
    stop = next((n for n in range(at, len(tokens)) if tokens[n].text in ".;:"), len(tokens))
    verbs = [
        n for n in find_verbs(tokens[:stop], shows=False) if n - at <= (_REACH if bound else _CLOSE_REACH)
    ]
    if verbs and verbs[0] == at and (tokens[at].low.endswith("ing") or tokens[at].low not in get_verbs().say):
        return None
    if verbs:
        return verbs[0]
    return _find_strange_verb(tokens, at) if bound else None


def _find_strange_verb(tokens: Sequence[Token], at: int) -> int | None:
    """Return a past tense that stands right after a name or pronoun and closes the sentence, as in `," Barra barked`."""
    phrase = read_phrase(tokens, at)
    if phrase is None or not (phrase.named or phrase.pronoun) or phrase.last >= len(tokens):
        return None
    after = tokens[phrase.last + 1].text if phrase.last + 1 < len(tokens) else "."
    ends = after in ".,;:" or after.lower() in get_grammar().prepositions
    return phrase.last if _BARKED.match(tokens[phrase.last].low) and ends else None


def _closes(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a sentence after a full stop only names the speaker: `." Barra said.`; `." Barra said: ` leads on."""
    rest = tokens[verb + 1 :]
    small = next((n for n, token in enumerate(rest) if token.text in ".:;,"), len(rest))
    leads_on = small < len(rest) and rest[small].text == ":"
    quoted = any(token.text in '"“«„' or "\u2591" in token.text for token in rest[: small + 2])
    says_more = bool(rest) and rest[0].low in {
        "that",
        "the",
        "a",
        "he",
        "she",
        "it",
        "they",
        "there",
        "his",
        "to",
        "in",
    }
    return not (leads_on or says_more or (quoted and not (small < len(rest) and rest[small].text == ".")))
