"""Track's work on a case: from the coded passages to the line and the words that may be said of it."""

from __future__ import annotations

from msgspec import convert, to_builtins
from msgspec.structs import replace

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
    Tell,
    Watch,
    from_json,
)
from linewatch.stats.imprecise import weigh_spans
from linewatch.store.case import Case
from linewatch.store.live import get_corrected, list_live_passages
from linewatch.store.log import read_lines
from linewatch.track.changes import Sample, Scored, score_points
from linewatch.track.line import FEW, Ground, make_line
from linewatch.track.orders import list_pairs
from linewatch.track.registration import (
    Registration,
    Side,
    digest_codebook,
    find_breach,
    tell_registration,
)
from linewatch.track.series import join_passages, make_points, spread_point
from linewatch.track.study import Setting, is_datable, place_series


def track(
    case: Case,
    coded: tuple[Coded, ...],
    reliability: Reliability,
    codebook: Codebook,
    tell: Tell,
    *,
    sample: Sample | None = None,
) -> Line:
    """Return the line of the case's organisation; what machines coded is no part of it, and is corrected by the `sample`."""
    settings, sample = case.settings, sample or Sample()
    points, scored = _gather(case, coded, sample)
    rule = find_registration(case)
    why_not = find_breach(rule, codebook, settings.frame) if rule else None
    setting = Setting(
        watched=settings.watched,
        codebook=settings.codebook,
        side=rule.side if rule and why_not is None else "two",
    )
    ground = Ground(
        settings.frame,
        reliability,
        setting,
        settings.organisation,
        settings.issue,
        (tell_registration(rule, why_not),) if rule else (),
    )
    return make_line(points, scored, ground, tell)


def _gather(
    case: Case, coded: tuple[Coded, ...], sample: Sample
) -> tuple[tuple[Point, ...], tuple[Scored, ...]]:
    """Return the points that people coded, and the items that machines scored."""
    corrected = get_corrected(case)
    items = {
        one.id: replace(one.value, after=tuple(corrected.merged.get(id_, id_) for id_ in one.value.after))
        for one in corrected.findings
        if isinstance(one.value, Item)
    }
    answered = {one.passage for one in coded if not one.out and one.low is not None}
    passages = [one for one in list_live_passages(case) if one.id in answered]
    texts = {one.id: one.text for one in case.find(Document)} if corrected.merged else {}
    joined = join_passages(passages, corrected.merged, texts)
    people, machines = (
        make_points(items, joined, [one for one in coded if (one.coder in sample.machines) is is_machine])
        for is_machine in (False, True)
    )
    return people, score_points(machines, people, sample)


def weigh_dates(points: tuple[Point, ...], watched: tuple[Watch, ...]) -> tuple[tuple[int, int, float], ...]:
    """Return the posterior of when one series turned, had it turned: first and last day of each gap, and its mass.

    Empty where the items are too few to speak of a chance, or cannot lie on two days.
    """
    setting = Setting(watched=watched)
    ordered, spans = place_series(points, setting)
    if len(points) <= FEW or not is_datable(spans):
        return ()
    chances = [spread_point(point, setting.scale) for point in ordered]
    gaps = weigh_spans(spans, chances, setting.scale, list_pairs(ordered, spans)).gaps
    return tuple((gap.start_day, gap.end_day, gap.mass) for gap in gaps)


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
        codebook_sha256=digest_codebook(codebook),
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
