"""Reads the texts in `second/`, which carry both kinds of signs: those of `genre_texts` for speech and those of `marked` for all else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from .genre_texts import Expected, parse_text
from .marked import Gold, read_marked

FOLDER = Path(__file__).parent / "second"
_SPEECH = re.compile(r"⟪[^|⟪⟫]*\||⟫")
_REST = re.compile(r"⟦[IMBCR][^|⟧]*\||⟧")


class Second(NamedTuple):
    """A text without its signs, and what either kind says."""

    gold: Gold
    quotations: list[Expected]


def read_second(path: Path) -> Second:
    """Return a text and what is to be found in it."""
    marked = path.read_text(encoding="utf-8")
    gold = read_marked(_SPEECH.sub("", marked))
    text, quotations = parse_text(_REST.sub("", marked.partition("\n⟦⟧\n")[0]))
    if text != gold.text:
        raise ValueError(f"{path.name}: the two kinds of signs leave two texts")
    return Second(gold, quotations)
