"""The running text of a document, read once for all finders: its blocks, the words between marks, its sentences.

Headings, captions, notes and chrome are not running text: what is quoted there is set aside.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import pairwise

from linewatch.find.base import Reading
from linewatch.model import Block
from linewatch.text.pairs import Pair, Paired, find_pairs
from linewatch.text.sentences import find_sentences
from linewatch.text.spans import Cover, Place, trim

RUNNING = frozenset({"paragraph", "blockquote", "verse", "list", "message", "cue", "table"})
_ASIDE = frozenset({"caption", "chrome"})
_LONGEST_RUN = 40


class Marked:
    """Words between outer marks: `start:end` without the marks, which lie from `before` and up to `after`."""

    def __init__(self, pair: Pair, block: int, nested: tuple[Pair, ...] = ()) -> None:
        self.before, self.start, self.end, self.after = pair.before, pair.start, pair.end, pair.after
        self.closed = pair.closed
        self.mark = pair.mark
        self.block = block
        self.last_block = block
        self.nested = nested
        self.reopens = False
        """Whether the paragraph before left its marks open and this one opens them again."""

    def __repr__(self) -> str:
        return f"Marked({self.start}, {self.end})"


class Prose:
    """A document's running text."""

    def __init__(self, text: str, blocks: tuple[Block, ...]) -> None:
        self.text = text
        self.all_blocks = blocks
        self.blocks = tuple(block for block in blocks if block.kind in RUNNING)
        self._starts = [block.start for block in self.blocks]

    @cached_property
    def marked(self) -> tuple[Marked, ...]:
        """The words between outer marks, in order; runs over several paragraphs are settled."""
        paired = [self._pair(at) for at in range(len(self.blocks))]
        out: list[Marked] = []
        for at, found in enumerate(paired):
            out.extend(_settle(self, paired, at, found))
        return tuple(sorted(out, key=lambda mark: mark.start))

    def _pair(self, at: int) -> Paired:
        block = self.blocks[at]
        goes_on = at + 1 < len(self.blocks) and self.begins_quoted(at + 1)
        return find_pairs(self.text, block.start, block.end, goes_on=goes_on)

    def begins_quoted(self, at: int) -> bool:
        """Tell whether a block begins with a quotation mark."""
        return self.text[self.blocks[at].start] in "\"“„«‘'‟"

    @cached_property
    def quoted(self) -> Cover:
        """The places inside outer marks."""
        return Cover((mark.start, mark.end) for mark in self.marked if mark.end > mark.start)

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        """The sentences of the running text, in order."""
        return tuple(
            sentence
            for block in self.blocks
            for sentence in find_sentences(self.text, block.start, block.end, protected=self.quoted)
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def find_sentence(self, offset: int) -> int | None:
        """Return the number of the sentence that `offset` lies in or directly after."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return at if at >= 0 else None

    def find_block(self, offset: int) -> int | None:
        """Return the number of the running block that `offset` lies in."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset <= self.blocks[at].end else None

    @cached_property
    def sections(self) -> list[int]:
        """Where each section begins: the starts of the headings."""
        return [block.start for block in self.all_blocks if block.kind == "heading"]

    def get_section(self, offset: int) -> int:
        """Return the number of the section that `offset` lies in; 0 is before the first heading."""
        return bisect_right(self.sections, offset)


def get_prose(reading: Reading) -> Prose:
    """Return the running text of a reading's document; the last few are kept."""
    return _make_prose(reading.document.text, reading.document.blocks)


@lru_cache(maxsize=4)
def _make_prose(text: str, blocks: tuple[Block, ...]) -> Prose:
    return Prose(text, blocks)


def _settle(prose: Prose, paired: list[Paired], at: int, found: Paired) -> list[Marked]:
    """Return the outer quotations of one block; one left open runs to its end, or to where a later block closes it."""
    outer = [pair for pair in found.pairs if pair.depth == 0]
    out = [Marked(pair, at, _list_nested(found.pairs, pair)) for pair in outer]
    if out and not out[-1].closed:
        _extend(prose, paired, out[-1], at)
    if out and at > 0 and out[0].before == prose.blocks[at].start:
        before = [pair for pair in paired[at - 1].pairs if pair.depth == 0]
        out[0].reopens = bool(before) and not before[-1].closed
    return out


def _list_nested(pairs: tuple[Pair, ...], outer: Pair) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair.depth == 1 and outer.start <= pair.before < outer.end)


def _extend(prose: Prose, paired: list[Paired], mark: Marked, at: int) -> None:
    """Let an open quotation run on to the closing mark of a later block, unless a block between opens one of its own."""
    mark.end = mark.after = trim(prose.text, mark.start, mark.end).end
    for later in range(at + 1, min(at + _LONGEST_RUN, len(prose.blocks))):
        if prose.begins_quoted(later) or _is_parted(prose, later):
            return
        if paired[later].orphans and not any(
            pair.before < paired[later].orphans[0].at for pair in paired[later].pairs
        ):
            closing = paired[later].orphans[0]
            mark.end, mark.after, mark.closed = closing.at, closing.at + len(closing.text), True
            mark.last_block = later
            return
        if paired[later].pairs:
            return


def _is_parted(prose: Prose, later: int) -> bool:
    """Tell whether a heading or a note stands between a block and the one before; a caption may split a speech."""
    first, second = prose.blocks[later - 1].end, prose.blocks[later].start
    return any(
        first <= block.start < second and block.kind not in _ASIDE
        for block in prose.all_blocks[
            _find_place(prose.all_blocks, first) : _find_place(prose.all_blocks, second)
        ]
    )


def _find_place(blocks: tuple[Block, ...], offset: int) -> int:
    return bisect_right(blocks, offset, key=lambda block: block.start - 1)


def list_leads(prose: Prose) -> list[tuple[Block, Block]]:
    """Return the pairs of neighbouring running blocks of which the first ends with a colon."""
    return [(first, second) for first, second in pairwise(prose.blocks) if prose.text[first.end - 1] in ":："]
