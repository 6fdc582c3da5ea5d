"""Krippendorff's alpha and its bootstrap over items. What an alpha is worth is judged in `agreement`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval"]

SEED = 20260101
_CELLS = 4_000_000  # numbers held at once: 32 MB


def krippendorff_alpha(table: npt.ArrayLike, metric: Metric = "nominal") -> float:
    """Return Krippendorff's alpha of a units x coders table, NaN for a missing value.

    NaN when no unit has two values or when all paired values are the same: agreement without variation tells
    nothing of reliability (Krippendorff 2011, Communication Methods and Measures 5:93). Formula: Hayes &
    Krippendorff 2007, same journal 1:77. His example of 4 coders and 12 units, published as .743, .815, .849:

    >>> x = float("nan")
    >>> coders = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, x, x, x],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, x, 3],
    ...     [x, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, x],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, x],
    ... ]
    >>> units = np.transpose(coders)
    >>> [round(krippendorff_alpha(units, m), 3) for m in ("nominal", "ordinal", "interval")]
    [0.743, 0.815, 0.849]
    """
    counts, values = count_values(table)
    return float(_alpha(_coincidences(counts).sum(axis=0)[None], values, metric)[0])


def bootstrap_alpha(
    table: npt.ArrayLike,
    clusters: Sequence[object],
    metric: Metric = "nominal",
    *,
    draws: int = 2000,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95 % percentile interval of alpha when whole items are drawn again with replacement.

    `clusters` names the item of each unit; passages of one item are alike, so items are drawn (Gwet 2016,
    Educ. Psychol. Meas. 76:609). A draw without variation counts as alpha 0: it says nothing of reliability.
    (NaN, NaN) when fewer than two items hold a unit that was coded twice.

    >>> bootstrap_alpha([[1, 1], [2, 2], [1, 1], [2, 2]] * 10, range(40))
    (1.0, 1.0)
    """
    counts, values = count_values(table)
    if len(clusters) != len(counts):
        raise InputError(f"{len(counts)} units but {len(clusters)} item labels", hint="give one label a unit")
    blocks = _sum_by_cluster(_coincidences(counts), counts.sum(axis=1) >= 2, clusters)
    if len(blocks) < 2:
        return float("nan"), float("nan")
    weights = np.random.default_rng(seed).multinomial(
        len(blocks), np.full(len(blocks), 1 / len(blocks)), draws
    )
    step = max(1, _CELLS // values.size**2)
    parts = [_draw_alphas(weights[i : i + step], blocks, values, metric) for i in range(0, draws, step)]
    low, high = np.quantile(np.nan_to_num(np.concatenate(parts), nan=0.0), [0.025, 0.975])
    return float(low), float(high)


def count_values(table: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return how often each unit received each value (units x values) and the values in order."""
    data = np.asarray(table, dtype=np.float64)
    if data.ndim != 2 or np.isinf(data).any():
        raise InputError(
            "a reliability table is units x coders of finite numbers", hint="NaN marks what is missing"
        )
    values = np.unique(data[~np.isnan(data)])
    counts = (
        np.stack([(data == v).sum(axis=1) for v in values], axis=1)
        if values.size
        else np.zeros((len(data), 0))
    )
    return counts.astype(np.float64), values


def _coincidences(counts: Floats) -> Floats:
    """Return each unit's coincidence matrix; a unit with fewer than two values has zeros."""
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    scale = np.where(coders >= 2, 1 / np.maximum(coders - 1, 1), 0.0)
    weighted: Floats = pairs * scale[:, None, None]
    return weighted


def _sum_by_cluster(blocks: Floats, paired: npt.NDArray[np.bool_], clusters: Sequence[object]) -> Floats:
    """Return the coincidences of each item that has a unit coded twice."""
    places: dict[object, int] = {}
    index = [places.setdefault(c, len(places)) for c, kept in zip(clusters, paired, strict=True) if kept]
    sums = np.zeros((len(places), *blocks.shape[1:]))
    np.add.at(sums, index, blocks[paired])
    return sums


def _draw_alphas(weights: npt.NDArray[np.int64], blocks: Floats, values: Floats, metric: Metric) -> Floats:
    flat = weights.astype(np.float64) @ blocks.reshape(len(blocks), -1)
    return _alpha(flat.reshape(-1, values.size, values.size), values, metric)


def _alpha(coincidences: Floats, values: Floats, metric: Metric) -> Floats:
    """Return alpha of each draws x values x values matrix, NaN where nothing varies."""
    margins = coincidences.sum(axis=2)
    apart = _distances(margins, values, metric)
    observed = (coincidences * apart).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * apart).sum(axis=(1, 2))
    varied = expected > 0
    ratio = (margins.sum(axis=1) - 1) * observed / np.where(varied, expected, 1.0)
    return np.where(varied, 1 - ratio, np.nan)


def _distances(margins: Floats, values: Floats, metric: Metric) -> Floats:
    """Return squared distances of values; the ordinal ones depend on how often each value was used."""
    if metric == "nominal":
        return 1 - np.eye(values.size)[None]
    if metric == "interval":
        places = values[None]
    elif metric == "ordinal":
        places = np.cumsum(margins, axis=1) - margins / 2
    else:
        raise InputError(f"no metric is called {metric!r}", hint="use nominal, ordinal or interval")
    squared: Floats = (places[:, :, None] - places[:, None, :]) ** 2
    return squared
