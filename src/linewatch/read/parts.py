"""Parts: the words of one block each, as a reader meets them, and how they become a document's text and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linewatch.model import Block, Problem, get_id
from linewatch.model.document import BlockKind
from linewatch.text import shapes
from linewatch.text.dates import find_dates
from linewatch.text.scripts import find_language

BREAK = "\n\n"
"""What stands between two blocks of a text that a reader puts together."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SERIES = re.compile(r"\|.{0,80}\b(?:No\.?|Number|Issue|Volume|Vol\.)\s?\d{1,5}\b")
_HEAD_PARTS = 10
_BODY_WORDS = 22
_LINE_WORDS = 14
_HOUSE_WORDS = 6
_REST_WORDS = 6


class Part(NamedTuple):
    """The words of one block, with what the format says of it."""

    kind: BlockKind
    words: str
    level: int | None = None
    page: int | None = None
    speaker: str | None = None
    begins_ms: int | None = None
    ends_ms: int | None = None
    said: dict[str, str] | None = None


def join_parts(parts: Iterable[Part], between: str = BREAK) -> tuple[str, tuple[Block, ...]]:
    r"""Return the text of the parts that have words, and its blocks.

    >>> text, blocks = join_parts([Part("title", "Row on"), Part("paragraph", "At dawn.")])
    >>> text[blocks[1].start:blocks[1].end]
    'At dawn.'
    """
    kept = [part for part in parts if part.words]
    blocks: list[Block] = []
    at = 0
    for part in kept:
        blocks.append(_make_block(part, at))
        at += len(part.words) + len(between)
    return between.join(part.words for part in kept), tuple(blocks)


def _make_block(part: Part, at: int) -> Block:
    return Block(
        kind=part.kind,
        start=at,
        end=at + len(part.words),
        language=find_language(part.words) or (part.said or {}).get("language"),
        page=part.page,
        level=part.level,
        speaker=part.speaker,
        begins_ms=part.begins_ms,
        ends_ms=part.ends_ms,
        said=part.said,
    )


def name_head(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with the lines around the title that give date, series or author named as such."""
    body = next((at for at, part in enumerate(parts) if _is_body(part)), len(parts))
    head = [named for part in parts[: min(body, _HEAD_PARTS)] for named in _name_lines(part)]
    return [*_name_house(head), *parts[min(body, _HEAD_PARTS) :]]


def _name_house(head: Sequence[Part]) -> Iterator[Part]:
    """Yield the head with the short line above the title as whose it is: the paper's or the publisher's name."""
    title = next((at for at, part in enumerate(head) if part.kind == "title"), 0)
    for at, part in enumerate(head):
        house = at < title and part.kind == "paragraph" and shapes.count_spaces(part.words) <= _HOUSE_WORDS
        told = (
            shapes.is_chrome(part.words) or shapes.ends_sentence(part.words) or shapes.is_numbered(part.words)
        )
        yield part._replace(kind="byline") if house and not told else part


def _is_body(part: Part) -> bool:
    return shapes.count_spaces(part.words) >= _BODY_WORDS and "\n" not in part.words


def _name_lines(part: Part) -> Iterator[Part]:
    """Yield the lines of a head paragraph apart where one of them gives a date or an author, else the part as it is."""
    lines = part.words.split("\n") if part.kind == "paragraph" else []
    kinds = [find_head_kind(line) for line in lines]
    if not any(kinds):
        yield part
        return
    for line, kind in zip(lines, kinds, strict=True):
        yield part._replace(kind=kind or "paragraph", words=line)


def find_head_kind(line: str) -> BlockKind | None:
    """Return what a short line near the title is, None where it is neither of the two.

    >>> find_head_kind("No. 612, 8 January 2031"), find_head_kind("By Ines Harrow"), find_head_kind("Nine hooks")
    ('dateline', 'byline', None)
    """
    if shapes.count_spaces(line) > _LINE_WORDS or shapes.ends_sentence(line):
        return None
    if shapes.is_byline(line):
        return "byline"
    return "dateline" if _SERIES.search(line) or _is_dateline(line) else None


def _is_dateline(line: str) -> bool:
    first = next(find_dates(line), None)
    if first is None:
        return False
    rest = shapes.count_spaces(line[: first.start] + " " + line[first.end :])
    return rest <= _REST_WORDS or "|" in line


def to_words(text: str) -> str:
    r"""Return text with each run of white space as one space, line ends kept, and no half of a character.

    >>> to_words("  at \t the quay \n\n at dawn ")
    'at the quay\nat dawn'
    """
    whole = _SURROGATE.sub("\ufffd", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in whole.split("\n"))))


def make_problem(kind: str, message: str, evidence: str, where: str | None = None) -> Problem:
    """Return a problem met in reading; its id is made from where and what it is."""
    return Problem(
        id=get_id("problem", "read", evidence, kind, where, message),
        stage="read",
        kind=kind,
        message=message,
        evidence=evidence,
        where=where,
    )


def get_document_id(evidence: str, reader: str, text: str) -> str:
    """Return the id of the document that a reader makes: the same words from the same bytes have the same id."""
    return get_id("document", evidence, reader, get_id(text))
