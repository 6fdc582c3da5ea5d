"""Who speaks by the words after a quotation, as in `," said the keeper` and `," he told them`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.attribution import Attribution, Leads, from_phrase
from linewatch.find.phrases import Phrase, read_phrase
from linewatch.find.tokens import Token, find_verbs, tokenize
from linewatch.find.words import BLOT, get_grammar, get_role, get_verbs

_SKIPPED = frozenset({",", "—", "–", "-", "*", "_", ")", "]"})
# `", a phrase which Merrow calls "vague"`: what is said of the words is not who says them.
_DESCRIBES = frozenset({"which", "that", "whose", "where", "when"})
_REACH = 12
_CLOSE_REACH = 7
PUT = re.compile(
    r"\b[Aa]s\s(?P<who>[^,;:.]{2,60}?(?:,\s[^,;:.]{2,40},)?)\s(?:has\s|had\s|once\s|later\s|(?:liked|likes|used)\sto\s|would\s)?(?:puts?|phrased|wrote|writes|said|says|say|write|argued|argues)\b(?:\sit\b)?"
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
    found = _read_own(tokens, at, leads) or (_read_bound(tokens, at, leads) if bound else None)
    if found is not None:
        return found
    if not bound and leads.before.strip(" \"“‘'(«"):
        return None
    cried = closing in "?!" and _is_strange_inverted(tokens, at)
    verb = at if cried else _find_verb(tokens, at, bound=bound)
    if verb is None or not (bound or _closes(tokens, verb)):
        return None
    inverted = verb == at
    first = at + 1 if inverted else at
    phrase = _read_some(tokens, first) or read_phrase(tokens, first)
    if (
        phrase is None
        or (not inverted and (phrase.last > verb or tokens[phrase.last].low in _DESCRIBES))
        or not (bound or phrase.last - at <= _CLOSE_REACH)
    ):
        return None
    return from_phrase(phrase, leads.after_at, f'it follows the words with "{tokens[verb].text}"')


def _read_own(tokens: Sequence[Token], at: int, leads: Leads) -> Attribution | None:
    """Return the writer who speaks: `"Who put it out?" I asked.`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].text not in {"I", "we"} or after is None or after.low not in get_verbs().say:
        return None
    token = tokens[at]
    return Attribution(
        token.text, "unknown", "the writer speaks", leads.after_at + token.start, leads.after_at + token.end
    )


def _read_bound(tokens: Sequence[Token], at: int, leads: Leads) -> Attribution | None:
    """Return who is named by "as ... put it", or with more about them between commas."""
    put = PUT.match(leads.after, tokens[at].start)
    if put:
        phrase = read_phrase(tokenize(leads.after, *put.span("who")), 0)
        return from_phrase(phrase, leads.after_at, 'named with "as ... put it"') if phrase else None
    apposed = _read_apposed(tokens, at)
    if apposed is None:
        return None
    return from_phrase(apposed[0], leads.after_at, f'it follows the words with "{tokens[apposed[1]].text}"')


def _read_apposed(tokens: Sequence[Token], at: int) -> tuple[Phrase, int] | None:
    """Return a name with more about it between commas, and its verb: `Ada Merrow, 67, the warden of the pier, said`."""
    phrase = read_phrase(tokens, at)
    if phrase is None or not phrase.named or phrase.last >= len(tokens) or tokens[phrase.last].text != ",":
        return None
    stop = next(
        (
            n
            for n in range(at, len(tokens))
            if tokens[n].text in {";", ":", "?", "!"} or BLOT in tokens[n].text
        ),
        len(tokens),
    )
    for verb in find_verbs(tokens[:stop], shows=False):
        if verb > phrase.last + 1 and tokens[verb - 1].text == "," and tokens[verb].low in get_verbs().say:
            return (phrase, verb) if not tokens[verb].low.endswith("ing") else None
    return None


def _read_some(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Return a speaker counted and not named: `said one of two witnesses who`."""
    if at >= len(tokens) or tokens[at].low not in {
        "one",
        "some",
        "another",
        "several",
        "many",
        "two",
        "three",
    }:
        return None
    end = at + 1
    while end < len(tokens) and end - at < 7 and tokens[end].text[0].isalnum():
        if tokens[end].low in get_grammar().small and tokens[end].low != "of":
            break
        end += 1
    words = " ".join(token.text for token in tokens[at:end])
    role = get_role(tokens[end - 1].low)
    return Phrase(tokens[at].start, tokens[end - 1].end, words, role, named=False, pronoun=False, last=end)


def _find_verb(tokens: Sequence[Token], at: int, *, bound: bool) -> int | None:
    stop = next((n for n in range(at, len(tokens)) if tokens[n].text in ".;:"), len(tokens))
    if _says_document(tokens, at) or (bound and _is_strange_inverted(tokens, at)):
        return at
    verbs = [
        n for n in find_verbs(tokens[:stop], shows=False) if n - at <= (_REACH if bound else _CLOSE_REACH)
    ]
    if verbs and verbs[0] == at and (tokens[at].low.endswith("ing") or tokens[at].low not in get_verbs().say):
        return None
    if verbs:
        return verbs[0]
    return _find_strange_verb(tokens, at) if bound else None


def _says_document(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a document is said to read so: `read the statement`."""
    noun = next((token.low for token in tokens[at + 1 : at + 5] if get_role(token.low) is not None), None)
    return (
        tokens[at].low in {"read", "reads", "ran"}
        and noun is not None
        and tokens[at + 1].low in get_grammar().determiners
    )


def _is_strange_inverted(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a past tense stands in the place of "said", a name right after it: `," beamed Barra`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        _BARKED.match(tokens[at].text) is not None
        and tokens[at].text.islower()
        and after is not None
        and after.is_capital
    )


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
