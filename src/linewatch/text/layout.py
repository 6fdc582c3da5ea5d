"""How a plain text is laid out: its lines, whether they are hard-wrapped, and the paragraphs they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linewatch.text.labels import find_label
from linewatch.text.spans import Place, trim

_LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029]*(?:\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029|\Z)")
_STARTER = re.compile(r"\s{0,8}(?:[-•●▪◦*+]\s|>|#{1,6}\s|\||[A-Z][\w ]{0,20}:\s)")
_BREAK = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\u2028|\u2029")
_SHORTEST_WRAP, _WIDEST_WRAP = 48, 110
# Lines wider than that are wrapped by hand only where nearly all are nearly full; else each is a paragraph.
_WIDEST_FULL_WRAP, _NEARLY_FULL, _LEAST_FULL_LINES, _MOSTLY = 140, 0.9, 5, 0.8
_FULL = 0.72
SET_IN = 4
"""From this indent on, lines stand in as a block quotation does."""


class Paragraph(NamedTuple):
    """Lines that belong together, trimmed, with the number of blank lines before and the least indent of their lines."""

    start: int
    end: int
    blanks: int
    indent: int
    lines: int


class _Line(NamedTuple):
    start: int
    end: int
    indent: int


def find_lines(text: str) -> Iterator[Place]:
    r"""Yield the lines, without their ends.

    >>> list(find_lines("a\r\nb"))
    [Place(start=0, end=1), Place(start=3, end=4)]
    """
    for hit in _LINE.finditer(text):
        if hit.start() == hit.end() and hit.start() == len(text):
            return
        broken = _BREAK.search(text, max(hit.start(), hit.end() - 2), hit.end())
        yield Place(hit.start(), broken.start() if broken else hit.end())


def find_paragraphs(text: str) -> list[Paragraph]:
    r"""Return the paragraphs: hard-wrapped lines joined, lines of their own kept apart.

    >>> [p.lines for p in find_paragraphs("One line.\n\nAnother.\nThird.")]
    [1, 1, 1]
    """
    groups = list(_group_lines(text))
    width = find_wrap_width([lines for _, lines in groups])
    out: list[Paragraph] = []
    for blanks, lines in groups:
        for n, part in enumerate(_split_group(text, lines, width)):
            start, end = part[0].start, part[-1].end
            out.append(
                Paragraph(start, end, blanks if n == 0 else 0, min(line.indent for line in part), len(part))
            )
    return out


def _group_lines(text: str) -> Iterator[tuple[int, list[_Line]]]:
    blanks, waiting, group = 0, 0, list[_Line]()
    for place in find_lines(text):
        inner = trim(text, *place)
        if inner.start == inner.end or _is_invisible(text[inner.start : inner.end]):
            if group:
                yield waiting, group
                group = []
                blanks = 0
            blanks += 1
            continue
        if not group:
            waiting = blanks
        group.append(_Line(inner.start, inner.end, inner.start - place.start))
    if group:
        yield waiting, group


def _is_invisible(words: str) -> bool:
    return len(words) <= 4 and not words.strip("\u200b\u200e\u200f\ufeff\u00ad")


def find_wrap_width(groups: Sequence[Sequence[tuple[int, int, int]]]) -> int | None:
    """Return the width at which lines are broken by hand, None where each line is a paragraph."""
    inner = sorted(line[1] - line[0] + line[2] for group in groups for line in group[:-1])
    if not inner:
        return None
    widest = inner[min(len(inner) - 1, int(len(inner) * 0.95))]
    middle = inner[len(inner) // 2]
    if widest < _SHORTEST_WRAP or middle < _FULL * widest * 0.8:
        return None
    return widest if widest <= _WIDEST_WRAP or _is_full(inner, widest) else None


def _is_full(inner: Sequence[int], widest: int) -> bool:
    """Tell whether the longer lines are so evenly long that only wrapping can have made them; an address beside them is none."""
    full = sum(length >= _NEARLY_FULL * widest for length in inner)
    longer = sum(length >= _FULL * 0.8 * widest for length in inner)
    return widest <= _WIDEST_FULL_WRAP and full >= max(_LEAST_FULL_LINES, _MOSTLY * longer)


def _split_group(text: str, lines: list[_Line], width: int | None) -> Iterator[list[_Line]]:
    if min(line.indent for line in lines) >= SET_IN and not _is_stanza(lines, width or _WIDEST_WRAP):
        yield lines
        return
    if width is None:
        yield from ([line] for line in lines)
        return
    part = [lines[0]]
    number = _get_number(text, lines[0])
    for line in lines[1:]:
        next_number = _get_number(text, line)
        follows = number is not None and next_number is not None and number < next_number <= number + 3
        if follows or _starts_anew(text, part[-1], line, width):
            yield part
            part = []
        number = next_number if follows else number
        part.append(line)
    yield part


def _is_stanza(lines: Sequence[_Line], width: int) -> bool:
    return len(lines) > 2 and all(line.end - line.start < _FULL * width * 0.8 for line in lines)


def _get_number(text: str, line: _Line) -> int | None:
    """Return the number that a line is labelled with, as in a list of notes set line by line."""
    label = find_label(text, line.start, line.end)
    return label.number if label is not None and label.form in {"dotted", "bare"} else None


def _starts_anew(text: str, before: _Line, line: _Line, width: int) -> bool:
    short = before.end - before.start + before.indent < _FULL * width
    if short and not _runs_on(text, before, line):
        return True
    if _STARTER.match(text, line.start, line.end):
        return text[before.start : before.start + 1] != ">" or text[line.start : line.start + 1] != ">"
    label = find_label(text, line.start, line.end)
    return label is not None and label.form in {"bracket", "caret", "raised"}


def _runs_on(text: str, before: _Line, line: _Line) -> bool:
    """Tell whether a short line still runs on: a long word was carried over to the next."""
    first = text[line.start : line.end].split(None, 1)[0]
    return text[line.start].islower() and text[before.end - 1] not in '.!?:;,"”' and len(first) > 0
