"""The sentences that say enough to identify one release of somebody watched. The items made of them are in `items`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from linewatch.find.base import Reading
from linewatch.find.identity import Mention
from linewatch.find.media import KindHit, find_kinds, get_media
from linewatch.find.organisations import get_organisation
from linewatch.find.prose import Marked, Prose
from linewatch.find.releases import Release, Sentence, read_release
from linewatch.find.tokens import find_verbs, tokenize
from linewatch.model import Marker, ReportField
from linewatch.text.dates import Dated, find_dates
from linewatch.text.days import Days, add_days, count_days
from linewatch.text.spans import Place, trim

_TAIL = re.compile(r"(?:\s?\[\d{1,3}\]|\s?\[\^[^\]\s]{1,20}\]|[⁰¹²³⁴-⁹]{1,3})\Z")
_SAME_DAY = re.compile(r"\b(?:[Tt]he|[Tt]hat)\ssame\sday\b|\b[Tt]hat\sday\b")
_THEN = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s(?P<unit>day|week)s?\s(?:later|afterwards?)\b",
    re.IGNORECASE,
)
# Between a noun and its own date: "a post by the Crane Guild on 3 April", "her address of 1 May".
_TO_DATE = re.compile(
    r"(?:\s(?:by|from|of|to|in)\s(?:the\s|its\s|her\s|his\s)?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,4}){0,2},?\s\(?(?:(?:of|on|dated|from|posted on|published on|released on|in)\s)?"
)
_PRONOUN = re.compile(
    r"[^.;:]{0,80}?,?\s(?:he|she|they)\s(?:said|says|told|tells|called|urged|warned|spoke|declared|asked|thanked|praised)\b"
)
_ORDINAL = re.compile(
    r"The\s(?P<noun>first|second|third|fourth|other|latter|next|last)(?=,?\s(?:was|had been|has been|appeared|came out|is dated|dated|which was|released|issued|published)\b)"
)
_NUMBERED = frozenset({"issue", "edition", "number", "volume", "weekly issue"})
_SELF = re.compile(r"\b(?:[Tt]his|[Oo]ur|[Tt]he present)\s(?:[\w-]+\s){0,2}\Z")
_ONE = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]his|[Tt]hat|[Ss]econd|[Tt]hird|[Ff]irst|[Ll]atest|[A-Z][\w'’]+|['’]s)\s(?:[\w'’/-]+,?\s){0,6}[\"“*_]?\Z"
)
_INDEFINITE = re.compile(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s(?:[\w'’/-]+\s){0,5}[\"“*_]?\Z")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:[\w'’-]+\s){0,2}\Z")
_APPOSED = re.compile(r"(?:,|\bof|\bfrom|\bin|\bon|\bas|\bwith)\s(?:an?|the)?\s?(?:[\w-]+\s){0,3}\Z")


def list_mentions(reading: Reading, prose: Prose, report: date | None) -> Iterator[Mention]:
    """Yield every sentence that identifies a release, in order."""
    organisation = get_organisation(reading)
    ends = _list_marker_starts(reading)
    last: Days | None = None
    by_sentence: dict[int, list[KindHit]] = {}
    for hit in find_kinds(prose.blotted):
        if prose.find_block(hit.start) is not None and (at := prose.find_sentence(hit.start)) is not None:
            by_sentence.setdefault(at, []).append(hit)
    _add_elliptic(by_sentence, prose)
    for at, hits in sorted(by_sentence.items()):
        place = prose.sentences[at]
        if place.end - place.start > 12000:
            continue
        sentence = Sentence(
            prose.blotted[place.start : place.end], place.start, _list_marks(prose, place), reading.text
        )
        for hit in _drop_repeats(hits, sentence):
            release = read_release(sentence, hit, organisation, report)
            release = _date_by_last(release, sentence, last, prose)
            last = release.dated.days if release.dated else last
            span, leads = _cut_span(reading.text, prose, place, ends)
            mention = Mention(release, span, leads)
            if is_item(mention, sentence, reading):
                yield mention


def _add_elliptic(by_sentence: dict[int, list[KindHit]], prose: Prose) -> None:
    """Add "The second was issued on 2 September": an ordinal alone, after a sentence that names the kind."""
    for at in sorted(by_sentence):
        after = prose.sentences[at + 1] if at + 1 < len(prose.sentences) else None
        if after is None or at + 1 in by_sentence or prose.find_block(after.start) is None:
            continue
        hit = _ORDINAL.match(prose.blotted, after.start, after.end)
        if hit is not None:
            last = by_sentence[at][-1]
            by_sentence[at + 1] = [last._replace(start=hit.start("noun"), end=hit.end("noun"), weak=False)]


def _date_by_last(release: Release, sentence: Sentence, last: Days | None, prose: Prose) -> Release:
    """Return the release with the day that "that day" or "a week later" counts from the last one named."""
    if release.dated is not None:
        return release
    if same := _SAME_DAY.search(sentence.text):
        named = _find_day_before(prose, sentence.start) or last
        return release._replace(dated=Dated(same.start(), same.end(), named)) if named else release
    then = _THEN.search(sentence.text)
    named = add_days(last, count_days(then["count"], then["unit"])) if then and last else None
    return release._replace(dated=Dated(then.start(), then.end(), named)) if then and named else release


def _find_day_before(prose: Prose, at: int) -> Days | None:
    """Return the last day named before a place in its paragraph."""
    block = prose.find_block(at)
    if block is None:
        return None
    start = max(prose.blocks[block].start, at - 600)
    days = [one.days for one in find_dates(prose.text, start, at) if one.days.grain in {"day", "day-of-year"}]
    return days[-1] if days else None


def _list_marks(prose: Prose, place: Place) -> tuple[Marked, ...]:
    first = bisect_left(prose.marked, place.start, key=lambda mark: mark.start)
    last = bisect_left(prose.marked, place.end, key=lambda mark: mark.start)
    return tuple(prose.marked[first:last])


def _list_marker_starts(reading: Reading) -> dict[int, int]:
    return {finding.span.end: finding.span.start for finding, _ in reading.find_values(Marker)}


def _drop_repeats(hits: Sequence[KindHit], sentence: Sentence) -> list[KindHit]:
    """Keep the nouns that name a piece of their own: "the film, a short video" is one, "a film and a song" are two."""
    kept: list[KindHit] = []
    for hit in hits:
        before = _get_before(sentence, hit)
        if _is_one(hit, before, sentence) and not (kept and _is_same_piece(sentence, kept[-1], hit)):
            kept.append(hit)
    return kept


def _get_before(sentence: Sentence, hit: KindHit) -> str:
    at = hit.start - sentence.start
    return sentence.text[max(0, at - 80) : at]


def _is_one(hit: KindHit, before: str, sentence: Sentence) -> bool:
    """Tell whether a noun speaks of one piece of somebody else's: Arabic has no article to tell it by, nor has "Issue 88"."""
    numbered = hit.noun in _NUMBERED and re.match(
        r"\s(?:[Nn]o\.?\s?|#)?\d", sentence.text[hit.end - sentence.start :][:8]
    )
    return (
        hit.noun > "\u0600"
        or bool(numbered)
        or (_ONE.search(before) is not None and _SELF.search(before) is None)
    )


def _is_same_piece(sentence: Sentence, last: KindHit, hit: KindHit) -> bool:
    """Tell whether a further noun of a sentence names the piece that the last one did, and no piece of its own."""
    before = _get_before(sentence, hit)
    if _INDEFINITE.search(before) is None:
        return True
    if hit.kind != last.kind and _DEFINITE.search(_get_before(sentence, last)):
        return False
    between = sentence.text[last.end - sentence.start : hit.start - sentence.start]
    return len(between) < 40 and _APPOSED.search(before) is not None and not _puts_out(between)


def _puts_out(words: str) -> bool:
    return re.search(rf"\b(?:{get_media().release})\b", words) is not None


def _cut_span(text: str, prose: Prose, place: Place, markers: dict[int, int]) -> tuple[Place, bool]:
    """Return the sentence without note markers at its end, and up to the colon where it leads into a quotation."""
    for mark in _list_marks(prose, place):
        colon = text.rfind(":", max(place.start, mark.before - 8), mark.before)
        if colon > 0 and not text[colon + 1 : mark.before].strip(" \u00a0[]0123456789\n"):
            return Place(place.start, colon + 1), True
    end = place.end
    while True:
        while end > place.start and text[end - 1].isspace():
            end -= 1
        if end in markers:
            end = markers[end]
        elif tail := _TAIL.search(text, max(place.start, end - 24), end):
            end = tail.start()
        else:
            break
    return trim(text, place.start, end), text[end - 1 : end] == ":"


def is_item(mention: Mention, sentence: Sentence, reading: Reading) -> bool:
    """Tell whether what a sentence says is enough to identify one release of somebody watched."""
    told = mention.release
    if _is_outsider(told, reading):
        return False
    firm = bool(told.dated or told.title or told.issue)
    named = bool(told.publisher or told.outlet)
    if told.hit.weak and not (told.title and _says(sentence, told.hit)):
        return bool(
            (told.title and (named or told.dated))
            or (told.linked and firm and named)
            or (told.issue and named)
            or (named and _has_own_date(sentence, told))
        )
    if told.definite and not firm and not told.outlet and not told.linked:
        return False
    speaks = told.outlet is not None and (mention.leads or _says(sentence, told.hit))
    titled = told.title is not None and (named or told.dated is not None or _says(sentence, told.hit))
    return (
        (told.linked and (firm or named))
        or titled
        or (firm and named and _is_in_phrase(sentence, told.hit))
        or speaks
        or (firm and _is_in_phrase(sentence, told.hit) and _is_said_by_pronoun(sentence, told.hit))
    )


def _is_said_by_pronoun(sentence: Sentence, hit: KindHit) -> bool:
    """Tell whether what follows is said in the piece: "In a speech on March 2 he told members"."""
    return _PRONOUN.match(sentence.text, hit.end - sentence.start) is not None


def _has_own_date(sentence: Sentence, told: Release) -> bool:
    """Tell whether the date is the noun's own: "a post by the Crane Guild on 3 April", "its March 2031 issue"."""
    if told.dated is None:
        return False
    at, end = told.hit.start - sentence.start, told.hit.end - sentence.start
    if told.dated.end <= at:
        return told.hit.noun in _NUMBERED and not sentence.text[told.dated.end : at].strip()
    return _TO_DATE.fullmatch(sentence.text, end, told.dated.start) is not None


def _says(sentence: Sentence, hit: KindHit) -> bool:
    tokens = tokenize(
        sentence.text, hit.end - sentence.start, min(len(sentence.text), hit.end - sentence.start + 160)
    )
    return bool(find_verbs(tokens))


def _is_in_phrase(sentence: Sentence, hit: KindHit) -> bool:
    """Tell whether the noun is what the sentence is about: "In a statement of 3 May the League said"."""
    before = sentence.text[: hit.start - sentence.start]
    return (
        len(before) < 60
        or re.search(
            r"\b(?:in|with|through|via|by|of)\s(?:an?|its|the|another|his|their)\s(?:[\w'’-]+,?\s){0,5}\Z",
            before[-90:],
            re.IGNORECASE,
        )
        is not None
    )


def _is_outsider(told: Release, reading: Reading) -> bool:
    """Tell whether the publisher is a news house or a state body nobody watches here, or the report's own publisher."""
    publisher = (told.publisher or "").casefold()
    if not publisher:
        return False
    own = {
        value.value.casefold()
        for _, value in reading.find_values(ReportField)
        if value.field in {"publisher", "author"}
    }
    watched = {name.casefold() for name in reading.names}
    return publisher not in watched and (
        publisher in own or publisher in {name.casefold() for name in get_media().outsiders}
    )
