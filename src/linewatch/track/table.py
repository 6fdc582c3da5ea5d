"""Reads anyone's own codes from CSV: one row a score. A row that cannot be used is named by its line, never skipped."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator

from linewatch.errors import InputError
from linewatch.model import Value, When
from linewatch.model.when import parse_iso

NEEDED = ("date", "outlet", "score")
COLUMNS = (*NEEDED, "item", "coder", "machine", "probability", "weight", "tier", "after", "before")
MOST_FAULTS = 5
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class CodeRow(Value, frozen=True, kw_only=True):
    """One row: a score of an item by a coder, or by a machine alone."""

    line: int
    date: When | None
    """None where the item is undated."""
    outlet: str
    score: float | None
    item: str
    """The item's name, or the row's line where the table names none."""
    coder: str | None = None
    machine: float | None = None
    probability: float | None = None
    tier: str | None = None
    after: tuple[str, ...] = ()
    """The items that came out before this one, whatever is known of the dates."""
    before: tuple[str, ...] = ()


class CodeTable(Value, frozen=True, kw_only=True):
    """A table of codes as read."""

    rows: tuple[CodeRow, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    """Columns that mean nothing here: said aloud."""


def read_codes(data: bytes, low: int, high: int) -> CodeTable:
    r"""Return the rows of a table of codes on the scale low..high; raises InputError that names each bad line.

    >>> read_codes(b"date,outlet,score\n2031-02,The Lamp,-1\n", -3, 3).rows[0].date.latest
    datetime.date(2031, 2, 28)
    """
    names, cells = _list_cells(_decode(data))
    rows, faults = [], []
    for line, given in cells:
        read = _read_row(line, given, low, high)
        if isinstance(read, str):
            faults.append(f"line {line}: {read}")
        else:
            rows.append(read)
    faults += [] if faults else [*_find_contradictions(rows), *_find_strangers(rows)]
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise InputError("; ".join(faults[:MOST_FAULTS]) + more, hint="mend these lines; nothing was judged")
    if not rows:
        raise InputError("the table has no rows", hint="one row a score: date, outlet, score")
    known = tuple(name for name in COLUMNS if name in names)
    return CodeTable(
        rows=tuple(rows), columns=known, ignored=tuple(name for name in names if name not in COLUMNS)
    )


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"line {line} is not UTF-8", hint='save it as "CSV UTF-8"') from error


def _list_cells(text: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the column names, and each row's line and cells; commas, semicolons or tabs between."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().casefold() for name in next(rows, [])]
        _check_columns(names)
        cells, line = [], rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                cells.append((line, _name_cells(names, row)))
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"line {rows.line_num} is not CSV: {error}", hint='save it as "CSV UTF-8"'
        ) from error
    return [name for name in names if name], cells


def _name_cells(names: list[str], row: list[str]) -> dict[str, str]:
    named = dict(zip(names, (cell.strip() for cell in row), strict=False))
    return named | (
        {"": "more cells than columns"} if any(cell.strip() for cell in row[len(names) :]) else {"": ""}
    )


def _check_columns(names: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in names]:
        raise InputError(
            f"the table has no column {', '.join(missing)}", hint=f"the first line names {', '.join(NEEDED)}"
        )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise InputError(f"the table has two columns {', '.join(twice)}", hint="remove one of each")


def _read_row(line: int, given: dict[str, str], low: int, high: int) -> CodeRow | str:
    """Return a row, or what is wrong with it."""
    try:
        score, machine = (_read_score(given, name, low, high) for name in ("score", "machine"))
        row = CodeRow(
            line=line,
            date=_read_date(given["date"]),
            outlet=given["outlet"],
            score=score,
            item=given.get("item") or f"line {line}",
            coder=given.get("coder") or None,
            machine=machine,
            probability=_read_probability(given),
            tier=given.get("tier") or None,
            after=_read_names(given.get("after", "")),
            before=_read_names(given.get("before", "")),
        )
    except KeyError as error:
        return f"no cell for {error.args[0]}"
    except ValueError as error:
        return str(error)
    return given[""] or _find_fault(row) or row


def _find_fault(row: CodeRow) -> str | None:
    if not row.outlet:
        return "no outlet"
    if row.score is None and row.machine is None:
        return "no score"
    if row.coder is not None and row.score is None:
        return f"no score by {row.coder}"
    return None


def _read_date(cell: str) -> When | None:
    """Return a date as YYYY-MM-DD, YYYY-MM or YYYY, or two of them with a slash between; None for an empty cell."""
    if not cell:
        return None
    ends = cell.split("/")
    if len(ends) > 2 or not all(_DATE.fullmatch(end) for end in ends):
        raise ValueError(f"{cell!r} is no date (YYYY-MM-DD, YYYY-MM, YYYY, or two with / between)")
    try:
        first, last = parse_iso(ends[0]), parse_iso(ends[-1])
    except ValueError as error:
        raise ValueError(f"{cell!r} is no date: {error}") from error
    if len(ends) == 1:
        return first
    if first.earliest and last.latest and first.earliest > last.latest:
        raise ValueError(f"{cell!r} ends before it begins")
    return When(earliest=first.earliest, latest=last.latest, precision="interval", printed=cell)


def _read_score(given: dict[str, str], name: str, low: int, high: int) -> float | None:
    cell = given.get(name) or None
    if cell is None:
        return None
    value = _read_number(cell, name)
    if not low <= value <= high:
        raise ValueError(f"{name} {cell} lies outside {low}:{high}")
    return value


def _read_probability(given: dict[str, str]) -> float | None:
    """Return the chance with which a row was drawn for coding: as given, or one over its weight."""
    chance, weight = given.get("probability") or None, given.get("weight") or None
    if chance is not None:
        value = _read_number(chance, "probability")
        if not 0 < value <= 1:
            raise ValueError(f"probability {chance} is not above 0 and at most 1")
        return value
    if weight is None:
        return None
    value = _read_number(weight, "weight")
    if value < 1:
        raise ValueError(f"weight {weight} is below 1: it is one over the chance of being drawn")
    return 1 / value


def _read_number(cell: str, name: str) -> float:
    try:
        value = float(cell.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in cell:
        raise ValueError(f"{name} {cell!r} is no number")
    return value


def _read_names(cell: str) -> tuple[str, ...]:
    """Return the items that a cell names, semicolons between."""
    return tuple(name for part in cell.split(";") if (name := part.strip()))


def _find_strangers(rows: list[CodeRow]) -> Iterator[str]:
    """Yield the lines that name an item which is not there, or the item itself."""
    items = {row.item for row in rows}
    for row in rows:
        for what, names in (("after", row.after), ("before", row.before)):
            for name in names:
                if name not in items:
                    yield f"line {row.line}: {what} names {name!r}, which is no item of the table"
                elif name == row.item:
                    yield f"line {row.line}: {what} names the item itself"


def _find_contradictions(rows: list[CodeRow]) -> list[str]:
    """Return the lines on which an item has another date, outlet or tier than where it was first named."""
    first: dict[str, CodeRow] = {}
    return [fault for row in rows for fault in _contradict(first.setdefault(row.item, row), row)]


def _contradict(first: CodeRow, row: CodeRow) -> Iterator[str]:
    for name in ("date", "outlet", "tier"):
        if getattr(first, name) != getattr(row, name):
            yield f"line {row.line}: item {row.item} has another {name} than on line {first.line}"
