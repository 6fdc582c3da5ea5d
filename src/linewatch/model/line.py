"""The line: dated, coded items of an organisation on an issue, and what may be said of its turning."""

from __future__ import annotations

from datetime import date
from typing import Literal

from linewatch.model.grounds import Alert, Change, DateChance, Influence, Level, Part
from linewatch.model.value import Value
from linewatch.model.when import When

Frame = Literal["census", "systematic", "convenience", "report", "unknown"]
"""How the items came into the case: all of them, by a rule, as they came, or as a report cites them."""


class Watch(Value, frozen=True, kw_only=True, rename={"begins": "from", "ends": "to"}):
    """A period in which an outlet was watched."""

    outlet: str
    begins: date
    ends: date

    def __post_init__(self) -> None:
        """Raise ValueError for a period that ends before it begins."""
        if self.ends < self.begins:
            raise ValueError(f"the period ends on {self.ends}, before it begins on {self.begins}")


class Point(Value, frozen=True, kw_only=True):
    """One coded item of the line."""

    item: str
    """The item's id."""
    label: str
    score: float
    low: float
    high: float
    passages: tuple[str, ...]
    outlet: str | None
    tier: str | None = None
    kind: str = "other"
    date: When | None = None
    coders: tuple[str, ...] = ()
    by_coder: tuple[float, ...] = ()
    """Each coder's own score of the item, in the order of `coders`: the line weighs them all, not their middle."""
    after: tuple[str, ...] = ()
    """The ids of the items that came out before it, as the sources say, whatever is known of the dates."""


class Outlet(Value, frozen=True, kw_only=True):
    """One outlet's part of a line, told in numbers."""

    name: str
    points: int
    mean: float | None
    first: date | None = None
    last: date | None = None


class Gate(Value, frozen=True, kw_only=True):
    """One condition of the claim rule and whether it holds."""

    name: str
    holds: bool
    words: str


class Rival(Value, frozen=True, kw_only=True):
    """Something else that could explain a turn, and what the items say of it."""

    name: str
    holds: bool | None
    """Whether the turn stands against it; None where the items cannot test it."""
    figure: float | None
    """The number that decides, where there is one."""
    words: str


class Turn(Value, frozen=True, kw_only=True):
    """What the two keys say of a series and whether a turn may be claimed."""

    series: str
    """The outlet's name, or the organisation's."""
    n: int
    p_turn: float | None
    bayes_factor: float | None
    p_permutation: float | None
    date_interval: tuple[date, date] | None
    most_likely: tuple[date, date] | None
    """The gap in which the turn most likely lies: the dates of the items on both sides."""
    before: float | None
    after: float | None
    claim: bool
    gates: tuple[Gate, ...]
    words: str
    reading: Literal["none", "turn", "drift", "voices"] | None = None
    """Which of no change, one turn, a gradual change and a change of voices fits best; None where it is not computed."""
    loose: int = 0
    """Items without a day of their own, counted wherever they may lie."""
    wide_interval: tuple[date, date] | None = None
    """The 99 % interval, where a change is so small among so few items that the 95 % one is too sure."""
    rivals: tuple[Rival, ...] = ()
    """The rival readings, computed where both keys hold."""
    why_not: tuple[str, ...] = ()
    """Each condition that does not hold, in words."""
    likelihood: str | None = None
    """How likely a turn is, in the words of ICD 203 with their range; None where no probability is given."""
    confidence: str | None = None
    """How far the ground under that carries: high, moderate or low, and why. Never mixed with the likelihood."""
    outlook: str | None = None
    """What would change the conclusion."""
    dates: tuple[DateChance, ...] = ()
    """The posterior of the turn's date, given one."""
    levels: tuple[Level, ...] = ()
    """Where the line stood on the day of each item; empty for several outlets together."""
    parts: tuple[Part, ...] = ()
    """What each outlet adds to the change."""
    influence: tuple[Influence, ...] = ()
    """What is left of the turn without each item or outlet, the one that matters most first; where both keys hold."""


class Line(Value, frozen=True, kw_only=True):
    """An organisation's line on an issue: its points, frame, watched periods, and the turns looked for."""

    organisation: str | None
    issue: str | None
    frame: Frame
    points: tuple[Point, ...]
    watched: tuple[Watch, ...] = ()
    turns: tuple[Turn, ...] = ()
    reliability: str = ""
    words: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """How far each outlet moved about its likeliest date."""
    alerts: tuple[Alert, ...] = ()
