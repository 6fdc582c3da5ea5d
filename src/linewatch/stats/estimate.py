"""Mean stance from machine labels that a random human sample corrects (E1-E3). Labels not drawn at random are refused.

The unit is the item: passages are averaged within it first. Every estimate comes with the labels-only one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from linewatch.errors import InputError
from linewatch.stats.ordinal import Floats

FEWEST = 6
"""Below so many human labels in a cell nothing is estimated."""
FEWEST_TUNED = 20
"""From so many on, the machine's weight is fitted across folds; below, labels alone count."""
FOLDS = 5
LEVEL = 0.95
UNKNOWN_DESIGN = (
    "the human labels have no known chance of having been drawn: they cannot correct the machine's"
)
TOO_FEW = "fewer than 6 human labels: no mean is estimated"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one outlet in one period: all with machine scores, some drawn at random and coded by people."""

    machine: tuple[float, ...]
    """The machine's score of every item, labelled ones included."""
    human: tuple[float | None, ...]
    """The people's score of each item, None where nobody coded it."""
    chances: tuple[float | None, ...] | None = None
    """Each labelled item's chance of being drawn; None where the labels were not drawn at random."""


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """A mean or a difference with its 95 % t interval."""

    value: float
    low: float
    high: float
    error: float
    df: float

    @property
    def width(self) -> float:
        """Return how wide the interval is."""
        return self.high - self.low


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell, or the difference of two, comes to."""

    n_human: int
    n_machine: int
    labels_only: Interval | None
    corrected: Interval | None
    weight: float | None
    """The machine's weight in the corrected estimate."""
    naive: float | None
    """What the machine alone would have said: for comparison, never a finding."""
    refused: str | None
    """Why there is no corrected estimate, in words."""


def estimate_mean(cell: Cell, *, weight: float | None = None, is_whole: bool = False) -> Estimate:
    """Return the mean stance of a cell: E2, prediction-powered (Angelopoulos et al. 2023, Science 382:669; 2311.01453).

    theta = w mean(z, all N) + mean(y - w z, labelled n), with t on n - 1 degrees of freedom and Hajek weights where the
    chances differ. Without `weight` it is fitted across folds from 20 labels on; below that labels count alone. With
    `is_whole` the N items are all there is (finite-population correction).

    With w = 1 and every item labelled the rectifier takes the machine out again; the closed form by hand:

    >>> cell = Cell(machine=(1, 2, 3, 4, 5, 6, 7, 8), human=(1, 3, 3, 5, 5, 7, None, None), chances=(0.75,) * 8)
    >>> found = estimate_mean(cell, weight=1.0)
    >>> round(found.corrected.value, 3), round(found.labels_only.value, 3)  # 4.5 + 0.5 against 24 / 6
    (5.0, 4.0)
    """
    z = np.array(cell.machine, dtype=np.float64)
    drawn = np.array([one is not None for one in cell.human])
    y = np.array([one for one in cell.human if one is not None], dtype=np.float64)
    if z.size != drawn.size or z.size == 0:
        raise InputError("a cell has one machine score an item", hint="give None where nobody coded it")
    refused = find_refusal(cell)
    if y.size < FEWEST:
        return _refuse(y, z, refused or TOO_FEW)
    design = _weigh_labels(cell, drawn) if refused is None else np.full(y.size, 1 / y.size)
    finite = z.size if is_whole else None
    only = _make_interval(y, np.zeros(y.size), design, np.zeros(z.size), finite)
    if refused is None and weight is None and y.size < FEWEST_TUNED:
        refused = f"fewer than {FEWEST_TUNED} human labels to weigh the machine by: labels count alone"
    if refused is not None:
        return Estimate(
            n_human=y.size, n_machine=z.size, labels_only=only, corrected=None, weight=None, naive=float(z.mean()),
            refused=refused,
        )  # fmt: skip
    own = np.full(y.size, weight) if weight is not None else _fit_weights(y, z[drawn])
    corrected = _make_interval(y, own * z[drawn], design, float(own.mean()) * z, finite)
    return Estimate(
        n_human=y.size, n_machine=z.size, labels_only=only, corrected=corrected, weight=float(own.mean()),
        naive=float(z.mean()), refused=None,
    )  # fmt: skip


def estimate_change(
    before: Cell, after: Cell, *, weight: float | None = None, is_whole: bool = False
) -> Estimate:
    """Return the change within an outlet: E3, each period with a rectifier of its own, Welch-Satterthwaite df.

    The published worked example of Welch's test (Welch 1938; the two samples of many textbooks) without a machine:

    >>> one = (27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4)
    >>> two = (27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4)
    >>> change = estimate_change(*(Cell(machine=(0.0,) * 15, human=side) for side in (one, two))).labels_only
    >>> round(change.value / change.error, 2), round(change.df, 1)
    (2.46, 25.0)
    """
    cells = [estimate_mean(cell, weight=weight, is_whole=is_whole) for cell in (before, after)]
    first, last = cells
    refused = first.refused or last.refused
    naive = None if first.naive is None or last.naive is None else last.naive - first.naive
    return Estimate(
        n_human=first.n_human + last.n_human,
        n_machine=first.n_machine + last.n_machine,
        labels_only=_subtract(first.labels_only, last.labels_only),
        corrected=None if refused else _subtract(first.corrected, last.corrected),
        weight=None if first.weight is None or last.weight is None else (first.weight + last.weight) / 2,
        naive=naive,
        refused=refused,
    )


def find_refusal(cell: Cell) -> str | None:
    """Return why a cell's labels cannot correct the machine's: no label lies outside a known random draw.

    >>> find_refusal(Cell(machine=(1.0, 2.0), human=(1.0, None)))
    "the human labels have no known chance of having been drawn: they cannot correct the machine's"
    """
    if cell.chances is None or len(cell.chances) != len(cell.human):
        return UNKNOWN_DESIGN
    own = [chance for chance, one in zip(cell.chances, cell.human, strict=True) if one is not None]
    known = all(chance is not None and 0 < chance <= 1 for chance in own)
    return None if known else UNKNOWN_DESIGN


def average_within(values: Sequence[float], items: Sequence[object]) -> dict[object, float]:
    """Return each item's mean over its passages: the item is the unit, passages of one are not independent."""
    own: dict[object, list[float]] = {}
    for value, item in zip(values, items, strict=True):
        own.setdefault(item, []).append(value)
    return {item: sum(found) / len(found) for item, found in own.items()}


def _refuse(y: Floats, z: Floats, why: str) -> Estimate:
    return Estimate(
        n_human=y.size, n_machine=z.size, labels_only=None, corrected=None, weight=None, naive=float(z.mean()), refused=why
    )  # fmt: skip


def _weigh_labels(cell: Cell, drawn: npt.NDArray[np.bool_]) -> Floats:
    """Return Hajek weights: one over the chance of being drawn, summing to one."""
    own = np.array(
        [chance for chance, one in zip(cell.chances or (), drawn, strict=True) if one], dtype=np.float64
    )
    weights: Floats = (1 / own) / (1 / own).sum()
    return weights


def _fit_weights(y: Floats, z: Floats) -> Floats:
    """Return, for each label, the machine's weight fitted on the other folds (cov / var, never negative)."""
    fold, weights = np.arange(y.size) % FOLDS, np.zeros(y.size)
    for number in range(FOLDS):
        rest = fold != number
        spread = float(z[rest].var(ddof=1))
        weights[~rest] = max(0.0, float(np.cov(y[rest], z[rest])[0, 1]) / spread) if spread > 0 else 0.0
    return weights


def _make_interval(y: Floats, taken: Floats, design: Floats, given: Floats, finite: int | None) -> Interval:
    """Return mean(given) + mean(y - taken) with its t interval; `given` is the machine's part for every item."""
    rest = y - taken
    mean = float(design @ rest)
    n, count = y.size, given.size
    spread = float((design**2 * (rest - mean) ** 2).sum()) * n / (n - 1)
    if finite is not None:
        variance = spread * max(0.0, 1 - n / finite)
    else:
        # the labelled items are among the N, so both parts move together
        shared = float(design @ ((rest - mean) * (taken - design @ taken))) * n / (n - 1)
        machine = float(given.var(ddof=1)) / count if count > 1 else 0.0
        variance = max(spread + machine + 2 * shared / count, spread * 1e-9)
    return _span(float(given.mean()) + mean, variance**0.5, n - 1)


def _span(value: float, error: float, df: float) -> Interval:
    reach = float(stdtrit(df, 0.5 + LEVEL / 2)) * error
    return Interval(value=value, low=value - reach, high=value + reach, error=error, df=df)


def _subtract(before: Interval | None, after: Interval | None) -> Interval | None:
    if before is None or after is None:
        return None
    one, two = before.error**2, after.error**2
    whole = one + two
    df = whole**2 / (one**2 / before.df + two**2 / after.df) if whole > 0 else before.df + after.df
    return _span(after.value - before.value, whole**0.5, df)
