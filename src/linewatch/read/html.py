"""Reads a saved web page: the article's blocks in order, the site's own chrome set aside with its words. Runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from linewatch.model import Document, Portion, Problem
from linewatch.read.html_blocks import BLOCKS, Met, Place, keep_title, mark_notes, walk
from linewatch.read.html_main import find_main
from linewatch.read.html_survey import survey
from linewatch.read.parts import get_document_id, join_parts, make_problem, name_head
from linewatch.text.encoding import Decoded, decode

NAME = "html.v2"
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_NEVER = ("script", "style", "template", "svg")
_META = {
    "og:title": "title", "author": "author", "article:author": "author", "date": "date", "dc.date": "date",
    "article:published_time": "date", "datepublished": "date", "og:site_name": "publisher", "publisher": "publisher",
}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"(?:windows|cp)-?(125[0-8])|iso-?8859-?(\d{1,2})|(koi8-[ru])", re.IGNORECASE)
_HEAD = 2048
_NESTED = re.compile(
    r"<(/?)(?:div|section|article|main|ul|ol|dl|table|blockquote|center|form)\b", re.IGNORECASE
)
_DEEPEST = 10_000
"""The parser's time grows with the square of the depth; no page that people read comes near."""


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the page's main content; every visible word is in it or in a portion set aside."""
    decoded = decode_page(data)
    if is_bottomless(decoded.text):
        return _make_unread(data, decoded, evidence)
    tree = LexborHTMLParser(decoded.text.removeprefix("\ufeff"))
    tree.strip_tags(list(_NEVER))
    notes = mark_notes(tree)
    counts = survey(tree.body, BLOCKS) if tree.body else {}
    main = find_main(tree, counts)
    place = Place(main=main.mem_id if main else None, counts=counts, notes=notes)
    met = keep_title(walk(tree.body, place)) if tree.body else []
    text, blocks = join_parts(name_head([one.part for one in met if one.aside is None]))
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), decoded, met)),
        problems=tuple(_list_problems(decoded, text, evidence)),
        metadata=_read_metadata(tree),
    )


def is_bottomless(source: str) -> bool:
    """Tell whether elements are nested without end, as no page is that people read.

    >>> is_bottomless("<div>" * 20_000)
    True
    """
    depth = 0
    for hit in _NESTED.finditer(source):
        depth = max(0, depth + (-1 if hit[1] else 1))
        if depth > _DEEPEST:
            return True
    return False


def _make_unread(data: bytes, decoded: Decoded, evidence: str) -> Document:
    reason = f"elements nested deeper than {_DEEPEST}"
    portion = Portion(where="the page", size=len(data), unit="bytes", outcome="not understood", reason=reason)
    return Document(
        id=get_document_id(evidence, NAME, ""),
        evidence=evidence,
        reader=NAME,
        text="",
        blocks=(),
        encoding=decoded.encoding,
        portions=(portion,),
        problems=(make_problem("unreadable", f"no page to read: {reason}", evidence),),
    )


def decode_page(data: bytes) -> Decoded:
    """Return a page's text: as its mark or UTF-8 gives it, else in the one-byte encoding that the page itself names.

    >>> decode_page('<meta charset="windows-1256"><p>قال'.encode("cp1256")).encoding
    'cp1256'
    """
    decoded = decode(data)
    said = _CHARSET.search(data[:_HEAD])
    hit = _SINGLE_BYTE.fullmatch(said[1].decode("ascii", "replace")) if said else None
    if decoded.fault is None or hit is None:
        return decoded
    # Browsers read a page that says ISO 8859-1 as Windows-1252.
    name = f"cp{hit[1]}" if hit[1] else "cp1252" if hit[2] == "1" else (hit[3] or f"iso8859-{hit[2]}").lower()
    try:
        return Decoded(data.decode(name), name)
    except (UnicodeDecodeError, LookupError):
        return decoded


def _list_portions(size: int, decoded: Decoded, met: list[Met]) -> Iterator[Portion]:
    """Yield what became of the bytes: the article's words, the chrome's words, and the markup around both."""
    left = size - min(size, sum(decoded.measure(one.part.words) for one in met if one.aside is None))
    yield Portion(where="the article", size=size - left, unit="bytes", outcome="read")
    for one in met:
        if one.aside is not None:
            taken = min(left, decoded.measure(one.part.words))
            left -= taken
            yield Portion(
                where="around the article",
                size=taken,
                unit="bytes",
                outcome="set aside",
                reason=one.aside,
                text=one.part.words,
            )
    yield Portion(where="the page", size=left, unit="bytes", outcome="set aside", reason="markup")


def _list_problems(decoded: Decoded, text: str, evidence: str) -> Iterator[Problem]:
    if decoded.fault:
        yield make_problem("unknown-encoding", decoded.fault, evidence)
    if not text:
        yield make_problem("empty", "the page has no words of its own", evidence)


def _read_metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """Return what the page says of itself; the title without the site's name where the page's heading tells it apart."""
    said: dict[str, str] = {}
    for node in tree.css("meta"):
        given = node.attributes
        name = _META.get((given.get("property") or given.get("name") or given.get("itemprop") or "").lower())
        content = " ".join((given.get("content") or "").split())
        if name and content:
            said.setdefault(name, content)
    root, title, heading = (tree.css_first(query) for query in ("html", "head title", "h1"))
    printed = " ".join(title.text(deep=True).split()) if title else ""
    headed = " ".join(heading.text(deep=True).split()) if heading else ""
    if printed:
        said.setdefault("title", headed if headed and headed in printed else printed)
    language = (root.attributes.get("lang") or "").strip() if root else ""
    return said | ({"language": language} if language else {})
