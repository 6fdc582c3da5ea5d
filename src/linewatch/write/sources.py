"""Where words stand in the sealed evidence, said so that anyone can find them again: source, seal and place."""

from __future__ import annotations

from linewatch.model import Block, Document, Evidence, Item, Span, When
from linewatch.write.material import Material
from linewatch.write.quoting import shorten_name
from linewatch.write.tree import Code, Inline, Text
from linewatch.write.wording import clean, format_when, make_inlines, slanted

SEAL_DIGITS = 10


def find_block(document: Document, start: int) -> Block | None:
    """Return the block a place lies in, None between blocks."""
    return next((block for block in document.blocks if block.start <= start < block.end), None)


def describe_place(document: Document, span: Span) -> str:
    """Return where a span stands: its page or time where the format has one, and its characters."""
    block = find_block(document, span.start)
    parts = [f"characters {span.start:,}–{span.end:,}"]
    if block is not None and block.page is not None:
        parts.insert(0, f"page {block.page}")
    if block is not None and block.begins_ms is not None:
        parts.insert(0, f"at {format_time(block.begins_ms)}")
    return ", ".join(parts)


def format_time(milliseconds: int) -> str:
    """Return a place in a recording.

    >>> format_time(3_725_000)
    '1:02:05'
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def get_short_seal(evidence: str) -> str:
    """Return the first digits of a seal, enough to tell the files of a case apart."""
    return evidence.partition(":")[2][:SEAL_DIGITS] or evidence[:SEAL_DIGITS]


def name_file(evidence: Evidence) -> Code:
    """Return the name under which a file was gathered, as it is printed."""
    return Code(words=clean(shorten_name(evidence.name)))


def make_note(material: Material, span: Span) -> tuple[Inline, ...]:
    """Return the words of a note on a span: the file, how it was obtained, its seal and the place in it."""
    document = material.documents[span.document]
    evidence = material.evidence[document.evidence]
    place = describe_place(document, span)
    return (
        Text(words="File "),
        name_file(evidence),
        Text(words=f"{_describe_origin(evidence)}, {place}; seal "),
        Code(words=evidence.id),
        Text(words="."),
    )


def get_date(item: Item) -> When | None:
    """Return the item's date: the day that its note gives where the text gives none."""
    dated = item.date is not None and item.date.is_point
    return item.date if dated or item.note_date is None else item.note_date


def format_date(item: Item) -> str:
    """Return an item's date as the report prints it, and that its note alone says so."""
    by = ", by its note" if item.note_date is not None and get_date(item) is item.note_date else ""
    return f"{format_when(get_date(item))}{by}"


def describe_item(item: Item) -> tuple[Inline, ...]:
    """Return an item in a line: outlet, kind, title, number and date, as far as they are known."""
    words = [item.outlet or item.publisher or "outlet unknown", item.kind.replace("-", " ")]
    head = make_inlines(", ".join(words))
    title = (Text(words=", "), slanted(item.title)) if item.title else ()
    issue = f", no. {item.issue}" if item.issue else ""
    return (*head, *title, *make_inlines(f"{issue}, {format_date(item)}"))


def _describe_origin(evidence: Evidence) -> str:
    return f", obtained from {clean(shorten_name(evidence.obtained_from))}" if evidence.obtained_from else ""
