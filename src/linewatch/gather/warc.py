"""Opens WARC and ARC archives of the web: each captured page and file a child, everything else aside with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from linewatch.gather.base import Aside, Child
from linewatch.gather.warc_records import Found, Gap, list_records
from linewatch.text.stamps import read_stamp
from linewatch.text.walls import find_wall

NAME = "warc.v1"
MEDIA_TYPES = ("application/warc", "application/x-ia-arc")

SECRET = frozenset({"cookie", "set-cookie", "set-cookie2", "authorization", "proxy-authorization"})
_USER = re.compile(r"(?<=://)[^/@\s?#]{1,200}@")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_MACHINERY = re.compile(
    r"text/css|[\w.+/-]*javascript|application/json|application/wasm|font/|application/(?:x-)?font|image/x-icon|image/vnd\.microsoft"
)
_PAGE = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_NOTES = {
    "warcinfo": "what the archive says of itself",
    "request": "what the archiver asked the server",
    "metadata": "the archiver's notes",
    "conversion": "a conversion of another record",
}
_SUFFIX = {"text/html": ".html", "application/xhtml+xml": ".html"}


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield every record of an archive in order: a child where a server's answer or a resource was kept, else an Aside."""
    yield from unpack_records(file, {})


def unpack_records(
    file: BinaryIO, titles: Mapping[tuple[str, str], str], within: str = ""
) -> Iterator[Child | Aside]:
    """Yield the records, with the titles that a package gives pages by address and time; at the end, what is secret in them."""
    secrets: Counter[str] = Counter()
    for record in list_records(file):
        if isinstance(record, Gap):
            problem = None if record.kind == "set aside" else record.kind
            yield Aside(f"{within}byte {record.at}", record.size, record.reason, problem=problem)
            continue
        secrets.update(find_secrets(record))
        yield from _open_record(record, titles, f"{within}record at byte {record.at}")
    if secrets:
        yield tell_secrets(secrets, f"{within}the archive")


def find_secrets(record: Found) -> Iterator[str]:
    """Yield the name of each header that carries a cookie or a password, and of an address with a user's name in it."""
    yield from (name.title() for name, _ in record.http if name.lower() in SECRET)
    if _USER.search(record.headers.get("warc-target-uri", "")):
        yield "user name in an address"


def tell_secrets(secrets: Counter[str], where: str) -> Aside:
    """Return the Problem that names what an archive gives away, in counts and never in values."""
    said = ", ".join(f"{count} {name}" for name, count in sorted(secrets.items()))
    reason = (
        f"holds {said}: sealed in the archive, in nothing read from it; think before handing the archive on"
    )
    return Aside(where, 0, reason, problem="credentials")


def _open_record(record: Found, titles: Mapping[tuple[str, str], str], where: str) -> Iterator[Child | Aside]:
    reason = _find_reason(record)
    if reason is None:
        yield _make_child(record, titles, where)
    else:
        yield Aside(where, record.size, reason, problem=_find_problem(record))
    if record.digest.startswith("failed"):
        yield Aside(
            where, 0, f"its digest does not match its bytes: {record.digest}", problem="digest-failed"
        )
    for kind, words in record.faults:
        yield Aside(where, 0, words, problem=kind)
    if reason is None and _PAGE.match(_get_type(record)) and (wall := find_wall(record.body)):
        yield Aside(where, 0, f"{get_address(record)} shows no content: {wall}", problem="no-content")


def _find_reason(record: Found) -> str | None:
    """Return why a record becomes no evidence of its own, None where it does."""
    if record.kind in _NOTES:
        return _NOTES[record.kind]
    if record.kind == "revisit":
        return _describe_revisit(record)
    if record.kind not in {"response", "resource"}:
        return f"a record of a kind that is not understood: {record.kind[:40]}"
    return _find_lack(record)


def _find_lack(record: Found) -> str | None:
    """Return why an answer or a resource is no capture of content."""
    address, media_type = get_address(record), _get_type(record)
    if not _WEB.match(address):
        return f"not from the web: {address.partition(':')[0][:20] or 'no address'}"
    if record.status and not record.status.startswith("2"):
        return f"the server answered {record.status[:3]} for {address}{_name_target(record)}"
    if not record.body:
        return f"no bytes of {address} were kept"
    if any(kind == "unreadable" for kind, _ in record.faults):
        return f"{address} is packed in a way that cannot be undone"
    return f"part of the page's machinery: {media_type[:60]}" if _MACHINERY.match(media_type) else None


def _find_problem(record: Found) -> str | None:
    """Return the kind of Problem that a record set aside is: a page that was gone, a kind that nobody knows."""
    if record.kind not in {*_NOTES, "revisit", "response", "resource"}:
        return "broken-record"
    gone = record.kind == "response" and record.status in {"401", "403", "404", "410", "451"}
    return "not-captured" if gone and _PAGE.match(_get_type(record)) else None


def _describe_revisit(record: Found) -> str:
    said = record.headers
    before = said.get("warc-refers-to-date", "an earlier time")
    return f"{get_address(record)} was the same on {said.get('warc-date', 'an unknown day')} as on {before}"


def _name_target(record: Found) -> str:
    target = _find_header(record.http, "location")
    return f", which leads to {_USER.sub('', target)[:200]}" if target else ""


def _make_child(record: Found, titles: Mapping[tuple[str, str], str], where: str) -> Child:
    address = get_address(record)
    stamp = read_stamp(record.headers.get("warc-date", ""))
    captured = f"{stamp.iso}Z" if stamp.iso and stamp.zone == "utc" else None
    said = {
        "url": address,
        "captured": captured,
        "title": titles.get((address, stamp.iso or ""), titles.get((address, ""))),
        "status": record.status,
        "digest": record.digest.partition(":")[0],
    }
    return Child(
        name_file(address, _get_type(record)),
        record.body,
        where,
        {key: value for key, value in said.items() if value},
    )


def get_address(record: Found) -> str:
    """Return where a record was captured from, without a user's name and password."""
    return _USER.sub("", record.headers.get("warc-target-uri", "").strip("<> "))


def name_file(address: str, media_type: str) -> str:
    """Return a name for what was captured: where it comes from, and its kind where the address does not tell.

    >>> name_file("https://lamp.example/issues/612?page=2", "text/html; charset=utf-8")
    'lamp.example/issues/612.html'
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # an address that only looks like one
        return "capture"
    path = PurePosixPath(unquote(parts.path).strip("/") or "index")
    suffix = _SUFFIX.get(media_type.partition(";")[0].strip().lower(), "")
    ending = suffix if suffix and path.suffix.lower() not in {".html", ".htm", ".xhtml"} else ""
    return f"{parts.hostname or ''}/{path}{ending}"


def _get_type(record: Found) -> str:
    """Return the media type that the server named, of a resource that the archive names."""
    return (
        _find_header(record.http, "content-type")
        or (record.headers.get("content-type", "") if not record.http else "")
    ).lower()


def _find_header(headers: tuple[tuple[str, str], ...], wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")
