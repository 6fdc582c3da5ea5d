"""Finds names of persons, organisations, outlets and places: by a model where one is installed, and by what the text itself says.

The model only proposes; a name that the text or the case knows keeps the kind it has there. No other finder needs this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from linewatch.find.base import Reading, make_finding
from linewatch.find.media import find_outlets
from linewatch.find.organisations import get_organisation
from linewatch.model import Alias, Finding, Mention, Place
from linewatch.settings import get_model_name
from linewatch.text.spans import Cover

NAME = "mentions.v1"

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": None,
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_NOT_NEEDED = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
_CHUNK = 50_000
_EDGE = re.compile(r"['’]s\Z|[\s\"“”'’.,;:()\[\]]+\Z")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each mention of a name, known names first."""
    known = list(_find_known(reading))
    taken = Cover((start, end) for start, end, _, _ in known)
    proposed = [
        one for one in _find_by_model(reading.text) if one[0] not in taken and one[1] - 1 not in taken
    ]
    for start, end, kind, reason in sorted([*known, *proposed]):
        value = Mention(name=reading.text[start:end], kind=kind)  # type: ignore[arg-type]  # a plain string from a closed table
        yield make_finding(reading, start, end, value, finder=NAME, reason=reason)


def _list_known(reading: Reading) -> dict[str, tuple[str, str]]:
    """Return the names whose kind the text or the case settles."""
    known: dict[str, tuple[str, str]] = {}
    for name in find_outlets(reading.text):
        known[name] = ("outlet", "the text calls it a weekly, a channel or the like")
    for name in get_organisation(reading).names:
        known[name] = ("organisation", "the watched organisation's name")
    for _, place in reading.find_values(Place):
        known[place.org_name] = ("place", "the text gives its real name")
        known[place.real_name] = ("place", "the real name of a place")
    for _, alias in reading.find_values(Alias):
        for name in (alias.name, *alias.aka):
            known.setdefault(name, ("person", "the text lists its other names"))
    return {name: told for name, told in known.items() if len(name) > 1}


def _find_known(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    known = _list_known(reading)
    if not known:
        return
    names = "|".join(re.escape(name) for name in sorted(known, key=lambda one: (-len(one), one)))
    for hit in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", reading.text):
        yield hit.start(), hit.end(), *known[hit[0]]


@cache
def load_model(name: str) -> Any:
    """Return the model with no pipe but the one that names entities; None where it is not installed."""
    import spacy

    try:
        return spacy.load(name, exclude=_NOT_NEEDED)
    except OSError:
        return None


def _find_by_model(text: str) -> Iterator[tuple[int, int, str, str]]:
    name = get_model_name()
    model = load_model(name) if name else None
    if model is None:
        return
    for offset, chunk in cut_text(text):
        for entity in model(chunk).ents:
            kind = _KINDS.get(entity.label_)
            start, end = offset + entity.start_char, offset + entity.end_char
            while (edge := _EDGE.search(text, start, end)) is not None:
                end = edge.start()
            if kind and end > start and "\n" not in text[start:end]:
                yield start, end, kind, f"the model {name} names it {entity.label_}"


def cut_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces at line ends: a model's memory grows with the length it is given."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _CHUNK)
        if end < len(text):
            end = text.rfind("\n", at + 1, end) + 1 or end
        yield at, text[at:end]
        at = end
