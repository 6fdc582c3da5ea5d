"""What one sentence says of one release: its publisher, outlet, title, issue, date, and the words that put it out."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from linewatch.find.media import KindHit, find_outlets, get_media
from linewatch.find.organisations import GENERIC, Organisation
from linewatch.find.prose import Marked
from linewatch.find.words import NAME_PATTERN, NAME_WORD
from linewatch.text.dates import Dated, find_dates, find_relative_dates
from linewatch.text.shapes import has_title_case

_ADVERBS = r"(?:(?:also|recently|then|later|first|officially|simultaneously|\w+ly)\s){0,2}"
_FILL = r"(?:(?:\s|,\s|-)[\w'’\"“”*_/.&-]+){0,9}?[\s\"“*_]{1,3}"
_PART = r"(?:\s(?:was|were|is|has been|had been|that was|which was|that|which|it|they|he|she|is said to have been))?"
_BETWEEN = r"(?:\s?\([^()]{0,60}\)|,?\s(?:titled|entitled|called|named|headlined|in [A-Z]\w+|of|about|on|by|with|for|from|lasting|dated|running)?[^.;:]{0,60}?)?"
_ORG = (
    r"(?:[A-Z][\w’'.-]*|al-\w+)(?:\s(?:(?:of|for|the|and|in|al)\s(?:the\s)?)?(?:[A-Z][\w’'.-]*|al-\w+)){0,7}"
)
_GROUP = rf"(?:the|its|their)\s(?:(?:group|organi[sz]ation|movement)(?:['’]s)?\s)?(?:[\w-]+\s){{0,2}}?(?:{'|'.join(sorted(GENERIC))})"
_BY = re.compile(
    rf"\b(?:by|from|of)\s(?:(?:the|its|their)\s(?:(?:so-called|central|official|local|group['’]s)\s)?)?(?P<who>{_ORG})(?P<place>\s?\([^()]{{2,60}}\))?"
)
_BY_GROUP = re.compile(rf"\b(?:by|from)\s(?P<who>{_GROUP})\b")
_SUBJECT = re.compile(
    rf"(?P<who>{_ORG})(?P<place>\s?\([^()]{{2,60}}\))?(?:['’]s\s(?:(?:official|central|main|own|media|propaganda|press)\s){{0,2}}(?:media\s)?(?:arm|wing|division|outlet|office|department|branch|agency|channel|foundation))?(?:,[^,.;:]{{0,60}},)?\s(?:has\s|had\s|have\s)?{_ADVERBS}\Z"
)
_SUBJECT_GROUP = re.compile(
    rf"\b(?:[Tt]he\s(?:{'|'.join(sorted(GENERIC))})|[Ii]t|[Tt]hey)\s(?:has\s|had\s|have\s)?{_ADVERBS}\Z"
)
_OWNER = re.compile(
    rf"(?P<who>{_ORG})(?:['’]s?)?\s(?:(?:official|new|recent|latest|first|second|third|central|own|[a-z]+-language|propaganda|short|long|media|branch|affiliated|flagship|main|audio|video|weekly|daily|monthly|lengthy|brief)\s){{0,4}}\Z"
)
_ITS = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|the\s(?:group|organi[sz]ation|movement|league|party|guild)['’]s|official)\s(?:[\w-]+\s){0,4}\Z"
)
_ISSUE = re.compile(
    r"\b(?:[Ii]ssue|[Nn]o\.|[Nn]umber|[Ee]dition|[Vv]olume|العدد)\s(?:[Nn]o\.?\s|[Nn]umber\s|#|رقم\s)?(?P<n>\d{1,4}|[٠-٩]{1,4})|\b(?P<o>\d{1,4})(?:st|nd|rd|th)\s(?:issue|edition|number)|"
    r"\b(?P<w>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|inaugural)\s(?:issue|edition|number)\b"
)
_TITLED = re.compile(
    r"(?:\s\w+){0,4}?[\s,]*\b(?:titled|entitled|called|named|headlined|dubbed|under the (?:title|headline|heading)|with the (?:title|headline)|بعنوان|تحت عنوان),?\s?\(?[*_]?\Z"
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
    before = re.compile(rf"\b(?P<verb>{release})(?:\s(?:out|up))?{_FILL}\Z", re.IGNORECASE)
    after = re.compile(rf"{_BETWEEN}{_PART}\s{_ADVERBS}(?P<verb>{release})\b", re.IGNORECASE)
    return before, after


def read_release(sentence: Sentence, hit: KindHit, organisation: Organisation, base: date | None) -> Release:
    """Return what the sentence says of the release that the noun `hit` names."""
    text, at, end = sentence.text, hit.start - sentence.start, hit.end - sentence.start
    before, after = _get_links()
    active = before.search(text, max(0, at - 140), at)
    passive = after.match(text, end, min(len(text), end + 160))
    verb_at = active.start("verb") if active else passive.start("verb") if passive else None
    verb_end = active.end("verb") if active else passive.end("verb") if passive else None
    publisher, place = _find_publisher(sentence, (at, end), (verb_at, verb_end), bool(active), organisation)
    outlet = find_outlet(text, sentence.whole, organisation)
    if publisher is not None and outlet is not None and publisher.removesuffix("'s") == outlet:
        publisher = organisation.name
    if outlet and publisher is None and _ITS.search(text[max(0, at - 60) : at]):
        publisher = organisation.name
    return Release(
        hit,
        linked=verb_at is not None,
        publisher=publisher,
        place=place,
        outlet=outlet,
        title=find_title(sentence, hit),
        issue=find_issue(text),
        dated=find_date(sentence, verb_at if verb_at is not None else at, base),
        definite=re.search(
            r"\b(?:[Tt]he|[Tt]his|[Tt]hat|same)\s(?:[\w'’-]+\s){0,2}\Z", text[max(0, at - 40) : at]
        )
        is not None,
    )


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
    return next(
        (name for name in get_media().known if re.search(rf"{_PLATFORM_LEAD}{re.escape(name)}\b", text)), None
    )


def _find_publisher(
    sentence: Sentence,
    noun: tuple[int, int],
    verb: tuple[int | None, int | None],
    active: bool,  # noqa: FBT001 - the voice of the verb
    organisation: Organisation,
) -> tuple[str | None, str | None]:
    """Return who put it out and, where a bracket follows the name, where that is."""
    text = sentence.text
    if active and verb[0] is not None:
        subject = _SUBJECT.search(text, max(0, verb[0] - 220), verb[0])
        if subject and _is_name(subject["who"]):
            return _with_place(subject["who"], subject["place"])
        if _SUBJECT_GROUP.search(text, max(0, verb[0] - 60), verb[0]):
            return organisation.name, None
    if verb[1] is not None and not active:
        by = _BY.match(text, verb[1] + 1) or _BY.search(text, verb[1], min(len(text), verb[1] + 60))
        if by and _is_name(by["who"]):
            return _with_place(by["who"], by["place"])
        if _BY_GROUP.search(text, verb[1], min(len(text), verb[1] + 60)):
            return organisation.name, None
    return _find_owner(text, noun, organisation)


def _find_owner(
    text: str, noun: tuple[int, int], organisation: Organisation
) -> tuple[str | None, str | None]:
    """Return the publisher that the noun's own phrase names: "an ISIS video", "a film from Heron Pier", "its weekly"."""
    owner = _OWNER.search(text, max(0, noun[0] - 120), noun[0])
    if owner and _is_name(owner["who"]):
        return _clean(owner["who"]), None
    by = _BY.match(text, noun[1] + 1) if noun[1] < len(text) else None
    if by and _is_name(by["who"]):
        return _with_place(by["who"], by["place"])
    if _ITS.search(text[max(0, noun[0] - 60) : noun[0]]):
        return organisation.name, None
    if named := next(
        (name for name in organisation.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)), None
    ):
        return named, None
    return None, None


def _with_place(who: str, bracket: str | None) -> tuple[str, str | None]:
    name = _clean(who)
    own = re.search(
        rf"(?:{NAME_PATTERN}\s)?(?:Province|Pier|Branch|Governorate|Sector|District|Region|Emirate|State)\Z",
        name,
    )
    if bracket and own:
        return name, f"{re.sub('^[A-Z]{3,10} ', '', own[0])} {bracket.strip()}"
    return name, None


def _clean(name: str) -> str:
    return re.sub(
        r"['’]s?\Z", "", re.sub(r"^(?:The|A|An|On|In|By|From|At|Its|Their|Official)\s", "", name)
    ).strip(" ,.")


def _is_name(name: str) -> bool:
    plain = _clean(name)
    dates = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|It|They|An?|Its|Their|His|Her|Our|No|Some|Many|One|Two|Each|Every|He|She|This|That|Later|Another|One|Then|However|Also|I|We|The|Here|Thus|When|While|As|After|In|On|And|But)\.?"
    return bool(plain) and re.fullmatch(dates, plain) is None and len(plain) > 1
