"""Which organisation a text is about: its names as given, or as the text itself introduces and repeats them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from linewatch.find.base import Reading
from linewatch.find.words import NAME_PATTERN

_DEFINED = re.compile(
    rf"\b(?P<full>{NAME_PATTERN}(?:\s(?:of|for|in|and|the)(?:\s(?:the|of))?\s{NAME_PATTERN})?)\s?\((?:also\s)?[\"“‘']?(?P<short>[A-Z][A-Za-z-]{{1,9}}[A-Z]|[A-Z]{{2,10}})[\"”’']?[,;)]"
)
_HEADED = re.compile(
    r"\b(?P<full>(?:[A-Z][\w’'-]+\s){1,4}(?:League|Army|Front|Movement|Party|Organi[sz]ation|State|Brigades?|Union|Council|Group|Guild|Emirate|Caliphate|Militia|Alliance|Network|Committee|Command|Forces?|Division|Battalion|Agency|Corps))\b"
)
GENERIC = frozenset(
    [
        "organization",
        "organisation",
        "group",
        "movement",
        "league",
        "party",
        "guild",
        "militia",
        "army",
        "front",
        "state",
        "network",
        "brigade",
        "union",
        "faction",
        "alliance",
        "militants",
        "insurgents",
        "regime",
        "government",
        "leadership",
    ]
)


class Organisation(NamedTuple):
    """The organisation that a text is about: its name as the text most often has it, and its other names."""

    name: str | None
    names: tuple[str, ...]


def get_organisation(reading: Reading) -> Organisation:
    """Return the watched organisation: the one that is named in the case, else the one the text is most about."""
    if reading.names:
        return Organisation(reading.names[0], reading.names)
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
    headed = Counter(_strip(hit["full"]) for hit in _HEADED.finditer(text))
    best = max(counts.items(), key=lambda pair: pair[1], default=(None, 0))
    rival = max(headed.items(), key=lambda pair: pair[1], default=(None, 0))
    if best[0] and best[1] >= rival[1]:
        return Organisation(best[0], (best[0], defined[best[0]]))
    if rival[0] and rival[1] > 1:
        return Organisation(rival[0], (rival[0],))
    return Organisation(best[0], (best[0], defined[best[0]]) if best[0] else ())


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
