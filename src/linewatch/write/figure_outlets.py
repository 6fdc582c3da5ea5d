"""Small multiples: each outlet's items, where its line stood with its 95 % interval, and what was not watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from linewatch.model import Level, Line, Turn
from linewatch.write.cells import write_csv
from linewatch.write.figure_data import (
    Axis,
    find_unwatched,
    get_outlet,
    is_dated,
    label_outlets,
    list_outlets,
    make_axis,
    make_marks,
    make_ticks,
    make_turn_bands,
)
from linewatch.write.figure_layers import draw_turns
from linewatch.write.figure_render import (
    DARK,
    GREY,
    Drawing,
    finish,
    label_axis,
    make_drawing,
    make_heading,
    make_rows,
)
from linewatch.write.wording import clean, count, format_score

WIDTH, HEIGHT = 300, 120
COLUMNS = ("outlet", "day", "level", "low", "high")
MOST_PANELS, LEAST_PANELS = 12, 2


def draw_outlets(line: Line, scale: Mapping[int, str], remark: str = "") -> Drawing | None:
    """Return the figure, None where there is one outlet alone: the figure of the line shows it."""
    outlets = list_outlets(line)[:MOST_PANELS]
    if len(outlets) < LEAST_PANELS:
        return None
    return make_drawing(
        make_chart(line, outlets, scale, remark), describe_outlets(line, outlets), write_levels_csv(line)
    )


def make_chart(line: Line, outlets: list[str], scale: Mapping[int, str], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: panels in two columns on the same axes."""
    import altair as alt

    axis = make_axis(line)
    labels = label_outlets(outlets)
    panels = [_draw_panel(line, outlet, labels[outlet], axis, scale) for outlet in outlets]
    chart = alt.concat(*panels, columns=2, spacing={"row": 16, "column": 24})
    return finish(chart, remark)


def _draw_panel(line: Line, outlet: str, label: str, axis: Axis, scale: Mapping[int, str]) -> Any:
    import altair as alt

    turn = find_turn(line, outlet)
    own = replace(line, points=tuple(point for point in line.points if get_outlet(point) == outlet))
    marks = make_marks(own, axis, [outlet])
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, axis.width], nice=False),
        "axis": alt.Axis(title=None, labelFlush=False, **label_axis(_thin(make_ticks(axis)))),
    }
    y: dict[str, Any] = {
        "scale": alt.Scale(domain=[min(scale) - 0.5, max(scale) + 0.5], nice=False),
        "axis": alt.Axis(title=None, **label_axis({n: format_score(n) for n in sorted(scale)})),
    }
    layers = [
        *_draw_unwatched(line, outlet, axis),
        *draw_turns(make_turn_bands([turn], axis) if turn else []),
        *_draw_level(turn.levels if turn else (), axis, x, y),
        alt.Chart(make_rows([{"x": mark.x, "score": mark.score} for mark in marks]))
        .mark_point(filled=True, size=34, color="#1A1A1A", opacity=0.75)
        .encode(x=alt.X("x:Q", **x), y=alt.Y("score:Q", **y)),
    ]
    heading = make_heading(f"{label} ({count(len(marks), 'item')})")
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=heading)


def find_turn(line: Line, outlet: str) -> Turn | None:
    """Return what is said of an outlet's own series."""
    return next((turn for turn in line.turns if turn.levels and clean(turn.series) == outlet), None)


def _draw_level(levels: tuple[Level, ...], axis: Axis, x: dict[str, Any], y: dict[str, Any]) -> list[Any]:
    """Return the level as a stepped line with its band."""
    import altair as alt

    rows = [{"x": axis.place(one.day), "mean": one.mean, "low": one.low, "high": one.high} for one in levels]
    if not rows:
        return []
    base = alt.Chart(make_rows(rows)).encode(x=alt.X("x:Q", **x))
    return [
        base.mark_area(color=DARK, opacity=0.22, interpolate="step").encode(
            y=alt.Y("low:Q", **y), y2="high:Q"
        ),
        base.mark_line(color=DARK, strokeWidth=2, interpolate="step").encode(y=alt.Y("mean:Q", **y)),
    ]


def _draw_unwatched(line: Line, outlet: str, axis: Axis) -> list[Any]:
    """Return the grey of the periods in which the outlet was not watched; none where nothing is recorded for it."""
    import altair as alt

    own = [watch for watch in line.watched if clean(watch.outlet) == outlet]
    rows = [{"left": band.left, "right": band.right} for band in find_unwatched(own, axis)]
    if not rows:
        return []
    grey = alt.Chart(make_rows(rows)).mark_rect(color=GREY, opacity=0.35)
    return [grey.encode(x=alt.X("left:Q"), x2="right:Q")]


def _thin(ticks: dict[int, str], most: int = 5) -> dict[float, str]:
    """Return as many ticks as a narrow panel has room for, evenly taken."""
    step = -(-len(ticks) // most)
    return {float(day): words for n, (day, words) in enumerate(ticks.items()) if n % step == 0}


def describe_outlets(line: Line, outlets: list[str]) -> str:
    """Return the figure in words: where each outlet's line stood first and last."""
    return "A panel for each outlet. " + " ".join(_describe_outlet(line, outlet) for outlet in outlets)


def _describe_outlet(line: Line, outlet: str) -> str:
    points = [point for point in line.points if get_outlet(point) == outlet]
    turn, told = find_turn(line, outlet), f"{outlet}: {count(len(points), 'item')}"
    undated = sum(not is_dated(point) for point in points)
    told += f", {undated} of them undated" if undated else ""
    if turn is None:
        return f"{told}, too few for a level."
    first, last = turn.levels[0], turn.levels[-1]
    return f"{told}, level {_tell_level(first)} at first and {_tell_level(last)} at last."


def _tell_level(level: Level) -> str:
    return (
        f"{format_score(round(level.mean, 1))} (95 % {format_score(level.low)} to {format_score(level.high)})"
    )


def write_levels_csv(line: Line) -> str:
    """Return the levels as CSV: a row a day on which an outlet has an item."""
    rows = (
        (clean(turn.series), one.day, round(one.mean, 4), one.low, one.high)
        for turn in line.turns
        for one in turn.levels
    )
    return write_csv(COLUMNS, rows)
