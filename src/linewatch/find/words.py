"""The tables of words that finders share, made ready once: function words, verbs of speech, voices, honorifics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from linewatch.model.finding import Role
from linewatch.resources import load_table
from linewatch.text.folding import fold

_SHORT = "Spc|Pfc|Cpl|Pvt|Supt|Insp|Amb|Pres|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Prof|Rev|Hon|St|Jr|Sr|Adm|Cmdr|Brig|Atty|Messrs"
SHORT_TITLE = rf"(?:{_SHORT})\."
BLOT = "\u2591"
"""Stands for each code point of quoted words where only the words around them are read."""
TOKEN = re.compile(
    rf"(?:{_SHORT})\.|(?:[A-Z]\.){{1,4}}(?=[\s,])|[^\W_](?:[\w'’ʿʾ‘`-]*[\w'’ʾ])?|{BLOT}+|[^\w\s]"
)
CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
# Bounded, so that a megabyte without a space is not read again from each of its points.
NAME_WORD = rf"(?:[‘'ʿ]?{CAPITAL}[\w’'ʿʾ.-]{{0,40}}\w|[A-Z]\.)"
# Small words inside a name: Ines van der Oske, Yusuf bin Harun.
PARTICLES = frozenset({"al", "el", "bin", "ibn", "bint", "ben", "abu", "umm", "von", "van", "der", "den", "de", "da", "di", "du", "la"})  # fmt: skip
ARTICLE = r"(?:a[dnrstz]|ash|al|el)-[\w’'ʿʾ]{1,30}"
NAME_PATTERN = (
    rf"(?<![\w-]){NAME_WORD}(?:[ \u00a0](?:{NAME_WORD}|(?:{ARTICLE}|{'|'.join(sorted(PARTICLES))})\b)){{0,6}}"
)


# What an organisation's own places and branches are called.
PLACE_UNITS = "Provinces?|Governorate|State|Sector|District|Region|Emirate|Pier|Branch|Front|Zone|Area|Division|Command|Canton|Prefecture|Territory|County|Ward|Quarter|Base|Camp|Station|City|Town|Village"


class Grammar(NamedTuple):
    """English function words by class."""

    prepositions: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    auxiliaries: frozenset[str]
    intros: frozenset[str]
    connectives: frozenset[str]
    time_nouns: frozenset[str]
    openers: frozenset[str]
    small: frozenset[str]
    """Whatever ends a noun phrase: prepositions, relatives, conjunctions, auxiliaries, pronouns."""


@cache
def get_grammar() -> Grammar:
    """Return the classes of `resources/grammar.yml`."""
    table = load_table("grammar")
    classes = {name: frozenset(str(word) for word in words) for name, words in table.items()}
    ends = ("prepositions", "relatives", "conjunctions", "auxiliaries", "pronouns")
    return Grammar(**classes, small=frozenset[str]().union(*(classes[name] for name in ends)))


class Verbs(NamedTuple):
    """The forms of verbs that hand over to somebody's words."""

    say: frozenset[str]
    show: frozenset[str]
    arabic_folded: frozenset[str]
    nouns_too: frozenset[str]
    of_canons: frozenset[str]
    before_verb: frozenset[str]


@cache
def get_verbs() -> Verbs:
    """Return the inflected verbs of `resources/speech.yml`."""
    table = load_table("speech")
    irregular = {str(verb): [str(form) for form in forms] for verb, forms in table["irregular"].items()}

    def inflect(verbs: Iterable[str]) -> frozenset[str]:
        return frozenset(form for verb in verbs for form in list_forms(str(verb), irregular))

    return Verbs(
        say=inflect(table["say"]),
        show=inflect(table["show"]),
        arabic_folded=frozenset(fold(str(word)) for word in table["arabic"]),
        nouns_too=frozenset(str(word) for word in table["nouns_too"]),
        of_canons=frozenset(str(word) for word in table["of_canons"]),
        before_verb=frozenset(str(word) for word in table["before_verb"]),
    )


def list_forms(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    """Return a verb with its third person, past and participle.

    >>> list_forms("carry", {}), list_forms("state", {})
    (['carry', 'carries', 'carried', 'carrying'], ['state', 'states', 'stated', 'stating'])
    """
    if verb in irregular:
        return [verb, *irregular[verb]]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    if verb.endswith("ee"):
        return [verb, third, f"{verb}d", f"{verb}ing"]
    stem = verb.removesuffix("e")
    return [verb, third, f"{stem}ed", f"{stem}ing"]


class ArabicWords(NamedTuple):
    """Arabic words by what they do beside a speaker's name, folded."""

    stops: frozenset[str]
    according: frozenset[str]
    going_on: frozenset[str]
    media: frozenset[str]


@cache
def get_arabic_words() -> ArabicWords:
    """Return the small Arabic words of `resources/speech.yml`, vowel signs and forms of alif folded."""
    table = load_table("speech")
    names = ("arabic_small", "arabic_according", "arabic_going_on", "arabic_media")
    return ArabicWords(*(frozenset(fold(str(word)) for word in table[name]) for name in names))


@cache
def get_arabic_titles() -> frozenset[str]:
    """Return the Arabic offices and titles that stand beside a name."""
    return frozenset(str(word) for word in load_table("honorifics")["arabic"])


@cache
def get_roles() -> dict[str, Role]:
    """Return for each noun of `resources/voices.yml` the role in which it speaks."""
    return {str(noun): role for role, nouns in load_table("voices").items() for noun in nouns}


@cache
def get_titles() -> frozenset[str]:
    """Return the titles that stand before a person's name, in lower case."""
    return frozenset(str(title) for title in load_table("honorifics")["titles"])


def get_role(noun: str) -> Role | None:
    """Return the role of a noun, in the singular or a regular plural; None where it is no voice.

    >>> get_role("rowers"), get_role("editorial"), get_role("oar")
    ('member', 'editorial', None)
    """
    roles = get_roles()
    word = noun if noun in roles else noun.lower()
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("'s").removesuffix("’s"),
    ):
        if form in roles:
            return roles[form]
    return None
