"""Finds media items: sentences that identify one release by kind, publisher, outlet, place, date, title or issue.

The same release met again joins the mention that says most of it. Dates are in `order`, the reading of a sentence in `releases`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from linewatch.find.base import Reading, make_finding
from linewatch.find.media import KindHit, find_kinds, get_media
from linewatch.find.order import DatedItem, bound, find_earliest, to_when
from linewatch.find.organisations import get_organisation
from linewatch.find.phrases import find_verbs, tokenize
from linewatch.find.prose import Prose, get_prose
from linewatch.find.quotations import blot
from linewatch.find.releases import Release, Sentence, read_release
from linewatch.model import Finding, Item, Marker, NoteBody, ReportField, When
from linewatch.model.when import parse_iso
from linewatch.text.dates import find_dates
from linewatch.text.spans import Place, trim

NAME = "items.v1"

_TAIL = re.compile(r"(?:\s?\[\d{1,3}\]|\s?\[\^[^\]\s]{1,20}\]|[⁰¹²³⁴-⁹]{1,3})\Z")
_SELF = re.compile(r"\b(?:[Tt]his|[Oo]ur|[Tt]he present)\s(?:[\w-]+\s){0,2}\Z")
_ONE = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]his|[Tt]hat|[Ss]econd|[Tt]hird|[Ff]irst|[Ll]atest|[A-Z][\w'’]+|['’]s)\s(?:[\w'’/-]+,?\s){0,6}[\"“*_]?\Z"
)


class Mention(NamedTuple):
    """One sentence that identifies a release."""

    release: Release
    place: Place
    leads: bool
    """Whether it leads into a quotation."""

    @property
    def weight(self) -> int:
        """Return how much the sentence tells: a date, a title or a number more than a name."""
        told = self.release
        heavy = sum(3 for value in (told.dated, told.title, told.issue) if value)
        return heavy + sum(1 for value in (told.outlet, told.publisher) if value) + (1 if self.leads else 0)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each item at the sentence that identifies it best."""
    if reading.side == "own":
        return
    prose = get_prose(reading)
    report = get_report_date(reading)
    groups = _group(list(_list_mentions(reading, prose, report)))
    groups.sort(key=lambda group: _choose(group).place)
    dated = [item for group in groups if (item := _get_dated(group)) is not None]
    for n, group in enumerate(groups):
        following = _choose(groups[n + 1]).place.start if n + 1 < len(groups) else len(reading.text)
        yield _make_item(reading, prose, group, dated, report, (n, following))


def get_report_date(reading: Reading) -> date | None:
    """Return the report's own day, None where it states none."""
    for _, value in reading.find_values(ReportField):
        if value.field == "date":
            return parse_iso(value.value).latest
    return None


def _list_mentions(reading: Reading, prose: Prose, report: date | None) -> Iterator[Mention]:
    organisation = get_organisation(reading)
    blotted = blot(prose)
    ends = _list_marker_starts(reading)
    by_sentence: dict[int, list[KindHit]] = {}
    for hit in find_kinds(blotted):
        if prose.find_block(hit.start) is not None and (at := prose.find_sentence(hit.start)) is not None:
            by_sentence.setdefault(at, []).append(hit)
    for at, hits in by_sentence.items():
        place = prose.sentences[at]
        if place.end - place.start > 12000:
            continue
        sentence = Sentence(
            blotted[place.start : place.end], place.start, _list_marks(prose, place), reading.text
        )
        for hit in _drop_repeats(hits, sentence):
            release = read_release(sentence, hit, organisation, report)
            span, leads = _cut_span(reading.text, prose, place, ends)
            mention = Mention(release, span, leads)
            if is_item(mention, sentence, reading):
                yield mention


def _list_marks(prose: Prose, place: Place) -> tuple:  # type: ignore[type-arg]
    first = bisect_left(prose.marked, place.start, key=lambda mark: mark.start)
    last = bisect_left(prose.marked, place.end, key=lambda mark: mark.start)
    return tuple(prose.marked[first:last])


def _list_marker_starts(reading: Reading) -> dict[int, int]:
    return {finding.span.end: finding.span.start for finding, _ in reading.find_values(Marker)}


def _drop_repeats(hits: Sequence[KindHit], sentence: Sentence) -> list[KindHit]:
    """Keep the nouns that name a piece of their own: "the film, a short video" is one, "a film and a song" are two."""
    kept: list[KindHit] = []
    for hit in hits:
        before = sentence.text[max(0, hit.start - sentence.start - 80) : hit.start - sentence.start]
        if not _ONE.search(before) or _SELF.search(before):
            continue
        own = re.search(r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s(?:[\w'’/-]+\s){0,5}[\"“*_]?\Z", before) is not None
        near = kept and hit.start - kept[-1].end < 40
        if kept and (
            not own
            or (
                near
                and re.search(
                    r"(?:,|\bof|\bfrom|\bin|\bon|\bas|\bwith)\s(?:an?|the)?\s?(?:[\w-]+\s){0,3}\Z", before
                )
            )
        ):
            continue
        kept.append(hit)
    return kept


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
    if told.hit.weak:
        return bool(
            (told.title and (named or told.dated))
            or (told.linked and firm and named)
            or (told.issue and named)
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
    )


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


def _group(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions of the same release together."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        home = next((group for group in reversed(groups[-40:]) if _is_same(group, mention)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return groups


def _is_same(group: Sequence[Mention], mention: Mention) -> bool:
    """Tell whether a mention is of a release met before: nothing contradicts, and something binds."""
    new = mention.release
    olds = [one.release for one in group]
    if any(old.hit.kind != new.hit.kind for old in olds):
        return False
    pairs = [
        ([old.title for old in olds], new.title),
        ([old.issue for old in olds], new.issue),
        (
            [old.dated.days.iso if old.dated else None for old in olds],
            new.dated.days.iso if new.dated else None,
        ),
        ([old.outlet for old in olds], new.outlet),
    ]
    if any(
        value is not None and any(one is not None and one != value for one in known) for known, value in pairs
    ):
        return False
    shared = any(value is not None and value in known for known, value in pairs[:3])
    undated = (
        new.outlet is not None and pairs[3][1] in pairs[3][0] and not (new.title or new.issue or new.dated)
    )
    outlet_only = undated or (
        new.outlet is not None
        and new.outlet in pairs[3][0]
        and all(not (old.title or old.issue or old.dated) for old in olds)
    )
    near = mention.place.start - group[-1].place.end < 400
    return (
        shared
        or outlet_only
        or (new.definite and near)
        or (near and group[-1].place == mention.place and new.hit.noun == olds[-1].hit.noun)
    )


def _choose(group: Sequence[Mention]) -> Mention:
    """Return the mention that says most; of equals the first."""
    return max(group, key=lambda mention: (mention.weight, -mention.place.start))


def _get_dated(group: Sequence[Mention]) -> DatedItem | None:
    mention = _choose(group)
    dated = mention.release.dated
    latest = dated.days.latest if dated and dated.days.grain == "day" else None
    return DatedItem(mention.release.hit.kind, mention.place.start, latest) if latest else None


def _make_item(
    reading: Reading,
    prose: Prose,
    group: Sequence[Mention],
    dated: Sequence[DatedItem],
    report: date | None,
    place: tuple[int, int],
) -> Finding:
    best = _choose(group)
    told = [best, *(one for one in group if one is not best)]
    fields = {
        name: next((value for one in told if (value := getattr(one.release, name))), None)
        for name in ("publisher", "outlet", "place", "title", "issue")
    }
    when, note = _date(reading, prose, group, dated, report), None
    if when is None or when.iso is None:
        note = _find_note_date(reading, prose, best.place, place[1])
    value = Item(
        kind=best.release.hit.kind,
        date=when,
        note_date=note,
        sources={name: "report sentence" for name in ("kind", *fields) if name == "kind" or fields[name]},
        **fields,  # type: ignore[arg-type]
    )
    reason = _explain(best, len(group))
    return make_finding(reading, *best.place, value, finder=NAME, reason=reason, n=place[0])


def _explain(best: Mention, count: int) -> str:
    told = best.release
    parts = [f'"{told.hit.noun}"', *(["put out"] if told.linked else [])]
    parts += [
        name
        for name in ("date", "title", "issue", "outlet", "publisher")
        if getattr(told, "dated" if name == "date" else name)
    ]
    return (
        "the sentence identifies one piece: "
        + ", ".join(parts)
        + (f"; mentioned {count} times" if count > 1 else "")
    )


def _date(
    reading: Reading, prose: Prose, group: Sequence[Mention], dated: Sequence[DatedItem], report: date | None
) -> When | None:
    for mention in (_choose(group), *group):
        found = mention.release.dated
        if found is not None:
            start = prose.sentences[prose.find_sentence(mention.place.start) or 0].start
            return to_when(found, reading.text[start + found.start : start + found.end], report)
    order = find_earliest(prose, [mention.place.start for mention in group], dated)
    return bound(order[0] if order else None, report, order[1] if order else None)


def _find_note_date(reading: Reading, prose: Prose, place: Place, following: int) -> When | None:
    """Return the day that the item's source note gives: the first note marked in its paragraph before the next item."""
    block = prose.find_block(place.start)
    end = min(following, prose.blocks[block].end if block is not None else place.end)
    bodies = {finding.id: finding for finding, _ in reading.find_values(NoteBody)}
    for finding, marker in reading.find_values(Marker):
        body = bodies.get(marker.body or "")
        if (
            not place.start <= finding.span.start <= max(end, place.end + 4)
            or body is None
            or not isinstance(body.value, NoteBody)
            or body.value.kind != "source"
        ):
            continue
        words = reading.text[body.span.start : body.span.end]
        found = next((dated for dated in find_dates(words) if dated.days.grain == "day"), None)
        if found is not None:
            when = to_when(found, words[found.start : found.end], None)
            return When(
                earliest=when.earliest,
                latest=when.latest,
                precision=when.precision,
                iso=when.iso,
                printed=when.printed,
                calendar=when.calendar,
                source="note",
            )
    return None
