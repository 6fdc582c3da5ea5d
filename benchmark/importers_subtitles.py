"""Prints how many of the public caption samples are read as they should be, and names each that is not.

    python benchmark/importers_subtitles.py

Data: `bench/importers/{subtitles,srt}` under `../shared` or the folder that LINEWATCH_SHARED names; skipped, saying so, without it.
What each sample should give was written down by hand from the sample and the WebVTT standard:
the words of each cue that is shown, some of its times, and how many stretches are no cue. A file is right when all of it
holds, set aside when it holds no cue and the reader says so, wrong otherwise. A benchmark, never a test.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from linewatch.model import Document
from linewatch.read.subtitles import read

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
FOLDERS = ("subtitles/tests/subtitles", "srt/srt_tools/tests/files")


class Expected(NamedTuple):
    """What a sample should give."""

    cues: tuple[str, ...]
    first: int | None = None
    """When the first cue begins, in milliseconds."""
    last: int | None = None
    """When the last cue ends."""
    broken: int = 0
    """Stretches that are no cue and no part of the format."""


def number(*numbers: int) -> tuple[str, ...]:
    """Return the words of the cues that most samples number."""
    return tuple(f"Caption text #{one}" for one in numbers)


NONE = Expected(())
EXPECTED = {
    "captions_with_bom.vtt": Expected(number(1, 2, 3, 4), 500, 21580),
    "comments.vtt": Expected(
        ("- Ta en kopp varmt te. - Det är inte varmt.", "- Har en kopp te. - Det smakar som te.", "- Ta en kopp"), 135000, 150000
    ),
    "cue_tags.vtt": Expected(("When the moon hits your eye", "Like a big-a pizza pie", "That's amore"), 16500, 21500),
    "empty.vtt": NONE,
    "invalid.vtt": Expected(number(*range(1, 8)), 500, 30280),
    "invalid_format.sbv": Expected((), broken=1),
    "invalid_format1.srt": Expected((), broken=1),
    "invalid_format2.srt": Expected((), broken=1),
    "invalid_format3.srt": Expected((), broken=1),
    "invalid_format4.srt": NONE,
    "invalid_timeframe.sbv": Expected(number(1, 2, 4, 5), 378, 16543, 1),
    "invalid_timeframe.srt": Expected(number(1, 2, 3, 4, 5), 500, 23880),
    "invalid_timeframe.vtt": Expected(number(1, 3, 4, 5, 6, 7), 500, 30280, 1),
    "invalid_timeframe_in_cue_text.vtt": Expected(number(1, 2, 3), 500, 16320),
    "metadata_headers.vtt": Expected(number(1, 2), 500, 11890),
    "metadata_headers_multiline.vtt": Expected(number(1, 2), 500, 11890),
    "missing_caption_text.sbv": Expected(number(1, 3, 4, 5), 378, 16543),
    "missing_caption_text.srt": Expected(number(1, 3, 4, 5), 500, 23880),
    "missing_caption_text.vtt": Expected(number(1, 3, 4, 5), 500, 23880),
    "missing_timeframe.sbv": Expected(number(1, 3, 4, 5), 378, 16543, 1),
    "missing_timeframe.srt": Expected(number(1, 3, 4, 5), 500, 23880, 1),
    "missing_timeframe.vtt": Expected(number(1, 3, 4, 5, 6, 7), 500, 30280, 1),
    "no_captions.vtt": NONE,
    "one_caption.srt": Expected(number(1), 500, 7000),
    "one_caption.vtt": Expected(number(1), 500, 7000),
    "sample.sbv": Expected(
        (*number(1, 2), "Caption text #3 (line 1) Caption text #3 (line 2)", *number(4, 5)), 378, 16543
    ),
    "sample.srt": Expected(number(1, 2, 3, 4, 5), 500, 23880),
    "sample.vtt": Expected(number(*range(1, 17)), 500, 64300),
    "styles.vtt": Expected(("- Hello world.",), 0, 10000),
    "two_captions.sbv": Expected(("Caption text #1", "Caption text #2 (line 1) Caption text #2 (line 2)"), 378, 12305),
    "using_identifiers.vtt": Expected(number(*range(1, 7)), 500, 27280),
    "youtube_dl.vtt": Expected(("yeah", "what", "this will happen is I'm telling"), 286070, 305069),
    "ascii.srt": Expected(("ascii", "oh look", "ascii everywhere"), 27000, 36570),
    "gb2312.srt": Expected(tuple(["(in Chinese letters, GB 2312)"] * 3), 27000, 36570),
}  # fmt: skip


def judge(document: Document, expected: Expected) -> str:
    """Return how a sample came out, and what differs."""
    cues = tuple(document.text[block.start : block.end] for block in document.blocks)
    broken = sum(one.kind == "broken-cue" and "not a cue" in one.message for one in document.problems)
    if cues != expected.cues:
        return f"wrong: {len(cues)} cues for {len(expected.cues)}: {cues}"
    if broken != expected.broken:
        return f"wrong: {broken} stretches that are no cue for {expected.broken}"
    if not cues:
        return "set aside" if document.problems else "wrong: nothing is said of a file without cues"
    times = document.blocks[0].begins_ms, document.blocks[-1].ends_ms
    return "right" if times == (expected.first, expected.last) else f"wrong: times {times}"


def main() -> None:
    """Print the counts, and each sample that is not read as it should be."""
    counts: Counter[str] = Counter()
    for folder in FOLDERS:
        place = SHARED / "bench" / "importers" / folder
        if not place.is_dir():
            print(f"skipped: no samples in {place}")
            continue
        for path in sorted(place.iterdir()):
            document = read(path.read_bytes(), evidence="sha256:0")
            outcome = judge(document, EXPECTED[path.name])
            whole = sum(one.size for one in document.portions) == path.stat().st_size
            counts[outcome.partition(":")[0]] += 1
            counts["bytes accounted for"] += whole
            if outcome != "right":
                print(f"  {path.name}: {outcome} {[one.message for one in document.problems]}")
    print(dict(counts))


if __name__ == "__main__":
    main()
