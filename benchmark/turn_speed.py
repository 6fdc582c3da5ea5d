"""Prints how long the turn detectors take on one core, and how that grows, beside `ruptures` where it is installed."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: one core

import resource
import time
from collections.abc import Callable

import numpy as np

from linewatch.stats.imprecise import weigh_spans
from linewatch.stats.many import keep_discoveries
from linewatch.stats.scan import scan_turn
from linewatch.stats.segments import segment_series
from linewatch.stats.turns import weigh_turn


def take(call: Callable[[], object], repeats: int = 5) -> float:
    """Return the least of several times, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def tell(what: str, seconds: float, limit: float | None = None) -> None:
    """Print one time beside its limit."""
    held = "" if limit is None else f"  needed under {limit:g} s: {'ok' if seconds < limit else 'miss'}"
    print(f"{what:60}{seconds:9.4f} s{held}")


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(1)
    for n in (50, 100, 200, 400, 800):
        days, scores = np.sort(rng.integers(0, 3000, n)), rng.integers(-3, 4, n)
        tell(
            f"T1, {n} items", take(lambda d=days, s=scores: weigh_turn(d, s), 20), 0.010 if n == 200 else None
        )
        loose = [(int(day), int(day) + 13) for day in days]
        if n <= 200:
            tell(f"T1, {n} items dated to a fortnight", take(lambda d=loose, s=scores: weigh_spans(d, s), 1))
    tell(
        "T2, 200 items, 9,999 permutations",
        take(lambda: scan_turn(np.arange(200), rng.integers(-3, 4, 200)), 2),
    )
    tell("40 series of 30 items, 16,000 permutations, FDR", take(lambda: run_family(rng), 1), 10)
    for n in (500, 1000, 2000, 3000):
        level = np.repeat([-1.0, 1.0, -0.5], [n // 3, n // 3, n - 2 * (n // 3)])
        scores = np.clip(np.round(level + rng.normal(size=n)), -3, 3)
        tell(
            f"T3, {n} items",
            take(lambda s=scores: segment_series(np.arange(s.size), s), 1),
            40 if n == 3000 else None,
        )
        run_guest(n, scores)
    print(
        f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, needed under 1024"
    )


def run_family(rng: np.random.Generator) -> None:
    """Judge forty series together; 20 m / q permutations each, as the rate needs."""
    p_values = []
    for _ in range(40):
        days, scores = np.sort(rng.integers(0, 365, 30)), rng.integers(-3, 4, 30)
        weigh_turn(days, scores)
        p_values.append(scan_turn(days, scores, draws=16_000).p_value)
    keep_discoveries(p_values)


def run_guest(n: int, scores: np.ndarray) -> None:  # type: ignore[type-arg]  # a guest's array
    """Print the time of `ruptures` on the same series."""
    try:
        import ruptures
    except ImportError:
        return
    values = scores.reshape(-1, 1)
    tell(
        f"  ruptures PELT, {n} items (dates only)",
        take(lambda: ruptures.Pelt(model="l2", min_size=2, jump=1).fit(values).predict(pen=2 * np.log(n)), 1),
    )
    tell(
        f"  ruptures Dynp, 2 turns given, {n} items (dates only)",
        take(lambda: ruptures.Dynp(model="l2", min_size=2, jump=1).fit(values).predict(n_bkps=2), 1),
    ) if n <= 1000 else None


if __name__ == "__main__":
    main()
