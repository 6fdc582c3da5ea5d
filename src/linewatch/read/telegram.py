"""Reads Telegram Desktop exports in JSON, of every generation and any length; one of a whole account is refused.

Streamed: a message at a time, its bytes counted by the piece of the file it ends with.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, BinaryIO

import ijson

from linewatch.read.base import Aside, Record
from linewatch.read.telegram_message import KNOWN, Chat, read_message
from linewatch.read.telegram_repair import cut_pieces, mend

NAME = "telegram.v1"
MEDIA_TYPES = ("application/vnd.telegram.export+json",)

HEAD = 1 << 20
LONGEST = 16 << 20
"""Bytes of one message; more is no message that people wrote."""
MOST_OPENINGS = 2_000
"""Brackets of one message, or of the head: the parser's time grows with the square of their depth."""
PERSONAL = frozenset(
    {
        "personal_information", "profile_pictures", "contacts", "frequent_contacts", "sessions", "web_sessions",
        "other_data", "chats", "left_chats", "stories",
    }
)  # fmt: skip
REFUSED = (
    "an export of a whole account: its contacts, sessions and private chats are not read; "
    "export the one channel from its own menu"
)
_BEGINS = re.compile(rb'\{\s{0,40}"id"\s{0,8}:\s{0,8}-?\d{1,19}\s{0,8},\s{0,40}"type"\s{0,8}:\s{0,8}"')
_FAULTS = (ijson.JSONError, ValueError, OverflowError, RecursionError)
_CLOSING = re.compile(rb"[\s\]},]*")
_PERSONAL = re.compile(b'"(?:' + "|".join(sorted(PERSONAL)).encode() + rb')"\s{0,40}:\s{0,40}[{\[]')
_LIST = re.compile(rb'"messages"\s{0,40}:\s{0,40}\[')
_GAPS_TOLD = 20
_TAIL = 4096
_LARGEST = 1 << 53


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield the messages of one chat; the sizes add up to the file's."""
    head = _read_head(file)
    if head is None:
        yield Aside("the whole file", file.seek(0, 2), REFUSED, problem="refused")
        return
    chat, begins = head
    mended: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    ids = array("q")
    for message, size in _list_messages(file, begins, mended):
        if isinstance(message, Aside):
            yield message
            continue
        yield read_message(message, size, chat)
        if isinstance(message, dict):
            unknown.update(_list_unknown(message))
            if isinstance(number := message.get("id"), int) and abs(number) < _LARGEST:
                ids.append(number)
    yield from _tell_whole(mended, unknown)
    if chat.has_own_ids:
        yield from tell_gaps(ids)


def _read_head(file: BinaryIO) -> tuple[Chat, int] | None:
    """Return the chat and where its messages begin; None for an account's export. Unknown where the head does not say."""
    file.seek(0)
    raw = file.read(HEAD)
    file.seek(0)
    begins = _LIST.search(raw)
    head, said = raw[: begins.end()] if begins else raw, dict[str, str]()
    if _PERSONAL.search(head):
        return None
    if count_openings(head) > MOST_OPENINGS:
        return Chat(), 0
    reached = 0
    with suppress(*_FAULTS):  # what could be read of the head stands
        for prefix, event, value in ijson.parse(mend(head, Counter())):
            if event == "map_key" and prefix == "" and value == "messages":
                reached = begins.end() if begins else 0
                break
            if prefix in {"name", "type", "id"} and event in {"string", "number"}:
                said.setdefault(prefix, str(value)[:500])
    return Chat(**said), reached


def _list_messages(file: BinaryIO, begins: int, mended: Counter[str]) -> Iterator[tuple[Any, int]]:
    """Yield each message with its bytes; what cannot be parsed is an Aside, up to the next message that can."""
    parser, pending, is_first, tail = _Parser(), 0, True, b""
    for raw, data in cut_pieces(file, mended):
        pending, tail = pending + len(raw), (tail + raw)[-_TAIL:]
        parser.send(data)
        for message in parser.take():
            if is_first and 0 < begins < pending:
                yield Aside("the head", begins, "name, type and id of the chat"), 0
                pending -= begins
            yield message, pending
            pending, is_first, tail = 0, False, b""
        # Only in a file whose head is a chat's: to look for messages anywhere would find an account's private ones.
        is_lost = begins > 0 and (parser.is_broken or pending > LONGEST)
        if is_lost and (at := _find_beginning(raw)) is not None:
            parser = _Parser()
            parser.send(b'{"messages":[' + mend(raw[at:], Counter()))
            if not parser.is_broken and pending > len(raw) - at:
                yield _tell_broken(pending - (len(raw) - at)), 0
                pending = len(raw) - at
                for message in parser.take():
                    yield message, pending
                    pending = 0
    if pending:
        yield _tell_end(parser, pending, tail), 0


def count_openings(data: bytes) -> int:
    """Return how many brackets open in bytes, those in text too: a bound on how deep they nest."""
    return data.count(b"[") + data.count(b"{")


class _Parser:
    """A streaming parser that can begin anew in the middle of the list of messages."""

    def __init__(self) -> None:
        self._found: Any = ijson.sendable_list()
        self._parser: Any = ijson.items_coro(self._found, "messages.item")
        self.is_broken = False
        self._openings = 0

    def send(self, data: bytes) -> None:
        """Parse on; what is no JSON breaks the parser, and nothing comes out of it any more."""
        self._openings += count_openings(data)
        if self.is_broken or self._openings > MOST_OPENINGS:
            self.is_broken = True
            return
        try:
            self._parser.send(data)
        except (*_FAULTS, StopIteration):
            self.is_broken = True

    def take(self) -> list[Any]:
        """Return the messages that have become whole since the last time."""
        if not self._found:
            return []
        self._openings = 0
        found = list(self._found)
        del self._found[:]
        return found

    def is_whole(self) -> bool:
        """Tell whether the JSON has ended where the bytes did."""
        try:
            self._parser.close()
        except (*_FAULTS, StopIteration):
            return False
        return not self.is_broken


def _find_beginning(raw: bytes) -> int | None:
    """Return where in a piece the last message begins: only one is tried, so that no file makes it try for ever."""
    last = None
    for hit in _BEGINS.finditer(raw):
        last = hit.start()
    return last


def _tell_broken(size: int) -> Aside:
    reason = "no JSON that can be read, up to the next message"
    return Aside("between messages", size, reason, outcome="not understood", problem="broken-record")


def _tell_end(parser: _Parser, size: int, tail: bytes) -> Aside:
    """Return what stands after the last message: brackets, keys that nobody asked for, or a file cut off or broken."""
    if not parser.is_whole():
        reason = "no JSON that can be read: the file is broken or was cut off"
        return Aside("the end", size, reason, outcome="not understood", problem="broken-record")
    closing = size <= len(tail) and _CLOSING.fullmatch(tail)
    return Aside("the end", size, "closing brackets" if closing else "what follows the messages")


def _list_unknown(message: dict[str, Any]) -> list[str]:
    if message.get("type") != "message" or message.keys() <= KNOWN:
        return []
    return [key[:40] for key in message.keys() - KNOWN]


def _tell_whole(mended: Counter[str], unknown: Counter[str]) -> Iterator[Aside]:
    """Yield what is said of the file as a whole: what was mended to be read, and keys that no reader knows."""
    if told := ", ".join(f"{name} ({count})" for name, count in sorted(mended.items()) if count):
        yield Aside(
            "the working copy",
            0,
            f"mended to be read, the sealed bytes unchanged: {told}",
            problem="repaired",
        )
    if unknown:
        told = ", ".join(f"{key} ({count})" for key, count in sorted(unknown.items())[:40])
        yield Aside("messages", 0, f"keys not known, left unread: {told}")


def tell_gaps(ids: Iterable[int]) -> Iterator[Aside]:
    """Yield one aside on the ids that no message has, where there are any: they are unknown, not silence.

    >>> [aside.where for aside in tell_gaps([3, 4, 9, 11])]
    ['ids 5-8, 10']
    """
    gaps = [(a + 1, b - 1) for a, b in pairwise(sorted(set(ids))) if b - a > 1]
    if not gaps:
        return
    missing = sum(last - first + 1 for first, last in gaps)
    places = [f"{first}-{last}" if last > first else f"{first}" for first, last in gaps[:_GAPS_TOLD]]
    more = f" and {len(gaps) - _GAPS_TOLD} more gaps" if len(gaps) > _GAPS_TOLD else ""
    reason = f"{missing} ids are in no message of this file: deleted, filtered or not exported; unknown, not silence"
    yield Aside(f"ids {', '.join(places)}{more}", 0, reason, problem="id-gaps")
