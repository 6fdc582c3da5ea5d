"""The finders, in the order in which they run: each sees what those before it found."""

from __future__ import annotations

from dataclasses import replace

from linewatch.find import aliases, captions, citations, held, notes, places, report
from linewatch.find.base import Finder, Reading
from linewatch.model import Finding

FINDERS: dict[str, Finder] = {
    finder.NAME: finder for finder in (report, captions, notes, held, citations, aliases, places)
}
"""Every finder by its versioned name; a changed result is a new version."""


def find_all(reading: Reading) -> tuple[Finding, ...]:
    """Return everything the finders find in a document."""
    for finder in FINDERS.values():
        reading = replace(reading, found=(*reading.found, *finder.find(reading)))
    return reading.found
