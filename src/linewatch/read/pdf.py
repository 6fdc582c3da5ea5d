"""Reads PDF: text in the order of the file, with its pages; headers, footers and page numbers set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing

import pypdfium2

from linewatch.model import Document, Portion, Problem
from linewatch.read.parts import get_document_id, join_parts, make_problem, name_head
from linewatch.read.pdf_layout import join_lines, join_notes
from linewatch.read.pdf_lines import Page, list_pages
from linewatch.read.pdf_margins import Aside, split_margins

NAME = "pdf.v2"
MEDIA_TYPES = ("application/pdf",)

_FIELDS = {"Title": "title", "Author": "author"}
_DATE = re.compile(r"(?:D:)?([12]\d{3})([01]\d)([0-3]\d)", re.ASCII)


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the pages' text; a page without text, and a file that cannot be opened, is a problem."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            pages, metadata, count = list(list_pages(document)), _read_metadata(document), len(document)
    except pypdfium2.PdfiumError as error:
        return _make_unread(str(error), evidence)
    if not count:
        return _make_unread("it has no pages", evidence)
    return _put_together(pages, count, metadata, evidence)


def _put_together(pages: list[Page], count: int, metadata: dict[str, str], evidence: str) -> Document:
    body = split_margins(pages)
    main, notes = join_lines(body.lines, metadata.get("title")), join_notes(body.notes)
    text, blocks = join_parts([*name_head(main.parts), *notes.parts])
    hyphens = [Aside(word, page, "hyphen at a line end") for page, word in (*main.hyphens, *notes.hyphens)]
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        portions=tuple(_list_portions(pages, count, (*body.asides, *hyphens))),
        problems=tuple(_list_problems(pages, count, evidence)),
        metadata=metadata,
    )


def _make_unread(reason: str, evidence: str) -> Document:
    """Return the document of a file that PDFium does not open: no text, its one part not understood."""
    locked = "password" in reason.lower()
    kind, words = (
        ("encrypted", "locked with a password") if locked else ("unreadable", f"not a whole PDF: {reason}")
    )
    return Document(
        id=get_document_id(evidence, NAME, ""),
        evidence=evidence,
        reader=NAME,
        text="",
        blocks=(),
        portions=(Portion(where="the file", size=1, unit="parts", outcome="not understood", reason=words),),
        problems=(make_problem(kind, f"the file is {words}", evidence),),
    )


def _list_portions(pages: Sequence[Page], count: int, asides: Sequence[Aside]) -> Iterator[Portion]:
    """Yield what became of each page, then the words set aside."""
    for page in pages:
        fault = _find_fault(page)
        yield Portion(
            where=f"page {page.number}",
            size=1,
            unit="pages",
            outcome="read" if _has_words(page) else "not understood",
            reason=fault[1] if fault else None,
        )
    if count > len(pages):
        where = f"pages {len(pages) + 1}-{count}"
        reason = "beyond what is read of one file"
        yield Portion(
            where=where, size=count - len(pages), unit="pages", outcome="not understood", reason=reason
        )
    for aside in asides:
        yield Portion(
            where=f"page {aside.page}",
            size=len(aside.words),
            unit="characters",
            outcome="set aside",
            reason=aside.reason,
            text=aside.words,
        )


def _find_fault(page: Page) -> tuple[str, str] | None:
    """Return the kind and the words of what is wrong with a page, None where nothing is."""
    if page.fault:
        return "unreadable-page", page.fault
    if _has_words(page):
        return None
    return ("scanned-page", "has pictures and no text") if page.pictures else ("empty-page", "has no text")


def _list_problems(pages: Sequence[Page], count: int, evidence: str) -> Iterator[Problem]:
    for page in pages:
        where = f"page {page.number}"
        if fault := _find_fault(page):
            yield make_problem(fault[0], f"{where} {fault[1]}", evidence, where)
    if count > len(pages):
        yield make_problem("too-large", f"{count} pages, of which {len(pages)} were read", evidence)


def _has_words(page: Page) -> bool:
    return any(line.words for line in page.lines)


def _read_metadata(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """Return the file's own properties; when it was made is not when it was published, so it is called `created`."""
    found = document.get_metadata_dict(skip_empty=True)
    said = {name: " ".join(found[key].split()) for key, name in _FIELDS.items() if key in found}
    made = _DATE.match(found.get("CreationDate", ""))
    return {name: words for name, words in said.items() if words} | (
        {"created": "-".join(made.groups())} if made else {}
    )
