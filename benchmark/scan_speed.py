"""Prints how fast `scan` reads and finds, beside the same spaCy model run alone with exactly the pipes that `scan` enables.

Texts: the sample case's reports, and those under `../shared` (or the folder that LINEWATCH_SHARED names) where there are any.
Each part runs in a process of its own on one thread, so that its peak memory is its own; words per second are of processor
time. A benchmark, never a test: compare the figures of one run with one another.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.parsing import cut_text, load_model
from linewatch.find.registry import FINDERS, find_all
from linewatch.read.registry import read_bytes
from linewatch.resources import find_shipped
from linewatch.settings import get_model_name

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"
)
LEAST_SECONDS = 4.0
ALLOWED = 50.0
"""Per cent that reading and finding may add to the bare model."""

TIMES = itertools.count()
Text = tuple[str, bytes]


def list_texts() -> list[Text]:
    """Return the texts to measure on, with their names."""
    folders = [find_shipped("examples/harbour-league/material/coastwatch"), SHARED / "data" / "reports"]
    texts = [(path.name, path.read_bytes()) for folder in folders for path in sorted(folder.glob("*.txt"))]
    news = SHARED / "bench" / "re3d" / "re3d.json.gz"
    if news.exists():
        entries = json.loads(gzip.decompress(news.read_bytes()))
        texts += [(f"re3d-{entry['id']}.txt", entry["text"].encode()) for entry in entries]
    return texts


def scan(text: Text) -> None:
    """Read and find, as `linewatch scan` does; each time another text by a line's end, so that no parse is kept over."""
    name, data = text
    document = read_bytes(data + b"\n" * (next(TIMES) % 97), name)
    find_all(Reading(document=document, canons=load_canons(None)))


def run_model(text: Text) -> None:
    """Run the bare model on the same text in the same pieces."""
    model = load_model(get_model_name())
    for _, piece in cut_text(text[1].decode()):
        model(piece)


PARTS: dict[str, tuple[str, Callable[[Text], None], dict[str, str]]] = {
    "scan": ("scan, with the model", scan, {}),
    "model": ("the bare model alone", run_model, {}),
    "free": ("scan, without a model", scan, {"LINEWATCH_SPACY_MODEL": "none"}),
}


def measure(work: Callable[[Text], None], texts: Sequence[Text]) -> tuple[float, float]:
    """Return the seconds of processor time per round over all texts, after one to warm up, and peak megabytes."""
    for text in texts:
        work(text)
    rounds, started = 0, time.process_time()
    while rounds == 0 or time.process_time() - started < LEAST_SECONDS:
        for text in texts:
            work(text)
        rounds += 1
    seconds = (time.process_time() - started) / rounds
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure_apart(part: str) -> tuple[float, float]:
    """Return what `measure` does, run in a process of its own."""
    environment = {**os.environ, **ONE_THREAD, **PARTS[part][2]}
    done = subprocess.run(
        [sys.executable, __file__, part], env=environment, capture_output=True, text=True, check=True
    )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def measure_finders(texts: Sequence[Text]) -> dict[str, float]:
    """Return the seconds that each finder takes over all texts, what it shares with later ones counted to the first."""
    canons = load_canons(None)
    spent = dict.fromkeys(("reading", *FINDERS), 0.0)
    for name, data in texts:
        started = time.process_time()
        reading = Reading(document=read_bytes(data, name), canons=canons)
        spent["reading"] += time.process_time() - started
        for finder in FINDERS.values():
            started = time.process_time()
            found = tuple(finder.find(reading))
            spent[finder.NAME] += time.process_time() - started
            reading = replace(reading, found=(*reading.found, *found))
    return spent


def main() -> None:
    """Measure the three parts one after the other, then each finder by itself."""
    texts = list_texts()
    words = sum(len(data.split()) for _, data in texts)
    print(f"{len(texts)} texts, {words:,} words; one core, model {get_model_name()}")
    if not SHARED.exists():
        print(f"(no folder {SHARED}: only the sample's reports are measured)")
    spent = {}
    for part, (title, _, _) in PARTS.items():
        spent[part], memory = measure_apart(part)
        print(f"  {title:24} {words / spent[part]:9,.0f} words per second   {memory:5,.0f} MB at the peak")
    added = 100 * (spent["scan"] / spent["model"] - 1)
    print(f"ours adds {added:.0f} % to the bare model ({ALLOWED:.0f} % are allowed)")
    finders = measure_finders(texts)
    whole = sum(finders.values())
    for name, seconds in finders.items():
        print(f"  {name:16} {1000 * seconds:8.0f} ms  {100 * seconds / whole:4.0f} %")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(PARTS[sys.argv[1]][1], list_texts())))
    else:
        main()
