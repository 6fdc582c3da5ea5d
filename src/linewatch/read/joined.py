"""Several exports of one chat joined by the ids of their messages: what an earlier file holds word for word is not read twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from linewatch.model import Document
from linewatch.read.base import Record

SAME = "the same message is in a file sealed earlier"


class Held:
    """The messages of earlier files, each as eight bytes: a million take some tens of megabytes."""

    def __init__(self) -> None:
        self._digests: set[int] = set()

    def add(self, documents: Iterable[Document]) -> None:
        """Remember the messages of a file that comes before those looked up."""
        for document in documents:
            for block in document.blocks:
                if block.kind == "message" and block.said:
                    key = _digest(block.said, document.text[block.start : block.end])
                    if key is not None:
                        self._digests.add(key)

    def find(self, record: Record) -> str | None:
        """Return why a record is left out, None where no earlier file holds it; an edited text is another one and stays."""
        key = _digest(record.said, record.words)
        return SAME if key is not None and key in self._digests else None


def _digest(said: Mapping[str, str], words: str) -> int | None:
    """Return what is the same in two exports of a message, in JSON and HTML alike: chat, id and the letters of its text."""
    chat, message = said.get("chat_key"), said.get("id")
    if not chat or not message:
        return None
    letters = "".join(filter(str.isalnum, words)).casefold()
    whole = f"{chat}\0{message}\0{letters}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big")
