"""Quotation marks told from apostrophes, and what each may do: open, close, or either.

Pairing them is in `pairs`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from linewatch.resources import load_table

_DASHES = "-–—―/"
_OPENERS_BEFORE = "([{<>*_:,=|" + _DASHES
_AFTER_CLOSE = ".,;:!?؟،؛…)]}>*_|" + _DASHES
_DECADE = re.compile(r"\d{2}s\b")
_ELIDED = re.compile(r"[A-Za-z]{1,6}")
# Marks with a usual direction that another language turns round: „so“, ”så”, »so«.
_EITHER = frozenset("“”’«»")


# In doubled text: the two of a mark, beside the one that hems the cell where that touches it.
_DOUBLED = ('""', '"""')
_DOUBLED_MARK = re.compile(r"\"{2,3}|[“”«»]")
_RUN = re.compile(r"\"+")


class Mark(NamedTuple):
    """One mark in a text and what it may do there."""

    at: int
    text: str
    single: bool
    opens: bool
    closes: bool
    weak: bool = False
    """A single mark after a final s: as likely the apostrophe of `soldiers'` as a closing mark."""


class Kinds(NamedTuple):
    """The table of marks, made ready."""

    pattern: re.Pattern[str]
    single: frozenset[str]
    both: frozenset[str]
    open: frozenset[str]
    closes: dict[str, frozenset[str]]
    elisions: frozenset[str]


@cache
def get_kinds() -> Kinds:
    """Return the marks of `resources/marks.yml`."""
    table: dict[str, Any] = load_table("marks")
    double, single = table["double"], table["single"]
    every = {mark for row in (double, single) for marks in row.values() for mark in marks}
    return Kinds(
        # `'''`: before a word the double mark comes first, after one the single mark that closes an inner quotation.
        pattern=re.compile(
            r"'(?=''(?![\w']))|"
            + "|".join(re.escape(mark) for mark in sorted(every, key=lambda m: (-len(m), m)))
        ),
        single=frozenset(mark for marks in single.values() for mark in marks),
        both=frozenset([*double["both"], *single["both"], *_DOUBLED]),
        open=frozenset(double["open"] + single["open"]),
        closes={mark: frozenset(closers) for mark, closers in table["closes"].items()},
        elisions=frozenset(str(word) for word in table["elisions"]),
    )


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Return the marks between `start` and `end` that may open or close a quotation, in order.

    >>> [mark.at for mark in find_marks("It's 'so' here", 0, 14)]
    [5, 8]
    """
    pattern = _DOUBLED_MARK if is_doubled(text, start, end) else get_kinds().pattern
    hits = [(hit.start(), hit.end()) for hit in pattern.finditer(text, start, end)]
    befores = _list_befores(text, hits, start)
    afters = _list_afters(text, hits, end)
    read = (
        _read_mark(text, hit, before, after) for hit, before, after in zip(hits, befores, afters, strict=True)
    )
    return [mark for mark in read if mark is not None]


def is_doubled(text: str, start: int, end: int) -> bool:
    """Tell whether the marks are doubled as a table's cells have them: `"He said: ""Row."" Nobody came."`; single ones hem the cell.

    >>> line = '"He said: ""Row."" Nobody came."'
    >>> is_doubled(line, 0, len(line)), is_doubled('He said "no" and ""', 0, 19)
    (True, False)
    """
    runs = [(hit.start(), len(hit[0])) for hit in _RUN.finditer(text, start, end)]
    doubled = sum(length > 1 for _, length in runs)
    edges = text[start:end].strip()
    hems = (edges[:1] == '"') + (edges[-1:] == '"')
    return (
        doubled >= 2
        and all(length in {2, 3} for _, length in runs if length > 1)
        and len(runs) - doubled <= hems
    )


def _list_befores(text: str, hits: list[tuple[int, int]], start: int) -> list[str]:
    """Return for each mark the code point before it, looking past marks that touch it."""
    out: list[str] = []
    for n, (begin, _) in enumerate(hits):
        touches = n > 0 and hits[n - 1][1] == begin
        out.append(out[-1] if touches else text[begin - 1] if begin > start else " ")
    return out


def _list_afters(text: str, hits: list[tuple[int, int]], end: int) -> list[str]:
    out: list[str] = []
    for n in range(len(hits) - 1, -1, -1):
        finish = hits[n][1]
        touches = n + 1 < len(hits) and hits[n + 1][0] == finish
        out.append(out[-1] if touches else text[finish] if finish < end else " ")
    return out[::-1]


def _read_mark(text: str, hit: tuple[int, int], before: str, after: str) -> Mark | None:
    touches = get_kinds().pattern.match(text, hit[1]) is not None
    kinds = get_kinds()
    mark = text[hit[0] : hit[1]]
    single = mark in kinds.single
    if single and (before.isalnum() and after.isalnum()):
        return None
    if mark in kinds.both or mark in _EITHER:
        opens, closes = _read_sides(before, after)
        opens, closes = _lean(mark, before, opens=opens, closes=closes)
    else:
        opens, closes = mark in kinds.open, mark not in kinds.open
    if single and opens and _is_elision(text, hit[1]):
        opens = False
        closes = closes and not before.isspace()
    if not (opens or closes):
        if single and not touches:
            return None
        # `a critic... '"`, `" Row " he said`: set loose from the words, a mark closes what is open.
        opens, closes = not single, True
    return Mark(hit[0], mark, single, opens, closes, weak=single and before in "sS" and after == " ")


def _read_sides(before: str, after: str) -> tuple[bool, bool]:
    opens = (
        (before.isspace() or before in _OPENERS_BEFORE) and not after.isspace() and after not in ",;:!?)]}،؛"
    )
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSE or not after.isalnum())
    return opens, closes


def _lean(mark: str, before: str, *, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Return what a mark with a usual direction may do: `“` may close only „…“, `”` may open only where it must."""
    if mark in {"“", "«"}:
        return True, closes and not before.isspace()
    if mark in {"”", "»"}:
        return opens and not closes, True
    if mark == "’":
        return opens and not closes, closes
    return opens, closes


def _is_elision(text: str, at: int) -> bool:
    if _DECADE.match(text, at):
        return True
    word = _ELIDED.match(text, at)
    return word is not None and word[0].lower() in get_kinds().elisions and text[at : at + 1].islower()
