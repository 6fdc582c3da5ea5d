"""Which noun phrase is the subject of a verb of speech: its own clause's, else the sentence's."""

from __future__ import annotations

from collections.abc import Sequence

from linewatch.find.intros import skip_intro
from linewatch.find.phrases import Phrase, read_phrase
from linewatch.find.tokens import Token, find_verbs
from linewatch.find.words import PARTICLES, get_grammar, get_role, get_verbs

_PRONOUNS = frozenset({"he", "she", "they", "it"})
_ARTICLES = frozenset({"the", "its", "his", "her", "their"})
_SOME = frozenset({"some", "others", "many", "they"})
_HEARD = frozenset({"told", "asked", "warned", "urged", "informed", "reminded", "assured", "advised"})
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "be"})
_CLAUSE_WORDS = frozenset({"that", "which", "while", "after", "where", "when", "if", "because"})


def find_subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the subject of the verb at a place; None where no phrase may speak.

    >>> from linewatch.find.tokens import tokenize
    >>> words = "The warden, who had rowed all night, told them:"
    >>> find_subject(tokenize(words, 0, len(words)), 9).text
    'warden'
    """
    if tokens[verb].low == "following":
        return None
    if _is_told(tokens, verb):
        return _find_telling(tokens, verb)
    if tokens[verb].low.endswith("ing") and (main := _find_main_subject(tokens, verb)) is not None:
        return main
    relative = next((n for n in (verb - 1, verb - 2) if n > 0 and tokens[n].low in {"who", "which"}), None)
    if relative is not None:
        found = read_backwards(tokens, relative)
        if found is not None and (found.role is not None or found.named):
            return found
    right_before = _read_some(tokens, verb) or _read_adjacent(tokens, verb)
    if right_before is not None:
        return _find_named_before(tokens, right_before) or right_before
    clauses = (_read_clause(tokens, start, verb) for start in (*_list_clauses(tokens, verb), 0))
    phrase = next((one for one in clauses if one is not None), None) or read_backwards(tokens, verb)
    return _find_named_before(tokens, phrase) or phrase if phrase is not None else None


def _read_some(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return "some" or "others" where the sentence begins with it."""
    some = tokens[0]
    if verb != 1 or some.low not in _SOME:
        return None
    return Phrase(some.start, some.end, some.text, None, named=False, pronoun=some.low == "they", last=1)


def _is_told(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether the subject is spoken to: "a sermon in which leavers were told that"."""
    return verb > 1 and tokens[verb].low in _HEARD and tokens[verb - 1].low in _PASSIVE


def _find_telling(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the piece in which somebody is told something, None where the sentence does not say."""
    at = next(
        (n for n in range(verb - 1, 0, -1) if tokens[n].low == "which" and tokens[n - 1].low == "in"), None
    )
    return read_backwards(tokens, at - 1) if at is not None else None


def _read_adjacent(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the pronoun or name right before a verb that begins its clause: "after they parted, Barra said"."""
    end = _skip_adverbs(tokens, verb)
    voice = _read_voice(tokens, end)
    if voice is not None:
        return voice
    start = end
    while (
        start > 0 and end - start < 6 and (tokens[start - 1].is_capital or tokens[start - 1].low in PARTICLES)
    ):
        start -= 1
    if start == end and end > 0 and tokens[end - 1].low in _PRONOUNS:
        start = end - 1
        if start > 0 and tokens[start].low in {"he", "she"}:
            return read_phrase(tokens[:end], start)
    if start in (end, 0) or tokens[start - 1].low not in {",", "what", "how"}:
        return None
    phrase = read_phrase(tokens[:end], start)
    return phrase if phrase is not None and phrase.last == end and (phrase.pronoun or phrase.named) else None


def _read_voice(tokens: Sequence[Token], end: int) -> Phrase | None:
    """Return a voice with its article right before a verb, after a number, a comma or marked words: `under the title "Home," the paper wrote`."""
    if end < 3 or get_role(tokens[end - 1].low) is None or tokens[end - 2].low not in _ARTICLES:
        return None
    before = tokens[end - 3].text
    if before.isdigit() or before in {",", '"', "”", "»", "’"}:
        return read_phrase(tokens[:end], end - 2)
    return None


def _skip_adverbs(tokens: Sequence[Token], end: int) -> int:
    """Return the place after the subject: auxiliaries and adverbs before a verb passed over."""
    while end > 0 and (
        tokens[end - 1].low in get_grammar().auxiliaries or tokens[end - 1].low.endswith("ly")
    ):
        end -= 1
    return end


def _find_named_before(tokens: Sequence[Token], office: Phrase) -> Phrase | None:
    """Return the name that an office between it and the verb belongs to: "Ada Merrow, the warden of the pier said"."""
    first = next(n for n, token in enumerate(tokens) if token.end > office.start)
    if first < 3 or tokens[first - 1].low not in get_grammar().determiners or tokens[first - 2].text != ",":
        return None
    start = first - 2
    while start > 0 and tokens[start - 1].is_capital and tokens[start - 1].low not in get_grammar().small:
        start -= 1
    phrase = read_phrase(tokens[: first - 2], start) if first - 2 - start >= 2 else None
    return phrase if phrase is not None and phrase.named else None


def _read_clause(tokens: Sequence[Token], start: int, verb: int) -> Phrase | None:
    at = start + skip_intro(tokens[start:verb], verb - start)
    if at >= verb and tokens[start].low == "as":
        at = start + 1
    phrase = read_phrase(tokens, at)
    if phrase is None or phrase.last > verb or not _may_speak(phrase, start) or _is_order(tokens, phrase):
        return None
    shows = tokens[verb].low not in get_verbs().say
    return None if shows and not (phrase.role or phrase.named or phrase.pronoun) else phrase


def _find_main_subject(tokens: Sequence[Token], verb: int) -> Phrase | None:
    """Return the subject right before an earlier verb of saying: "nobody rowed out, Barra said, adding"."""
    for other in reversed([n for n in find_verbs(tokens[:verb], shows=False) if n > 0]):
        if not tokens[other].low.endswith("ing"):
            found = read_backwards(tokens, other)
            return found if found is not None and found.last == other else None
    return None


def _may_speak(phrase: Phrase, start: int) -> bool:
    if start == 0:
        return True
    return phrase.pronoun or phrase.role is not None or phrase.named


def _is_order(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Tell whether the sentence begins with an order to the reader: "Compare the song ..."."""
    first = phrase.last == 1 and phrase.last < len(tokens)
    return first and tokens[1].low in get_grammar().determiners and phrase.role is None


def _list_clauses(tokens: Sequence[Token], verb: int) -> list[int]:
    """Return where clauses begin before a verb, the nearest first."""
    out: list[int] = []
    for n in range(verb - 1, 0, -1):
        token, before = tokens[n], tokens[n - 1]
        if (
            token.text in ";:"
            or (token.low in {"and", "but", "while", "whereas", "where", "when", "as"} and before.text == ",")
            or (token.low in _CLAUSE_WORDS and not _is_relative(tokens, n))
        ):
            out.append(n + 1)
    return out[:3]


def _is_relative(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "that" or "which" only describes a voice, whose own verb is still to come: "The letter that they sent reads"."""
    return tokens[at].low in {"that", "which"} and get_role(tokens[at - 1].low) is not None


def read_backwards(tokens: Sequence[Token], end: int) -> Phrase | None:
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
        and tokens[start - 1].low not in grammar.relatives
    ):
        start -= 1
        if tokens[start].low in grammar.determiners:
            break
    phrase = read_phrase(tokens[:end], start) if start < end else None
    return (
        phrase if phrase is not None and (phrase.role is not None or phrase.named or phrase.pronoun) else None
    )
