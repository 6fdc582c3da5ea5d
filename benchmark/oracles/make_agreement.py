"""Makes `agreement.json`: what `krippendorff` and `irrCAC` say of the tables in `tables`.

    python3 -m venv /tmp/oracles && /tmp/oracles/bin/pip install krippendorff==0.9.0 irrCAC==0.4.4
    /tmp/oracles/bin/python benchmark/oracles/make_agreement.py

The first is GPL, the second pins old packages: neither is in the lock file, and no test imports them. Only numbers are kept,
to thirteen digits, null where the other has none.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import krippendorff
import pandas as pd
from irrCAC.raw import CAC
from irrCAC.table import CAC as TABLE
from irrCAC.weights import Weights
from tables import TABLES, Table, get_scheme, make_table

LEVELS = ("nominal", "ordinal", "interval", "ratio")
METHODS = ("krippendorff", "gwet", "fleiss", "conger", "bp")
EXACT = 15


def ask(question: Callable[[], float]) -> float | None:
    """Return an answer to thirteen digits, None where there is none."""
    try:
        found = float(question())
    except (ValueError, ZeroDivisionError, AssertionError, IndexError):
        return None
    return float(f"{found:.13g}") if math.isfinite(found) else None


def ask_alpha(table: Table) -> list[float | None]:
    """Return alpha at each level, from `krippendorff`."""
    return [ask(lambda one=level: krippendorff.alpha(table, level_of_measurement=one)) for level in LEVELS]


def ask_weighted(table: Table, scheme: str) -> list[list[float | None]]:
    """Return value and standard error of each method under a scheme, from `irrCAC`."""
    frame = pd.DataFrame(table).T
    values = []
    for method in METHODS:
        try:
            found = getattr(CAC(frame.copy(), weights=scheme, digits=EXACT), method)()["est"]
        except (ValueError, ZeroDivisionError, IndexError):
            found = {"coefficient_value": math.nan, "se": math.nan}
        values.append([ask(lambda one=found, key=key: one[key]) for key in ("coefficient_value", "se")])
    return values


def ask_cohen(table: Table, scheme: str) -> list[float | None]:
    """Return Cohen's kappa and its standard error of the units that both coded, from `irrCAC`, weighted by the values themselves."""
    seen = sorted({one for row in table for one in row if not math.isnan(one)})
    pairs = [pair for pair in zip(*table, strict=True) if not any(map(math.isnan, pair))]
    counts = [[float(sum(pair == (a, b) for pair in pairs)) for b in seen] for a in seen]
    frame = pd.DataFrame(counts, index=seen, columns=seen)
    try:
        found = TABLE(frame, weights=Weights(seen)[scheme], digits=EXACT).cohen()["est"]
    except (ValueError, ZeroDivisionError, IndexError):
        return [None, None]
    return [ask(lambda key=key: found[key]) for key in ("coefficient_value", "se")]


def main() -> None:
    """Write the numbers beside this file."""
    warnings.simplefilter("ignore")
    rows = []
    for seed in range(TABLES):
        table, scheme = make_table(seed), get_scheme(seed)
        rows.append(
            {
                "seed": seed,
                "alpha": ask_alpha(table),
                "weighted": ask_weighted(table, scheme),
                "cohen": ask_cohen(table, scheme) if seed % 2 else None,
            }
        )
    made_with = {name: version(name) for name in ("krippendorff", "irrCAC")}
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    text = f'{{"made_with":{json.dumps(made_with)},"tables":[\n{lines}\n]}}\n'
    (Path(__file__).parent / "agreement.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
