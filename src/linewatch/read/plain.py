"""Reads plain text: bytes to text, newlines kept, offsets in code points of that text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linewatch.model import Block, Document, Portion, Problem
from linewatch.read.parts import get_document_id, make_problem
from linewatch.read.structure import find_blocks
from linewatch.text.encoding import Decoded, decode

NAME = "plain.v2"
MEDIA_TYPES = ("text/plain",)


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document in `data`; its one portion is the whole file."""
    decoded = decode(data)
    blocks = find_blocks(decoded.text)
    return Document(
        id=get_document_id(evidence, NAME, decoded.text),
        evidence=evidence,
        reader=NAME,
        text=decoded.text,
        blocks=blocks,
        encoding=decoded.encoding,
        portions=(Portion(where=f"bytes 0-{len(data)}", size=len(data), unit="bytes", outcome="read"),),
        problems=tuple(_list_problems(decoded, blocks, evidence)),
    )


def _list_problems(decoded: Decoded, blocks: Sequence[Block], evidence: str) -> Iterator[Problem]:
    if decoded.fault:
        yield make_problem("unknown-encoding", decoded.fault, evidence)
    if not blocks:
        yield make_problem("empty", "the file holds no words", evidence)
    if "\x00" in decoded.text:
        yield make_problem("control-characters", "the text holds NUL characters", evidence)
