"""Prints how many of the public WARC and ARC samples are opened as they should be, names each that is not, and fuzzes them.

    python benchmark/importers_warc.py [--fuzz SECONDS]

Data: `bench/importers/warc` under `../shared` or the folder that LINEWATCH_SHARED names; skipped, saying so, without it.
What each sample should give was written down by hand from the sample: how many captures become evidence, which Problems are told,
and how many records there are. A sample whose every record is set aside, with a reason, as it should be counts as such.
`--fuzz` damages the samples at random, with the seed printed, for so long: a crash, or bytes not accounted for, is named.
A benchmark, never a test.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from linewatch.gather.base import Child
from linewatch.gather.warc import unpack
from linewatch.gather.warc_records import Found, list_records

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = SHARED / "bench" / "importers" / "warc" / "test" / "data"
SEED = 612


class Expected(NamedTuple):
    """What a sample should give."""

    captures: int
    records: int
    problems: tuple[str, ...] = ()


EXPECTED = {
    "bad.arc": Expected(0, 4),
    "example-bad-non-chunked.warc.gz": Expected(1, 6, ("irregular",)),
    "example-bad.warc.gz.bad": Expected(1, 6, ("irregular",)),
    "example-digest.warc": Expected(0, 4, ("digest-failed",)),
    "example-iana.org-chunked.warc": Expected(1, 3),
    "example-resource.warc.gz": Expected(1, 3),
    "example-space-in-target-uri.warc.gz": Expected(0, 2),
    "example-space-in-url.arc": Expected(1, 2, ("truncated",)),
    "example-trunc.warc": Expected(1, 4, ("broken-record", "digest-failed")),
    "example-wget-bad-target-uri.warc.gz": Expected(1, 6),
    "example-wrong-chunks.warc.gz": Expected(1, 2, ("digest-failed", "irregular")),
    "example.arc": Expected(1, 2),
    "example.arc.gz": Expected(1, 2),
    "example.warc": Expected(1, 6),
    "example.warc.gz": Expected(1, 6),
    "post-test.warc.gz": Expected(0, 6, ("credentials",)),
}


def judge(data: bytes) -> Expected:
    """Return what a sample gives."""
    found = list(unpack(io.BytesIO(data)))
    records = sum(isinstance(one, Found) for one in list_records(io.BytesIO(data)))
    problems = sorted({one.problem for one in found if not isinstance(one, Child) and one.problem})
    return Expected(sum(isinstance(one, Child) for one in found), records, tuple(problems))


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return a sample with bytes changed, cut, doubled or put in another order."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    if chance.random() < 0.3:
        start = chance.randrange(len(out))
        out[start:start] = out[chance.randrange(len(out)) :][:400]
    return bytes(out[: chance.randrange(1, len(out))] if chance.random() < 0.3 else out)


def fuzz(samples: list[bytes], seconds: float) -> None:
    """Open damaged samples for a while, and print what went wrong."""
    chance, end, runs, slowest = random.Random(SEED), time.monotonic() + seconds, 0, 0.0
    faults: Counter[str] = Counter()
    while time.monotonic() < end:
        data, start = damage(chance.choice(samples), chance), time.monotonic()
        try:
            judge(data)
            packed = data[:1] == b"\x1f"
            if not packed and sum(one.size for one in list_records(io.BytesIO(data))) != len(data):
                faults["bytes not accounted for"] += 1
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            faults[repr(error)[:120]] += 1
        runs, slowest = runs + 1, max(slowest, time.monotonic() - start)
    print(f"fuzz: {runs} damaged archives, seed {SEED}, slowest {slowest:.2f} s, faults {dict(faults)}")


def main() -> None:
    """Print the counts."""
    options = argparse.ArgumentParser()
    options.add_argument("--fuzz", type=float, default=0, metavar="SECONDS")
    seconds = options.parse_args().fuzz
    if not FOLDER.is_dir():
        print(f"skipped: no samples in {FOLDER}")
        return
    counts: Counter[str] = Counter()
    paths = sorted(FOLDER.iterdir())
    for path in paths:
        found = judge(path.read_bytes())
        right = found == EXPECTED.get(path.name)
        counts["wrong" if not right else "right" if found.captures else "set aside"] += 1
        if not right or not found.captures:
            print(f"  {path.name}: {found}" + ("" if right else f", not {EXPECTED.get(path.name)}"))
    print(dict(counts))
    if seconds:
        fuzz([path.read_bytes() for path in paths], seconds)


if __name__ == "__main__":
    main()
