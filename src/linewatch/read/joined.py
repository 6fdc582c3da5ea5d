"""Several exports of one chat joined by the ids of their messages: what an earlier file holds word for word is not read twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from linewatch.model import Document, Evidence
from linewatch.read.base import Record

SAME = "the same message is in a file sealed earlier"
CHATS = ", chats: "
"""Between the count and the digests of the chats, in the output of a run."""
MOST_CHATS = 500
"""Chats named of one file; of one with more, any chat may be in it."""

ListDocuments = Callable[[Evidence], Iterable[Document]]


class Earlier:
    """The files of records in the order they were sealed, of which only those are looked into that hold the chat in hand."""

    def __init__(self, files: Sequence[Evidence], outputs: Mapping[str, str], read: ListDocuments) -> None:
        """Take the files and what the runs that read them put out, by their ids: it names the chats of each."""
        self._files, self._outputs, self._read = files, dict(outputs), read
        self._before: Sequence[Evidence] = ()
        self._held, self._taken, self._asked = Held(), set[str](), set[str]()

    def come_to(self, evidence: Evidence) -> None:
        """Have this file read now: only those sealed before it can hold what it repeats."""
        self._before = self._files[: self._files.index(evidence)]
        self._asked = set()

    def note(self, evidence: str, output: str) -> None:
        """Remember which chats a file was found to hold."""
        self._outputs[evidence] = output

    def find(self, record: Record) -> str | None:
        """Return why a record is left out, None where no earlier file of its chat holds it."""
        chat = record.said.get("chat_key")
        if chat and chat not in self._asked:
            self._asked.add(chat)
            self._take_in(digest_chat(chat))
        return self._held.find(record)

    def _take_in(self, chat: str) -> None:
        for one in self._before:
            _, named, chats = self._outputs.get(one.id, "").partition(CHATS)
            if one.id not in self._taken and (not named or chat in chats.split()):
                self._taken.add(one.id)
                self._held.add(self._read(one))


def list_chats(document: Document) -> set[str]:
    """Return the digests of the chats whose messages a document holds."""
    said = (block.said for block in document.blocks if block.said)
    return {digest_chat(chat) for one in said if (chat := one.get("chat_key"))}


def digest_chat(chat: str) -> str:
    """Return eight bytes that tell a chat from others and do not tell which it is."""
    return hashlib.blake2b(chat.encode("utf-8", "replace"), digest_size=8).hexdigest()


def tell_chats(chats: set[str]) -> str:
    """Return what the output of a run says of a file's chats, nothing where there are too many to name."""
    return f"{CHATS}{' '.join(sorted(chats)) or 'none'}" if len(chats) <= MOST_CHATS else ""


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
