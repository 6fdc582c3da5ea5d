"""Which organisation a text is about: its names as given, or as the text itself introduces and repeats them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from linewatch.find.base import Reading
from linewatch.find.words import CAPITAL, NAME_PATTERN, get_titles

_DEFINED = re.compile(
    rf"\b(?P<full>{NAME_PATTERN}(?:\s(?:of|for|in|and|the)(?:\s(?:the|of))?\s{NAME_PATTERN})?)\s?\((?:also\s)?[\"“‘']?(?P<short>[A-Z][A-Za-z-]{{1,9}}[A-Z]|[A-Z]{{2,10}})[\"”’']?[,;)]"
)
# Nouns that organisations are called by; those that also serve alone: "the League said", "the group's weekly".
_ALONE = ("alliance", "army", "brigade", "caliphate", "emirate", "front", "group", "guild", "league", "militia", "movement", "network", "organisation", "organization", "party", "state", "union")  # fmt: skip
# These only with a capital: "society" says nothing of whose.
_CAPITAL = ("association", "brotherhood", "confederation", "congress", "federation", "fellowship", "guild", "order", "society")  # fmt: skip
_NAMED = (*_ALONE, *_CAPITAL, "battalion", "command", "committee", "corps", "council", "division", "force")
_COLLECTIVE = ("faction", "government", "insurgents", "leadership", "militants", "regime")
NOUNS = frozenset(_NAMED)
"""Nouns that the names of organisations hold."""
GENERIC = frozenset({*_ALONE, *_COLLECTIVE})
"""Nouns by which a text goes on speaking of an organisation that it has named, in lower case."""
_HEADED = re.compile(
    rf"(?<![\w-])(?P<full>(?:[A-Z][\w’'-]{{1,40}}\s){{1,4}}(?:{'|'.join(noun.title() for noun in _NAMED)})s?)\b"
)
# In a heading's title case a name is only what follows its last small word: "Two Letters Of The Lantern Society".
_LEAD = re.compile(r"\A.*\b(?:The|Of|In|On|By|From|With|To|At|As|And)\s")
_BARE = re.compile(rf"\b[Tt]he (?P<noun>(?:{'|'.join(noun.title() for noun in (*_ALONE, *_CAPITAL))})s?)\b")
# A name without such a noun that acts as an organisation does: "Hesper's media wing", "Hesper released", "Hesper members".
_ACTS = re.compile(
    rf"(?<![\w.-])(?P<name>(?:[Aa]l-{CAPITAL}[\w’'-]{{1,30}}|{CAPITAL}[\w’'-]{{2,30}})(?:\s(?:{CAPITAL}[\w’'-]{{2,30}})){{0,2}}?)(?:"
    r"['’]s?\s(?:[a-z-]+\s){0,2}(?:media|propaganda|press|weekly|newspaper|magazine|channel|radio|spokes\w+|leader\w*|founder|members|supporters|website|statement|video)\b"
    r"|\s(?:has\s|had\s|also\s|then\s|recently\s)?(?:released|issued|published|posted|broadcast|announced|claimed responsibility)\b"
    r"|\s(?:members|supporters|followers|fighters|militants|leaders|leadership|officials|media|propaganda|spokes\w+)\b)"
)
_LEAST_ACTS = 2
_NO_ACTOR = frozenset({"the", "they", "it", "he", "she", "we", "its", "their", "his", "her", "who", "that", "this", "which", "council", "government", "police", "ministry", "american", "western", "foreign", "senior", "local"})  # fmt: skip
_POSSESSOR = re.compile(r"(?P<who>.+?)(?:['’]s|s['’])\s")


class Organisation(NamedTuple):
    """The organisation that a text is about: its name as the text most often has it, and its other names."""

    name: str | None
    names: tuple[str, ...]


def get_organisation(reading: Reading) -> Organisation:
    """Return the watched organisation: the one that is named in the case, else the one the text is most about."""
    if reading.names:
        short = tuple(form for name in reading.names for form in _list_short_forms(name))
        return Organisation(reading.names[0], tuple(dict.fromkeys((*reading.names, *short))))
    return _guess(reading.text)


@lru_cache(maxsize=8)
def _guess(text: str) -> Organisation:
    defined = {
        hit["short"]: _strip(hit["full"])
        for hit in _DEFINED.finditer(text)
        if _fits(hit["short"], hit["full"])
    }
    counts = Counter(
        {short: len(re.findall(rf"\b{re.escape(short)}\b", text)) for short in list(defined)[:40]}
    )
    headed = Counter(_strip(_LEAD.sub("", hit["full"])) for hit in _HEADED.finditer(text))
    best = max(counts.items(), key=lambda pair: pair[1], default=(None, 0))
    rival = max(headed.items(), key=lambda pair: pair[1], default=(None, 0))
    if best[0] and best[1] > rival[1]:
        return Organisation(best[0], (best[0], defined[best[0]]))
    name = rival[0] if rival[0] and (rival[1] > 1 or best[0]) else _find_bare(text, headed)
    names = (name, *(short for short, full in defined.items() if full == name)) if name else ()
    return Organisation(name, (*names, *_list_short_forms(name)))


def _find_bare(text: str, headed: Counter[str]) -> str | None:
    """Return what "the League" is short for, or `League` itself where the text never says."""
    bare = Counter(hit["noun"] for hit in _BARE.finditer(text)).most_common(1)
    if not bare:
        return _find_acting(text)
    return next((full for full in headed if full.endswith(f" {bare[0][0]}")), bare[0][0])


def _find_acting(text: str) -> str | None:
    """Return the name that most often acts as an organisation does; None where hardly any does."""
    acting = Counter(_strip(hit["name"]) for hit in _ACTS.finditer(text))
    for name, count in acting.most_common(5):
        if (
            count >= _LEAST_ACTS
            and name.lower() not in _NO_ACTOR
            and name.split()[0].lower() not in get_titles()
        ):
            return name
    return None


def _list_short_forms(name: str | None) -> tuple[str, ...]:
    """Return the bare noun that a text goes on with: `League` for the Harbour League."""
    last = name.split()[-1] if name else ""
    known = last.lower() in GENERIC or last.lower() in _CAPITAL
    return (last,) if known and last != name else ()


def skip_possessor(name: str, names: tuple[str, ...]) -> int:
    """Return how many code points of a name only say, as a possessive, which organisation it belongs to.

    >>> skip_possessor("Coast Guild's Heron Pier", ()), skip_possessor("Devil's Head Pier", ())
    (14, 0)
    """
    hit = _POSSESSOR.match(name)
    if hit is None:
        return 0
    known = hit["who"] in names or hit["who"].isupper() or hit["who"].split()[-1].lower() in _NAMED
    return hit.end() if known else 0


def skip_owner(name: str, names: tuple[str, ...]) -> int:
    """Return how many code points of a place's name are its organisation's, possessive or not: `HL Heron Pier`."""
    owned = skip_possessor(name, names)
    if owned:
        return owned
    known = next((one for one in sorted(names, key=len, reverse=True) if name.startswith(f"{one} ")), None)
    if known:
        return len(known) + 1
    lead = re.match(r"(?:(?:[A-Z]{3,10}|The|In|At|From|Its|Their)\s)+", name)
    return lead.end() if lead else 0


def _strip(name: str) -> str:
    return re.sub(
        r"^(?:The|A|An|In|On|By|When|While|As|For|But|And|That|This|From|Since|After|Before|At|With)\s",
        "",
        name,
    )


def _fits(short: str, full: str) -> bool:
    """Tell whether an initialism may stand for a name: it shares its first letter with one of the words."""
    initials = {word[0].upper() for word in full.split() if word}
    return short[0] in initials
