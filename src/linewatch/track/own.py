"""Anyone's own codes, without a case: the same judgement on the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import nan
from statistics import mean, median

from linewatch.errors import InputError
from linewatch.model import Alert, Change, CodeAgreement, Line, Point, Reliability, Turn, Value
from linewatch.model.line import Frame
from linewatch.stats.ordinal import Scale
from linewatch.stats.verdict import assess
from linewatch.track.alerts import list_alerts
from linewatch.track.changes import Scored, describe_change
from linewatch.track.claim import FEWEST, hold_family, judge_series
from linewatch.track.few import describe_few
from linewatch.track.gates import check_ground
from linewatch.track.line import MACHINES_ALONE
from linewatch.track.long import describe_long
from linewatch.track.orders import bind_orders, find_conflicts
from linewatch.track.rivals import list_untested
from linewatch.track.study import Setting
from linewatch.track.table import CodeRow, CodeTable
from linewatch.track.words import describe_mix, join_parts, tell_change, tell_family, tell_judgement

NO_CODERS = "Reliability unknown: the table does not say who coded what."
ALL = "all outlets"


class OwnFinding(Value, frozen=True, kw_only=True):
    """What a table of codes comes to: the whole first, then each outlet's own series."""

    n: int
    p_turn: float | None
    p_permutation: float | None
    date_interval: tuple[date, date] | None
    most_likely_date: date | None
    """The middle of the likeliest gap; the gap itself is in `turn`."""
    before: float | None
    after: float | None
    claim: bool
    why_not: tuple[str, ...]
    words: str
    sentences: tuple[str, ...]
    """The same words, a sentence each."""
    frame: Frame
    scale: tuple[int, int]
    ignored_columns: tuple[str, ...]
    untested: tuple[str, ...]
    """The rival readings that the columns cannot test."""
    points: tuple[Point, ...]
    turn: Turn
    outlets: tuple[Turn, ...]
    estimates: dict[str, Change]
    """How far each outlet moved about its likeliest date, with machine scores corrected by the human sample where there are any."""
    alerts: tuple[Alert, ...]


def judge_table(table: CodeTable, frame: Frame, scale: Scale) -> OwnFinding:
    """Return the finding for a table of codes."""
    points = _make_points(table.rows)
    reliability = _assess(table)
    setting = Setting(scale=scale, needs_coders="coder" in table.columns)
    outlets = sorted({point.outlet for point in points if point.outlet})
    series = {outlet: tuple(point for point in points if point.outlet == outlet) for outlet in outlets}
    own = hold_family(
        tuple(judge_series(name, one, frame, reliability, setting=setting) for name, one in series.items())
    )
    whole = judge_series(ALL, points, frame, reliability, outlets_own=own, setting=setting)
    turn = own[0] if len(own) == 1 else whole
    changes = _list_changes(_list_scored(table.rows), own, series, scale)
    is_carried = all(gate.holds for gate in check_ground(frame, reliability, setting))
    alerts = list_alerts(series, setting, own) if is_carried else ()
    ground = (
        f"Reliability: {reliability.headline.words}." if reliability.headline else NO_CODERS,
        *(words for found in changes.values() for words in tell_change(found)),
        *(alert.words for alert in alerts),
        *(words for name, one in series.items() for words in describe_long(name, one, setting)),
    )
    told = tuple(_tell(table, turn, own, points, ground))
    return OwnFinding(
        n=turn.n,
        p_turn=turn.p_turn,
        p_permutation=turn.p_permutation,
        date_interval=turn.date_interval,
        most_likely_date=_find_middle(turn.most_likely),
        before=turn.before,
        after=turn.after,
        claim=turn.claim,
        why_not=turn.why_not,
        words=" ".join(told),
        sentences=told,
        frame=frame,
        scale=(scale.low, scale.high),
        ignored_columns=table.ignored,
        untested=tuple(rival.words for rival in list_untested(points, setting)),
        points=points,
        turn=turn,
        outlets=own,
        estimates=changes,
        alerts=alerts,
    )


def make_own_line(finding: OwnFinding) -> Line:
    """Return a finding as a line, for the figures."""
    gates = [gate.words for gate in finding.turn.gates if gate.name == "reliability"]
    turns = finding.outlets if len(finding.outlets) == 1 else (*finding.outlets, finding.turn)
    return Line(
        organisation=None,
        issue=None,
        frame=finding.frame,
        points=finding.points,
        turns=turns,
        reliability=gates[0] if gates else "reliability unknown",
    )


def _find_middle(gap: tuple[date, date] | None) -> date | None:
    return gap[0] + (gap[1] - gap[0]) / 2 if gap else None


def _make_points(rows: tuple[CodeRow, ...]) -> tuple[Point, ...]:
    """Return one point per item that a person scored: the median of its rows, each coder's own beside it."""
    by_item: dict[str, list[CodeRow]] = {}
    for row in rows:
        if row.score is not None:
            by_item.setdefault(row.item, []).append(row)
    after = _list_after(rows)
    points = tuple(_make_point(item, own, tuple(after.get(item, ()))) for item, own in by_item.items())
    if conflicts := find_conflicts(points):
        later, earlier = conflicts[0]
        raise InputError(
            f"{later} cannot have come after {earlier}: the dates, or another order that is said, rule it out",
            hint="mend a date, or the column after or before; nothing was judged",
        )
    return bind_orders(points)


def _list_after(rows: Sequence[CodeRow]) -> dict[str, dict[str, None]]:
    """Return, for each item, those that came before it by the columns `after` and `before`."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for other in row.after:
            found.setdefault(row.item, {})[other] = None
        for other in row.before:
            found.setdefault(other, {})[row.item] = None
    return found


def _make_point(item: str, rows: list[CodeRow], after: tuple[str, ...]) -> Point:
    scores = [row.score for row in rows if row.score is not None]
    by_coder = _group_by_coder(rows)
    return Point(
        item=item,
        label=item,
        score=float(median(scores)),
        low=min(scores),
        high=max(scores),
        passages=(),
        outlet=rows[0].outlet,
        tier=rows[0].tier,
        date=rows[0].date,
        coders=tuple(coder for coder in by_coder if coder),
        by_coder=tuple(by_coder.values()),
        after=after,
    )


def _group_by_coder(rows: list[CodeRow]) -> dict[str, float]:
    """Return each coder's median score of one item, in order of their names."""
    found: dict[str, list[float]] = {}
    for row in sorted(rows, key=lambda row: row.coder or ""):
        if row.score is not None:
            found.setdefault(row.coder or "", []).append(row.score)
    return {coder: float(median(scores)) for coder, scores in found.items()}


def _assess(table: CodeTable) -> Reliability:
    """Return how far the coders agree on the items; nothing where the table names no coder."""
    coders = sorted({row.coder for row in table.rows if row.coder})
    if not coders:
        return Reliability(coders=(), rows=())
    by_item: dict[str, list[CodeRow]] = {}
    for row in table.rows:
        by_item.setdefault(row.item, []).append(row)
    values = [_group_by_coder(rows) for rows in by_item.values()]
    units = [[own.get(coder, nan) for own in values] for coder in coders]
    found = assess(units, list(by_item), "ordinal")
    agreement = CodeAgreement(
        code="score", metric="ordinal", alpha=found.alpha, low=found.low, high=found.high, ac1=found.ac1,
        percent=found.percent, units=found.units, coders=found.coders, light=found.light, words=found.words,
    )  # fmt: skip
    return Reliability(coders=tuple(coders), rows=(agreement,))


def _list_changes(
    scored: Sequence[Scored], own: Sequence[Turn], series: dict[str, tuple[Point, ...]], scale: Scale
) -> dict[str, Change]:
    """Return how far each outlet moved about its likeliest date."""
    found = {
        one.series: describe_change(
            one, series[one.series], [s for s in scored if s.outlet == one.series], scale
        )
        for one in own
    }
    return {outlet: change for outlet, change in found.items() if change is not None}


def _list_scored(rows: Sequence[CodeRow]) -> tuple[Scored, ...]:
    """Return the items that a machine scored, with what people said of them where they coded."""
    by_item: dict[str, list[CodeRow]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    return tuple(_score_item(own) for own in by_item.values() if any(row.machine is not None for row in own))


def _score_item(rows: list[CodeRow]) -> Scored:
    people = [row.score for row in rows if row.score is not None]
    return Scored(
        outlet=rows[0].outlet,
        date=rows[0].date,
        machine=mean(row.machine for row in rows if row.machine is not None),
        human=float(median(people)) if people else None,
        chance=next((row.probability for row in rows if row.probability), None),
    )


def _tell(
    table: CodeTable, turn: Turn, own: tuple[Turn, ...], points: tuple[Point, ...], ground: tuple[str, ...]
) -> list[str]:
    """Return the sentences: what was found, on what ground, and what else could explain it."""
    told = [
        turn.words,
        *tell_judgement(turn),
        *(one.words for one in own if one is not turn and len(own) > 1),
    ]
    if turn.p_turn is None and len(points) < FEWEST:
        told += [*describe_few(points), "No turn is claimed."]
    told.append(_tell_sides(points))
    told += [tell_family(own)] if len(own) > 1 else []
    told += ground
    if turn.loose:
        told.append(
            f"{turn.loose} of {turn.n} items have no day of their own and count wherever they may lie."
        )
    told += [f"{one.words[:1].upper()}{one.words[1:]}." for one in turn.rivals if one.holds is not None]
    untested = [one.words for one in list_untested(points, Setting())]
    told.append(f"Rival readings that these columns cannot test: {join_parts(untested)}.")
    if "machine" in table.columns and not points:
        told.append(MACHINES_ALONE)
    told += describe_mix(points)
    if table.ignored:
        told.append(f"Columns not used: {', '.join(table.ignored)}.")
    return told


def _tell_sides(points: tuple[Point, ...]) -> str:
    counts: dict[str, int] = {}
    for point in points:
        counts[point.outlet or ""] = counts.get(point.outlet or "", 0) + 1
    return f"Items: {', '.join(f'{outlet} {count}' for outlet, count in sorted(counts.items())) or 'none'}."
