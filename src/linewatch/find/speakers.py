"""Who speaks a quotation, by rules: the words that lead in, the words that follow, the paragraph before, or an earlier speaker.

Each answer carries its reason. Who is behind a pronoun is taken from the text before, never guessed from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.arabic import read_arabic, read_arabic_sentence
from linewatch.find.attribution import (
    NOBODY,
    Attribution,
    from_phrase,
    read_lead_of_block,
    read_leads,
)
from linewatch.find.intros import skip_intro
from linewatch.find.persons import may_be_person
from linewatch.find.phrases import Phrase, read_phrase
from linewatch.find.prose import Marked, Prose
from linewatch.find.sacred import find_sacred_speaker
from linewatch.find.subjects import find_subject, read_backwards
from linewatch.find.tokens import Token, find_verbs, tokenize
from linewatch.find.trailing import PUT, read_after
from linewatch.find.words import BLOT, NAME_PATTERN, SHORT_TITLE, get_grammar, get_role, get_titles

_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to|in the words of|[Ii]n the words of|as quoted by|attributed to|[Aa]s told to us by|by|per)\s(?:the\s|an?\s|its\s|one\s|his\s)?(?P<who>(?:{SHORT_TITLE}\s)?{NAME_PATTERN}|[a-z][\w'’-]*(?:\s[\w'’-]+){{0,3}})"
)
_IN_VIEW = re.compile(
    rf"\W{{0,3}}(?:(?:For|To)\s(?P<who>{NAME_PATTERN}),\s|In\s(?P<whose>{NAME_PATTERN})['’]s?\s(?:view|words|opinion|account|telling|phrase),?\s)"
)
# "its readers, in Dube's phrase, were left"; "Mr Roy's submission that these were".
_WORDS_OF = re.compile(
    rf",\sin\s(?:the\s)?(?P<who>(?:{SHORT_TITLE}\s)?{NAME_PATTERN})['’]s?\s(?:view|words|opinion|phrase|telling),"
    rf"|\b(?P<whose>(?:{SHORT_TITLE}\s)?{NAME_PATTERN})['’]s?\s(?:submission|claim|contention|argument|assertion|complaint|remark|statement|suggestion|insistence|promise|warning|charge|admission|denial|belief)\sthat\b"
)
# "the saying of the elder Maur:", "the editor's answer:": whose words these are.
_OWNED = r"(?:answer|reply|saying|words?|remark|verdict|advice|response|question|comment|motto|dictum|testimony|account|objection|warning|appeal)s?"
_OWNER = re.compile(
    rf"\b{_OWNED}\sof\s(?:the\s|our\s)?(?P<of>(?:[a-z]+\s)?{NAME_PATTERN})\s?:|(?P<whose>[\w’'-]+(?:\s[A-Z][\w’-]+){{0,3}})['’]s?\s{_OWNED}\b[\w\s]{{0,30}}:"
)
_CLOSERS = frozenset("\"”»’'")
_FAR = 2500
_DOCUMENTS = frozenset(
    {
        "statement",
        "message",
        "letter",
        "tweet",
        "post",
        "remarks",
        "words",
        "comment",
        "announcement",
        "text",
        "reply",
    }
)
_GIVES = frozenset({"issued", "issues", "released", "releases", "provided", "provides", "published", "publishes", "posted", "sent", "gave", "made", "distributed", "circulated", "delivered"})  # fmt: skip
_COLON = re.compile(r"[:：]\s*(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3})?[\s\"“‘'(\[*_>-]{0,6}\Z")


def attribute(prose: Prose, mark: Marked) -> Attribution:
    """Return who speaks by the sentence itself; `NOBODY` where nothing in it tells."""
    leads = read_leads(prose, mark)
    closed = _COLON.search(leads.before) is not None
    found = find_sacred_speaker(leads.before, leads.before_at)
    if found is None and not closed:
        found = read_after(prose.text[mark.end - 1 : mark.end], leads)
    found = found or read_arabic(leads) or read_before(leads.before, leads.before_at, closed=closed)
    return found or NOBODY


def attribute_block(prose: Prose, block: int) -> Attribution:
    """Return who speaks a block by the sentence that ends the block before it with a colon."""
    if block == 0 or not _leads_on(
        prose.text[max(0, prose.blocks[block - 1].end - 12) : prose.blocks[block - 1].end]
    ):
        return NOBODY
    leads = read_lead_of_block(prose, block)
    found = find_sacred_speaker(leads.before, leads.before_at)
    found = found or read_arabic(leads) or read_before(leads.before, leads.before_at, closed=True)
    return found._replace(reason=f"the paragraph before leads in: {found.reason}") if found else NOBODY


def _leads_on(tail: str) -> bool:
    """Tell whether a paragraph ends with a colon, or breaks off within a sentence as one split by a picture does."""
    return _COLON.search(tail) is not None or tail[-1:].islower() or tail[-1:] == ","


def attribute_indirect(prose: Prose, at: int, earlier: Sequence[Attribution]) -> Attribution:
    """Return who was said to speak just before words that stand alone, in the sentences before them."""
    sentence = prose.find_sentence(at)
    actor, block = _find_actor(prose, at, sentence), prose.find_block(at)
    begin = prose.blocks[block].start if block is not None else 0
    for number in range((sentence or 0) - 1, max(-1, (sentence or 0) - 4), -1):
        place = prose.sentences[number]
        if actor is not None and place.start < begin:
            return actor
        words = prose.blotted[place.start : place.end]
        found = read_arabic_sentence(words, place.start) or read_before(words, place.start, closed=False)
        if found is not None and found.speaker != "Nobody":
            return found._replace(reason=f"the sentence before tells what was said: {found.reason}")
    if actor is not None:
        return actor
    near = [one for one in earlier if one.speaker and at - one.end < _FAR]
    if near:
        return near[-1]._replace(reason=f"the last one to speak: {near[-1].speaker}", cued=False)
    return NOBODY


def _find_actor(prose: Prose, at: int, sentence: int | None) -> Attribution | None:
    """Return who acts in the sentence before in the same paragraph: `Mr. Harrow laughed. "Well, well!"`."""
    block = prose.find_block(at)
    if not sentence or block is None:
        return None
    place = prose.sentences[sentence - 1]
    if place.start < prose.blocks[block].start or BLOT in prose.blotted[place.start : place.end]:
        return None
    tokens = tokenize(prose.blotted, place.start, place.end)
    phrase = read_phrase(tokens, skip_intro(tokens, len(tokens)))
    if phrase is None or not (phrase.pronoun or (phrase.named and _is_person(prose, tokens, phrase))):
        return None
    return from_phrase(phrase, 0, "who acts in the sentence before the words")._replace(cued=False)


def _is_person(prose: Prose, tokens: Sequence[Token], phrase: Phrase) -> bool:
    titled = any(token.low.rstrip(".") in get_titles() for token in tokens[: phrase.last])
    return titled or may_be_person(prose, phrase.text)


def read_before(before: str, at: int, *, closed: bool) -> Attribution | None:  # noqa: PLR0911 - one form after the other
    """Return who speaks by the words before a quotation; `closed` says that these end with a colon."""
    tokens = tokenize(before, 0, len(before))
    verbs = find_verbs(tokens)
    put = PUT.search(before) if " it" in before else None
    if put:
        return _from_words(before, *put.span("who"), at, 'named with "as ... put it"')
    owner = _find_owner(before, at) if closed else None
    if owner is not None:
        return owner
    worded = list(_WORDS_OF.finditer(before))[-1:]
    if worded and not any(tokens[verb].start > worded[0].end() for verb in verbs):
        where = worded[0].span("who" if worded[0]["who"] else "whose")
        return _from_words(before, *where, at, "whose words the sentence says they are")
    for verb in reversed(verbs[-4:]):
        phrase = read_phrase(tokens, verb + 1) if _goes_back(tokens, verb) else find_subject(tokens, verb)
        if phrase is not None:
            return from_phrase(phrase, at, f'subject of "{tokens[verb].text}" before the words')
    view = _IN_VIEW.match(before)
    if view:
        return _from_words(
            before, *view.span("who" if view["who"] else "whose"), at, "whose view the sentence gives"
        )
    named = list(_ACCORDING.finditer(before))[-1:]
    if named and (closed or named[0][0].lower().startswith(("acc", "in", "as", "attr"))):
        return _from_words(before, *named[0].span("who"), at, 'named with "according to" or "by"')
    if not closed or not tokens:
        return None
    return _find_closing_noun(tokens, at) or _first_phrase(tokens, at)


def _goes_back(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb stands right after marked words, its subject behind it: `"My father," continued Mr. Harrow, "`."""
    return verb >= 2 and tokens[verb - 1].text in _CLOSERS and BLOT in tokens[verb - 2].text


def _first_phrase(tokens: Sequence[Token], at: int) -> Attribution | None:
    phrase = read_phrase(tokens, skip_intro(tokens, len(tokens)))
    if phrase is None or not (phrase.role or phrase.named or phrase.pronoun):
        return None
    return from_phrase(phrase, at, "subject of the sentence that leads in with a colon")


def _find_owner(before: str, at: int) -> Attribution | None:
    """Return whose words are led in by a noun: "the saying of the elder Maur:", "The editor's answer follows:"."""
    hits = list(_OWNER.finditer(before))
    if not hits:
        return None
    return _from_words(
        before,
        *hits[-1].span("of" if hits[-1]["of"] else "whose"),
        at,
        "whose words the noun before the colon says",
    )


def _find_giver(tokens: Sequence[Token], at: int) -> Attribution | None:
    """Return who issues or provides what follows: "On 1 May 2031 the Harbour League issued the following statement:"."""
    for n in range(len(tokens) - 1, 0, -1):
        if tokens[n].low in _GIVES and tokens[n - 1].text == ",":
            return None
        if (
            tokens[n].low in _GIVES
            and (phrase := read_backwards(tokens, n)) is not None
            and not phrase.pronoun
        ):
            return from_phrase(phrase, at, f'subject of "{tokens[n].text}"')
    return None


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
    if phrase is None:
        return None
    if (
        words[-1].low in _DOCUMENTS
        and (giver := _find_giver(tokens, at) or _first_phrase(tokens, at)) is not None
        and giver.end - at < phrase.start
    ):
        return giver._replace(reason=f"gives the {words[-1].text} that follows")
    return from_phrase(phrase, at, "the voice named before the colon")


def _from_words(before: str, start: int, end: int, at: int, reason: str) -> Attribution | None:
    tokens = tokenize(before, start, end)
    phrase = read_phrase(tokens, 0)
    return from_phrase(phrase, at, reason) if phrase else None
