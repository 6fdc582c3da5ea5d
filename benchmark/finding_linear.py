"""Shows that no text makes the finders backtrack: the time for a megabyte of one thing, beside half and a quarter of it.

Without a model, whose parser is not ours. A factor near 2 from row to row is linear; 4 would be quadratic.
"""

from __future__ import annotations

import os
import sys
import time

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.read.registry import read_bytes

UNITS = {
    "straight marks": '"', "single marks": "'", "opening marks": "“", "mixed marks": "\"'“”‘’«»", "brackets": "[", "note markers": "[1]", "digits": "1", "locators": "1:1 ",
    "capitals": "A", "names": "Ada Merrow ", "speech": '"Yes it is," he said. ', "speech by name": '"Yes it is," said Ada Merrow, 67, of Sker, ', "verbs": "said ", "commas": ", ", "aliases": "aka Tom ",
    "releases": "The League released a film. ", "turns": "[MERROW] No. ", "headers": "OSTREL, 7 MAR 31 (RADIO) -- [TEXT] ", "Arabic": "قال فلان «نعم» ", "vowel marks": "\u064e", "combining marks": "\u0301",
    "spaces": " ", "lines": "a\n", "colons": "He said: ", "stops": ". ", "emoji": "🚣",
    "flat markers": "boats,1,2 and 3.4 ", "note lines": "boats1 went.\n\n1. Ibid.\n\n", "Roman numerals": "Matt. xvi. 1 ", "organisations": "Hesper released a film by Hesper members, ",
    "dated releases": "On 3 May 2031 the League released a video. A second video, published two days later, was longer. ", "issues": "Issue 88 of The Lamp carried a letter. ",
    "or names": "The Lantern Society, or Jamiat, ", "title lines": "Title: A\n",
}  # fmt: skip
SIZES = (250_000, 500_000, 1_000_000)
SLOW = 2.6


def measure(unit: str, size: int) -> float:
    """Return the seconds of processor time for a text of so many code points."""
    text = f"Head of it\n\nThe rowers came to the pier and sat down.\n\n{unit * (size // len(unit))}\n"
    started = time.process_time()
    find_all(Reading(document=read_bytes(text.encode(), "text.txt"), canons=load_canons(None)))
    return time.process_time() - started


def main(only: str = "") -> None:
    """Print the seconds for each size and the factor of the last step."""
    os.environ["LINEWATCH_SPACY_MODEL"] = "none"
    print("Linear time: seconds for 0.25, 0.5 and 1 million code points (reading and finding, no model)")
    for name, unit in UNITS.items():
        if only and only not in name:
            continue
        spent = [measure(unit, size) for size in SIZES]
        factor = spent[-1] / spent[-2]
        told = "  <- more than linear" if factor > SLOW and spent[-1] > 1 else ""
        print(
            f"  {name:16} {'  '.join(f'{one:7.2f}' for one in spent)}   factor {factor:4.2f}{told}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
