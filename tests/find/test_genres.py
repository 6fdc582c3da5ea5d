"""Texts of each genre, marked by hand before any finder read them: what is found in them, layer by layer, against the aims."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Scan
from .marked import FOLDER, Gold, Tally, read_genre, read_marked, score
from .paper import FORMS, write_paper

AIMS = {
    "items": 0.75,
    "item fields": 0.85,
    "markers": 0.95,
    "bodies": 0.95,
    "integrity": 0.95,
    "note kinds": 0.9,
    "references": 0.95,
    "captions": 0.7,
    "aliases": 0.8,
    "places": 1.0,
    "report": 0.75,
}
GENRES = sorted(path.stem for path in Path(FOLDER).glob("*.txt"))


def check(gold: Gold, tallies: dict[str, Tally]) -> None:
    """Assert that no layer lies below its aim; a layer below it is told with what was missed and what is wrong."""
    below = {name: tally for name, tally in tallies.items() if tally.f1 < AIMS[name]}
    assert not below, gold.text[:60]


@pytest.mark.parametrize("name", GENRES)
def test_a_genre(scan: Scan, name: str) -> None:
    """Each layer of a text of this genre reaches the aim."""
    gold = read_genre(name)
    check(gold, score(gold, scan(gold.text).scan))


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_with_105_endnotes(scan: Scan, form: str) -> None:
    """Each marker is bound to its note, however markers are printed; the lost note and the lost marker are told."""
    gold = read_marked(write_paper(form))
    look = scan(gold.text)
    check(gold, score(gold, look.scan))
    assert look.scan["notes"]["dangling_markers"] == ["57"]
    assert look.scan["notes"]["orphan_bodies"] == ["88"]


def test_a_miss_is_told() -> None:
    """A scan that found nothing scores nothing, and every mark is among the missed."""
    gold = read_marked("A man.⟦M|1⟧\n\n1. ⟦B 1 source|Ibid.⟧\n⟦⟧\naliases: [[A, B]]")
    nothing = {"items": [], "citations": [], "captions": [], "aliases": [], "places": [], "report": {}}
    tallies = score(gold, {**nothing, "notes": {"markers": [], "bodies": []}})
    assert gold.text == "A man.1\n\n1. Ibid."
    assert [tallies[name].f1 for name in ("markers", "bodies", "integrity", "aliases", "items")] == [
        0,
        0,
        0,
        0,
        1,
    ]
    assert tallies["markers"].missed == (("1", 6, 7),)
