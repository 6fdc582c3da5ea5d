"""Finds an organisation's own names for places, where the text gives the real one beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linewatch.find.base import Reading, make_finding
from linewatch.find.organisations import get_organisation, skip_owner
from linewatch.find.words import ARTICLE, NAME_PATTERN, PLACE_UNITS
from linewatch.model import Finding, Place
from linewatch.resources import load_table

NAME = "places.v1"

_AFTER = re.compile(
    rf"(?P<name>(?:{NAME_PATTERN})\s(?:{PLACE_UNITS}))\s?[(\[](?P<real>[^()\[\]\n]{{2,70}})[)\]]"
)
_BEFORE = re.compile(
    rf"\b(?P<name>(?:Wilayat?|Vilayat?|Wilayah|Emirate of|Province of|Land of|ولاية)\s(?:{ARTICLE}|{NAME_PATTERN}))\s?[(\[](?P<real>[^()\[\]\n]{{2,70}})[)\]]"
)
_ARABIC = re.compile(
    r"(?P<name>ولاية\s[\u0621-\u064a]{2,20}(?:\s[\u0621-\u064a]{2,20})?)\s?[(\[](?P<real>[^()\[\]\n]{2,50})[)\]]"
)
_OWN_NAME = re.compile(
    rf"(?P<name>{NAME_PATTERN}),?\s[(]?(?:which is\s)?(?:the\s)?(?:group|organi[sz]ation|movement|league|guild|party|militants?|[A-Z]\w{{1,20}})(?:['’]s|s['’])\s(?:own\s)?(?:name|term|word|designation)\sfor\s(?:the\s(?:city|town|area|region|province|village|port)\sof\s)?(?P<real>{NAME_PATTERN})"
)
_CALLED = re.compile(
    rf"(?P<real>{NAME_PATTERN})(?:,|\s\()\s?(?:which|known to|called by|referred to by|renamed by)\s(?:it|the\s\w+|[A-Z]\w+)?\s?(?:calls?|refers? to as|named|renamed|as)\s(?:the\s)?[\"“‘']?(?P<name>{NAME_PATTERN})"
)
_NAMES_IT = re.compile(
    rf"\b(?:calls?|calling|called|renamed|refers? to|names)\s(?:the\s(?:city|town|area|region|province|village|port|lake|island)\sof\s)?(?P<real>{NAME_PATTERN})\s(?:as\s)?[\"“‘](?P<name>{NAME_PATTERN})[.,]?[\"”’]"
)
_REAL = re.compile(
    rf"(?:(?:i\.e\.,?|that is,?|in|formerly|or|known as|real name:?|=|near|around|parts of|the\s(?:city|area|region|town)\sof|the)\s){{0,2}}(?P<place>{NAME_PATTERN}(?:(?:,\s|\sand\s|\sin\s|/|-|\s–\s){NAME_PATTERN}){{0,3}})(?:\s(?:area|region|province|governorate|city))?"
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each place whose own name and real name stand together; each pair once."""
    seen: set[tuple[str, str]] = set()
    for start, end, own, real, reason in _list_pairs(reading):
        if (own, real) not in seen and own != real:
            seen.add((own, real))
            yield make_finding(
                reading, start, end, Place(org_name=own, real_name=real), finder=NAME, reason=reason
            )


def _list_pairs(reading: Reading) -> Iterator[tuple[int, int, str, str, str]]:
    names = get_organisation(reading).names
    for pattern in (_AFTER, _BEFORE, _ARABIC):
        for hit in pattern.finditer(reading.text):
            real = hit["real"].strip() if pattern is _ARABIC else _read_real(hit["real"])
            own_start = hit.start("name") + skip_owner(hit["name"], names)
            if real and own_start < hit.end("name"):
                yield (
                    own_start,
                    hit.end(),
                    reading.text[own_start : hit.end("name")],
                    real,
                    "its own name, the real one in brackets",
                )
    for pattern in (_OWN_NAME, _CALLED, _NAMES_IT):
        for hit in pattern.finditer(reading.text):
            yield (
                hit.start(),
                hit.end(),
                hit["name"],
                hit["real"],
                "the text says what the place is really called",
            )


def _read_real(words: str) -> str | None:
    """Return the real name in a bracket; None where it holds no name, an initialism, or only the country."""
    hit = _REAL.fullmatch(words.strip())
    if hit is None:
        return None
    place = hit["place"]
    return None if place in _get_countries() or (place.isupper() and len(place) <= 5) else place


@cache
def _get_countries() -> frozenset[str]:
    return frozenset(str(name) for name in load_table("countries")["names"])
