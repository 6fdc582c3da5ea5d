"""A note leads to the file, its seal and the place in it."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from factories_write import make_material
from linewatch.model import Block, Document, Item, Span, When
from linewatch.model.when import parse_iso
from linewatch.write.sources import describe_item, describe_place, format_date, format_time, make_note
from linewatch.write.tree import get_plain


def test_note_gives_source_seal_and_place() -> None:
    """The note on a quotation names the file, where it came from, its whole hash and the characters."""
    material = make_material()
    span = material.findings["q-report"].span
    words = get_plain(make_note(material, span))
    evidence = material.find_evidence(span.document)
    assert evidence is not None
    assert words == (
        "File monitor-report-1.pdf, obtained from hxxps://monitor[.]example[.]org/r1, page 1, "
        f"characters {span.start:,}–{span.end:,}; seal {evidence.id}."
    )


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({}, "characters 0–4"),
        ({"page": 3}, "page 3, characters 0–4"),
        ({"begins_ms": 65_000}, "at 1:05, characters 0–4"),
    ],
)
def test_place_is_told_in_the_format_s_own_terms(block: dict[str, int], place: str) -> None:
    """A page or a time stands before the characters where the format has one."""
    blocks = (Block(kind="cue", start=0, end=9, **block),)  # type: ignore[arg-type] - a table's column
    document = Document(id="d", evidence="e", reader="r.v1", text="the tide.", blocks=blocks)
    assert describe_place(document, Span(document="d", start=0, end=4)) == place


@pytest.mark.parametrize(("milliseconds", "printed"), [(0, "0:00"), (59_999, "0:59"), (3_600_000, "1:00:00")])
def test_time_of_a_recording(milliseconds: int, printed: str) -> None:
    """Hours stand only where there are any."""
    assert format_time(milliseconds) == printed


def test_item_in_a_line() -> None:
    """Outlet, kind, title, number and date stand as far as they are known."""
    item = Item(kind="photo-report", outlet="The Lamp", title="Oars", issue="7", date=parse_iso("2031-05"))
    assert get_plain(describe_item(item)) == "The Lamp, photo report, Oars, no. 7, May 2031"
    assert get_plain(describe_item(Item())) == "outlet unknown, other, undated"


def test_date_of_the_note_is_said_to_be_that() -> None:
    """Where only the note gives the day, the report says so; a day in the text stands before it."""
    by = When(latest=date(2031, 3, 26), precision="interval")
    item = Item(date=by, note_date=parse_iso("2031-03-08"))
    assert format_date(item) == "8 March 2031, by its note"
    assert format_date(msgspec.structs.replace(item, date=parse_iso("2031-03-01"))) == "1 March 2031"
    assert format_date(msgspec.structs.replace(item, note_date=None)) == "by 26 March 2031"
