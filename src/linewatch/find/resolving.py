"""Whom a pronoun or a bare "the official" stands for: the nearest earlier speaker or subject that fits, with the reason kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.find.attribution import Attribution
from linewatch.find.intros import skip_intro
from linewatch.find.media import find_kinds, get_media
from linewatch.find.persons import may_be_person
from linewatch.find.phrases import Phrase, read_phrase
from linewatch.find.prose import Prose
from linewatch.find.tokens import tokenize
from linewatch.find.words import NAME_WORD, get_grammar, get_role

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
# Persons by what they do there, whose role is not known: "the host told him".
_CALLED = frozenset({"host", "guest", "writer", "producer", "caller", "interviewer", "interviewee", "moderator", "teenager", "youth", "colleague", "friend", "companion", "speaker", "individual", "person", "clerk", "columnist", "gentleman", "lady", "stranger", "lad", "girl", "boy", "fellow", "servant", "maid", "traveller", "passenger", "landlord", "landlady"})  # fmt: skip
_BY = re.compile(
    rf"\b(?:by|from|BY|FROM)\s(?:[A-Z]?[a-z]+\s|[A-Z]{{4,}}\s)?(?P<who>{NAME_WORD}\s{NAME_WORD}(?:\s{NAME_WORD})?)"
)
_TITLE = r"\b(?P<title>Mr|Mrs|Ms|Miss|Dr|Lady|Sir|Lord|Madame|Aunt|Uncle)\.?\s"
_TITLED = re.compile(rf"{_TITLE}(?P<who>{NAME_WORD}(?:\s{NAME_WORD}){{0,2}})")
_BEFORE_NAME = re.compile(rf"{_TITLE}(?:{NAME_WORD}\s)?\Z")
_WOMEN, _MEN = (
    frozenset(
        {
            "Mrs",
            "Ms",
            "Miss",
            "Lady",
            "Madame",
            "Aunt",
            "lady",
            "woman",
            "girl",
            "mother",
            "sister",
            "wife",
            "daughter",
            "aunt",
            "widow",
            "maid",
            "landlady",
        }
    ),
    frozenset(
        {
            "Mr",
            "Sir",
            "Lord",
            "Uncle",
            "gentleman",
            "man",
            "boy",
            "lad",
            "father",
            "brother",
            "husband",
            "son",
            "uncle",
            "landlord",
        }
    ),
)
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
        for one in reversed(earlier[-12:])
        if one.speaker and found.start - one.end < _WINDOW and one.speaker.lower() not in _PRONOUNS
    ]
    others = _list_things(prose, found.start) if word == "it" else _list_persons(prose, found.start)
    if word in {"he", "she"}:
        others += _list_titled(prose, found.start)
    candidates = sorted([*subjects, *near[:4], *others], key=lambda one: -one.start)
    for candidate in candidates:
        if candidate.start < found.start and _fits(word, candidate) and _is_somebody(prose, word, candidate):
            return candidate._replace(
                reason=f'"{found.speaker}" stands for {candidate.speaker}; {found.reason}',
                start=candidate.start,
                end=candidate.end,
            )
    return found


def _is_somebody(prose: Prose, pronoun: str, candidate: Attribution) -> bool:
    """Tell whether "he" or "she" may be a candidate: one whose office is named, or a name that may be a person's."""
    name = candidate.speaker or ""
    if pronoun == "it":
        return not (candidate.scripture or _find_title(prose, candidate) or may_be_person(prose, name))
    if pronoun == "they":
        return True
    last = name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""
    title = _find_title(prose, candidate)
    if title in (_MEN if pronoun == "she" else _WOMEN):
        return False
    if title:
        return True
    office = (candidate.role != "unknown" or last in _CALLED) and not name[:1].isupper()
    return office or may_be_person(prose, name)


def _list_subjects(prose: Prose, sentence: int) -> list[Attribution]:
    """Return the subjects of the last few sentences, this one's first clause among them."""
    out: list[Attribution] = []
    for place in prose.sentences[max(0, sentence - 2) : sentence + 1]:
        tokens = tokenize(prose.blotted, place.start, min(place.end, place.start + 300))
        phrase = read_phrase(tokens, skip_intro(tokens, len(tokens)))
        if (
            phrase is not None
            and not phrase.pronoun
            and (phrase.named or phrase.role is not None or _is_called(phrase))
        ):
            out.append(
                Attribution(
                    phrase.text, phrase.role or "unknown", "an earlier subject", phrase.start, phrase.end
                )
            )
    return out


def _is_called(phrase: Phrase) -> bool:
    return phrase.text.rsplit(maxsplit=1)[-1].lower() in _CALLED


def _list_persons(prose: Prose, at: int) -> list[Attribution]:
    """Return the persons by whom something was done just before: "It was read by Councillor Ada Merrow. She added"."""
    begin = max(0, at - 300)
    return [
        Attribution(hit["who"], "unknown", "named before", begin + hit.start("who"), begin + hit.end("who"))
        for hit in _BY.finditer(prose.blotted[begin:at])
    ]


def _list_titled(prose: Prose, at: int) -> list[Attribution]:
    """Return the persons with a title just before: "when Mrs. Quill rapped upon the fender"."""
    begin = max(0, at - 300)
    return [
        Attribution(hit["who"], "unknown", "named before", begin + hit.start("who"), begin + hit.end("who"))
        for hit in _TITLED.finditer(prose.blotted[begin:at])
    ]


def _find_title(prose: Prose, candidate: Attribution) -> str:
    """Return the title before a name, or the noun itself where a noun says as much: "Mrs", "gentleman"."""
    hit = _BEFORE_NAME.search(prose.text[max(0, candidate.start - 30) : candidate.start])
    last = (candidate.speaker or "").rsplit(maxsplit=1)[-1:]
    return hit["title"] if hit else last[0] if last and last[0] in _WOMEN | _MEN else ""


def _list_things(prose: Prose, at: int) -> list[Attribution]:
    """Return the pieces of media named just before a place: "Here is the notice ... It reads"."""
    begin = max(0, at - 300)
    return [
        Attribution(
            hit.noun,
            get_role(hit.noun) or "unknown",
            "a piece named before",
            begin + hit.start,
            begin + hit.end,
        )
        for hit in find_kinds(prose.text[begin:at])
    ]


def _fits(pronoun: str, candidate: Attribution) -> bool:
    name = candidate.speaker or ""
    last = name.split()[-1].lower() if name.split() else ""
    plural = bool(re.search(r"(?<!s)s\Z", last)) and not name[:1].isupper()
    if pronoun == "they":
        return plural or " and " in name
    if pronoun == "it":
        return candidate.role in _THINGS and not plural and not _is_person(name)
    return (
        candidate.role in _PERSONS
        and not plural
        and last not in get_media().nouns
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
