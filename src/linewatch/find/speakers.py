"""Who speaks a quotation, by rules: the words that lead in, the words that follow, the paragraph before, or an earlier speaker.

Each answer carries its reason. Who is behind a pronoun is taken from the text before, never guessed from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.arabic import read_arabic
from linewatch.find.attribution import (
    NOBODY,
    Attribution,
    from_phrase,
    read_lead_of_block,
    read_leads,
)
from linewatch.find.phrases import Phrase, Token, find_verbs, read_phrase, skip_intro, tokenize
from linewatch.find.prose import Marked, Prose
from linewatch.find.sacred import find_sacred_speaker
from linewatch.find.trailing import read_after
from linewatch.find.words import NAME_PATTERN, get_grammar, get_role

_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to|in the words of|[Ii]n the words of|as quoted by|attributed to|[Aa]s told to us by|by|per)\s(?:the\s|an?\s|its\s|one\s|his\s)?(?P<who>{NAME_PATTERN}|[a-z][\w'’-]*(?:\s[\w'’-]+){{0,3}})"
)
_FAR = 2500
_COLON = re.compile(r"[:：]\s*(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3})?[\s\"“‘'(\[*_>-]{0,6}\Z")


def attribute(prose: Prose, mark: Marked, blotted: str) -> Attribution:
    """Return who speaks by the sentence itself; `NOBODY` where nothing in it tells."""
    leads = read_leads(prose, mark, blotted)
    closed = _COLON.search(leads.before) is not None
    found = find_sacred_speaker(leads.before, leads.before_at)
    if found is None and not closed:
        found = read_after(prose.text[mark.end - 1 : mark.end], leads)
    found = found or read_before(leads.before, leads.before_at, closed=closed)
    return found or read_arabic(leads) or NOBODY


def attribute_block(prose: Prose, block: int, blotted: str) -> Attribution:
    """Return who speaks a block by the sentence that ends the block before it with a colon."""
    if block == 0 or not _COLON.search(
        prose.text[max(0, prose.blocks[block - 1].end - 12) : prose.blocks[block - 1].end]
    ):
        return NOBODY
    leads = read_lead_of_block(prose, block, blotted)
    found = find_sacred_speaker(leads.before, leads.before_at)
    found = found or read_before(leads.before, leads.before_at, closed=True) or read_arabic(leads)
    return found._replace(reason=f"the paragraph before leads in: {found.reason}") if found else NOBODY


def attribute_indirect(prose: Prose, at: int, blotted: str, earlier: Sequence[Attribution]) -> Attribution:
    """Return who was said to speak just before words that stand alone: Barra said the tide had turned. “It has.”."""
    sentence = prose.find_sentence(at)
    for number in range((sentence or 0) - 1, max(-1, (sentence or 0) - 4), -1):
        place = prose.sentences[number]
        found = read_before(blotted[place.start : place.end], place.start, closed=False)
        if found is not None:
            return found._replace(reason=f"the sentence before tells what was said: {found.reason}")
    near = [one for one in earlier if one.speaker and at - one.end < _FAR]
    if near:
        return near[-1]._replace(reason=f"the last one to speak: {near[-1].speaker}", cued=False)
    return NOBODY


def read_before(before: str, at: int, *, closed: bool) -> Attribution | None:
    """Return who speaks by the words before a quotation; `closed` says that these end with a colon."""
    tokens = tokenize(before, 0, len(before))
    verbs = find_verbs(tokens)
    for verb in reversed(verbs[-4:]):
        phrase = _find_subject(tokens, verb)
        if phrase is not None:
            return from_phrase(phrase, at, f'subject of "{tokens[verb].text}" before the words')
    named = list(_ACCORDING.finditer(before))[-1:]
    if named and (closed or named[0][0].lower().startswith(("acc", "in", "as", "attr"))):
        return _from_words(before, *named[0].span("who"), at, 'named with "according to" or "by"')
    if not closed or not tokens:
        return None
    return _find_closing_noun(tokens, at) or _first_phrase(tokens, at)


def _first_phrase(tokens: Sequence[Token], at: int) -> Attribution | None:
    phrase = read_phrase(tokens, skip_intro(tokens, len(tokens)))
    return from_phrase(phrase, at, "subject of the sentence that leads in with a colon") if phrase else None


def _find_closing_noun(tokens: Sequence[Token], at: int) -> Attribution | None:
    """Return a voice right before the colon: "ends with the following voiceover:", "Narrator:"."""
    words = [token for token in tokens if token.text[0].isalnum()]
    if not words or get_role(words[-1].low) is None:
        return None
    first = max(0, len(tokens) - 7)
    start = next(
        (
            n + 1
            for n in range(len(tokens) - 1, first - 1, -1)
            if tokens[n].low in get_grammar().prepositions or tokens[n].low == "following"
        ),
        first if len(tokens) <= 6 else None,
    )
    phrase = read_phrase(tokens, start) if start is not None else None
    return from_phrase(phrase, at, "the voice named before the colon") if phrase else None


def _find_subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the subject of a verb: its own clause's, else the sentence's."""
    if tokens[verb].low == "following":
        return None
    relative = next((n for n in (verb - 1, verb - 2) if n > 0 and tokens[n].low in {"who", "which"}), None)
    if relative is not None:
        found = _read_backwards(tokens, relative)
        if found is not None and (found.role is not None or found.named):
            return found
    for start in (*_list_clauses(tokens, verb), 0):
        phrase = read_phrase(
            tokens,
            skip_intro(tokens[:verb], verb) if start == 0 else start + _skip_small(tokens, start, verb),
        )
        if phrase is not None and phrase.last <= verb and _may_speak(phrase, start):
            return phrase
    return _read_backwards(tokens, verb)


def _may_speak(phrase: Phrase, start: int) -> bool:
    if start == 0:
        return True
    return phrase.pronoun or phrase.role is not None or phrase.named


def _skip_small(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Return how many words to pass before a clause's subject: "and later in the film the narrator"."""
    return skip_intro(tokens[start:stop], stop - start)


def _list_clauses(tokens: Sequence[Token], verb: int) -> list[int]:
    """Return where clauses begin before a verb, the nearest first."""
    out: list[int] = []
    for n in range(verb - 1, 0, -1):
        token, before = tokens[n], tokens[n - 1]
        if (
            token.text in ";:"
            or (token.low in {"and", "but", "while", "whereas", "where", "when", "as"} and before.text == ",")
            or token.low in {"that", "while", "after", "where"}
        ):
            out.append(n + 1)
    return out[:3]


def _read_backwards(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return the noun phrase that ends right before `end`, adverbs, auxiliaries and a comma passed over."""
    grammar = get_grammar()
    while end > 0 and (
        tokens[end - 1].low in grammar.auxiliaries
        or tokens[end - 1].low.endswith("ly")
        or tokens[end - 1].text == ","
    ):
        end -= 1
    start = end
    while (
        start > 0
        and end - start < 8
        and tokens[start - 1].text[0].isalnum()
        and tokens[start - 1].low not in grammar.prepositions
        and tokens[start - 1].low not in grammar.conjunctions
    ):
        start -= 1
        if tokens[start].low in grammar.determiners:
            break
    phrase = read_phrase(tokens[:end], start) if start < end else None
    return (
        phrase if phrase is not None and (phrase.role is not None or phrase.named or phrase.pronoun) else None
    )


def _from_words(before: str, start: int, end: int, at: int, reason: str) -> Attribution | None:
    tokens = tokenize(before, start, end)
    phrase = read_phrase(tokens, 0)
    return from_phrase(phrase, at, reason) if phrase else None
