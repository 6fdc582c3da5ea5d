"""When an item came out: by its own sentence, by the text's order of things, or by its source note alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from linewatch.find.base import Reading
from linewatch.find.identity import Mention, choose
from linewatch.find.order import DatedItem, bound, find_earliest, to_when
from linewatch.find.prose import Prose
from linewatch.model import Marker, NoteBody, ReportField, When
from linewatch.model.when import parse_iso
from linewatch.text.dates import find_dates
from linewatch.text.spans import Place


class Known(NamedTuple):
    """What is known of dates in a document: its own day, its dated items, and the days of its source notes by their markers."""

    report: date | None
    items: tuple[DatedItem, ...]
    notes: tuple[tuple[int, When], ...]


def list_known(reading: Reading, groups: Sequence[Sequence[Mention]]) -> Known:
    """Return what the whole document tells of dates."""
    items = (item for group in groups if (item := _get_dated(group)) is not None)
    return Known(get_report_date(reading), tuple(items), tuple(_list_note_dates(reading)))


def get_report_date(reading: Reading) -> date | None:
    """Return the report's own day, None where it states none."""
    for _, value in reading.find_values(ReportField):
        if value.field == "date":
            return parse_iso(value.value).latest
    return None


def date_item(reading: Reading, prose: Prose, group: Sequence[Mention], known: Known) -> When | None:
    """Return when the item came out as far as its mentions and the order of things tell; None where nothing does."""
    for mention in (choose(group), *group):
        found = mention.release.dated
        if found is not None:
            start = prose.sentences[prose.find_sentence(mention.place.start) or 0].start
            return to_when(found, reading.text[start + found.start : start + found.end], known.report)
    order = find_earliest(prose, [mention.place.start for mention in group], known.items)
    return bound(order[0] if order else None, known.report, order[1] if order else None)


def _list_note_dates(reading: Reading) -> list[tuple[int, When]]:
    """Return where the markers of source notes stand that give a day, and the day."""
    bodies = {finding.id: (finding, body) for finding, body in reading.find_values(NoteBody)}
    out: list[tuple[int, When]] = []
    for finding, marker in reading.find_values(Marker):
        noted, body = bodies.get(marker.body or "", (None, None))
        if noted is None or body is None or body.kind != "source":
            continue
        words = reading.text[noted.span.start : noted.span.end]
        dated = next((one for one in find_dates(words) if one.days.grain == "day"), None)
        if dated is not None:
            when = to_when(dated, words[dated.start : dated.end], None)
            out.append((finding.span.start, msgspec.structs.replace(when, source="note")))
    return out


def find_note_date(known: Known, prose: Prose, place: Place, following: int) -> When | None:
    """Return the day that the item's source note gives: the first note marked in its paragraph before the next item."""
    block = prose.find_block(place.start)
    end = min(following, prose.blocks[block].end if block is not None else place.end)
    dates = known.notes
    at = bisect_left(dates, place.start, key=lambda one: one[0])
    near = at < len(dates) and dates[at][0] <= max(end, place.end + 4)
    return dates[at][1] if near else None


def _get_dated(group: Sequence[Mention]) -> DatedItem | None:
    mention = choose(group)
    dated = mention.release.dated
    latest = dated.days.latest if dated and dated.days.grain == "day" else None
    return DatedItem(mention.release.hit.kind, mention.place.start, latest) if latest else None
