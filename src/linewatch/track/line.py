"""From dated points to the line of an organisation: each outlet's series, then all of them together, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linewatch.model import Change, Line, Point, Reliability, Step, Tell, Turn
from linewatch.model.line import Frame
from linewatch.track.alerts import list_alerts
from linewatch.track.changes import Scored, describe_change
from linewatch.track.claim import hold_family, judge_series
from linewatch.track.coverage import describe_coverage
from linewatch.track.few import describe_few
from linewatch.track.gates import KEYS, check_ground
from linewatch.track.long import describe_long
from linewatch.track.study import Setting
from linewatch.track.words import describe_mix, tell_change, tell_family, tell_judgement

FEW = 5
"""Up to so many items are described one by one, without any probability."""
MACHINES_ALONE = "There are machine scores alone: they may be looked at, but nothing is claimed from them."


class Ground(NamedTuple):
    """What a line stands on beside its points."""

    frame: Frame
    reliability: Reliability
    setting: Setting
    organisation: str = ""
    issue: str = ""
    rule: tuple[str, ...] = ()
    """What is said of the rule that was registered before coding."""

    @property
    def carries(self) -> bool:
        """Tell whether codes and frame carry a number of the line."""
        return all(gate.holds for gate in check_ground(self.frame, self.reliability, self.setting))


def make_line(points: tuple[Point, ...], scored: tuple[Scored, ...], ground: Ground, tell: Tell) -> Line:
    """Return the line of the points that people coded; `scored` are the items that a machine scored."""
    outlets = sorted({point.outlet for point in points if point.outlet})
    series = {outlet: tuple(point for point in points if point.outlet == outlet) for outlet in outlets}
    turns = _judge(series, points, ground, tell) if len(points) > FEW else ()
    changes = _list_changes(turns, series, scored, ground.setting) if ground.carries else ()
    alerts = list_alerts(series, ground.setting, turns) if ground.carries else ()
    headline = ground.reliability.headline
    return Line(
        organisation=ground.organisation or None,
        issue=ground.issue or None,
        frame=ground.frame,
        points=points,
        watched=ground.setting.watched,
        turns=turns,
        reliability=headline.words if headline else "nothing is coded: reliability unknown",
        changes=changes,
        alerts=alerts,
        words=(
            *_tell_turns(points, turns),
            *(ground.rule if points else ()),
            *((tell_family(turns[:-1]),) if len(outlets) > 1 and turns else ()),
            *(words for change in changes for words in tell_change(change)),
            *(alert.words for alert in alerts),
            *(words for name, own in series.items() for words in describe_long(name, own, ground.setting)),
            *(describe_coverage(points, ground.setting.watched) if points else ()),
            *((MACHINES_ALONE,) if scored and not points else ()),
        ),
    )


def _judge(
    series: dict[str, tuple[Point, ...]], points: tuple[Point, ...], ground: Ground, tell: Tell
) -> tuple[Turn, ...]:
    """Return each outlet's turn, then that of all of them."""
    frame, reliability, setting = ground[:3]
    turns = []
    for place, (outlet, own) in enumerate(series.items()):
        tell(Step(stage="track", done=place, total=len(series) + 1, what=outlet))
        turns.append(judge_series(outlet, own, frame, reliability, setting=setting))
    held = hold_family(tuple(turns))
    name = f"{ground.organisation or 'the organisation'}, all outlets"
    return (*held, judge_series(name, points, frame, reliability, outlets_own=held, setting=setting))


def _list_changes(
    turns: Sequence[Turn],
    series: dict[str, tuple[Point, ...]],
    scored: Sequence[Scored],
    setting: Setting,
) -> tuple[Change, ...]:
    """Return how far each outlet moved whose change is worth a number: both keys hold, or a machine scored it."""
    found = []
    for turn in turns:
        own = tuple(one for one in scored if one.outlet == turn.series)
        keys = [gate.holds for gate in turn.gates if gate.name in KEYS]
        if turn.series in series and (own or (keys and all(keys))):
            found.append(describe_change(turn, series[turn.series], own, setting.scale))
    return tuple(change for change in found if change is not None)


def _tell_turns(points: tuple[Point, ...], turns: tuple[Turn, ...]) -> tuple[str, ...]:
    """Return the words of each turn, the judgement of those in which both keys hold, and what the outlets' mix could do."""
    if not turns:
        return (*describe_few(points), "No turn is claimed.")
    judged = [words for turn in turns if turn.rivals for words in tell_judgement(turn)]
    return (*(turn.words for turn in turns), *judged, *describe_mix(points))
