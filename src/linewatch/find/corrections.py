"""What an edited table of findings says: which corrections are new, or every row that cannot be used. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from linewatch.errors import InputError
from linewatch.find.corrections_rows import RowReader
from linewatch.find.corrections_state import State
from linewatch.find.corrections_table import Row
from linewatch.model import Correction

HINT = (
    "nothing was imported; mend these lines and import again; "
    "an apostrophe before a date keeps a spreadsheet from rewriting it"
)


def make_corrections(rows: Iterable[Row], state: State, analyst: str, now: datetime) -> list[Correction]:
    """Return what the rows correct that is not corrected yet; raises InputError naming every line that cannot be used."""
    made: list[Correction] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for row in rows:
        try:
            new = RowReader(row, state, analyst, now).read()
            for name in {row.get("id"), *(one.target for one in new if one.action == "add")} - {""}:
                _check_once(lines, name, row.line)
            made += new
        except ValueError as error:
            faults.append(f"line {row.line}: {error}")
    faults += [] if faults else _find_clashes(state, made)
    if faults:
        raise InputError("; ".join(faults), hint=HINT)
    return made


def _check_once(lines: dict[str, int], name: str, line: int) -> None:
    if lines.setdefault(name, line) != line:
        raise ValueError(f"line {lines[name]} speaks of the same finding")


def _find_clashes(state: State, made: Iterable[Correction]) -> list[str]:
    """Return the merges that together lead back to where they began, or into what the same table rejects."""
    made = tuple(made)
    rejected = {one.target for one in made if one.action == "reject"}
    leads = {one.target: one.value for one in (*state.standing, *made) if one.action == "merge"}
    return [
        f"the merge of {first} leads back to itself" for first in leads if first in _follow(leads, first)
    ] + [
        f"{first} is merged into {value}, which is rejected"
        for first, value in leads.items()
        if value in rejected
    ]


def _follow(leads: Mapping[str, str | None], first: str) -> set[str | None]:
    passed: set[str | None] = set()
    at = leads.get(first)
    while at and at not in passed:
        passed.add(at)
        at = leads.get(at)
    return passed
