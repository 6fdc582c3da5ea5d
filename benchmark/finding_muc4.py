"""Headers of monitored broadcasts on MUC-4's dev part: place, date, source, kind and speakers, beside the format as it is documented.

There is no gold for these: the figures compare two readings of the header, and a random sample is printed to be checked by hand.
"""

from __future__ import annotations

import random
import re
import sys
from typing import Any

from finding_scores import SHARED, Score, read_list, tell_missing
from linewatch.find.base import Reading
from linewatch.find.broadcast import Header, find_header
from linewatch.find.prose import get_prose
from linewatch.find.turns import list_turns
from linewatch.read.registry import read_bytes

PATH = SHARED / "bench" / "muc4" / "muc4_docs.json.gz"
SAMPLE = 50
_RECORDING = re.compile(r"\[BEGIN\s+RECORDING\]\s*\[([^\]]+)\]")


def measure(sample: int) -> None:
    """Print how often the header's parts agree with the documented format, and the sample."""
    entries = read_list(PATH)
    scores = {name: Score() for name in ("place", "date", "source", "recorded speakers")}
    told = []
    for entry in entries:
        reading = Reading(document=read_bytes(entry["text"].encode(), "item.txt"))
        header = find_header(reading)
        _score(entry, reading, header, scores)
        told.append(_tell(entry, reading, header))
    print(f"MUC-4, dev: {len(entries)} items, {sum(one is None for one in told)} without a header found")
    for name, score in scores.items():
        print(f"  {name:18} {score}")
    for one in random.Random(4).sample(told, sample):
        print(one)


def _score(entry: dict[str, Any], reading: Reading, header: Header | None, scores: dict[str, Score]) -> None:
    gold = entry.get("header") or {}
    ours = (
        {
            "place": header.place,
            "date": header.dated.days.iso if header.dated else None,
            "source": reading.text[slice(*header.source)] if header.source else None,
        }
        if header
        else {}
    )
    scores["place"].add(
        int(ours.get("place") == gold.get("place")), bool(ours.get("place")), bool(gold.get("place"))
    )
    scores["source"].add(
        int(ours.get("source") == gold.get("src") is not None),
        bool(ours.get("source")),
        bool(gold.get("src")),
    )
    dated = gold.get("date") not in {None, "NO DATE"}
    scores["date"].add(int(dated and bool(ours.get("date"))), bool(ours.get("date")), dated)
    turns = {turn.speaker for turn in list_turns(get_prose(reading), header)}
    spoken = {" ".join(name.split()) for name in _RECORDING.findall(entry["text"])}
    scores["recorded speakers"].add(len(turns & spoken), len(turns & spoken), len(spoken))


def _tell(entry: dict[str, Any], reading: Reading, header: Header | None) -> str | None:
    if header is None:
        return None
    first = " ".join(entry["text"][:230].split())
    turns = list_turns(get_prose(reading), header)
    said = "; ".join(
        f"{turn.speaker}: {' '.join(reading.text[turn.place.start : turn.place.start + 40].split())}"
        for turn in turns
    )
    source = reading.text[slice(*header.source)] if header.source else None
    iso = header.dated.days.iso if header.dated else None
    return f"{entry['id']}: {first}\n    place {header.place!r} date {iso} source {source!r} kind {header.kind} who {header.who!r}\n    turns: {said}"


def main(sample: int = SAMPLE) -> None:
    """Measure where the texts are there."""
    if not tell_missing(PATH, "MUC-4"):
        measure(sample)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
