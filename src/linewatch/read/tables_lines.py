"""Reads NDJSON, a JSON object a line, as 4CAT and Zeeschuimer write it, and auto-archiver's `metadata.json`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from linewatch.read.base import Aside, Record
from linewatch.read.tables import make_record
from linewatch.read.tables_archiver import find_words, tell_capture
from linewatch.read.tables_layouts import DATES, TEXTS, Layout, read_date
from linewatch.text.links import make_links_inert

NAME = "lines.v1"
MEDIA_TYPES = ("application/x-ndjson", "application/json")

LONGEST = 4 << 20
"""Bytes of one line."""
SCROLLED = "collected while one person scrolled: it holds what was shown to that person, and no more"
_TEXTS = (*TEXTS, "full_text", "desc", "post_text")
_DATES = ("created_utc", "createTime", "create_time", "taken_at", *DATES)
_NESTED = ("legacy", "caption", "data", "itemStruct", "post")
"""Where platforms keep a post's own fields inside the object."""
_LOOKED_AT = 20
"""Lines of which one at least must be an object: a file of JSON over many lines is no file of lines."""
_RFC = "%a %b %d %H:%M:%S %z %Y"


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield the objects of a file, a line each; the sizes add up to the file's."""
    size = file.seek(0, 2)
    file.seek(0)
    if (whole := _read_single(file, size)) is not None:
        yield whole
        return
    if not any(isinstance(_parse(file.readline(LONGEST)), dict) for _ in range(_LOOKED_AT)):
        yield Aside("the whole file", size, "no layout of JSON that is known", problem="no-layout")
        return
    file.seek(0)
    number, is_scrolled = 0, False
    while line := file.readline(LONGEST):
        number += 1
        one = read_line(line, f"line {number}")
        is_scrolled = is_scrolled or (isinstance(one, Record) and "captured" in one.said)
        yield one
    if is_scrolled:
        yield Aside("the whole file", 0, SCROLLED)


def _read_single(file: BinaryIO, size: int) -> Record | Aside | None:
    """Return the one record of a file that is auto-archiver's `metadata.json`, None for any other."""
    if size > LONGEST:
        return None
    data = file.read()
    file.seek(0)
    value = _parse(data)
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("metadata"), dict) and isinstance(value.get("media"), list):
        words = make_links_inert(find_words(value))
        said = {key: one for key, one in tell_capture(value).items() if one}
        if words.strip():
            return Record(words, "the whole file", size, said)
        return Aside("the whole file", size, "a capture without words")
    return None


def read_line(line: bytes, where: str) -> Record | Aside:
    """Return what a line says, or why it is none."""
    if not line.strip():
        return Aside(where, len(line), "an empty line")
    item = _parse(line.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(item, dict):
        reason = "no JSON object on a line of its own"
        return Aside(where, len(line), reason, outcome="not understood", problem="broken-record")
    row = flatten(item)
    if not row.get("text") and not row.get("date"):
        reason = "an object without a field of text or date that is known"
        return Aside(where, len(line), reason, outcome="not understood", problem="no-layout")
    return make_record(row, where, len(line), LINES)


def _parse(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _has_import_meta(item: dict[str, Any]) -> bool:
    return isinstance(item.get("__import_meta"), dict)


def flatten(item: dict[str, Any]) -> dict[str, str]:
    """Return the few fields that a post of any platform has, as text."""
    meta = item["__import_meta"] if _has_import_meta(item) else {}
    layers = [item, *(inner for name in _NESTED if isinstance(inner := item.get(name), dict))]
    layers += [
        inner for layer in layers[1:] for name in _NESTED if isinstance(inner := layer.get(name), dict)
    ]
    return {
        "text": _find_first(layers, _TEXTS),
        "date": _find_first(layers, _DATES),
        "id": _to_text(meta.get("item_id")) or _find_first(layers, ("id", "id_str", "message_id")),
        "url": _find_first(layers, ("url", "permalink")),
        "title": _find_first(layers, ("title",)),
        "language": _find_first(layers, ("language", "lang")),
        "outlet": _find_first(layers, ("outlet", "channel")),
        "author": _find_first(layers, ("author", "username", "user_id", "from")),
        "captured": _to_text(meta.get("timestamp_collected")),
        "platform": _to_text(meta.get("source_platform")),
    }


def _find_first(layers: list[dict[str, Any]], names: tuple[str, ...]) -> str:
    return next((text for layer in layers for name in names if (text := _to_text(layer.get(name)))), "")


def _to_text(given: Any) -> str:
    if isinstance(given, str):
        return given
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else ""


def _read_date(printed: str) -> dict[str, str]:
    """Return a date as a table has it, or as Twitter writes it."""
    try:
        moment = datetime.strptime(printed, _RFC).astimezone(UTC)
    except ValueError:
        return read_date(printed)
    return read_date(moment.isoformat()) | {"printed": printed}


LINES = Layout(
    "a file of JSON lines",
    lambda row: row["text"],
    lambda row: {
        "id": row["id"],
        "kind": "post",
        **_read_date(row["date"]),
        "captured": read_date(row["captured"]).get("date", ""),
        **{name: row[name] for name in ("url", "title", "language", "outlet", "platform")},
    },
    lambda row: {"author": row["author"]},
)
