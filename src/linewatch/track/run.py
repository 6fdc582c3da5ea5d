"""Track's work on a case: from the coded passages to the line and the words that may be said of it."""

from __future__ import annotations

from linewatch.model import Coded, Document, Item, Line, Point, Reliability, Step, Tell
from linewatch.store.case import Case
from linewatch.store.live import get_corrected, list_live_passages
from linewatch.track.claim import hold_family, judge_series
from linewatch.track.coverage import describe_coverage
from linewatch.track.few import describe_few
from linewatch.track.series import join_passages, make_points
from linewatch.track.study import Setting
from linewatch.track.words import describe_mix, tell_family

FEW = 5
"""Up to so many items are described one by one, without any probability."""


def track(case: Case, coded: tuple[Coded, ...], reliability: Reliability, tell: Tell) -> Line:
    """Return the line of the case's organisation: each outlet's series, then all of them stratified by outlet."""
    settings = case.settings
    corrected = get_corrected(case)
    items = {one.id: one.value for one in corrected.findings if isinstance(one.value, Item)}
    answered = {one.passage for one in coded if not one.out and one.low is not None}
    passages = [one for one in list_live_passages(case) if one.id in answered]
    texts = {one.id: one.text for one in case.find(Document)} if corrected.merged else {}
    points = make_points(items, join_passages(passages, corrected.merged, texts), coded)
    outlets = sorted({point.outlet for point in points if point.outlet})
    setting = Setting(watched=settings.watched, codebook=settings.codebook)
    turns = []
    if len(points) > FEW:
        for place, outlet in enumerate(outlets):
            tell(Step(stage="track", done=place, total=len(outlets) + 1, what=outlet))
            own = tuple(point for point in points if point.outlet == outlet)
            turns.append(judge_series(outlet, own, settings.frame, reliability, setting=setting))
        turns = list(hold_family(tuple(turns)))
        whole = settings.organisation or "the organisation"
        name = f"{whole}, all outlets"
        whole_turn = judge_series(
            name, points, settings.frame, reliability, outlets_own=tuple(turns), setting=setting
        )
        turns.append(whole_turn)
    headline = reliability.headline
    family = (tell_family(len(outlets)),) if len(outlets) > 1 and turns else ()
    return Line(
        organisation=settings.organisation or None,
        issue=settings.issue or None,
        frame=settings.frame,
        points=points,
        watched=settings.watched,
        turns=tuple(turns),
        reliability=headline.words if headline else "nothing is coded: reliability unknown",
        words=(
            *_tell_line(points, tuple(turn.words for turn in turns)),
            *family,
            *(describe_coverage(points, settings.watched) if points else ()),
        ),
    )


def _tell_line(points: tuple[Point, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    if told:
        return (*told, *describe_mix(points))
    return (*describe_few(points), "No turn is claimed.")
