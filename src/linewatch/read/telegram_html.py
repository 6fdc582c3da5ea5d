"""Reads Telegram Desktop exports in HTML: one page of up to a thousand messages, each read from its own stretch of bytes.

What JSON has and these pages lack is unknown: sender ids, edits, the chat's id and kind. Other pages of an export are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linewatch.read.base import Aside, Record
from linewatch.text.links import make_inert, make_links_inert

NAME = "telegram-html.v1"
MEDIA_TYPES = ("application/vnd.telegram.export+html",)

LARGEST = 64 << 20
"""Bytes of one page; the program writes a thousand messages to each."""
REFUSED = "a page of an account's export without messages: contacts, sessions and the like are not read"
OFFSET = "the offset printed is the zone's standard one, an hour wrong in summer: the time is kept as shown"

_BEGINS = re.compile(rb'<div class="message (default|service)[^"]{0,80}" id="message(-?\d{1,19})"')
_HISTORY = re.compile(rb'<div class="history"')
_CHAT = re.compile(
    rb'<div class="page_header">.{0,2000}?<div class="text bold">\s{0,40}(.{0,1000}?)</div>', re.DOTALL
)
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_REPLY = re.compile(r"#?go_to_message(\d{1,19})")
_WITHHELD = ("media_contact", "media_location", "media_venue", "media_live_location")


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield the messages of a page; the sizes add up to the file's."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST:
        reason = f"a page of more than {LARGEST} bytes"
        yield Aside("the whole file", size, reason, outcome="not understood", problem="too-large")
        return
    data = file.read()
    begins = [*_BEGINS.finditer(data)]
    if not _HISTORY.search(data):
        yield Aside("the whole file", size, REFUSED, problem="refused")
        return
    head = begins[0].start() if begins else size
    yield Aside("the head", head, "the page's own frame")
    if begins:
        yield from _read_messages(data, begins, _read_chat(data[:head]))


class Place(NamedTuple):
    """Where a message stands and whose it is."""

    where: str
    id: str
    chat: str | None
    sender: str | None


def _read_chat(head: bytes) -> str | None:
    hit = _CHAT.search(head)
    return _get_text(LexborHTMLParser(hit[1].decode("utf-8", "replace")).body) if hit else None


def _read_messages(data: bytes, begins: list[re.Match[bytes]], chat: str | None) -> Iterator[Record | Aside]:
    """Yield each message; one that is joined to the message before has its sender."""
    sender, has_offset = None, False
    ends = [*(hit.start() for hit in begins[1:]), len(data)]
    for hit, end in zip(begins, ends, strict=True):
        raw, number = data[hit.start() : end], hit[2].decode()
        if hit[1] == b"service":
            reason = "a day's heading" if number.startswith("-") else "service message"
            yield Aside(f"message {number}", len(raw), reason)
            continue
        body = LexborHTMLParser(raw.decode("utf-8", "replace").replace("<br>", "\n"))
        named = body.css_first("div.body > div.from_name:not(div.forwarded > div)")
        sender = _get_text(named) if named else sender if b"joined" in hit[0] else None
        one = _read_message(body, Place(f"message {number}", number, chat, sender), len(raw))
        has_offset = has_offset or (isinstance(one, Record) and "offset" in one.said)
        yield one
    if has_offset:
        yield Aside("dates", 0, OFFSET)


def _read_message(body: LexborHTMLParser, place: Place, size: int) -> Record | Aside:
    words, private, links = _read_words(body)
    media = tell_media(body)
    if not words.strip():
        return Aside(place.where, size, f"no words: {media or 'nothing else either'}")
    said = {"id": place.id, "kind": "post", **dict(read_times(body))}
    forwarded = body.css_first("div.forwarded > div.from_name")
    hidden = {"chat_key": place.chat or ""}
    if place.sender and place.sender != place.chat:
        hidden["author"] = place.sender
    if body.css_first("div.forwarded"):
        said["flags"] = "forwarded"
        hidden["forwarded_from"] = _get_own_text(forwarded)
        said |= {f"forwarded_{key}": value for key, value in _read_time(forwarded) if key == "date"}
    reply = body.css_first("div.reply_to a")
    if reply and (hit := _REPLY.search(reply.attributes.get("href") or "")):
        said["reply_to"] = hit[1]
    said |= {key: value for key, value in (("media", media), ("links", " ".join(links))) if value}
    return Record(words, place.where, size, said, hidden, private)


def _read_words(body: LexborHTMLParser) -> tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]:
    """Return a message's words with its poll's, the places that name persons, and where its links lead."""
    words, private, links = "", [], []
    for node in body.css("div.text"):
        for one, link in _list_texts(node):
            href = (link.attributes.get("href") or "") if link else ""
            shown = _show(one, href)
            if link and is_mention(one, href, link.attributes.get("onclick") or ""):
                private.append((len(words), len(words) + len(shown)))
            elif href.startswith(("http:", "https:")):
                links.append(make_inert(href[:500]))
            words += shown
    lead = len(words) - len(words.lstrip())
    places = tuple((max(0, start - lead), end - lead) for start, end in private)
    poll = [_get_text(node) for node in body.css("div.media_poll div.question")]
    poll += [
        f"- {answer.lstrip('- ')}"
        for node in body.css("div.media_poll div.answer")
        if (answer := _get_text(node))
    ]
    return "\n".join(filter(None, (words.strip(), *poll))), places, tuple(dict.fromkeys(links))


def _list_texts(node: LexborNode) -> Iterator[tuple[str, LexborNode | None]]:
    """Yield the stretches of text under a node, each with the link it stands in."""
    for one in node.traverse(include_text=True):
        if one.tag == "-text":
            above = one.parent
            while above is not None and above.mem_id != node.mem_id and above.tag != "a":
                above = above.parent
            yield one.text(deep=False), above if above is not None and above.tag == "a" else None


def _show(words: str, href: str) -> str:
    if href.startswith("tel:"):
        return "[phone number withheld]"
    return "[address withheld]" if href.startswith("mailto:") else make_links_inert(words)


def is_mention(words: str, href: str, onclick: str) -> bool:
    """Tell whether a link names a person: by a name without an address, or by @name.

    >>> is_mention("@ines", "https://t.me/ines", ""), is_mention("Ines", "", "return ShowMentionName()")
    (True, True)
    """
    return "ShowMentionName" in onclick or (words.strip().startswith("@") and "t.me/" in href)


def read_times(body: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield when the message was published, as the exporting clock showed it: no zone that can be relied on."""
    yield from _read_time(body.css_first("div.date.details"))


def _read_time(node: LexborNode | None) -> Iterator[tuple[str, str]]:
    shown = (node.attributes.get("title") or "") if node else ""
    if node is not None and not shown and (inner := node.css_first("span.date.details")):
        shown = inner.attributes.get("title") or ""
    hit = _TIME.search(shown)
    if hit is None:
        return
    try:
        date = datetime.fromisoformat(f"{hit[3]}-{hit[2]}-{hit[1]}T{hit[4]}").isoformat()
    except ValueError:
        return
    yield from (("date", date), ("zone", "unknown"), ("printed", hit[0]))
    if hit[5]:
        yield "offset", hit[5]


def tell_media(body: LexborHTMLParser) -> str | None:
    """Return what is attached, and where the export has it or why it has it not; contacts and places are withheld."""
    wrap = body.css_first("div.media_wrap")
    if wrap is None or wrap.css_first("div.media_poll"):
        return None
    if any(wrap.css_first(f".{name}") for name in _WITHHELD):
        return "a contact or a location, withheld"
    link = wrap.css_first("a[href]")
    if link is not None:
        return f"file: {(link.attributes.get('href') or '')[:300]}"
    told = [_get_text(node) for node in wrap.css("div.title, div.status, div.description")]
    return f"absent: {', '.join(one for one in told if one)[:300]}"


def _get_text(node: LexborNode | None) -> str:
    return " ".join(node.text(deep=True).split())[:500] if node is not None else ""


def _get_own_text(node: LexborNode | None) -> str:
    """Return the text of a node without that of the date in it."""
    return " ".join(node.text(deep=False).split())[:500] if node is not None else ""
