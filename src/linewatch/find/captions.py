"""Finds captions: the words under a picture, with their source line."""

from __future__ import annotations

from collections.abc import Iterator

from linewatch.find.base import Reading, make_finding
from linewatch.model import Block, Caption, Finding
from linewatch.text.shapes import is_source_line

NAME = "captions.v1"


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each caption; a source line below it belongs to it."""
    for start, end, reason in _join(reading.text, reading.list_blocks()):
        yield make_finding(reading, start, end, Caption(), finder=NAME, reason=reason)


def _join(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, int, str]]:
    open_at: tuple[int, int] | None = None
    for block in (*blocks, None):
        if (
            open_at
            and block is not None
            and block.kind == "caption"
            and is_source_line(text[block.start : block.end])
        ):
            open_at = (open_at[0], block.end)
            continue
        if open_at:
            yield (*open_at, "a line set apart as the words under a picture")
        open_at = (block.start, block.end) if block is not None and block.kind == "caption" else None
