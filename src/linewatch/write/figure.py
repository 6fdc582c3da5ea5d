"""Draws the line: one point an item, outlets told apart by shape as well as colour, what was not watched shaded."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from linewatch.model import Line, Point
from linewatch.write.tree import Figure

SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
)
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999933")
"""Okabe and Ito's colours, told apart by colour-blind readers and in grey with the shapes."""
LABEL_WIDTH = 90


def draw_line(line: Line, stance: dict[int, str]) -> Figure | None:
    """Return the figure of the line, None where no item has a date."""
    rows = [row for point in line.points if (row := _make_row(point))]
    if not rows:
        return None
    return Figure(svg=_draw(line, rows, stance), alt=describe(line), caption=_caption(line))


def _make_row(point: Point) -> dict[str, Any] | None:
    date = point.date
    if date is None or (date.latest is None and date.earliest is None):
        return None
    first, last = date.earliest or date.latest, date.latest or date.earliest
    assert first is not None
    assert last is not None
    middle = first + (last - first) / 2
    return {
        "outlet": point.outlet or "unnamed",
        "score": point.score,
        "low": point.low,
        "high": point.high,
        "day": middle.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }


def _draw(line: Line, rows: list[dict[str, Any]], stance: dict[int, str]) -> str:
    import altair as alt
    import vl_convert

    outlets = sorted({row["outlet"] for row in rows})
    names = " : ".join(
        f"datum.value == {point} ? '{point:+d} {name}'" for point, name in sorted(stance.items())
    )
    axis = alt.Axis(labelExpr=f"{names} : ''", values=sorted(stance), labelLimit=LABEL_WIDTH, title=None)
    y = alt.Y("score:Q", scale=alt.Scale(domain=[min(stance), max(stance)]), axis=axis)
    colour = alt.Color("outlet:N", scale=alt.Scale(domain=outlets, range=list(COLOURS)), title="Outlet")
    shape = alt.Shape("outlet:N", scale=alt.Scale(domain=outlets, range=list(SHAPES)), title="Outlet")
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=alt.X("day:T", title=None))
    layers = [*_draw_bands(alt, line)]
    layers.append(base.mark_rule(opacity=0.4).encode(x="first:T", x2="last:T", y=y, color=colour))
    layers.append(base.mark_rule(opacity=0.4).encode(y=alt.Y("low:Q", axis=axis), y2="high:Q", color=colour))
    layers.append(base.mark_point(filled=True, size=55, opacity=0.85).encode(y=y, color=colour, shape=shape))
    chart = alt.layer(*layers).properties(width=620, height=280)
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _draw_bands(alt: Any, line: Line) -> list[Any]:
    bands = [{"first": a, "last": b, "what": "not watched"} for a, b in find_gaps(line)]
    bands += [
        {
            "first": turn.date_interval[0].isoformat(),
            "last": turn.date_interval[1].isoformat(),
            "what": "turn, 95 %",
        }
        for turn in line.turns
        if turn.claim and turn.date_interval
    ]
    if not bands:
        return []
    fill = alt.Fill(
        "what:N",
        scale=alt.Scale(domain=["not watched", "turn, 95 %"], range=["#bbbbbb", "#f0e442"]),
        title=None,
    )
    drawn = alt.Chart(alt.InlineData(values=bands)).mark_rect(opacity=0.35)
    return [drawn.encode(x="first:T", x2="last:T", fill=fill)]


def find_gaps(line: Line) -> list[tuple[str, str]]:
    """Return the stretches between watched periods of one outlet, as ISO days."""
    gaps = []
    for outlet in sorted({watch.outlet for watch in line.watched}):
        periods = sorted((one.begins, one.ends) for one in line.watched if one.outlet == outlet)
        for (_, end), (begin, _) in itertools.pairwise(periods):
            if begin - end > timedelta(days=1):
                gaps.append((end.isoformat(), begin.isoformat()))
    return sorted(set(gaps))


def describe(line: Line) -> str:
    """Return the figure in words, for those who cannot see it."""
    told = [
        f"{point.label}: {point.score:+g}" + (f" ({point.date.iso})" if point.date and point.date.iso else "")
        for point in line.points
    ]
    return "The line, item by item. " + "; ".join(told) + "."


def _caption(line: Line) -> str:
    undated = sum(_make_row(point) is None for point in line.points)
    said = f"One point an item: {len(line.points)} items. Bars: the range of its passages, and of its date."
    return said + (f" {undated} undated items are not drawn." if undated else "")
