"""Who may be named in an export. Persons are private until an analyst records a public role; so is whoever is in doubt.

A name that is private stands nowhere: a speaker is told by the role alone, and inside printed words a mark stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from linewatch.model import Alias, Citation, Item, Mention, Place, Quotation
from linewatch.settings import PublicRole
from linewatch.write.material import Material
from linewatch.write.sources import find_block

ROLE_WORDS = {
    "editorial": "the outlet's own voice",
    "leader": "a leader",
    "authority": "a doctrinal or legal authority",
    "spokesperson": "a spokesperson",
    "narrator": "a narrator",
    "member": "a member",
    "singer": "a singer",
    "returnee": "a person shown as returned",
    "community": "a relative or neighbour",
    "on-screen": "words on the screen",
    "opponent": "an opponent",
    "scripture": "a canonical text",
    "analyst": "an analyst",
    "unknown": "an unknown voice",
}
WITHHELD = "[name withheld]"
ALWAYS_PRIVATE = "returnee"
"""A role in which nobody is named, whatever is recorded: those who left or returned stay private."""
SECRET_NAMES = frozenset({"kunya", "nisba", "nom de guerre"})
"""Kinds of name that lead to a person rather than to an office."""
SHORTEST = 3
"""Letters of a part of a name that may be withheld by itself."""
ARTICLE = 6
"""So many characters before a name are enough to see an article."""

_LATIN_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w.’' -]*")
_PART = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True)
class Privacy:
    """The names that may be printed and those that may not, worked out once for a report."""

    public: frozenset[str] = frozenset()
    private: frozenset[str] = field(default=frozenset())

    def is_public(self, name: str | None) -> bool:
        """Tell whether a name may be printed."""
        return name is not None and _fold(name) in self.public

    def name_speaker(self, speaker: str | None, role: str) -> str:
        """Return how the report names a speaker: a public name, else the role alone."""
        if speaker is not None and role != ALWAYS_PRIVATE and self.is_public(speaker):
            return speaker
        return ROLE_WORDS.get(role, ROLE_WORDS["unknown"])

    def hide(self, text: str) -> str:
        """Return a text with a mark in place of each private name that stands in it as a word."""
        return self._pattern.sub(WITHHELD, text) if self.private else text

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.private, key=lambda name: (-len(name), name))
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


def judge_names(material: Material) -> Privacy:
    """Return which names a report may print."""
    public = frozenset(_fold(name) for name in _list_public(material))
    return Privacy(public=public, private=frozenset(_find_private(material, public)))


def find_named_persons(material: Material) -> list[PublicRole]:
    """Return the persons who may be named: those with a recorded public role whom nothing shows as having left."""
    left = {_fold(name) for name in _list_left(material)}
    return [person for person in material.settings.public if _fold(person.name) not in left]


def find_public_aliases(material: Material, privacy: Privacy) -> list[Alias]:
    """Return the aliases of actors who may be named, one for each name."""
    found: dict[str, Alias] = {}
    for _, alias in material.find_values(Alias):
        if privacy.is_public(alias.name) and alias.name_kind not in SECRET_NAMES:
            known = found.get(_fold(alias.name))
            aka = (*known.aka, *alias.aka) if known else alias.aka
            found[_fold(alias.name)] = Alias(
                name=alias.name, aka=tuple(dict.fromkeys(aka)), name_kind=alias.name_kind
            )
    return [found[name] for name in sorted(found)]


def label_coders(material: Material) -> dict[str, str]:
    """Return a label for each coder, so that no export carries an analyst's name."""
    named = {coded.coder for coded in material.results.coded} | set(material.results.reliability.coders)
    named |= {judgement.coder for judgement in material.judgements}
    return {coder: f"coder {n}" for n, coder in enumerate(sorted(named), start=1)}


def _list_public(material: Material) -> Iterator[str]:
    """Yield what may be named: the organisation, its outlets and places, and persons with a recorded public role.

    An outlet that only a report names is in doubt when something reads its name as a person's.
    """
    settings = material.settings
    yield from (settings.organisation, *settings.names)
    yield from (watch.outlet for watch in settings.watched)
    yield from (person.name for person in find_named_persons(material))
    persons = {_fold(value.name) for _, value in material.find_values(Mention) if value.kind == "person"}
    for _, item in material.find_values(Item):
        names = (name for name in (item.outlet, item.publisher) if name)
        yield from (name for name in names if item.held or _fold(name) not in persons)
        yield from [item.place] if item.place and item.held else []
    for _, place in material.find_values(Place):
        yield from (place.org_name, place.real_name, *(part.strip() for part in place.real_name.split(",")))


def _list_left(material: Material) -> Iterator[str]:
    """Yield the names under which anything shows a person who returned."""
    for _, quotation in material.find_values(Quotation):
        if quotation.role == ALWAYS_PRIVATE and quotation.speaker:
            yield quotation.speaker
    for passage in material.results.passages:
        if passage.role == ALWAYS_PRIVATE and passage.speaker:
            yield passage.speaker


def _find_private(material: Material, public: frozenset[str]) -> Iterator[str]:
    """Yield the names that no words may show: persons', their other names, and the parts these are made of.

    A part that the evidence also prints in lower case is a common word (Old, Shore), not a name; nor is one of a
    citation's locator (Charter 4:2).
    """
    shown = {part for name in (*public, *_list_locators(material)) for part in _PART.findall(name)}
    shown |= _list_common(material)
    for name in (*_list_persons(material), *material.settings.private):
        parts = [part.removesuffix("'s").removesuffix("’s") for part in _PART.findall(name)]
        hidden = [part for part in parts if part.casefold() not in shown]
        if _fold(name) not in public and (hidden or name in material.settings.private):
            yield name
        yield from (part for part in hidden if len(part) >= SHORTEST and part[0].isupper())


def _list_persons(material: Material) -> Iterator[str]:
    """Yield what is read as a person's name: speakers, mentions, and other names of either.

    A name in Latin letters begins with a capital; one in a script without them is taken where a file names its speaker.
    """
    roles = {word.casefold() for word in ROLE_WORDS}
    spoken = {
        value.speaker
        for _, value in material.find_values(Quotation)
        if value.speaker and value.role != "scripture"
    }
    spoken |= {passage.speaker for passage in material.results.passages if passage.speaker}
    named = {name for name in spoken if _is_name(name)} | set(_list_mentioned(material))
    for _, alias in material.find_values(Alias):
        if alias.name in named:
            named |= set(alias.aka)
    yield from sorted(name for name in named if _fold(name) not in roles)


def _list_mentioned(material: Material) -> Iterator[str]:
    """Yield the persons' names that running prose mentions.

    In a title every word has a capital; and what stands behind an article is a boat or a newspaper, not a person.
    """
    for finding, mention in material.find_values(Mention):
        document = material.documents[finding.span.document]
        block = find_block(document, finding.span.start)
        before = document.text[max(0, finding.span.start - ARTICLE) : finding.span.start].casefold().split()
        if mention.kind == "person" and _LATIN_NAME.fullmatch(mention.name) and before[-1:] != ["the"]:
            yield from [mention.name] if block is None or block.kind not in {"title", "heading"} else []


def _is_name(text: str) -> bool:
    """Tell whether a speaker's designation can be a name: it has letters, and none of its words begins in lower case."""
    parts = _PART.findall(text)
    return bool(parts) and not any(part[0].islower() for part in parts)


def _list_locators(material: Material) -> Iterator[str]:
    """Yield what points at canonical texts, as printed and as normalised."""
    for finding, citation in material.find_values(Citation):
        text = material.documents[finding.span.document].text
        yield from (
            _fold(text[finding.span.start : finding.span.end]),
            _fold(f"{citation.canon} {citation.ref}"),
        )


def _list_common(material: Material) -> frozenset[str]:
    """Return the words that the evidence also prints in lower case."""
    texts = (document.text for document in material.documents.values())
    return frozenset(word for text in texts for word in _PART.findall(text) if word[0].islower())


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
