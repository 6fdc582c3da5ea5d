"""The figure of the line, drawn offline by Altair and vl-convert. What it shows is worked out in `figure_data`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from linewatch.model import Line
from linewatch.write.figure_data import (
    Axis,
    Band,
    Mark,
    describe_line,
    find_gaps,
    find_unwatched,
    list_outlets,
    make_axis,
    make_marks,
    make_ticks,
    make_turn_bands,
    make_watched_bands,
    write_points_csv,
)

FACE = "Amiri"
"""One face for Latin and Arabic letters, so that labels are joined and measured alike everywhere."""
WIDTH, HEIGHT, STRIP = 640, 330, 22
LEGEND = 100
"""Letters that a row of the legend has room for."""
NARROW = 14
"""Pixels that a period must have to carry words."""
PNG_SCALE = 2
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
    marks = make_marks(line, axis, outlets)
    turns = make_turn_bands(line.turns, axis)
    panel = alt.layer(
        *_draw_turns(turns),
        *_draw_unwatched(find_gaps(line.watched, axis), axis, opacity=0.2),
        *_draw_unwatched(find_unwatched(line.watched, axis), axis, opacity=0.5),
        *(_draw_label(band, n, axis) for n, band in enumerate(turns)),
        *_draw_lane(axis),
        *_draw_marks(marks, axis, outlets, scale),
    ).properties(width=WIDTH, height=HEIGHT)
    parts = [panel, *_draw_strip(line, axis)]
    chart = alt.vconcat(*parts, spacing=10).configure(**_make_style(remark, _count_columns(outlets)))
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


def _draw_marks(
    marks: Sequence[Mark], axis: Axis, outlets: Sequence[str], scale: Mapping[int, str]
) -> list[Any]:
    import altair as alt

    base = alt.Chart(_rows(marks)).encode(
        color=alt.Color(
            "outlet:N", scale=alt.Scale(domain=outlets, range=_cycle(COLOURS, len(outlets))), title=None
        )
    )
    y = alt.Y("score:Q", axis=_make_scale_axis(scale), scale=alt.Scale(domain=_make_reach(scale)), title=None)
    shape = alt.Shape(
        "outlet:N", scale=alt.Scale(domain=outlets, range=_cycle(SHAPES, len(outlets))), title=None
    )
    wide = base.mark_rule(strokeWidth=1.2, opacity=0.55)
    return [
        wide.encode(x=_make_x(axis, "left"), x2="right:Q", y=y),
        wide.encode(x=_make_x(axis, "x"), y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_point(filled=True, size=78, opacity=0.92, stroke="white", strokeWidth=0.7).encode(
            x=_make_x(axis, "x"), y=y, shape=shape
        ),
    ]


def _draw_turns(bands: Sequence[Band]) -> list[Any]:
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


def _draw_label(band: Band, n: int, axis: Axis) -> Any:
    """Return the words of a turn's band, beside it where there is room for them."""
    import altair as alt

    side: Literal["left", "right"] = "left" if band.left < axis.width / 2 else "right"
    row = {"x": band.right if side == "left" else band.left, "label": band.label}
    text = alt.Chart(alt.InlineData(values=[row])).mark_text(
        align=side, baseline="top", color="#6B3E00", fontSize=14, dx=5 if side == "left" else -5
    )
    return text.encode(x=alt.X("x:Q"), y=alt.value(6 + 17 * n), text="label:N")


def _draw_unwatched(bands: Sequence[Band], axis: Axis, *, opacity: float) -> list[Any]:
    """Return the grey of periods not watched, with words where they are wide enough to hold them."""
    import altair as alt

    if not bands:
        return []
    wide = [band for band in bands if (band.right - band.left) / axis.width * WIDTH > NARROW]
    words = alt.Chart(_rows(wide)).transform_calculate(middle="(datum.left + datum.right) / 2")
    return [
        alt.Chart(_rows(bands))
        .mark_rect(color="#A5A39B", opacity=opacity)
        .encode(x=alt.X("left:Q"), x2="right:Q"),
        words.mark_text(align="left", angle=270, color="#4A4843", fontSize=13).encode(
            x="middle:Q", y=alt.value(HEIGHT - 8), text="label:N"
        ),
    ]


def _draw_lane(axis: Axis) -> list[Any]:
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


def _draw_strip(line: Line, axis: Axis) -> list[Any]:
    """Return the strip of watched periods, a row an outlet; nothing when none is recorded."""
    import altair as alt

    bands = make_watched_bands(line.watched, axis)
    if not bands:
        return []
    names = list(dict.fromkeys([*list_outlets(line), *(band.outlet for band in bands)]))
    rows = alt.Y(
        "outlet:N",
        scale=alt.Scale(domain=names),
        axis=alt.Axis(title=None, labelLimit=190, domain=False, ticks=False, grid=False),
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

    words = {n: f"{name}  {f'{n:+d}'.replace('-', '−') if n else '0'}" for n, name in scale.items()}
    expression = "{" + ",".join(f"'{n}':{_quote(label)}" for n, label in words.items()) + "}[datum.value]"
    return alt.Axis(values=sorted(scale), labelExpr=expression, labelLimit=190, title=None)


def _make_reach(scale: Mapping[int, str]) -> list[float]:
    return [min(scale) - 0.5, max(scale) + 1]


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
            orient="top", labelFontSize=14, symbolSize=90, columns=columns, labelLimit=240, symbolOpacity=1
        ),
    }


def _rows(values: Sequence[Mark] | Sequence[Band]) -> Any:
    import altair as alt

    return alt.InlineData(values=[asdict(value) for value in values])


def _cycle(values: Sequence[str], n: int) -> list[str]:
    return [values[i % len(values)] for i in range(n)]


def _quote(text: str) -> str:
    """Return text as a string of the figure's expression language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@cache
def _register_face() -> Path:
    """Register the Arabic face with the drawing library, once."""
    import fontpkg
    import vl_convert

    folder = Path(fontpkg.path(FACE)).parent
    vl_convert.register_font_directory(str(folder))
    return folder
