"""Track's work on a case: from the coded passages to the line and the words that may be said of it."""

from __future__ import annotations

from linewatch.model import Coded, Item, Line, Passage, Point, Reliability, Step, Tell
from linewatch.store.case import Case
from linewatch.store.live import list_live_findings
from linewatch.track.claim import judge_series
from linewatch.track.series import make_points
from linewatch.track.words import describe_few, describe_mix

FEW = 5
"""Up to so many items are described one by one, without any probability."""


def track(case: Case, coded: tuple[Coded, ...], reliability: Reliability, tell: Tell) -> Line:
    """Return the line of the case's organisation: each outlet's series, then all of them stratified by outlet."""
    settings = case.settings
    items = {one.id: one.value for one in list_live_findings(case) if isinstance(one.value, Item)}
    points = make_points(items, case.find(Passage), coded)
    outlets = sorted({point.outlet for point in points if point.outlet})
    turns = []
    if len(points) > FEW:
        for place, outlet in enumerate(outlets):
            tell(Step(stage="track", done=place, total=len(outlets) + 1, what=outlet))
            own = tuple(point for point in points if point.outlet == outlet)
            turns.append(judge_series(outlet, own, settings.frame, reliability))
        whole = settings.organisation or "the organisation"
        name = f"{whole}, all outlets"
        turns.append(judge_series(name, points, settings.frame, reliability, outlets_own=tuple(turns)))
    headline = reliability.headline
    return Line(
        organisation=settings.organisation or None,
        issue=settings.issue or None,
        frame=settings.frame,
        points=points,
        watched=settings.watched,
        turns=tuple(turns),
        reliability=headline.words if headline else "nothing is coded: reliability unknown",
        words=_tell_line(points, tuple(turn.words for turn in turns)),
    )


def _tell_line(points: tuple[Point, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    if told:
        return (*told, *describe_mix(points))
    return (*describe_few(points), "No turn is claimed.")
