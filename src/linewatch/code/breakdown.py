"""Agreement taken apart: by pair of coders, period and language; coders who drift; which points are taken for which.

Coders whose name begins with `machine:` are machines: measured beside people, never among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from statistics import mean, median
from typing import Literal

from scipy import stats

from linewatch.code.reliability import collect, measure_codes
from linewatch.model import CodeAgreement, Codebook, Coded, Judgement, Value

MACHINE = "machine:"
FEWEST = 5
"""Passages in each half of a coder's work before its drift is told."""
SplitKind = Literal["people", "machine and person", "period", "language"]


class Stratum(Value, frozen=True, kw_only=True):
    """Where a passage comes from, as far as known."""

    item: str
    period: str | None = None
    language: str | None = None


class Split(Value, frozen=True, kw_only=True):
    """The agreement on a part of what was coded."""

    kind: SplitKind
    name: str
    rows: tuple[CodeAgreement, ...]


class Drift(Value, frozen=True, kw_only=True):
    """How far a coder stood from the others' median in the first and the second half of the passages, as they were coded."""

    coder: str
    early: float
    late: float
    change: tuple[float, float]
    """The 95 % interval of late less early."""
    passages: int

    @property
    def is_seen(self) -> bool:
        """Tell whether the interval leaves out no change."""
        return self.change[0] > 0 or self.change[1] < 0


class Pattern(Value, frozen=True, kw_only=True):
    """How often one coder gave a point where another gave another."""

    coder: str
    other: str
    point: float
    other_point: float
    passages: int


class Breakdown(Value, frozen=True, kw_only=True):
    """Agreement taken apart."""

    splits: tuple[Split, ...]
    drifts: tuple[Drift, ...]
    patterns: tuple[Pattern, ...]


def is_machine(coder: str) -> bool:
    """Tell whether a coder is a machine."""
    return coder.startswith(MACHINE)


def break_down(
    codebook: Codebook, judgements: Iterable[Judgement], strata: Mapping[str, Stratum]
) -> Breakdown:
    """Return the agreement by pair, period and language, each coder's drift, and the patterns of disagreement."""
    rows = list(judgements)
    items = {passage: one.item for passage, one in strata.items()}
    splits = [
        Split(kind=kind, name=name, rows=measured.rows)
        for kind, name, own in _list_parts(rows, strata)
        if (measured := measure_codes(codebook, own, items)).headline is not None
        if any(row.units for row in measured.rows)
    ]
    coded = collect(codebook, rows)
    order = list(dict.fromkeys((row.coder, row.passage) for row in rows))
    return Breakdown(
        splits=tuple(splits), drifts=tuple(_find_drifts(coded, order)), patterns=tuple(_list_patterns(coded))
    )


def _list_parts(
    rows: list[Judgement], strata: Mapping[str, Stratum]
) -> Iterator[tuple[SplitKind, str, list[Judgement]]]:
    """Yield what each split is measured on; a single period or language is no split."""
    for one, other in combinations(sorted({row.coder for row in rows}), 2):
        if not (is_machine(one) and is_machine(other)):
            mixed = is_machine(one) or is_machine(other)
            own = [row for row in rows if row.coder in {one, other}]
            yield "machine and person" if mixed else "people", f"{one}, {other}", own
    people = [row for row in rows if not is_machine(row.coder) and row.passage in strata]
    yield from (
        ("period", name, own) for name, own in _group(people, {p: s.period for p, s in strata.items()})
    )
    yield from (
        ("language", name, own) for name, own in _group(people, {p: s.language for p, s in strata.items()})
    )


def _group(rows: list[Judgement], names: Mapping[str, str | None]) -> Iterator[tuple[str, list[Judgement]]]:
    known = sorted({name for row in rows if (name := names[row.passage])})
    if len(known) > 1:
        yield from ((name, [row for row in rows if names[row.passage] == name]) for name in known)


def _place(coded: Iterable[Coded]) -> dict[str, dict[str, float]]:
    """Return the middle of each coder's point or range, by passage."""
    placed: dict[str, dict[str, float]] = {}
    for one in coded:
        if not one.out and one.low is not None and one.high is not None:
            placed.setdefault(one.passage, {})[one.coder] = (one.low + one.high) / 2
    return placed


def _find_drifts(coded: Iterable[Coded], order: list[tuple[str, str]]) -> Iterator[Drift]:
    placed = _place(coded)
    for coder in sorted({coder for coder, _ in order}):
        apart = []
        for passage in (passage for who, passage in order if who == coder):
            given = placed.get(passage, {})
            others = [point for who, point in given.items() if who != coder and not is_machine(who)]
            if coder in given and others:
                apart.append(given[coder] - median(others))
        early, late = apart[: len(apart) // 2], apart[len(apart) // 2 :]
        if len(early) >= FEWEST:
            yield Drift(
                coder=coder,
                early=mean(early),
                late=mean(late),
                change=_compare_means(early, late),
                passages=len(apart),
            )


def _compare_means(early: list[float], late: list[float]) -> tuple[float, float]:
    """Return Welch's 95 % interval of late less early; a point where neither half varies."""
    if len({*early}) == 1 and len({*late}) == 1:
        return (late[0] - early[0], late[0] - early[0])
    interval = stats.ttest_ind(late, early, equal_var=False).confidence_interval()
    return float(interval.low), float(interval.high)


def _list_patterns(coded: Iterable[Coded]) -> list[Pattern]:
    """Return each pair of different points that two coders gave, the most frequent first."""
    counts: Counter[tuple[str, str, float, float]] = Counter()
    for given in _place(coded).values():
        for (one, point), (other, other_point) in combinations(sorted(given.items()), 2):
            if point != other_point:
                counts[one, other, point, other_point] += 1
    return [
        Pattern(coder=one, other=other, point=point, other_point=at, passages=n)
        for (one, other, point, at), n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
