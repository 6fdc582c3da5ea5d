"""Judgements as a flat table: read strictly, every bad row named, and written so that no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
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
NEEDED = frozenset({"passage", "coder", "question", "value", "time"})
ANSWERS = frozenset({"yes", "no", "unclear"})
SKIP = "skip"
RANGE = "range"
FORMULA = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def parse_judgements(text: str, codebook: Codebook, passages: Collection[str]) -> list[Judgement]:
    """Return the judgements of a table; raises InputError naming every line that cannot be used.

    Columns: passage, coder, question, value, low, high, note, time; others are ignored. An id is made from the
    row itself, so that the same row again is the same judgement.
    """
    judgements, faults = [], []
    for line, row in _read_rows(text):
        if not any(row[name] for name in ("coder", "question", "value")):
            continue  # an exported passage that nobody has coded yet
        fault = _find_fault(row, codebook, passages)
        if fault:
            faults.append(f"line {line}: {fault}")
        else:
            judgements.append(_make_judgement(row, codebook))
    if faults:
        raise InputError("; ".join(faults), hint="nothing was imported; mend these lines and import again")
    return judgements


def _read_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the line it begins on: a note may run over several."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    line = 1
    try:
        if missing := NEEDED - set(rows.fieldnames or ()):
            raise InputError(
                f"the table has no column {', '.join(sorted(missing))}",
                hint="export one to see its columns",
            )
        line = rows.line_num + 1
        for row in rows:
            given = {name: (value or "").strip() for name, value in row.items() if name in COLUMNS}
            yield line, {name: _unguard(given.get(name, "")) for name in COLUMNS}
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {line}: not a row of CSV: {error}", hint="save the table again") from error


def _find_fault(row: dict[str, str], codebook: Codebook, passages: Collection[str]) -> str | None:
    if row["passage"] not in passages:
        return f"no passage has the id {row['passage']!r}"
    if not row["coder"]:
        return "nobody is named as coder"
    return _find_bad_answer(row, codebook) or _find_bad_range(row, codebook) or _find_bad_time(row["time"])


def _find_bad_answer(row: dict[str, str], codebook: Codebook) -> str | None:
    questions = {question.id for question in codebook.questions} | {code.id for code in codebook.codes}
    if row["question"] == SKIP:
        return None  # the value is the reason, in the coder's words
    if row["question"] == codebook.scale.name:
        wrong = row["value"] not in ANSWERS | {RANGE, ""}
    elif row["question"] in questions:
        wrong = row["value"] not in ANSWERS
    else:
        return f"the codebook has no question {row['question']!r}"
    return f"the answer {row['value']!r} is not yes, no or unclear" if wrong else None


def _find_bad_range(row: dict[str, str], codebook: Codebook) -> str | None:
    """Return what is wrong with `low` and `high`: both on a row of the scale, none on any other."""
    bounds, points = [row["low"], row["high"]], {str(point) for point in codebook.scale.points}
    if row["question"] != codebook.scale.name:
        return "low and high belong to the scale" if any(bounds) else None
    if wrong := [one for one in bounds if one not in points]:
        return f"{wrong[0]!r} is no point of the scale"
    return "low lies above high" if int(bounds[0]) > int(bounds[1]) else None


def _find_bad_time(text: str) -> str | None:
    try:
        _read_time(text)
    except (ValueError, OverflowError):
        return f"the time {text!r} is not in ISO 8601"
    return None


def _read_time(text: str) -> datetime:
    """Return a time in UTC; one without a zone is taken for UTC."""
    read = datetime.fromisoformat(text)
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def _make_judgement(row: dict[str, str], codebook: Codebook) -> Judgement:
    judged_at = _read_time(row["time"])
    said = [row[name] for name in ("passage", "coder", "question", "value", "low", "high")]
    return Judgement(
        id=get_id("judgement", *said, judged_at.isoformat()),
        passage=row["passage"],
        coder=row["coder"],
        codebook=codebook.name,
        question=row["question"],
        value=row["value"],
        low=int(row["low"]) if row["low"] else None,
        high=int(row["high"]) if row["high"] else None,
        note=row["note"] or None,
        judged_at=judged_at,
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
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before it; plain numbers stay.

    >>> _guard("=1+1"), _guard("-3"), _unguard(_guard("=1+1"))
    ("'=1+1", '-3', '=1+1')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def _unguard(text: str) -> str:
    """Return the cell as it was before `_guard`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
