"""The layers of the figure of the line as Altair draws them: marks, bands of turns, grey, the lane of the undated, the strip."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from linewatch.model import Line
from linewatch.write.figure_data import (
    Axis,
    Band,
    Mark,
    clip,
    label_outlets,
    list_outlets,
    make_ticks,
    make_watched_bands,
)

WIDTH, HEIGHT, STRIP = 640, 264, 19
LETTER = 6.6
"""Pixels that a letter of a band's words takes, rather too many than too few."""
NARROW = 14
"""Pixels that a period must have to carry words."""
# Okabe and Ito's colours, told apart with every common colour blindness; shapes say the same without any colour.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#A6447F", "#8A6D00", "#3B3B3B", "#56B4E9", "#882255"]
SHAPES = [
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
]


def draw_marks(
    marks: Sequence[Mark], axis: Axis, outlets: Sequence[str], scale: Mapping[int, str]
) -> list[Any]:
    """Return the points of the line, with bars for the days and scores between which each may lie."""
    import altair as alt

    base = alt.Chart(_rows(marks)).encode(
        color=alt.Color(
            "outlet:N", scale=alt.Scale(domain=outlets, range=_cycle(COLOURS, len(outlets))), title=None
        )
    )
    y = alt.Y("score:Q", axis=_make_scale_axis(scale), scale=alt.Scale(domain=_make_reach(scale)), title=None)
    shape = alt.Shape(
        "outlet:N", scale=alt.Scale(domain=outlets, range=choose_shapes(len(outlets))), title=None
    )
    wide = base.mark_rule(strokeWidth=1.2, opacity=0.55)
    return [
        wide.encode(x=_make_x(axis, "left"), x2="right:Q", y=y),
        wide.encode(x=_make_x(axis, "x"), y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_point(filled=True, size=78, opacity=0.92, stroke="white", strokeWidth=0.7).encode(
            x=_make_x(axis, "x"), y=y, shape=shape
        ),
    ]


def draw_turns(bands: Sequence[Band]) -> list[Any]:
    """Return the bands of the turns that are claimed."""
    import altair as alt

    if not bands:
        return []
    base = alt.Chart(_rows(bands))
    edge = base.mark_rule(color="#B26B00", strokeWidth=1.2)
    return [
        base.mark_rect(color="#F6DDB5", opacity=0.75).encode(x=alt.X("left:Q"), x2="right:Q"),
        edge.encode(x="left:Q"),
        edge.encode(x="right:Q"),
    ]


def draw_label(band: Band, n: int, axis: Axis) -> Any:
    """Return the words of a turn's band, beside it where there is room for them."""
    import altair as alt

    row = {"x": place_words(band, axis), "label": band.label}
    base = alt.Chart(alt.InlineData(values=[row])).encode(
        x=alt.X("x:Q"), y=alt.value(6 + 17 * n), text="label:N"
    )
    style: dict[str, Any] = {"align": "left", "baseline": "top", "fontSize": 14}
    halo = base.mark_text(stroke="white", strokeWidth=4, strokeOpacity=0.85, **style)
    return alt.layer(halo, base.mark_text(color="#6B3E00", **style))


def place_words(band: Band, axis: Axis) -> float:
    """Return the day at which the words of a band begin: right of it, left of it, or at the edge they would run past."""
    day, gap = axis.width / WIDTH, 5 * axis.width / WIDTH
    wide = len(band.label) * LETTER * day
    if band.right + gap + wide <= axis.width:
        return band.right + gap
    return (
        max(0, band.left - gap - wide) if band.left >= axis.width - band.right else max(0, axis.width - wide)
    )


def draw_unwatched(
    bands: Sequence[Band], axis: Axis, *, opacity: float, over: Sequence[Band] = ()
) -> list[Any]:
    """Return the grey of periods not watched, with words where they are wide enough and no darker grey lies `over` them."""
    import altair as alt

    if not bands:
        return []
    free = [band for band in bands if not any(_holds_middle(one, band) for one in over)]
    wide = [band for band in free if (band.right - band.left) / axis.width * WIDTH > NARROW]
    words = alt.Chart(_rows(wide)).transform_calculate(middle="(datum.left + datum.right) / 2")
    return [
        alt.Chart(_rows(bands))
        .mark_rect(color="#A5A39B", opacity=opacity)
        .encode(x=alt.X("left:Q"), x2="right:Q"),
        words.mark_text(align="left", angle=270, color="#4A4843", fontSize=13).encode(
            x="middle:Q", y=alt.value(HEIGHT - 8), text="label:N"
        ),
    ]


def _holds_middle(over: Band, band: Band) -> bool:
    return over.left <= (band.left + band.right) / 2 <= over.right


def draw_lane(axis: Axis) -> list[Any]:
    """Return the edge and the words of the lane of the undated."""
    import altair as alt

    if not axis.has_lane:
        return []
    base = alt.Chart(
        alt.InlineData(values=[{"edge": axis.days, "middle": axis.lane, "label": ["date", "unknown"]}])
    )
    return [
        base.mark_rule(color="#8A8880", strokeDash=[3, 3]).encode(x="edge:Q"),
        base.mark_text(baseline="bottom", fontSize=13, color="#5C5A55", dy=-14).encode(
            x="middle:Q", y=alt.value(HEIGHT), text="label:N"
        ),
    ]


def draw_strip(line: Line, axis: Axis) -> list[Any]:
    """Return the strip of watched periods, a row an outlet; nothing when none is recorded."""
    import altair as alt

    bands = make_watched_bands(line.watched, axis)
    if not bands:
        return []
    outlets = list(dict.fromkeys([*list_outlets(line), *(band.outlet for band in bands)]))
    labels = label_outlets(outlets)
    bands = [replace(band, outlet=labels[band.outlet]) for band in bands]
    names = list(dict.fromkeys(labels.values()))
    rows = alt.Y(
        "outlet:N",
        scale=alt.Scale(domain=names),
        axis=alt.Axis(title=None, labelLimit=0, domain=False, ticks=False, grid=False),
    )
    title = alt.TitleParams("Watched", anchor="start", fontSize=14)
    chart = alt.Chart(_rows(bands))
    strip = chart.mark_bar(height=7, color="#6F8F86").encode(
        x=_make_x(axis, "left", labels=False), x2="right:Q", y=rows
    )
    silent = [
        {"outlet": name, "label": "not recorded"}
        for name in names
        if name not in {band.outlet for band in bands}
    ]
    words = alt.Chart(alt.InlineData(values=silent)).mark_text(
        align="left", fontStyle="italic", fontSize=13, color="#5C5A55"
    )
    layers = [strip, words.encode(x=alt.value(4), y=rows, text="label:N")] if silent else [strip]
    return [alt.layer(*layers, title=title).properties(width=WIDTH, height=STRIP * len(names))]


def _make_x(axis: Axis, field: str, *, labels: bool = True) -> Any:
    import altair as alt

    ticks = make_ticks(axis)
    words = "{" + ",".join(f"'{day}':'{label}'" for day, label in ticks.items()) + "}[datum.value]"
    shown = alt.Axis(
        values=list(ticks), labelExpr=words, labels=labels, ticks=labels, title=None, labelFlush=False
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, axis.width], nice=False), axis=shown, title=None)


def _make_scale_axis(scale: Mapping[int, str]) -> Any:
    import altair as alt

    words = {n: f"{clip(name)}  {f'{n:+d}'.replace('-', '−') if n else '0'}" for n, name in scale.items()}
    expression = "{" + ",".join(f"'{n}':{json.dumps(label)}" for n, label in words.items()) + "}[datum.value]"
    return alt.Axis(values=sorted(scale), labelExpr=expression, labelLimit=0, title=None)


def _make_reach(scale: Mapping[int, str]) -> list[float]:
    return [min(scale) - 0.5, max(scale) + 1]


def _rows(values: Sequence[Mark] | Sequence[Band]) -> Any:
    import altair as alt

    return alt.InlineData(values=[asdict(value) for value in values])


def _cycle(values: Sequence[str], n: int) -> list[str]:
    return [values[i % len(values)] for i in range(n)]


def choose_shapes(n: int) -> list[str]:
    """Return a shape for each outlet: the ninth, which has the first one's colour, has another shape than the first."""
    return [SHAPES[(i + i // len(SHAPES)) % len(SHAPES)] for i in range(n)]
