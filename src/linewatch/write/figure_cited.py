"""The figure of what is cited: a row a reference, a mark a citation at its date, outlets told apart, cut citations filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linewatch.write.cells import write_csv
from linewatch.write.cited import Use, find_cut_alike, sort_ref
from linewatch.write.figure_data import clip, label_outlets
from linewatch.write.figure_layers import COLOURS, WIDTH, choose_shapes
from linewatch.write.figure_render import Drawing, finish, make_drawing, make_rows
from linewatch.write.wording import clean, count

COLUMNS = (
    "finding",
    "reference",
    "outlet",
    "earliest",
    "latest",
    "verdict",
    "cut",
    "before",
    "inside",
    "after",
)
MOST_REFS = 30
"""So many references have a row; the others are in the table and the CSV."""
_ROW = 22
WHOLE, CUT, ALIKE = "whole", "cut", "cut as in another release"


def draw_uses(uses: Sequence[Use]) -> Drawing | None:
    """Return the figure of the citations whose date is known; None where there is none."""
    rows = _list_rows(uses)
    if not rows:
        return None
    return make_drawing(_make_chart(rows), describe_uses(uses), write_uses_csv(uses))


def tell_cuts(uses: Sequence[Use]) -> dict[str, str]:
    """Return for each citation whether it is whole, cut, or cut as one in another release is."""
    alike = {use.finding.id for group in find_cut_alike(uses) for use in group}
    return {use.finding.id: ALIKE if use.finding.id in alike else CUT if use.cut else WHOLE for use in uses}


def write_uses_csv(uses: Sequence[Use]) -> str:
    """Return a row a citation, the dates as the interval that is known, the words left out as the edition has them."""
    cuts = tell_cuts(uses)
    return write_csv(
        COLUMNS,
        (
            (
                use.finding.id, use.ref, use.outlet, use.earliest, use.latest, use.citation.verdict, cuts[use.finding.id],
                *(use.citation.omitted or ("", "", "")),
            )
            for use in uses
        ),
    )  # fmt: skip


def describe_uses(uses: Sequence[Use]) -> str:
    """Return the figure in words, for whoever does not see it."""
    cuts = list(tell_cuts(uses).values())
    outlets = dict.fromkeys(clean(use.outlet) for use in uses)
    parts = [
        f"{outlet}: {count(sum(clean(use.outlet) == outlet for use in uses), 'citation')}"
        for outlet in outlets
    ]
    undated = sum(use.earliest is None for use in uses)
    late = f" {count(undated, 'citation')} without a date not drawn." if undated else ""
    refs = count(len({use.ref for use in uses}), "reference")
    return (
        f"{count(len(uses), 'citation')} of {refs} by date. {'; '.join(parts)}. "
        f"{cuts.count(WHOLE)} whole, {cuts.count(CUT)} cut, {cuts.count(ALIKE)} cut as in another release.{late}"
    )


def _list_rows(uses: Sequence[Use]) -> list[dict[str, Any]]:
    dated = [(use, use.earliest) for use in uses if use.earliest is not None]
    often = sorted({use.ref for use, _ in dated}, key=lambda ref: -sum(use.ref == ref for use, _ in dated))
    shown = set(often[:MOST_REFS])
    outlets = dict.fromkeys(clean(use.outlet) for use, _ in dated)
    labels, cuts = label_outlets(list(outlets)), tell_cuts(uses)
    return [
        {
            "ref": clip(clean(use.ref)), "outlet": labels[clean(use.outlet)], "cut": cuts[use.finding.id],
            "begins": begins.isoformat(), "ends": (use.latest or begins).isoformat(), "middle": _find_middle(begins, use.latest),
        }
        for use, begins in sorted(dated, key=lambda one: sort_ref(one[0].ref))
        if use.ref in shown
    ]  # fmt: skip


def _find_middle(begins: date, ends: date | None) -> str:
    return (begins + ((ends or begins) - begins) / 2).isoformat()


def _make_chart(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    import altair as alt

    outlets, refs = (list(dict.fromkeys(row[name] for row in rows)) for name in ("outlet", "ref"))
    colours = [COLOURS[n % len(COLOURS)] for n in range(len(outlets))]
    base = alt.Chart(make_rows(rows)).encode(
        y=alt.Y("ref:N", scale=alt.Scale(domain=refs), axis=alt.Axis(title=None, labelLimit=0, grid=True)),
        color=alt.Color("outlet:N", scale=alt.Scale(domain=outlets, range=colours), title=None),
    )
    days = alt.X(
        "middle:T",
        title=None,
        scale=alt.Scale(padding=14),
        axis=alt.Axis(labelFlush=False, grid=False, format="%b %Y"),
    )
    shapes = alt.Scale(domain=outlets, range=choose_shapes(len(outlets)))
    marks = [
        base.transform_filter(alt.datum.cut == cut)
        .mark_point(size=90, strokeWidth=1.8, filled=opacity > 0, opacity=opacity or 1)
        .encode(x=days, shape=alt.Shape("outlet:N", scale=shapes, title=None))
        for cut, opacity in ((WHOLE, 0.0), (CUT, 0.45), (ALIKE, 1.0))
    ]
    spans = base.mark_rule(strokeWidth=1.2, opacity=0.55).encode(x="begins:T", x2="ends:T")
    chart = alt.layer(spans, *marks).properties(width=WIDTH, height=max(60, _ROW * len(refs)))
    return finish(chart, "", columns=3)
