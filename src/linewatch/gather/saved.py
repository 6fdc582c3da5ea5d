"""Recognises pages that a browser saved: which files of a folder are parts of a page, and where the page says it comes from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from linewatch.text.encoding import decode
from linewatch.text.stamps import read_stamp

_FOLDER = re.compile(
    r"(?P<page>.+?)(?:_files|\.files|_fichiers|-Dateien|_archivos|_file| Files|_ملفات)$", re.IGNORECASE
)
_SUFFIXES = (".html", ".htm", ".xhtml")
_FROM = re.compile(r"<!--\s{0,4}saved from url=\(\d{1,6}\)(?P<url>[^\s<>]{1,2000})")
_SINGLE = re.compile(
    r"Page saved with SingleFile\s{1,9}url:\s{0,4}(?P<url>\S{1,2000})\s{1,9}saved date:\s{0,4}(?P<date>[^\n<>]{1,100})"
)
_SCRIPT_DATE = re.compile(r"\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")
_HEAD = 4096
PART_OF = "part_of"
"""The field of the Statement that names a part's page."""
_MACHINERY = frozenset({
    ".avif", ".bmp", ".css", ".download", ".gif", ".htm", ".html", ".ico", ".jpeg", ".jpg", ".js", ".json", ".mjs", ".otf",
    ".php", ".png", ".svg", ".ttf", ".webp", ".woff", ".woff2", ".xhtml",
})  # fmt: skip
"""How the names of parts end; a PDF or a text in such a folder is somebody's file."""


def find_parts(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each file that is a part of a saved page, with the page.

    >>> list(find_parts(["612.html", "612_files/oar.css", "612_files/notes.txt"]))
    [('612_files/oar.css', '612.html')]
    """
    for name in names:
        if PurePosixPath(name).suffix.lower() in _MACHINERY and (page := find_page(name, names)):
            yield name, page


def find_page(name: str, names: Collection[str]) -> str | None:
    """Return the page of which a file is a part, None where it is none: it lies in the folder that a browser made for it.

    >>> find_page("lamp/612_files/oar.css", {"lamp/612.html", "lamp/612_files/oar.css"})
    'lamp/612.html'
    """
    for folder in PurePosixPath(name).parents:
        hit = _FOLDER.fullmatch(folder.name)
        if hit is not None:
            pages = (str(folder.with_name(f"{hit['page']}{suffix}")) for suffix in _SUFFIXES)
            found = next((page for page in pages if page in names), None)
            if found is not None:
                return found
    return None


def read_origin(page: bytes) -> dict[str, str]:
    """Return the address that a browser wrote into a page as it saved it, and when, where it says so.

    >>> read_origin(b"<!-- saved from url=(0024)https://lamp.example/612 -->")
    {'url': 'https://lamp.example/612'}
    """
    head = decode(page[:_HEAD]).text
    single = _SINGLE.search(head)
    if single is not None:
        captured = _read_script_date(single["date"])
        return {"url": single["url"], **({"captured": captured} if captured else {})}
    hit = _FROM.search(head)
    return {"url": hit["url"]} if hit else {}


def _read_script_date(printed: str) -> str | None:
    """Return `Sat May 03 2031 10:00:00 GMT+0300 (...)` as ISO 8601 with its zone."""
    hit = _SCRIPT_DATE.match(printed.strip())
    stamp = read_stamp("{1} {0} {2} {3} {4}".format(*hit.groups())) if hit else None
    return f"{stamp.iso}{'Z' if stamp.zone == 'utc' else stamp.zone}" if stamp and stamp.iso else None
