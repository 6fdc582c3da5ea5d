"""Whose names the evidence holds: which of the names that anything reads as a person's are one, and which are of other things.

In doubt a name is a person's. What may be printed of them is decided in `privacy`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linewatch.model import Alias, Finding, Mention, Quotation
from linewatch.resources import load_table
from linewatch.write.material import Material
from linewatch.write.sources import find_block

SECRET_NAMES = frozenset({"kunya", "nisba", "nom de guerre"})
"""Kinds of name that lead to a person rather than to an office."""
ARTICLE = 6
"""So many characters before a name are enough to see an article."""
LONGEST, REACH = 4, 80
"""So many words, and so many characters behind a title, are looked at as one name."""
AGREED = 2
"""A name is no person's when so many times as many mentions read it as a place or outlet, or stand behind an article."""

_LATIN_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w.’' -]*")
_PART = re.compile(r"[^\W\d_][\w'’-]*")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, kw_only=True)
class Persons:
    """The names that are read as persons', and those of them that the case knows better."""

    names: frozenset[str]
    things: frozenset[str]
    """Names of places, outlets and bodies that something took for persons'."""


def find_persons(material: Material, known: frozenset[str]) -> Persons:
    """Return whose names the evidence holds; `known` are the folded names of what the case knows to be no person."""
    surely = {name for name in (*_list_speakers(material), *_list_secret(material)) if is_name(name)}
    called = {run for name in surely for run in _list_runs(split_words(name))} | set(_list_titled(material))
    votes, against = _count_readings(material)
    read = {name for name in votes if _LATIN_NAME.fullmatch(name)}
    agreed = {name for name in read if against[name] >= AGREED * votes[name]}
    mentioned = {mention.name for _, mention in material.find_values(Mention)}
    things = {name for name in mentioned if name in agreed or is_thing(name) or fold(name) in known}
    things = {name for name in things if " ".join(split_words(name)[:LONGEST]) not in called}
    things |= _find_towns(material, read - things, things, called)
    named = surely | (read - things)
    for _, alias in material.find_values(Alias):
        if alias.name in named:
            named |= set(alias.aka)
    return Persons(names=frozenset(named), things=frozenset(things - named))


def _count_readings(material: Material) -> tuple[Counter[str], Counter[str]]:
    """Return how many mentions read each name as a person's in prose, and how many as a place, an outlet or a boat."""
    votes, against = Counter[str](), Counter[str]()
    for finding, mention in material.find_values(Mention):
        if mention.kind in {"place", "outlet"} or _is_behind_article(material, finding):
            against[mention.name] += 1
        elif mention.kind == "person" and _is_prose(material, finding):
            votes[mention.name] += 1
    return votes, against


def _find_towns(material: Material, doubtful: set[str], things: set[str], called: set[str]) -> set[str]:
    """Return the single names that begin another thing's and stand behind "in": Hollinmere, as of the Hollinmere Gazette."""
    begun = {split_words(name)[0] for name in things if " " in name}
    taken = called | {word for name in doubtful if " " in name for word in split_words(name)}
    towns = {name for name in doubtful if fold(name) in begun - taken}
    return {name for name in towns if _is_inside(material, name)}


def _is_inside(material: Material, name: str) -> bool:
    inside = re.compile(rf"(?<!\w)[Ii]n\s+{re.escape(name)}(?![\w'’-])")
    return any(inside.search(document.text) for document in material.documents.values())


def is_thing(name: str) -> bool:
    """Tell whether a name ends in a word for a place, an outlet or a body.

    >>> is_thing("Pell Bay"), is_thing("Bettany Shore")
    (True, False)
    """
    return bool(_get_last_words().intersection(split_words(name)[-1:]))


def is_name(text: str) -> bool:
    """Tell whether a speaker's designation can be a name: it has letters, and none of its words begins in lower case."""
    parts = split_parts(text)
    return bool(parts) and not any(part[0].islower() for part in parts)


def split_parts(name: str) -> list[str]:
    """Return the parts a name is made of, without the mark of the possessive.

    >>> split_parts("Lamp's Ines Harrow, members'")
    ['Lamp', 'Ines', 'Harrow', 'members']
    """
    return [re.sub(r"['’]s?\Z", "", part) for part in _PART.findall(name)]


def split_words(name: str) -> list[str]:
    """Return the words of a name as they are compared."""
    return [re.sub(r"['’]s?\Z", "", word) for word in re.findall(r"[\w'’-]+", name.casefold())]


def fold(name: str) -> str:
    """Return a name as it is compared: in lower case, with single spaces."""
    return " ".join(name.casefold().split())


def _list_speakers(material: Material) -> Iterator[str]:
    for _, quotation in material.find_values(Quotation):
        if quotation.speaker and quotation.role != "scripture":
            yield quotation.speaker
    yield from (passage.speaker for passage in material.results.passages if passage.speaker)


def _list_secret(material: Material) -> Iterator[str]:
    """Yield the names of whoever goes by a name that only a person has."""
    for _, alias in material.find_values(Alias):
        if alias.name_kind in SECRET_NAMES:
            yield from (alias.name, *alias.aka)


def _is_behind_article(material: Material, finding: Finding) -> bool:
    text, start = material.documents[finding.span.document].text, finding.span.start
    return text[max(0, start - ARTICLE) : start].casefold().split()[-1:] == ["the"]


def _is_prose(material: Material, finding: Finding) -> bool:
    """Tell whether a finding stands in running prose: in a title every word has a capital."""
    block = find_block(material.documents[finding.span.document], finding.span.start)
    return block is None or block.kind not in {"title", "heading"}


def _list_titled(material: Material) -> Iterator[str]:
    """Yield what the evidence puts a person's title before: the words that follow it, as far as a name may reach."""
    for document in material.documents.values():
        for hit in _get_titles().finditer(document.text):
            words = split_words(document.text[hit.end() : hit.end() + REACH])[:LONGEST]
            yield from (" ".join(words[: n + 1]) for n in range(len(words)))


def _list_runs(words: list[str]) -> Iterator[str]:
    """Yield the runs of neighbouring words that may be a name."""
    for start in range(len(words)):
        yield from (" ".join(words[start:end]) for end in range(start + 1, start + LONGEST + 1))


@cache
def _get_titles() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, load_table("honorifics")["titles"]))
    return re.compile(rf"(?<![\w-])(?i:{titles})\.?\s+(?=[A-Z\u00c0-\u00de])")


@cache
def _get_last_words() -> frozenset[str]:
    return frozenset(word for words in load_table("name_heads").values() for word in words)
