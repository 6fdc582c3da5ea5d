"""`items.csv`, `judgements.csv` and `quotations.csv`: flat tables that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from linewatch.model import Item, Quotation
from linewatch.write.base import Exporter
from linewatch.write.material import Material
from linewatch.write.tree import Report


def write_table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    r"""Return a CSV table in UTF-8; a cell that a spreadsheet would take for a formula is quoted.

    >>> write_table(("words",), [("=1+1",), ("+2",), ("-2",)])
    b"words\r\n'=1+1\r\n+2\r\n-2\r\n"
    """
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(header)
    writer.writerows([[guard(cell) for cell in row] for row in rows])
    return held.getvalue().encode()


def guard(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs; numbers stay numbers."""
    text = "" if cell is None else str(cell)
    is_number = text.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else text


class _Items:
    """Makes `items.csv`."""

    FILE = "items.csv"

    def render(self, _report: Report, material: Material) -> bytes:
        """Return one row an item, with its score where it is coded."""
        points = {point.item: point for point in material.line.points}
        header = (
            "item",
            "kind",
            "publisher",
            "outlet",
            "tier",
            "place",
            "date",
            "title",
            "held",
            "score",
            "low",
            "high",
        )
        rows = []
        for item_id, item in material.find_items().items():
            point = points.get(item_id)
            scored = (point.score, point.low, point.high) if point else ("", "", "")
            rows.append((item_id, *_tell_item(item), *scored))
        return write_table(header, rows)


def _tell_item(item: Item) -> tuple[object, ...]:
    date = item.date.iso if item.date else None
    return (item.kind, item.publisher, item.outlet, item.tier, item.place, date, item.title, item.held)


class _Judgements:
    """Makes `judgements.csv`."""

    FILE = "judgements.csv"

    def render(self, _report: Report, material: Material) -> bytes:
        """Return one row for what each coder's answers on each passage come to."""
        header = ("passage", "coder", "out", "low", "high", "codes")
        return write_table(
            header,
            [
                (one.passage, one.coder, one.out, one.low, one.high, " ".join(one.codes))
                for one in material.coded
            ],
        )


class _Quotations:
    """Makes `quotations.csv`."""

    FILE = "quotations.csv"

    def render(self, _report: Report, material: Material) -> bytes:
        """Return one row a quotation, its words re-cut from sealed text."""
        rows = [
            (one.id, one.value.speaker, one.value.role, one.value.item, one.span.start, one.span.end,
             material.cut_finding(one))
            for one in material.findings
            if isinstance(one.value, Quotation)
        ]  # fmt: skip
        return write_table(("quotation", "speaker", "role", "item", "start", "end", "words"), rows)


ITEMS: Exporter = _Items()
JUDGEMENTS: Exporter = _Judgements()
QUOTATIONS: Exporter = _Quotations()
