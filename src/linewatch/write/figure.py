"""The figure of the line, drawn offline by Altair and vl-convert. What it shows is worked out in `figure_data`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
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

FACE = "Amiri"
"""One face for Latin and Arabic letters, so that labels are joined and measured alike everywhere."""
LEGEND = 100
"""Letters that a row of the legend has room for."""
PNG_SCALE = 2


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The drawn figure in both forms, its words and its numbers."""

    svg: str
    png: bytes
    width: int
    alt: str
    data: str


def draw_line(line: Line, scale: Mapping[int, str], remark: str = "") -> Drawing | None:
    """Return the figure of a line on a scale of named points, None when it has no points."""
    if not line.points:
        return None
    spec = make_chart(line, scale, remark)
    svg, png = render(spec)
    return Drawing(
        svg=svg,
        png=png,
        width=int.from_bytes(png[16:20], "big") // PNG_SCALE,
        alt=describe_line(line, dict(scale)),
        data=write_points_csv(line),
    )


def render(spec: dict[str, Any]) -> tuple[str, bytes]:
    """Return a Vega-Lite figure as SVG and as PNG twice its size; nothing is fetched."""
    import vl_convert

    _register_face()
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg, vl_convert.vegalite_to_png(spec, scale=PNG_SCALE, allowed_base_urls=[])


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
    chart = alt.vconcat(*parts, spacing=10).configure(**_make_style(remark, _count_columns(shown)))
    specification: dict[str, Any] = chart.to_dict()
    if remark:
        specification["title"] = {
            "text": remark,
            "anchor": "start",
            "fontSize": 15,
            "fontStyle": "italic",
            "fontWeight": "normal",
        }
    return specification


def _count_columns(outlets: Sequence[str]) -> int:
    """Return how many outlets stand in a row of the legend: all of them where they fit."""
    letters = sum(len(outlet) + 5 for outlet in outlets)
    return len(outlets) if letters <= LEGEND else 3


def _make_style(remark: str, columns: int) -> dict[str, Any]:
    import altair as alt

    return {
        "font": FACE,
        "background": "white",
        "padding": {"left": 6, "right": 12, "top": 8 if remark else 4, "bottom": 4},
        "view": alt.ViewConfig(stroke=None),
        "axis": alt.AxisConfig(
            labelFontSize=14,
            labelColor="#333",
            gridColor="#EAE8E3",
            domainColor="#8A8880",
            tickColor="#8A8880",
        ),
        "legend": alt.LegendConfig(
            orient="top", labelFontSize=14, symbolSize=90, columns=columns, labelLimit=0, symbolOpacity=1
        ),
    }


@cache
def _register_face() -> Path:
    """Register the Arabic face with the drawing library, once."""
    import fontpkg
    import vl_convert

    folder = Path(fontpkg.path(FACE)).parent
    vl_convert.register_font_directory(str(folder))
    return folder
