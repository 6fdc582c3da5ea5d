"""Disagreements and the verdicts on them: third rows with a reason, that decide the line and never the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import msgspec

from linewatch.code.answers import Answer, make_judgement
from linewatch.code.codebook import SKIP
from linewatch.code.reliability import collect
from linewatch.errors import InputError
from linewatch.model import Codebook, Coded, Judgement, Value


class Side(Value, frozen=True, kw_only=True):
    """What one coder said of a passage, and why."""

    coder: str
    answers: dict[str, str]
    low: int | None
    high: int | None
    out: bool
    notes: tuple[str, ...]


class Disagreement(Value, frozen=True, kw_only=True):
    """A passage on which coders differ: on what, and each side."""

    passage: str
    on: tuple[str, ...]
    """The questions, codes and the scale on which they differ and no verdict stands."""
    sides: tuple[Side, ...]


def list_disagreements(
    codebook: Codebook, judgements: Iterable[Judgement], verdicts: Iterable[Judgement]
) -> tuple[Disagreement, ...]:
    """Return the passages on which coders differ and nothing was decided yet, those furthest apart first."""
    by_passage: dict[str, dict[str, list[Judgement]]] = {}
    for row in judgements:
        by_passage.setdefault(row.passage, {}).setdefault(row.coder, []).append(row)
    settled = {(one.passage, one.question) for one in verdicts}
    found = []
    for passage, by_coder in by_passage.items():
        coded = collect(codebook, [row for rows in by_coder.values() for row in rows])
        on = [part for part in _find_parts(codebook, by_coder, coded) if (passage, part) not in settled]
        if on and (passage, codebook.scale.name) not in settled:
            sides = tuple(_make_side(one, by_coder[one.coder]) for one in coded)
            found.append(Disagreement(passage=passage, on=tuple(on), sides=sides))
    return tuple(sorted(found, key=lambda one: (-_measure_gap(one), one.passage)))


def _find_parts(
    codebook: Codebook, by_coder: Mapping[str, list[Judgement]], coded: tuple[Coded, ...]
) -> list[str]:
    """Return on what two coders of a passage differ: a yes against a no, a code that one marked, other points."""
    given = {coder: {row.question: row.value for row in rows} for coder, rows in by_coder.items()}
    parts = [
        question.id
        for question in codebook.questions
        if {"yes", "no"} <= {answers.get(question.id) for answers in given.values()}
    ]
    about = [one for one in coded if not one.out]
    parts += [
        code.id
        for code in codebook.codes
        if len({code.id in one.codes for one in about}) > 1
        if not any(given[one.coder].get(code.id) == "unclear" for one in about)
    ]
    points = {(one.low, one.high) for one in about if one.low is not None}
    return [*parts, codebook.scale.name] if len(points) > 1 else parts


def _make_side(coded: Coded, rows: list[Judgement]) -> Side:
    return Side(
        coder=coded.coder,
        answers={row.question: row.value for row in rows},
        low=coded.low,
        high=coded.high,
        out=coded.out,
        notes=tuple(row.note for row in rows if row.note),
    )


def _measure_gap(one: Disagreement) -> float:
    points = [
        (side.low + side.high) / 2 for side in one.sides if side.low is not None and side.high is not None
    ]
    return max((abs(a - b) for a, b in combinations(points, 2)), default=0.0)


def make_verdict(codebook: Codebook, rows: Iterable[Judgement], answer: Answer, judge: str) -> Judgement:
    """Return the third row that decides a question on a passage; raises InputError without a reason or two coders."""
    between = [row for row in rows if row.question != SKIP]
    if len({row.coder for row in between}) < 2:
        raise InputError("fewer than two coders answered this passage", hint="there is nothing to decide yet")
    if not (answer.note or "").strip():
        raise InputError("the verdict has no reason", hint="say why with --because")
    made = make_judgement(codebook, between[0].passage, judge, answer, blind=False)
    return msgspec.structs.replace(made, settles=tuple(row.id for row in between))


def freeze(rows: Iterable[Judgement]) -> list[Judgement]:
    """Return what stood on each passage before its first verdict, of all rows in the order made: agreement is measured on that."""
    told = list(rows)
    first: dict[tuple[str, str], int] = {}
    for place, row in enumerate(told):
        if row.settles:
            first.setdefault((row.passage, row.codebook), place)
    before = [
        row
        for place, row in enumerate(told)
        if not row.settles and place <= first.get((row.passage, row.codebook), place)
    ]
    gone = {row.retracts for row in before if row.retracts}
    standing = [row for row in before if not row.retracts and row.id not in gone]
    return list({(row.passage, row.coder, row.codebook, row.question): row for row in standing}.values())


def apply_verdicts(judgements: Iterable[Judgement], verdicts: Iterable[Judgement]) -> list[Judgement]:
    """Return the answers with each verdict in place of what every coder of the passage said to its question."""
    rows = list(judgements)
    decided: dict[str, list[Judgement]] = {}
    for one in verdicts:
        decided.setdefault(one.passage, []).append(one)
    settled = {(one.passage, one.question) for own in decided.values() for one in own}
    kept = [row for row in rows if (row.passage, row.question) not in settled]
    coders = dict.fromkeys((row.passage, row.coder) for row in rows if row.question != SKIP)
    return kept + [
        msgspec.structs.replace(one, coder=coder)
        for passage, coder in coders
        for one in decided.get(passage, ())
    ]
