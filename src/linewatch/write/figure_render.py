"""How every figure is drawn: one style, offline, as SVG and as PNG, its words and its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FACE = "Amiri"
"""One face for Latin and Arabic letters, so that labels are joined and measured alike everywhere."""
PNG_SCALE = 2
DARK, LIGHT, GREY, RULE, INK = "#0B4F7D", "#E9A23B", "#A5A39B", "#8A8880", "#333333"
"""A dark and a light tone that stay apart in grey and in print; what is neither is grey."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The drawn figure in both forms, its words and its numbers."""

    svg: str
    png: bytes
    width: int
    alt: str
    data: str


def make_drawing(spec: dict[str, Any], alt: str, data: str) -> Drawing:
    """Return a figure drawn from its specification, with its text alternative and its data as CSV."""
    svg, png = render(spec)
    return Drawing(svg=svg, png=png, width=int.from_bytes(png[16:20], "big") // PNG_SCALE, alt=alt, data=data)


def render(spec: dict[str, Any]) -> tuple[str, bytes]:
    """Return a Vega-Lite figure as SVG and as PNG twice its size; nothing is fetched."""
    import vl_convert

    _register_face()
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg, vl_convert.vegalite_to_png(spec, scale=PNG_SCALE, allowed_base_urls=[])


def finish(chart: Any, remark: str, *, columns: int = 0) -> dict[str, Any]:
    """Return a chart as a specification in the common style, with what its codes are worth above it."""
    specification: dict[str, Any] = chart.configure(**_make_style(remark, columns)).to_dict()
    if remark:
        specification["title"] = {
            "text": remark,
            "anchor": "start",
            "fontSize": 15,
            "fontStyle": "italic",
            "fontWeight": "normal",
        }
    return specification


def make_rows(values: Sequence[dict[str, Any]]) -> Any:
    """Return rows as data that stand in the specification itself."""
    import altair as alt

    return alt.InlineData(values=list(values))


def make_heading(words: str) -> Any:
    """Return the heading of one panel."""
    import altair as alt

    return alt.TitleParams(words, anchor="start", fontSize=14, fontWeight="bold", color=INK)


def label_axis(labels: dict[float, str]) -> dict[str, Any]:
    """Return the settings of an axis with these values and words; the words are ours or were cleaned."""
    import json

    spelled = {f"{value:g}": words for value, words in labels.items()}
    return {
        "values": list(labels),
        "labelExpr": json.dumps(spelled, ensure_ascii=False) + "[datum.value]",
        "labelLimit": 0,
    }


def _make_style(remark: str, columns: int) -> dict[str, Any]:
    import altair as alt

    return {
        "font": FACE,
        "background": "white",
        "padding": {"left": 6, "right": 12, "top": 8 if remark else 4, "bottom": 4},
        "view": alt.ViewConfig(stroke=None),
        "axis": alt.AxisConfig(
            labelFontSize=14,
            titleFontSize=14,
            titleFontWeight="normal",
            titleColor=INK,
            labelColor=INK,
            gridColor="#EAE8E3",
            domainColor=RULE,
            tickColor=RULE,
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
