"""The words for points of a scale, and for how far coders agree, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from linewatch.model import CodeAgreement, Codebook, Question, Reliability, Scale


def tell_range(scale: Scale, low: int, high: int) -> str:
    """Return a point or a range of points in words.

    >>> scale = Scale(name="stance", points={-1: "Blame", 0: "Balanced"}, rules=())
    >>> tell_range(scale, -1, -1), tell_range(scale, -1, 0)
    ('-1 Blame', '-1 Blame to 0 Balanced')
    """
    told = [f"{point:+d} {scale.points[point]}".replace("+0", "0") for point in dict.fromkeys((low, high))]
    return " to ".join(told)


def tell_help(codebook: Codebook, question: Question | None) -> list[str]:
    """Return what a question takes in and leaves out, the anchors of the scale, and the coder rules, one line each."""
    bounds = {"yes for": question.include, "not for": question.exclude} if question else {}
    return [
        *(f"  {name}: {text}" for name, text in bounds.items() if text),
        *(
            f"  {point:+d} {text}".replace("+0", " 0")
            for point, text in sorted(codebook.scale.anchors.items())
        ),
        *(f"  · {rule}" for rule in codebook.rules),
    ]


def tell_frames(codebook: Codebook, chosen: Collection[str]) -> list[str]:
    """Return one line a frame, those chosen marked; naming one again takes it off."""
    return [
        f" {'*' if code.id in chosen else ' '} {code.id} {code.name}: {code.include or ''}"
        for code in codebook.codes
    ]


def tell_agreement(measured: Reliability) -> list[str]:
    """Return one line a code: alpha with its interval, what stands beside it, and what it allows."""
    return [tell_row(row) for row in measured.rows] or ["Nothing is coded yet."]


def tell_row(row: CodeAgreement) -> str:
    """Return the agreement on one code in words."""
    interval = "" if row.low is None or row.high is None else f" ({row.low:.2f} to {row.high:.2f})"
    beside = [
        f"{name} {number:.2f}"
        for name, number in (("agreement", row.percent), ("AC1", row.ac1))
        if number is not None
    ]
    alpha = "-" if row.alpha is None else f"{row.alpha:.2f}"
    if row.prevalence is not None:
        beside.append(f"{row.prevalence:.0%} yes")
    counts = f"{row.units} coded twice, {row.coders} coder{'' if row.coders == 1 else 's'}"
    return f"{row.code:8} {row.metric} alpha {alpha}{interval}; {', '.join([*beside, counts])}: {row.words}"


def tell_stale(stale: Mapping[str, Collection[str]]) -> list[str]:
    """Return how many passages need coding anew, and for which questions and codes; nothing where none does."""
    if not stale:
        return []
    passages = {passage for one in stale.values() for passage in one}
    parts = ", ".join(f"{part} {len(one)}" for part, one in sorted(stale.items()))
    many = "" if len(passages) == 1 else "s"
    return [
        f"The codebook has changed: {len(passages)} passage{many} to code anew ({parts}). What was answered there does not count."
    ]
