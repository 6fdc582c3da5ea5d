"""From live answers to codes, and how far the coders agree on them. The coefficients are in `linewatch.stats.agreement`."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan, nan

from linewatch.model import CodeAgreement, Codebook, Coded, Judgement, Reliability
from linewatch.stats.agreement import Agreement, assess

ANSWERS = {"yes": 1.0, "no": 0.0}


def collect(codebook: Codebook, judgements: Iterable[Judgement]) -> tuple[Coded, ...]:
    """Return one Coded per passage and coder; a range given under the scale's own name wins over what is derived."""
    answers: dict[tuple[str, str], dict[str, Judgement]] = {}
    for one in judgements:
        answers.setdefault((one.passage, one.coder), {})[one.question] = one
    return tuple(
        _code(codebook, passage, coder, given)
        for (passage, coder), given in sorted(answers.items())
        if "skip" not in given
    )


def _code(codebook: Codebook, passage: str, coder: str, given: dict[str, Judgement]) -> Coded:
    codes = tuple(code.id for code in codebook.codes if code.id in given and given[code.id].value == "yes")
    direct = given.get(codebook.scale.name)
    if direct is not None and direct.low is not None and direct.high is not None:
        return Coded(passage=passage, coder=coder, low=direct.low, high=direct.high, codes=codes)
    derived = codebook.scale.derive({question: one.value for question, one in given.items()})
    out = derived.decided and derived.value is None
    return Coded(passage=passage, coder=coder, out=out, low=derived.value, high=derived.value, codes=codes)


def measure_codes(codebook: Codebook, judgements: Iterable[Judgement], items: dict[str, str]) -> Reliability:
    """Return the agreement on the scale (ordinal), then on every question and frame code answered (nominal).

    The bootstrap resamples items: passages of one item are not independent.
    """
    live = tuple(judgements)
    coders = tuple(sorted({one.coder for one in live}))
    if not coders:
        return Reliability(coders=(), rows=())
    stances = {
        (one.passage, one.coder): (one.low + (one.high if one.high is not None else one.low)) / 2
        for one in collect(codebook, live)
        if not one.out and one.low is not None
    }
    rows = [_assess(codebook.scale.name, stances, coders, items, metric="ordinal")]
    answered = {
        (one.passage, one.coder, one.question): ANSWERS[one.value] for one in live if one.value in ANSWERS
    }
    for question in codebook.questions:
        given = {
            (passage, coder): value
            for (passage, coder, asked), value in answered.items()
            if asked == question.id
        }
        if given:
            rows.append(_assess(question.id, given, coders, items, metric="nominal"))
    coded = stances.keys() | _find_judged(codebook, live)
    for code in codebook.codes:
        given = _fill_frame(code.id, live, coded)
        if any(given.values()):
            rows.append(_assess(code.id, given, coders, items, metric="nominal"))
    return Reliability(coders=coders, rows=tuple(rows))


def _find_judged(codebook: Codebook, live: tuple[Judgement, ...]) -> set[tuple[str, str]]:
    """Return the (passage, coder) that the first question lets in: the passage is about the issue."""
    skipped = {(one.passage, one.coder) for one in live if one.question == "skip"}
    first = codebook.questions[0].id if codebook.questions else None
    let_in = {(one.passage, one.coder) for one in live if one.question == first and one.value == "yes"}
    return let_in - skipped


def _fill_frame(
    code: str, live: tuple[Judgement, ...], coded: set[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Return the answers on a frame code; it is marked where it holds, so not marking it on a coded passage is a `no`.

    An `unclear` is no answer.
    """
    said = {(one.passage, one.coder): one.value for one in live if one.question == code}
    values = {pair: said.get(pair, "no") for pair in coded}
    return {pair: ANSWERS[value] for pair, value in values.items() if value in ANSWERS}


def _assess(
    code: str,
    given: dict[tuple[str, str], float],
    coders: tuple[str, ...],
    items: dict[str, str],
    *,
    metric: str,
) -> CodeAgreement:
    passages = sorted({passage for passage, _ in given})
    table = [[given.get((passage, coder), nan) for coder in coders] for passage in passages]
    clusters = [items.get(passage, passage) for passage in passages]
    agreement: Agreement = assess(table or [[nan] * len(coders)], clusters or ["none"], metric)  # type: ignore[arg-type]
    return CodeAgreement(
        code=code,
        metric="ordinal" if metric == "ordinal" else "nominal",
        alpha=_drop_nan(agreement.alpha),
        low=_drop_nan(agreement.low),
        high=_drop_nan(agreement.high),
        ac1=_drop_nan(agreement.ac1),
        percent=_drop_nan(agreement.percent),
        units=agreement.units,
        coders=agreement.coders,
        light=agreement.light,
        words=agreement.words,
    )


def _drop_nan(number: float | None) -> float | None:
    return None if number is None or isnan(number) else number
