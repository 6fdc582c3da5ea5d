"""The labels of notes: `[2]`, `2.`, `2)`, a bare or raised 2, `[^2]:`, `*`. Which lines are notes is decided elsewhere."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Form = Literal["bracket", "caret", "raised", "dotted", "bare", "star"]
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(RAISED + "٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_SPACE = r"[ \t\u00a0\u2000-\u200a\u202f]"
_LABEL = re.compile(
    rf"(?P<bracket>\[(?P<b>[0-9٠-٩]{{1,3}}|[ivxl]{{1,6}}|[a-z])\][.:]?)(?={_SPACE}|\S)"
    rf"|(?P<caret>\[\^(?P<c>[^\]\s]{{1,20}})\]:?)"
    rf"|(?P<raised>(?P<r>[{RAISED}]{{1,3}}))(?={_SPACE}|\S)"
    rf"|(?P<dotted>\(?(?P<d>[0-9٠-٩]{{1,3}})(?:\.(?![0-9])|\)))(?={_SPACE}|[^\W\d])"
    rf"|(?P<bare>(?P<n>[0-9]{{1,3}}))(?={_SPACE}{{1,4}}[^\W\d_a-z]|{_SPACE}{{1,4}}[\"“‘'«(<]|{_SPACE}{{1,4}}https?:|[A-Z][a-z])"
    rf"|(?P<star>(?P<s>\*{{1,3}}|†|‡))(?!\*)(?={_SPACE}?\S)",
)
_BLANK = re.compile(rf"{_SPACE}{{0,8}}")


class Label(NamedTuple):
    """A note's label at the beginning of a line; its body begins at `end`."""

    n: str
    form: Form
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """Return the number, None for `*`, letters and names."""
        return int(self.n) if self.n.isascii() and self.n.isdigit() else None


def to_number(digits: str) -> str:
    """Return raised or Arabic-Indic digits as plain ones.

    >>> to_number("¹²")
    '12'
    """
    return digits.translate(_PLAIN)


def find_label(text: str, start: int, end: int) -> Label | None:
    """Return the label that the line `text[start:end]` begins with; one printed twice is taken whole.

    >>> find_label("[2] 2. The Lamp, 3 May.", 0, 23)
    Label(n='2', form='bracket', start=0, end=7)
    """
    begin = _skip(text, start, end)
    first = _match(text, begin, end)
    if first is None:
        return None
    at = _skip(text, first.end, end)
    second = _match(text, at, end) if first.form != "star" else None
    if second is not None and second.n == first.n:
        at = _skip(text, second.end, end)
    return Label(first.n, first.form, begin, at) if at < end else None


def _skip(text: str, start: int, end: int) -> int:
    blank = _BLANK.match(text, start, end)
    return blank.end() if blank else start


def _match(text: str, start: int, end: int) -> Label | None:
    hit = _LABEL.match(text, start, end)
    if hit is None:
        return None
    form = next(name for name in _FORMS if hit[name] is not None)
    value = next(hit[group] for group in "bcrdns" if hit[group] is not None)
    return Label(to_number(value), form, hit.start(), hit.end())


_FORMS: tuple[Form, ...] = ("bracket", "caret", "raised", "dotted", "bare", "star")
