"""Prints how fast and in how much memory exports are read, beside `ijson` alone, and whether gathering slows down as a case grows.

python benchmark/importers.py                     10 MB an export, 3,000 files, 20,000 records
python benchmark/importers.py --large             500 MB an export, 100,000 files, 1,000,000 records
python benchmark/importers.py --samples FOLDER    counts over real exports as well: right, set aside, wrong
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import ijson

from linewatch.gather.run import Given, gather
from linewatch.read import telegram
from linewatch.read.base import Record
from linewatch.read.records import Source, join_records, make_namer
from linewatch.read.run import read
from linewatch.store.case import make_case
from linewatch.text.media import find_media_type

WORDS = (
    "They signed the Harbour Pledge and set it aside that winter; the lamp is lit for them at the pier. " * 3
)


def make_export(path: Path, generation: int, *, size: int = 1 << 62, records: int = 1 << 62) -> int:
    """Write an export of a channel up to a size or a number of messages; returns how many it holds."""
    number = 0
    with path.open("w", encoding="utf-8") as out:
        out.write('{\n "name": "The Lamp",\n "type": "public_channel",\n "id": 77,\n "messages": [\n')
        while out.tell() < size and number < records:
            number += 1
            words = f"{number}. {WORDS}"
            message = {"id": number, "type": "message", "date": "2031-05-02T13:00:00", "from": "The Lamp"}
            message |= {"from_id": 77 if generation == 1 else "channel77"}
            message |= {"date_unixtime": "1935482400"} if generation > 1 else {}
            message |= {"text": words}
            message |= {"text_entities": [{"type": "plain", "text": words}]} if generation > 2 else {}
            out.write((",\n" if number > 1 else "") + json.dumps(message, indent=1))
        out.write("\n ]\n}")
    return number


def read_one(path: Path, way: str) -> None:
    """Read an export in one of two ways and print the records, seconds and peak megabytes: one process each."""
    start = time.perf_counter()
    with path.open("rb") as file:
        if way == "ijson":
            count = sum(1 for _ in ijson.items(file, "messages.item"))
        else:
            made = join_records(
                telegram.read_records(file), Source("sha256:0", telegram.NAME), make_namer(b"k")
            )
            count, size = 0, 0
            for document in made:
                count += len(document.blocks)
                size += sum(portion.size for portion in document.portions)
            assert size == path.stat().st_size, "the portions do not add up to the file"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"records": count, "seconds": time.perf_counter() - start, "peak": peak}))


def compare_readers(folder: Path, size: int) -> None:
    """Print both ways on an export of each generation."""
    for generation in (1, 2, 3):
        path = folder / f"result{generation}.json"
        held = make_export(path, generation, size=size)
        for way in ("linewatch", "ijson"):
            ran = subprocess.run(
                [sys.executable, __file__, "--one", way, str(path)],
                capture_output=True, check=True, text=True,
            )  # fmt: skip
            told = json.loads(ran.stdout)
            whole = "all" if told["records"] == held else f"{told['records']} of {held}"
            print(
                f"generation {generation}, {size >> 20} MB, {way:10}{told['records'] / told['seconds']:10,.0f} records/s"
                f"{told['peak']:7.0f} MB (needed within 300)  {whole} accounted for"
            )
        path.unlink()


def grow(folder: Path, files: int, records: int) -> None:
    """Print the rate of each tenth while a case grows, by files and by records."""
    os.environ["LINEWATCH_STATE"] = str(folder / "state")
    case = make_case(folder / "case")
    for tenth in range(10):
        inbox = folder / f"in{tenth}"
        inbox.mkdir()
        for n in range(files // 10):
            (inbox / f"{n}.txt").write_text(f"{tenth} {n} {WORDS}")
        tell_rate(f"gather, files {tenth + 1}/10", files // 10, lambda inbox=inbox: gather(case, [inbox], given=Given(), tell=lambda _step: None))  # fmt: skip
    other = make_case(folder / "other")
    for tenth in range(10):
        path = folder / f"export{tenth}.json"
        make_export(path, 3, records=records // 10)
        # Another name a tenth: another chat, so that nothing is joined.
        path.write_text(path.read_text().replace('"The Lamp"', f'"The Lamp {tenth}"'))
        gather(other, [path], given=Given(), tell=lambda _step: None)
        tell_rate(
            f"read, records {tenth + 1}/10", records // 10, lambda: read(other, tell=lambda _step: None)
        )


def tell_rate(what: str, count: int, call) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - any call
    """Print how many a second a call takes in."""
    start = time.perf_counter()
    call()
    print(f"{what:26}{count / (time.perf_counter() - start):10,.0f} a second")


def count_samples(folder: Path) -> None:
    """Print for each JSON export under a folder how many messages are records, set aside, and accounted for by no one."""
    for path in sorted(folder.rglob("*.json")):
        data = path.read_bytes()
        if find_media_type(data, path.name) not in telegram.MEDIA_TYPES:
            continue
        with path.open("rb") as file:
            met = list(telegram.read_records(file))
        held = len(json.loads(data).get("messages", []))
        kinds = Counter(
            "right" if isinstance(one, Record) else one.outcome
            for one in met
            if one.where.startswith("message ")
        )
        wrong = held - sum(kinds.values()) + (sum(one.size for one in met) != len(data))
        print(f"{path.relative_to(folder)}: {held} messages, {dict(kinds)}, wrong {wrong}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--one", nargs=2)
    asked = parser.parse_args()
    if asked.one:
        read_one(Path(asked.one[1]), asked.one[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        compare_readers(Path(folder), (500 if asked.large else 10) << 20)
        grow(Path(folder), *((100_000, 1_000_000) if asked.large else (3_000, 20_000)))
    if asked.samples:
        count_samples(asked.samples)


if __name__ == "__main__":
    main()
