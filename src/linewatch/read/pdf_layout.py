"""Puts a PDF's lines together: paragraphs across lines, columns and pages, and what kind of block each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from linewatch.model.document import BlockKind
from linewatch.read.parts import Part, find_head_kind
from linewatch.read.pdf_lines import Line
from linewatch.read.pdf_margins import get_body_size
from linewatch.text import shapes
from linewatch.text.scripts import get_arabic_share

_BULLET = re.compile(r"[-•●▪◦*–]\s")
_NOTE_MARK = re.compile(r"(\[[\d*†‡]{1,4}\]|\d{1,3}[.)]? |[*†‡])")
_MARK_ALONE = re.compile(r"\A(\[[\d*†‡]{1,4}\])(?=\S)")
_BIG, _SAME_SIZE = 1.12, 0.08
_GAP, _INDENT, _SHORT, _VERSE = 1.14, 0.8, 0.12, 0.3
_MOST = 0.9
_COLUMN = 24.0
_VERSE_LINES = 3
_HEAD_WORDS = 12
_HEADING_WORDS = 30


class Joined(NamedTuple):
    """Blocks put together from lines, and the words whose hyphen at a line end was taken out."""

    parts: tuple[Part, ...]
    hyphens: tuple[tuple[int, str], ...]
    """The page, and the word as it was printed: `fin-ished`."""


class Layout(NamedTuple):
    """What the lines of a document have in common."""

    size: float
    leading: float
    """The usual distance from line to line, in sizes of the print."""
    ends: dict[tuple[int, int], float]
    """By page and column: how far its full lines reach."""
    starts: dict[int, float]
    """By page: where most of its lines begin."""
    right_to_left: bool


def join_lines(lines: Sequence[Line], title: str | None = None) -> Joined:
    """Return the blocks of the lines; `title` is what the file's own properties call it."""
    layout = measure_layout(lines)
    groups = list(group_lines(lines, layout))
    words = " ".join(line.words for line in lines)
    hyphens: list[tuple[int, str]] = []
    parts = [_make_part(group, layout, words, hyphens) for group in groups]
    return Joined(tuple(_name_title(parts, groups, title)), tuple(hyphens))


def join_notes(lines: Sequence[Line]) -> Joined:
    """Return one block for each note: it begins where a mark does."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _NOTE_MARK.match(line.words):
            groups.append([])
        groups[-1].append(line)
    hyphens: list[tuple[int, str]] = []
    words = " ".join(line.words for line in lines)
    joined = [_MARK_ALONE.sub(r"\1 ", _join_words(group, words, hyphens)) for group in groups]
    parts = [Part("note", one, page=group[0].page) for one, group in zip(joined, groups, strict=True)]
    return Joined(tuple(parts), tuple(hyphens))


def measure_layout(lines: Sequence[Line]) -> Layout:
    """Return what the lines have in common: size, leading, where columns begin and end."""
    size = get_body_size(lines)
    right_to_left = get_arabic_share(" ".join(line.words for line in lines)) > 0.5
    steps = [
        (before.base - after.base) / size
        for before, after in pairwise(lines)
        if size
        and before.page == after.page
        and 0 < before.base - after.base < 3 * size
        and _is_same_size(before, after)
    ]
    ends: dict[tuple[int, int], list[float]] = {}
    starts: dict[int, list[float]] = {}
    for line in lines:
        if abs(line.size - size) <= _SAME_SIZE * size:
            start, end = _get_edges(line, right_to_left=right_to_left)
            ends.setdefault(_get_column(line, right_to_left=right_to_left), []).append(end)
            starts.setdefault(line.page, []).append(start)
    return Layout(
        size,
        median(steps) if steps else 1.2,
        {column: sorted(reached)[int(_MOST * (len(reached) - 1))] for column, reached in ends.items()},
        {page: median(begun) for page, begun in starts.items()},
        right_to_left,
    )


def group_lines(lines: Sequence[Line], layout: Layout) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    group: list[Line] = []
    for line in lines:
        if not line.words:
            continue
        if group and is_break(group, line, layout):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def is_break(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Tell whether a paragraph ends before `line`."""
    before = group[-1]
    if before.broken:
        return False
    if not _is_same_size(before, line) or before.bold != line.bold or _BULLET.match(line.words):
        return True
    step = before.base - line.base
    ended, short = shapes.ends_sentence(before.words), _is_short(before, layout)
    if before.page != line.page or step <= 0:
        return ended or (short and not line.words[:1].islower())
    if step > _GAP * layout.leading * max(line.size, layout.size):
        return True
    return _is_moved(group, line, layout) or (ended and short)


def _is_moved(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Tell whether a line begins further in than the one before, or further out than the second line of a paragraph."""
    here, there = (_get_edges(one, right_to_left=layout.right_to_left)[0] for one in (line, group[-1]))
    inward = here - there
    return inward > _INDENT * line.size or (-inward > _INDENT * line.size and len(group) > 1)


_SMALL = 0.93
_CAPTION_LINES, _LEAST_CAPTION, _CAPTION_WORDS = 4, 3, 45


def _is_same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)


def _get_edges(line: Line, *, right_to_left: bool) -> tuple[float, float]:
    """Return where a line begins and how far it reaches, along the direction of reading."""
    return (-line.right, -line.left) if right_to_left else (line.left, line.right)


def _get_column(line: Line, *, right_to_left: bool) -> tuple[int, int]:
    return line.page, round(_get_edges(line, right_to_left=right_to_left)[0] / _COLUMN)


def _is_short(line: Line, layout: Layout, share: float = _SHORT) -> bool:
    start, end = _get_edges(line, right_to_left=layout.right_to_left)
    furthest = layout.ends.get(_get_column(line, right_to_left=layout.right_to_left), end)
    return furthest - end > share * (furthest - start)


def _make_part(group: Sequence[Line], layout: Layout, words: str, hyphens: list[tuple[int, str]]) -> Part:
    kind = _find_kind(group, layout)
    if kind == "verse":
        return Part(kind, "\n".join(line.words for line in group), page=group[0].page)
    joined = _join_words(group, words, hyphens)
    level = 1 if kind == "heading" and group[0].size > _BIG * _BIG * layout.size else 2
    return Part(kind, joined, level if kind == "heading" else None, group[0].page)


def _find_kind(group: Sequence[Line], layout: Layout) -> BlockKind:
    words = " ".join(line.words for line in group)
    if shapes.count_spaces(words) <= _HEADING_WORDS and _stands_out(group, layout):
        return "heading"
    if _BULLET.match(words):
        return "list"
    if shapes.is_caption(words) or _is_small_print(group, layout, words):
        return "caption"
    if len(group) > 1 and not any(line.broken for line in group):
        if _is_verse(group, layout):
            return "verse"
        if _is_set_in(group, layout):
            return "blockquote"
    return "paragraph"


def _is_small_print(group: Sequence[Line], layout: Layout, words: str) -> bool:
    """Tell whether a few lines are set smaller than the text, as under a picture; notes are told apart before."""
    small = all(line.size < _SMALL * layout.size for line in group)
    few = len(group) <= _CAPTION_LINES and _LEAST_CAPTION <= shapes.count_spaces(words) <= _CAPTION_WORDS
    return small and few and words[:1].isupper() and find_head_kind(words) is None


def _stands_out(group: Sequence[Line], layout: Layout) -> bool:
    return group[0].size > _BIG * layout.size or (group[0].bold and not shapes.ends_sentence(group[-1].words))


def _is_verse(group: Sequence[Line], layout: Layout) -> bool:
    """Tell whether lines end where their author ended them: far from the edge, or ragged with a capital each."""
    if all(_is_short(line, layout, _VERSE) for line in group):
        return True
    capitals = all(line.words.lstrip("\"'“‘")[:1].isupper() for line in group)
    ragged = any(_is_short(line, layout) for line in group[:-1])
    return len(group) >= _VERSE_LINES and capitals and ragged


def _is_set_in(group: Sequence[Line], layout: Layout) -> bool:
    """Tell whether each line begins a little further in than most lines of its page, all at one place."""
    starts = [_get_edges(line, right_to_left=layout.right_to_left)[0] for line in group]
    usual = layout.starts.get(group[0].page, starts[0])
    near = all(layout.size < start - usual < 8 * layout.size for start in starts)
    return near and max(starts) - min(starts) < _INDENT * layout.size


def _join_words(group: Iterable[Line], all_words: str, hyphens: list[tuple[int, str]]) -> str:
    """Return the lines' words as running text; a word broken at a line end is made whole and listed."""
    out = ""
    carried: Line | None = None
    for line in group:
        if carried is None:
            out = f"{out} {line.words}" if out else line.words
        else:
            out += _mend(carried, line, all_words, hyphens)
        carried = line if line.broken else None
    return f"{out}-" if carried is not None else out


def _mend(before: Line, line: Line, all_words: str, hyphens: list[tuple[int, str]]) -> str:
    """Return the words that follow a broken word; its hyphen stays where the text has it so elsewhere."""
    head, tail = before.words.rsplit(None, 1)[-1], line.words.split(None, 1)[0]
    printed = f"{head}-{tail}"
    if printed.strip('.,;:!?"”’)') in all_words or not (head[-1:].isalpha() and tail[:1].islower()):
        return f"-{line.words}"
    hyphens.append((before.page, printed))
    return line.words


def _name_title(parts: Sequence[Part], groups: Sequence[Sequence[Line]], title: str | None) -> Iterator[Part]:
    """Yield the parts with the title named: what the file calls so, else the biggest print on the first pages."""
    wanted = " ".join((title or "").split()).casefold()
    heads = [at for at, part in enumerate(parts) if part.kind == "heading" and (part.page or 1) <= 2]
    named = [at for at, part in enumerate(parts) if wanted and part.words.casefold() == wanted]
    chosen = named[0] if named else max(heads, key=lambda at: (groups[at][0].size, -at), default=None)
    for at, part in enumerate(parts):
        if at == chosen:
            yield part._replace(kind="title", level=1)
        elif named and at < named[0] and _is_masthead(part, parts[named[0]]):
            yield part._replace(kind="chrome", level=None)
        else:
            yield part


def _is_masthead(part: Part, title: Part) -> bool:
    """Tell whether a part is the name or the motto of the paper, over the title of the piece."""
    short = shapes.count_spaces(part.words) <= _HEAD_WORDS
    return short and part.page == title.page and find_head_kind(part.words) is None
