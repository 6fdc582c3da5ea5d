"""A second six texts, marked before any finder read them; what they came to on the first run is in decision 48."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Look, Scan
from .genre_texts import count
from .marked import score
from .second_texts import FOLDER, read_second

TEXTS = sorted(FOLDER.glob("*.txt"))
AIMS = {"items": 0.75, "markers": 0.95, "bodies": 0.95, "integrity": 0.95, "references": 0.95, "captions": 0.7, "aliases": 0.8, "places": 1.0}  # fmt: skip


@pytest.fixture
def looks(scan: Scan) -> list[tuple[Path, Look]]:
    """Return each text scanned."""
    return [(path, scan(read_second(path).gold.text)) for path in TEXTS]


def test_quotations_and_speakers(looks: list[tuple[Path, Look]]) -> None:
    """Over the six texts quotations are exact, and most have their speaker."""
    scores = [count(read_second(path).quotations, look.scan["quotations"]) for path, look in looks]
    right, found, there, speakers = (sum(column) for column in zip(*scores, strict=True))
    assert there == 62
    assert 2 * right / (found + there) >= 0.93
    assert speakers / right >= 0.85


def test_the_rest(looks: list[tuple[Path, Look]]) -> None:
    """Over the six texts items, notes, names and captions reach their aims."""
    tallies = [score(read_second(path).gold, look.scan) for path, look in looks]
    for layer, aim in AIMS.items():
        right = sum(one[layer].right for one in tallies)
        wrong = sum(len(one[layer].missed) + len(one[layer].wrong) for one in tallies)
        assert right > 0, layer
        assert 2 * right / (2 * right + wrong) >= aim, layer
