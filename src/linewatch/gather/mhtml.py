"""Opens saved pages in one file (MHTML): the page a child with its address and time, the pictures and styles aside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from linewatch.gather.base import Aside, Child
from linewatch.text.mail import MOST_MAIL, BrokenMailError, Mail, Part, parse_mail
from linewatch.text.signatures import MHTML
from linewatch.text.stamps import read_stamp
from linewatch.text.walls import find_wall

NAME = "mhtml.v1"
MEDIA_TYPES = (MHTML,)
_PAGE = "the page"


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield the page, then every part of it with its reason, then what is left of the file: headers and encoding."""
    data = file.read(MOST_MAIL + 1)
    size = file.seek(0, io.SEEK_END)
    try:
        page = parse_mail(data, ("html", "plain"))
    except BrokenMailError as error:
        yield Aside(_PAGE, size, f"no saved page that can be taken apart: {error}", problem="unreadable")
        return
    parts = [*page.twins, *page.others]
    if page.body is None or not page.body.data:
        yield Aside(_PAGE, 0, "no page among the parts", problem="unreadable")
    else:
        yield Child(_name(page), page.body.data, _PAGE, _list_said(page, page.body))
        if wall := find_wall(page.body.data):
            yield Aside(_PAGE, 0, f"the page shows no content: {wall}", problem="no-content")
    taken = len(page.body.data) if page.body else 0
    for place, part in enumerate(parts, start=1):
        taken += len(part.data)
        yield Aside(f"part {place}", len(part.data), _describe(part))
    if page.faults:
        yield Aside(
            _PAGE, 0, f"not written as saved pages are: {', '.join(page.faults)}", problem="broken-member"
        )
    yield Aside("around the parts", max(0, size - taken), "headers, boundaries and encoding")


def _name(page: Mail) -> str:
    title = page.headers.get("subject", "")
    return f"{title[:150]}.html" if title else "page.html"


def _list_said(page: Mail, body: Part) -> dict[str, str]:
    """Return the address, the title and the time of saving; the clock's zone goes with the time, or the time is left out."""
    stamp = read_stamp(page.headers.get("date", ""))
    said = {
        "url": page.headers.get("snapshot-content-location") or body.headers.get("content-location", ""),
        "title": page.headers.get("subject", ""),
        "captured": f"{stamp.iso}{'Z' if stamp.zone == 'utc' else stamp.zone}"
        if stamp.iso and stamp.zone != "unknown"
        else "",
    }
    return {name: value for name, value in said.items() if value}


def _describe(part: Part) -> str:
    kind = "a frame of the page" if part.media_type == "text/html" else "part of the page"
    return f"{kind}, {part.media_type}: {part.headers.get('content-location', 'no address')[:300]}"
