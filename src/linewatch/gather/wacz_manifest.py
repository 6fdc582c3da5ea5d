"""Reads what a WACZ package says of itself: the manifest in both of its shapes, the list of pages, cookies in the index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linewatch.text.stamps import read_stamp

MANIFEST, DIGEST = "datapackage.json", "datapackage-digest.json"
_COOKIE = b'"req.http:cookie"'


class Listed(NamedTuple):
    """A member as the manifest has it."""

    path: str
    digest: str
    """`sha256:9f86...`, as given; empty where the manifest gives none."""
    size: int | None


class Page(NamedTuple):
    """A page as the list of pages has it."""

    address: str
    at: str
    """When, to the second; empty where it is not said."""
    title: str


def load(data: bytes) -> Any:
    """Return the JSON in a member, None where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def list_listed(data: bytes) -> list[Listed] | None:
    """Return the members in a manifest, None where it is no manifest.

    >>> list_listed(b'{"resources": [{"path": "a", "hash": "sha256:00", "bytes": 1}]}')
    [Listed(path='a', digest='sha256:00', size=1)]
    >>> list_listed(b'{"resources": [{"path": "a", "stats": {"hash": "00", "bytes": 1}, "hashing": "sha256"}]}')
    [Listed(path='a', digest='sha256:00', size=1)]
    """
    manifest = load(data)
    rows = manifest.get("resources") if isinstance(manifest, dict) else None
    return [_read_row(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else None


def _read_row(row: Mapping[str, Any]) -> Listed:
    """Return a row: version 1.1.1 writes the digest with its algorithm, 1.0.0 the two apart."""
    stats = row.get("stats")
    given = stats if isinstance(stats, dict) else row
    digest, size = str(given.get("hash") or ""), given.get("bytes")
    algorithm = str(row.get("hashing") or "sha256")
    labelled = digest if ":" in digest or not digest else f"{algorithm}:{digest}"
    return Listed(
        str(row.get("path") or row.get("name") or ""), labelled, size if isinstance(size, int) else None
    )


def list_pages(data: bytes) -> Iterator[Page]:
    """Yield the pages in a list of pages; its first line is about the list."""
    for line in data.splitlines():
        page = load(line)
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            stamp = read_stamp(str(page.get("ts") or ""))
            yield Page(page["url"], stamp.iso or "", " ".join(str(page.get("title") or "").split())[:500])


def count_cookies(index: bytes) -> int:
    """Return how many lines of an index repeat a cookie of the person who captured the page."""
    return sum(_COOKIE in line for line in index.splitlines())
