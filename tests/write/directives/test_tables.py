"""Items, citations, names and stray notes, each row with its source."""

from __future__ import annotations

import pytest

from factories_write import CODEBOOK, make_line, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material, Results
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


def test_item_table_is_in_the_order_of_dates() -> None:
    """Every item is a row: date, outlet, kind and title, place on the line, seal; the undated stand last."""
    rows = list_rows(build("item-table"))
    assert len(rows) == 12
    assert rows[0][:4] == [
        "1 January to 30 April 2031",
        "North Pier Films",
        "Video: Names on the Wall (cited, not held)",
        "–",
    ]
    assert rows[1][:4] == [
        "3 February 2031",
        "The Lamp",
        "Editorial: Editorial of 2031-02-03",
        "−2 Outcast, −2.5 to −1.5",
    ]
    assert rows[-1][0] == "undated"
    assert all(len(row[4]) == 10 for row in rows)


def test_item_table_of_one_outlet() -> None:
    """With an outlet named, only its items are rows."""
    assert {row[1] for row in list_rows(build('item-table outlet="The Lamp"'))} == {"The Lamp"}


@pytest.mark.parametrize(("light", "coders", "place", "title"), [
    ("red", ("anna", "boris"), "withheld", "Line"),
    ("green", ("anna",), "−2 Outcast, −2.5 to −1.5", "Line (one coder, reliability unknown)"),
])  # fmt: skip
def test_place_on_the_line_says_what_it_is_worth(
    light: str, coders: tuple[str, ...], place: str, title: str
) -> None:
    """On red codes the place is withheld; of one coder the fixed words stand above every value."""
    full = make_material().results
    results = Results(
        line=make_line(full.line.points, turns=()),
        reliability=make_reliability(light=light, coders=coders),
        codebook=CODEBOOK,
    )
    (table,) = build("item-table", make_material(results=results))
    assert isinstance(table, Table)
    assert list_rows((table,))[1][3] == place
    assert table.columns[3].title == title


def test_citation_has_its_verdict() -> None:
    """A citation that differs stands with the words as quoted, what is left out, where, and a note."""
    counted, table = build("citations")
    assert isinstance(counted, Paragraph)
    assert get_plain(counted.children) == "1 citation: 1 cut short."
    assert list_rows((table,)) == [
        ["charter 4:2", "cut short; left out: after", "“It was a fault”", "monitor-report-1.pdf"]
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


@pytest.mark.parametrize("directive", ["item-table", "citations", "aliases", "places", "notes-nowhere"])
def test_nothing_found_is_said(directive: str) -> None:
    """An empty table is a sentence."""
    (block,) = build(directive, EMPTY)
    assert isinstance(block, Paragraph)


@pytest.mark.parametrize("directive", ["citations", "notes-nowhere"])
def test_gone_evidence_fails_by_name(directive: str) -> None:
    """A row whose words can no longer be cut fails the build."""
    with pytest.raises(DraftError, match=r"the evidence of .* is gone"):
        build(directive, make_material(evidence={}))


def test_item_whose_evidence_is_gone_says_so() -> None:
    """An item stays in the table, its seal marked as gone."""
    assert {row[4] for row in list_rows(build("item-table", make_material(evidence={})))} == {"gone"}
