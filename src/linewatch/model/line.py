"""The line: dated, coded items of an organisation on an issue, and what may be said of its turning."""

from __future__ import annotations

from datetime import date
from typing import Literal

from linewatch.model.value import Value
from linewatch.model.when import When

Frame = Literal["census", "systematic", "convenience", "report", "unknown"]
"""How the items came into the case: all of them, by a rule, as they came, or as a report cites them."""


class Watch(Value, frozen=True, kw_only=True, rename={"begins": "from", "ends": "to"}):
    """A period in which an outlet was watched."""

    outlet: str
    begins: date
    ends: date


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
    reading: Literal["none", "turn", "drift"] | None = None
    """Which of no change, one turn and a gradual change fits the series best; None where it is not computed."""


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
