"""Power: how often a shift is found, and dated closely enough, by the number of items. For `plan`, not for a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linewatch.stats.power import ENOUGH, Power, find_enough
from linewatch.write.cells import write_csv
from linewatch.write.figure_render import (
    DARK,
    RULE,
    Drawing,
    finish,
    label_axis,
    make_drawing,
    make_rows,
)

WIDTH, HEIGHT = 420, 220
COLUMNS = ("items", "found", "dated")


def draw_power(powers: Sequence[Power], shift: float, within: int) -> Drawing:
    """Return the power curves: found as a full line with dots, dated within so many days as a broken one with squares."""
    rows = [(one.items, f"{one.found:.3f}", f"{one.dated:.3f}") for one in powers]
    return make_drawing(
        make_chart(powers, within), describe_power(powers, shift, within), write_csv(COLUMNS, rows)
    )


def make_chart(powers: Sequence[Power], within: int) -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification; the two curves are told apart by stroke and mark, not by colour."""
    import altair as alt

    names = ["found", f"dated within {within} days"]
    rows = [
        {"items": one.items, "share": share, "what": what}
        for one in powers
        for what, share in zip(names, (one.found, one.dated), strict=True)
    ]
    ticks: dict[float, str] = {one.items: str(one.items) for one in powers if one.items != powers[1].items}
    base = alt.Chart(make_rows(rows)).encode(
        x=alt.X("items:Q", title="items of one outlet, over a year", axis=alt.Axis(**label_axis(ticks))),
        y=alt.Y(
            "share:Q",
            title="share of cases",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(**label_axis({0: "0", 0.25: "0.25", 0.5: "0.5", ENOUGH: "0.8", 1: "1"})),
        ),
    )
    enough = (
        alt.Chart(make_rows([{"share": ENOUGH}])).mark_rule(color=RULE, strokeDash=[4, 3]).encode(y="share:Q")
    )
    lines = base.mark_line(color=DARK, strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("what:N", title=None, scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]))
    )
    marks = base.mark_point(color=DARK, filled=True, size=70, opacity=1).encode(
        shape=alt.Shape("what:N", title=None, scale=alt.Scale(domain=names, range=["circle", "square"]))
    )
    return finish(alt.layer(enough, lines, marks).properties(width=WIDTH, height=HEIGHT), "", columns=2)


def describe_power(powers: Sequence[Power], shift: float, within: int) -> str:
    """Return the figure in words."""
    told = [f"{one.items} items: {one.found:.2f} and {one.dated:.2f}" for one in powers]
    enough = find_enough(tuple(powers))
    least = f"{enough} items are enough" if enough else f"{powers[-1].items} items are not enough"
    return (
        f"Share of simulated shifts of {shift:g} points that are found, and that are dated within {within} days. {'; '.join(told)}. "
        f"For {ENOUGH} found, {least}."
    )
