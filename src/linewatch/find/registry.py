"""The finders in the order they run: each sees what those before it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from linewatch.find import (
    aliases,
    captions,
    citations,
    held,
    items,
    mentions,
    notes,
    places,
    quotations,
    report,
    sayings,
)
from linewatch.find.base import Finder, Reading
from linewatch.model import Finding

FINDERS: dict[str, Finder] = {
    finder.NAME: finder
    for finder in (
        report,
        captions,
        notes,
        places,
        aliases,
        held,
        items,
        quotations,
        citations,
        sayings,
        mentions,
    )
}


def find_all(reading: Reading, tell: Callable[[str], None] | None = None) -> tuple[Finding, ...]:
    """Return everything the finders find in a document, in the finders' order; `tell` is called with the name of each."""
    found: tuple[Finding, ...] = reading.found
    for name, finder in FINDERS.items():
        if tell is not None:
            tell(name)
        found = (*found, *finder.find(replace(reading, found=found)))
    return found
