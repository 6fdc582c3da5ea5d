"""Markdown: the marks become kinds of block, the words stay, and what stands around them is set aside."""

from __future__ import annotations

import pytest

from linewatch.model import Document
from linewatch.read.markdown import read
from linewatch.read.registry import read_bytes

LONG = "The boats went out before the bakers had lit their ovens and found no fault in any of them but one, whose rudder pin has been promised for a month."
CASES = {
    "a title and a heading": (
        "# Nine Hooks\n\n## The *Song*",
        [("title", "Nine Hooks"), ("heading", "The Song")],
    ),
    "wrapped lines are one paragraph": ("Row on,\nthen **rest**.", [("paragraph", "Row on, then rest.")]),
    "hard line breaks are verse": (
        "Row on  \nat dawn\\\nand home",
        [("verse", "Row on\nat dawn\nand home")],
    ),
    "a quotation of two paragraphs": ("> Row on.\n>\n> Rest.", [("blockquote", "Row on."), ("blockquote", "Rest.")]),
    "a list": ("- One oar\n- Two oars", [("list", "One oar"), ("list", "Two oars")]),
    "a table": ("| Pier | Seats |\n|---|---|\n| North | 3 |", [("table", "Pier | Seats"), ("table", "North | 3")]),
    "a note and its mark": (
        "Row on.[^1]\n\n[^1]: The Lamp.",
        [("paragraph", "Row on.[1]"), ("note", "[1] The Lamp.")],
    ),
    "a link keeps its words": ("[The Lamp](https://lamp.example)", [("paragraph", "The Lamp")]),
    "HTML is words": ("<b>Row on.</b>", [("paragraph", "<b>Row on.</b>")]),
    "Arabic": ("# عاد القاربُ\n\nإلى الميناء (٣).", [("title", "عاد القاربُ"), ("paragraph", "إلى الميناء (٣).")]),
    "a date line and a byline": (
        f"# Nine Hooks\n\n8 January 2031\n\nBy Ines Harrow\n\n{LONG}",
        [("title", "Nine Hooks"), ("dateline", "8 January 2031"), ("byline", "By Ines Harrow"), ("paragraph", LONG)],
    ),
}  # fmt: skip


def list_blocks(document: Document) -> list[tuple[str, str]]:
    return [(one.kind, document.text[one.start : one.end]) for one in document.blocks]


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    """Each mark becomes a kind of block; the words around stay as they are."""
    source, blocks = CASES[name]
    assert list_blocks(read(source.encode(), evidence="sha256:0")) == blocks


def test_properties_at_the_top() -> None:
    """What the top says of the text is metadata, and set aside with its words."""
    document = read_bytes(b'---\ntitle: "Nine Hooks"\ndate: 2031-01-08\n---\n\nRow on.\n', "notice.md")
    assert document.metadata == {"title": "Nine Hooks", "date": "2031-01-08"}
    assert document.text == "Row on."
    assert "Nine Hooks" in (document.portions[1].text or "")


def test_addresses_are_set_aside() -> None:
    """Where a link leads is no word of the text, and is kept."""
    document = read(b"[The Lamp](https://lamp.example) ![the slip](slip.png)", evidence="sha256:0")
    assert document.text == "The Lamp the slip"
    assert [one.text for one in document.portions if one.text] == ["https://lamp.example", "slip.png"]
