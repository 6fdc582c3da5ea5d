"""FOMC before 2008: do corrected means cover the human truth, and are the policy turns found? `--data FOLDER --runs 2000`.

The folder holds `labelled_with_true_dates.csv.gz`, `all_sentences_dated_machine_labelled.csv.gz` and `known_turns.csv.gz`
(gtfintechlab/fomc-hawkish-dovish with the true dates recovered; CC BY-NC 4.0, no part of this project). `ruptures` runs
beside where it is installed: `pip install ruptures`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from linewatch.stats.confirm import settle_turns
from linewatch.stats.estimate import Cell, Interval, estimate_mean
from linewatch.stats.ordinal import Scale
from linewatch.stats.segments import segment_series
from ordinal_cut import cut_septiles

NET = {"0": -1.0, "1": 1.0, "2": 0.0}  # dovish, hawkish, neutral
BEFORE, AFTER = 180, 60  # days: the language pivots before the first move
Floats = npt.NDArray[np.float64]
Found = list[date]


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a compressed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cover(
    human: Floats, machine: Floats, periods: npt.NDArray[np.int64], labels: int, runs: int
) -> Iterator[str]:
    """Yield the coverage of the all-human truth by each estimator, pooled and by period."""
    rng = np.random.default_rng(1)
    for name, groups in (("pooled", np.zeros_like(periods)), ("by period", periods)):
        hits: dict[str, list[tuple[bool, float]]] = {}
        for _ in range(runs):
            for group in np.unique(groups):
                own = np.flatnonzero(groups == group)
                take = max(6, round(labels * own.size / groups.size))
                measure(human[own], machine[own], rng.choice(own.size, take, replace=False), hits)
        for kind, found in hits.items():
            rate, width = np.mean([hit for hit, _ in found]), np.mean([width for _, width in found])
            mark = "" if kind in ("naive", "labels only") else "ok" if 0.93 <= rate <= 0.97 else "miss"
            yield f"  {labels} labels {name:10} {kind:14} coverage {rate:.3f} width {width:.3f} {mark}"


def measure(
    human: Floats, machine: Floats, drawn: npt.NDArray[np.int64], hits: dict[str, list[tuple[bool, float]]]
) -> None:
    """Add one draw's hits and widths."""
    kept: list[float | None] = [None] * human.size
    for place in drawn:
        kept[place] = float(human[place])
    cell = Cell(machine=tuple(machine), human=tuple(kept), chances=(drawn.size / human.size,) * human.size)
    tuned, whole = estimate_mean(cell, is_whole=True), estimate_mean(cell, weight=1.0, is_whole=True)
    trusted = estimate_mean(Cell(machine=tuple(machine), human=tuple(machine))).labels_only
    for kind, interval in (
        ("naive", trusted),
        ("labels only", whole.labels_only),
        ("weight 1", whole.corrected),
        ("cross-fitted", tuned.corrected),
    ):
        if interval is not None:
            hits.setdefault(kind, []).append((holds(interval, float(human.mean())), interval.width))


def holds(interval: Interval, truth: float) -> bool:
    """Tell whether an interval holds the truth."""
    return interval.low <= truth <= interval.high


def tally(found: Found, known: Sequence[date]) -> str:
    """Return which known turns were found and which dates are false."""
    offsets = [[(day - turn).days for day in found] for turn in known]
    got = [
        turn for turn, own in zip(known, offsets, strict=True) if any(-BEFORE <= off <= AFTER for off in own)
    ]
    false = [day for day in found if not any(-BEFORE <= (day - turn).days <= AFTER for turn in known)]
    return f"{len(got)} of {len(known)} found, {len(false)} false; at {', '.join(str(day) for day in found) or '-'}"


def find_others(days: Sequence[int], values: Floats, known: Sequence[date]) -> Iterator[tuple[str, Found]]:
    """Yield what `ruptures` finds: default penalty, and tuned with the truth in hand."""
    try:
        import ruptures
    except ImportError:
        return
    noise = float(np.median(np.abs(np.diff(values))) / 0.954) ** 2 or float(np.var(values))
    places = lambda breaks: [date.fromordinal((days[k - 1] + days[k]) // 2) for k in breaks[:-1]]  # noqa: E731
    searches = {
        "Pelt": ruptures.Pelt(model="l2", min_size=2, jump=1),
        "Binseg": ruptures.Binseg(model="l2", min_size=2, jump=1),
    }
    for name, search in searches.items():
        search.fit(values.reshape(-1, 1))
        yield (
            f"ruptures {name} default (pen 2 log n)",
            places(search.predict(pen=2 * np.log(len(values)) * noise)),
        )
        grid = [places(search.predict(pen=noise * factor)) for factor in np.geomspace(0.5, 60, 40)]
        yield f"ruptures {name} tuned on the truth", max(grid, key=lambda found: score(found, known))
    yield "ruptures Binseg, number of turns given", places(searches["Binseg"].predict(n_bkps=len(known)))


def score(found: Found, known: Sequence[date]) -> int:
    """Return found less false."""
    words = tally(found, known).split()
    return int(words[0]) - int(words[4])


def main() -> None:
    """Print coverage and turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=500)
    options = parser.parse_args()
    rows = [row for row in read(options.data / "labelled_with_true_dates.csv.gz") if row["date"] < "2008"]
    for name, column in (("language model", "chatgpt"), ("RoBERTa", "roberta")):
        own = [row for row in rows if row[column]]
        human = np.array([NET[row["human"]] for row in own])
        machine = np.array([NET[str(int(float(row[column])))] for row in own])
        periods = np.array([(int(row["date"][:4]) - 1996) // 3 for row in own])
        print(
            f"{name}: {len(own)} sentences, human {human.mean():+.3f}, machine {machine.mean():+.3f}, r {np.corrcoef(human, machine)[0, 1]:.2f}"
        )
        for labels in (100, 200):
            print(*cover(human, machine, periods, labels, options.runs), sep="\n")
    known = [
        date.fromisoformat(row["date"])
        for row in read(options.data / "known_turns.csv.gz")
        if row["date"] < "2008"
    ]
    sentences = [
        row
        for row in read(options.data / "all_sentences_dated_machine_labelled.csv.gz")
        if row["date"] < "2008"
    ]
    print_turns(
        "minutes, RoBERTa net stance",
        [row for row in sentences if row["doc_type"] == "minutes"],
        "roberta",
        known,
    )
    print_turns("all human labels by document day", rows, "human", known)
    days = sorted((date.fromisoformat(row["date"]).toordinal(), NET[row["human"]]) for row in rows)
    print_series(
        "every human label, uncut on -1..1",
        [day for day, _ in days],
        np.array([net for _, net in days]),
        known,
    )


def print_turns(name: str, rows: list[dict[str, str]], column: str, known: Sequence[date]) -> None:
    """Print the turns of one series, ours and others', cut at its septiles and as it is."""
    by_day: dict[int, list[float]] = {}
    for row in rows:
        by_day.setdefault(date.fromisoformat(row["date"]).toordinal(), []).append(NET[row[column]])
    days = sorted(by_day)
    net = np.array([np.mean(by_day[day]) for day in days])
    print_series(name, days, net, known)


def print_series(name: str, days: Sequence[int], net: Floats, known: Sequence[date]) -> None:
    """Print what each search finds: labels as they are where they are ordinal, else cut at the septiles."""
    is_ordinal = set(net) <= {-1.0, 0.0, 1.0}
    scores, scale = (net, Scale(low=-1, high=1)) if is_ordinal else (cut_septiles(net), Scale())
    segmentation = segment_series(days, scores, scale)
    numbers = " ".join(f"{p:.2f}" for p in segmentation.numbers)
    local = settle_turns(days, scores, segmentation, scale)
    print(f"{name}: {len(days)} items; P(0, 1, ... turns) {numbers}")
    for who, turns in (("all", local), ("that stand by themselves", [turn for turn in local if turn.stands])):
        found = [date.fromordinal((t.most_likely.start_day + t.most_likely.end_day) // 2) for t in turns]
        print(f"  {f'linewatch T3, {who}':39} {tally(found, known)}")
    for other, dates in find_others(days, net, known):
        print(f"  {other:39} {tally(dates, known)}")


if __name__ == "__main__":
    main()
