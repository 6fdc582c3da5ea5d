"""A canon as data: how it is cited, what its units are called, and an edition's text where one is at hand."""

from __future__ import annotations

from linewatch.model.value import Value


class Canon(Value, frozen=True, kw_only=True):
    """A canonical text: scripture, charter, programme, law."""

    name: str
    """`quran`, `bible`, `charter`."""
    title: str
    numbering: str | None = None
    """What the numbers of a locator count: `sura:verse`, `book chapter:verse`, `article:clause`."""
    locators: tuple[str, ...] = ()
    """Words that introduce a locator: `Quran`, `Charter`, `Article`."""
    books: dict[str, tuple[str, ...]] = {}
    """For canons with named books or chapters: number or name, and its spellings."""
    sizes: dict[str, int] = {}
    """How many verses or clauses each book or chapter has, where known."""
    edition: str | None = None
    language: str | None = None
    licence: str | None = None
    units: dict[str, str] = {}
    """Reference to text, `4:2` to the clause's words; empty where no edition is at hand."""
