"""British manifestos (CSTA, dev part): crowd codes, corrected by a random sample of experts' codes, against a survey.

`--data FOLDER` (kbenoit/CSTA-APSR, MIT). Truth outside: the expert survey. With three elections fewer than seven a party,
within-party correlations are printed and unresolved.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

import numpy as np

from linewatch.stats.estimate import Cell, estimate_mean

EXPERTS = {"economic": 0.90, "social": 0.91}
Key = tuple[str, str]


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a compressed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(rows: list[dict[str, str]], column: str) -> dict[Key, dict[str, float]]:
    """Return each manifesto's mean code a sentence."""
    found: dict[Key, dict[str, list[float]]] = {}
    for row in rows:
        if row[column]:
            own = found.setdefault((row["partyname"], str(int(float(row["year"])))), {})
            own.setdefault(row["sentenceid"], []).append(float(row[column]))
    return {key: {s: float(np.mean(v)) for s, v in own.items()} for key, own in found.items()}


def correct(
    crowd: dict[str, float], experts: dict[str, float], labels: int, rng: np.random.Generator
) -> float | None:
    """Return a manifesto's position from crowd codes corrected by `labels` experts' codes drawn at random."""
    both = sorted(crowd.keys() & experts.keys())
    labels = min(labels, len(both))
    drawn = set(rng.choice(both, labels, replace=False))
    cell = Cell(
        machine=tuple(crowd[one] for one in both),
        human=tuple(experts[one] if one in drawn else None for one in both),
        chances=(labels / len(both),) * len(both),
    )
    found = estimate_mean(cell, is_whole=True)
    best = found.corrected or found.labels_only
    return best.value if best else None


def main() -> None:
    """Print correlations with the survey, overall and within party."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labels", type=int, default=100)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    codings = read(options.data / "manifesto_sentence_codings.csv.gz")
    survey = read(options.data / "expert_survey_positions.csv.gz")
    rng = np.random.default_rng(1)
    for scale, mark in EXPERTS.items():
        own = [row for row in codings if row["scale"] == scale]
        crowd, experts = place(own, "codeCrowd"), place(own, "codeExperts")
        truth = {
            (row["partyname"], str(int(float(row["year"])))): float(row["mean"])
            for row in survey
            if row["scale"] == scale and row["mean"]
        }
        keys = sorted(truth.keys() & crowd.keys() & experts.keys())
        told = np.array([truth[key] for key in keys])
        plain = {
            name: np.array([np.mean(list(one[key].values())) for key in keys])
            for name, one in (("experts", experts), ("crowd", crowd))
        }
        print(f"{scale}: {len(keys)} manifestos, {options.labels} experts' codes each")
        for name, positions in plain.items():
            print(f"  {name:10} r {np.corrcoef(positions, told)[0, 1]:.3f}")
        drawn = []
        for _ in range(options.runs):
            positions = [correct(crowd[key], experts[key], options.labels, rng) for key in keys]
            if None not in positions:
                drawn.append([float(one or 0) for one in positions])
        rs = [np.corrcoef(one, told)[0, 1] for one in drawn]
        held = "ok" if np.mean(rs) >= mark - 0.05 else "miss"
        print(
            f"  corrected  r {np.mean(rs):.3f} ({min(rs):.3f} to {max(rs):.3f} over draws), needed {mark - 0.05:.2f}: {held}"
        )
        middle = np.mean(drawn, axis=0)
        for party in sorted({key[0] for key in keys}):
            mine = [place for place, key in enumerate(keys) if key[0] == party]
            print(
                f"    within {party}: r {np.corrcoef(middle[mine], told[mine])[0, 1]:+.2f}, n = {len(mine)}: unresolved"
            )


if __name__ == "__main__":
    main()
