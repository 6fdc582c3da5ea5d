"""Counts what stands under each element of a page, in one pass, so that no page is slow to read however it is nested."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_PROSE = frozenset({"p", "blockquote", "pre"})
_TEXTS = _PROSE | {"h1"}


@dataclass
class Counts:
    """What stands under an element, itself left out."""

    letters: int = 0
    prose: int = 0
    """Letters in paragraphs, quotations and verse."""
    linked: int = 0
    """Letters in links."""
    links: int = 0
    texts: int = 0
    """Paragraphs, quotations, verse and first headings."""
    headings: int = 0
    paragraphs: int = 0
    blocks: int = 0

    def add(self, other: Counts) -> None:
        """Add what stands under a child."""
        self.letters += other.letters
        self.prose += other.prose
        self.linked += other.linked
        self.links += other.links
        self.texts += other.texts
        self.headings += other.headings
        self.paragraphs += other.paragraphs
        self.blocks += other.blocks


Survey = dict[int, Counts]
"""The counts by the identity of the element."""


def survey(body: LexborNode, blocks: frozenset[str]) -> Survey:
    """Return the counts of the page's body and of every element in it; `blocks` are the tags that begin a block."""
    counts: Survey = {}
    within: dict[int, tuple[bool, bool]] = {body.mem_id: (False, False)}
    steps: list[tuple[int, int]] = []
    for node in body.traverse(include_text=True):
        above = node.parent.mem_id if node.parent is not None and node.mem_id != body.mem_id else 0
        in_prose, in_link = within.get(above, (False, False))
        if node.is_text_node:
            size = len("".join((node.text_content or "").split()))
            if above in counts:
                counts[above].add(Counts(size, size * in_prose, size * in_link))
            continue
        within[node.mem_id] = (in_prose or node.tag in _PROSE, in_link or node.tag == "a")
        counts[node.mem_id] = Counts()
        steps.append((node.mem_id, above))
        if above in counts:
            counts[above].add(_count_self(node.tag or "", blocks))
    for own, above in reversed(steps):
        if above in counts:
            counts[above].add(counts[own])
    return counts


def _count_self(tag: str, blocks: frozenset[str]) -> Counts:
    return Counts(
        links=tag == "a",
        texts=tag in _TEXTS,
        headings=tag == "h1",
        paragraphs=tag == "p",
        blocks=tag in blocks,
    )
