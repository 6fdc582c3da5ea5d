"""What the finders' tests look through: a text scanned without a model, and what was found told in its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.model import Canon, Finding, Side
from linewatch.read import plain
from linewatch.resources import find_shipped

CHARTER = "examples/harbour-league/canons"


@dataclass(frozen=True)
class Look:
    """One scanned text."""

    text: str
    scan: dict[str, Any]
    found: tuple[Finding, ...]

    def cut(self, entry: dict[str, Any]) -> str:
        """Return the words at an entry's span."""
        return self.text[entry["start"] : entry["end"]]

    def list_quotations(self, *keys: str) -> list[tuple[Any, ...]]:
        """Return each quotation's words and the values named."""
        return [(self.cut(one), *(one[key] for key in keys)) for one in self.scan["quotations"]]

    def list_items(self, *keys: str) -> list[tuple[Any, ...]]:
        """Return the values named of each item."""
        return [tuple(one[key] for key in keys) for one in self.scan["items"]]

    def list_citations(self) -> list[tuple[str, str, str | None]]:
        """Return each locator, its reference and the words it vouches for."""
        return [
            (self.cut(one), one["ref"], self.text[slice(*one["quoted"])] if one["quoted"] else None)
            for one in self.scan["citations"]
        ]

    def list_notes(self) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Return the markers' numbers, and each body's number, words and kind."""
        notes = self.scan["notes"]
        bodies = [(one["n"], self.cut(one), one["kind"]) for one in notes["bodies"]]
        return [one["n"] for one in notes["markers"]], bodies


Scan = Callable[..., Look]
Body = Callable[..., Look]

OPENING = (
    "Harbour Watch\n\nMay 2, 2031\n\nWhat Was Heard On The Coast This Spring\n\n"
    "The rowers of the coast have kept their piers for ninety years, and hardly anybody there remembers a time before them.\n\n"
)
"""A head and a first paragraph in which there is nothing to find but the head, so that a short text is read as running text."""


@pytest.fixture(scope="session")
def canons() -> tuple[Canon, ...]:
    """Return the shipped canons and the Charter of the sample case."""
    return load_canons(find_shipped(CHARTER))


@pytest.fixture
def scan(canons: tuple[Canon, ...], monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Return a function that scans a text with no model installed."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")

    def look(
        text: str, *, side: Side = "about", stated: dict[str, str] | None = None, names: Sequence[str] = ()
    ) -> Look:
        document = plain.read(text.encode("utf-8", "surrogatepass"), evidence="sha256:test")
        reading = Reading(
            document=document, side=side, stated=stated or {}, names=tuple(names), canons=canons
        )
        found = find_all(reading)
        return Look(document.text, to_scan(document, found), found)

    return look


@pytest.fixture
def body(scan: Scan) -> Body:
    """Return a function that scans a few paragraphs as the running text of a report."""

    def look(paragraphs: str, **given: Any) -> Look:
        return scan(f"{OPENING}{paragraphs}\n", **given)

    return look
