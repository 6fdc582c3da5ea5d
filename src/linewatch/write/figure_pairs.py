"""Co-occurrence: in how many passages a frame stands beside another frame, and beside a place that is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from linewatch.write.cells import write_csv
from linewatch.write.figure_data import clip
from linewatch.write.figure_render import (
    DARK,
    INK,
    Drawing,
    finish,
    make_drawing,
    make_heading,
    make_rows,
)
from linewatch.write.frames import Pair
from linewatch.write.wording import clean, count

CELL, ROW = 28, 26
COLUMNS = ("frame", "other", "other_is", "passages")
MOST_ROWS, MOST_CITED = 14, 8
HEAD = 84
"""Pixels that the names above a panel take, the same for both panels."""
DARKEST = 0.5


def draw_pairs(pairs: Sequence[Pair], remark: str = "") -> Drawing | None:
    """Return the figure, None where no two frames, and no frame and citation, stand together."""
    if not any(pair.is_citation or pair.frame != pair.other for pair in pairs):
        return None
    return make_drawing(make_chart(pairs, remark), describe_pairs(pairs), write_pairs_csv(pairs))


def make_chart(pairs: Sequence[Pair], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: a panel of frames by frames, one of frames by citations."""
    import altair as alt

    frames = _list_most([pair for pair in pairs if pair.frame == pair.other], MOST_ROWS)
    cited = _list_most([pair for pair in pairs if pair.is_citation], MOST_CITED)
    panels = [_draw_panel(pairs, frames, frames, "With other frames", is_citation=False)]
    if cited:
        panels.append(_draw_panel(pairs, frames, cited, "With citations", is_citation=True))
    return finish(alt.hconcat(*panels, spacing=22), remark)


def _list_most(pairs: Sequence[Pair], most: int) -> list[str]:
    totals: Counter[str] = Counter()
    for pair in pairs:
        totals[pair.other] += pair.passages
    return [name for name, _ in totals.most_common(most)]


def _draw_panel(
    pairs: Sequence[Pair], frames: list[str], others: list[str], heading: str, *, is_citation: bool
) -> Any:
    import altair as alt

    found = {(pair.frame, pair.other): pair.passages for pair in pairs if pair.is_citation is is_citation}
    most = max((pair.passages for pair in pairs if pair.frame != pair.other), default=1)
    rows = [
        {
            "frame": _name(frame),
            "other": _name_short(other, is_citation=is_citation),
            "passages": min(n, most),
            "label": str(n) if n else "",
            "is_own": frame == other,
        }
        for frame in frames
        for other in others
        for n in [found.get((frame, other), 0)]
    ]
    x = alt.X(
        "other:N",
        sort=[_name_short(other, is_citation=is_citation) for other in others],
        title=None,
        axis=alt.Axis(
            orient="top",
            labelAngle=-50,
            labelAlign="left",
            labelLimit=0,
            domain=False,
            ticks=False,
            minExtent=HEAD,
        ),
    )
    y = alt.Y(
        "frame:N",
        sort=[_name(frame) for frame in frames],
        title=None,
        axis=None if is_citation else alt.Axis(labelLimit=0, domain=False, ticks=False),
    )
    base = alt.Chart(make_rows(rows)).encode(x=x, y=y)
    shade = alt.Color(
        "passages:Q",
        scale=alt.Scale(domain=[0, most], range=["#FFFFFF", DARK], interpolate="rgb"),
        legend=None,
    )
    cells = base.mark_rect(stroke="#D8D5CE", strokeWidth=1).encode(
        color=alt.condition("datum.is_own", alt.value("#EFEDE8"), shade)
    )
    is_dark = f"datum.passages >= {DARKEST * most} && !datum.is_own"
    words = base.mark_text(fontSize=13).encode(
        text="label:N", color=alt.condition(is_dark, alt.value("white"), alt.value(INK))
    )
    return alt.layer(cells, words).properties(
        width=CELL * len(others), height=ROW * len(frames), title=make_heading(heading)
    )


def _name(frame: str) -> str:
    return clip(clean(frame))


def _name_short(other: str, *, is_citation: bool) -> str:
    """Return a column's name: of a frame its number, for the rows spell it out."""
    return clip(clean(other), 22) if is_citation else clean(other).partition(" ")[0]


def describe_pairs(pairs: Sequence[Pair]) -> str:
    """Return the figure in words: what stands together most."""
    frames = [pair for pair in pairs if not pair.is_citation and pair.frame < pair.other]
    cited = [pair for pair in pairs if pair.is_citation]
    told = [
        f"{what} that stand together most: {'; '.join(_describe(pair) for pair in _list_first(own))}."
        for what, own in (("Frames", frames), ("Frames and citations", cited))
        if own
    ]
    return f"In how many passages frames stand beside each other and beside what is cited. {' '.join(told)}"


def _list_first(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: -pair.passages)[:5]


def _describe(pair: Pair) -> str:
    return f"{_name(pair.frame)} with {_name(pair.other)}, {count(pair.passages, 'passage')}"


def write_pairs_csv(pairs: Sequence[Pair]) -> str:
    """Return the counts as CSV; a frame beside itself is the number of passages in which it holds."""
    rows = (
        (clean(pair.frame), clean(pair.other), "citation" if pair.is_citation else "frame", pair.passages)
        for pair in pairs
    )
    return write_csv(COLUMNS, rows)
