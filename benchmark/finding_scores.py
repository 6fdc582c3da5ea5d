"""Precision, recall and F1 over spans, exact and relaxed, and where the texts for measuring are. Nothing of them is copied here."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
RELAXED = 0.8
"""Intersection over union from which a span counts as found."""

Pair = tuple[int, int]


@dataclass
class Score:
    """How many were right, how many were found, how many there are."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Count a text's figures in."""
        self.right, self.found, self.gold = self.right + right, self.found + found, self.gold + gold

    def add_sets(self, found: Collection[Hashable], gold: Collection[Hashable]) -> None:
        """Count in what two collections have in common."""
        self.add(len(set(found) & set(gold)), len(set(found)), len(set(gold)))

    def add_relaxed(self, found: Iterable[Pair], gold: Iterable[Pair]) -> None:
        """Count in spans matched one to one whose overlap is large enough."""
        ours, theirs = sorted(set(found)), sorted(set(gold))
        self.add(count_matches(ours, theirs), len(ours), len(theirs))

    @property
    def precision(self) -> float:
        """Return how much of what was found is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return how much of what there is was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}   "
            f"({self.right} right of {self.found} found, {self.gold} there)"
        )


def count_matches(found: Iterable[Pair], gold: Iterable[Pair]) -> int:
    """Return how many spans can be matched one to one, the best first."""
    ours, theirs = list(found), list(gold)
    scored = sorted(
        (
            (overlap, -i, -j)
            for i, one in enumerate(ours)
            for j, other in enumerate(theirs)
            if (overlap := get_overlap(one, other)) >= RELAXED
        ),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    count = 0
    for _, i, j in scored:
        if ("ours", i) not in used and ("theirs", j) not in used:
            used |= {("ours", i), ("theirs", j)}
            count += 1
    return count


def get_overlap(one: Pair, other: Pair) -> float:
    """Return intersection over union."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped file with one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_list(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a gzipped list."""
    entries: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))
    return entries


def tell_missing(path: Path, what: str) -> bool:
    """Print a sentence where a measurement's texts are not there; returns whether they are missing."""
    if path.exists():
        return False
    print(f"{what}: skipped, {path} is not there")
    return True
