"""A table of the report as WordprocessingML: columns by their share, headings on every page, no row across two pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from lxml.etree import _Element as Element

from linewatch.write.docx_xml import make
from linewatch.write.tree import Column, Inline, Table, Text

SetInlines = Callable[[tuple[Inline, ...]], Iterable[Element]]
"""Makes a cell's words into what stands in its paragraph."""


def make_table(table: Table, width: int, set_inlines: SetInlines) -> Element:
    """Return the table, `width` twentieths of a point wide."""
    widths = share_width(table.columns, width)
    titles = [(Text(words=column.title),) for column in table.columns]
    columns = list(zip(table.columns, widths, strict=True))
    return make(
        "tbl",
        make(
            "tblPr",
            make("tblStyle", val="ReportTable"),
            _make_width("tblW", width),
            make("tblLayout", type="fixed"),
            make(
                "tblLook",
                val="0020",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
        ),
        make("tblGrid", *(make("gridCol", w=one) for one in widths)),
        _make_row(columns, titles, "TableHeading", set_inlines),
        *(_make_row(columns, row, "TableText", set_inlines) for row in table.rows),
    )


def share_width(columns: Iterable[Column], width: int) -> list[int]:
    """Return the widths of the columns, which add up to `width`.

    >>> share_width([Column(title="Title", share=2), Column(title="Score")], 100)
    [67, 33]
    """
    shares = [column.share for column in columns]
    edges = [round(width * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    return [end - start for start, end in pairwise(edges)]


def _make_row(
    columns: list[tuple[Column, int]],
    cells: Iterable[tuple[Inline, ...]],
    style: str,
    set_inlines: SetInlines,
) -> Element:
    kept = [make("cantSplit"), *([make("tblHeader")] if style == "TableHeading" else [])]
    made = (
        make(
            "tc",
            make("tcPr", _make_width("tcW", width)),
            make("p", *_make_layout(column, style), *set_inlines(cell)),
        )
        for (column, width), cell in zip(columns, cells, strict=True)
    )
    return make("tr", make("trPr", *kept), *made)


def _make_layout(column: Column, style: str) -> Iterator[Element]:
    yield make("pPr", make("pStyle", val=style), *([make("jc", val="right")] if column.numeric else []))


def _make_width(tag: str, width: int) -> Element:
    return make(tag, w=width, type="dxa")
