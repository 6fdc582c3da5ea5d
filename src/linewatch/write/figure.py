"""The figure of the line. What it shows is worked out in `figure_data`, how it is drawn in `figure_render`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from linewatch.model import Line
from linewatch.write.figure_data import (
    describe_line,
    find_gaps,
    find_unwatched,
    label_outlets,
    list_outlets,
    make_axis,
    make_marks,
    make_turn_bands,
    write_points_csv,
)
from linewatch.write.figure_layers import (
    HEIGHT,
    WIDTH,
    draw_label,
    draw_lane,
    draw_marks,
    draw_strip,
    draw_turns,
    draw_unwatched,
)
from linewatch.write.figure_render import Drawing, finish, make_drawing

LEGEND = 100
"""Letters that a row of the legend has room for."""


def draw_line(line: Line, scale: Mapping[int, str], remark: str = "") -> Drawing | None:
    """Return the figure of a line on a scale of named points, None when it has no points."""
    if not line.points:
        return None
    return make_drawing(
        make_chart(line, scale, remark), describe_line(line, dict(scale)), write_points_csv(line)
    )


def make_chart(line: Line, scale: Mapping[int, str], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: the line, and below it what was watched when."""
    import altair as alt

    axis, outlets = make_axis(line), list_outlets(line)
    labels = label_outlets(outlets)
    marks = [replace(mark, outlet=labels[mark.outlet]) for mark in make_marks(line, axis, outlets)]
    shown = list(dict.fromkeys(labels.values()))
    turns = make_turn_bands(line.turns, axis)
    unwatched = find_unwatched(line.watched, axis)
    panel = alt.layer(
        *draw_turns(turns),
        *draw_unwatched(find_gaps(line.watched, axis), axis, opacity=0.2, over=unwatched),
        *draw_unwatched(unwatched, axis, opacity=0.5),
        *(draw_label(band, n, axis) for n, band in enumerate(turns)),
        *draw_lane(axis),
        *draw_marks(marks, axis, shown, scale),
    ).properties(width=WIDTH, height=HEIGHT)
    parts = [panel, *draw_strip(line, axis)]
    return finish(alt.vconcat(*parts, spacing=10), remark, columns=_count_columns(shown))


def _count_columns(outlets: Sequence[str]) -> int:
    """Return how many outlets stand in a row of the legend: all of them where they fit."""
    letters = sum(len(outlet) + 5 for outlet in outlets)
    return len(outlets) if letters <= LEGEND else 3
