"""The report as a small tree that every renderer walks. What the words are and where they come from is not decided here."""

from __future__ import annotations

from typing import Literal

from linewatch.model import Value

Direction = Literal["ltr", "rtl"]


class Text(Value, frozen=True, kw_only=True):
    """Words as they are printed: no markup, no live address, no control characters."""

    words: str


class Isolate(Value, frozen=True, kw_only=True):
    """Words of another script, kept from turning the sentence around them."""

    words: str
    language: str
    direction: Direction


class Code(Value, frozen=True, kw_only=True):
    """A hash, an id or a file name, set in a fixed-width face."""

    words: str


class Emphasis(Value, frozen=True, kw_only=True):
    """Words set apart from the rest of the sentence."""

    children: tuple[Inline, ...]
    strong: bool = False


class NoteRef(Value, frozen=True, kw_only=True):
    """The number of a note in the running text."""

    n: int


Inline = Text | Isolate | Code | Emphasis | NoteRef


class Heading(Value, frozen=True, kw_only=True):
    """A heading of a section; level 1 is the report's title."""

    level: int
    children: tuple[Inline, ...]


class Paragraph(Value, frozen=True, kw_only=True):
    """A paragraph; a `quiet` one is set smaller, as a caption or an aside is."""

    children: tuple[Inline, ...]
    quiet: bool = False


class Quote(Value, frozen=True, kw_only=True):
    """Somebody's words, line by line as they stand, and below them who says so and where."""

    lines: tuple[tuple[Inline, ...], ...]
    source: tuple[Inline, ...]
    language: str | None = None
    direction: Direction = "ltr"


class Column(Value, frozen=True, kw_only=True):
    """A column of a table; `share` is its part of the width, relative to the others'."""

    title: str
    share: float = 1
    numeric: bool = False


class Table(Value, frozen=True, kw_only=True):
    """A table with one row of headings, which is repeated on every page it runs over."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


class Figure(Value, frozen=True, kw_only=True):
    """A drawing in both forms, with its words for those who do not see it and its numbers for those who check it."""

    name: str = "line"
    """What its files are called."""
    svg: str
    png: bytes
    width: int
    """In CSS pixels; the PNG is twice as wide."""
    caption: tuple[Inline, ...]
    alt: str
    data: str
    """The drawn values as CSV."""


class Listing(Value, frozen=True, kw_only=True):
    """A list, numbered when `ordered`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


class Rule(Value, frozen=True, kw_only=True):
    """A break between two parts of a section."""


Block = Heading | Paragraph | Quote | Table | Figure | Listing | Rule


class Note(Value, frozen=True, kw_only=True):
    """A numbered note: where something stands in the sealed evidence, or a remark."""

    n: int
    children: tuple[Inline, ...]


class Report(Value, frozen=True, kw_only=True):
    """A whole report, ready to be set."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    language: str = "en"


def get_plain(children: tuple[Inline, ...]) -> str:
    """Return the words of inlines without their dress; the numbers of notes are left out.

    >>> get_plain((Text(words="A "), Emphasis(children=(Text(words="fault"),)), NoteRef(n=3)))
    'A fault'
    """
    return "".join(_get_words(child) for child in children)


def _get_words(child: Inline) -> str:
    if isinstance(child, Emphasis):
        return get_plain(child.children)
    return "" if isinstance(child, NoteRef) else child.words


def find_figures(blocks: tuple[Block, ...]) -> tuple[Figure, ...]:
    """Return the figures among the blocks, in order."""
    return tuple(block for block in blocks if isinstance(block, Figure))
