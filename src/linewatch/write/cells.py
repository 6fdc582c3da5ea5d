"""Tables for spreadsheets: CSV in which no cell is taken for a formula. Which columns there are is decided elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from linewatch.text.cells import guard_formula

Cell = str | int | float | bool | date | None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV with Unix line ends; an empty cell is a value nobody knows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_guard_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before one.

    A bare carriage return would begin a row, and with it a cell; it becomes a line's end inside the cell.

    >>> guard("=1+1"), guard("-2"), guard("- a dash")
    ("'=1+1", '-2', "'- a dash")
    """
    return guard_formula(text.replace("\r\n", "\n").replace("\r", "\n"))


def _guard_cell(cell: Cell) -> Cell:
    return guard(cell) if isinstance(cell, str) else cell
