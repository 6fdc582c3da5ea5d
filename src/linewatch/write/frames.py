"""Which frames hold in which items and passages, and what is cited there: what the figures of frames are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from linewatch.model import Citation, Coded, Span
from linewatch.write.material import Material

SHARE = 0.5
"""A frame holds in a passage where so many of its coders found it."""
MONTHS = (1, 3, 12)
"""Lengths of the periods that items are counted in."""
MOST_PERIODS = 12


@dataclass(frozen=True, kw_only=True)
class FrameCount:
    """How many of a period's dated items have a frame."""

    frame: str
    begins: date
    period: str
    held: int
    items: int


@dataclass(frozen=True, kw_only=True)
class Pair:
    """In how many passages a frame holds together with another frame or with a cited place."""

    frame: str
    other: str
    is_citation: bool
    passages: int


def find_frames(coded: Iterable[Coded]) -> dict[str, frozenset[str]]:
    """Return the frames that hold in each passage."""
    coders: Counter[str] = Counter()
    found: dict[str, Counter[str]] = {}
    for one in coded:
        if not one.out:
            coders[one.passage] += 1
            found.setdefault(one.passage, Counter()).update(one.codes)
    return {
        passage: frozenset(code for code, n in codes.items() if n >= SHARE * coders[passage])
        for passage, codes in found.items()
    }


def count_frames(material: Material) -> tuple[FrameCount, ...]:
    """Return the frames of the line's dated items, period by period; none where no frame was coded."""
    held = find_frames(material.results.coded)
    dated: list[tuple[date, frozenset[str]]] = []
    for point in material.results.line.points:
        day = point.date.middle if point.date else None
        if day is not None:
            own = [held.get(passage, frozenset()) for passage in point.passages]
            dated.append((day, frozenset[str]().union(*own)))
    if not dated or not any(frames for _, frames in dated):
        return ()
    months = _choose_months([day for day, _ in dated])
    names = {code.id: code.name for code in material.results.codebook.codes}
    periods: dict[date, list[frozenset[str]]] = {}
    for day, frames in sorted(dated, key=lambda one: one[0]):
        periods.setdefault(_begin(day, months), []).append(frames)
    return tuple(
        FrameCount(
            frame=name_frame(code, names),
            begins=begins,
            period=_name_period(begins, months),
            held=sum(code in frames for frames in own),
            items=len(own),
        )
        for code in sorted({code for _, frames in dated for code in frames})
        for begins, own in periods.items()
    )


def _choose_months(days: list[date]) -> int:
    span = (max(days) - min(days)).days / 30.4
    return next((months for months in MONTHS if span / months <= MOST_PERIODS), MONTHS[-1])


def _begin(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _name_period(begins: date, months: int) -> str:
    if months == 1:
        return f"{begins:%b %Y}"
    return str(begins.year) if months == 12 else f"{begins.year} Q{(begins.month - 1) // 3 + 1}"


def name_frame(code: str, names: Mapping[str, str]) -> str:
    """Return a frame's id with its name."""
    return f"{code} {names[code]}" if names.get(code) else code


def pair_frames(material: Material) -> tuple[Pair, ...]:
    """Return in how many passages each frame stands beside each other frame, and beside each place that is cited."""
    held = find_frames(material.results.coded)
    names = {code.id: code.name for code in material.results.codebook.codes}
    cited = [(finding.span, value) for finding, value in material.find_values(Citation)]
    counts: Counter[tuple[str, str, bool]] = Counter()
    for passage, frames in held.items():
        span = material.passages[passage].span if passage in material.passages else None
        places = _list_cited(span, cited) if span else set()
        for frame in frames:
            counts.update((frame, other, False) for other in frames)
            counts.update((frame, place, True) for place in places)
    return tuple(
        Pair(
            frame=name_frame(frame, names),
            other=other if is_citation else name_frame(other, names),
            is_citation=is_citation,
            passages=n,
        )
        for (frame, other, is_citation), n in sorted(counts.items())
    )


def _list_cited(passage: Span, cited: Iterable[tuple[Span, Citation]]) -> set[str]:
    """Return the places that are cited in a passage, by locator or by quoted words."""
    return {
        value.ref
        for span, value in cited
        if any(_meets(one, passage) for one in (span, value.quoted) if one is not None)
    }


def _meets(one: Span, other: Span) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end
