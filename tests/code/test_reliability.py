"""From live answers to codes and agreement: what is out, skipped, unclear or another codebook's is no part of it."""

from __future__ import annotations

import pytest

from linewatch.code.answers import Answer, make_judgement
from linewatch.code.codebook import load_codebook
from linewatch.code.reliability import collect, measure_codes
from linewatch.code.words import tell_agreement
from linewatch.model import CodeAgreement, Coded, Judgement, Reliability

BOOK = load_codebook("leavers.v1")
POINTS = {-3: "q2", -2: "q3", -1: "q4", 0: "", 1: "q5", 2: "q6a", 3: "q6b"}


def judge(passage: str, coder: str, said: str) -> list[Judgement]:
    """Return judgements: `q4 F01` is yes to q1, q4 and F01 and no to the rest; `out`, `skip` and `-1..0` speak for themselves."""
    if said == "out":
        answers = [Answer(question="q1", value="no")]
    elif said == "skip":
        answers = [Answer(question="skip", value="too near"), Answer(question="q1", value="yes")]
    elif ".." in said:
        low, high = map(int, said.split(".."))
        answers = [
            Answer(question="q1", value="yes"),
            Answer(question="stance", value="range", low=low, high=high),
        ]
    else:
        yes = {"q1", *said.split()}
        questions = [one.id for one in BOOK.questions]
        answers = [Answer(question=one, value="yes" if one in yes else "no") for one in questions]
        answers += [Answer(question=one, value="yes") for one in sorted(yes) if one.startswith("F")]
    return [make_judgement(BOOK, passage, coder, one) for one in answers]


def judge_points(coder: str, points: list[int]) -> list[Judgement]:
    """Return a coder's judgements that come to these points, passage by passage."""
    return [row for n, point in enumerate(points) for row in judge(f"p{n:02}", coder, POINTS[point])]


def get_row(measured: Reliability, code: str) -> CodeAgreement:
    """Return the agreement on one code."""
    return next(row for row in measured.rows if row.code == code)


@pytest.mark.parametrize(
    ("said", "coded"),
    [
        ("q4 F01", [Coded(passage="p", coder="anna", low=-1, high=-1, codes=("F01",))]),
        ("out", [Coded(passage="p", coder="anna", out=True)]),
        ("skip", []),
        ("-1..0", [Coded(passage="p", coder="anna", low=-1, high=0)]),
        ("q2 q6a", [Coded(passage="p", coder="anna")]),
    ],
)
def test_answers_become_a_code(said: str, coded: list[Coded]) -> None:
    """Live answers come to a point, a range, out, nothing decided, or, skipped, to no code at all."""
    assert list(collect(BOOK, judge("p", "anna", said))) == coded


def test_range_wins_over_answers() -> None:
    """A range given under the scale's own name wins over what the answers come to, a contradiction too."""
    rows = judge("p", "anna", "q2 q6a")
    rows.append(make_judgement(BOOK, "p", "anna", Answer(question="stance", value="range", low=-3, high=-3)))
    assert [(one.low, one.high) for one in collect(BOOK, rows)] == [(-3, -3)]


def test_perfect_agreement_is_one() -> None:
    """Two coders who say the same of every passage have alpha 1 on the scale and on each question that varies."""
    points = [-3, -2, -1, 0, 1, 2, 3] * 8
    measured = measure_codes(BOOK, [*judge_points("anna", points), *judge_points("bruno", points)], {})
    assert measured.coders == ("anna", "bruno")
    headline = measured.headline
    assert headline is not None
    assert (headline.code, headline.metric, headline.alpha, headline.units, headline.light) == (
        "stance", "ordinal", 1.0, 56, "green",
    )  # fmt: skip
    assert get_row(measured, "q4").alpha == 1.0


def test_scale_is_ordinal() -> None:
    """A neighbour's point costs less agreement than one at the other end."""
    points = [-3, -2, -1, 0, 1, 2, 3] * 6
    near, far = ([-2, *points[1:]], [3, *points[1:]])
    alphas = [
        measure_codes(BOOK, [*judge_points("anna", points), *judge_points("bruno", other)], {}).rows[0].alpha
        or 0
        for other in (near, far)
    ]
    assert 1 > alphas[0] > alphas[1]


def test_published_example() -> None:
    """Krippendorff's (2011) table of 12 units and 4 observers has ordinal alpha .815, by way of judgements too."""
    table = {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    rows = [
        row
        for coder, values in table.items()
        for n, value in enumerate(values)
        if value is not None
        for row in judge(f"p{n:02}", coder, POINTS[value - 3])
    ]
    alpha = measure_codes(BOOK, rows, {}).rows[0].alpha
    assert alpha == pytest.approx(0.815, abs=0.0005)


def test_interval_resamples_items() -> None:
    """Where coders differ on one item of four, the interval is wider than if each passage were an item of its own."""
    points = [-3, -2, -1, 0, 1, 2, 3] * 8
    other = [*points[:42], *reversed(points[42:])]
    rows = [*judge_points("anna", points), *judge_points("bruno", other)]
    alone, few = (
        measure_codes(BOOK, rows, items).rows[0]
        for items in ({}, {f"p{n:02}": str(n // 14) for n in range(56)})
    )
    assert alone.alpha == few.alpha
    assert None not in {alone.low, alone.high, few.low, few.high}
    assert (few.high or 0) - (few.low or 0) > (alone.high or 0) - (alone.low or 0)


def test_out_and_skipped_are_no_points() -> None:
    """What a coder puts out or skips is no unit of the scale; the first question still counts the out."""
    rows = [*judge("p1", "anna", "q4"), *judge("p1", "bruno", "out"), *judge("p2", "anna", "q4")]
    rows += judge("p2", "bruno", "skip")
    measured = measure_codes(BOOK, rows, {})
    assert get_row(measured, "stance").units == 0
    assert get_row(measured, "q1").units == 1


def test_unclear_is_a_missing_value() -> None:
    """`unclear` is no third opinion: the passage is no unit of that question."""
    rows = [
        *judge("p", "anna", "q4"),
        make_judgement(BOOK, "p", "bruno", Answer(question="q1", value="unclear")),
    ]
    assert get_row(measure_codes(BOOK, rows, {}), "q1").units == 0


def test_frame_not_marked_is_a_no_of_who_marks_frames() -> None:
    """A frame not marked counts as no for a coder who marks frames, and as nothing for one who marks none at all."""
    rows = [*judge("p1", "anna", "q4 F01"), *judge("p1", "bruno", "q4"), *judge("p2", "bruno", "q4 F02")]
    measured = measure_codes(BOOK, [*rows, *judge("p1", "carla", "q4")], {})
    row = get_row(measured, "F01")
    assert (row.units, row.coders, row.percent) == (1, 2, 0.0)


@pytest.mark.parametrize(
    ("question", "value", "units", "shows"),
    [
        ("F01", "unclear", 0, "an unclear frame is a missing value"),
        ("F01", "no", 1, "a no said aloud is a no"),
        ("q1", "unclear", 0, "a passage that may not be about the issue is no unit"),
    ],
)
def test_frame_units(question: str, value: str, units: int, shows: str) -> None:
    """A passage is a unit of a frame where two coders took it to be about the issue and said yes or no."""
    rows = [*judge("p1", "anna", "q4 F01"), *judge("p2", "bruno", "q4 F02"), *judge("p1", "bruno", "q4")]
    rows = [one for one in rows if (one.passage, one.coder, one.question) != ("p1", "bruno", question)]
    if question == "q1":
        rows = [one for one in rows if (one.passage, one.coder) != ("p1", "bruno")]
    rows.append(make_judgement(BOOK, "p1", "bruno", Answer(question=question, value=value)))
    assert get_row(measure_codes(BOOK, rows, {}), "F01").units == units, shows


def test_another_codebook_is_not_mixed_in() -> None:
    """Answers under another version of the codebook make neither codes nor agreement."""
    other = [make_judgement(load_codebook("leavers.v1"), "p", "anna", Answer(question="q1", value="no"))]
    other = [
        Judgement(**{**{f: getattr(row, f) for f in row.__struct_fields__}, "codebook": "leavers.v2"})
        for row in other
    ]
    assert collect(BOOK, other) == ()
    assert measure_codes(BOOK, other, {}) == Reliability(coders=(), rows=())


@pytest.mark.parametrize(
    ("coders", "words"),
    [
        ((), "Nothing is coded yet."),
        (("anna",), "one coder, reliability unknown"),
        (("anna", "bruno"), "fewer than 30"),
    ],
)
def test_too_little_is_told(coders: tuple[str, ...], words: str) -> None:
    """With nothing coded, one coder, or few passages coded twice, fixed words stand instead of a verdict."""
    rows = [row for coder in coders for row in judge_points(coder, [-1, 0, 1])]
    assert words in tell_agreement(measure_codes(BOOK, rows, {}))[0]
