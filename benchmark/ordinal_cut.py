"""One stated rule for series that are no stance scores: values are cut at their own septiles into -3..3."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def cut_septiles(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return each value's septile as a point of -3..3; equal values share one."""
    data = np.asarray(values, dtype=np.float64)
    edges = np.quantile(data, np.arange(1, 7) / 7)
    return np.searchsorted(edges, data, side="left").astype(np.float64) - 3
