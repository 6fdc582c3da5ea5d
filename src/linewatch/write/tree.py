"""A report as a small tree: what the renderers draw, whatever the format."""

from __future__ import annotations

from linewatch.model import Value


class Text(Value, frozen=True, kw_only=True, tag="text"):
    """Running words."""

    words: str
    strong: bool = False


class Ref(Value, frozen=True, kw_only=True, tag="ref"):
    """The marker of a numbered note."""

    n: int


Inline = Text | Ref


class Heading(Value, frozen=True, kw_only=True, tag="heading"):
    """A heading; level 1 is the report's title."""

    level: int
    words: str


class Paragraph(Value, frozen=True, kw_only=True, tag="paragraph"):
    """A paragraph of the report's own words."""

    inlines: tuple[Inline, ...]


class Quote(Value, frozen=True, kw_only=True, tag="quote"):
    """Words cut from sealed text, who speaks them, and the note that leads back."""

    words: str
    language: str | None
    attribution: str
    note: int


class Table(Value, frozen=True, kw_only=True, tag="table"):
    """A table with a header row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figure(Value, frozen=True, kw_only=True, tag="figure"):
    """A drawing, its text alternative and its caption."""

    svg: str
    alt: str
    caption: str


class Bullets(Value, frozen=True, kw_only=True, tag="bullets"):
    """A plain list."""

    items: tuple[str, ...]


Part = Heading | Paragraph | Quote | Table | Figure | Bullets


class Report(Value, frozen=True, kw_only=True):
    """The whole report: its parts in order and its numbered notes."""

    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
