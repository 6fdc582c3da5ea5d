"""The numbers behind a turn that a figure draws or a sentence tells: its date, the level, who spoke when, what matters most."""

from __future__ import annotations

from datetime import date
from typing import Literal

from linewatch.model.value import Value


class DateChance(Value, frozen=True, kw_only=True):
    """A stretch of days and the chance that the turn, if there was one, took effect in it."""

    after: date
    by: date
    chance: float


class Level(Value, frozen=True, kw_only=True):
    """Where the line stood on a day, with its 95 % interval."""

    day: date
    mean: float
    low: float
    high: float


class Part(Value, frozen=True, kw_only=True):
    """What one outlet adds to a change: its items and their mean score before and after."""

    outlet: str
    before: int
    after: int
    mean_before: float | None
    mean_after: float | None
    within: float
    """The change inside the outlet, at its average share of the items; 0 where it stands on one side only."""
    mix: float
    """What it adds by speaking more or less often, at its average score."""


class Influence(Value, frozen=True, kw_only=True):
    """What the turn comes to without one item or outlet."""

    left_out: str
    """The item's id, or the outlet's name."""
    p_turn: float


class Estimated(Value, frozen=True, kw_only=True):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


class Change(Value, frozen=True, kw_only=True):
    """How far one outlet moved about its likeliest date, told in several ways; None where the items are too few."""

    outlet: str
    before: int
    """Items that people coded and that surely came before."""
    after: int
    mean: Estimated | None = None
    """The change of the mean by what people coded: Welch's t, from 20 items a side on a bootstrap over items."""
    higher: Estimated | None = None
    """P(an item after lies higher than one before), ties counted half."""
    higher_p: float | None = None
    """Its two-sided permutation p."""
    low: tuple[float, float] | None = None
    """The shares of items before and after that lie two points or more below the middle of the scale."""
    high: tuple[float, float] | None = None
    """The shares of items before and after that lie one point or more above it."""
    labels: int = 0
    """Items of both sides that a machine scored and people coded too."""
    scored: int = 0
    """Items of both sides that a machine scored."""
    labels_only: Estimated | None = None
    corrected: Estimated | None = None
    """The change of the mean of all scored items, the machine's error taken out in each period by the labels."""
    naive: float | None = None
    """What the machine alone would have said: for comparison, never a finding."""
    refused: str | None = None
    """Why the machine's scores are not used, in words."""


class Alert(Value, frozen=True, kw_only=True):
    """The newest items differ from those before: a reason to look, never a turn."""

    series: str
    items: int
    """How many of the newest items lie on the new level."""
    since: date | None
    chance: float
    """P(a change within the newest items), a new level held to begin with one item in a hundred."""
    side: Literal["higher", "lower"]
    words: str
