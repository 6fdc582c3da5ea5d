"""The nouns for one piece of media, the verbs of putting out, and the names of outlets, made ready from `resources/media.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from linewatch.find.words import NAME_WORD, list_forms
from linewatch.model import ItemKind
from linewatch.resources import load_table

# A serial's name: The Lamp, Al-Naba', Rodong Sinmun. An initial article belongs to it when it has a capital.
OUTLET = rf"[*_\"“‘]?(?P<name>(?:The\s)?{NAME_WORD}['’ʾ]?(?:\s(?:(?:of|and|the)\s)?{NAME_WORD}['’ʾ]?){{0,3}})[*_\"”’]?"


OUTLET_BARE = rf"(?P<name>(?:The\s)?{NAME_WORD}(?:\s{NAME_WORD}){{0,2}}?)"
_SMALL_NUMBERS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural|latest"
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"


class KindHit(NamedTuple):
    """A noun that names one piece of media."""

    start: int
    end: int
    kind: ItemKind
    noun: str
    weak: bool


class Media(NamedTuple):
    """The table of media words."""

    nouns: dict[str, ItemKind]
    pattern: re.Pattern[str]
    arabic: re.Pattern[str]
    release: str
    carriers: str
    known: tuple[str, ...]
    weak: frozenset[str]
    outsiders: frozenset[str]


def join_words(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longest first."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=lambda w: (-len(w), w))
    )


@cache
def get_media() -> Media:
    """Return the media words."""
    table: dict[str, Any] = load_table("media")
    nouns: dict[str, ItemKind] = {str(noun): kind for kind, words in table["kinds"].items() for noun in words}
    arabic = {str(noun): kind for kind, words in table["arabic"].items() for noun in words}
    forms = {form for verb in table["release"] for form in _list_release_forms(str(verb))}
    return Media(
        nouns={**nouns, **arabic},
        pattern=re.compile(rf"\b(?:{join_words(nouns)})\b(?!['’]s\s|-)", re.IGNORECASE),
        arabic=re.compile(rf"(?<!\w)(?:ال|وال|لل)?(?P<noun>{join_words(arabic)})(?!\w)"),
        release=join_words(
            {*forms, *(f"{lead}{word}" for word in table["arabic_release"] for lead in ("", "و"))}
        ),
        carriers=join_words(str(word) for word in table["carriers"]),
        known=tuple(str(word) for word in table["known"]),
        weak=frozenset(str(word) for word in table["weak"]),
        outsiders=frozenset(str(word) for word in table["outsiders"]),
    )


_IRREGULAR = {
    "broadcast": ["broadcasts", "broadcast", "broadcasting", "broadcasted"], "put out": ["puts out", "put out", "putting out"], "put up": ["puts up", "put up"], "read": ["read"], "pin up": ["pins up", "pinned up"], "run": ["runs", "ran", "running"],
    "give": ["gives", "gave", "given", "giving"], "send": ["sends", "sent", "sending"], "make public": ["makes public", "made public"],
    "write": ["writes", "wrote", "written"], "read out": ["reads out", "read out"], "transmit": ["transmits", "transmitted", "transmitting"],
}  # fmt: skip


def _list_release_forms(verb: str) -> list[str]:
    return list_forms(verb, _IRREGULAR)


def find_kinds(text: str) -> list[KindHit]:
    """Return the media nouns of a text in order; a plural names no piece and is not among them.

    >>> [hit.noun for hit in find_kinds("Two videos and a video message on the quay.")]
    ['video message']
    """
    media = get_media()
    hits = [
        _make_hit(hit.start(), hit.end(), " ".join(hit[0].lower().split()))
        for hit in media.pattern.finditer(text)
    ]
    if any("\u0600" < point < "\u0700" for point in text[:2000]):
        hits += [_make_hit(hit.start(), hit.end(), hit["noun"]) for hit in media.arabic.finditer(text)]
    return sorted(hits)


def _make_hit(start: int, end: int, noun: str) -> KindHit:
    media = get_media()
    return KindHit(start, end, media.nouns[noun], noun, noun in media.weak)


@cache
def _get_outlet_patterns() -> tuple[re.Pattern[str], ...]:
    carriers = get_media().carriers
    return (
        re.compile(rf"\b(?:{carriers}),?\s(?:called\s|named\s|titled\s)?{OUTLET}"),
        re.compile(
            rf"(?:\b(?:its|their|his|the|The|on|by|an|a)\s|['’]s?\s)(?:(?:official|own|[a-z]+-language|central|main|affiliated|pro-[\w-]+)\s){{0,2}}{OUTLET}\s(?:{carriers})\b"
        ),
        re.compile(
            rf"\b(?:[Ii]ssue|[Nn]umber|[Ee]dition|[Nn]o\.)\s(?:[Nn]o\.\s?|#)?\d{{1,4}},?\s(?:of|in)\s{OUTLET}"
        ),
        re.compile(
            rf"\b(?:{_SMALL_NUMBERS}|\d{{1,3}}(?:st|nd|rd|th)|{_MONTHS}(?:\s\d{{1,2}},?)?(?:\s\d{{4}})?)\s(?:issue|edition|number)(?:\sof|,)?\s{OUTLET}"
        ),
        re.compile(
            rf"{OUTLET_BARE}['’]s\s(?:{_SMALL_NUMBERS}|\d{{1,3}}(?:st|nd|rd|th)|{_MONTHS}(?:\s\d{{1,2}},?)?(?:\s\d{{4}})?)\s(?:issue|edition|number)\b"
        ),
    )


@lru_cache(maxsize=8)
def find_outlets(text: str) -> dict[str, int]:
    """Return the names that a text calls a weekly, a channel, a media arm, with the place of their first mention."""
    found: dict[str, int] = {}
    for pattern in _get_outlet_patterns():
        for hit in pattern.finditer(text):
            # "the Union's YouTube channel" is YouTube, and "The Lamp's" The Lamp.
            name = re.sub(r"\A.*['’]s?\s|['’]s\Z", "", hit["name"])
            if name and not _NO_OUTLET.fullmatch(name):
                found.setdefault(name, hit.start("name"))
    return found


_NO_OUTLET = re.compile(
    r"\w+-[a-z]+|(?:The|In|On|It|This|That|He|She|They|A|An|And|But|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"English|Arabic|French|Russian|German|Spanish|Turkish|Persian|Chinese|Korean|Internet|Western|Islamic|Christian|State|League|Party|Army|I|No|Issue|Facebook|[A-Z]{2,5})"
)
