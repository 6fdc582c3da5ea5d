"""The items, each row with its date, its place on the line and its seal."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from factories_write import (
    CODEBOOK,
    make_document,
    make_evidence,
    make_finding,
    make_line,
    make_material,
    make_reliability,
)
from linewatch.model import Item, ReportField
from linewatch.model.when import parse_iso
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Block, Paragraph, Table, get_plain

FILM = Item(kind="video", outlet="North Pier Films", title="Low Water", date=parse_iso("2032-08-13"))


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


def make_reports(*reports: tuple[str, tuple[Item, ...]]) -> Material:
    """Return a case of reports alone: each with its title, the same date, and the items it cites."""
    values: dict[str, dict[str, Any]] = {"evidence": {}, "documents": {}, "findings": {}}
    for n, (title, items) in enumerate(reports):
        sealed = make_evidence(f"report-{n}")
        document = make_document(sealed, "Two films were shown.")
        fields = (ReportField(field="title", value=title), ReportField(field="date", value="2032-12-28"))
        found = [
            make_finding(document, "films", value, name=f"{n}-{place}")
            for place, value in enumerate((*fields, *items))
        ]
        values["evidence"][sealed.id] = sealed
        values["documents"][document.id] = document
        values["findings"] |= {one.id: one for one in found}
    return make_material(**values)


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


def test_item_whose_evidence_is_gone_says_so() -> None:
    """An item stays in the table, its seal marked as gone."""
    assert {row[4] for row in list_rows(build("item-table", make_material(evidence={})))} == {"gone"}


def test_no_item_is_said() -> None:
    """An empty table is a sentence."""
    (block,) = build("item-table", make_material(findings={}))
    assert isinstance(block, Paragraph)


def test_item_of_two_copies_of_a_report_is_one_row() -> None:
    """Copies of one report cite an item once: the row says so and has both seals, the caption counts on."""
    (table,) = build("item-table", make_reports(("What Changed", (FILM,)), ("WHAT  changed", (FILM,))))
    assert isinstance(table, Table)
    (row,) = list_rows((table,))
    assert row[2] == "Video: Low Water (cited in 2 copies of one report, not held)"
    assert len(row[4].split()) == 2
    assert table.caption == (
        "2 items: 2 known from reports; 1 of these again in a copy of the report, in the row of the first"
    )


@pytest.mark.parametrize(
    ("reports", "rows"),
    [
        ((("What Changed", (FILM,)), ("Another Report", (FILM,))), 2),
        ((("What Changed", (FILM, FILM)),), 2),
        ((("What Changed", (FILM, FILM)), ("What Changed", (FILM, FILM))), 2),
        ((("What Changed", (FILM,)), ("What Changed", (Item(kind="song", title="Low Water"),))), 2),
        ((("What Changed", (FILM,)), ("What Changed", (msgspec.structs.replace(FILM, held=True),))), 2),
    ],
)
def test_only_copies_are_put_together(reports: tuple[tuple[str, tuple[Item, ...]], ...], rows: int) -> None:
    """Other reports, two citations in one report, other items and held ones keep rows of their own."""
    assert len(list_rows(build("item-table", make_reports(*reports)))) == rows


def test_a_long_table_is_cut_and_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than are turned over are not printed: the count stands below, and the file that has every item."""
    monkeypatch.setattr("linewatch.write.directives.items.MOST_ROWS", 2)
    films = tuple(msgspec.structs.replace(FILM, title=f"Low Water {n}") for n in range(3))
    blocks = build("item-table", make_reports(("Harbour Watch", films)))
    assert len(list_rows(blocks)) == 2
    assert isinstance(blocks[-1], Paragraph)
    assert "first 2 of 3 rows" in get_plain(blocks[-1].children)
    assert "items.csv" in get_plain(blocks[-1].children)
