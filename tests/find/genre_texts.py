"""Reads the texts in `genres/`: where a careful reader marks a quotation, `⟪speaker|words⟫` stands, `⟪?speaker|words⟫` where either way is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "genres"
_SIGN = re.compile(r"⟪(?P<free>\??)(?P<who>[^|⟪⟫]*)\||⟫")
_DROPPED = frozenset({"the", "a", "an", "of", "in", "mr", "mrs"})


class Expected(NamedTuple):
    """One quotation as annotated: its place, the speakers that are right, and whether it may be left out."""

    start: int
    end: int
    speakers: tuple[str, ...]
    optional: bool


class Score(NamedTuple):
    """What one text comes to: quotations right, found and there, and speakers right of the quotations found."""

    right: int
    found: int
    there: int
    speakers: int


def read_text(path: Path) -> tuple[str, list[Expected]]:
    """Return a text without its signs, and what is expected in it."""
    return parse_text(path.read_text(encoding="utf-8"))


def parse_text(marked: str) -> tuple[str, list[Expected]]:
    """Return what `read_text` does, of words at hand."""
    parts: list[str] = []
    open_ones: list[tuple[int, str, bool]] = []
    found: list[Expected] = []
    at = length = 0
    for sign in _SIGN.finditer(marked):
        parts.append(marked[at : sign.start()])
        length, at = length + sign.start() - at, sign.end()
        if sign[0] == "⟫":
            start, who, optional = open_ones.pop()
            found.append(Expected(start, length, tuple(who.split("/")), optional))
        else:
            open_ones.append((length, sign["who"], bool(sign["free"])))
    return "".join((*parts, marked[at:])), sorted(found)


def count(expected: list[Expected], found: list[dict[str, Any]]) -> Score:
    """Return the score of what was found in a text; what is optional neither counts for nor against."""
    optional = {(one.start, one.end) for one in expected if one.optional}
    wanted = {(one.start, one.end): one for one in expected if not one.optional}
    ours = {(one["start"], one["end"]): one for one in found}
    told = {place: one for place, one in ours.items() if place not in optional}
    right = told.keys() & wanted.keys()
    named = sum(is_speaker(told[place]["speaker"], wanted[place]) for place in right)
    return Score(len(right), len(told), len(wanted), named)


def is_speaker(speaker: str | None, expected: Expected) -> bool:
    """Tell whether a speaker is one of those expected, or says the same with more or fewer words."""
    ours = _list_words(speaker or "")
    return any(
        ours and theirs and (ours <= theirs or theirs <= ours)
        for theirs in map(_list_words, expected.speakers)
    )


def _list_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.lower())) - _DROPPED
