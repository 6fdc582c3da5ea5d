"""Puts the glyphs of right-to-left lines into the order in which they are read, from where they stand on the page.

PDFium guesses that order from the order in the file, and errs where a line holds numbers, Latin words, brackets or vowel
marks. Lines without a right-to-left letter are left as PDFium gives them. Where a calligraphic face stacks letters, two
neighbours may still change places: what is drawn does not tell which was written first.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

_MIRRORED = {
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«",
    "‹": "›", "›": "‹", "﴾": "﴿", "﴿": "﴾",
}  # fmt: skip
_OPENING = frozenset("([{<«‹﴿")
_STOPS = frozenset("،؛؟.,:;!?")
_RIGHT_TO_LEFT, _NUMBERS = frozenset({"R", "AL"}), frozenset({"EN", "AN"})
_SEPARATORS = {"EN": frozenset({"CS", "ES"}), "AN": frozenset({"CS"})}
_LONGEST = 1_000
"""Glyphs; no printed line comes near, and a longer one stays as PDFium gives it."""
_SAME_BASE, _NEAR, _SAME_PLACE, _SPACE, _MOVED = 0.4, 3.0, 0.05, 0.15, 0.02


class Glyph(NamedTuple):
    """What is drawn at one place: a letter, or the letters of a ligature; `size` is 0 where PDFium made it up."""

    letters: str
    number: int
    """Which of the page's letters it is."""
    at: float
    """Where the pen stood."""
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


class Row(NamedTuple):
    """A printed line's glyphs, and whether its last word goes on in the next."""

    glyphs: tuple[Glyph, ...]
    broken: bool = False


def is_right_to_left(letters: str) -> bool:
    """Tell whether there is a letter of a script that runs from right to left."""
    return any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in letters)


def order_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a page with the glyphs of its right-to-left lines in reading order."""
    letters = "".join(glyph.letters for row in rows for glyph in row.glyphs)
    classes = [unicodedata.bidirectional(one) for one in letters]
    mostly = sum(one in _RIGHT_TO_LEFT for one in classes) > classes.count("L")
    return [_order_row(row, mostly=mostly) for row in _join_rows(rows)]


def _join_rows(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, those that PDFium tore apart at a raised or lowered letter made one."""
    held: Row | None = None
    for row in rows:
        if held is not None and _is_one(held, row):
            held = Row((*held.glyphs, *row.glyphs), row.broken)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _is_one(one: Row, other: Row) -> bool:
    drawn, more = _list_drawn(one.glyphs), _list_drawn(other.glyphs)
    if (
        len(one.glyphs) > _LONGEST
        or one.broken
        or not drawn
        or not more
        or not _has_right_to_left((*drawn, *more))
    ):
        return False
    size = median(glyph.size for glyph in drawn)
    apart = abs(median(glyph.base for glyph in drawn) - median(glyph.base for glyph in more))
    gap = max(
        min(g.left for g in drawn) - max(g.right for g in more),
        min(g.left for g in more) - max(g.right for g in drawn),
    )
    return apart < _SAME_BASE * size and gap < _NEAR * size


def _list_drawn(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if glyph.size]


def _has_right_to_left(glyphs: Iterable[Glyph]) -> bool:
    return any(is_right_to_left(glyph.letters) for glyph in glyphs)


def _order_row(row: Row, *, mostly: bool) -> Row:
    classes = {_get_class(glyph) for glyph in row.glyphs}
    turned = not classes.isdisjoint(_RIGHT_TO_LEFT) or (mostly and "L" not in classes)
    if not turned or len(row.glyphs) > _LONGEST:
        return row
    seen = list(_space_out(_drop_doubles(sorted(_gather(row.glyphs), key=lambda cluster: cluster[0].at))))
    ordered = _turn(seen) if mostly or "L" not in classes else list(_turn_parts(seen))
    return Row(tuple(_face_brackets([glyph for cluster in ordered for glyph in cluster])), row.broken)


_Cluster = list[Glyph]
"""Glyphs that are drawn at one place: a letter and its vowel marks."""


def _gather(glyphs: Sequence[Glyph]) -> list[_Cluster]:
    """Return the letters with their marks, in no order; spaces that PDFium made up are left out."""
    clusters: dict[int, _Cluster] = {}
    for glyph in glyphs:
        if glyph.right > glyph.left or not glyph.letters.isspace():
            clusters.setdefault(round(glyph.at / _SAME_PLACE), []).append(glyph)
    letters = [one for one in clusters.values() if not all(map(_is_mark, one))]
    for marks in (one for one in clusters.values() if all(map(_is_mark, one))):
        if letters:
            _find_bearer(marks[0], letters).extend(marks)
    return [_sort_cluster(one) for one in letters] or list(clusters.values())


def _sort_cluster(cluster: _Cluster) -> _Cluster:
    """Return a ligature's letters, which PDFium turned around, and then the marks."""
    letters = [glyph for glyph in cluster if not _is_mark(glyph)]
    if all(_get_class(letter) in _RIGHT_TO_LEFT for letter in letters):
        letters.reverse()
    return letters + [glyph for glyph in cluster if _is_mark(glyph)]


def _space_out(seen: Iterable[_Cluster]) -> Iterator[_Cluster]:
    """Yield clusters, given from left to right, with a space where a gap is wide enough for one."""
    reached = math.inf
    for cluster in seen:
        first = cluster[0]
        letters = [glyph for glyph in cluster if not _is_mark(glyph)] or cluster
        left = min(glyph.left for glyph in letters)
        if left - reached > _SPACE * first.size and not first.letters.isspace():
            yield [first._replace(letters=" ", right=left, left=reached)]
        reached = math.inf if first.letters.isspace() else max(glyph.right for glyph in letters)
        yield cluster


def _is_mark(glyph: Glyph) -> bool:
    return all(unicodedata.combining(letter) for letter in glyph.letters)


def _find_bearer(mark: Glyph, letters: Sequence[_Cluster]) -> _Cluster:
    middle = _get_middle([mark])
    return min(letters, key=lambda one: abs(_get_middle(one) - middle))


def _get_middle(cluster: _Cluster) -> float:
    return (min(glyph.left for glyph in cluster) + max(glyph.right for glyph in cluster)) / 2


def _drop_doubles(seen: Iterable[_Cluster]) -> Iterator[_Cluster]:
    """Yield clusters without those that only repeat their neighbour's letters, moved up or down for a mark of theirs."""
    before: _Cluster = []
    for cluster in seen:
        letters = _get_letters(cluster)
        moved = bool(before) and abs(before[0].base - cluster[0].base) > _MOVED * cluster[0].size
        if not (moved and len(letters) > 1 and letters == _get_letters(before)):
            yield cluster
            before = cluster


def _get_letters(cluster: _Cluster) -> list[str]:
    return sorted("".join(glyph.letters for glyph in cluster))


def _turn(seen: Sequence[_Cluster]) -> list[_Cluster]:
    """Return clusters, given from left to right, from right to left, but Latin words and numbers as they are."""
    turned = list(reversed(seen))
    for start, end in _list_runs([_get_class(cluster[0]) for cluster in turned]):
        turned[start:end] = reversed(turned[start:end])
    return turned


def _turn_parts(seen: Sequence[_Cluster]) -> Iterator[_Cluster]:
    """Yield clusters from left to right, each stretch of right-to-left words turned."""
    classes = [_get_class(cluster[0]) for cluster in seen]
    at = 0
    while at < len(seen):
        end = at
        if classes[at] in _RIGHT_TO_LEFT:
            stop = next((place for place in range(at, len(seen)) if classes[place] == "L"), len(seen))
            end = max(place for place in range(at, stop) if classes[place] in _RIGHT_TO_LEFT) + 1
            yield from _turn(seen[at:end])
        else:
            yield seen[at]
        at = max(end, at + 1)


def _get_class(glyph: Glyph) -> str:
    """Return the direction of a glyph, as Unicode's bidirectional algorithm names it."""
    return unicodedata.bidirectional(glyph.letters[:1]) or "ON"


def _list_runs(classes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that run from left to right: Latin words with all between them, else single numbers."""
    at = 0
    while at < len(classes):
        if classes[at] in _RIGHT_TO_LEFT:
            at += 1
            continue
        stop = next((n for n in range(at, len(classes)) if classes[n] in _RIGHT_TO_LEFT), len(classes))
        if "L" in classes[at:stop]:
            strong = [n for n in range(at, stop) if classes[n] == "L" or classes[n] in _NUMBERS]
            yield strong[0], strong[-1] + 1
        else:
            yield from _list_numbers(classes, at, stop)
        at = stop


def _list_numbers(classes: Sequence[str], at: int, stop: int) -> Iterator[tuple[int, int]]:
    while at < stop:
        kind, end = classes[at], at + 1
        if kind in _NUMBERS:
            while end < stop and (
                classes[end] == kind
                or (end + 1 < stop and classes[end] in _SEPARATORS[kind] and classes[end + 1] == kind)
            ):
                end += 1
            before = at - 1 if kind == "EN" and at and classes[at - 1] == "ET" else at
            yield before, end
        at = end


def _face_brackets(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Yield the glyphs; a bracket opens before a word and closes after one, however the file encodes its picture."""
    for at, glyph in enumerate(glyphs):
        if glyph.letters not in _MIRRORED:
            yield glyph
            continue
        before = _is_word(glyphs[at - 1 :: -1] if at else ())
        after = _is_word(glyphs[at + 1 :])
        wrong = after != (glyph.letters in _OPENING)
        yield glyph._replace(letters=_MIRRORED[glyph.letters]) if before != after and wrong else glyph


def _is_word(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the first of the glyphs that is no bracket belongs to a word."""
    first = next((glyph.letters for glyph in glyphs if glyph.letters not in _MIRRORED), " ")
    return not first.isspace() and first not in _STOPS
