"""Who put a release out: the subject of the verb, its agent, the owner in the noun's own phrase, or a pronoun for the organisation."""

from __future__ import annotations

import re
from typing import NamedTuple

from linewatch.find.organisations import GENERIC, Organisation, skip_owner, skip_possessor
from linewatch.find.words import NAME_PATTERN, PLACE_UNITS

_ADVERBS = r"(?:(?:also|recently|then|later|first|officially|simultaneously|\w+ly)\s){0,2}"
_ORG = r"(?:[A-Z][\w’'.-]*|al-\w+)(?:\s(?:(?:of|for|the|and|al)\s(?:the\s)?)?(?:[A-Z][\w’'.-]*|al-\w+)){0,7}"
_GROUP = rf"(?:the|its|their)\s(?:(?:group|organi[sz]ation|movement)(?:['’]s)?\s)?(?:[\w-]+\s){{0,2}}?(?:{'|'.join(sorted(GENERIC))})"
_BY = re.compile(
    rf"\b(?:by|from|of)\s(?:(?:the|its|their)\s(?:(?:so-called|central|official|local|group['’]s)\s)?)?(?P<who>{_ORG})(?P<place>\s?\([^()]{{2,60}}\))?"
)
_BY_GROUP = re.compile(rf"\b(?:by|from)\s(?P<who>{_GROUP})\b")
_SUBJECT = re.compile(
    rf"(?P<who>{_ORG})(?P<place>\s?\([^()]{{2,60}}\))?(?:['’]s\s(?:[a-z][\w-]*\s?){{1,4}})?(?:,[^,.;:]{{0,60}},)?\s(?:has\s|had\s|have\s)?{_ADVERBS}\Z"
)
_SUBJECT_GROUP = re.compile(
    rf"\b(?:[Tt]he\s(?:{'|'.join(sorted(GENERIC))})|[Ii]t|[Tt]hey)\s(?:has\s|had\s|have\s)?{_ADVERBS}\Z"
)
_WHOSE = re.compile(
    rf",?\s(?:that|which)\s(?:the\s)?(?P<who>{_ORG})(?P<place>\s?\([^()]{{2,60}}\))?\s(?:has\s|had\s)?[a-z]"
)
_OWNER = re.compile(
    rf"(?P<who>{_ORG})(?:['’]s?)?\s(?:(?:official|new|recent|latest|first|second|third|central|own|[a-z]+-language|propaganda|short|long|media|branch|affiliated|flagship|main|audio|video|weekly|daily|monthly|lengthy|brief)\s){{0,4}}\Z"
)
# Whose words a piece is: "In a speech on 3 May, the chairwoman Ada Merrow said".
_SPEAKS = re.compile(
    rf",?\s(?:the\s)?(?:[a-z-]+\s){{0,3}}(?P<who>{_ORG})\s(?:also\s)?(?:said|says|told|tells|called|calls|urged|urges|warned|warns|declared|declares|claimed|claims|announced|announces|vowed|vows|asked|asks|praised|praises|accused|accuses|denied|denies|thanked|thanks|wrote|writes|spoke|speaks|described|describes|went|goes)\b"
)
_SAYS_IN = re.compile(
    rf"(?P<who>{_ORG})(?:,[^,.;:]{{0,60}},)?\s(?:said|told|announced|declared|warned|claimed|vowed|wrote|stated)\b[^.;:]{{0,60}}?\s(?:in|during|through|via)\s(?:an?|his|her|its|their)\s(?:[\w'’-]+\s){{0,4}}\Z"
)
_GROUP_SPEAKS = re.compile(
    rf"[^.;:]{{0,90}}?,\s(?:the|its)\s(?:{'|'.join(sorted(GENERIC))})\s(?:also\s)?[a-z]+(?:ed|aid|old|ote)\b"
)
_IN_A = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Tt]hrough|[Vv]ia|[Ww]ith)\s(?:an?|his|her|its|their|the|another)\s(?:[\w'’-]+,?\s){0,4}\Z"
)
_ITS = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|the\s(?:group|organi[sz]ation|movement|league|party|guild)['’]s|official)\s(?:[\w-]+\s){0,4}\Z"
)


_ARTICLE = re.compile(r"^(?:The|A|An|On|In|By|From|At|Its|Their|Official)\s", re.IGNORECASE)
# "On 4 August the Union's label": the month is no part of the name.
_DAY_BEFORE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\s(?=the\s)"
)
_BRANCH = re.compile(rf"(?:{NAME_PATTERN}\s)?(?:{PLACE_UNITS})\Z")


class Publisher(NamedTuple):
    """A publisher and, where a bracket after the name says so, the place."""

    name: str | None = None
    place: str | None = None
    owns: bool = False
    """Whether it is named as the noun's owner: "The Lamp's editorial"."""


def find_publisher(
    text: str,
    noun: tuple[int, int],
    verb: tuple[int, int] | None,
    *,
    active: bool,
    organisation: Organisation,
) -> Publisher:
    """Return who the sentence says put out the piece that the noun names; a short name gives the organisation's own."""
    found = _find_by_verb(text, verb, organisation, active=active) if verb else None
    found = found or _find_owner(text, noun, organisation) or Publisher()
    short = (
        found.name in organisation.names[1:]
        and " " not in (found.name or "")
        and not (found.name or "").isupper()
    )
    return found._replace(name=organisation.name) if short else found


def _find_by_verb(
    text: str, verb: tuple[int, int], organisation: Organisation, *, active: bool
) -> Publisher | None:
    if active:
        subject = _SUBJECT.search(text, max(0, verb[0] - 220), verb[0])
        if subject and _is_name(subject["who"]):
            return _with_place(subject["who"], subject["place"], organisation)
        group = _SUBJECT_GROUP.search(text, max(0, verb[0] - 60), verb[0])
        return Publisher(organisation.name) if group else None
    until = min(len(text), verb[1] + 60)
    by = _BY.match(text, verb[1] + 1) or _BY.search(text, verb[1], until)
    if by and _is_name(by["who"]):
        return _with_place(by["who"], by["place"], organisation)
    return Publisher(organisation.name) if _BY_GROUP.search(text, verb[1], until) else None


def _find_owner(text: str, noun: tuple[int, int], organisation: Organisation) -> Publisher | None:
    """Return the publisher that the noun's own phrase names: "an ISIS video", "a film from Heron Pier", "its weekly"."""
    owner = _OWNER.search(text, max(0, noun[0] - 120), noun[0])
    if owner and _is_name(owner["who"]):
        return Publisher(_clean(owner["who"], organisation), owns=True)
    for pattern, at in ((_BY, noun[1] + 1), (_WHOSE, noun[1])):
        hit = pattern.match(text, at) if at < len(text) else None
        if hit and _is_name(hit["who"]):
            return _with_place(hit["who"], hit["place"], organisation)
    speaks = _SPEAKS.search(text, noun[1], min(len(text), noun[1] + 160))
    if speaks and _is_name(speaks["who"]) and _IN_A.search(text, max(0, noun[0] - 60), noun[0]):
        return Publisher(_clean(speaks["who"], organisation))
    said = _SAYS_IN.search(text, max(0, noun[0] - 200), noun[0])
    if said and _is_name(said["who"]):
        return Publisher(_clean(said["who"], organisation))
    if (
        _GROUP_SPEAKS.match(text, noun[1], min(len(text), noun[1] + 120))
        or says_its(text, noun[0])
        or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in organisation.names)
    ):
        return Publisher(organisation.name)
    return None


def says_its(text: str, at: int) -> bool:
    """Tell whether the noun at a place is called the organisation's by a small word: "its weekly", "the group's film"."""
    return _ITS.search(text[max(0, at - 60) : at]) is not None


def _with_place(who: str, bracket: str | None, organisation: Organisation) -> Publisher:
    name = _clean(who, organisation)
    branch = _BRANCH.search(name)
    if bracket and branch and bracket.strip()[1:2].isupper():
        own = branch[0][skip_owner(branch[0], organisation.names) :]
        return Publisher(name, f"{own} {bracket.strip()}")
    return Publisher(name)


def _clean(name: str, organisation: Organisation) -> str:
    """Return a name without article, without whose branch it is, and without a possessive's ending."""
    plain = _ARTICLE.sub("", _DAY_BEFORE.sub("", name))
    plain = plain[skip_possessor(plain, organisation.names) :]
    return re.sub(r"['’]s?\Z", "", plain).strip(" ,.")


def _is_name(name: str) -> bool:
    plain = re.sub(r"['’]s?\Z", "", _ARTICLE.sub("", name)).strip(" ,.")
    dates = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|It|They|An?|Its|Their|His|Her|Our|No|Some|Many|One|Two|Each|Every|He|She|This|That|Later|Another|One|Then|However|Also|I|We|The|Here|Thus|When|While|As|After|In|On|And|But)\.?"
    return bool(plain) and re.fullmatch(dates, plain, re.IGNORECASE) is None and len(plain) > 1
