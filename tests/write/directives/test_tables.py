"""Names and stray notes, each row with its source."""

from __future__ import annotations

import pytest

from factories_write import make_material
from linewatch.errors import DraftError
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.tree import Block, Listing, Paragraph, Table, get_plain

EMPTY = make_material(findings={})


def build(directive: str, material: Material | None = None) -> tuple[Block, ...]:
    """Return what a directive makes."""
    return make_blocks(Page(material=material or make_material()), parse_call(directive, line=1))


def list_rows(blocks: tuple[Block, ...]) -> list[list[str]]:
    """Return the words of each cell of the tables among the blocks."""
    return [
        [get_plain(cell) for cell in row]
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def test_names_of_persons_are_counted_not_listed() -> None:
    """The organisation's other names are listed; a person's are withheld and counted."""
    table, rest = build("aliases")
    assert list_rows((table,)) == [["Harbour League", "the Guild"]]
    assert isinstance(rest, Paragraph)
    assert get_plain(rest.children).startswith("1 further name with aliases is not listed")


def test_places_have_their_real_names() -> None:
    """The organisation's own name of a place stands beside the real one."""
    assert list_rows(build("places")) == [["Gull Stone", "Port Anders"]]


def test_notes_that_lead_nowhere_are_named() -> None:
    """A marker without a body and a body without a marker are both listed with their file."""
    (listing,) = build("notes-nowhere")
    assert isinstance(listing, Listing)
    told = [
        get_plain(block.children) for item in listing.items for block in item if isinstance(block, Paragraph)
    ]
    assert [words.partition(": ")[0] for words in told] == ["Marker 9 leads nowhere", "Note 4 has no marker"]
    assert "monitor-report-1.pdf" in told[0]


@pytest.mark.parametrize("directive", ["aliases", "places", "notes-nowhere"])
def test_nothing_found_is_said(directive: str) -> None:
    """An empty table is a sentence."""
    (block,) = build(directive, EMPTY)
    assert isinstance(block, Paragraph)


def test_gone_evidence_fails_by_name() -> None:
    """A row whose words can no longer be cut fails the build."""
    with pytest.raises(DraftError, match=r"the evidence of .* is gone"):
        build("notes-nowhere", make_material(evidence={}))
