"""Which mark opens and which closes: nested pairs, mixed pairs, pairs left open, and closing marks without an opening one.

A paragraph at a time and in one pass: a text of nothing but marks takes time in proportion to its length.
"""

from __future__ import annotations

from typing import NamedTuple

from linewatch.text.marks import Mark, find_marks, get_kinds

_DEEPEST = 6


class Pair(NamedTuple):
    """Words between marks: `text[start:end]`; the marks themselves lie before `start` and from `end` to `after`."""

    before: int
    start: int
    end: int
    after: int
    depth: int
    mark: str
    closed: bool = True


class Paired(NamedTuple):
    """What the marks of one paragraph come to."""

    pairs: tuple[Pair, ...]
    """In order of their opening; those never closed end with the paragraph."""
    orphans: tuple[Mark, ...]
    """Closing double marks that nothing opens here: the end of a quotation begun in an earlier paragraph."""


def find_pairs(text: str, start: int, end: int, *, goes_on: bool = False) -> Paired:
    r"""Return the pairs of marks between `start` and `end`; `goes_on` says that the next paragraph re-opens the marks.

    >>> text = 'He said, "Mend the \'Petrel\' first."'
    >>> [(text[p.start:p.end], p.depth) for p in find_pairs(text, 0, len(text)).pairs]
    [("Mend the 'Petrel' first.", 0), ('Petrel', 1)]
    """
    pairing = _Pairing(find_marks(text, start, end), goes_on=goes_on)
    return pairing.run(end)


class _Pairing:
    def __init__(self, marks: list[Mark], *, goes_on: bool) -> None:
        self.marks = marks
        self.goes_on = goes_on
        self.stack: list[tuple[Mark, int]] = []
        self.pairs: list[Pair | None] = []
        self.orphans: list[Mark] = []
        self.strong = _list_strong_closers(marks)
        self.surplus = _list_surplus(marks)

    def run(self, end: int) -> Paired:
        for n, mark in enumerate(self.marks):
            self._take(n, mark)
        self._finish(end)
        return Paired(tuple(pair for pair in self.pairs if pair is not None), tuple(self.orphans))

    def _take(self, n: int, mark: Mark) -> None:
        opener = self._find_opener(mark)
        if mark.opens and not mark.closes:
            self._open_or_renew(n, mark, opener)
        elif opener is not None and not self._is_apostrophe(n, mark):
            self._close(mark, opener)
        elif mark.opens:
            self._open_or_renew(n, mark, None)
        elif opener is None and mark.closes and not mark.single:
            self.orphans.append(mark)

    def _find_opener(self, mark: Mark) -> int | None:
        closes = get_kinds().closes
        for at in range(len(self.stack) - 1, -1, -1):
            if mark.text in closes.get(self.stack[at][0].text, ()):
                return at
            if mark.single and not self.stack[at][0].single:
                return None
        return None

    def _is_apostrophe(self, n: int, mark: Mark) -> bool:
        """Tell whether a mark after a final s is an apostrophe: a surer closing mark follows before the next opening."""
        return mark.weak and self.strong[n + 1]

    def _open_or_renew(self, n: int, mark: Mark, opener: int | None) -> None:
        same = opener is not None and mark.text in get_kinds().both and not mark.single
        if same and opener is not None and not self._is_nested(n):
            # `"One. "Two."`: the first mark was never closed, the second begins anew.
            del self.stack[opener:]
        if mark.single and not self._can_open_single(n, mark):
            return
        if len(self.stack) < _DEEPEST:
            self.stack.append((mark, len(self.pairs)))
            self.pairs.append(None)

    def _is_nested(self, n: int) -> bool:
        doubles = sum(1 for mark, _ in self.stack if not mark.single)
        return self.surplus[n + 1] >= doubles + (0 if self.goes_on else 1)

    def _can_open_single(self, n: int, mark: Mark) -> bool:
        return self.strong[n + 1] or (mark.text != "'" and n == 0 and self.goes_on)

    def _close(self, mark: Mark, opener: int) -> None:
        begun, slot = self.stack[opener]
        del self.stack[opener:]
        start, after = begun.at + len(begun.text), mark.at + len(mark.text)
        self.pairs[slot] = Pair(begun.at, start, mark.at, after, opener, begun.text)

    def _finish(self, end: int) -> None:
        for depth, (begun, slot) in enumerate(self.stack):
            if not begun.single or (begun.text != "'" and depth == 0):
                start = begun.at + len(begun.text)
                self.pairs[slot] = Pair(begun.at, start, end, end, depth, begun.text, closed=False)


def _list_strong_closers(marks: list[Mark]) -> list[bool]:
    """Return for each place whether a single mark that surely closes comes before the next one that opens."""
    out = [False] * (len(marks) + 1)
    for n in range(len(marks) - 1, -1, -1):
        mark = marks[n]
        if not mark.single:
            out[n] = out[n + 1]
        elif mark.closes and not mark.weak:
            out[n] = True
        elif mark.opens:
            out[n] = False
        else:
            out[n] = out[n + 1]
    return out


def _list_surplus(marks: list[Mark]) -> list[int]:
    """Return for each place how many more straight double marks after it close than open."""
    out = [0] * (len(marks) + 1)
    for n in range(len(marks) - 1, -1, -1):
        mark = marks[n]
        step = 0 if mark.single or mark.opens == mark.closes else 1 if mark.closes else -1
        out[n] = out[n + 1] + step
    return out
