"""Evidence as a page may show it: runs of plain words, each with its place in the document and what was found there.

Nothing here makes markup. Signs that would turn the line around, or that no screen shows, stand as their code point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linewatch.model import Block, Document
from linewatch.write.wording import get_direction

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RTL_RUN = re.compile(rf"[{_RTL}](?:[{_RTL}\s،؛؟.,:«»()\d]*[{_RTL}])?")
_STEERING = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Mark(NamedTuple):
    """A stretch of a document to be set apart: what it is, and what it leads to."""

    start: int
    end: int
    kind: str
    name: str = ""


class Run(NamedTuple):
    """Words of one kind. `control` names a sign that is not printed."""

    words: str
    start: int
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rtl: bool = False
    control: str = ""


class Shown(NamedTuple):
    """A block as it is shown."""

    kind: str
    direction: str
    language: str | None
    page: int | None
    speaker: str | None
    start: int
    end: int
    runs: tuple[Run, ...]


def show_blocks(
    document: Document, marks: Iterable[Mark], blocks: Sequence[Block] | None = None
) -> list[Shown]:
    """Return a document's blocks with the marks laid over them."""
    marks = sorted(marks)
    chosen = document.blocks if blocks is None else blocks
    return [_show_block(document.text, block, marks) for block in chosen]


def _show_block(text: str, block: Block, marks: Sequence[Mark]) -> Shown:
    return Shown(
        kind=block.kind,
        direction=get_direction(text[block.start : block.end], block.language),
        language=block.language,
        page=block.page,
        speaker=block.speaker,
        start=block.start,
        end=block.end,
        runs=cut_runs(text, block.start, block.end, marks),
    )


def cut_runs(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> tuple[Run, ...]:
    """Return `text[start:end]` in runs, cut where a mark begins or ends; the runs' words add up to the stretch.

    >>> [(run.words, run.kinds) for run in cut_runs("the sea wall", 4, 12, [Mark(8, 20, "name")])]
    [('sea ', ()), ('wall', ('name',))]
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted(
        {start, end, *(_hold(place, start, end) for mark in inside for place in (mark.start, mark.end))}
    )
    return tuple(run for first, last in pairwise(cuts) for run in _cut_piece(text, first, last, inside))


def _hold(place: int, start: int, end: int) -> int:
    return min(max(place, start), end)


def _cut_piece(text: str, first: int, last: int, marks: Sequence[Mark]) -> Iterator[Run]:
    over = [mark for mark in marks if mark.start <= first and mark.end >= last]
    kinds = tuple(dict.fromkeys(mark.kind for mark in over))
    names = tuple(mark.name for mark in reversed(over) if mark.name)
    at = first
    for sign in _STEERING.finditer(text, first, last):
        yield from _cut_scripts(text, at, sign.start(), kinds, names)
        yield Run(sign[0], sign.start(), kinds, names, control=f"U+{ord(sign[0]):04X}")
        at = sign.end()
    yield from _cut_scripts(text, at, last, kinds, names)


def _cut_scripts(
    text: str, first: int, last: int, kinds: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[Run]:
    at = first
    for run in _RTL_RUN.finditer(text, first, last):
        if run.start() > at:
            yield Run(text[at : run.start()], at, kinds, names)
        yield Run(run[0], run.start(), kinds, names, rtl=True)
        at = run.end()
    if last > at:
        yield Run(text[at:last], at, kinds, names)


def tell_line(text: str) -> str:
    r"""Return words on one line, without a sign that could steer it.

    >>> tell_line("the\u202e sea\n")
    'the sea'
    """
    kept = "".join(" " if unicodedata.category(one) == "Cc" else one for one in text if not _is_turning(one))
    return " ".join(kept.split())


def _is_turning(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" and bool(_STEERING.match(sign))


def shorten(text: str, longest: int = 160) -> str:
    """Return words on one line, cut where they are long."""
    told = tell_line(text[: 4 * longest])
    return told if len(told) <= longest and len(text) <= 4 * longest else told[: longest - 1].rstrip() + "…"
