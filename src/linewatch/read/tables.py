"""Reads CSV tables of posts and stories, a row at a time: every byte is in a row read, or set aside with its reason."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from linewatch.read.base import Aside, Record
from linewatch.read.tables_archiver import find_archiver_layout
from linewatch.read.tables_layouts import Layout, Row, find_layout
from linewatch.text.cells import find_delimiter
from linewatch.text.encoding import decode
from linewatch.text.links import make_links_inert

NAME = "tables.v1"
MEDIA_TYPES = ("text/csv",)

HEAD = 1 << 16
LONGEST = 4_000_000
"""Characters of one line or cell."""


class Read(NamedTuple):
    """A row's cells and its bytes; the cells are None where they are no row."""

    cells: list[str] | None
    size: int


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield the rows of a table with a known layout; the sizes add up to the file's."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD)
    encoding = _find_encoding(head)
    file.seek(0)
    rows = list_rows(file, encoding, find_delimiter(head.decode(encoding, "replace")))
    header = next(rows, Read(None, 0))
    names = [name.removeprefix("\ufeff").strip() for name in header.cells or []]
    layout = find_archiver_layout(names) or find_layout(names)
    if layout is None or layout.reason:
        told = ", ".join(names)[:200] or "none"
        reason = (layout and layout.reason) or f"no layout of columns that is known: {told}"
        yield Aside("the whole table", size, reason, problem=None if layout else "no-layout")
        return
    yield Aside("row 1", header.size, f"the header of {layout.name}")
    left = size - header.size
    for number, row in enumerate(rows, start=2):
        taken = min(row.size, left)
        left -= taken
        yield _read_row(Read(row.cells, taken), f"row {number}", names, layout)
    if left:
        yield Aside("the end", left, "bytes that are no text in this encoding", outcome="not understood")


def _find_encoding(head: bytes) -> str:
    """Return the encoding of the head; one cut in the middle of a character is not misread for that."""
    return decode(head[: head.rfind(b"\n") + 1] or head).encoding


def _read_row(row: Read, where: str, names: list[str], layout: Layout) -> Record | Aside:
    if row.cells is None:
        reason = f"no row: a cell or line longer than {LONGEST} characters, or quotation marks without end"
        return Aside(where, row.size, reason, outcome="not understood", problem="broken-record")
    if not any(cell.strip() for cell in row.cells):
        return Aside(where, row.size, "an empty row")
    fits = len(row.cells) == len(names)
    fault = None if fits else f"{len(row.cells)} cells under {len(names)} columns"
    return make_record(dict(zip(names, row.cells, strict=False)), where, row.size, layout, fault)


def make_record(row: Row, where: str, size: int, layout: Layout, fault: str | None = None) -> Record | Aside:
    """Return a row as a record, or set aside where it has no words."""
    words = make_links_inert(layout.find_words(row))
    problem = "broken-record" if fault else None
    if not words.strip():
        return Aside(where, size, "no words", problem=problem)
    said = {key: value.strip() for key, value in layout.say(row).items() if value and value.strip()}
    return Record(words, where, size, said, layout.hide(row), problem=problem, reason=fault)


def list_rows(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Read]:
    """Yield each row with the bytes it takes; where the reader stumbles, what it took so far is one row of no cells."""
    csv.field_size_limit(LONGEST)  # the module's own, the same for all
    lines = _Lines(file, encoding)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells: list[str] | None = [_to_text(cell) for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error:
            cells, reader = None, csv.reader(lines, delimiter=delimiter)
        yield Read(cells, lines.take())
    if rest := lines.take():
        yield Read(None, rest)


def _to_text(cell: str) -> str:
    """Return a cell with U+FFFD for each byte that was no text."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class _Lines:
    """The lines of a file as text, and how many bytes were taken since last asked."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._cut = _make_cutter(file, encoding)
        self._encoding = encoding
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._cut()
        if not line:
            raise StopIteration
        self._taken += len(line)
        return line.decode(self._encoding, "surrogateescape" if self._encoding == "utf-8" else "replace")

    def take(self) -> int:
        taken, self._taken = self._taken, 0
        return taken


def _make_cutter(file: BinaryIO, encoding: str) -> Callable[[], bytes]:
    """Return what gives the next line's bytes: of wide encodings, cut where their own line end stands."""
    wide = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n", "utf-32-le": b"\n\0\0\0", "utf-32-be": b"\0\0\0\n"}
    end = wide.get(encoding)
    if end is None:
        return lambda: file.readline(LONGEST)

    def cut() -> bytes:
        line = b""
        while len(line) < LONGEST:
            step = file.read(len(end))
            line += step
            if step == end or len(step) < len(end):
                break
        return line

    return cut
