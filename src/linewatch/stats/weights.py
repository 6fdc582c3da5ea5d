"""How much credit two different values get: the weights of Cohen 1968 and of Gwet's handbook (2014, ch. 3), by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
WeightName = Literal[
    "identity", "unweighted", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"
]
Weights = WeightName | npt.ArrayLike
NAMES: tuple[str, ...] = get_args(WeightName)


def get_weights(weights: Weights, values: Floats) -> Floats:
    """Return the weights of pairs of categories with these values: 1 on the diagonal, 0 for the worst pair.

    `ordinal` is Gwet's: a pair loses by the number of pairs of categories that lie between. A square matrix is
    taken as it is. Raises InputError for an unknown name, a matrix of another size, or ratio weights of values
    that are no amounts.

    >>> get_weights("linear", np.array([1.0, 2.0, 3.0])).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    if not isinstance(weights, str):
        return _check_matrix(np.asarray(weights, dtype=np.float64), values.size)
    if weights not in NAMES:
        raise InputError(f"no weights are called {weights!r}", hint=f"use one of {', '.join(NAMES)}")
    if values.size < 2:
        return np.ones((values.size, values.size))
    apart = _measure_apart(cast("WeightName", weights), values)
    credit: Floats = 1 - apart / apart.max()
    return credit


def _check_matrix(matrix: Floats, size: int) -> Floats:
    if matrix.shape != (size, size) or not np.isfinite(matrix).all():
        raise InputError(
            f"the weights are not a table of {size} x {size} numbers",
            hint="one row and column for each category; name the categories where not all were used",
        )
    return matrix


def _measure_apart(name: WeightName, values: Floats) -> Floats:
    """Return how far each pair of values lies apart under a scheme, on any scale."""
    if name == "ratio":
        return _measure_ratio(values)
    gap = np.abs(values[:, None] - values[None, :])
    steps = np.abs(np.subtract.outer(np.arange(values.size), np.arange(values.size)))
    schemes: dict[str, Callable[[], Floats]] = {
        "linear": lambda: gap,
        "quadratic": lambda: gap**2,
        "radical": lambda: np.sqrt(gap),
        "ordinal": lambda: steps * (steps + 1) / 2,
        "circular": lambda: np.sin(np.pi * gap / (values.max() - values.min() + 1)) ** 2,
        "bipolar": lambda: _measure_bipolar(gap, values),
    }
    return schemes.get(name, lambda: (gap > 0).astype(np.float64))()


def _measure_ratio(values: Floats) -> Floats:
    """Return ((a - b) / (a + b)) squared for each pair; raises InputError where a value is below zero."""
    if (values < 0).any():
        raise InputError("a ratio scale has no values below zero", hint="use interval or ordinal")
    total = values[:, None] + values[None, :]
    share = (values[:, None] - values[None, :]) / np.where(total > 0, total, 1.0)
    squared: Floats = share**2
    return squared


def _measure_bipolar(gap: Floats, values: Floats) -> Floats:
    total = values[:, None] + values[None, :]
    room = (total - 2 * values.min()) * (2 * values.max() - total)
    apart: Floats = np.where(gap > 0, gap**2 / np.where(room > 0, room, 1.0), 0.0)
    return apart
