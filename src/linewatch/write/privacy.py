"""Who may be named in an export. Persons are private until an analyst records a public role; so is whoever is in doubt.

A name that is private stands nowhere: a speaker is told by the role alone, and inside printed words a mark stands for it:
a pseudonym, the same for the same person throughout the case, which only its key leads back from.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from linewatch.model import Alias, Citation, Place, Quotation
from linewatch.settings import PublicRole
from linewatch.write.material import Material
from linewatch.write.persons import SECRET_NAMES, Persons, find_persons, fold, split_parts

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
ROLES = frozenset(map(str.casefold, ROLE_WORDS))
WITHHELD = "[name withheld]"
ALWAYS_PRIVATE = "returnee"
"""A role in which nobody is named, whatever is recorded: those who left or returned stay private."""
SHORTEST = 3
"""Letters of a part of a name that may be withheld by itself."""


@dataclass(frozen=True)
class Privacy:
    """The names that may be printed and those that may not, worked out once for a report."""

    public: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """Names of places, outlets and bodies: printed whole, even where a part of one is a person's."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What stands in place of each private name, by its plain form; the others are only withheld."""

    def is_public(self, name: str | None) -> bool:
        """Tell whether a name may be printed."""
        return name is not None and fold(name) in self.public

    def name_speaker(self, speaker: str | None, role: str) -> str:
        """Return how the report names a speaker: a public name, else the role alone."""
        if speaker is not None and role != ALWAYS_PRIVATE and self.is_public(speaker):
            return speaker
        return ROLE_WORDS.get(role, ROLE_WORDS["unknown"])

    def hide(self, text: str) -> str:
        """Return a text with a mark in place of each private name that stands in it as a word."""
        return self._pattern.sub(self._hide_name, text) if self.private else text

    def _hide_name(self, match: re.Match[str]) -> str:
        met = " ".join(match[0].split())
        return match[0] if met in self.things else self.marks.get(make_plain(met), WITHHELD)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spelled = {variant for name in self.private for variant in list_spellings(name)}
        longest_first = sorted(spelled | self.things, key=lambda name: (-len(name), name))
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


def make_plain(name: str) -> str:
    """Return a name without case, marks on letters and kinds of dashes: what all its spellings share.

    >>> make_plain("INÈS  Al‑Harrow") == make_plain("Ines al-Harrow")
    True
    """
    letters = unicodedata.normalize("NFKD", name.replace("\u2019", "'")).casefold()
    return " ".join(
        re.sub(r"[\u2010-\u2015]", "-", re.sub(r"[\u0300-\u036f\u00ad\u200b-\u200f]", "", letters)).split()
    )


def list_spellings(name: str) -> set[str]:
    """Return the spellings under which a name is met in print: as given, in capitals, without its marks, composed or not."""
    bare = "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one))
    spelled = {
        name,
        bare,
        name.upper(),
        bare.upper(),
        unicodedata.normalize("NFC", name),
        unicodedata.normalize("NFD", name),
    }
    spelled |= {one.replace("-", "\u2011") for one in spelled} | {one.replace("-", " ") for one in spelled}
    return spelled | {one.replace("'", "\u2019") for one in spelled}


def make_pseudonym(key: bytes, name: str) -> str:
    """Return the mark that stands for a person under this key, HMAC-SHA-256 cut to 25 bits: `[person K7Q2X]`."""
    digest = hmac.new(key, make_plain(name).encode("utf-8", "replace"), hashlib.sha256).digest()
    return f"[person {base64.b32encode(digest).decode()[:5]}]"


def list_marks(key: bytes, people: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return the mark of each name of these persons; a part of a name that two of them share has none."""
    owners: dict[str, set[str]] = defaultdict(set)
    for names in people:
        first, *others = names
        mark = make_pseudonym(key, first)
        for name in (first, *others):
            for one in (name, *split_parts(name)):
                owners[make_plain(one)].add(mark)
    return {
        name: mark
        for name, (mark, *more) in ((name, sorted(marks)) for name, marks in owners.items())
        if not more
    }


def judge_names(material: Material) -> Privacy:
    """Return which names a report may print, and under the case's key what stands for the others."""
    persons = find_persons(material, frozenset(map(fold, _list_known(material))))
    public = frozenset(map(fold, _list_public(material, persons)))
    private = frozenset(_find_private(material, persons, public))
    marks = list_marks(material.key, _group_people(material, persons, public)) if material.key else {}
    return Privacy(public=public, private=private, things=persons.things - private, marks=marks)


def list_people(material: Material) -> list[list[str]]:
    """Return the names of each private person of a case, the one that the pseudonym is made from first."""
    persons = find_persons(material, frozenset(map(fold, _list_known(material))))
    public = frozenset(map(fold, _list_public(material, persons)))
    return list(_group_people(material, persons, public))


def _group_people(material: Material, persons: Persons, public: frozenset[str]) -> Iterator[list[str]]:
    """Yield the names of each private person: those of an alias belong to one; each other name is a person of its own.

    A name that is contained in one longer name, and in no other, is that person's.
    """
    names = {name for name in (*persons.names, *material.settings.private) if fold(name) not in public}
    joined = [[alias.name, *alias.aka] for _, alias in material.find_values(Alias) if alias.name in names]
    taken = {name for group in joined for name in group}
    full = {name for name in names - taken if " " in name.strip()}
    yield from sorted(joined)
    yield from ([name] for name in sorted(full))
    known = {make_plain(part) for name in taken | full for part in split_parts(name)}
    yield from ([name] for name in sorted(names - taken - full) if make_plain(name) not in known)


def find_named_persons(material: Material) -> list[PublicRole]:
    """Return the persons who may be named: those with a recorded public role whom nothing shows as having left."""
    left = {fold(name) for name in _list_left(material)}
    return [person for person in material.settings.public if fold(person.name) not in left]


def find_public_aliases(material: Material, privacy: Privacy) -> list[Alias]:
    """Return the aliases of actors who may be named, one for each name."""
    found: dict[str, Alias] = {}
    for _, alias in material.find_values(Alias):
        if privacy.is_public(alias.name) and alias.name_kind not in SECRET_NAMES:
            known = found.get(fold(alias.name))
            aka = (*known.aka, *alias.aka) if known else alias.aka
            found[fold(alias.name)] = Alias(
                name=alias.name, aka=tuple(dict.fromkeys(aka)), name_kind=alias.name_kind
            )
    return [found[name] for name in sorted(found)]


def label_coders(material: Material) -> dict[str, str]:
    """Return a label for each coder, so that no export carries an analyst's name."""
    named = {coded.coder for coded in material.results.coded} | set(material.results.reliability.coders)
    named |= {judgement.coder for judgement in material.judgements}
    return {coder: f"coder {n}" for n, coder in enumerate(sorted(named), start=1)}


def _list_known(material: Material) -> Iterator[str]:
    """Yield what the case knows to be no person: the organisation, its outlets and places."""
    yield from (material.settings.organisation, *material.settings.names)
    yield from (watch.outlet for watch in material.settings.watched)
    for item in material.items.values():
        if item.held:
            yield from (name for name in (item.outlet, item.publisher, item.place) if name)
    for _, place in material.find_values(Place):
        yield from (place.org_name, place.real_name, *(part.strip() for part in place.real_name.split(",")))


def _list_public(material: Material, persons: Persons) -> Iterator[str]:
    """Yield what may be named: what is no person, and persons with a recorded public role.

    An outlet that only a report names is in doubt when something reads its name as a person's.
    """
    yield from _list_known(material)
    yield from (person.name for person in find_named_persons(material))
    doubtful = set(map(fold, persons.names | persons.things))
    for item in material.items.values():
        yield from (name for name in (item.outlet, item.publisher) if name and fold(name) not in doubtful)


def _list_left(material: Material) -> Iterator[str]:
    """Yield the names under which anything shows a person who returned."""
    for _, quotation in material.find_values(Quotation):
        if quotation.role == ALWAYS_PRIVATE and quotation.speaker:
            yield quotation.speaker
    for passage in material.results.passages:
        if passage.role == ALWAYS_PRIVATE and passage.speaker:
            yield passage.speaker


def _find_private(material: Material, persons: Persons, public: frozenset[str]) -> Iterator[str]:
    """Yield the names that no words may show: persons', their other names, and the parts these are made of.

    A part that the evidence also prints in lower case is a common word (Old, Shore), not a name; nor is one of a
    citation's locator (Charter 4:2).
    """
    shown = {part for name in (*public, *_list_locators(material)) for part in split_parts(name)}
    shown |= _list_common(material)
    named = {name for name in persons.names if fold(name) not in ROLES}
    for name in (*named, *material.settings.private):
        hidden = [part for part in split_parts(name) if part.casefold() not in shown]
        if fold(name) not in public and (hidden or name in material.settings.private):
            yield name
        yield from (part for part in hidden if len(part) >= SHORTEST and part[0].isupper())


def _list_locators(material: Material) -> Iterator[str]:
    """Yield what points at canonical texts, as printed and as normalised."""
    for finding, citation in material.find_values(Citation):
        text = material.documents[finding.span.document].text
        yield from (
            fold(text[finding.span.start : finding.span.end]),
            fold(f"{citation.canon} {citation.ref}"),
        )


def _list_common(material: Material) -> frozenset[str]:
    """Return the words that the evidence also prints in lower case."""
    texts = (document.text for document in material.documents.values())
    return frozenset(word for text in texts for word in split_parts(text) if word[0].islower())
