"""A long list in pages, the page in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from linewatch.web.visit import Visit

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, and the addresses of its neighbours."""

    rows: Sequence[T]
    first: int
    total: int
    before: str | None
    after: str | None

    @property
    def last(self) -> int:
        """Return the number of the last row shown."""
        return self.first + len(self.rows) - 1


def cut_page(rows: Sequence[T], visit: Visit, name: str = "page", size: int = 50) -> Page[T]:
    """Return the page of a list that the address names; a number beyond the end is the last page."""
    asked = visit.ask(name)
    last = max(0, (len(rows) - 1) // size)
    place = min(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0, last)
    return Page(
        rows=rows[place * size : (place + 1) * size],
        first=place * size + 1,
        total=len(rows),
        before=visit.here(**{name: str(place - 1)}) if place else None,
        after=visit.here(**{name: str(place + 1)}) if place < last else None,
    )
