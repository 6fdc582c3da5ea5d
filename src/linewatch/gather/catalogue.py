"""Reads `catalogue.csv`: what somebody says of files that the files do not say themselves. Nothing is guessed."""

from __future__ import annotations

import csv
import io
from typing import get_args

from linewatch.model import ItemKind, Value
from linewatch.model.when import parse_iso
from linewatch.text.cells import find_delimiter

FIELDS = ("kind", "publisher", "outlet", "tier", "place", "date", "title", "language")
MEDIA_KINDS = frozenset(get_args(ItemKind))
TIERS = frozenset("ABCDX")


class Catalogue(Value, frozen=True, kw_only=True):
    """What a catalogue says, by path, and what is wrong with it, by line."""

    said: dict[str, dict[str, str]]
    faults: tuple[str, ...] = ()


def parse_catalogue(text: str) -> Catalogue:
    r"""Return what the rows say; a row that cannot be used is a fault that names its line.

    >>> parse_catalogue("path,kind,date\nsongs/1.txt,song,2031-02\n").said
    {'songs/1.txt': {'side': 'own', 'kind': 'song', 'date': '2031-02'}}
    """
    rows = csv.DictReader(io.StringIO(text), delimiter=find_delimiter(text))
    if "path" not in (rows.fieldnames or ()):
        return Catalogue(said={}, faults=("line 1: no column is called path",))
    said: dict[str, dict[str, str]] = {}
    unknown = [name for name in rows.fieldnames or () if name and name not in {"path", *FIELDS}]
    faults = [f"line 1: no field is called {name!r}" for name in unknown]
    for row in rows:
        path = (row.get("path") or "").strip()
        given = {name: (row.get(name) or "").strip() for name in FIELDS}
        wrong = [fault for name, value in given.items() if value and (fault := find_fault(name, value))]
        if not path:
            wrong.append("no path")
        faults += [f"line {rows.line_num}: {fault}" for fault in wrong]
        if not wrong:
            if path in said:
                faults.append(f"line {rows.line_num}: {path} is named a second time; this line stands")
            said[path] = say({name: value for name, value in given.items() if value})
    return Catalogue(said=said, faults=tuple(faults))


def find_fault(name: str, value: str) -> str | None:
    """Return what is wrong with a field's value, None when it can be used."""
    if name == "kind" and value not in MEDIA_KINDS | {"report", "own", "about"}:
        return f"the kind {value!r} is not one of {', '.join(sorted(MEDIA_KINDS))}, report, own, about"
    if name == "tier" and value not in TIERS:
        return f"the tier {value!r} is not one of A, B, C, D, X"
    if name == "date":
        try:
            parse_iso(value)
        except ValueError:
            return f"the date {value!r} is not YYYY-MM-DD, YYYY-MM or YYYY"
    return None


def say(given: dict[str, str]) -> dict[str, str]:
    """Return the fields as they are kept: a kind of media piece means the organisation's own, a report is about it."""
    kind = given.pop("kind", None)
    if kind is None:
        return given
    side = "about" if kind in {"report", "about"} else "own"
    named = {"kind": kind} if kind in MEDIA_KINDS else {}
    return {"side": side, **named, **given}
