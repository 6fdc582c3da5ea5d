"""The one item that the organisation's own document is, each field with who says so."""

from __future__ import annotations

from typing import Any

import pytest

SONG = "# Spring Song\n\n3 May 2031\n\nCome in, come in, the lamp is lit,\nThere is a seat where you may sit,\nAnd nobody will speak of it.\n"

CASES = {
    "the catalogue wins": (
        {"kind": "statement", "title": "To All Piers", "date": "2031-05-04", "publisher": "Harbour League"},
        ("statement", "To All Piers", "2031-05-04", "Harbour League"),
    ),
    "the heading fills in": ({}, ("song", "Spring Song", "2031-05-03", None)),
    "a kind that is none is not taken": ({"kind": "pamphlets"}, ("song", "Spring Song", "2031-05-03", None)),
}


@pytest.mark.parametrize(("stated", "expected"), CASES.values(), ids=CASES)
def test_fields_of_a_held_item(scan: Any, stated: dict[str, str], expected: tuple[str | None, ...]) -> None:
    """The catalogue's word goes before the heading's, and what nobody says stays empty."""
    look = scan(SONG, side="own", stated=stated)
    assert look.list_items("kind", "title", "date", "publisher") == [expected]


def test_a_report_about_it_is_no_held_item(scan: Any) -> None:
    """A document about the organisation is not held as one of its items."""
    assert scan(SONG, side="about").list_items("kind") == []
