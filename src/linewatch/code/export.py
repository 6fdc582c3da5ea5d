"""Judgements written as a flat table, CSV or Parquet, blind where wanted; no spreadsheet runs a cell of the CSV. Reading is in `tables`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import pyarrow as pa
from pyarrow import parquet

from linewatch.model import Item, Judgement, Passage
from linewatch.text.cells import guard_formula

COLUMNS = ("passage", "coder", "question", "value", "low", "high", "note", "time")
SHOWN = ("item", "text")
"""What an export adds for the eye; an import reads past it, as past any other column."""
BLIND = ("outlet", "date")
"""What an export adds once the coder has finished."""


def list_rows(
    passages: Iterable[Passage],
    texts: Mapping[str, str],
    judgements: Iterable[Judgement],
    items: Mapping[str, Item],
) -> Iterator[dict[str, str]]:
    """Yield the cells of each judgement, or of a passage without any; outlet and date where its item is given.

    The order is by passage id, which tells nothing of where a passage comes from.
    """
    judged: dict[str, list[Judgement]] = {}
    for one in judgements:
        judged.setdefault(one.passage, []).append(one)
    for passage in sorted(passages, key=lambda one: one.id):
        words = texts[passage.span.document][passage.span.start : passage.span.end]
        shown = {"passage": passage.id, "item": passage.item or "", "text": " ".join(words.split())}
        shown |= _tell_source(items.get(passage.item or ""))
        yield from [make_cells(one) | shown for one in judged.get(passage.id, ())] or [shown]


def _tell_source(item: Item | None) -> dict[str, str]:
    if item is None:
        return {}
    return {"outlet": item.outlet or "", "date": (item.date.iso or "") if item.date else ""}


def make_cells(judgement: Judgement) -> dict[str, str]:
    """Return the cells of a judgement."""
    return {
        "passage": judgement.passage,
        "coder": judgement.coder,
        "question": judgement.question,
        "value": judgement.value,
        "low": "" if judgement.low is None else str(judgement.low),
        "high": "" if judgement.high is None else str(judgement.high),
        "note": judgement.note or "",
        "time": judgement.judged_at.isoformat(),
    }


def write_rows(rows: Iterable[dict[str, str]], *, blind: bool) -> str:
    """Return the table in CSV; outlet and date are no columns of a blind one."""
    columns = [*COLUMNS, *SHOWN, *(() if blind else BLIND)]
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, columns)
    writer.writeheader()
    writer.writerows([{name: guard_formula(row.get(name, "")) for name in columns} for row in rows])
    return held.getvalue()


NUMBERS = frozenset({"low", "high"})


def write_parquet(rows: Iterable[dict[str, str]], *, blind: bool) -> bytes:
    """Return the same table in Parquet: points as whole numbers, time as time, an empty cell as missing."""
    names = [*COLUMNS, *SHOWN, *(() if blind else BLIND)]
    told = list(rows)
    columns = {
        name: pa.array([_type_cell(name, row.get(name)) for row in told], _type_of(name)) for name in names
    }
    held = io.BytesIO()
    parquet.write_table(pa.table(columns), held)
    return held.getvalue()


def _type_of(name: str) -> pa.DataType:
    if name in NUMBERS:
        return pa.int16()
    return pa.timestamp("s", tz="UTC") if name == "time" else pa.string()


def _type_cell(name: str, cell: str | None) -> int | str | datetime | None:
    if not cell:
        return None
    if name in NUMBERS:
        return int(cell)
    return datetime.fromisoformat(cell) if name == "time" else cell
