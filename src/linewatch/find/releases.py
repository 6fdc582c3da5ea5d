"""What one sentence says of one release: its publisher, outlet, title, issue, date, and the words that put it out."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from linewatch.find.media import KindHit, find_outlets, get_media
from linewatch.find.organisations import Organisation
from linewatch.find.prose import Marked
from linewatch.find.publishers import Publisher, find_publisher, says_its
from linewatch.find.words import NAME_WORD
from linewatch.text.dates import Dated, find_dates, find_relative_dates
from linewatch.text.shapes import has_title_case, is_house

_ADVERBS = r"(?:(?:also|recently|then|later|first|officially|simultaneously|\w+ly)\s){0,2}"
_FILL = r"(?:(?:\s|,\s|-)[\w'’\"“”*_/.&-]+){0,9}?[\s\"“*_]{1,3}"
_PART = r"(?:\s(?:was|were|is|has been|had been|that was|which was|that|which|it|they|he|she|is said to have been))?"
_BETWEEN = r"(?:\s?\([^()]{0,60}\)|,?\s(?:titled|entitled|called|named|headlined|in [A-Z]\w+|of|about|on|by|with|for|from|lasting|dated|running)?[^.;:]{0,60}?)?"
_ISSUE = re.compile(
    r"\b(?:[Ii]ssue|[Nn]o\.|[Nn]umber|[Ee]dition|[Vv]olume|العدد)\s(?:[Nn]o\.?\s|[Nn]umber\s|#|رقم\s)?(?P<n>\d{1,4}|[٠-٩]{1,4})|\b(?P<o>\d{1,4})(?:st|nd|rd|th)\s(?:issue|edition|number)|"
    r"\b(?P<w>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|inaugural)\s(?:issue|edition|number)\b"
)
_TITLED = re.compile(
    r"(?:\s\w+){0,4}?[\s,]*\b(?:titled|entitled|headlined|headed|under the (?:title|headline|heading)|with the (?:title|headline)|بعنوان|تحت عنوان),?\s?\(?[*_]?\Z|\s(?:called|named|dubbed),?\s[*_]?\Z"
)
_UNQUOTED = re.compile(
    rf"\b(?:titled|entitled|headlined),?\s[*_]?(?P<title>{NAME_WORD}(?:\s(?:{NAME_WORD}|[a-z]{{1,4}})){{0,12}})"
)
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_PLATFORM_LEAD = (
    r"\b(?:on|via|through|to|over)\s(?:(?:its|the|their|his|a|an)\s)?(?:(?:official|own|main|[\w-]+)\s){0,3}?"
)


_DEFINITE = re.compile(r"\b(?:the|this|that|same)\s(?:[\w'’-]+\s){0,2}\Z", re.IGNORECASE)


# A subject of its own before the verb: "Monday's announcement, the group issued a notice" puts out no announcement.
_SUBJECT_BETWEEN = re.compile(
    r",\s(?!which|that|who)(?:[^,]{0,40},\s)?(?:(?:the|its|their)\s(?:[\w-]+\s){1,3}|(?:[A-Z][\w'’-]+\s){1,4}|(?:it|they|he|she)\s)\Z"
)
_CARRIED = re.compile(
    r"(?<![\w-])(?P<name>The\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)(?:(?:\s(?:of|for|dated)\s|,\s)[^.;:]{4,30})?\s(?:also\s)?(?:carried|carries|ran|runs|printed|prints|featured|features|published)\s(?:an?|its|the)\s(?:[\w-]+\s){0,3}\Z"
)


_HOST = re.compile(rf"\s(?:with|to|on|given to|by)\s(?:the\s)?(?P<name>{NAME_WORD}(?:\s{NAME_WORD}){{0,3}})")
_STATION = re.compile(r"(?:Radio|TV|Television|Channel)\b|.*\b(?:Radio|TV|Television)\Z")


class Sentence(NamedTuple):
    """A sentence with what is quoted in it blotted out, and the quotations that stand in it."""

    text: str
    start: int
    marks: tuple[Marked, ...]
    whole: str
    """The document's own text."""


class Release(NamedTuple):
    """What a sentence says of a release."""

    hit: KindHit
    linked: bool
    publisher: str | None
    place: str | None
    outlet: str | None
    title: str | None
    issue: str | None
    dated: Dated | None
    definite: bool


@cache
def _get_links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    release = get_media().release
    # With a capital only where a sentence begins: "Graft Records" records nothing.
    release = rf"(?:(?-i:(?<!\w\s)|(?=[^A-Z]|[A-Z]{{3}}))(?:{release}))"
    before = re.compile(rf"\b(?P<verb>{release})(?:\s(?:out|up))?{_FILL}\Z", re.IGNORECASE)
    after = re.compile(rf"{_BETWEEN}{_PART},?\s{_ADVERBS}(?P<verb>{release})\b", re.IGNORECASE)
    return before, after


def read_release(sentence: Sentence, hit: KindHit, organisation: Organisation, base: date | None) -> Release:
    """Return what the sentence says of the release that the noun `hit` names."""
    text, at, end = sentence.text, hit.start - sentence.start, hit.end - sentence.start
    before, after = _get_links()
    active = before.search(text, max(0, at - 140), at)
    passive = after.match(text, end, min(len(text), end + 160))
    if passive and _SUBJECT_BETWEEN.search(text, end, passive.start("verb")):
        passive = None
    link = active or passive
    verb = link.span("verb") if link else None
    publisher = find_publisher(text, (at, end), verb, active=active is not None, organisation=organisation)
    outlet = find_outlet(text, sentence.whole, organisation) or _find_house(publisher, hit, sentence.whole)
    outlet = outlet or _find_carrier(text[:at], hit, organisation) or _find_host(text, end, hit)
    name = publisher.name
    if outlet and (name is None or name in outlet or outlet in name or says_its(text, at)):
        name = organisation.name
    return Release(
        hit,
        linked=link is not None,
        publisher=name,
        place=publisher.place,
        outlet=outlet,
        title=find_title(sentence, hit),
        issue=find_issue(text),
        dated=find_date(sentence, verb[0] if verb else at, base),
        definite=_DEFINITE.search(text, max(0, at - 40), at) is not None,
    )


def _find_house(publisher: Publisher, hit: KindHit, whole: str) -> str | None:
    """Return the serial that owns an editorial or article: "The Lamp's editorial"."""
    if not publisher.owns or not publisher.name or hit.kind not in {"editorial", "article", "magazine"}:
        return None
    full = f"The {publisher.name}"
    return full if re.search(rf"(?<![.!?\n]\s)(?<!\n){re.escape(full)}\b", whole) else publisher.name


def _find_carrier(before: str, hit: KindHit, organisation: Organisation) -> str | None:
    """Return the serial that carries an editorial or article: "The Lamp of 6 April carried an editorial"."""
    carried = _CARRIED.search(before) if hit.kind in {"editorial", "article"} else None
    return carried["name"] if carried and carried["name"] not in organisation.names else None


def _find_host(text: str, end: int, hit: KindHit) -> str | None:
    """Return the house that an interview was given to: "an interview with Radio Quay"."""
    host = _HOST.match(text, end) if hit.noun == "interview" else None
    return host["name"] if host and (is_house(host["name"]) or _STATION.match(host["name"])) else None


def find_date(sentence: Sentence, near: int, base: date | None) -> Dated | None:
    """Return the date in a sentence that stands nearest to a place in it."""
    found = [
        *find_dates(sentence.text),
        *find_relative_dates(sentence.text, 0, len(sentence.text), base),
    ]
    fit = [dated for dated in found if not sentence.text[: dated.start].rstrip().endswith(("since", "Since"))]
    return min(fit, key=lambda dated: (abs(dated.start - near), dated.start), default=None)


def find_title(sentence: Sentence, hit: KindHit) -> str | None:
    """Return the title that the noun is given: marked words right after or before it, or after "titled"."""
    for mark in sentence.marks:
        words = " ".join(sentence.whole[mark.start : mark.end].split()).rstrip(",.;:")
        if not words or len(words) > 200:
            continue
        gap = sentence.whole[hit.end : mark.before] if mark.before >= hit.end else None
        if (
            gap is not None
            and len(gap) < 80
            and (_TITLED.fullmatch(gap) or (not gap.strip(" ,(*_") and has_title_case(words)))
        ):
            return words
        back = sentence.whole[mark.after : hit.start] if mark.after <= hit.start else None
        if (
            back is not None
            and re.fullmatch(r",?\s(?:an?|the|its)\s(?:[\w'’-]+\s){0,4}", back)
            and has_title_case(words)
        ):
            return words
    unquoted = _UNQUOTED.search(sentence.text, hit.end - sentence.start)
    if unquoted and unquoted.start() - (hit.end - sentence.start) < 60 and has_title_case(unquoted["title"]):
        return re.sub(r"\s[a-z]{1,4}\Z", "", unquoted["title"])
    return None


def find_issue(text: str) -> str | None:
    """Return the number of an issue: "issue 120", "the 120th issue", "the first issue"."""
    hit = _ISSUE.search(text)
    if hit is None:
        return None
    if hit["w"]:
        return "1" if hit["w"] == "inaugural" else str(_ORDINALS.index(hit["w"]) + 1)
    return hit["n"] or hit["o"]


def find_outlet(text: str, whole: str, organisation: Organisation) -> str | None:
    """Return the outlet a sentence names: one it calls a channel, one the text called so before, or a known platform."""
    here = [name for name in find_outlets(text) if name not in organisation.names]
    if here:
        return here[0]
    for name in find_outlets(whole):
        if (
            name in text
            and name not in organisation.names
            and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ):
            return name
    return next((name for name in get_media().known if _names_platform(text, name)), None)


def _names_platform(text: str, name: str) -> bool:
    """Tell whether a sentence says that a platform carried something: "on Telegram", "a Twitter post"."""
    known = re.escape(name)
    return (
        re.search(
            rf"{_PLATFORM_LEAD}{known}\b|\b{known}\s(?:post|message|channel|video|account|page|thread)\b",
            text,
        )
        is not None
    )
