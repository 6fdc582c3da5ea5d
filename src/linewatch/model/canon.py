"""A canon as data: how it is cited, what its units are called, and an edition's text where one is at hand."""

from __future__ import annotations

from typing import Literal

from linewatch.model.value import Value

EditionFormat = Literal["units", "tanzil", "usfm", "osis"]


class Edition(Value, frozen=True, kw_only=True):
    """One edition of a canon's text: whose it is, under what rights, and where it lies. The text is read when it is needed."""

    name: str
    language: str
    format: EditionFormat = "units"
    """`units` of the description itself, Tanzil's `sura|aya|text`, USFM or OSIS."""
    where: str = ""
    """A file, or `package:file` for a text that an installed package brings."""
    sha256: str = ""
    wording: str | None = None
    """Editions that share it are spellings of one text, such as `hafs`; a translation has its own."""
    translator: str | None = None
    source: str | None = None
    licence: str | None = None


class Scheme(Value, frozen=True, kw_only=True):
    """Another way to number a canon's units, with what turns its numbers into the edition's."""

    name: str
    title: str
    add: int = 0
    """What this scheme counts more than the edition, in every chapter but `except_chapters`."""
    except_chapters: tuple[str, ...] = ()
    within: int = 0
    """Where a scheme's verses differ by at most so many, in places that nobody has listed: told as a possibility only."""
    chapters: dict[str, str] = {}
    """Where whole chapters are numbered otherwise: the chapter there, and here."""


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
    """How many verses, clauses or chapters each chapter or book has, where known."""
    verses: dict[str, tuple[int, ...]] = {}
    """For canons with named books: how many verses each chapter of a book has."""
    elsewhere: dict[str, int] = {}
    """Chapters that another count makes longer, or has besides: `Psalms 51` has 21 verses in Hebrew, 19 in English."""
    optional: frozenset[str] = frozenset()
    """Units that whole editions may leave out: `Matthew 17:21` is not in the oldest manuscripts."""
    edition: str | None = None
    language: str | None = None
    licence: str | None = None
    editions: tuple[Edition, ...] = ()
    """Editions kept in files of their own; absent ones are not listed."""
    schemes: tuple[Scheme, ...] = ()
    joins: str | None = None
    """A unit that editions print before the first of other chapters and that is not counted there: `1:1`."""
    units: dict[str, str] = {}
    """Reference to text, `4:2` to the clause's words; empty where no edition is at hand."""
