"""The table of findings that an analyst edits in a spreadsheet: its columns, and rows in and out. What they mean is in `corrections`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linewatch.errors import InputError
from linewatch.model.fields import FIELDS
from linewatch.text.cells import find_delimiter, guard, unguard

EDITED = tuple(dict.fromkeys(field for fields in FIELDS.values() for field in fields))
"""A column for each field of any kind of finding."""
COLUMNS = (
    "action", "id", "state", "file", "words", "held", *EDITED, "proposed", "why", "machine", "note",
    "document", "start", "end", "seen",
)  # fmt: skip
NEEDED = ("action", "id", "seen")


class Row(NamedTuple):
    """A row as the analyst left it; a column that the table lacks is no cell."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """Return a cell, empty where the table has no such column."""
        return self.cells.get(name, "")

    def list_fields(self) -> dict[str, str]:
        """Return the cells that hold fields."""
        return {name: cell for name, cell in self.cells.items() if name in EDITED}


def write_table(rows: Iterable[dict[str, str]]) -> str:
    """Return the table as CSV, each cell on one line and none of them a formula."""
    held = io.StringIO()
    writer = csv.DictWriter(held, COLUMNS)
    writer.writeheader()
    writer.writerows({name: guard(join(row.get(name, ""))) for name in COLUMNS} for row in rows)
    return held.getvalue()


def read_table(text: str) -> Iterator[Row]:
    """Yield the rows that are not empty; raises InputError where it is no such table."""
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    line = 1
    try:
        names = [name.strip() for name in table.fieldnames or ()]
        _check_columns(names)
        table.fieldnames = names
        line = table.line_num + 1
        for row in table:
            if None in row:
                raise InputError(f"line {line}: more cells than columns", hint="nothing was imported")
            cells = {name: unguard(join(cell or "")) for name, cell in row.items() if name in COLUMNS}
            if any(cells.values()):
                yield Row(line, cells)
            line = table.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {line}: not a row of CSV: {error}", hint="save the table again") from error


def _check_columns(names: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in names]:
        raise InputError(
            f"the table has no column {', '.join(missing)}", hint="export one to see its columns"
        )
    if unknown := [name for name in names if name and name not in COLUMNS]:
        raise InputError(
            f"no column is called {', '.join(unknown)}", hint="export a table to see its columns"
        )
    if twice := {name for name in names if name and names.count(name) > 1}:
        raise InputError(f"there twice: the column {', '.join(sorted(twice))}", hint="leave one of them")


def join(cell: str) -> str:
    r"""Return a cell on one line, without the white space around it.

    >>> join(" The\n Lamp ")
    'The Lamp'
    """
    return " ".join(cell.split())
