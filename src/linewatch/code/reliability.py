"""From live answers to codes, and how far the coders agree on them. The coefficients are in `linewatch.stats`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import nan
from typing import Literal

from linewatch.code.codebook import SKIP
from linewatch.model import CodeAgreement, Codebook, Coded, Judgement, Reliability
from linewatch.stats.verdict import NO_PAIR, ONE_CODER, assess

ANSWERS = {"yes": 1.0, "no": 0.0}
Metric = Literal["ordinal", "nominal"]
Values = dict[tuple[str, str], float]
"""A value by passage and coder."""
Given = dict[tuple[str, str], dict[str, Judgement]]


def collect(codebook: Codebook, judgements: Iterable[Judgement]) -> tuple[Coded, ...]:
    """Return one Coded per passage and coder; a range given under the scale's own name wins over what is derived.

    Passages that a coder skipped are absent, and so is what was answered under another codebook.
    """
    return tuple(
        _code(codebook, passage, coder, given)
        for (passage, coder), given in sorted(_group(codebook, judgements).items())
        if SKIP not in given
    )


def _group(codebook: Codebook, judgements: Iterable[Judgement]) -> Given:
    grouped: Given = {}
    for one in judgements:
        if one.codebook == codebook.name:
            grouped.setdefault((one.passage, one.coder), {})[one.question] = one
    return grouped


def _code(codebook: Codebook, passage: str, coder: str, given: Mapping[str, Judgement]) -> Coded:
    codes = tuple(code.id for code in codebook.codes if code.id in given and given[code.id].value == "yes")
    direct = given.get(codebook.scale.name)
    if direct is not None and direct.low is not None and direct.high is not None:
        return Coded(passage=passage, coder=coder, low=direct.low, high=direct.high, codes=codes)
    derived = codebook.scale.derive({question: one.value for question, one in given.items()})
    out = derived.decided and derived.value is None
    return Coded(passage=passage, coder=coder, out=out, low=derived.value, high=derived.value, codes=codes)


def measure_codes(
    codebook: Codebook, judgements: Iterable[Judgement], items: Mapping[str, str]
) -> Reliability:
    """Return the agreement on the scale (ordinal), then on every question and frame code answered (nominal).

    The bootstrap resamples items, by the item of each passage in `items`: passages of one item are not independent.
    """
    grouped = _group(codebook, judgements)
    coders = tuple(sorted({coder for _, coder in grouped}))
    if not coders:
        return Reliability(coders=(), rows=())
    live = [one for given in grouped.values() for one in given.values()]
    coded = collect(codebook, live)
    rows = [_assess(codebook.scale.name, _list_stances(coded), coders, items, "ordinal")]
    for name, values in (*_list_questions(codebook, grouped), *_list_frames(codebook, grouped, coded)):
        rows.append(_assess(name, values, coders, items, "nominal"))
    return Reliability(coders=coders, rows=tuple(rows))


def _list_stances(coded: Iterable[Coded]) -> Values:
    """Return the middle of each point or range."""
    return {
        (one.passage, one.coder): (one.low + one.high) / 2
        for one in coded
        if not one.out and one.low is not None and one.high is not None
    }


def _list_questions(codebook: Codebook, grouped: Given) -> Iterator[tuple[str, Values]]:
    """Yield each question's yes and no; `unclear` is a missing value, not a third opinion."""
    for question in codebook.questions:
        values = {
            key: ANSWERS[given[question.id].value]
            for key, given in grouped.items()
            if SKIP not in given and question.id in given and given[question.id].value in ANSWERS
        }
        if values:
            yield question.id, values


def _list_frames(codebook: Codebook, grouped: Given, coded: Iterable[Coded]) -> Iterator[tuple[str, Values]]:
    """Yield each frame used: marked or not on every passage about the issue, by the coders who mark frames at all.

    Not marking a frame is a no; `unclear` is a missing value.
    """
    about = [one for one in coded if _is_about(codebook, one, grouped[one.passage, one.coder])]
    framers = {one.coder for one in about if one.codes}
    for code in codebook.codes:
        values = {
            (one.passage, one.coder): float(code.id in one.codes)
            for one in about
            if one.coder in framers and not _is_unclear(grouped[one.passage, one.coder].get(code.id))
        }
        if any(values.values()):
            yield code.id, values


def _is_about(codebook: Codebook, coded: Coded, given: Mapping[str, Judgement]) -> bool:
    """Tell whether a coder takes the passage to be about the issue: places it, marks a frame, or lets it in."""
    if coded.out:
        return False
    first = given.get(codebook.questions[0].id)
    return coded.low is not None or bool(coded.codes) or (first is not None and not _is_unclear(first))


def _is_unclear(judgement: Judgement | None) -> bool:
    return judgement is not None and judgement.value not in ANSWERS


def _assess(
    code: str, values: Values, coders: tuple[str, ...], items: Mapping[str, str], metric: Metric
) -> CodeAgreement:
    if not values:
        words = ONE_CODER if len(coders) < 2 else NO_PAIR
        return CodeAgreement(
            code=code, metric=metric, alpha=None, low=None, high=None, ac1=None, percent=None,
            units=0, coders=0, light="unknown", words=words,
        )  # fmt: skip
    passages = sorted({passage for passage, _ in values})
    table = [[values.get((passage, coder), nan) for passage in passages] for coder in coders]
    found = assess(table, [items.get(passage, passage) for passage in passages], metric)
    return CodeAgreement(
        code=code,
        metric=metric,
        alpha=found.alpha,
        low=found.low,
        high=found.high,
        ac1=found.ac1,
        percent=found.percent,
        units=found.units,
        coders=found.coders,
        light=found.light,
        words=found.words,
        prevalence=found.prevalence,
    )
