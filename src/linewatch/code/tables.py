"""Judgements read from a flat table: strictly, every bad row named. How one is written is in `export`."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

from linewatch.code.answers import RANGE, Answer, find_bad_name
from linewatch.code.codebook import SKIP
from linewatch.code.export import BLIND, COLUMNS
from linewatch.errors import InputError
from linewatch.model import Codebook, Value
from linewatch.text.cells import find_delimiter, unguard_formula

NEEDED = ("passage", "coder", "question", "value")
MOST_FAULTS = 20


class Row(Value, frozen=True, kw_only=True):
    """One row of the table that says something."""

    line: int
    passage: str
    coder: str
    answer: Answer
    time: datetime | None = None
    blind: bool = True
    """Whether the table named neither outlet nor date beside it."""
    digest: str | None = None
    """The wording of the codebook it was given under, where that is not the one of now."""


def decode_table(data: bytes, name: str) -> str:
    """Return the text of a table; raises InputError when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 at byte {error.start}", hint='save it as "CSV UTF-8"'
        ) from error


def parse_rows(text: str, codebook: Codebook, passages: Collection[str]) -> list[Row]:
    """Return the rows of a table of judgements; raises InputError naming every line that cannot be used.

    Columns: passage, coder, question, value, and where wanted low, high, note, time; others are read past. A row
    with no value and no low is one not answered yet.
    """
    rows, faults = [], []
    first: dict[tuple[str, str, str], Row] = {}
    for line, given in _list_cells(text):
        read = _read_row(line, given, codebook, passages)
        if isinstance(read, Row):
            key = (read.passage, read.coder, read.answer.question)
            before = first.setdefault(key, read)
            if before.answer != read.answer:
                faults.append(f"line {line}: answered otherwise than in line {before.line}")
            elif before is read:
                rows.append(read)
        elif read is not None:
            faults.append(f"line {line}: {read}")
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise InputError(
            "; ".join(faults[:MOST_FAULTS]) + more,
            hint="nothing was imported; mend these lines and import again",
        )
    return rows


def _list_cells(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line each row begins on and its cells."""
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), restkey="")
    try:
        rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or ()]
        _check_columns(rows.fieldnames)
        line = rows.line_num + 1
        for row in rows:
            more = {"": "cells beyond the last column"} if "" in row and any(row[""]) else {}
            yield line, {k: unguard_formula((v or "").strip()) for k, v in row.items() if k} | more
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"line {rows.line_num + 1} is not CSV: {error}", hint='save it as "CSV UTF-8"'
        ) from error


def _check_columns(names: Sequence[str]) -> None:
    if missing := [name for name in NEEDED if name not in names]:
        raise InputError(
            f"the table has no column {', '.join(missing)}", hint="export one to see its columns"
        )
    if twice := [name for name in COLUMNS if names.count(name) > 1]:
        raise InputError(f"the table has two columns {', '.join(twice)}", hint="remove one of each")


def _read_row(
    line: int, given: dict[str, str], codebook: Codebook, passages: Collection[str]
) -> Row | str | None:
    """Return a row, what is wrong with it, or None where it is not answered yet."""
    if not any(given.get(name) for name in ("value", "low", "high")):
        return "a note without an answer" if given.get("note") else None
    if "" in given:
        return given[""]
    if given["passage"] not in passages:
        return f"no passage has the id {given['passage']!r}"
    if fault := find_bad_name(given["coder"]):
        return fault
    try:
        answer, time = _read_answer(given, codebook), _read_time(given.get("time", ""))
    except ValueError as error:
        return str(error)
    blind = not any(given.get(name) for name in BLIND)
    return Row(
        line=line, passage=given["passage"], coder=given["coder"], answer=answer, time=time, blind=blind
    )


def _read_answer(given: dict[str, str], codebook: Codebook) -> Answer:
    """Return what a row answers; raises ValueError saying what is wrong."""
    question, value, note = given["question"], given["value"], given.get("note") or None
    low_given, high_given = given.get("low", ""), given.get("high", "")
    if question == codebook.scale.name:
        low, high = _read_ends(value, low_given, high_given, codebook)
        return Answer(question=question, value=RANGE, low=low, high=high, note=note)
    if low_given or high_given:
        raise ValueError(f"low and high belong to {codebook.scale.name} only")
    if question == SKIP:
        return Answer(question=question, value=value, note=note)
    known = {*(one.id for one in codebook.questions), *(one.id for one in codebook.codes)}
    if question not in known:
        raise ValueError(f"the codebook has no question {question!r}")
    if value.casefold() not in {"yes", "no", "unclear"}:
        raise ValueError(f"the answer {value!r} is not yes, no or unclear")
    return Answer(question=question, value=value.casefold(), note=note)


def _read_ends(value: str, low: str, high: str, codebook: Codebook) -> tuple[int, int]:
    """Return the range of a row: low and high, or, without them, the point that its value is."""
    if not (low or high):
        low = high = value
    elif value not in {"", RANGE}:
        raise ValueError(f"the value {value!r} beside low and high is not {RANGE}")
    points = {f"{point}": point for point in codebook.scale.points}
    ends = [end.removeprefix("+") for end in (low, high)]
    if wrong := [end for end in ends if end not in points]:
        raise ValueError(f"{wrong[0]!r} is no point of the scale")
    first, last = (points[end] for end in ends)
    if first > last:
        raise ValueError("low lies above high")
    return first, last


def _read_time(text: str) -> datetime | None:
    """Return a time in UTC, taken for it where it names no zone."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"the time {text!r} is not in ISO 8601") from error
