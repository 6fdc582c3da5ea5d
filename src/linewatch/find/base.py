"""What a finder is, and what it is given. Finders are pure; `run` alone talks to the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from linewatch.model import Block, Canon, Document, Finding, Found, Side, Span, get_id
from linewatch.text.retrace import get_cut

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document with what is already known of it: what later finders build on."""

    document: Document
    side: Side = "about"
    stated: dict[str, str] = field(default_factory=dict)
    """What the catalogue or the analyst says: kind, publisher, outlet, tier, place, date, title, language."""
    names: tuple[str, ...] = ()
    """The watched organisation's names."""
    canons: tuple[Canon, ...] = ()
    found: tuple[Finding, ...] = ()
    """What the finders before this one found."""

    @property
    def text(self) -> str:
        """Return the document's text."""
        return self.document.text

    def list_blocks(self, *kinds: str) -> tuple[Block, ...]:
        """Return the blocks of these kinds, in order; all of them when none is named."""
        return tuple(block for block in self.document.blocks if not kinds or block.kind in kinds)

    def find_values(self, kind: type[V]) -> Iterator[tuple[Finding, V]]:
        """Yield what was found so far of one kind, with its finding."""
        for finding in self.found:
            if isinstance(finding.value, kind):
                yield finding, finding.value


class Finder(Protocol):
    """A module that finds one kind of thing."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Versioned: `quotations.v1`. A changed result is a new version."""
        ...

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Yield what this finder finds, each with its span and reason."""
        ...


def make_finding(  # noqa: PLR0913 - a span, a value, and who says so and why
    reading: Reading, start: int, end: int, value: Found, *, finder: str, reason: str, n: int = 0
) -> Finding:
    """Return the finding of `value` at `start:end`; `n` tells apart two of one kind at one place."""
    document = reading.document
    return Finding(
        id=get_finding_id(reading, type(value), start, end, n),
        span=Span(document=document.id, start=start, end=end),
        value=value,
        finder=finder,
        reason=reason,
        cut=get_cut(document.text[start:end]),
    )


def get_finding_id(reading: Reading, kind: type[Found], start: int, end: int, n: int = 0) -> str:
    """Return the id a finding of this kind at this place has: it stays when a better finder changes the value."""
    return get_id(kind.__struct_config__.tag, *reading.document.source, start, end, n)
