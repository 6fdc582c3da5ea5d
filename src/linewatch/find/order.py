"""When an undated item can have come out, from what the text says of the order of things. Never a guess at a day.

`latest` is the report's own date; `earliest` follows only an explicit word of order such as "several weeks later" or "after the films".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from linewatch.find.media import get_media
from linewatch.find.prose import Prose
from linewatch.find.words import get_grammar
from linewatch.model import ItemKind, When
from linewatch.text.dates import Dated
from linewatch.text.days import make_month

_LATER = re.compile(
    r"\b(?:(?:(?:several|some|a few|two|three|four|five|six|\d{1,2})\s)?(?:days|weeks|months|years)\s(?:later|afterwards?)|(?:a|one)\s(?:day|week|month|year)\s(?:later|afterwards?)|subsequently|thereafter|afterwards?|later(?=,|\sthe|\sit|\sthat)|since then|بعد ذلك|لاحقا|لاحقاً)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|a|\d{1,2})\s(?P<unit>day|week)s?\s)?(?:after|following|in response to|in reply to|since)\s(?:the\s(?:release|publication|appearance|airing)\sof\s)?(?:the|this|that|these|those|its|both)\s(?:[\w'’-]+\s){0,3}?(?P<noun>[a-z-]+)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:s|es)\Z")
_NEXT_DAY = timedelta(days=1)
_COUNTS = {
    "one": 1,
    "a": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


class Said(NamedTuple):
    """A word of order: after which kinds of things, named before where, how many days at least, in what words."""

    kinds: set[ItemKind]
    since: int
    """Where the passage begins that names them."""
    at: int
    is_before_only: bool
    step: timedelta
    words: str


class DatedItem(NamedTuple):
    """An item with its day, as far as its own sentence dates it."""

    kind: ItemKind
    start: int
    latest: date


def to_when(dated: Dated, printed: str, report: date | None) -> When:
    """Return a date found in a sentence as a When; a day without a year takes the last such day before the report's date."""
    days = dated.days
    earliest, latest = days.earliest, days.latest
    source, iso = "report sentence", days.iso
    if days.grain == "month" and iso and iso.startswith("--"):
        earliest, latest = _last_such_month(int(iso[2:]), report)
        source, iso = ("report sentence, the year from report-date" if report else source), None
    if days.grain == "day-of-year" and report and days.iso:
        earliest = latest = _last_such_day(days.iso, report)
        source = "report sentence, the year from report-date"
    return When(
        earliest=earliest,
        latest=latest,
        precision=days.grain,
        iso=iso,
        printed=printed,
        calendar="hijri" if days.hijri else "gregorian",
        source=source,
    )


def _last_such_day(iso: str, report: date) -> date | None:
    month, day = int(iso[2:4]), int(iso[5:7])
    for year in range(report.year, report.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= report:
            return found
    return None


def _last_such_month(month: int, report: date | None) -> tuple[date | None, date | None]:
    if report is None:
        return None, None
    found = make_month(report.year if month <= report.month else report.year - 1, month)
    return (found.earliest, found.latest) if found else (None, None)


def bound(earliest: date | None, report: date | None, words: str | None) -> When | None:
    """Return the interval of an undated item: after `earliest` by the text's order, by the report's date."""
    if earliest is None and report is None:
        return None
    source = "context, report-date" if earliest and report else "context" if earliest else "report-date"
    return When(earliest=earliest, latest=report, precision="interval", printed=words, source=source)


def find_earliest(
    prose: Prose, mentions: Sequence[int], dated: Sequence[DatedItem]
) -> tuple[date, str] | None:
    """Return the first day an item can have come out, by an explicit word of order at one of its mentions, and that word.

    Days are the grain: what came after something dated to a day is placed on a later one, so that no order is
    allowed which the text rules out.
    """
    for mention in mentions:
        sentence = prose.find_sentence(mention)
        if sentence is None:
            continue
        found = _read_order(prose, sentence, dated)
        if found is not None:
            return found
    return None


def list_earlier(
    prose: Prose, mentions: Sequence[int], undated: Sequence[tuple[ItemKind, int]]
) -> tuple[int, ...]:
    """Return the places of those undated items (kind, where named) of which a mention says that this one came after them.

    "After the song" is said of the last song named before, "after the songs" of all, "weeks later" of those in the passage before.
    """
    for mention in mentions:
        sentence = prose.find_sentence(mention)
        for said in _list_said(prose, sentence) if sentence is not None else ():
            fit = [
                place
                for place, (kind, start) in enumerate(undated)
                if kind in said.kinds and said.since <= start < said.at and start not in mentions
            ]
            if fit:
                is_one = said.is_before_only and not _PLURAL.search(said.words)
                return (max(fit, key=lambda place: undated[place][1]),) if is_one else tuple(fit)
    return ()


def _read_order(prose: Prose, sentence: int, dated: Sequence[DatedItem]) -> tuple[date, str] | None:
    for said in _list_said(prose, sentence):
        latest = _find_latest(said.kinds, said.at, dated, before_only=said.is_before_only)
        if latest is not None:
            return latest + said.step, said.words
    return None


def _list_said(prose: Prose, sentence: int) -> Iterator[Said]:
    """Yield what a sentence says of order: "after the films", then "several weeks later"."""
    place = prose.sentences[sentence]
    words = prose.text[place.start : place.end]
    after = _AFTER.search(words)
    if after is not None and (kind := _get_kind(after["noun"])) is not None:
        yield Said({kind}, 0, place.start, is_before_only=True, step=_read_count(after), words=after[0])
    later = _LATER.search(words) or _find_linked(prose, sentence)
    if later is None:
        return
    kinds, since = _list_kinds_before(prose, sentence if _LATER.search(words) else sentence - 1)
    if kinds:
        yield Said(kinds, since, place.start, is_before_only=False, step=_NEXT_DAY, words=later[0])


def _read_count(hit: re.Match[str]) -> timedelta:
    if not hit["count"]:
        return _NEXT_DAY
    count = _COUNTS.get(hit["count"].lower()) or int(hit["count"])
    return timedelta(days=count * (7 if hit["unit"] == "week" else 1))


def _find_linked(prose: Prose, sentence: int) -> re.Match[str] | None:
    """Return the word of order in the sentence before, when this one goes on from it: "Thus, an editorial ..."."""
    if sentence == 0:
        return None
    place, before = prose.sentences[sentence], prose.sentences[sentence - 1]
    first = re.match(r"[\w']+", prose.text[place.start : place.end])
    same_block = prose.find_block(place.start) == prose.find_block(before.start)
    if first is None or first[0].lower() not in get_grammar().connectives or not same_block:
        return None
    return _LATER.search(prose.text[before.start : before.end])


def _list_kinds_before(prose: Prose, sentence: int) -> tuple[set[ItemKind], int]:
    """Return the kinds of media named in the passage before a word of order, the same paragraph's, else the last one's, and where it begins."""
    place = prose.sentences[sentence]
    block = prose.find_block(place.start)
    if block is None:
        return set(), place.start
    start = prose.blocks[block].start
    kinds = _list_kinds(prose.text[start : place.start])
    if not kinds and block > 0:
        start = prose.blocks[block - 1].start
        kinds = _list_kinds(prose.text[start : prose.blocks[block - 1].end])
    return kinds, start


def _list_kinds(words: str) -> set[ItemKind]:
    return {
        kind for word in re.findall(r"[a-z-]{4,}", words.lower()) if (kind := _get_kind(word)) is not None
    }


def _get_kind(word: str) -> ItemKind | None:
    nouns = get_media().nouns
    low = word.lower()
    for form in (low, _PLURAL.sub("", low), low[:-1]):
        if form in nouns and form not in get_media().weak:
            return nouns[form]
    return None


def _find_latest(
    kinds: set[ItemKind], at: int, dated: Sequence[DatedItem], *, before_only: bool
) -> date | None:
    fit = [item.latest for item in dated if item.kind in kinds and (not before_only or item.start < at)]
    return max(fit, default=None)
