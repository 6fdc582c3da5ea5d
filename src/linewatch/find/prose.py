"""The running text of a document, read once for all finders: its blocks, the words between marks, its sentences.

Headings, captions, notes and chrome are not running text: what is quoted there is set aside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from linewatch.find.base import Reading
from linewatch.find.words import BLOT
from linewatch.model import Block
from linewatch.text.pairs import Pair, Paired, find_pairs
from linewatch.text.sentences import find_sentences
from linewatch.text.spans import Cover, Place, trim

RUNNING = frozenset({"paragraph", "blockquote", "verse", "list", "message", "cue", "table"})
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .,'’()/-]{2,60}|[A-Z][\w .'’-]{1,40}),?\s(?:[^\n\"“”]{0,40}?)(?:\([^()\n]{2,60}\)\s{0,2})?(?:--|—)\s{0,2}(?:\[[^\[\]\n]{2,120}\]\s{0,2}){0,5}"
)
# A broadcast monitor's tags before the words: `[TEXT]`, `[WORDS INDISTINCT]`.
_TAGS = re.compile(r"(?:\[[A-Z][A-Z ]{2,60}\]\s{0,2}){1,5}")
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
    def blotted(self) -> str:
        """The text with the words inside outer marks blotted out, offsets kept: what is said there leads in nothing."""
        parts: list[str] = []
        at = 0
        for span in self.quoted.spans:
            parts += [self.text[at : span.start], BLOT * (span.end - span.start)]
            at = span.end
        return "".join((*parts, self.text[at:]))

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        """The sentences of the running text, in order."""
        return tuple(
            sentence
            for block in self.blocks
            for sentence in find_sentences(
                self.text, self._skip_dateline(block), block.end, protected=self.quoted
            )
        )

    def _skip_dateline(self, block: Block) -> int:
        """Return where a block's first sentence begins: after "OSTREL QUAY, March 4 (Coast Wire) --"."""
        hit = _DATELINE.match(self.text, block.start, min(block.end, block.start + 220))
        told = hit is not None and (
            hit[0][:4].isupper() or "(" in hit[0] or any(point.isdigit() for point in hit[0])
        )
        at = hit.end() if hit and told else block.start
        tags = _TAGS.match(self.text, at, block.end)
        return tags.end() if tags else at

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
    out = [Marked(outer, at, nested) for outer, nested in _list_outer(found.pairs)]
    if out and not out[-1].closed:
        _extend(prose, paired, out[-1], at)
    if out and at > 0 and out[0].before == prose.blocks[at].start:
        before = [pair for pair in paired[at - 1].pairs if pair.depth == 0]
        out[0].reopens = bool(before) and not before[-1].closed
    return out


def _list_outer(pairs: tuple[Pair, ...]) -> Iterator[tuple[Pair, tuple[Pair, ...]]]:
    """Yield the outer pairs, each with those directly inside it: pairs come in the order of their opening."""
    outer: Pair | None = None
    nested: list[Pair] = []
    for pair in pairs:
        if pair.depth == 0:
            if outer is not None:
                yield outer, tuple(nested)
            outer, nested = pair, []
        elif pair.depth == 1 and outer is not None and outer.start <= pair.before < outer.end:
            nested.append(pair)
    if outer is not None:
        yield outer, tuple(nested)


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
