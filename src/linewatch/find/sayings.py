"""Finds who is said to say, think or want what: the source, the words that hand over, and the content, each as a span.

Quotations that are sentences of their own come first; nothing inside what somebody says is attributed again. Needs the model's
parse: without a model nothing is found here, and `quotations` finds direct words all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from linewatch.find.base import Reading, make_finding
from linewatch.find.clauses import Clause, find_clauses
from linewatch.find.parsing import parse
from linewatch.find.prose import Marked, Prose, get_prose
from linewatch.find.spoken import Spoken, find_spoken
from linewatch.find.stretches import Stretch
from linewatch.find.titles import is_fragment
from linewatch.find.trees import Tree
from linewatch.model import Finding, NoteBody, Saying, Span
from linewatch.text.spans import Cover, Place

NAME = "sayings.v2"

_ASIDE = frozenset({"note", "chrome", "caption", "byline", "dateline"})


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each attribution with its source, cue and contents, in the order of the text."""
    prose = get_prose(reading)
    trees = [Tree(parsed) for parsed in parse(reading) if len(parsed.doc)]
    spoken = list(find_spoken(prose, trees))
    taken = Cover(place for one in spoken for place in one.contents)
    said = Cover(_list_said(prose))
    cues = {one.cue.start for one in spoken if one.cue}
    indirect = [
        one
        for one in _list_indirect(reading, prose, trees)
        if one.cue and not (one.cue.start in taken or one.cue.start in said or one.cue.start in cues)
    ]
    found = _hand_on(prose, sorted([*spoken, *_drop_inner(indirect, len(reading.text))], key=_get_hull))
    seen: dict[tuple[int, int], int] = {}
    for one in found:
        hull = _get_hull(one)
        seen[hull] = seen.get(hull, -1) + 1
        value = Saying(
            source=_make_span(reading, one.source),
            cue=_make_span(reading, one.cue),
            contents=tuple(Span(document=reading.document.id, start=a, end=b) for a, b in one.contents),
        )
        told = (
            f'handed over by "{reading.text[slice(*one.cue)]}"'
            if one.cue
            else "marked words that stand alone"
        )
        yield make_finding(reading, *hull, value, finder=NAME, reason=told, n=seen[hull])


def _list_said(prose: Prose) -> Iterator[tuple[int, int]]:
    """Yield where whole sentences stand between marks: what is attributed there, somebody else attributes."""
    for mark in prose.marked:
        if mark.end > mark.start and not is_fragment(prose.text[mark.start : mark.end]):
            yield mark.start, mark.end


def _hand_on(prose: Prose, found: list[Spoken]) -> list[Spoken]:
    """Give marked words that fill a paragraph of their own to the one who spoke in the paragraph before."""
    out: list[Spoken] = []
    for one in found:
        last = out[-1] if out else None
        if one.cue is None and last is not None and last.source is not None:
            block, before = prose.find_block(one.contents[0].start), prose.find_block(_get_hull(last)[1])
            if block is not None and before is not None and 0 <= block - before <= 1:
                out[-1] = last._replace(contents=(*last.contents, *one.contents))
                continue
        out.append(one)
    return out


def _make_span(reading: Reading, place: Place | None) -> Span | None:
    return Span(document=reading.document.id, start=place.start, end=place.end) if place else None


def _get_hull(one: Spoken) -> tuple[int, int]:
    places = [*one.contents, *(place for place in (one.source, one.cue) if place)]
    return min(place.start for place in places), max(place.end for place in places)


def _list_indirect(reading: Reading, prose: Prose, trees: list[Tree]) -> Iterator[Spoken]:
    aside = Cover(_list_asides(reading))
    marks = sorted(prose.marked, key=lambda mark: mark.before)
    for tree in trees:
        if tree.starts[0] not in aside:
            for clause in find_clauses(tree):
                if tree.starts[clause.cue[0]] not in aside:
                    yield _locate(tree, clause, marks)


def _list_asides(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where notes, captions and chrome are, by the reader or by the finders before."""
    for block in reading.document.blocks:
        if block.kind in _ASIDE and block.end > block.start:
            yield block.start, block.end
    for finding, _ in reading.find_values(NoteBody):
        yield finding.span.start, finding.span.end + 1


def _locate(tree: Tree, clause: Clause, marks: list[Marked]) -> Spoken:
    contents = tuple(_widen(_place(tree, part), marks) for part in clause.contents)
    return Spoken(_place(tree, clause.source) if clause.source else None, _place(tree, clause.cue), contents)


def _place(tree: Tree, stretch: Stretch) -> Place:
    return Place(tree.starts[stretch[0]], tree.ends[stretch[1]])


def _widen(place: Place, marks: list[Marked]) -> Place:
    """Return the place with the whole of a quotation at whose edge or inside which it begins or ends."""
    start, end = place
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if marks[middle].after < start else (low, middle)
    for mark in marks[low:]:
        if mark.before > end:
            break
        if mark.before <= start <= mark.start or mark.before < start < mark.after:
            start = mark.before
        if mark.end <= end <= mark.after or mark.before < end < mark.after:
            end = mark.after
    return Place(start, end)


def _drop_inner(found: list[Spoken], length: int) -> list[Spoken]:
    """Leave out the attributions whose cue stands inside what another one says; the longest content comes first."""
    kept: list[Spoken] = []
    inside = bytearray(length)
    for one in sorted(found, key=lambda one: -max(b - a for a, b in one.contents)):
        if one.cue is not None and not inside[one.cue.start]:
            kept.append(one)
            for start, end in one.contents:
                inside[start:end] = b"\1" * (end - start)
    return kept
