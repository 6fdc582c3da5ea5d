"""Prints words per second of reading and finding on one core, on the sample case's reports, and peak memory.

A benchmark, never a test: run it on a quiet machine and compare ratios.
"""

from __future__ import annotations

import resource
import time

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import FINDERS, find_all
from linewatch.read.registry import read_bytes
from linewatch.resources import find_shipped

REPEATS = 5


def main() -> None:
    """Time the whole, then each finder by itself."""
    folder = find_shipped("examples/harbour-league/material/coastwatch")
    texts = [path.read_bytes() for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    canons = load_canons(None)
    readings = [Reading(document=read_bytes(text, "report.txt"), canons=canons) for text in texts]
    for reading in readings:
        find_all(reading)
    started = time.process_time()
    for _ in range(REPEATS):
        for text in texts:
            find_all(Reading(document=read_bytes(text, "report.txt"), canons=canons))
    spent = time.process_time() - started
    print(
        f"read + find: {words * REPEATS / spent:,.0f} words per second of one core ({words} words, {REPEATS} times)"
    )
    for name, finder in FINDERS.items():
        started = time.process_time()
        for reading in readings:
            list(finder.find(reading))
        print(f"  {name:20} {1000 * (time.process_time() - started):8.1f} ms once over all")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
