"""Influence: what is left of a turn without each item, or each outlet, the one that matters most first."""

from __future__ import annotations

from typing import Any

from linewatch.model import Line, Point, Turn
from linewatch.write.cells import write_csv
from linewatch.write.figure_data import clip, get_outlet
from linewatch.write.figure_render import (
    DARK,
    RULE,
    Drawing,
    finish,
    label_axis,
    make_drawing,
    make_heading,
    make_rows,
)
from linewatch.write.wording import clean, format_day

WIDTH, ROW = 420, 22
COLUMNS = ("series", "left_out", "p_turn")
NEEDED, EVEN = 0.9, 0.5
MOST_ROWS, MOST_PANELS = 6, 6
LONGEST = 44


def draw_influence(line: Line, remark: str = "") -> Drawing | None:
    """Return the figure, None where in no series both keys hold."""
    turns = [turn for turn in sorted(line.turns, key=lambda turn: not turn.claim) if turn.influence]
    if not turns:
        return None
    points = {point.item: point for point in line.points}
    shown = turns[:MOST_PANELS]
    return make_drawing(
        make_chart(shown, points, remark), describe_influence(shown, points), _write_csv(turns)
    )


def make_chart(turns: list[Turn], points: dict[str, Point], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: a dot for each item or outlet left out."""
    import altair as alt

    return finish(alt.vconcat(*(_draw_panel(turn, points) for turn in turns), spacing=16), remark)


def _draw_panel(turn: Turn, points: dict[str, Point]) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"name": f"without {name_left_out(one.left_out, points)}", "p": one.p_turn, "row": n}
        for n, one in enumerate(turn.influence[:MOST_ROWS])
    ]
    rows.append({"name": "with all of them", "p": turn.p_turn, "row": len(rows)})
    x = alt.X(
        "p:Q",
        title="P(turn)",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(**label_axis({0: "0", 0.25: "0.25", EVEN: "0.5", 0.75: "0.75", NEEDED: "0.9", 1: "1"})),
    )
    y = alt.Y(
        "row:O",
        title=None,
        axis=alt.Axis(
            **label_axis({row["row"]: row["name"] for row in rows}), domain=False, ticks=False, grid=True
        ),
    )
    base = alt.Chart(make_rows(rows))
    needed = alt.Chart(make_rows([{"p": NEEDED}])).mark_rule(color=RULE, strokeDash=[4, 3])
    dots = base.mark_point(filled=True, size=80, color=DARK, opacity=1).encode(x=x, y=y)
    heading = make_heading(
        f"{clip(clean(turn.series), 48)}: {'claimed' if turn.claim else 'not established'}"
    )
    return alt.layer(needed.encode(x="p:Q"), dots).properties(
        width=WIDTH, height=ROW * len(rows), title=heading
    )


def name_left_out(left_out: str, points: dict[str, Point]) -> str:
    """Return how an item is called in a drawing, by kind, outlet and day and not by a title that may name somebody."""
    point = points.get(left_out)
    if point is None:
        return clip(clean(left_out), LONGEST)
    day = point.date.middle if point.date else None
    when = f" of {format_day(day)}" if day and point.date and point.date.is_point else ""
    kind = "item" if point.kind == "other" else clean(point.kind)
    return clip(f"{kind}{when}" if when else f"{kind} of {get_outlet(point)}", LONGEST)


def describe_influence(turns: list[Turn], points: dict[str, Point]) -> str:
    """Return the figure in words."""
    return "What is left of the turn without each item or outlet. " + " ".join(
        _describe_turn(turn, points) for turn in turns
    )


def _describe_turn(turn: Turn, points: dict[str, Point]) -> str:
    first = turn.influence[0]
    below = sum(one.p_turn < NEEDED for one in turn.influence)
    return (
        f"{clip(clean(turn.series), 48)}: without {name_left_out(first.left_out, points)}, which matters most, P(turn) is "
        f"{min(first.p_turn, 0.99):.2f}; it falls below {NEEDED} without {below} of {len(turn.influence)}."
    )


def _write_csv(turns: list[Turn]) -> str:
    rows = (
        (clean(turn.series), clean(one.left_out), round(one.p_turn, 6))
        for turn in turns
        for one in turn.influence
    )
    return write_csv(COLUMNS, rows)
