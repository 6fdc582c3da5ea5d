"""Within against mix: how much of a change lies inside each outlet, and how much in which of them speaks."""

from __future__ import annotations

from typing import Any

from linewatch.model import Line, Part, Turn
from linewatch.write.cells import write_csv
from linewatch.write.figure_data import clip
from linewatch.write.figure_render import (
    DARK,
    INK,
    LIGHT,
    RULE,
    Drawing,
    finish,
    label_axis,
    make_drawing,
    make_rows,
)
from linewatch.write.wording import clean, count, format_score, format_span

WIDTH, ROW = 480, 46
COLUMNS = ("outlet", "items_before", "items_after", "mean_before", "mean_after", "within", "mix")
WITHIN, MIX = "within the outlet", "by who speaks how often"
ALL = "All outlets"
MOST_ROWS = 12


def draw_mix(line: Line, remark: str = "") -> Drawing | None:
    """Return the figure of the likeliest change of several outlets together, None where nothing speaks for one."""
    turn = find_mixed(line)
    if turn is None:
        return None
    return make_drawing(make_chart(turn, remark), describe_mix(turn), write_mix_csv(turn.parts))


def find_mixed(line: Line) -> Turn | None:
    """Return the series of several outlets, where both keys hold or it reads as a change of voices."""
    return next(
        (turn for turn in line.turns if len(turn.parts) > 1 and (turn.rivals or turn.reading == "voices")),
        None,
    )


def make_chart(turn: Turn, remark: str = "") -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification: two bars a row, the sum of all outlets first."""
    import altair as alt

    rows = [row for part in list_rows(turn.parts) for row in _make_bars(part)]
    names = list(dict.fromkeys(row["outlet"] for row in rows))
    reach = max(abs(row["end"]) for row in rows) * 1.25 or 1.0
    base = alt.Chart(make_rows(rows)).encode(
        y=alt.Y("outlet:N", sort=names, title=None, axis=alt.Axis(labelLimit=0, domain=False, ticks=False)),
        yOffset=alt.YOffset("kind:N", sort=[WITHIN, MIX]),
    )
    x = alt.X(
        "end:Q",
        title="points of the scale",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(**label_axis({n: format_score(n) for n in _list_ticks(reach)})),
    )
    bars = base.mark_bar(height=15, stroke=INK, strokeWidth=0.6).encode(
        x=x,
        x2=alt.datum(0),
        color=alt.Color("kind:N", scale=alt.Scale(domain=[WITHIN, MIX], range=[DARK, LIGHT]), title=None),
    )
    words = base.mark_text(fontSize=13, color=INK)
    right = words.transform_filter("datum.end >= 0").encode(x=x, text="label:N", xOffset=alt.value(20))
    left = words.transform_filter("datum.end < 0").encode(x=x, text="label:N", xOffset=alt.value(-20))
    zero = alt.Chart(make_rows([{"zero": 0}])).mark_rule(color=RULE).encode(x="zero:Q")
    chart = alt.layer(zero, bars, right, left).properties(width=WIDTH, height=ROW * len(names))
    return finish(chart, remark)


def list_rows(parts: tuple[Part, ...]) -> list[Part]:
    """Return the sum of all parts, then those of the outlets, the largest first; the least of many as one."""
    ordered = sorted(parts, key=lambda part: -abs(part.within) - abs(part.mix))
    shown, rest = ordered[:MOST_ROWS], ordered[MOST_ROWS:]
    more = [_add(rest, f"{len(rest)} further outlets")] if rest else []
    return [_add(ordered, ALL), *shown, *more]


def _add(parts: list[Part], name: str) -> Part:
    return Part(
        outlet=name,
        before=sum(part.before for part in parts),
        after=sum(part.after for part in parts),
        mean_before=None,
        mean_after=None,
        within=sum(part.within for part in parts),
        mix=sum(part.mix for part in parts),
    )


def _make_bars(part: Part) -> list[dict[str, Any]]:
    name = f"{clip(clean(part.outlet))} ({part.before}, {part.after})"
    return [
        {"outlet": name, "kind": kind, "end": round(value, 2) or 0.0, "label": _tell(value)}
        for kind, value in ((WITHIN, part.within), (MIX, part.mix))
    ]


def _tell(value: float) -> str:
    return format_score(round(value, 2))


def _list_ticks(reach: float) -> list[float]:
    step = 0.5 if reach <= 1.5 else 1.0
    most = int(reach / step)
    return [n * step for n in range(-most, most + 1)]


def describe_mix(turn: Turn) -> str:
    """Return the figure in words."""
    whole, *rest = list_rows(turn.parts)
    when = f", about {format_span(*turn.most_likely)}" if turn.most_likely else ""
    told = "; ".join(
        f"{clip(clean(part.outlet))} ({part.before} and {count(part.after, 'item')}) {_tell(part.within)} within, {_tell(part.mix)} by mix"
        for part in rest
    )
    return (
        f"The change of the mean of {clip(clean(turn.series), 48)}{when}: {_tell(whole.within)} within outlets, "
        f"{_tell(whole.mix)} by which of them speaks how often. {told}."
    )


def write_mix_csv(parts: tuple[Part, ...]) -> str:
    """Return the parts as CSV: a row an outlet."""
    return write_csv(
        COLUMNS,
        (
            (
                clean(part.outlet),
                part.before,
                part.after,
                part.mean_before,
                part.mean_after,
                round(part.within, 6),
                round(part.mix, 6),
            )
            for part in parts
        ),
    )
