"""The language model, run once over a document's blocks for every finder that needs it; Arabic blocks are not its business."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from linewatch.find.base import Reading
from linewatch.model import Block
from linewatch.settings import get_model_name
from linewatch.text.scripts import get_arabic_share

_NOT_NEEDED = ("tagger", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
_CHUNK = 50_000
_MOSTLY = 0.5


class Parsed(NamedTuple):
    """A piece of a text as the model reads it; `doc[0]` begins at `offset` of the document."""

    offset: int
    doc: Any


@cache
def load_model(name: str) -> Any:
    """Return the model with the pipes that name entities and parse; None where it is not installed."""
    import spacy

    try:
        return spacy.load(name, exclude=_NOT_NEEDED)
    except OSError:
        return None


def parse(reading: Reading) -> tuple[Parsed, ...]:
    """Return a document's blocks as the model reads them, none where there is no model; the last few are kept."""
    name = get_model_name()
    if name is None or load_model(name) is None:
        return ()
    return _parse(reading.document.text, reading.document.blocks, name)


@lru_cache(maxsize=4)
def _parse(text: str, blocks: tuple[Block, ...], name: str) -> tuple[Parsed, ...]:
    pieces = [(words, offset) for offset, words in list_pieces(text, blocks)]
    docs = load_model(name).pipe(pieces, as_tuples=True, batch_size=64)
    return tuple(Parsed(offset, doc) for doc, offset in docs)


def list_pieces(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    """Yield what the model is to read: a block at a time, long ones in pieces, those in Arabic left out."""
    for block in blocks:
        for at, piece in cut_text(text[block.start : block.end]):
            if get_arabic_share(piece) < _MOSTLY:
                yield block.start + at, piece


def cut_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in pieces at line ends: a model's memory grows with the length it is given."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _CHUNK)
        if end < len(text):
            end = text.rfind("\n", at + 1, end) + 1 or end
        yield at, text[at:end]
        at = end
