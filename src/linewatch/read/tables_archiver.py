"""What auto-archiver writes: `metadata.json`, and CSV whose cells are Python's notation, read by a small grammar, never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any

from linewatch.read.tables_layouts import Layout, Row, read_date

_STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_DATETIME = r"datetime\.datetime\((?P<numbers>\d{1,6}(?:,\s?\d{1,6}){2,6})(?P<zone>,\s?tzinfo=[^()]{0,60}(?:\([^()]{0,60}\))?)?\)"
_TOKEN = re.compile(rf"(?P<string>{_STRING})|{_DATETIME}", re.DOTALL)
_LONGEST = 1_000_000


def find_archiver_layout(names: Iterable[str]) -> Layout | None:
    """Return the layout of auto-archiver's own CSV, None for another header."""
    if set(names) != {"status", "metadata", "media"}:
        return None
    return Layout(
        "auto-archiver", lambda row: find_words(parse_row(row)), lambda row: tell_capture(parse_row(row))
    )


def parse_row(row: Row) -> dict[str, Any]:
    """Return what a row's cells hold; a cell that is no notation of plain values holds nothing."""
    return {
        "status": row.get("status", ""),
        **{name: parse_cell(row.get(name, "")) for name in ("metadata", "media")},
    }


def parse_cell(cell: str) -> Any:
    """Return the plain value that Python's notation gives, times as ISO text; None where it is anything else.

    >>> parse_cell("{'title': 'Row', 'timestamp': datetime.datetime(2031, 5, 2, 10, 0, tzinfo=datetime.timezone.utc)}")
    {'title': 'Row', 'timestamp': '2031-05-02T10:00:00+00:00'}
    >>> parse_cell("__import__('os')") is None
    True
    """
    if len(cell) > _LONGEST:
        return None
    try:
        return ast.literal_eval(_TOKEN.sub(_write_time, cell.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _write_time(hit: re.Match[str]) -> str:
    if hit["string"] is not None:
        return hit[0]
    year, month, day, *clock = (int(number) for number in hit["numbers"].split(","))
    hour, minute, second = (*clock[:3], 0, 0, 0)[:3]
    zone = "+00:00" if hit["zone"] and "utc" in hit["zone"].lower() else ""
    return f"'{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}'"


def find_words(capture: Mapping[str, Any]) -> str:
    """Return what a captured page says: its content, else its title."""
    told = _get_metadata(capture)
    return _to_text(told.get("content")) or _to_text(told.get("title"))


def tell_capture(capture: Mapping[str, Any]) -> dict[str, str]:
    """Return what is said of a capture: published, captured, its address and the hashes as given."""
    told = _get_metadata(capture)
    media = capture.get("media")
    hashes = [
        one["properties"]["hash"]
        for one in (media if isinstance(media, list) else ())
        if isinstance(one, dict) and isinstance(one.get("properties"), dict)
        if isinstance(one["properties"].get("hash"), str)
    ]
    # The program relabels any time as UTC instead of converting it, so that its zone says nothing.
    published = read_date(_to_text(told.get("timestamp")))
    return {
        "kind": "post",
        **published,
        "zone": "unknown" if published.get("date") else "",
        "captured": read_date(_to_text(told.get("_processed_at"))).get("date", ""),
        "title": _to_text(told.get("title")),
        "url": _to_text(told.get("original_url")) or _to_text(told.get("url")),
        "status": _to_text(capture.get("status")),
        "media": f"{len(media)} files" if isinstance(media, list) and media else "",
        "hash_given": " ".join(hashes),
    }


def _get_metadata(capture: Mapping[str, Any]) -> dict[str, Any]:
    told = capture.get("metadata")
    return told if isinstance(told, dict) else {}


def _to_text(given: Any) -> str:
    return given if isinstance(given, str) else ""
