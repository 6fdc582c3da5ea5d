"""Frames over time: for each period, the share of its items in which each frame holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linewatch.write.cells import write_csv
from linewatch.write.figure_data import clip
from linewatch.write.figure_render import DARK, INK, Drawing, finish, make_drawing, make_rows
from linewatch.write.frames import FrameCount
from linewatch.write.wording import clean, count

COLUMN, ROW = 58, 27
COLUMNS = ("frame", "period_from", "period", "items_with_it", "items")
MOST_ROWS = 20
LIGHTEST = 0.5
"""From this share on a cell is so dark that its number is white."""


def draw_frames(counts: Sequence[FrameCount], remark: str = "") -> Drawing | None:
    """Return the figure, None where no frame was coded or all items lie in one period."""
    if len({one.begins for one in counts}) < 2:
        return None
    return make_drawing(make_chart(counts, remark), describe_frames(counts), write_frames_csv(counts))


def list_frames(counts: Sequence[FrameCount]) -> list[str]:
    """Return the frames that are drawn, those of most items first."""
    totals: dict[str, int] = {}
    for one in counts:
        totals[one.frame] = totals.get(one.frame, 0) + one.held
    return sorted(totals, key=lambda frame: -totals[frame])[:MOST_ROWS]


def make_chart(counts: Sequence[FrameCount], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: a cell a frame and period, its share as shade and as a number."""
    import altair as alt

    frames = list_frames(counts)
    periods = {one.begins: f"{one.period}|{count(one.items, 'item')}" for one in counts}
    rows = [
        {
            "frame": clip(clean(one.frame)),
            "period": periods[one.begins],
            "share": one.held / one.items,
            "label": str(one.held) if one.held else "",
        }
        for one in counts
        if one.frame in frames
    ]
    x = alt.X(
        "period:N",
        sort=[periods[begins] for begins in sorted(periods)],
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.value, '|')",
            labelAngle=0,
            orient="top",
            domain=False,
            ticks=False,
            labelFontSize=12,
            labelPadding=20,
        ),
    )
    y = alt.Y(
        "frame:N",
        sort=[clip(clean(frame)) for frame in frames],
        title=None,
        axis=alt.Axis(labelLimit=0, domain=False, ticks=False),
    )
    base = alt.Chart(make_rows(rows)).encode(x=x, y=y)
    cells = base.mark_rect(stroke="#D8D5CE", strokeWidth=1).encode(
        color=alt.Color(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=["#FFFFFF", DARK], interpolate="rgb"), legend=None
        )
    )
    words = base.mark_text(fontSize=13).encode(
        text="label:N",
        color=alt.condition(f"datum.share >= {LIGHTEST}", alt.value("white"), alt.value(INK)),
    )
    chart = alt.layer(cells, words).properties(width=COLUMN * len(periods), height=ROW * len(frames))
    return finish(chart, remark)


def describe_frames(counts: Sequence[FrameCount]) -> str:
    """Return the figure in words: each frame's items in the first half of the periods and in the second."""
    begins = sorted({one.begins for one in counts})
    middle = begins[len(begins) // 2]
    names = {one.begins: one.period for one in counts}
    told = [
        _describe_frame(frame, [one for one in counts if one.frame == frame], middle)
        for frame in list_frames(counts)
    ]
    return (
        f"Items with each frame, by period, from {names[begins[0]]} to {names[begins[-1]]}; "
        f"before and from {names[middle]} on: {'; '.join(told)}."
    )


def _describe_frame(frame: str, counts: Sequence[FrameCount], middle: date) -> str:
    early = [one for one in counts if one.begins < middle]
    late = [one for one in counts if one not in early]
    sides = [f"{sum(one.held for one in side)} of {sum(one.items for one in side)}" for side in (early, late)]
    return f"{clip(clean(frame))} {sides[0]}, then {sides[1]}"


def write_frames_csv(counts: Sequence[FrameCount]) -> str:
    """Return the counts as CSV: a row a frame and period."""
    return write_csv(
        COLUMNS, ((clean(one.frame), one.begins, one.period, one.held, one.items) for one in counts)
    )
