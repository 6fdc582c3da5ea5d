"""The figure of the turn's date: how likely each day is, given that there was a turn; a panel for each series in which both keys hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from linewatch.model import DateChance, Line, Turn
from linewatch.write.cells import write_csv
from linewatch.write.figure_data import Axis, clip, make_ticks
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
from linewatch.write.wording import clean, format_day, format_span

WIDTH, HEIGHT = 640, 110
COLUMNS = ("series", "after", "by", "chance", "in_interval")
MOST_OUTSIDE = 0.001
"""So much of the probability may lie outside the days that are drawn."""
DAY_TICKS = 75
"""Fewer days than this are labelled by the day, not by the month."""
MOST_PANELS = 8


def draw_dates(line: Line, remark: str = "") -> Drawing | None:
    """Return the figure, None where in no series both keys hold."""
    turns = list_dated(line)
    if not turns:
        return None
    return make_drawing(make_chart(turns, remark), describe_dates(turns), write_dates_csv(turns))


def list_dated(line: Line) -> list[Turn]:
    """Return the turns whose date is worth drawing: both keys hold; those that are claimed first."""
    found = [turn for turn in line.turns if turn.rivals and turn.dates and turn.date_interval]
    return sorted(found, key=lambda turn: not turn.claim)[:MOST_PANELS]


def make_chart(turns: list[Turn], remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification."""
    import altair as alt

    return finish(alt.vconcat(*(_draw_panel(turn) for turn in turns), spacing=18), remark)


def _draw_panel(turn: Turn) -> Any:
    import altair as alt

    first, last = _find_reach(turn.dates)
    axis = Axis(begins=first, ends=last, has_lane=False)
    rows = [
        {
            "left": max(0, (one.after - first).days),
            "right": min(axis.days, (one.by - first).days),
            "density": 100 * one.chance / (one.by - one.after).days,
            "inside": "95 % interval" if _is_inside(turn, one) else "outside it",
        }
        for one in turn.dates
        if one.by > first and one.after < last
    ]
    x = alt.X(
        "left:Q",
        scale=alt.Scale(domain=[0, axis.days], nice=False),
        axis=alt.Axis(title=None, grid=False, labelFlush=False, **label_axis(list_ticks(axis))),
    )
    y = alt.Y("density:Q", title="% a day", axis=alt.Axis(tickCount=3))
    colour = alt.Color(
        "inside:N",
        scale=alt.Scale(domain=["95 % interval", "outside it"], range=[DARK, GREY]),
        title=None,
    )
    bars = alt.Chart(make_rows(rows)).mark_rect(stroke=None)
    verdict = "claimed" if turn.claim else "not established"
    return bars.encode(x=x, x2="right:Q", y=y, y2=alt.datum(0), color=colour).properties(
        width=WIDTH, height=HEIGHT, title=make_heading(f"{clip(clean(turn.series), 48)}: {verdict}")
    )


def _is_inside(turn: Turn, one: DateChance) -> bool:
    first, last = turn.date_interval or (one.after, one.by)
    return first <= one.after and one.by <= last


def _find_reach(dates: Iterable[DateChance]) -> tuple[date, date]:
    """Return the first and last day drawn: all but a thousandth of the probability, with a little room."""
    kept, left = [], MOST_OUTSIDE
    for one in sorted(dates, key=lambda one: one.chance):
        left -= one.chance
        if left < 0:
            kept.append(one)
    first, last = min(one.after for one in kept), max(one.by for one in kept)
    room = timedelta(days=max(5, (last - first).days // 6))
    return first - room, last + room


def list_ticks(axis: Axis) -> dict[float, str]:
    """Return the labelled days: months where there is room for some, else days a week or two apart."""
    if axis.days >= DAY_TICKS:
        return {float(day): words for day, words in make_ticks(axis).items()}
    step = 7 if axis.days <= DAY_TICKS // 2 else 14
    days = range(step // 2, axis.days, step)
    return {float(day): _name_day(axis.begins + timedelta(days=day)) for day in days}


def _name_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def describe_dates(turns: list[Turn]) -> str:
    """Return the figure in words."""
    return (
        "The probability of each day on which the turn may have come, given that there was one. "
        + " ".join(_describe_turn(turn) for turn in turns)
    )


def _describe_turn(turn: Turn) -> str:
    likely = max(turn.dates, key=lambda one: one.chance)
    interval = format_span(*turn.date_interval) if turn.date_interval else "unknown"
    return (
        f"{clip(clean(turn.series), 48)}: the 95 % interval is {interval}; the likeliest stretch, after {format_day(likely.after)} "
        f"and by {format_day(likely.by)}, holds {100 * likely.chance:.0f} %."
    )


def write_dates_csv(turns: list[Turn]) -> str:
    """Return the posterior as CSV: a row a stretch of days."""
    rows = (
        (clean(turn.series), one.after, one.by, round(one.chance, 6), _is_inside(turn, one))
        for turn in turns
        for one in turn.dates
    )
    return write_csv(COLUMNS, rows)
