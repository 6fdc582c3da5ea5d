"""Track: the line with its items, a period picked to see its passages, each outlet alone, and what else it could be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from linewatch.model import Line, Passage, Point
from linewatch.track.run import weigh_dates
from linewatch.track.series import place_points
from linewatch.web.coding import tell_points
from linewatch.web.gathering import read_day
from linewatch.web.known import CODED, Known
from linewatch.web.paging import cut_page
from linewatch.web.plot import draw_line, draw_posterior
from linewatch.web.shown import cut_runs
from linewatch.web.visit import Visit, showing
from linewatch.write.claims import is_red
from linewatch.write.wording import get_direction

POSTERIOR = 60
SMALL_ROW = 15


def show_track(visit: Visit) -> Response:
    """Show the line, what may be said of it, and the passages of the item or the period that the address names."""
    known, outlet = visit.known, visit.ask("outlet")
    line, scale = known.line(), known.codebook().scale.points
    picked = read_period(visit.ask("from"), visit.ask("to"))
    hidden = is_red(known.reliability())
    plot = None if hidden else draw_line(line, scale, outlet=outlet, picked=picked)
    points = choose_points(line, visit.ask("item"), outlet, picked)
    rows = cut_page([(point, name) for point in points for name in point.passages], visit, size=20)
    outlets = sorted({point.outlet for point in line.points if point.outlet})
    return visit.page(
        "track.html.j2",
        line=line,
        hidden=hidden,
        lags=known.lags(),
        plot=plot,
        posterior=draw_posterior(find_gaps(known, outlet), plot, POSTERIOR) if plot and outlet else [],
        outlets=outlets,
        outlet=outlet,
        picked=picked,
        item=visit.ask("item"),
        points=points,
        rows=rows,
        passages=[_show_passage(known, point, known.passages()[name]) for point, name in rows.rows if name in known.passages()],
        small=[] if hidden or outlet or len(outlets) < 2 else [(name, draw_line(line, scale, outlet=name, row=SMALL_ROW)) for name in outlets],
        turns=[turn for turn in line.turns if outlet in {"", turn.series}],
        height=POSTERIOR,
    )  # fmt: skip


def read_period(first: str, last: str) -> tuple[date, date] | None:
    """Return the period of an address, None where it names none; the earlier day may stand second."""
    if not (first and last):
        return None
    days = sorted((read_day(first), read_day(last)))
    return days[0], days[1]


def choose_points(line: Line, item: str, outlet: str, picked: tuple[date, date] | None) -> list[Point]:
    """Return the items asked for: one by its id, or those that can lie in a period; nothing where nothing is asked."""
    if item:
        return [point for point in line.points if point.item == item]
    if picked is None:
        return []
    dated = [point for point in line.points if point.date is not None]
    first, last = picked[0].toordinal(), picked[1].toordinal()
    spans = place_points(dated, line.watched)
    return [
        point
        for point, (begins, ends) in zip(dated, spans, strict=False)
        if begins <= last and ends >= first and outlet in {"", point.outlet}
    ]


def find_gaps(known: Known, outlet: str) -> Sequence[tuple[int, int, float]]:
    """Return how the probability of a turn lies over the gaps between an outlet's items."""
    line = known.line()
    own = tuple(point for point in line.points if point.outlet == outlet)
    return known.case.keep(f"gaps of {outlet}", CODED, lambda: weigh_dates(own, line.watched))


def _show_passage(known: Known, point: Point, passage: Passage) -> dict[str, Any]:
    text = known.words(passage)
    return {
        "point": point,
        "passage": passage,
        "runs": cut_runs(text, 0, len(text)),
        "direction": get_direction(text, passage.language),
        "points": tell_points(known, known.codes().get(passage.id, ())),
        "address": f"/read/{passage.span.document}?at={passage.span.start}-{passage.span.end}#aim",
    }


ROUTES = [Route("/track", showing(show_track))]
