"""Cells of a table that people edit in a spreadsheet: nothing in them runs, and what was written comes back unchanged."""

from __future__ import annotations

import re

# A spreadsheet runs `=1+1`, wide signs too; apostrophes before it count as part of the guard.
_STARTS_FORMULA = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile(rf"'*{_STARTS_FORMULA}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
# It rewrites on opening: 2031-02-01 to 1/2/31, 007 to 7, 1e5 to 100000, May 4 to a date.
_READ_ANEW = re.compile(
    rf"'*(?:{_STARTS_FORMULA}|[0-9]|(?:true|false)$|[^\W\d_]{{3,9}}\.? ?[0-9]{{1,4}}\b.{{0,6}}$)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,14}")


def find_delimiter(text: str) -> str:
    """Return what stands between the cells of a table: a spreadsheet saves commas or, where its country is used to them, semicolons.

    >>> find_delimiter("path;kind;date"), find_delimiter("path,kind"), find_delimiter("path")
    (';', ',', ',')
    """
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def guard_formula(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before a formula; numbers stay.

    >>> guard_formula("=1+1"), guard_formula("-2.5"), guard_formula("- a dash"), guard_formula("2031-02-01")
    ("'=1+1", '-2.5', "'- a dash", '2031-02-01')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguard_formula(cell: str) -> str:
    """Return what `guard_formula` was given.

    >>> [unguard_formula(guard_formula(cell)) for cell in ("=1+1", "'=1", "-2", "a", "'tis", "'2031")]
    ['=1+1', "'=1", '-2', 'a', "'tis", "'2031"]
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def guard(cell: str) -> str:
    """Return a cell that a spreadsheet neither runs nor rewrites: an apostrophe before it; whole numbers stay.

    >>> guard("=1+1"), guard("2031-02-01"), guard("May 4"), guard("-3"), guard("The Lamp")
    ("'=1+1", "'2031-02-01", "'May 4", '-3', 'The Lamp')
    """
    return f"'{cell}" if _READ_ANEW.match(cell) and not _PLAIN.fullmatch(cell) else cell


def unguard(cell: str) -> str:
    """Return the cell as it was before `guard`, also where a spreadsheet has dropped the apostrophe.

    >>> unguard(guard("=1+1")), unguard("2031-02-01"), unguard("'tis")
    ('=1+1', '2031-02-01', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _READ_ANEW.match(cell) else cell
