"""Agreement on where passages begin and end: Krippendorff's alpha for unitized texts. Agreement on codes is in `agreement`.

Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347; Krippendorff 2019, Content Analysis, 4th ed.,
12.6. Why not gamma: docs/decisions/0061-boundaries.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from linewatch.errors import InputError
from linewatch.stats.ratings import Floats
from linewatch.stats.sums import Interval

GAP = ""
"""The value of what a coder left unmarked."""


class Unit(NamedTuple):
    """A stretch that a coder marked: code points from `start` to before `end`, and its code."""

    start: int
    end: int
    code: str = "unit"


Continuum = tuple[int, Sequence[Sequence[Unit]]]
"""A text's length and each coder's units in it."""


class Unitized(msgspec.Struct, frozen=True, kw_only=True):
    """The three alphas of unitized texts; NaN where nothing varies."""

    value: float
    """Boundaries and codes together."""
    boundaries: float
    """Marked or not, codes aside."""
    codes: float
    """Codes, where two coders marked."""
    interval: Interval | None
    """95 % of `boundaries`, over texts; None with fewer than two."""
    overlap: float
    """Of what either of two coders marked, the mean share that both did: no correction for chance, plain to explain."""
    n: int
    """Texts."""


class _Counts(NamedTuple):
    """Lengths summed over texts: met by pairs of coders, and what each unit would meet of itself."""

    met: Floats
    own: Floats
    met_marked: Floats
    own_marked: Floats


def unitized_alpha(texts: Sequence[Continuum], *, resamples: int = 1000, seed: int = 0) -> Unitized:
    """Return the agreement of coders who marked stretches of the same texts, laid end to end.

    A unit is whole: it is not compared with itself; what is unmarked is compared letter by letter. Raises
    InputError for units that overlap, lie outside their text, or fewer than two coders. The published example of
    three observers and a text of 60 (Krippendorff 2019, figure 12.11) has .510, .413 and .724, the second worked
    from rounded tables:

    >>> alex = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
    >>> paul = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
    >>> suzan = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]
    >>> found = unitized_alpha([(60, [[Unit(*one) for one in who] for who in (alex, paul, suzan)])])
    >>> round(found.value, 3), round(found.boundaries, 3), round(found.codes, 3)
    (0.51, 0.414, 0.724)
    """
    for length, coders in texts:
        _check(length, coders)
    codes = [GAP, *sorted({one.code for _, coders in texts for units in coders for one in units})]
    places = {code: place for place, code in enumerate(codes)}
    counted = [_count(length, coders, places) for length, coders in texts]
    total = _add(counted)
    return Unitized(
        value=_compare(total.met, total.own),
        boundaries=_compare_marked(total),
        codes=_compare(total.met_marked, total.own_marked),
        interval=_draw(counted, resamples, seed) if len(texts) > 1 and resamples else None,
        overlap=_measure_overlap(texts),
        n=len(texts),
    )


def _check(length: int, coders: Sequence[Sequence[Unit]]) -> None:
    if len(coders) < 2:
        raise InputError("one coder marked the text", hint="boundaries are compared between two or more")
    for units in coders:
        end = 0
        for one in sorted(units):
            if one.start < end or one.end <= one.start or one.end > length:
                raise InputError(
                    f"the unit {one.start}-{one.end} overlaps another or lies outside its text of {length}",
                    hint="units of one coder are apart, inside the text and not empty",
                )
            end = one.end


def _count(length: int, coders: Sequence[Sequence[Unit]], places: dict[str, int]) -> _Counts:
    size = len(places)
    marks = np.zeros((len(coders), length), dtype=np.int64)
    for row, units in zip(marks, coders, strict=True):
        for one in units:
            row[one.start : one.end] = places[one.code]
    met, marked = np.zeros((size, size)), np.zeros((size, size))
    for i, row in enumerate(marks):
        for j, other in enumerate(marks):
            if i != j:
                np.add.at(met, (row, other), 1 / (len(coders) - 1))
    marked[1:, 1:] = met[1:, 1:]
    own, own_marked = np.zeros(size), np.zeros(size)
    own[0] = float((marks == 0).sum())
    for i, units in enumerate(coders):
        others = (np.delete(marks, i, axis=0) > 0).mean(axis=0)
        for one in units:
            own[places[one.code]] += (one.end - one.start) ** 2
            own_marked[places[one.code]] += float(others[one.start : one.end].sum()) ** 2
    return _Counts(met, own, marked, own_marked)


def _add(counted: Sequence[_Counts]) -> _Counts:
    return _Counts(*(np.sum(parts, axis=0) for parts in zip(*counted, strict=True)))


def _compare(met: Floats, own: Floats) -> float:
    """Return one minus observed over expected disagreement of different codes."""
    total, margins = float(met.sum()), met.sum(axis=1)
    room = total**2 - float(own.sum())
    expected = total * (total**2 - float((margins**2).sum())) / room if room > 0 else 0.0
    return 1 - (total - float(np.trace(met))) / expected if expected > 0 else math.nan


def _compare_marked(counts: _Counts) -> float:
    """Return the same of marked against unmarked."""
    met, own = counts.met, counts.own
    folded = np.array([[met[0, 0], met[0, 1:].sum()], [met[1:, 0].sum(), met[1:, 1:].sum()]])
    return _compare(folded, np.array([own[0], own[1:].sum()]))


def _draw(counted: Sequence[_Counts], resamples: int, seed: int) -> Interval | None:
    """Return the percentile interval of `boundaries` when whole texts are drawn again."""
    rng, size = np.random.default_rng(seed), len(counted)
    met, own = (np.stack([one[place] for one in counted]) for place in (0, 1))
    drawn = []
    for weights in rng.multinomial(size, np.full(size, 1 / size), resamples):
        summed = _Counts(np.tensordot(weights, met, 1), weights @ own, met[0], own[0])
        drawn.append(np.nan_to_num(_compare_marked(summed), nan=0.0))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def _measure_overlap(texts: Sequence[Continuum]) -> float:
    """Return the mean, over pairs of coders in a text that either marked, of what both marked over what either did."""
    shares = []
    for length, coders in texts:
        marked = np.zeros((len(coders), length), dtype=bool)
        for row, units in zip(marked, coders, strict=True):
            for one in units:
                row[one.start : one.end] = True
        for i in range(len(coders)):
            for j in range(i):
                either = int((marked[i] | marked[j]).sum())
                shares += [int((marked[i] & marked[j]).sum()) / either] if either else []
    return float(np.mean(shares)) if shares else math.nan
