"""The text read from one piece of evidence, in blocks, and the Span by which everything points into it."""

from __future__ import annotations

from typing import Literal

from linewatch.model.problem import Problem
from linewatch.model.value import Value

BlockKind = Literal[
    "title", "byline", "dateline", "heading", "paragraph", "blockquote", "verse", "caption", "note", "message",
    "cue", "list", "table", "chrome",
]  # fmt: skip


class Span(Value, frozen=True, kw_only=True):
    """A place: code points `start` to `end` (exclusive) of a document's text."""

    document: str
    start: int
    end: int


class Block(Value, frozen=True, kw_only=True):
    """A stretch of a document's text of one kind. Blocks are in order and do not overlap."""

    kind: BlockKind
    start: int
    end: int
    language: str | None = None
    """ISO 639-1, or None when it is too short to tell."""
    page: int | None = None
    level: int | None = None
    """The depth of a heading."""
    speaker: str | None = None
    """The voice that a format names, such as WebVTT's `<v Narrator>`."""
    begins_ms: int | None = None
    ends_ms: int | None = None
    said: dict[str, str] | None = None
    """What the format says of a message: id, date, zone, author, outlet, title, url, edited, forwarded_from, media, ..."""


class Portion(Value, frozen=True, kw_only=True):
    """A part of a file and what became of it: the portions of a document add up to the whole file."""

    where: str
    """`bytes 0-3`, `page 2`, `word/header1.xml`, `<nav> at character 120`."""
    size: int
    unit: Literal["bytes", "characters", "pages", "parts", "cues"]
    outcome: Literal["read", "set aside", "not understood"]
    reason: str | None = None
    text: str | None = None
    """The words set aside, so that nothing is dropped silently."""


class Document(Value, frozen=True, kw_only=True):
    """The text of one piece of evidence; its text never changes, a better reader makes another document."""

    id: str
    evidence: str
    reader: str
    """The versioned name of the reader, `html.v1`."""
    text: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    portions: tuple[Portion, ...] = ()
    problems: tuple[Problem, ...] = ()
    metadata: dict[str, str] = {}
    """What the format itself says: `title`, `author`, `date`, `language`, `publisher`."""
    part: str | None = None
    """Which of the documents of its evidence it is, where a file of many records makes several: `0`, `1`, ..."""

    @property
    def source(self) -> tuple[str, ...]:
        """Return what the text was read from, so that what is found keeps its id when a better reader reads it again."""
        return (self.evidence,) if self.part is None else (self.evidence, self.part)
