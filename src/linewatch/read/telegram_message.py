"""One message of a Telegram export in JSON, of any generation, as a record or set aside with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from linewatch.read.base import Aside, Record
from linewatch.read.telegram_text import read_words, tell_poll

CHANNELS = frozenset({"public_channel", "private_channel"})
SUPERGROUPS = frozenset({"public_supergroup", "private_supergroup"})
ALONE = frozenset({"personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"})
"""Chats whose name is a person's."""
KNOWN = frozenset(
    {
        "id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "from", "from_id", "author",
        "forwarded_from", "forwarded_from_id", "forwarded_from_message_id", "saved_from", "saved_from_id",
        "reply_to_message_id", "reply_to_peer_id", "via_bot", "photo", "file", "file_name", "file_size",
        "photo_file_size", "thumbnail", "thumbnail_file_size", "media_type", "mime_type", "duration_seconds", "width",
        "height", "performer", "title", "media_spoiler", "self_destruct_period_seconds", "sticker_emoji",
        "contact_information", "contact_vcard", "contact_vcard_file_size", "location_information",
        "live_location_period_seconds", "place_name", "address", "poll", "inline_bot_buttons", "reactions", "text",
        "text_entities", "game_title", "game_description", "game_link", "game_message_id", "invoice_information",
        "todo_list", "giveaway_information", "giveaway_results", "paid_media", "paid_stars_amount",
    }
)  # fmt: skip
WITHHELD = {"contact_information": "a contact, withheld", "location_information": "a location, withheld"}
_LATEST = 32_503_680_000
"""The year 3000: a number beyond is no time."""
_FAR = 14 * 3600 + 60
"""No place on earth is further than fourteen hours from UTC."""


class Chat(NamedTuple):
    """What the head of an export says of the chat."""

    name: str | None = None
    type: str | None = None
    id: str | None = None

    @property
    def is_channel(self) -> bool:
        """Tell whether the posts are the channel's own; where nobody says so, persons wrote them."""
        return self.type in CHANNELS

    @property
    def has_own_ids(self) -> bool:
        """Tell whether ids run on in the chat itself: elsewhere the whole account shares them."""
        return self.type in CHANNELS | SUPERGROUPS


def read_message(message: Any, size: int, chat: Chat) -> Record | Aside:
    """Return a message as a record, or set aside: service messages, those without words, and what is no message."""
    if not isinstance(message, dict):
        return Aside("between messages", size, "no message", outcome="not understood")
    where, kind = f"message {str(message.get('id'))[:20]}", message.get("type")
    if kind == "service":
        # Who joined, left or was invited names persons: the action is told, the names stay sealed.
        return Aside(where, size, f"service message: {str(message.get('action'))[:60]}")
    if kind == "unsupported":
        return Aside(where, size, "the export holds no more than its id", outcome="not understood")
    if kind != "message":
        return Aside(where, size, f"a type not known: {str(kind)[:60]}", outcome="not understood")
    words = read_words(message, is_channel=chat.is_channel)
    media = tell_media(message)
    if not words.text.strip():
        return Aside(where, size, f"no words: {media or 'nothing else either'}")
    said = dict(_list_said(message, chat)) | {
        key: value for key, value in (("media", media), ("links", " ".join(words.links))) if value
    }
    conflict = find_conflict(message)
    return Record(
        words.text, where, size, said, dict(_list_hidden(message, chat)), words.private,
        problem="date-conflict" if conflict else None, reason=conflict,
    )  # fmt: skip


def _list_said(message: dict[str, Any], chat: Chat) -> Iterator[tuple[str, str]]:
    yield "id", str(message.get("id"))[:40]
    yield "kind", "post"
    yield from read_times(message)
    if chat.name and chat.type not in ALONE:
        yield "chat", chat.name
    if chat.is_channel and chat.name:
        yield "outlet", chat.name
        if signed := _to_text(message.get("author")):
            yield "author", signed
    elif _is_channel_id(message.get("from_id")) and (sender := _to_text(message.get("from"))):
        yield "author", sender
    if "forwarded_from" in message or "forwarded_from_id" in message:
        yield "flags", "forwarded"
        if _is_channel_id(message.get("forwarded_from_id")) and (
            first := _to_text(message.get("forwarded_from"))
        ):
            yield "forwarded_from", first
    if reply := message.get("reply_to_message_id"):
        yield "reply_to", str(reply)[:40]
    if poll := tell_poll(message.get("poll")):
        yield "poll", poll


def _list_hidden(message: dict[str, Any], chat: Chat) -> Iterator[tuple[str, str]]:
    """Yield what names private persons: senders outside channels, and who was forwarded unless an id says a channel."""
    yield "chat_key", chat.name or chat.id or ""
    if not chat.is_channel and not _is_channel_id(message.get("from_id")):
        yield "author", _name_sender(message) or ""
    if not _is_channel_id(message.get("forwarded_from_id")):
        yield "forwarded_from", _to_text(message.get("forwarded_from")) or ""


def _name_sender(message: dict[str, Any]) -> str | None:
    """Return what a sender is known by: the id, older exports giving its number alone, else the name."""
    given = message.get("from_id")
    if isinstance(given, int) and not isinstance(given, bool):
        return f"user{given}"
    return given if isinstance(given, str) and given else _to_text(message.get("from"))


def _is_channel_id(given: Any) -> bool:
    return isinstance(given, str) and given.startswith("channel")


def _to_text(given: Any) -> str | None:
    return given if isinstance(given, str) and given.strip() else None


def read_times(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield when it was published and last edited: in UTC where the export says so, else as the clock there showed it."""
    instant, shown = read_instant(message.get("date_unixtime")), read_clock(message.get("date"))
    if instant is not None:
        yield "date", instant.strftime("%Y-%m-%dT%H:%M:%S")
        yield "zone", "utc"
    elif shown is not None:
        yield "date", shown.isoformat()
        yield "zone", "unknown"
    if shown is not None:
        yield "printed", shown.isoformat(sep=" ")
    edited = read_instant(message.get("edited_unixtime"))
    if edited is None:
        edited = read_clock(message.get("edited"))
    if edited is not None and edited.year > 1970:  # older exports write the epoch where nothing was edited
        yield "edited", edited.strftime("%Y-%m-%dT%H:%M:%S")


def read_instant(given: Any) -> datetime | None:
    """Return the time of a Unix clock, None where it is none.

    >>> read_instant("1935482400").isoformat()
    '2031-05-02T10:00:00+00:00'
    """
    try:
        seconds = int(str(given)[:14])
    except ValueError:
        return None
    return datetime.fromtimestamp(seconds, UTC) if 0 <= seconds < _LATEST else None


def read_clock(given: Any) -> datetime | None:
    """Return a time as a clock without a zone showed it, None where it is none."""
    try:
        return datetime.fromisoformat(str(given)[:19]).replace(tzinfo=None)
    except ValueError:
        return None


def find_conflict(message: dict[str, Any]) -> str | None:
    """Return what is wrong where the two times of a message cannot be one moment on any clock on earth."""
    instant, shown = read_instant(message.get("date_unixtime")), read_clock(message.get("date"))
    if instant is None or shown is None:
        return None
    apart = abs((instant.replace(tzinfo=None) - shown).total_seconds())
    return "date and date_unixtime are further apart than any zone; UTC is kept" if apart > _FAR else None


def tell_media(message: dict[str, Any]) -> str | None:
    """Return what is attached, and where the export has it or why it has it not; contacts and places are withheld.

    >>> tell_media({"photo": "(File not included. Change data exporting settings to download.)"})
    'photo, absent: File not included. Change data exporting settings to download.'
    """
    for key, words in WITHHELD.items():
        if key in message:
            return words
    for key in ("photo", "file"):
        if isinstance(given := message.get(key), str) and given:
            kind = _to_text(message.get("media_type")) or key
            absent = given.startswith("(")
            return (
                f"{kind[:40]}, absent: {given.strip('()')[:200]}" if absent else f"{kind[:40]}: {given[:300]}"
            )
    if "photo_file_size" in message:
        return "photo, absent: nothing but its size"
    return None
