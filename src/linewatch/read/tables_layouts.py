"""What the columns of known tables mean: 4CAT, Media Cloud, CrowdTangle, auto-archiver's sheets, and a plain text and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from linewatch.model.when import parse_iso

Row = Mapping[str, str]
TEXTS = ("text", "body", "message", "content", "words", "caption", "description")
DATES = ("date", "published", "publish_date", "published_at", "created_at", "datetime", "timestamp", "time")
_PLAIN = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "channel", "source", "media_name", "publication"),
    "url": ("url", "link", "permalink"),
    "id": ("id", "message_id", "post_id"),
    "language": ("language", "lang"),
    "kind": ("kind",),
}
"""What a plain table's other columns say, by the names they go under."""
_ZONES = {"UTC": "utc", "GMT": "utc", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00", "PDT": "-07:00"}
"""The abbreviations of American exports that mean one zone; others are kept as printed and unknown."""
_CLOCK = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s?(Z|[+-]\d\d:?\d\d|[A-Z]{2,5})?\Z"
)
_LATEST = 32_503_680_000


class Layout(NamedTuple):
    """A table's name and how its rows are read."""

    name: str
    find_words: Callable[[Row], str]
    say: Callable[[Row], dict[str, str]]
    hide: Callable[[Row], dict[str, str]] = lambda _row: {}
    reason: str | None = None
    """Why its rows are no texts, where they are none."""


def read_date(printed: str) -> dict[str, str]:
    """Return date, zone and what was printed; a date that is none of the known forms is kept as printed alone.

    >>> read_date("2031-05-02 10:00:00 EDT")
    {'date': '2031-05-02T10:00:00', 'zone': '-04:00', 'printed': '2031-05-02 10:00:00 EDT'}
    >>> read_date("1935482400")["date"], read_date("2031-05"), read_date("5 Ramadan 1445")
    ('2031-05-02T10:00:00', {'date': '2031-05', 'printed': '2031-05'}, {'printed': '5 Ramadan 1445'})
    """
    printed = printed.strip()[:80]
    if not printed:
        return {}
    if instant := read_unix(printed):
        return {"date": instant, "zone": "utc", "printed": printed}
    hit = _CLOCK.match(printed)
    try:
        if hit:
            date = datetime.fromisoformat(f"{hit[1]}T{hit[2]}").isoformat()
            return {"date": date, "zone": _read_zone(hit[3]), "printed": printed}
        iso = parse_iso(printed).iso
    except (ValueError, OverflowError):  # a day of forty digits
        return {"printed": printed}
    # `2031` alone is a year only where it could be one: a running number is not.
    return {"date": iso, "printed": printed} if iso and len(iso) >= 7 else {"printed": printed}


def _read_zone(printed: str | None) -> str:
    if printed is None:
        return "unknown"
    if printed == "Z" or printed in {"+00:00", "+0000"}:
        return "utc"
    if printed[0] in "+-":
        return f"{printed[:3]}:{printed[-2:]}"
    return _ZONES.get(printed, "unknown")


def read_unix(printed: str) -> str | None:
    """Return the UTC time of a Unix clock in seconds or milliseconds, None for any other number."""
    if not re.fullmatch(r"\d{9,13}(?:\.\d{1,6})?", printed):
        return None
    seconds = int(printed.partition(".")[0])
    if seconds >= 100_000_000_000:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S") if seconds < _LATEST else None


def find_layout(header: Iterable[str]) -> Layout | None:
    """Return how the rows under a header are read, None where nobody knows."""
    names = frozenset(header)
    known = next((layout for needed, layout in _KNOWN.items() if needed <= names), None)
    if known is not None or names <= {"date", "count", "total_count", "ratio"}:
        return known or (ATTENTION if {"date", "count"} <= names else None)
    if {"archive status", "archive location"} <= {name.lower() for name in names}:
        return make_sheet(names)
    return make_plain(names)


def _say_fourcat(row: Row) -> dict[str, str]:
    # `timestamp` is the clock of the server that collected; `unix_timestamp` is a moment.
    date = read_date(row.get("unix_timestamp", "")) or {}
    if "zone" not in date:
        date = {**read_date(row.get("timestamp", "")), "zone": "unknown"}
    edited = read_date(row.get("unix_timestamp_edited", "") or row.get("timestamp_edited", ""))
    return {
        "id": row.get("id", ""),
        "kind": "post",
        **date,
        "edited": edited.get("date", ""),
        "chat": row.get("thread_id", ""),
        "outlet": row.get("thread_id", "") if _is_own(row) else "",
        "reply_to": row.get("reply_to", ""),
        "title": row.get("subject", ""),
        "flags": "forwarded" if _list_forwarded(row) else "",
        "forwarded_date": read_date(row.get("unix_timestamp_forwarded_from", "")).get("date", ""),
        "media": row.get("attachment_type", ""),
        "absent": row.get("missing_fields", ""),
    }


def _is_own(row: Row) -> bool:
    """Tell whether a channel itself wrote: 4CAT then gives the channel's name as the author's."""
    return bool(row.get("thread_id")) and row.get("author_username", "") == row["thread_id"]


def _list_forwarded(row: Row) -> list[str]:
    return [
        value for key in ("id", "username", "name") if (value := row.get(f"author_forwarded_from_{key}", ""))
    ]


def _hide_fourcat(row: Row) -> dict[str, str]:
    author = "" if _is_own(row) else row.get("author", "") or row.get("author_username", "")
    return {"author": author, "forwarded_from": next(iter(_list_forwarded(row)), "")}


FOURCAT = Layout("4CAT", lambda row: row.get("body", ""), _say_fourcat, _hide_fourcat)
MEDIACLOUD = Layout(
    "Media Cloud stories",
    lambda row: row.get("title", ""),
    lambda row: {
        "id": row.get("id", ""),
        "kind": "article",
        **read_date(row.get("publish_date", "")),
        "indexed": read_date(row.get("indexed_date", "")).get("date", ""),
        "outlet": row.get("media_name", ""),
        "url": row.get("url", ""),
        "language": row.get("language", ""),
        "absent": "the text: Media Cloud exports titles alone",
    },
)
ATTENTION = Layout(
    "Media Cloud attention",
    lambda _row: "",
    lambda _row: {},
    reason="counts by day, no texts: `linewatch track --series` takes such a table",
)


def _say_crowdtangle(row: Row) -> dict[str, str]:
    outlet = row.get("Page Name") or row.get("Account") or ""
    return {
        "kind": "post",
        **read_date(row["Post Created"]),
        "outlet": outlet,
        "chat": row.get("Group Name", ""),
        "url": row.get("URL", ""),
        "title": row.get("Title", ""),
        "media": row.get("Type", ""),
    }


def _join_crowdtangle(row: Row) -> str:
    """Return the post's message, and the words on and under what it links to."""
    parts = [row.get(name, "") for name in ("Message", "Image Text", "Link Text", "Description")]
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


CROWDTANGLE = Layout("CrowdTangle", _join_crowdtangle, _say_crowdtangle)

_KNOWN = {
    frozenset({"id", "thread_id", "author", "body", "timestamp"}): FOURCAT,
    frozenset({"media_name", "media_url", "publish_date", "title", "url"}): MEDIACLOUD,
    frozenset({"Page Name", "Post Created"}): CROWDTANGLE,
    frozenset({"Group Name", "Post Created"}): CROWDTANGLE,
    frozenset({"Account", "Post Created"}): CROWDTANGLE,
}


def make_sheet(names: frozenset[str]) -> Layout:
    """Return the layout of an auto-archiver sheet, whose columns may be written in capitals."""
    by_name = {name.lower(): name for name in names}

    def get(row: Row, name: str) -> str:
        return row.get(by_name.get(name, ""), "")

    return Layout(
        "auto-archiver sheet",
        lambda row: get(row, "text content") or get(row, "upload title"),
        lambda row: {
            "kind": "post",
            **read_date(get(row, "upload timestamp")),
            "captured": read_date(get(row, "archive date")).get("date", ""),
            "title": get(row, "upload title"),
            "url": get(row, "link"),
            "status": get(row, "archive status"),
            "hash_given": get(row, "hash"),
        },
    )


def make_plain(names: frozenset[str]) -> Layout | None:
    """Return the layout of a table with a column of texts and one of dates; None where it has no such columns."""
    by_name = {name.strip().lower(): name for name in names}
    text = next((by_name[name] for name in TEXTS if name in by_name), None)
    date = next((by_name[name] for name in DATES if name in by_name), None)
    if text is None or date is None:
        return None
    others = {
        field: by_name[found]
        for field, called in _PLAIN.items()
        if (found := next((name for name in called if name in by_name), None))
    }
    author = by_name.get("author") or by_name.get("sender")
    return Layout(
        "a table of texts and dates",
        lambda row: row.get(text, ""),
        lambda row: {
            **read_date(row.get(date, "")),
            **{key: row.get(name, "") for key, name in others.items()},
        },
        lambda row: {"author": row.get(author, "")} if author else {},
    )
