"""A thousand random tables of ratings with missing values, the same on every machine: they are made, not kept."""

from __future__ import annotations

import random

TABLES = 1000
SCHEMES = ("identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar")
"""The weights, each in turn."""
Table = list[list[float]]


def make_table(seed: int) -> Table:
    """Return coders x units of 1 to 6, NaN for missing; a coder keeps to the truth or else draws at random.

    Every second table has two coders, so that Cohen's kappa can be had of it.
    """
    draw = random.Random(seed)
    coders = 2 if seed % 2 else draw.randint(3, 6)
    units, points = draw.randint(4, 40), draw.randint(2, 6)
    missing, skill = draw.choice((0.0, 0.1, 0.35)), draw.uniform(0.2, 0.98)
    truth = [draw.randint(1, points) for _ in range(units)]

    def rate(unit: int) -> float:
        if draw.random() < missing:
            return float("nan")
        return float(truth[unit] if draw.random() < skill else draw.randint(1, points))

    return [[rate(unit) for unit in range(units)] for _ in range(coders)]


def get_scheme(seed: int) -> str:
    """Return the weights of a table: two tables with each scheme, then the next."""
    return SCHEMES[seed // 2 % len(SCHEMES)]
