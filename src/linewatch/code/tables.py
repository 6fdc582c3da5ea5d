"""Judgements as a flat table: read strictly, every bad row named, and written so that no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from datetime import UTC, datetime

from linewatch.errors import InputError
from linewatch.model import Codebook, Judgement, get_id

COLUMNS = (
    "passage",
    "coder",
    "question",
    "value",
    "low",
    "high",
    "note",
    "time",
    "item",
    "text",
    "outlet",
    "date",
)
NEEDED = frozenset({"passage", "coder", "question", "value"})
SKIP = "skip"


def parse_judgements(text: str, codebook: Codebook, passages: Collection[str]) -> list[Judgement]:
    """Return the judgements of a table; raises InputError naming every line that cannot be used.

    Columns: passage, coder, question, value, low, high, note, time; others are ignored. An id is made from the
    row itself, so that the same row again is the same judgement.
    """
    rows = csv.DictReader(io.StringIO(text))
    if missing := NEEDED - set(rows.fieldnames or ()):
        raise InputError(
            f"the table has no column {', '.join(sorted(missing))}", hint="export one to see its columns"
        )
    judgements, faults = [], []
    for row in rows:
        given = {name: (value or "").strip() for name, value in row.items() if name}
        if not given["coder"] and not given["value"]:
            continue  # an exported passage that nobody has coded yet
        fault = _find_fault(given, codebook, passages)
        if fault:
            faults.append(f"line {rows.line_num}: {fault}")
        else:
            judgements.append(_make_judgement(given, codebook))
    if faults:
        raise InputError(
            "; ".join(faults[:20]), hint="nothing was imported; mend these lines and import again"
        )
    return judgements


def _find_fault(row: dict[str, str], codebook: Codebook, passages: Collection[str]) -> str | None:
    questions = {question.id for question in codebook.questions} | {code.id for code in codebook.codes}
    points = {str(point) for point in codebook.scale.points}
    bounds = [row.get("low", ""), row.get("high", "")]
    if row["passage"] not in passages:
        return f"no passage has the id {row['passage']!r}"
    if not row["coder"]:
        return "nobody is named as coder"
    if row["question"] == codebook.scale.name:
        wrong = [one for one in bounds if one not in points]
        return f"{wrong[0]!r} is no point of the scale" if wrong else _find_disorder(bounds)
    if row["question"] not in questions | {SKIP}:
        return f"the codebook has no question {row['question']!r}"
    if row["question"] != SKIP and row["value"] not in {"yes", "no", "unclear"}:
        return f"the answer {row['value']!r} is not yes, no or unclear"
    return _find_bad_time(row.get("time", ""))


def _find_disorder(bounds: list[str]) -> str | None:
    return "low lies above high" if int(bounds[0]) > int(bounds[1]) else None


def _find_bad_time(text: str) -> str | None:
    try:
        _read_time(text)
    except ValueError:
        return f"the time {text!r} is not in ISO 8601"
    return None


def _read_time(text: str) -> datetime:
    """Return a time; one without a zone is taken for UTC, and none at all for the start of 1970."""
    read = datetime.fromisoformat(text) if text else datetime.fromtimestamp(0, UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _make_judgement(row: dict[str, str], codebook: Codebook) -> Judgement:
    fields = [row.get(name, "") for name in ("passage", "coder", "question", "value", "low", "high", "time")]
    return Judgement(
        id=get_id("judgement", *fields),
        passage=row["passage"],
        coder=row["coder"],
        codebook=codebook.name,
        question=row["question"],
        value=row["value"],
        low=int(row["low"]) if row.get("low") else None,
        high=int(row["high"]) if row.get("high") else None,
        note=row.get("note") or None,
        judged_at=_read_time(row.get("time", "")),
    )


def write_rows(rows: list[dict[str, str]]) -> str:
    """Return the table in CSV; outlet and date are columns only where a row has them."""
    columns = [name for name in COLUMNS if name not in {"outlet", "date"} or any(name in row for row in rows)]
    held = io.StringIO()
    writer = csv.DictWriter(held, columns)
    writer.writeheader()
    writer.writerows([{name: _guard(row.get(name, "")) for name in columns} for row in rows])
    return held.getvalue()


def _guard(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; whole numbers stay numbers."""
    is_number = text.lstrip("+-").isdigit()
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else text
