"""Parses feeds with feedparser, never by address, and refuses XML that was made to hurt. Makes no records."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser

from linewatch.text.encoding import decode

MOST_BYTES = 50_000_000
MOST_DEPTH = 1_000
MOST_TAG = 20_000
"""The parser's time grows with the square of a tag's length and of the depth; no feed that a site makes comes near."""
_PROLOGUE = re.compile(r"<[A-Za-z_]")
_ENTITY = re.compile(
    r"<!ENTITY\s{1,9}(%\s{0,9})?([^\s%]{1,200})\s{1,9}(SYSTEM\b|PUBLIC\b|[\"'])", re.IGNORECASE
)
_NESTED = re.compile(r"<!ENTITY[^<>]{0,2000}?&(?!#|amp;|lt;|gt;|quot;|apos;)\w{1,200};", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,2000}>?")
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<(/?)[A-Za-z_][^<>]{0,20000}")
_GIANT = re.compile(rf"<[A-Za-z_][^<>]{{{MOST_TAG},}}")
_CHARACTERISTIC = ("rss", "feed", "rdf", "channel")


class HostileFeedError(ValueError):
    """The XML declares what no feed needs, or is nested or swollen so as to exhaust whoever parses it."""


def parse_feed(data: bytes, headers: Mapping[str, str] | None = None) -> Any:
    """Return feedparser's reading of a feed; raises HostileFeedError. `headers` are those of an archived answer.

    The bytes go in as a stream: a bare string that begins like an address would be fetched.
    """
    if len(data) > MOST_BYTES:
        raise HostileFeedError(f"{len(data)} bytes, more than {MOST_BYTES}")
    text = decode(data).text
    check_markup(text)
    try:
        return _parse(data, headers)
    except (
        ValueError
    ):  # an encoding declared in bytes that name none: the words are as they were decoded here
        return _parse_text(text)


def _parse_text(text: str) -> Any:
    try:
        return _parse(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), None)
    except ValueError as error:
        raise HostileFeedError(f"declares what cannot be: {error}") from error


def _parse(data: bytes, headers: Mapping[str, str] | None) -> Any:
    return feedparser.parse(
        io.BytesIO(data),
        response_headers=dict(headers or {}),
        sanitize_html=False,  # the page reader takes the words and sets scripts aside; nothing is rendered
        resolve_relative_uris=True,
    )


def check_markup(text: str) -> None:
    """Raise HostileFeedError where entities are fetched or nested, or elements are endless.

    >>> check_markup("<rss><channel><title>Harbour League</title></channel></rss>")
    """
    root = _PROLOGUE.search(text)
    prologue = text[: root.start()] if root else text
    for entity in _ENTITY.finditer(prologue):
        if entity[3].upper() in {"SYSTEM", "PUBLIC"} and not entity[1]:
            raise HostileFeedError(f"declares the entity {entity[2]!r}, which lies outside the file")
    if _NESTED.search(prologue):
        raise HostileFeedError("declares entities made of entities")
    bare = _CDATA.sub("", text)
    if _GIANT.search(bare):
        raise HostileFeedError(f"a tag of more than {MOST_TAG} characters")
    depth = 0
    for tag in _TAG.finditer(bare):
        depth += -1 if tag[1] else 0 if tag[0].endswith("/") else 1
        if depth > MOST_DEPTH:
            raise HostileFeedError(f"elements nested deeper than {MOST_DEPTH}")
