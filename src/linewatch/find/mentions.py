"""Finds names of persons, organisations, outlets and places: by a model where one is installed, and by what the text itself says.

The model only proposes; a name that the text or the case knows keeps the kind it has there. No other finder needs this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linewatch.find.arabic_names import find_arabic_persons
from linewatch.find.base import Reading, make_finding
from linewatch.find.media import find_outlets
from linewatch.find.naming import decide_kind, repeat_names, settle_kinds
from linewatch.find.organisations import get_organisation
from linewatch.find.parsing import parse
from linewatch.model import Alias, Finding, Mention, Place
from linewatch.settings import get_model_name
from linewatch.text.spans import Cover

NAME = "mentions.v3"

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": None,
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_OPENING = re.compile(
    r"(?:Near|In|At|From|On|For|With|By|And|But|Since|After|Before|Meanwhile|Yesterday|Today)\s|[\"“‘'(\[]+"
)
_EDGE = re.compile(r"['’]s\Z|[\s\"“”'’.,;:()\[\]]+\Z")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each mention of a name, known names first."""
    known = list(_find_known(reading))
    taken = Cover((start, end) for start, end, _, _ in known)
    known += [
        (start, end, "person", why)
        for start, end, why in find_arabic_persons(reading.text)
        if start not in taken and end - 1 not in taken
    ]
    taken = Cover((start, end) for start, end, _, _ in known)
    proposed = [one for one in _find_by_model(reading) if one[0] not in taken and one[1] - 1 not in taken]
    if proposed:
        proposed += repeat_names(reading.text, proposed, taken.spans)
    for start, end, kind, reason in sorted([*known, *settle_kinds(reading.text, proposed)]):
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
            kind, why = decide_kind(reading.text, name, [(0, 0, "person", "")])
            known.setdefault(name, (kind, "the text lists its other names" if kind == "person" else why))
    return {name: told for name, told in known.items() if len(name) > 1}


def _find_known(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    known = _list_known(reading)
    if not known:
        return
    names = "|".join(re.escape(name) for name in sorted(known, key=lambda one: (-len(one), one)))
    for hit in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", reading.text):
        yield hit.start(), hit.end(), *known[hit[0]]


def _find_by_model(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    name = get_model_name()
    for offset, doc in parse(reading):
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            start, end = offset + entity.start_char, offset + entity.end_char
            if (opening := _OPENING.match(reading.text, start, end)) is not None:
                start = opening.end()
            while (edge := _EDGE.search(reading.text, start, end)) is not None:
                end = edge.start()
            if kind and end > start and "\n" not in reading.text[start:end]:
                yield start, end, kind, f"the model {name} names it {entity.label_}"
