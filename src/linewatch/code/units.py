"""Where passages begin and end: split, joined, re-bounded or added by coders, and found again in another reading. Pure.

A document's text never changes; what a coder says of its passages is laid over what is proposed, in the order said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from linewatch.code.passages import name_passage
from linewatch.errors import InputError
from linewatch.model import Bounding, Document, Judgement, Passage, Span, get_id
from linewatch.model.judgement import Anchor
from linewatch.text.retrace import digest_words, find_words
from linewatch.text.spans import Place


class Bounded(NamedTuple):
    """The passages as coders have them, and the boundings that no longer hold in this reading."""

    passages: tuple[Passage, ...]
    lost: tuple[Bounding, ...]


def list_standing_boundings(rows: Iterable[Bounding]) -> list[Bounding]:
    """Return the boundings that were not taken back, in the order made."""
    told = list(rows)
    gone = {one for row in told if row.action == "retract" for one in row.before}
    return [row for row in told if row.action != "retract" and row.id not in gone]


def apply_boundings(
    document: Document, proposed: Iterable[Passage], boundings: Iterable[Bounding], old_texts: dict[str, str]
) -> Bounded:
    """Return a document's passages with the boundings laid over them; `old_texts` are the readings they were made in.

    A bounding whose passages or words are not in this reading is lost: the passages stay as proposed.
    """
    passages, lost = list(proposed), []
    for bounding in boundings:
        if bounding.source != document.source:
            continue
        made = _apply(document, passages, bounding, old_texts)
        if made is None:
            lost.append(bounding)
        else:
            passages = made
    return Bounded(tuple(passages), tuple(lost))


def _apply(
    document: Document, passages: list[Passage], bounding: Bounding, old_texts: dict[str, str]
) -> list[Passage] | None:
    places = [_find_place(document, anchor, old_texts) for anchor in bounding.after]
    gone = [one for one in passages if one.id in bounding.before]
    found = [one for one in places if one is not None]
    if len(gone) != len(bounding.before) or len(found) != len(places):
        return None
    kept = [one for one in passages if one.id not in bounding.before]
    taken = {(one.span.start, one.span.end) for one in kept}
    models = gone or passages
    for place in found:
        if place not in taken:
            kept.append(_make(document, place, models, {one.id for one in kept}))
    return sorted(kept, key=lambda one: (one.span.start, one.span.end))


def _find_place(document: Document, anchor: Anchor, old_texts: dict[str, str]) -> Place | None:
    """Return where an anchor's words stand: at its place in its own reading, else at the nearest place that has them."""
    if anchor.document == document.id:
        return Place(anchor.start, anchor.end)
    old = old_texts.get(anchor.document)
    if old is None:
        return None
    places = find_words(document.text, old[anchor.start : anchor.end])
    share = anchor.start / (len(old) or 1) * len(document.text)
    return min(places, key=lambda one: abs(one.start - share), default=None)


def _make(document: Document, place: Place, models: Sequence[Passage], known: set[str]) -> Passage:
    """Return a passage of these words; whose it is, is as the passage has it that it shares most with."""
    span = Span(document=document.id, start=place.start, end=place.end)

    def share(one: Passage) -> int:
        return min(one.span.end, span.end) - max(one.span.start, span.start)

    nearest = max(models, key=share, default=None)
    bare = Passage(id="", span=span, item=nearest.item if nearest else None)
    if nearest and share(nearest) > 0:
        bare = replace(nearest, span=span)
    return next(one for time in count(1) if (one := name_passage(document, bare, time)).id not in known)


def split_places(document: Document, passage: Passage, at: Sequence[int]) -> list[Place]:
    """Return the parts of a passage cut at these offsets of the document's text, the spaces between them left out.

    Raises InputError where an offset does not lie inside it, or a part would have no words.
    """
    span = passage.span
    ends = sorted(set(at))
    if not ends or ends[0] <= span.start or ends[-1] >= span.end:
        raise InputError(
            f"a split lies inside the passage, between {span.start} and {span.end}",
            hint="give an offset there",
        )
    parts = [
        trim(document, Place(start, end))
        for start, end in zip([span.start, *ends], [*ends, span.end], strict=True)
    ]
    if any(one.start >= one.end for one in parts):
        raise InputError("a part of the split has no words", hint="split between words")
    return parts


def join_places(passages: Sequence[Passage], live: Sequence[Passage]) -> Place:
    """Return the stretch from the first to the last of these passages.

    Raises InputError where they are of several documents or speakers, fewer than two, or another passage lies between.
    """
    if len(passages) < 2 or len({(one.span.document, one.speaker, one.item) for one in passages}) > 1:
        raise InputError(
            "passages that are joined are two or more, of one item and one speaker", hint="join neighbours"
        )
    start, end = min(one.span.start for one in passages), max(one.span.end for one in passages)
    ids = {one.id for one in passages}
    between = [
        one for one in live
        if one.id not in ids and one.span.document == passages[0].span.document
        if one.span.start < end and one.span.end > start
    ]  # fmt: skip
    if between:
        raise InputError("another passage lies between them", hint="join neighbours")
    return Place(start, end)


def bound_place(document: Document, start: int, end: int) -> Place:
    """Return a stretch of a document without the spaces around it; raises InputError where it has no words."""
    place = trim(document, Place(max(start, 0), min(end, len(document.text))))
    if place.start >= place.end or not any(one.isalnum() for one in document.text[place.start : place.end]):
        raise InputError("there are no words there", hint=f"offsets lie between 0 and {len(document.text)}")
    return place


def trim(document: Document, place: Place) -> Place:
    """Return a stretch without the spaces around it."""
    words = document.text[place.start : place.end]
    return Place(place.start + len(words) - len(words.lstrip()), place.start + len(words.rstrip()))


def make_anchors(document: Document, places: Iterable[Place]) -> tuple[Anchor, ...]:
    """Return the anchors of these stretches."""
    return tuple(
        Anchor(
            evidence=document.evidence,
            document=document.id,
            start=one.start,
            end=one.end,
            cut=digest_words(document.text[one.start : one.end]),
        )
        for one in places
    )


LIKE = 90.0
"""Of a hundred, how alike the words must be for what was judged of the one to be said of the other."""


class Carried(NamedTuple):
    """What was judged, said of the passages of another reading; and the passages of which that cannot be said."""

    judgements: tuple[Judgement, ...]
    lost: tuple[str, ...]


def carry(
    document: Document,
    passages: Sequence[Passage],
    old: Iterable[Passage],
    texts: Mapping[str, str],
    judged: Mapping[str, Sequence[Judgement]],
) -> Carried:
    """Return the judgements on passages of earlier readings as said of this reading's, where the words are nearly alike.

    A passage with its words unchanged has its id, and nothing is carried; one cut otherwise has no equal and is lost.
    What was carried before is not carried again, also where it was taken back since.
    """
    here = {one.id for one in passages}
    done = {one.carried_from for rows in judged.values() for one in rows if one.carried_from}
    made: list[Judgement] = []
    lost: list[str] = []
    for one in {one.id: one for one in old if one.id not in here and judged.get(one.id)}.values():
        rows = judged[one.id]
        twin = _find_twin(document, passages, one, texts)
        if twin is not None:
            made += [_say_of(row, twin) for row in rows if row.id not in done and not judged.get(twin)]
        elif not all(row.id in done for row in rows):
            lost.append(one.id)
    return Carried(tuple(made), tuple(lost))


def _find_twin(
    document: Document, passages: Sequence[Passage], old: Passage, texts: Mapping[str, str]
) -> str | None:
    """Return the passage whose words are most like an earlier one's, None where none is like enough."""
    words = " ".join(texts[old.span.document][old.span.start : old.span.end].split())
    here = {one.id: " ".join(document.text[one.span.start : one.span.end].split()) for one in passages}
    found = extractOne(words, here, scorer=ratio, score_cutoff=LIKE)
    return found[2] if found else None


def _say_of(row: Judgement, passage: str) -> Judgement:
    return replace(row, id=get_id("carried", row.id, passage), passage=passage, carried_from=row.id)
