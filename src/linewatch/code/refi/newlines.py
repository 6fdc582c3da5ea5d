"""Line ends and offsets: two signs at the end of a line are counted as two by some programs and as one by others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from linewatch.code.refi.project import Selection

COUNT_ONE = ("atlas", "maxqda")
"""Programs that count the two signs as one, as far as is known."""
_PAIR = re.compile("\r\n")


class Chosen(NamedTuple):
    """A text with bare line feeds, and its selections counted in it."""

    text: str
    selections: list[Selection]


class Even(NamedTuple):
    """A text with bare line feeds and no mark before it, and where its signs stood."""

    text: str
    dropped: tuple[int, ...]
    """The offsets, in the text as it was, of the signs left out."""

    def lower(self, place: int) -> int:
        """Return an offset of the text as it was in this one."""
        return place - bisect_left(self.dropped, place)

    def lift(self, place: int) -> int:
        """Return an offset of this text in the text as it was, before what was left out there."""
        for at in self.dropped:
            if at >= place:
                break
            place += 1
        return place


def even(text: str) -> Even:
    r"""Return a text with LF only, as readers of a .txt see it, and without a byte order mark.

    >>> made = even("\ufeffsea\r\nwall\r")
    >>> made.text, made.lower(4), made.lift(3), made.lower(6), made.lift(4)
    ('sea\nwall\n', 3, 4, 4, 6)
    """
    marks = (0,) if text.startswith("\ufeff") else ()
    dropped = (*marks, *(found.start() for found in _PAIR.finditer(text)))
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Even(plain, dropped)


def choose_text(text: str, selections: Sequence[Selection], origin: str) -> Chosen:
    r"""Return a text with LF only and its selections where they were meant.

    Of a text whose lines end in two signs, what the selections are called decides: programs name them by their words.
    Where that tells nothing, the program does.

    >>> one = Selection(start=5, end=9, name="wall")
    >>> [choose_text("sea\r\nwall", [one], program).selections[0].start for program in ("", "ATLAS.ti")]
    [4, 4]
    """
    made = even(text)
    if not made.dropped:
        return Chosen(made.text, list(selections))
    lowered = [replace(one, start=made.lower(one.start), end=made.lower(one.end)) for one in selections]
    as_one, as_two = _count_named(made.text, selections), _count_named(made.text, lowered)
    by_program = any(name in origin.casefold() for name in COUNT_ONE)
    ones = by_program if as_one == as_two else as_one > as_two
    return Chosen(made.text, list(selections) if ones else lowered)


def _count_named(text: str, selections: Sequence[Selection]) -> int:
    """Return how many selections begin with the words they are called by."""
    return sum(
        bool(words := " ".join((one.name or "").split())[:20])
        and " ".join(text[max(one.start, 0) : one.end].split()).startswith(words)
        for one in selections
    )
