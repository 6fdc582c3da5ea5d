"""Track's work on a case: from the coded passages to the line and the words that may be said of it."""

from __future__ import annotations

import hashlib

from msgspec import convert, to_builtins

from linewatch.errors import InputError
from linewatch.model import (
    Codebook,
    Coded,
    Document,
    Item,
    Judgement,
    Line,
    LogEntry,
    Point,
    Reliability,
    Step,
    Tell,
    from_json,
    to_json,
)
from linewatch.store.case import Case
from linewatch.store.live import get_corrected, list_live_passages
from linewatch.store.log import read_lines
from linewatch.track.claim import hold_family, judge_series
from linewatch.track.coverage import describe_coverage
from linewatch.track.few import describe_few
from linewatch.track.long import describe_long
from linewatch.track.registration import Registration, Side, tell_registration
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
    rule = find_registration(case)
    side: Side = rule.side if rule is not None and rule.codebook == settings.codebook else "two"
    setting = Setting(watched=settings.watched, codebook=settings.codebook, side=side)
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
            *((tell_registration(rule),) if rule is not None and points else ()),
            *family,
            *(
                words
                for outlet in outlets
                for words in describe_long(outlet, [p for p in points if p.outlet == outlet], setting)
            ),
            *(describe_coverage(points, settings.watched) if points else ()),
        ),
    )


def _tell_line(points: tuple[Point, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    if told:
        return (*told, *describe_mix(points))
    return (*describe_few(points), "No turn is claimed.")


def register(case: Case, codebook: Codebook, side: Side, note: str) -> Registration:
    """Write the rule and its digest into the custody log; raises InputError once a judgement is there."""
    if coded := case.count(Judgement):
        raise InputError(
            f"{coded} judgements are there already: a rule registered now would prove nothing",
            hint="register before coding, in a new case",
        )
    rule = Registration(
        side=side,
        note=note,
        codebook=codebook.name,
        codebook_sha256=hashlib.sha256(to_json(to_builtins(codebook, str_keys=True))).hexdigest(),
        frame=case.settings.frame,
    )
    if find_registration(case) == rule:
        return rule
    with case.write("register", rule=to_builtins(rule), sha256=rule.sha256):
        pass
    return rule


def find_registration(case: Case) -> Registration | None:
    """Return the last rule in the case's log, None where none was registered."""
    entries = [from_json(LogEntry, line) for line in read_lines(case.log_path)]
    rules = [convert(one.detail["rule"], Registration) for one in entries if one.action == "register"]
    return rules[-1] if rules else None
