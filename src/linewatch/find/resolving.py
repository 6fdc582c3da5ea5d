"""Whom a pronoun or a bare "the official" stands for: the nearest earlier speaker or subject that fits, with the reason kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.attribution import Attribution
from linewatch.find.phrases import read_phrase, skip_intro, tokenize
from linewatch.find.prose import Prose
from linewatch.find.words import get_grammar

_PERSONS = frozenset(
    {
        "leader",
        "authority",
        "spokesperson",
        "narrator",
        "member",
        "singer",
        "returnee",
        "community",
        "opponent",
        "analyst",
        "unknown",
    }
)
_THINGS = frozenset({"editorial", "singer", "scripture", "on-screen", "unknown", "spokesperson"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_WINDOW = 1500


def resolve(prose: Prose, found: Attribution, earlier: Sequence[Attribution]) -> Attribution:
    """Return the attribution with a pronoun replaced by the earlier mention it stands for, where there is one."""
    word = (found.speaker or "").lower()
    if word not in _PRONOUNS:
        return found
    sentence = prose.find_sentence(found.start)
    subjects = _list_subjects(prose, sentence) if sentence is not None else []
    near = [
        one
        for one in reversed(earlier)
        if one.speaker and found.start - one.end < _WINDOW and one.speaker.lower() not in _PRONOUNS
    ]
    candidates = sorted([*subjects, *near[:4]], key=lambda one: -one.start)
    for candidate in candidates:
        if candidate.start < found.start and _fits(word, candidate):
            return candidate._replace(
                reason=f'"{found.speaker}" stands for {candidate.speaker}; {found.reason}',
                start=candidate.start,
                end=candidate.end,
            )
    return found


def _list_subjects(prose: Prose, sentence: int) -> list[Attribution]:
    """Return the subjects of the last few sentences, this one's first clause among them."""
    out: list[Attribution] = []
    for place in prose.sentences[max(0, sentence - 2) : sentence + 1]:
        tokens = tokenize(prose.text, place.start, min(place.end, place.start + 300))
        phrase = read_phrase(tokens, skip_intro(tokens, len(tokens)))
        if phrase is not None and not phrase.pronoun and (phrase.named or phrase.role is not None):
            out.append(
                Attribution(
                    phrase.text, phrase.role or "unknown", "an earlier subject", phrase.start, phrase.end
                )
            )
    return out


def _fits(pronoun: str, candidate: Attribution) -> bool:
    name = candidate.speaker or ""
    last = name.split()[-1].lower() if name.split() else ""
    plural = bool(re.search(r"(?<!s)s\Z", last)) and not name[:1].isupper()
    if pronoun == "they":
        return plural or " and " in name
    if pronoun == "it":
        return candidate.role in _THINGS and not _is_person(name)
    return (
        candidate.role in _PERSONS
        and not plural
        and last not in _DOCUMENTS
        and last not in get_grammar().determiners
    )


def _is_person(name: str) -> bool:
    return (
        name.rsplit(maxsplit=1)[-1].lower()
        in {"speaker", "man", "woman", "spokesman", "spokeswoman", "spokesperson", "singer"}
        if name.split()
        else False
    )


_DOCUMENTS = frozenset(
    [
        "video",
        "film",
        "statement",
        "editorial",
        "article",
        "song",
        "report",
        "letter",
        "weekly",
        "magazine",
        "newspaper",
        "message",
        "book",
        "charter",
        "group",
        "organisation",
        "organization",
        "movement",
        "league",
        "guild",
        "state",
        "army",
        "party",
        "channel",
        "station",
        "agency",
        "text",
        "recording",
        "clip",
        "nasheed",
    ]
)
