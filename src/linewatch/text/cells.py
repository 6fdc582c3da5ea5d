"""Cells of a table that people edit in a spreadsheet: nothing in them runs, and what was written comes back unchanged."""

from __future__ import annotations

import re

# A spreadsheet runs `=1+1`, and rewrites on opening: 2031-02-01 to 1/2/31, 007 to 7, 1e5 to 100000, May 4 to a date.
_READ_ANEW = re.compile(
    r"'*(?:[=+\-@\t\r]|[0-9]|(?:true|false)$|[^\W\d_]{3,9}\.? ?[0-9]{1,4}\b.{0,6}$)", re.IGNORECASE
)
_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,14}")


def guard(cell: str) -> str:
    """Return a cell that a spreadsheet takes for words: an apostrophe before it; whole numbers stay.

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
