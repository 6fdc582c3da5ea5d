"""Agreement: published values, what intervals cover, crowd and experts, and the coders of narrative frames.

    python benchmark/agreement.py [--data FOLDER] [--tables 400]

`--data` holds irr_reference, csta and narrative_framing; what is absent is skipped and said. Coverage needs no data: tables are
drawn from coders of known skill, and the 95 % interval of 1,000 resamples is asked whether it holds the truth.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linewatch.stats.agreement import (
    Coefficient,
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
)
from linewatch.stats.alpha import sum_alpha
from linewatch.stats.ratings import read_ratings
from narrative_framing import report_frames

NEAR = 0.001
METHODS: dict[str, Callable[..., Coefficient]] = {
    "Krippendorff alpha": krippendorff_alpha,
    "Gwet AC1": gwet_ac,
    "Gwet AC2": gwet_ac,
    "Fleiss kappa (missing allowed)": fleiss_kappa,
    "Fleiss kappa": fleiss_kappa,
    "Conger kappa": conger_kappa,
    "Brennan-Prediger": brennan_prediger,
}
LEVELS = {"ordinal (Krippendorff metric)": "ordinal", "ordinal (Gwet weights)": "gwet-ordinal"}


class Coders(NamedTuple):
    """Coders who see the truth with a chance `skill`, else draw from `shares`."""

    name: str
    coders: int
    skill: float
    shares: tuple[float, ...]
    level: str


COVERED = (
    Coders("yes/no, half yes", 2, 0.9, (0.5, 0.5), "nominal"),
    Coders("yes/no, 15 % yes", 2, 0.9, (0.85, 0.15), "nominal"),
    Coders("three codes", 2, 0.8, (0.5, 0.3, 0.2), "nominal"),
    Coders("seven points", 2, 0.85, (1 / 7,) * 7, "ordinal"),
    Coders("seven points, three coders", 3, 0.95, (0.05, 0.25, 0.2, 0.2, 0.1, 0.15, 0.05), "ordinal"),
)


def read_coders(path: Path) -> list[list[Any]]:
    """Return coders x units of a file of reference data."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    by_unit = [row[1:] if rows[0][0] in {"Units", ""} else row for row in rows[1:]]
    coders = by_unit if rows[0][0] == "" else [list(column) for column in zip(*by_unit, strict=True)]
    return [[_read_value(cell) for cell in row] for row in coders]


def _read_value(cell: str) -> float | str:
    try:
        return float(cell) if cell else math.nan
    except ValueError:
        return cell


def report_published(folder: Path) -> None:
    """Print each published value beside ours."""
    with (folder / "reference_values.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = 0
    for row in rows:
        ratings = read_coders(folder / f"{row['dataset']}.csv")
        how = LEVELS.get(row["weights_or_level"], row["weights_or_level"])
        found = METHODS[row["coefficient"]](ratings, how)
        held = abs(found.value - float(row["value"])) <= NEAR
        held = held and (not row["se"] or abs((found.error or math.nan) - float(row["se"])) <= NEAR)
        kept += held
        error = f", error {found.error:.4f} ({row['se']})" if row["se"] and found.error else ""
        print(
            f"  {row['coefficient']:31}{how:14}{found.value:.4f} ({row['value']}){error}"
            f"   {_tell(found.interval)} {'ok' if held else 'MISS'}"
        )
    print(f"  {kept} of {len(rows)} published values to {NEAR}")


def _tell(interval: tuple[float, float] | None) -> str:
    return f"[{interval[0]:.2f}, {interval[1]:.2f}]" if interval else "no interval"


def draw(one: Coders, units: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Return a table of coders x units."""
    size = len(one.shares)
    truth = rng.choice(size, units, p=one.shares)
    guess = rng.choice(size, (one.coders, units), p=one.shares)
    return np.where(rng.random((one.coders, units)) < one.skill, truth, guess).astype(float)


def report_coverage(tables: int) -> None:
    """Print how often intervals hold the truth, ours beside the plain percentile interval, for 20, 50 and 100 units."""
    print(
        f"coverage of the 95 % interval over {tables} tables (nominal .95); below: truth below the interval's low end"
    )
    rng = np.random.default_rng(1)
    for one in COVERED:
        truth = krippendorff_alpha(draw(one, 400_000, rng), one.level, resamples=0).value
        for units in (20, 50, 100):
            ours, plain, below, width = 0, 0, 0, 0.0
            for seed in range(tables):
                ratings = draw(one, units, rng)
                found = krippendorff_alpha(ratings, one.level, seed=seed).interval or (math.nan, math.nan)
                simple = draw_plain(ratings, one.level, seed)
                ours += found[0] <= truth <= found[1]
                below += truth < found[0]
                plain += simple[0] <= truth <= simple[1]
                width += 0 if math.isnan(found[0]) else (found[1] - found[0]) / tables
            print(
                f"  {one.name:28}alpha {truth:.3f}  n {units:3}  ours {ours / tables:.3f} (below {below / tables:.3f}, "
                f"width {width:.2f})  percentile {plain / tables:.3f}"
            )


def draw_plain(ratings: npt.NDArray[np.float64], level: str, seed: int) -> tuple[float, float]:
    """Return the plain percentile interval of alpha."""
    sums = sum_alpha(read_ratings(ratings), level)
    count = len(sums.features)
    weights = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), 1000)
    low, high = np.nanquantile(sums.estimate(weights @ sums.features), [0.025, 0.975])
    return float(low), float(high)


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a compressed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_crowd(folder: Path) -> None:
    """Print how far crowd and experts agree on sentences of manifestos, and the crowd with itself by language.

    Of the manifestos the data hold each side's mean code of a sentence, so the level is interval.
    """
    rows = read_table(folder / "manifesto_sentence_codings.csv.gz")
    for scale in ("economic", "social"):
        own = [row for row in rows if row["scale"] == scale and row["codeCrowd"] and row["codeExperts"]]
        ratings = [[float(row[side]) for row in own] for side in ("codeCrowd", "codeExperts")]
        found = krippendorff_alpha(ratings, "interval", items=[row["manifestoid"] for row in own])
        print(f"  {scale} sentences, crowd and experts: alpha {_tell_found(found)}")
    for path in sorted(folder.glob("coal_*.csv.gz")):
        coal = [row for row in read_table(path) if row["subsidy_scale"] and row.get("_golden") != "True"]
        coders = {one: place for place, one in enumerate(dict.fromkeys(row["coder"] for row in coal))}
        units = {one: place for place, one in enumerate(dict.fromkeys(row["sentenceid"] for row in coal))}
        table = np.full((len(coders), len(units)), np.nan)
        for row in coal:
            table[coders[row["coder"]], units[row["sentenceid"]]] = float(row["subsidy_scale"])
        found = krippendorff_alpha(table, "ordinal")
        print(
            f"  {coal[0]['language']} coal debate, {len(coders)} of the crowd: ordinal alpha {_tell_found(found)}"
        )


def _tell_found(found: Coefficient) -> str:
    return f"{found.value:.3f} {_tell(found.interval)}, {found.n:,} sentences"


REPORTS: dict[str, Callable[[Path], None]] = {
    "irr_reference": report_published,
    "csta": report_crowd,
    "narrative_framing": report_frames,
}


def main() -> None:
    """Print the reports whose data are there, then coverage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("nowhere"))
    parser.add_argument("--tables", type=int, default=400)
    options = parser.parse_args()
    for name, report in REPORTS.items():
        if (options.data / name).is_dir():
            print(name)
            report(options.data / name)
        else:
            print(f"{name}: skipped, its data are not under {options.data}")
    report_coverage(options.tables)


if __name__ == "__main__":
    main()
