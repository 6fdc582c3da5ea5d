"""Prints the calibration of the turn detectors beside their pass marks: `python benchmark/calibration.py --runs 100`.

C1 no change, C2 two voices, C3 a change of voices, C4 serial dependence and drift, C5 ranks of the date, C6 coverage of
the date set, C7 coverage of corrected changes, C8 labels that were picked, C9 false discoveries, C11 invariances, C12 closed
forms (C10, agreement, is in tests/stats). With few runs a rate beside its mark is noise: the column `+-` is two standard errors of the mark.
"""

from __future__ import annotations

import argparse
import functools
from collections.abc import Iterator

import numpy as np
from scipy.stats import chisquare

from linewatch.stats import simulate
from linewatch.stats.calibration import (
    DRAWS,
    Simulator,
    measure_alarms,
    measure_alerts,
    measure_coverage,
    measure_drift,
    measure_mix,
    measure_ranks,
)
from linewatch.stats.estimate import estimate_change
from linewatch.stats.many import keep_discoveries
from linewatch.stats.scan import Side, scan_turn
from linewatch.stats.simulate_coding import Faults, measure_hits, simulate_coding
from linewatch.stats.voices import weigh_voices

Row = tuple[
    str, str, float | None, str, float | None
]  # check, setting, measured, <= or >=, mark (None: told only)

SETTINGS = ((-2.0, 0.5), (-1.0, 1.0), (1.0, 1.5))
SIZES = (4, 6, 8, 12, 20, 40, 100)


def check_no_change(runs: int) -> Iterator[Row]:
    """Yield C1: still lines at seven lengths and three settings."""
    for n in SIZES:
        for level, spread in SETTINGS:
            still: Simulator = functools.partial(simulate.simulate_none, n=n, level=level, spread=spread)
            alarms = measure_alarms(still, runs, n)
            where = f"n={n} level={level:g} spread={spread:g}"
            yield "C1 scan", where, alarms.scan, "<=", 0.06
            yield "C1 both keys", where, alarms.both, "<=", 0.02


def check_voices(runs: int) -> Iterator[Row]:
    """Yield C2: two voices in one outlet, in no order."""
    for n in (12, 20, 40):
        alarms = measure_alarms(functools.partial(simulate.simulate_voices, n=n), runs, n)
        yield "C2 both keys", f"n={n}", alarms.both, "<=", 0.03
        yield "C2 posterior alone", f"n={n}", alarms.posterior, "", None


def check_mix(runs: int) -> Iterator[Row]:
    """Yield C3: one outlet takes over from another, neither changes."""
    for n in (12, 20, 40):
        alarms = measure_mix(n, runs, n)
        yield "C3 stratified scan", f"n={n}", alarms.stratified, "<=", 0.06
        yield "C3 pooled alarms named mix", f"n={n}", alarms.named, ">=", 0.9
        yield "C3 pooled scan", f"n={n}", alarms.pooled, "", None


def check_dependence(runs: int) -> Iterator[Row]:
    """Yield C4: serial dependence, and a drift of one point."""
    for carry, mark in ((0.2, 0.05), (0.4, 0.10)):
        for n in (12, 20, 40):
            alarms = measure_alarms(functools.partial(simulate.simulate_serial, n=n, carry=carry), runs, n)
            yield "C4 both keys", f"AR(1) {carry} n={n}", alarms.both, "<=", mark
            yield "C4 scan alone", f"AR(1) {carry} n={n}", alarms.scan, "", None
    for n in (40, 80):
        drifting: Simulator = functools.partial(simulate.simulate_drift, n=n)
        over_turn, best = measure_drift(drifting, runs, n)
        yield "C4 drift over turn", f"1-point drift n={n}", over_turn, ">=", 0.6
        yield "C4 drift over both", f"1-point drift n={n}", best, "", None
        yield "C4 both keys", f"1-point drift n={n}", measure_alarms(drifting, runs, n).both, "", None


def check_coverage(runs: int) -> Iterator[Row]:
    """Yield C6: the 95 % date set for steps of 1, 2 and 3 points and three kinds of dates."""
    for dates in ("regular", "bursty", "blurred"):
        for size in (1.0, 2.0, 3.0):
            for n in (12, 20, 40):
                covered = measure_coverage(_step(n, size, dates), runs, n)
                where = f"{dates} step={size:g} n={n} (mean {covered.days:.0f} days)"
                yield "C6 coverage", where, covered.overall, ">=", 0.93
                yield (
                    "C6 coverage if flagged",
                    f"{where}, {covered.share_flagged:.2f} flagged",
                    covered.flagged,
                    "",
                    None,
                )


def _step(n: int, size: float, dates: str) -> Simulator:
    calendar: simulate.Calendar = "bursty" if dates == "bursty" else "regular"
    step: Simulator = functools.partial(simulate.simulate_step, n=n, size=size, calendar=calendar)
    return (lambda rng: simulate.blur_days(rng, step(rng), 7)) if dates == "blurred" else step


def check_ranks(runs: int) -> Iterator[Row]:
    """Yield C5: series drawn from the prior; the posterior mass before the true day is uniform (Talts et al. 2018)."""
    ranks = measure_ranks(max(runs, 200), 5)
    counts = np.histogram(ranks, 10, (0, 1))[0]
    yield (
        "C5 chi-square p of ranks",
        f"{len(ranks)} series, 10 bins",
        float(chisquare(counts).pvalue),
        ">=",
        0.01,
    )


def check_estimators(runs: int) -> Iterator[Row]:
    """Yield C7: corrected changes at machine errors equal, different and of opposite sign, passages alike or not."""
    for items, labelled in ((20, 6), (40, 10), (40, 20), (120, 30)):
        for weight in (1.0, None):
            hits = measure_hits(items, labelled, runs * 4, items, weight=weight)
            if "corrected" in hits:
                where = f"{items} items, {labelled} labels, weight {weight or 'fitted'} (width {hits['corrected'].width:.2f})"
                yield "C7 least coverage", where, hits["corrected"].rate, ">=", 0.93
                yield "C7 most coverage", where, hits["corrected"].rate, "<=", 0.97
                only = hits["labels only"]
                yield "C7 labels only", f"width {only.width:.2f}", only.rate, "", None
    for alike in (0.0, 0.3, 0.6):
        for errors in ((0.3, 0.3), (0.5, 0.2), (0.5, -0.5)):
            hits = measure_hits(80, 24, runs * 4, 7, weight=None, faults=Faults(*errors, alike))
            where = f"errors {errors[0]:+g}/{errors[1]:+g} ICC {alike:g}"
            yield "C7 least coverage", where, hits["corrected"].rate, ">=", 0.93
            yield "C7 most coverage", where, hits["corrected"].rate, "<=", 0.97
            mark = None if errors[0] == errors[1] else 0.9
            yield "C7 naive must fail", where, hits["naive"].rate, "<=" if mark else "", mark


def check_picked(_: int) -> Iterator[Row]:
    """Yield C8: labels that an analyst picked are refused."""
    truth = simulate_coding(np.random.default_rng(1), 40, 20, is_picked=True)
    found = estimate_change(truth.before, truth.after, weight=1.0)
    yield (
        "C8 corrected although picked",
        found.refused or "not refused",
        float(found.corrected is not None),
        "<=",
        0.0,
    )


def check_discoveries(runs: int) -> Iterator[Row]:
    """Yield C9: the mean share of false discoveries among forty series that resemble each other."""
    for share in (0.0, 0.1, 0.3):
        rng, shares, found = np.random.default_rng(9), [], 0
        for _ in range(max(5, runs // 5)):
            common = rng.normal(size=30)
            truth = rng.random(40) < share
            p_values = []
            for turned in truth:
                level = (
                    np.where(np.arange(30) >= rng.integers(8, 22), 1.5, -1.5) if turned else np.full(30, -1.0)
                )
                scores = np.clip(np.round(level + 0.5 * common + 0.87 * rng.normal(size=30)), -3, 3)
                p_values.append(scan_turn(range(30), scores, draws=999).p_value)
            kept = np.array(keep_discoveries(p_values))
            shares.append((kept & ~truth).sum() / max(1, kept.sum()))
            found += int((kept & truth).sum())
        yield "C9 false discoveries", f"{share:.0%} turned, {found} found", float(np.mean(shares)), "<=", 0.07


def check_alerts(runs: int) -> Iterator[Row]:
    """Yield how often the live alert comes in lines that do not turn, an item at a time; no mark is set."""
    lines: tuple[tuple[str, Simulator], ...] = (
        ("still", lambda rng: simulate.simulate_none(rng, 40)),
        ("two voices", lambda rng: simulate.simulate_voices(rng, 40)),
        ("AR(1) .4", lambda rng: simulate.simulate_serial(rng, 40)),
    )
    for name, line in lines:
        found = measure_alerts(line, max(10, runs // 2), 5)
        yield (
            "alerts for each item",
            f"{name}, in {found.ever:.2f} of the series at all",
            found.per_item,
            "<=",
            None,
        )


def check_invariances(_: int) -> Iterator[Row]:
    """Yield C11: the largest change of P(turn) when items are shuffled, mirrored, moved or renamed."""
    rng = np.random.default_rng(4)
    days, scores = np.sort(rng.integers(0, 365, 40)), rng.integers(-3, 4, 40)
    spans, names = [(int(day), int(day)) for day in days], ["pier", "lamp"] * 20
    plain = weigh_voices(spans, scores, names).turn.p_turn
    order = rng.permutation(40)
    variants = {
        "shuffled": ([spans[i] for i in order], scores[order], [names[i] for i in order]),
        "mirrored": (spans, -scores, names),
        "moved": ([(a + 9000, b + 9000) for a, b in spans], scores, names),
        "renamed": (spans, scores, [name[::-1] for name in names]),
    }
    for name, given in variants.items():
        yield "C11 distance", name, abs(weigh_voices(*given).turn.p_turn - plain), "<=", 1e-9


def check_closed_forms(_: int) -> Iterator[Row]:
    """Yield C12: p-values known by counting, as distances from them."""
    forms: tuple[tuple[int, int, Side, float], ...] = (
        (3, 1, "up", 1 / 4),
        (3, 1, "two", 1 / 2),
        (3, 3, "up", 1 / 20),
        (3, 3, "two", 1 / 10),
        (4, 4, "up", 1 / 70),
        (4, 4, "two", 1 / 35),
    )
    for before, after, side, p in forms:
        found = scan_turn(range(before + after), [-2] * before + [1] * after, side=side).p_value
        yield "C12 distance from form", f"{before}+{after} {side}: {found:.4f}", abs(found - p), "<=", 1e-12


def main() -> None:
    """Print every check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50, help="series a setting")
    runs = parser.parse_args().runs
    print(f"{runs} series a setting, {DRAWS} permutations a scan")
    checks = (
        check_no_change, check_voices, check_mix, check_dependence, check_ranks, check_coverage, check_estimators,
        check_picked, check_discoveries, check_alerts, check_invariances, check_closed_forms,
    )  # fmt: skip
    tally = [print_row(row, runs) for check in checks for row in check(runs)]
    print(f"{tally.count('miss')} of {len(tally) - tally.count('')} marks missed")


def print_row(row: Row, runs: int) -> str:
    """Print one row and return `ok`, `miss`, or nothing where no mark is set."""
    name, where, measured, sense, mark = row
    if mark is None or measured is None:
        print(f"{name:28}{where:58}{'-' if measured is None else f'{measured:.3f}':>7}")
        return ""
    held = measured <= mark if sense == "<=" else measured >= mark
    noise = 2 * (mark * (1 - mark) / runs) ** 0.5
    print(f"{name:28}{where:58}{measured:7.3f}  {sense} {mark:g} +-{noise:.3f}  {'ok' if held else 'miss'}")
    return "ok" if held else "miss"


if __name__ == "__main__":
    main()
