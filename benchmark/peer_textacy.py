"""Runs textacy's quotation extraction in a guest's environment: texts as JSON on standard input, spans as JSON on standard output.

Imports nothing of Linewatch. `python peer_textacy.py MODEL < texts.json`
"""

from __future__ import annotations

import json
import sys
import time
from importlib import metadata
from typing import Any


def find(nlp: Any, text: str, *, by_paragraph: bool) -> tuple[list[list[int]], bool]:
    """Return the spans found in a text, and whether textacy refused any of it."""
    from textacy import extract

    spans, refused, at = [], False, 0
    # Two straight single marks stand for one double mark; the offsets stay.
    pieces = text.replace("''", ' "').split("\n") if by_paragraph else [text]
    for piece in pieces:
        try:
            for one in extract.direct_quotations(nlp(piece)):
                content = one.content
                spans.append([at + content.start_char, at + content.end_char])
        except ValueError:
            refused = True
        at += len(piece) + 1
    return spans, refused


def main() -> None:
    """Read the texts, find raw and by paragraph, and print spans, refusals, seconds and versions."""
    import spacy

    nlp = spacy.load(sys.argv[1])
    texts = json.load(sys.stdin)
    told: dict[str, Any] = {
        "versions": {name: metadata.version(name) for name in ("textacy", "spacy")} | {"model": sys.argv[1]}
    }
    for mode in ("raw", "paragraph"):
        started = time.process_time()
        found = [find(nlp, text, by_paragraph=mode == "paragraph") for text in texts]
        told[mode] = {
            "spans": [spans for spans, _ in found],
            "refused": sum(refused for _, refused in found),
            "seconds": time.process_time() - started,
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
