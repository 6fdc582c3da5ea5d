"""Simulators of dated stance series with planted truth: what the detectors are held to. Seeded, no case needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
Calendar = Literal["regular", "bursty"]
LOW, HIGH, YEAR = -3, 3, 365


@dataclass(frozen=True)
class Planted:
    """A series in order of date: days, whole scores on -3..3, outlet of each item, and the day of the turn."""

    days: npt.NDArray[np.int64]
    scores: Floats
    strata: tuple[str, ...]
    turn_day: int | None = None
    """The first day on which the new line holds; None when the line does not turn."""


def draw_days(rng: np.random.Generator, n: int, calendar: Calendar = "regular") -> npt.NDArray[np.int64]:
    """Return n sorted days in a year: evenly spaced, or in bursts of about four items."""
    if calendar == "regular":
        return np.linspace(0, YEAR - 1, n).round().astype(np.int64)
    centres = rng.integers(0, YEAR, max(2, n // 4))
    scattered = rng.choice(centres, n) + rng.normal(0, 5, n)
    return np.sort(np.clip(scattered, 0, YEAR - 1).round().astype(np.int64))


def simulate_none(
    rng: np.random.Generator,
    n: int,
    *,
    level: float = -1.0,
    spread: float = 1.0,
    calendar: Calendar = "regular",
) -> Planted:
    """Return a series whose line stands still."""
    return _plain(draw_days(rng, n, calendar), level + spread * rng.normal(size=n))


def simulate_step(
    rng: np.random.Generator,
    n: int,
    *,
    size: float = 2.0,
    spread: float = 1.0,
    calendar: Calendar = "regular",
) -> Planted:
    """Return a series whose line steps up by `size`, about zero, on a day in the middle half of the items."""
    days = draw_days(rng, n, calendar)
    while np.unique(days).size < 2:  # a burst may fall on one day, where nothing can turn
        days = draw_days(rng, n, calendar)
    inner = days[max(1, n // 4) : n - n // 4]
    first, last = int(max(inner.min(), days[0] + 1)), int(max(inner.max(), days[0] + 1))
    turn = int(rng.integers(first, last + 1))
    level = np.where(days >= turn, size / 2, -size / 2)
    return _plain(days, level + spread * rng.normal(size=n), turn)


def simulate_drift(rng: np.random.Generator, n: int, *, size: float = 1.0, spread: float = 1.0) -> Planted:
    """Return a series whose line climbs evenly by `size` over the year, about zero."""
    days = draw_days(rng, n)
    return _plain(days, size * (days / (YEAR - 1) - 0.5) + spread * rng.normal(size=n))


def simulate_mix(rng: np.random.Generator, n: int, *, share: float = 0.8, spread: float = 0.9) -> Planted:
    """Return a series in which no outlet changes but the softer one takes over in mid-year.

    The pier stands at -2, the lamp at +1; the pier issues `share` of the items before and 1 - `share` after.
    """
    days = draw_days(rng, n)
    pier = rng.random(n) < np.where(days < YEAR // 2, share, 1 - share)
    scores = _score(np.where(pier, -2.0, 1.0) + spread * rng.normal(size=n))
    return Planted(days, scores, tuple("pier" if p else "lamp" for p in pier))


def simulate_voices(rng: np.random.Generator, n: int, *, share: float = 0.8, spread: float = 0.5) -> Planted:
    """Return a series of two voices in one outlet, at -2 (`share` of the items) and +1, in no order."""
    level = np.where(rng.random(n) < share, -2.0, 1.0)
    return _plain(draw_days(rng, n), level + spread * rng.normal(size=n))


def simulate_serial(
    rng: np.random.Generator, n: int, *, carry: float = 0.4, level: float = -1.0, spread: float = 1.0
) -> Planted:
    """Return a series that stands still but whose items resemble the one before: AR(1) with share `carry`."""
    if not -1 < carry < 1:
        raise InputError(f"an AR(1) share of {carry} does not settle", hint="between -1 and 1")
    shocks = rng.normal(size=n)
    state = np.empty(n)
    state[0] = shocks[0]
    for i in range(1, n):
        state[i] = carry * state[i - 1] + np.sqrt(1 - carry**2) * shocks[i]
    return _plain(draw_days(rng, n), level + spread * state)


def blur_days(rng: np.random.Generator, series: Planted, width: int) -> Planted:
    """Return the series as dated by someone who is up to `width` days off either way, sorted anew."""
    days = series.days + rng.integers(-width, width + 1, series.days.size)
    order = np.argsort(days, kind="stable")
    return Planted(days[order], series.scores[order], tuple(series.strata[i] for i in order), series.turn_day)


def _plain(days: npt.NDArray[np.int64], levels: Floats, turn: int | None = None) -> Planted:
    return Planted(days, _score(levels), ("lamp",) * days.size, turn)


def _score(levels: Floats) -> Floats:
    return np.clip(np.round(levels), LOW, HIGH)
